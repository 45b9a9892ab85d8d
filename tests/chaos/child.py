"""What runs in the child: the real command line, perhaps in a house whose power will be cut."""

import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy import event, update
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from cli import holding
from core.actions.lease import LEASE_SECONDS, Holder
from core.jobs import tenure
from core.store.delivery_tables import Lease
from core.store.per_database import database_now, insert_or
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


def lawless(folder: Path, words: Sequence[str], shadow: Path | None, careless: bool, **settings: str) -> None:
    """The same, of a worker that takes no heed of who holds an office; only to prove that this would be found out."""
    for place, name, answer in (
        (tenure, "take_lease", _seize),
        (tenure, "renew_lease", lambda *_, **__: True),
        (tenure, "holds_lease", lambda *_, **__: True),
        (holding, "lease_is_free", lambda *_, **__: True),
    ):
        setattr(place, name, answer)
    kabar(folder, words, shadow, careless, **settings)


def _seize(session: Session, holder: Holder) -> None:
    session.execute(insert_or(session, Lease).values(_held_by(session, holder)).on_conflict_do_nothing())
    session.execute(update(Lease).values(_held_by(session, holder)))


def _held_by(session: Session, holder: Holder) -> dict[str, object]:
    now = database_now(session)
    return {"name": "office", "holder": f"{holder} ", "since": now, "until": now + timedelta(seconds=LEASE_SECONDS)}


def _not_synced(connection: sqlite3.Connection, *_: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")
