"""Making a backup: one sealed file of the whole office, but never its key, while everybody else goes on working."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout
from sqlalchemy import URL

from core.actions.safekeeping import note_backup
from core.errors import Refused, SetupError
from core.questions.databases import schema_name
from core.questions.regions import office_row
from core.store.engine import database_url
from core.store.office import OpenOffice
from core.store.postgres_tools import dumping
from core.store.sealed_file import seal_file
from core.store.sealing import read_key_file
from core.store.snapshots import snapshot
from core.store.whole_file import whole_file

#: phase, megabytes done, megabytes in all.
Progress = Callable[[str, int, int], None]

MEGABYTE = 1_000_000
_COPY = "kabar.sqlite3.copy"
_LOCK = "backup.lock"
_AT = "%Y-%m-%d-%H%M%S"
_NAME = re.compile(r"kabar-(?P<code>[\d.]+)-(?P<at>\d{4}-\d\d-\d\d-\d{6})\.age")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in its folder. made_at: aware; as its name says, in the office's zone."""

    path: Path
    made_at: datetime


def backups_in(folder: Path, code: str, zone: ZoneInfo) -> list[Backup]:
    """Return an office's backups, oldest first. code: its regency's."""
    named = [(path, _NAME.fullmatch(path.name)) for path in folder.iterdir() if path.is_file()]
    return sorted(
        (
            Backup(path, datetime.strptime(name["at"], _AT).replace(tzinfo=zone))
            for path, name in named
            if name and name["code"] == code
        ),
        key=lambda backup: backup.made_at,
    )


def looks_like_backup(path: Path) -> bool:
    """Whether a file is named as a backup, of whichever office."""
    return _NAME.fullmatch(path.name) is not None


def make_backup(
    office: OpenOffice,
    folder: Path,
    *,
    home: Path,
    address: str | None,
    now: datetime,
    by: str,
    progress: Progress = lambda *_: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Backup:
    """Make a backup in a folder that is there, and note it. address: the database's, as in the settings.

    Raises Refused when another one is being made, or when `stopped`; SetupError when the folder, the disk, the
    database or PostgreSQL's programs do not allow it. Nothing stays of one that was not finished.
    """
    if not folder.is_dir():
        raise SetupError(f"there is no folder {folder} for backups; create it, or connect the disk that it is on")
    row = office.read(office_row)
    at = now.astimezone(ZoneInfo(row.timezone)).replace(microsecond=0)
    path = folder / f"kabar-{row.regency}-{at.strftime(_AT)}.age"
    master = read_key_file(home / "office.key")
    url = database_url(address, home)
    # The file is whole only when what it is made of ended well: pg_dump may die with its last word.
    with _alone(home), whole_file(path) as target, _content(office, url, home, stopped) as (source, size):

        def count(done: int) -> None:
            if stopped():
                raise Refused("the backup was stopped; nothing of it stays")
            progress("sealing", done // MEGABYTE, max(done, size) // MEGABYTE)

        # What pg_dump says is compressed already.
        seal_file(source, target, master, compress=office.backend == "sqlite", progress=count)
    office.write(partial(note_backup, size=path.stat().st_size, now=now, by=by))
    return Backup(path, at)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    try:
        with FileLock(home / _LOCK, timeout=0):
            yield
    except Timeout:
        raise Refused("another backup of this office is being made; wait for its end") from None


@contextmanager
def _content(office: OpenOffice, url: URL, home: Path, stopped: Callable[[], bool]) -> Iterator[tuple[BinaryIO, int]]:
    """The whole office as one file, and its size in bytes; 0 where nobody knows it."""
    if office.backend == "sqlite":
        copy = home / _COPY
        with snapshot(Path(str(url.database)), copy, stopped=stopped) as file:
            yield file, copy.stat().st_size
    else:
        with dumping(url, office.read(schema_name)) as file:
            yield file, 0
