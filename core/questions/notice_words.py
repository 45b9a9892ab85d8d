"""What a message about one or more notices may say: counts, receipt tails and pickup numbers, never a name."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from core.questions.call_plans import terms_of
from core.questions.cards import newest_card
from core.questions.moved_ends import told_ends
from core.questions.overtaken import back_for, suspensions_of
from core.questions.proposals import proposals_of, words_of
from core.questions.regions import pickup_points, places, villages_of
from core.questions.slips import receipt_tail, receipts_in_force, tail_of
from core.questions.suspensions import note_of, open_suspensions, services_of
from core.rules.calls import hours_on
from core.rules.notices import Kind, NoticeWords
from core.rules.suspension import Service, SuspensionNote
from core.store.delivery_tables import Notice
from core.store.many import by_key
from core.store.official_tables import PickupCall
from core.store.tables import Card, Letter, Suspension
from core.store.words import CallState

_LAST = 1_000_000_000
_OF_CALLS = frozenset({Kind.CALLED, Kind.PICKUP_MOVED})
_ABOUT_LETTERS = frozenset({Kind.LETTER_READY, Kind.LETTER_EXPIRING})


class Speech:
    """Finds the words for some notices; what several of them say alike is looked up once."""

    def __init__(self, session: Session, notices: Collection[Notice], zone: ZoneInfo) -> None:
        """notices: all that will be asked about."""
        self._session = session
        self._zone = zone
        self._cards = by_key(session, Card, (notice.card_id for notice in notices))
        self._calls = by_key(session, PickupCall, (card.call_id for card in self._cards.values()))
        self._villages = villages_of(session, {notice.resident_id for notice in notices})
        self._pickup_point = pickup_points(session)
        self._points = {notice.id: self._point_of(notice) for notice in notices}
        self._places = places(session, (*self._points.values(), *self._villages.values()))
        self._receipts = receipts_in_force(session, self._cards.values())
        self._suspensions = suspensions_of(session, notices)
        self._back = back_for(session, [notice for notice in notices if notice.kind is Kind.RESUMED])
        self._ends = told_ends(session, [notice for notice in notices if notice.kind is Kind.SUSPENSION_MOVED])
        self._note = cache(self._note_of)

    def words(self, notices: list[Notice]) -> tuple[NoticeWords, list[Notice]]:
        """Return the words for the first notice and those of the others that the same sentence is true of."""
        first = notices[0]
        if first.kind is Kind.RESUMED:
            return self._resumed(notices)
        if first.kind is Kind.SUSPENDED:
            return NoticeWords(kind=first.kind, suspension=self._note(first.broadcast_id)), notices
        if first.kind is Kind.SUSPENSION_MOVED:
            return self._moved(notices)
        if first.kind in _ABOUT_LETTERS:
            return self._letter(first), [first]
        if first.kind is Kind.ANNOUNCED:
            return self._announced(notices)
        if first.kind is Kind.REGISTERED:
            return NoticeWords(kind=first.kind, place=self._places[self._villages[first.resident_id]]), [first]
        return self._of_cards(notices)

    def _of_cards(self, notices: list[Notice]) -> tuple[NoticeWords, list[Notice]]:
        point, day, call = self._points[notices[0].id], self._day(notices[0]), self._call(notices[0])
        covered = [
            one for one in notices if (self._points[one.id], self._day(one), self._call(one)) == (point, day, call)
        ]
        cards = sorted(map(self._card, covered), key=lambda card: (card.pickup_number or _LAST, card.id))
        tails = [tail_of(self._session, self._receipts[card.id]) for card in cards]
        words = NoticeWords(
            kind=notices[0].kind,
            count=len(cards),
            receipt_tails=tuple(tail for tail in tails if tail),
            pickup_numbers=tuple(card.pickup_number for card in cards if card.pickup_number is not None),
            place=self._places[point],
            pickup_on=day,
            called_off=bool(call and call.state is CallState.CANCELLED and not day),
            hours=hours_on(terms_of(call), day) if call and day else None,
            place_said=call.place if call and day else None,
            waiting_days=min(self._waited_days(notice) for notice in covered),
        )
        return words, covered

    def _waited_days(self, notice: Notice) -> int:
        """For how long the card had been where it is when this was owed."""
        since = self._card(notice).stage_since.astimezone(self._zone).date()
        return (notice.created_at.astimezone(self._zone).date() - since).days

    def _resumed(self, notices: list[Notice]) -> tuple[NoticeWords, list[Notice]]:
        """What another suspension still stops for her is not said to run again."""
        first = notices[0]
        services = self._back[first.id]
        suspension = self._suspension(first.broadcast_id)
        words = NoticeWords(
            kind=first.kind,
            suspension=replace(note_of(suspension, self._zone), services=services),
            resumed_on=suspension.resumed_at.astimezone(self._zone).date() if suspension.resumed_at else None,
        )
        return words, [notice for notice in notices if self._back[notice.id] == services]

    def _announced(self, notices: list[Notice]) -> tuple[NoticeWords, list[Notice]]:
        """Her village is told of one thing after the other: only what is the same announcement is one message."""
        broadcast_id = notices[0].broadcast_id
        proposal = proposals_of(self._session, [notices[0]])[broadcast_id or 0]
        return words_of(self._session, proposal), [one for one in notices if one.broadcast_id == broadcast_id]

    def _moved(self, notices: list[Notice]) -> tuple[NoticeWords, list[Notice]]:
        """The end that the broadcast told of, whatever is expected since; and the one that these were told before."""
        first = notices[0]
        ends = self._ends[first.id]
        note = replace(self._note(first.broadcast_id), expected_until=ends.now)
        words = NoticeWords(kind=first.kind, suspension=note, was_expected=ends.was)
        return words, [notice for notice in notices if self._ends[notice.id] == ends]

    def _note_of(self, broadcast_id: int | None) -> SuspensionNote:
        suspension = self._suspension(broadcast_id)
        others = [other for other in open_suspensions(self._session) if other.id != suspension.id]
        also: dict[Service, None] = {service: None for other in others for service in services_of(other)}
        return replace(note_of(suspension, self._zone), also_stopped=tuple(also))

    def _suspension(self, broadcast_id: int | None) -> Suspension:
        return self._suspensions[broadcast_id or 0]

    def _letter(self, notice: Notice) -> NoticeWords:
        letter = self._session.get_one(Letter, notice.letter_id)
        card = newest_card(self._session, notice.resident_id)
        tail = receipt_tail(self._session, card) if card else None
        return NoticeWords(
            kind=notice.kind,
            receipt_tails=(tail,) if tail else (),
            # It is extended where letters are made: at the office.
            place=self._places[self._points[notice.id]] if notice.kind is Kind.LETTER_READY else None,
            letter=letter.kind,
            letter_valid_until=letter.valid_until,
        )

    def _card(self, notice: Notice) -> Card:
        return self._cards[notice.card_id or 0]

    def _day(self, notice: Notice) -> date | None:
        """The day that she is called for; None where any day will do."""
        return self._card(notice).pickup_on

    def _call(self, notice: Notice) -> PickupCall | None:
        """The call that says when and where on that day."""
        return self._calls.get(self._card(notice).call_id) if notice.kind in _OF_CALLS else None

    def _point_of(self, notice: Notice) -> str:
        """Where the card is, or will be, handed over; letters wait there too."""
        card = self._cards.get(notice.card_id)
        return (card and card.pickup_point) or self._pickup_point(self._villages[notice.resident_id])
