"""Files that appear whole or not at all, with a sentence for the clerk where they cannot be written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from core.errors import SetupError
from core.whole_file import whole_file


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write; it gets its name, and replaces what had it, once all is written. SetupError if it cannot."""
    try:
        with whole_file(path) as file:
            yield file
    except OSError as error:
        raise SetupError(
            f"{path.name} cannot be written in that folder ({error.strerror}); make room, or allow writing there"
        ) from None
