"""What is left when this machine is gone: the backups, and the key that they open with, apart from each other."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from cli.doctor.finding import Finding, broken, look, well
from cli.show import moment
from core.actions.facts import Happened
from core.jobs.backing_up import KEY, lies_by_the_key
from core.questions.facts import last_time
from core.questions.regions import office_zone
from core.settings import Settings
from core.store.office import OpenOffice

#: A night may be missed; two are a fault.
_OLD = timedelta(days=2)


def look_at_safekeeping(office: OpenOffice, settings: Settings, now: datetime) -> Iterator[Finding]:
    """What the open office and its backup folder tell."""
    zone = office.read(office_zone)
    yield _key_copy(office.read(lambda session: last_time(session, Happened.KEY_COPIED)), zone)
    yield _last_backup(office.read(lambda session: last_time(session, Happened.BACKUP_MADE)), now, zone)
    yield _folder(settings.backup_folder, settings.home)
    if office.backend == "postgresql" and shutil.which("pg_dump") is None:
        hint = "install PostgreSQL's client programs, of the server's version or newer"
        yield broken("pg_dump", "not on the PATH, and without it no backup can be made", hint)


def _key_copy(copied: datetime | None, zone: ZoneInfo) -> Finding:
    if copied is None:
        said = "no copy of it was ever noted; when this disk breaks, no backup can be read"
        return look("key copy", said, "connect a USB stick, and run: kabar key copy FOLDER")
    return well("key copy", f"made on {copied.astimezone(zone):%Y-%m-%d}")


def _last_backup(made: datetime | None, now: datetime, zone: ZoneInfo) -> Finding:
    if made is None:
        return look("last backup", "there was never one", "run: kabar backup FOLDER")
    days = (now - made).days
    if now - made > _OLD:
        return look("last backup", f"{days:,} days old", "run: kabar backup; the log of kabar run says why none came")
    return well("last backup", f"made on {moment(made, zone)}")


def _folder(folder: Path | None, home: Path) -> Finding:
    name = "backups"
    if folder is None:
        hint = "set KABAR_BACKUP_FOLDER to a folder on another disk, and kabar run makes one each night"
        return look(name, "none is made by itself", hint)
    if not folder.is_dir():
        return broken(name, f"there is no folder {folder}", "connect the disk that it is on, or create it")
    if lies_by_the_key(folder, home):
        hint = "move the key, or the backups: with both of them anybody can read everything"
        return broken(name, f"{KEY} lies beside them, in {folder}", hint)
    if folder.stat().st_dev == home.stat().st_dev:
        return look(name, "on the same disk as the home: when it breaks, all is gone", "use another disk or machine")
    return well(name, f"each night into {folder}")
