"""Making a backup: one sealed file of the whole office, but never its key, while everybody else goes on working.

Those of the night have a name of their own, so that what a person made by hand is never taken for one of them.
"""

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
from core.store.official_tables import ListPart
from core.store.postgres_tools import dumping
from core.store.sealed_file import seal_file
from core.store.sealing import read_key_file
from core.store.snapshots import snapshot
from core.whole_file import unfinished_in, whole_file

#: phase, megabytes done, megabytes in all.
Progress = Callable[[str, int, int], None]

MEGABYTE = 1_000_000
KEY = "office.key"
_COPY = "kabar.sqlite3.copy"
#: What lists hold lives a day at most, and a backup for weeks; what is missing is fetched from Telegram once more.
_LEFT_OUT = (ListPart.__tablename__,)
_LOCK = "backup.lock"
_AT = "%Y-%m-%d-%H%M%S"
_NIGHTLY = "nightly-"
_NAME = re.compile(rf"kabar-(?P<code>[\d.]+)-(?P<nightly>{_NIGHTLY})?(?P<at>\d{{4}}-\d\d-\d\d-\d{{6}})\.age")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in its folder. made_at: aware; as its name says, in the office's zone."""

    path: Path
    made_at: datetime


def nightlies_in(folder: Path, code: str, zone: ZoneInfo) -> list[Backup]:
    """Return an office's backups of the night, in no order. code: its regency's."""
    named = [(path, _NAME.fullmatch(path.name)) for path in folder.iterdir() if path.is_file()]
    dated = [(path, _date(name["at"])) for path, name in named if name and name["nightly"] and name["code"] == code]
    return [Backup(path, at.replace(tzinfo=zone)) for path, at in dated if at is not None]


def looks_like_backup(path: Path) -> bool:
    """Whether a file is named as a backup, of whichever office."""
    return _NAME.fullmatch(path.name) is not None


def lies_by_the_key(folder: Path, home: Path) -> bool:
    """Whether a folder holds a key file, of whichever office, or is part of the home: no backup belongs there."""
    return (folder / KEY).exists() or home.resolve() in (folder.resolve(), *folder.resolve().parents)


def make_backup(
    office: OpenOffice,
    folder: Path,
    *,
    home: Path,
    address: str | None,
    now: datetime,
    by: str,
    nightly: bool = False,
    progress: Progress = lambda *_: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Backup:
    """Make a backup in a folder that is there, and note it. address: the database's, as in the settings.

    Raises Refused beside a key, while another one is being made, or when `stopped`; SetupError when the folder, the
    disk, the database or PostgreSQL's programs do not allow it. Nothing stays of one that was not finished.
    """
    if not folder.is_dir():
        raise SetupError(f"there is no folder {folder} for backups; create it, or connect the disk that it is on")
    if lies_by_the_key(folder, home):
        raise Refused(
            f"{KEY} is in {folder} or above it, and with both of them anybody can read everything; take another folder"
        )
    row = office.read(office_row)
    at = now.astimezone(ZoneInfo(row.timezone)).replace(microsecond=0)
    path = folder / f"kabar-{row.regency}-{_NIGHTLY if nightly else ''}{at.strftime(_AT)}.age"
    master = read_key_file(home / KEY)
    url = database_url(address, home)
    # The file is whole only when what it is made of ended well: pg_dump may die with its last word.
    with (
        _alone(home, folder, row.regency),
        whole_file(path) as target,
        _content(office, url, home, stopped) as (source, size),
    ):

        def count(done: int) -> None:
            if stopped():
                raise Refused("the backup was stopped; nothing of it stays")
            progress("sealing", done // MEGABYTE, max(done, size) // MEGABYTE)

        # What pg_dump says is compressed already.
        seal_file(source, target, master, compress=office.backend == "sqlite", progress=count)
    office.write(partial(note_backup, size=path.stat().st_size, now=now, by=by))
    return Backup(path, at)


def _date(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _AT)  # noqa: DTZ007  # the caller knows the zone
    except ValueError:
        return None  # no such day: named by somebody else


@contextmanager
def _alone(home: Path, folder: Path, code: str) -> Iterator[None]:
    """Nobody else backs this office up, and nothing is left of a backup that was killed."""
    try:
        with FileLock(home / _LOCK, timeout=0):
            for left in unfinished_in(folder):
                name = _NAME.fullmatch(left.stem)
                if name and name["code"] == code:
                    left.unlink()
            yield
    except Timeout:
        raise Refused("another backup of this office is being made; wait for its end") from None


@contextmanager
def _content(office: OpenOffice, url: URL, home: Path, stopped: Callable[[], bool]) -> Iterator[tuple[BinaryIO, int]]:
    """The whole office as one file, and its size in bytes; 0 where nobody knows it."""
    if office.backend == "sqlite":
        copy = home / _COPY
        with snapshot(Path(str(url.database)), copy, emptied=_LEFT_OUT, stopped=stopped) as file:
            yield file, copy.stat().st_size
    else:
        with dumping(url, office.read(schema_name), emptied=_LEFT_OUT) as file:
            yield file, 0
