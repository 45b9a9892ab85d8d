"""This machine: the home folder, the settings file, the key file, the database, the room on the disk."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from cli.doctor.finding import Finding, broken, look, well
from cli.edge import RUN_LOCK
from cli.holding import who_is_at_work
from cli.misspelt import misspelt_settings
from core.errors import KabarError
from core.jobs.backing_up import KEY
from core.questions.databases import DatabaseState, database_state, sqlite_fault
from core.settings import Settings
from core.store.engine import DATABASE, database_url
from core.store.moved import moved_away
from core.store.office import SCHEMA
from core.store.sealing import read_key_file

_MEGABYTE = 1_000_000
_TOO_LITTLE = 50 * _MEGABYTE
_LITTLE = 500 * _MEGABYTE


def look_at_home(settings: Settings) -> Iterator[Finding]:
    """Everything that can be seen without opening the office."""
    yield _settings_file(Path(".env"))
    yield from (
        look("misspelt", f"{one.name} is no setting, so nothing reads it", one.hint) for one in misspelt_settings()
    )
    if not settings.home.is_dir():
        yield broken("home", f"there is no folder {settings.home}", "run: kabar init --regency CODE")
        return
    if _belongs_to_others(settings.home):
        said = f"{settings.home.resolve()} is no office's home: neither key nor database lies there"
        hint = "set KABAR_HOME to the office's folder, or to a new one and run: kabar init --regency CODE"
        yield broken("home", said, hint)
        return
    yield _home(settings.home)
    yield _key(settings.home)
    yield _disk(settings.home)
    yield _database(settings)
    yield _run(settings)


def _settings_file(path: Path) -> Finding:
    if not path.exists():
        return well("settings", f"all can be read; no .env in {Path.cwd()}, so from the environment only")
    if path.stat().st_mode & 0o077:
        return look("settings", ".env can be read by others, and it holds tokens", f"run: chmod 600 {path.resolve()}")
    return well("settings", f"all can be read, from the environment and {path.resolve()}")


def _belongs_to_others(home: Path) -> bool:
    """Whether a folder holds something, and nothing of an office: then no advice about its mode or key is good."""
    try:
        names = {path.name for path in home.iterdir()}
    except OSError:
        return False  # its owner and mode are what is said next
    return bool(names) and not names & {KEY, DATABASE, RUN_LOCK}


def _home(home: Path) -> Finding:
    if home.stat().st_mode & 0o077:
        return look("home", f"{home.resolve()} is open to others", f"run: chmod 700 {home}")
    return well("home", str(home.resolve()))


def _key(home: Path) -> Finding:
    try:
        read_key_file(home / KEY)
    except KabarError as error:
        return broken("key file", str(error), "nobody can read the data without it")
    return well("key file", "there, and its owner's alone; keep a copy apart from the backups")


def _disk(home: Path) -> Finding:
    free = shutil.disk_usage(home).free
    said = f"{free / _MEGABYTE:,.0f} MB free"
    if free < _TOO_LITTLE:
        return broken("disk", said, "make room: an import of 35,000 rows needs some 50 MB")
    return look("disk", said, "make room before the next import") if free < _LITTLE else well("disk", said)


def _database(settings: Settings) -> Finding:
    try:
        url = database_url(settings.database_address, settings.home)
        state = database_state(url)
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0]
        return broken("database", said, _hint(said))
    is_file = url.get_backend_name() == "sqlite"
    if is_file and (moved := moved_away(Path(str(url.database)))):
        return broken("database", moved, "then the file that was set aside can stay, until the first backup")
    if finding := _schema(state):
        return finding
    fault = sqlite_fault(url) if is_file else None
    if fault:
        return broken("database", fault, _hint(fault))
    return well("database", f"{url.get_backend_name()}, schema {state.schema}, can be written, and is sound")


def _schema(state: DatabaseState) -> Finding | None:
    if state.schema is None or state.regency is None:
        return broken("database", "it holds no office yet", "run: kabar init --regency CODE")
    if state.schema < SCHEMA:
        return broken("database", f"schema {state.schema}, this program needs {SCHEMA}", "run: kabar migrate")
    if state.schema > SCHEMA:
        return broken("database", f"schema {state.schema} is newer than this program", "install the newest version")
    return None


def _hint(fault: str) -> str:
    if "locked" in fault:
        return "another program has held it for seconds; find it and close it"
    if "readonly" in fault or "unable to open" in fault:
        return "check the owner and the mode of the file and its folder"
    if "malformed" in fault or "not a database" in fault:
        return "stop kabar run, keep the file, and put back the last backup"
    return "check KABAR_DATABASE_URL, and that the server runs"


def _run(settings: Settings) -> Finding:
    try:
        who = who_is_at_work(settings)
    except (KabarError, SQLAlchemyError):
        who = None  # said of the database already
    if who:
        return well("kabar run", f"{who} is at work on it")
    return look("kabar run", "not running: nobody is answered, nothing leaves", "start it: kabar run")
