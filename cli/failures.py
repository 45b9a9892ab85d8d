"""What goes wrong, as one sentence on standard error and an exit code; never a traceback, never a person's data.

An unexpected error is named by its type and place only, because its text may quote a row; KABAR_DEBUG=1 shows the plain
traceback, without the values of variables.
"""

import errno
import os
import re
import sys
import traceback
from pathlib import Path

from core.errors import KabarError, SetupError, WordingError

REFUSED, WRONGLY_SET_UP = 1, 2

#: A NIK or a phone number that was typed where none belongs must not be repeated on a screen that others see.
_LONG_NUMBER = re.compile(r"\d{6,}")

#: What the libraries say in a programmer's words, and ours.
_PLAINLY = (
    ("Value error, ", ""),
    ("Input should be a valid integer, unable to parse string as an integer", "this is not a whole number"),
    ("Input should be a valid number, unable to parse string as a number", "this is not a number"),
    ("Input should be", "must be"),
    (". Choose from:", ", one of:"),
)

_TOO_LARGE = "a number is too large for anything that is kept here; nothing was changed: check what was typed"
_DISK_FULL = "the disk is full; what was not finished is undone: make room and run the same command again"
_LOCKED = (
    "the database is locked by another program; what was not finished is undone: wait for it, or close it, and run "
    "the same command again"
)


def report(error: Exception) -> int:
    """Say what went wrong and return the exit code."""
    if os.environ.get("KABAR_DEBUG"):
        traceback.print_exception(error)
    sentence, code = explain(error)
    if sentence:
        sys.stderr.write(f"kabar: {sentence}\n")
    return code


def explain(error: Exception) -> tuple[str, int]:
    """Return the sentence and the exit code for an error; of several that came together, for ours."""
    while isinstance(error, ExceptionGroup):
        ours = error.subgroup(KabarError)
        error = (ours or error).exceptions[0]
    if isinstance(error, KabarError):
        return str(error), WRONGLY_SET_UP if isinstance(error, SetupError | WordingError) else REFUSED
    if message := _usage(error):
        return message
    if _is_from("sqlalchemy.exc", error, "ArgumentError"):
        return "KABAR_DATABASE_URL is no address of a database; leave it empty, or see .env.example", WRONGLY_SET_UP
    if _is_from("sqlalchemy.exc", error, "SQLAlchemyError"):
        return _database(error), WRONGLY_SET_UP
    if isinstance(error, OverflowError):  # SQLite's driver, of a number that no column holds
        return _TOO_LARGE, REFUSED
    if _is_from("alembic.util.exc", error, "CommandError"):
        return "the database was made by another version of this program; install the newest one", WRONGLY_SET_UP
    if isinstance(error, OSError):
        return _system(error), WRONGLY_SET_UP
    return _unexpected(error), REFUSED


def _usage(error: Exception) -> tuple[str, int] | None:
    """Typer's own refusals: a missing argument, an unknown option, an unknown command."""
    from typer import Abort, TyperException

    if isinstance(error, Abort):
        return "stopped; nothing was changed", REFUSED
    if not isinstance(error, TyperException):
        return None
    said = _LONG_NUMBER.sub("…", " ".join(error.format_message().split())).rstrip(".")
    for theirs, ours in _PLAINLY:
        said = said.replace(theirs, ours)
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "kabar"
    return f"{said[:1].lower()}{said[1:]}; see: {command} --help", WRONGLY_SET_UP


def _is_from(module: str, error: Exception, name: str) -> bool:
    """Whether the error is of a library's class, without importing a library that is not in use."""
    loaded = sys.modules.get(module)
    return loaded is not None and isinstance(error, getattr(loaded, name))


def _database(error: Exception) -> str:
    # Only the driver's first line: the rest would quote the statement and its values.
    original = getattr(error, "orig", None)
    said = str(original).splitlines()[0] if original and str(original) else type(error).__name__
    if "out of range" in said:
        return _TOO_LARGE
    if "locked" in said or "busy" in said:
        return _LOCKED
    if "full" in said:
        return _DISK_FULL
    if "disk I/O" in said:  # what SQLite says beyond a quota or a limit, too
        return f"the disk refuses ({said}): it is full or broken; make room, and run the same command again"
    if "readonly" in said or "unable to open" in said:
        return f"the database cannot be used ({said}); check the owner and the mode of KABAR_HOME and all that is in it"
    if "malformed" in said or "not a database" in said:
        return f"the database is damaged ({said}); stop, keep the file, and put back the last backup"
    return f"the database refused ({said}); see: kabar doctor"


def _system(error: OSError) -> str:
    where = f" ({Path(error.filename).name})" if isinstance(error.filename, str) else ""
    if error.errno == errno.ENOSPC:
        return _DISK_FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"this user may not write or read here{where}; check the owner and the mode of KABAR_HOME"
    return f"the system refused: {error.strerror or type(error).__name__}{where}; see: kabar doctor"


def _unexpected(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return (
        f"something unexpected happened ({type(error).__name__}{place}); what was not finished was not changed. "
        "For the traceback run it again with KABAR_DEBUG=1 in front"
    )
