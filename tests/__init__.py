"""Tests begin many processes: what Python compiles is kept, or each of them would compile the whole program."""

import os
import sys

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
