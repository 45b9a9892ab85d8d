"""Files that appear whole or not at all, and that only their owner may read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from core.errors import SetupError


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write; it gets its name, and replaces what had it, once all is written. SetupError if it cannot."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600, exist_ok=False)
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise SetupError(
            f"{path.name} cannot be written in that folder ({error.strerror}); make room, or allow writing there"
        ) from None
