"""What waits at the desk for a person to settle it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from core.questions.residents import region_name
from core.rules.card import Stage
from core.rules.nik import mask
from core.store.desk_tables import DeskItem
from core.store.office import seal_of
from core.store.tables import Card, Resident
from core.store.words import DeskKind

#: What is listed about a card is over when the card leaves this stage.
ABOUT_CARDS: Mapping[Stage, tuple[DeskKind, ...]] = {
    Stage.SHIPPED: (DeskKind.MISSING_CARD,),
    Stage.READY_FOR_PICKUP: (DeskKind.OTHER_DAY, DeskKind.UNCLAIMED),
}
#: It needs nobody once the card is gone; the office's list may say so first, and settles nothing.
_WAITS = (
    DeskItem.settled_at.is_(None),
    or_(
        DeskItem.kind.not_in([kind for kinds in ABOUT_CARDS.values() for kind in kinds]),
        *(
            and_(DeskItem.kind.in_(kinds), exists().where(Card.id == DeskItem.card_id, Card.stage == stage))
            for stage, kinds in ABOUT_CARDS.items()
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One thing on the list. nik: masked; village: by name and code; both None when it is about no one resident."""

    id: int
    kind: DeskKind
    since: datetime
    nik: str | None
    village: str | None
    details: dict[str, Any]


def desk_list(session: Session) -> list[DeskLine]:
    """Return what is not settled, oldest first."""
    query = select(DeskItem, Resident).outerjoin(Resident, Resident.id == DeskItem.resident_id)
    rows = session.execute(query.where(*_WAITS).order_by(DeskItem.id))
    return [_line(session, item, resident) for item, resident in rows]


def desk_counts(session: Session) -> Counter[DeskKind]:
    """Return how much of each kind waits."""
    query = select(DeskItem.kind, func.count().label("items")).where(*_WAITS).group_by(DeskItem.kind)
    return Counter({row.kind: row.items for row in session.execute(query)})


def _line(session: Session, item: DeskItem, resident: Resident | None) -> DeskLine:
    return DeskLine(
        item.id,
        item.kind,
        item.at,
        mask(seal_of(session).open(resident.nik_sealed)) if resident else None,
        region_name(session, resident.village) if resident else None,
        item.details,
    )
