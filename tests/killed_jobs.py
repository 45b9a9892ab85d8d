"""What is killed: commands and the parts of `kabar run`, as functions that a child process can begin."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from cli.main import run


def command(folder: Path, words: Sequence[str]) -> None:
    """A command of the operator, in her folder, with nothing set."""
    for name in [name for name in os.environ if name.startswith("KABAR_")]:
        del os.environ[name]
    os.chdir(folder)
    raise SystemExit(run(list(words)))
