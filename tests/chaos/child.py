"""What runs in the child: the real command line, perhaps in a house whose power will be cut."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.pool import Pool

from tests.chaos.power import Shadows
from tests.killed_jobs import command


def kabar(folder: Path, words: Sequence[str], shadow: Path | None, careless: bool, **settings: str) -> None:
    """A command of the operator, in her folder.

    shadow: where the files go whenever they are synced. careless: commits are not synced, as an office that could not
    be trusted would do it; only to prove that this would be found out.
    """
    if careless:
        event.listen(Pool, "checkout", _not_synced)
    shadows = Shadows(shadow) if shadow else None
    if shadows:
        shadows.begin()
    command(folder, words, **settings)


def _not_synced(connection: sqlite3.Connection, *_: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")
