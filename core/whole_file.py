"""A file that appears whole or not at all, and that its owner alone may read."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_UNFINISHED = ".unfinished"


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Yield a file that gets its name, durably, when the block ends well; otherwise nothing of it stays."""
    unfinished = path.with_name(f"{path.name}{_UNFINISHED}")
    unfinished.unlink(missing_ok=True)  # of a run that was killed
    try:
        with os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def unfinished_in(folder: Path) -> list[Path]:
    """Return what is being written, or was when it was killed: the name it was to get, with one more ending."""
    return list(folder.glob(f"*{_UNFINISHED}"))


def sync_folder(folder: Path) -> None:
    """Make durable which files are in a folder, where the file system can (some on a network or a stick cannot)."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(number)
