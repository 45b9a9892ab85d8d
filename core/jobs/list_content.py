"""What a list holds that was sent in the chat: sealed in the database, and open only while one is read.

Open it lies in memory where the machine has such a folder, in one of its owner's alone, and goes when the reading ends.
Whoever reads it holds the folder locked, so what a kill leaves open is known by having no lock; it goes at the next
start on that machine, or when the next list is opened there.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from core.actions.list_parts import keep_part, note_kept
from core.questions.chat_files import unpack_list
from core.store.office import OpenOffice

_MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of its owner's alone is made in it
#: What the reading calls it: its own name may be anybody's.
_OPEN_NAME = "daftar"
#: Where the program kept lists before they went into the database.
_BEFORE = "lists"
#: A part is written in some milliseconds; then others get twice that.
_PART_BYTES = 1 << 17
_REST_TIMES = 2
_QUICKLY = 1


def keep_list(office: OpenOffice, list_id: int, content: bytes) -> None:
    """Seal it into the database; nobody sees it there before it is whole."""
    packed = zlib.compress(content, _QUICKLY)
    starts = range(0, len(packed), _PART_BYTES)
    for number, start in enumerate(starts):
        began = time.monotonic()
        part = packed[start : start + _PART_BYTES]
        if not office.write(partial(keep_part, list_id=list_id, number=number, content=part)):
            return
        if office.backend == "sqlite":
            time.sleep(_REST_TIMES * (time.monotonic() - began))
    office.write(partial(note_kept, list_id=list_id, parts=len(starts)))


@contextmanager
def opened_list(office: OpenOffice, home: Path, list_id: int) -> Iterator[Path]:
    """Yield it as a file that can be read, in a folder of its own. home: the office's, on this machine.

    Raises NotHereError; OSError where there is no room.
    """
    sweep_open_lists(home)
    with _locked_folder(home) as folder:
        path = folder / _OPEN_NAME
        with path.open("wb") as file:
            office.read(partial(unpack_list, list_id=list_id, write=file.write))
        yield path


def sweep_open_lists(home: Path) -> None:
    """Remove what killed readers of this office left open on this machine, and what an older program kept."""
    for where in {open_lists_folder(home), home}:
        for path in where.glob(f"{open_list_prefix(home)}*"):
            _remove_unlocked(path)
    shutil.rmtree(home / _BEFORE, ignore_errors=True)


def open_list_prefix(home: Path) -> str:
    """How the names of the folders of open lists begin; the homes of a machine may share where they lie."""
    return f"kabar-list-{hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:12]}-"


def open_lists_folder(home: Path) -> Path:
    """The folder in which those are made."""
    return _MEMORY if _is_writable(_MEMORY) else home


@contextmanager
def _locked_folder(home: Path) -> Iterator[Path]:
    folder, lock = _new_locked_folder(home)
    while not folder.exists():  # a sweep came between
        os.close(lock)
        folder, lock = _new_locked_folder(home)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _new_locked_folder(home: Path) -> tuple[Path, int]:
    folder = Path(tempfile.mkdtemp(prefix=open_list_prefix(home), dir=open_lists_folder(home)))
    lock = os.open(folder, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    return folder, lock


def _remove_unlocked(folder: Path) -> None:
    try:
        lock = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # gone, or somebody else's
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        pass  # it is being read
    finally:
        os.close(lock)


def _is_writable(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
