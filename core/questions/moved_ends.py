"""When the expected end of a suspension moves: what each was told before, and which move is the newest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.rules.notices import Kind
from core.store.delivery_tables import Broadcast, Notice
from core.store.many import by_key
from core.store.tables import Suspension
from core.store.words import REACHED


@dataclass(frozen=True, slots=True)
class Ends:
    """The end that a person is told now, and the one that she was told before; None: it was not known."""

    now: date | None
    was: date | None


def newest_moves(session: Session, suspensions: Iterable[Suspension]) -> set[int]:
    """Return, of each of these suspensions, the broadcast that tells of its newest expected end."""
    query = (
        select(func.max(Broadcast.id))
        .where(
            Broadcast.suspension_id.in_({suspension.id for suspension in suspensions}),
            Broadcast.kind == Kind.SUSPENSION_MOVED,
        )
        .group_by(Broadcast.suspension_id)
    )
    return set(session.scalars(query).all())


def told_ends(session: Session, notices: Sequence[Notice]) -> dict[int, Ends]:
    """Return, per id of a notice that an end moved, what it tells; what did not reach her she does not know."""
    told = by_key(session, Broadcast, (notice.broadcast_id for notice in notices))
    suspensions = {one.suspension_id for one in told.values()}
    query = (
        select(Notice.resident_id, Notice.state, Broadcast)
        .join(Broadcast, Broadcast.id == Notice.broadcast_id)
        .where(
            Notice.resident_id.in_({notice.resident_id for notice in notices}),
            Broadcast.suspension_id.in_(suspensions),
            Broadcast.kind == Kind.SUSPENSION_MOVED,
        )
        .order_by(Broadcast.id)
    )
    moves: dict[tuple[int, int | None], list[tuple[bool, Broadcast]]] = {}
    for resident_id, state, broadcast in session.execute(query):
        of_hers = moves.setdefault((resident_id, broadcast.suspension_id), [])
        of_hers.append((state in REACHED, broadcast))
    return {
        notice.id: _ends(told[notice.broadcast_id], moves[notice.resident_id, told[notice.broadcast_id].suspension_id])
        for notice in notices
        if notice.broadcast_id is not None
    }


def _ends(broadcast: Broadcast, moves: Sequence[tuple[bool, Broadcast]]) -> Ends:
    """moves: hers, oldest first, and whether each reached her."""
    was = broadcast.was_expected
    for reached, earlier in reversed([move for move in moves if move[1].id < broadcast.id]):
        if reached:
            break
        was = earlier.was_expected
    return Ends(now=broadcast.expected_until, was=was)
