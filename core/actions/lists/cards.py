"""Lists of cards that arrived, and of cards that were handed over."""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actions.lists.taker import UNCHANGED, Does, Judged, ListTerms
from core.actions.many_moves import Move, MovedCard, MoveTerms, cards_to_move, move_many
from core.actions.pickup_numbers import free_among
from core.errors import NotFound, Refused
from core.files.lists.arrivals import Arrival
from core.files.lists.handovers import Handover, TakenBy
from core.questions.boxes import numbers_taken
from core.questions.regions import example_village, office_zone, pickup_points
from core.rules.card import Stage, check_step
from core.rules.notices import Kind
from core.store.tables import Region
from core.store.words import Taken

_UNKNOWN = "no card is known by what this row says; check it, or import the office's export first"
_TAKEN_BY = {
    TakenBy.SELF: Taken.SELF,
    TakenBy.FAMILY: Taken.FAMILY,
    TakenBy.BROUGHT_HOME: Taken.BROUGHT_HOME,
    TakenBy.LEFT_WITH_RT: Taken.LEFT_WITH_RT,
}
_AT_A_PLACE = frozenset({Stage.SHIPPED, Stage.READY_FOR_PICKUP})
_THERE = frozenset({Stage.READY_FOR_PICKUP, Stage.HANDED_OVER})


class _OfCards:
    """Remembers, where it only looks ahead, which cards rows before had."""

    at_least = 50

    def __init__(self, terms: ListTerms) -> None:
        self.terms = terms
        self._had: set[int] = set()

    def pass_over(self, value: object) -> None:
        """Every row says by itself whether it is done already."""

    def end(self, session: Session) -> None:
        """Move the cards, and owe the news."""
        terms = self.terms
        how = MoveTerms(now=terms.now, today=terms.today, by=terms.by, tell=terms.tell, batch=terms.batch)
        move_many(session, self._moves, how)
        del self._session, self._cards, self._moves

    def _begin(self, session: Session, card_ids: Sequence[int | None]) -> None:
        wanted = {id_ for id_ in card_ids if id_ is not None}
        self._session = session
        self._cards = cards_to_move(session, wanted, lock=not self.terms.ahead)
        self._moves: list[Move] = []
        self._zone = office_zone(session)

    def _card(self, card_id: int | None) -> MovedCard:
        card = self._cards.get(card_id) if card_id is not None else None
        if card is None:
            raise NotFound(_UNKNOWN)
        return card

    def _again(self, card_id: int) -> bool:
        again = card_id in self._had
        if self.terms.ahead:
            self._had.add(card_id)
        return again

    def _refuse_future(self, on: date | None) -> None:
        if on is not None and on > self.terms.today:
            raise Refused("this day is still to come; check its year")

    def _since(self, on: date | None) -> datetime:
        """Of today it is known to the minute, of a day before only the day."""
        if on is None or on >= self.terms.today:
            return self.terms.now
        return datetime.combine(on, time(), self._zone)


class ArrivalTaker(_OfCards):
    """Arrived means ready for pickup; a card that is ready or handed over stays as it is."""

    def begin(self, session: Session, values: Sequence[Arrival], card_ids: Sequence[int | None]) -> None:
        """Read the cards, and the places that the rows name."""
        self._begin(session, card_ids)
        named = {value.place for value in values if value.place is not None}
        self._places = set(session.scalars(select(Region.code).where(Region.code.in_(named)))) if named else set()
        self._point_of = pickup_points(session)
        self._taken: dict[str, set[int]] = {}

    def judge(self, value: Arrival, card_id: int | None) -> Judged:
        """What a row would do."""
        card = self._card(card_id)
        self._refuse_future(value.on)
        if card.stage in _THERE or self._again(card.id):
            return UNCHANGED
        check_step(card.stage, Stage.READY_FOR_PICKUP)
        if value.place is not None and value.place not in self._places:
            example = example_village(self._session)
            raise Refused(f"{value.place} is no place of this regency; write a code like {example}")
        return Judged(Does.TAKEN, Kind.READY, card.resident_id)

    def take(self, value: Arrival, card_id: int | None) -> None:
        """Let the card wait for its holder, and owe the news."""
        card = self._card(card_id)
        point = value.place or card.pickup_point or self._point_of(card.village)
        place: dict[str, object] = {"pickup_point": point, "reminders": 0}
        if card.pickup_number is not None and not (card.stage in _AT_A_PLACE and point == card.pickup_point):
            place["pickup_number"] = self._number_at(point, card.pickup_number)
        since, to = self._since(value.on), Stage.READY_FOR_PICKUP
        self._moves.append(Move(card=card, seen=card.stage, to=to, since=since, place=place))
        card.stage = to

    def end(self, session: Session) -> None:
        """Move the cards, and owe the news."""
        super().end(session)
        del self._places, self._point_of, self._taken

    def _number_at(self, point: str, wanted: int) -> int | None:
        """The number it has, unless that is somebody else's at this point; not what a row before was given there."""
        if point not in self._taken:
            self._taken[point] = set(numbers_taken(self._session, point))
        number = free_among(self._taken[point], wanted=wanted)
        if number is not None:
            self._taken[point].add(number)
        return number


class HandoverTaker(_OfCards):
    """Handed over is an end; a card that is handed over stays as it is."""

    def begin(self, session: Session, values: Sequence[Handover], card_ids: Sequence[int | None]) -> None:
        """Read the cards."""
        self._begin(session, card_ids)

    def judge(self, value: Handover, card_id: int | None) -> Judged:
        """What a row would do."""
        card = self._card(card_id)
        self._refuse_future(value.on)
        if card.stage is Stage.HANDED_OVER or self._again(card.id):
            return UNCHANGED
        check_step(card.stage, Stage.HANDED_OVER)
        return Judged(Does.TAKEN)

    def take(self, value: Handover, card_id: int | None) -> None:
        """Note that the card was taken, and by whom."""
        card = self._card(card_id)
        to, taken = Stage.HANDED_OVER, _TAKEN_BY[value.by]
        self._moves.append(Move(card=card, seen=card.stage, to=to, since=self._since(value.on), taken=taken))
        card.stage = to
