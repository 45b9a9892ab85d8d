"""What the office already knows about the people in a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.questions.regions import office_zone
from core.rules.card import OPEN
from core.rules.imports import SeenCard
from core.store.tables import Card, ImportRun, Resident


@dataclass(frozen=True, slots=True)
class Known:
    """A person we have, and her newest card."""

    resident_id: int
    card_id: int
    card: SeenCard
    row_index: bytes | None


def known_people(session: Session, nik_indexes: Sequence[bytes], *, lock: bool = False) -> dict[bytes, Known]:
    """Return, per keyed NIK, the person and her newest card. lock: hold the cards until the transaction ends."""
    zone = office_zone(session)
    found = session.execute(select(Resident.id, Resident.nik_index).where(Resident.nik_index.in_(nik_indexes)))
    people = {row.id: row.nik_index for row in found}
    query = (
        select(
            Card.resident_id, Card.id, Card.stage, Card.stage_since, Card.siak_status, Card.siak_as_of, Card.row_index
        )
        .where(Card.resident_id.in_(people))
        .order_by(Card.id)
    )
    if lock:  # SQLite has no such clause and needs none: its writer is alone
        query = query.with_for_update()
    known = {}
    for row in session.execute(query) if people else ():
        ended_on = None if row.stage in OPEN else row.stage_since.astimezone(zone).date()
        seen = SeenCard(row.stage, row.siak_status, row.siak_as_of, ended_on)
        known[people[row.resident_id]] = Known(row.resident_id, row.id, seen, row.row_index)
    return known


def unfinished_run(session: Session, file_digest: str, as_of: date) -> ImportRun | None:
    """Return the import of this very file as of this day that was begun and not finished."""
    query = select(ImportRun).where(
        ImportRun.file_digest == file_digest, ImportRun.as_of == as_of, ImportRun.ended_at.is_(None)
    )
    return session.scalar(query.order_by(ImportRun.id.desc()).limit(1))
