"""The file of a slip: written before its code is in force, under a name that says so, and called by its own after that.

Killed before, there is only an unfinished file, with a code that proves nothing. Killed after, the paper is whole in
that file: no old slip is void without a new paper, and nothing that looks finished is worthless.
"""

import os
import tempfile
from pathlib import Path

from core.errors import Refused, SetupError
from core.whole_file import sync_folder


def check_place(output: Path, *, option: str = "--output") -> None:
    """Raise Refused or SetupError where no new file can be, before anything is made. option: that names the place."""
    if output.exists():
        raise Refused(f"{output.name} is there already and stays as it is; give another name with {option}")
    if not output.parent.is_dir():
        raise SetupError(f"there is no folder {output.parent}; make it, or give another place with {option}")


def write_unfinished(pdf: bytes, folder: Path, *, prefix: str = "slip") -> Path:
    """Write the paper, durably, for its owner's eyes only; return where it is. On a full disk nothing of it stays."""
    number, name = tempfile.mkstemp(prefix=f"{prefix}-unfinished-", suffix=".pdf", dir=folder)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(folder)
    except OSError:
        Path(name).unlink()
        raise
    return Path(name)


def finish(unfinished: Path, output: Path, *, what: str = "slip is in force") -> None:
    """Give the paper of what is done its name; what came to be there meanwhile is never replaced."""
    try:
        os.link(unfinished, output)
    except OSError as error:
        raise Refused(
            f"the {what}, but its file cannot be called {output.name} ({error.strerror}); "
            f"print {unfinished.name}, which is the same"
        ) from None
    unfinished.unlink()
