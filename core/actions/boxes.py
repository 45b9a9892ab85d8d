"""Packing boxes: every card of one gets its number, and is on its way, in one transaction; or none is.

1. What goes on paper is fixed before: whoever packs gives the cards, their numbers and the box's own number, and is
   told (Overtaken) when any of that is not so any more.
2. Two who pack at once wait for each other, because both would take the same free numbers.
3. Nobody is told that a card is on its way; those who wait for it hear when it is there.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.actions.many_facts import AnyCard, append_of_cards
from core.errors import Overtaken, Refused
from core.questions.boxes import Packing, box_row, numbers_taken
from core.questions.regions import office_row
from core.rules.card import Stage
from core.store.ids import reserve_ids
from core.store.tables import Card
from core.store.work_tables import Box

_CARDS = cast(Table, Card.__table__)
_IDS_PER_QUERY = 500
_SHOWN = {"shown": ["name"]}


def next_box_number(session: Session) -> int:
    """Return the number that the next box will have, so that it can stand on the paper before the box is packed."""
    return reserve_ids(session, Box, 1)[0]


def pack_box(session: Session, box_id: int, packing: Packing, *, now: datetime, by: str) -> None:
    """Pack these printed cards under these numbers, and note that their holders' names go with them on paper.

    Raises Overtaken when a card was moved, a number given, or the box's number used meanwhile.
    """
    office_row(session, lock=True)
    numbers = {packed.number for packed in packing.cards}
    if session.get(Box, box_id) is not None or numbers & numbers_taken(session, packing.point):
        raise Overtaken("somebody else packed a box meanwhile; plan this one anew")
    box = {"id": box_id, "point": packing.point, "packed": len(packing.cards), "sent_at": now, "by": by}
    session.execute(insert(Box).values(box))
    _send(session, box_id, packing, now=now)
    cards = _cards_of(session, box_id)
    if len(cards) != len(packing.cards):
        raise Overtaken("a printed card was moved by somebody else meanwhile; plan the box anew")
    moved = {"from": Stage.PRINTED, "to": Stage.SHIPPED, "box": box_id}
    append_of_cards(session, Happened.CARD_MOVED, [(card, moved) for card in cards], now=now, by=by)
    append_of_cards(session, Happened.PERSONAL_DATA_SHOWN, [(card, _SHOWN) for card in cards], now=now, by=by)
    details = {"box": box_id, "point": packing.point, "cards": len(cards)}
    append_fact(session, Happened.BOX_SENT, now=now, by=by, details=details)


def undo_box(session: Session, box_id: int, *, now: datetime, by: str) -> int:
    """Unpack a box that did not arrive: its cards are printed again, their numbers free; return how many.

    The box stays known, with nothing in it, so that its number is never on another paper.
    """
    box = box_row(session, box_id, lock=True)
    if box.arrived_at is not None:
        over = "was unpacked before" if box.packed == 0 else "has arrived; take single cards back with kabar move"
        raise Refused(f"box {box_id} {over}")
    cards = under_way(session, box_id)
    changes = {"stage": Stage.PRINTED, "stage_since": now, "pickup_point": None, "pickup_number": None, "box_id": None}
    change_cards(session, cards, changes)
    box.packed, box.arrived_at = 0, now
    moved = {"from": Stage.SHIPPED, "to": Stage.PRINTED, "box": box_id}
    append_of_cards(session, Happened.CARD_MOVED, [(card, moved) for card in cards], now=now, by=by)
    append_fact(session, Happened.BOX_UNDONE, now=now, by=by, details={"box": box_id, "cards": len(cards)})
    return len(cards)


def under_way(session: Session, box_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return id, resident_id and pickup_number of the cards of a box that did not arrive, by number.

    Nobody else moves them until the transaction ends.
    """
    columns = select(_CARDS.c.id, _CARDS.c.resident_id, _CARDS.c.pickup_number)
    query = columns.where(_CARDS.c.box_id == box_id, _CARDS.c.stage == Stage.SHIPPED).order_by(_CARDS.c.id)
    return sorted(session.execute(query.with_for_update()), key=lambda card: (card.pickup_number or 0, card.id))


def change_cards(session: Session, cards: Sequence[AnyCard], changes: dict[str, object]) -> None:
    """Change cards that this transaction has locked."""
    for start in range(0, len(cards), _IDS_PER_QUERY):
        ids = [card.id for card in cards[start : start + _IDS_PER_QUERY]]
        session.execute(update(_CARDS).where(_CARDS.c.id.in_(ids)).values(changes))


def _send(session: Session, box_id: int, packing: Packing, *, now: datetime) -> None:
    numbered = (
        update(_CARDS)
        .where(_CARDS.c.id == bindparam("card"), _CARDS.c.stage == Stage.PRINTED)
        .values(
            stage=Stage.SHIPPED,
            stage_since=now,
            box_id=box_id,
            pickup_point=packing.point,
            pickup_number=bindparam("number"),
        )
    )
    session.connection().execute(
        numbered, [{"card": packed.card_id, "number": packed.number} for packed in packing.cards]
    )


def _cards_of(session: Session, box_id: int) -> Sequence[AnyCard]:
    columns = select(_CARDS.c.id, _CARDS.c.resident_id)
    return session.execute(columns.where(_CARDS.c.box_id == box_id).order_by(_CARDS.c.pickup_number)).all()
