"""Founding an office in a home folder, a step at a time; killed after any of them and run again, it goes on.

The key comes before the database, because data whose key is lost can never be read; it appears whole or not at all.
"""

import os
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import URL

from cli.edge import OPERATOR
from core.actions.founding import found_office
from core.rules.answer import PlaceKind
from core.store.office import office_at
from core.store.sealing import Seal, make_key_file, read_key_file
from migrations import migrate


def found_at(
    home: Path, url: URL, regency: str, *, name: str, short_name: str, hours: str, pickup: PlaceKind, now: datetime
) -> None:
    """Make the home, the key, the database, the office's row and its regions, as far as they are not there yet."""
    key = _make_home(home)
    migrate(url)
    found = partial(
        found_office,
        regency=regency,
        name=name,
        short_name=short_name,
        hours=hours,
        pickup=pickup,
        now=now,
        by=OPERATOR,
    )
    with office_at(url, Seal(read_key_file(key), regency)) as office:
        office.write(found)


def _make_home(home: Path) -> Path:
    """Make the home and the key file; return the key file's path."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    key, unfinished = home / "office.key", home / "office.key.unfinished"
    if not key.exists():
        unfinished.unlink(missing_ok=True)
        make_key_file(unfinished)
        unfinished.rename(key)
        folder = os.open(home, os.O_RDONLY)
        os.fsync(folder)  # a power cut must not take the key and leave the data
        os.close(folder)
    return key
