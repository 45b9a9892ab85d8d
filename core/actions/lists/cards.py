"""Lists of cards that arrived, and of cards that were handed over.

The seam: `_arrive` and `_hand_over` are all that a list does to a card.
"""

from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actions.cards import move_card
from core.actions.lists.taker import UNCHANGED, Does, Judged, ListTerms
from core.errors import NotFound, Refused
from core.files.lists.arrivals import Arrival
from core.files.lists.handovers import Handover, TakenBy
from core.questions.regions import example_village, office_zone
from core.rules.card import Stage, check_step
from core.rules.notices import Kind
from core.store.tables import Card, Region
from core.store.words import Taken

_UNKNOWN = "no card is known by what this row says; check it, or import the office's export first"
_TAKEN_BY = {TakenBy.SELF: Taken.SELF, TakenBy.FAMILY: Taken.FAMILY}
_THERE = frozenset({Stage.READY_FOR_PICKUP, Stage.HANDED_OVER})


class _OfCards:
    """Remembers, where it only looks ahead, which cards rows before had."""

    def __init__(self, terms: ListTerms) -> None:
        self.terms = terms
        self._had: set[int] = set()

    def pass_over(self, value: object) -> None:
        """Every row says by itself whether it is done already."""

    def _again(self, card_id: int) -> bool:
        again = card_id in self._had
        if self.terms.ahead:
            self._had.add(card_id)
        return again

    def _refuse_future(self, on: date | None) -> None:
        if on is not None and on > self.terms.today:
            raise Refused("this day is still to come; check its year")


class ArrivalTaker(_OfCards):
    """Arrived means ready for pickup; a card that is ready or handed over stays as it is."""

    def judge(self, session: Session, value: Arrival, card_id: int | None) -> Judged:
        """What a row would do."""
        card = _card(session, card_id)
        self._refuse_future(value.on)
        if card.stage in _THERE or self._again(card.id):
            return UNCHANGED
        check_step(card.stage, Stage.READY_FOR_PICKUP)
        if value.place is not None and session.get(Region, value.place) is None:
            raise Refused(f"{value.place} is no place of this regency; write a code like {example_village(session)}")
        return Judged(Does.TAKEN, Kind.READY, card.resident_id)

    def take(self, session: Session, value: Arrival, card_id: int | None) -> None:
        """Let the card wait for its holder, and owe the news."""
        _arrive(session, _card(session, card_id), value, self.terms)


class HandoverTaker(_OfCards):
    """Handed over is an end; a card that is handed over stays as it is."""

    def judge(self, session: Session, value: Handover, card_id: int | None) -> Judged:
        """What a row would do."""
        card = _card(session, card_id)
        self._refuse_future(value.on)
        if card.stage is Stage.HANDED_OVER or self._again(card.id):
            return UNCHANGED
        check_step(card.stage, Stage.HANDED_OVER)
        return Judged(Does.TAKEN)

    def take(self, session: Session, value: Handover, card_id: int | None) -> None:
        """Note that the card was taken, and by whom."""
        _hand_over(session, _card(session, card_id), value, self.terms)


def _card(session: Session, card_id: int | None) -> Card:
    card = session.scalar(select(Card).where(Card.id == card_id)) if card_id is not None else None
    if card is None:
        raise NotFound(_UNKNOWN)
    return card


def _arrive(session: Session, card: Card, row: Arrival, terms: ListTerms) -> None:
    how = {"now": terms.now, "by": terms.by, "at": row.place, "tell": terms.tell, "batch": terms.batch}
    move_card(session, card, Stage.READY_FOR_PICKUP, **how)  # type: ignore[arg-type]
    card.stage_since = _since(session, row.on, terms)


def _hand_over(session: Session, card: Card, row: Handover, terms: ListTerms) -> None:
    how = {"now": terms.now, "by": terms.by, "tell": terms.tell, "batch": terms.batch, "taken": _TAKEN_BY[row.by]}
    move_card(session, card, Stage.HANDED_OVER, **how)  # type: ignore[arg-type]
    card.stage_since = _since(session, row.on, terms)
    session.flush()


def _since(session: Session, on: date | None, terms: ListTerms) -> datetime:
    """Of today it is known to the minute, of a day before only the day."""
    if on is None or on >= terms.today:
        return terms.now
    return datetime.combine(on, time(), office_zone(session))
