"""Where lists lie that were sent in the chat: sealed in the home folder, and open only while one is read.

Open it lies in memory where the machine has such a folder, in one of its owner's alone, and goes when the reading ends;
what a kill leaves there goes at the next start.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from core.jobs.backing_up import KEY
from core.store.sealed_file import open_sealed, seal_file
from core.store.sealing import read_key_file
from core.whole_file import unfinished_in, whole_file

_MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of its owner's alone is made in it
_SEALED = ".age"
#: What the reading calls it: its own name may be anybody's.
_OPEN_NAME = "daftar"


class ListFolder:
    """The lists of one office's home."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folder = home / "lists"
        self.prefix = f"kabar-list-{hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:12]}-"

    def holds(self, list_id: int) -> bool:
        """Whether its file is here."""
        return self._sealed(list_id).exists()

    def keep(self, list_id: int, content: bytes) -> None:
        """Seal it into the home folder; it is there whole or not at all. OSError where there is no room."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        with whole_file(self._sealed(list_id)) as file:
            seal_file(BytesIO(content), file, self._master(), compress=True, progress=_unseen)

    @contextmanager
    def opened(self, list_id: int) -> Iterator[Path]:
        """Yield it as a file that can be read, in a folder of its own. Raises what opening a sealed file raises."""
        with tempfile.TemporaryDirectory(prefix=self.prefix, dir=self.where) as folder:
            path = Path(folder) / _OPEN_NAME
            with self._sealed(list_id).open("rb") as sealed, path.open("wb") as file:
                open_sealed(sealed, file, self._master(), progress=_unseen)
            yield path

    def erase(self, list_id: int) -> None:
        """Remove it; one that is not here is no matter."""
        self._sealed(list_id).unlink(missing_ok=True)

    def keep_only(self, list_ids: Collection[int]) -> None:
        """Remove all others, and what was left half written."""
        if self._folder.is_dir():
            kept = {self._sealed(list_id) for list_id in list_ids}
            for path in {*self._folder.glob(f"*{_SEALED}"), *unfinished_in(self._folder)} - kept:
                path.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what a killed run left open; nobody else may be reading then."""
        for where in {self.where, self._folder, self._home}:
            for path in where.glob(f"{self.prefix}*") if where.is_dir() else ():
                shutil.rmtree(path, ignore_errors=True)

    def _sealed(self, list_id: int) -> Path:
        return self._folder / f"{list_id}{_SEALED}"

    @property
    def where(self) -> Path:
        """The folder in which the folders of open ones are made; their names begin with `prefix`."""
        return _MEMORY if _is_writable(_MEMORY) else self._home

    def _master(self) -> bytes:
        return read_key_file(self._home / KEY)


def _is_writable(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _unseen(_: int) -> None:
    """It is over before anybody could look."""
