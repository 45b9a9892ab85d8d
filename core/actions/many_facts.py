"""The facts of an act on many cards, all in one statement."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, cast

from sqlalchemy import Row, Table, insert
from sqlalchemy.orm import Session

from core.actions.facts import Happened
from core.store.ids import reserve_ids
from core.store.tables import Card, Fact

#: A card, or the columns id and resident_id of one.
AnyCard = Card | Row[*tuple[Any, ...]]


class NamedCard(Protocol):
    """Whatever names a card and whose it is."""

    @property
    def id(self) -> int: ...

    @property
    def resident_id(self) -> int: ...


def append_of_cards(
    session: Session,
    kind: Happened,
    cards: Iterable[tuple[AnyCard | NamedCard, Mapping[str, Any]]],
    *,
    now: datetime,
    by: str,
) -> Sequence[int]:
    """Append a fact about each of these cards, with details of its own; return their ids in the same order."""
    about = list(cards)
    ids = reserve_ids(session, Fact, len(about))
    rows = [
        {
            "id": id_,
            "at": now,
            "kind": kind,
            "by": by,
            "resident_id": card.resident_id,
            "card_id": card.id,
            "details": dict(details),
        }
        for id_, (card, details) in zip(ids, about, strict=True)
    ]
    if rows:
        session.execute(insert(cast(Table, Fact.__table__)), rows)  # past the mapper: no objects are wanted
    return ids
