"""What a message about one or more notices may say: counts, receipt tails and pickup numbers, never a name."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from core.questions.cards import newest_card
from core.questions.regions import pickup_point_of, place
from core.questions.sending import suspension_of
from core.questions.slips import receipt_tail
from core.questions.suspensions import note_of, open_suspensions, services_back, services_of
from core.rules.answer import Place
from core.rules.notices import Kind, NoticeWords
from core.store.delivery_tables import Notice
from core.store.tables import Card, Letter, Resident

_LAST = 1_000_000_000
_ABOUT_SUSPENSIONS = frozenset({Kind.SUSPENDED, Kind.SUSPENSION_MOVED})


def notice_words(session: Session, notices: list[Notice], zone: ZoneInfo) -> tuple[NoticeWords, list[Notice]]:
    """Return the words for the first notice and those of the others that the same sentence is true of."""
    first = notices[0]
    if first.kind is Kind.RESUMED:
        return _resumed_words(session, notices, zone)
    if first.kind in _ABOUT_SUSPENSIONS:
        suspension = suspension_of(session, first)
        others = [other for other in open_suspensions(session) if other.id != suspension.id]
        also = tuple({service: None for other in others for service in services_of(other)})
        note = replace(note_of(suspension, zone), also_stopped=also)
        return NoticeWords(kind=first.kind, suspension=note), notices
    if first.kind is Kind.LETTER_READY:
        return _letter_words(session, first), [first]
    if first.kind is Kind.REGISTERED:
        return NoticeWords(kind=first.kind, place=_village(session, first.resident_id)), [first]
    return _card_words(session, notices)


def _card_words(session: Session, notices: list[Notice]) -> tuple[NoticeWords, list[Notice]]:
    first_point = _point(session, session.get_one(Card, notices[0].card_id))
    covered, cards = [], []
    for notice in notices:
        card = session.get_one(Card, notice.card_id)
        if _point(session, card) == first_point:
            covered.append(notice)
            cards.append(card)
    in_order = sorted(cards, key=lambda card: (card.pickup_number or _LAST, card.id))
    tails = [receipt_tail(session, card) for card in in_order]
    words = NoticeWords(
        kind=notices[0].kind,
        count=len(cards),
        receipt_tails=tuple(tail for tail in tails if tail),
        pickup_numbers=tuple(card.pickup_number for card in in_order if card.pickup_number is not None),
        place=place(session, first_point),
    )
    return words, covered


def _resumed_words(session: Session, notices: list[Notice], zone: ZoneInfo) -> tuple[NoticeWords, list[Notice]]:
    """What another suspension still stops for her is not said to run again."""
    first = notices[0]
    suspension = suspension_of(session, first)
    back = services_back(session, suspension, [notice.resident_id for notice in notices])
    services = back[first.resident_id]
    words = NoticeWords(
        kind=first.kind,
        suspension=replace(note_of(suspension, zone), services=services),
        resumed_on=suspension.resumed_at.astimezone(zone).date() if suspension.resumed_at else None,
    )
    return words, [notice for notice in notices if back[notice.resident_id] == services]


def _letter_words(session: Session, notice: Notice) -> NoticeWords:
    letter = session.get_one(Letter, notice.letter_id)
    card = newest_card(session, notice.resident_id)
    tail = receipt_tail(session, card) if card else None
    return NoticeWords(
        kind=notice.kind,
        receipt_tails=(tail,) if tail else (),
        place=place(session, pickup_point_of(session, session.get_one(Resident, notice.resident_id).village)),
        letter=letter.kind,
        letter_valid_until=letter.valid_until,
    )


def _point(session: Session, card: Card) -> str:
    """Where the card is, or will be, handed over."""
    return card.pickup_point or pickup_point_of(session, session.get_one(Resident, card.resident_id).village)


def _village(session: Session, resident_id: int) -> Place:
    return place(session, session.get_one(Resident, resident_id).village)
