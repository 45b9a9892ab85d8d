"""Every notice rendered with the longest values of the country, to see that it fits and keeps its promises."""

from collections.abc import Iterator
from datetime import time
from itertools import combinations, product

from core.errors import WordingError
from core.rules.announcements import BROUGHT_ALONG, Announcement, Form
from core.rules.answer import LetterKind, Place, PlaceKind, VillageKind
from core.rules.notices import Kind, NoticeWords, OfficeWords
from core.rules.suspension import Cause, Service, SuspensionNote
from core.rules.typed_places import LONGEST_PLACE
from core.wording import Wording
from core.wording.gsm import ONE_SMS_SEPTETS, fits_one_sms, foreign_to_gsm, septets
from core.wording.notices import sms_texts, telegram_text
from core.wording.promises import broken_promises
from core.wording.samples.kinds import LONGEST_LONG_DAY, LONGEST_SHORT_DAY
from core.wording.samples.offices import LONGEST_OFFICE

TELEGRAM_CHARACTERS = 600

#: The longest village name there is, in the district with the longest name: longer together than any real pair.
LONGEST_PLACES = tuple(
    Place(
        kind=PlaceKind.VILLAGE,
        regency="Kabupaten Administrasi Kepulauan Seribu",
        district="Buay Pematang Ribu Ranau Tengah",
        village="Kampuang Tanjuang Koto Mambang Sungai Durian",
        village_kind=kind,
    )
    for kind in VillageKind
)

#: As long a place as an official may type for a call, and hours as long as any.
LONGEST_PLACE_SAID, LONGEST_HOURS = "W" * LONGEST_PLACE, (time(8, 30), time(11, 30))

_DAYS = (LONGEST_SHORT_DAY, LONGEST_LONG_DAY)
_SERVICES = tuple(some for size in range(1, len(Service) + 1) for some in combinations(Service, size))


def broken_notices(w: Wording) -> list[tuple[str, str]]:
    """(name of the text, what is wrong with it) for every notice that does not hold: of each fault the worst case."""
    worst: dict[tuple[str, str], tuple[int, str]] = {}
    for words in longest_notices():
        for name, fault, excess, told in _faults(w, words):
            if excess > worst.get((name, fault), (-1, ""))[0]:
                worst[name, fault] = excess, told
    return [(name, told) for (name, _), (_, told) in worst.items()]


def _faults(w: Wording, words: NoticeWords) -> Iterator[tuple[str, str, int, str]]:
    """(name of the text, kind of fault, by how much, in words)."""
    name = f"notice-{words.kind}"
    try:
        telegram = telegram_text(w, LONGEST_OFFICE, words)
        sms = said_by_sms(w, LONGEST_OFFICE, words)
    except WordingError as error:
        yield name, str(error), 0, str(error)
        return
    if (over := len(telegram) - TELEGRAM_CHARACTERS) > 0:
        yield name, "long", over, f"it grows to {len(telegram)} of {TELEGRAM_CHARACTERS} characters; shorten it"
    yield from ((name, promise, 0, promise) for promise in broken_promises(telegram))
    yield from ((f"{name}-sms", promise, 0, promise) for promise in broken_promises(sms))
    if foreign := foreign_to_gsm(sms):
        yield f"{name}-sms", "foreign", 0, f"not one SMS: GSM-7 has no {' '.join(foreign)}; write it differently"
    elif (over := (septets(sms) or 0) - ONE_SMS_SEPTETS) > 0:
        yield f"{name}-sms", "long", over, f"not one SMS: {over} over {ONE_SMS_SEPTETS} characters in: {sms}"


def said_by_sms(w: Wording, office: OfficeWords, words: NoticeWords) -> str:
    """What would be sent; where nothing fits, the shortest there is."""
    texts = list(sms_texts(w, office, words))
    return next((text for text in texts if fits_one_sms(text)), min(texts, key=len))


def longest_notices() -> Iterator[NoticeWords]:
    """Of every kind: one card and as many as one message lists, with and without what may be missing."""
    tails, numbers = ("WWW", "MMM", "QQQ", "R81", "K07", "999"), (100, 302, 504, 706, 908, 999)
    cards = ((1, tails[:1], numbers[:1]), (1, (), ()), (6, tails, numbers), (12, tails * 2, tuple(range(100, 124, 2))))
    card_kinds = (
        Kind.PRINTED,
        Kind.READY,
        Kind.REMINDER,
        Kind.WITHDRAWN,
        Kind.NEEDS_OFFICER,
        Kind.REGISTERED,
        Kind.LETTER_READY,
        Kind.LETTER_EXPIRING,
    )
    days = (None, LONGEST_SHORT_DAY)
    for kind, place, (count, tail, number), day in product(card_kinds, (*LONGEST_PLACES, None), cards, days):
        yield NoticeWords(
            kind=kind,
            count=count,
            receipt_tails=tail,
            pickup_numbers=number,
            place=place,
            pickup_on=day,
            waiting_days=3650,
            letter=LetterKind.SUKET,
            letter_valid_until=_DAYS[1],
        )
    for place, (count, tail, number), day in product((*LONGEST_PLACES, None), cards, (*_DAYS, None)):
        yield NoticeWords(
            kind=Kind.PICKUP_MOVED, count=count, receipt_tails=tail, pickup_numbers=number, place=place, pickup_on=day
        )
    for place, (count, tail, number) in product((*LONGEST_PLACES, None), cards):
        yield NoticeWords(
            kind=Kind.PICKUP_MOVED, count=count, receipt_tails=tail, pickup_numbers=number, place=place, called_off=True
        )
    kinds, said = (Kind.CALLED, Kind.PICKUP_MOVED), (None, LONGEST_PLACE_SAID)
    for kind, place, typed, (count, tail, number), day in product(kinds, LONGEST_PLACES, said, cards, _DAYS):
        yield NoticeWords(
            kind=kind,
            count=count,
            receipt_tails=tail,
            pickup_numbers=number,
            place=place,
            place_said=typed,
            pickup_on=day,
            hours=LONGEST_HOURS,
        )
    stopped = product((Kind.SUSPENDED, Kind.SUSPENSION_MOVED), _SERVICES, Cause, _DAYS, (True, False))
    over = product((Kind.RESUMED,), _SERVICES, (Cause.CENTRE,), _DAYS, (True,))  # what is over needs no cause, no end
    for kind, services, cause, day, until_known in (*stopped, *over):
        note = SuspensionNote(services=services, cause=cause, since=day, expected_until=day if until_known else None)
        yield NoticeWords(kind=kind, suspension=note, was_expected=day, resumed_on=day)
    yield from _announcements()


def _announcements() -> Iterator[NoticeWords]:
    """Every form, with the longest place that may be typed, in the longest region of each kind."""
    regency, district = LONGEST_PLACES[0].regency, LONGEST_PLACES[0].district
    wider = (
        Place(kind=PlaceKind.OFFICE, regency=regency),
        Place(kind=PlaceKind.DISTRICT, regency=regency, district=district),
    )
    for form, place, day in product(Form, (*LONGEST_PLACES, *wider, None), _DAYS):
        announcement = Announcement(
            form=form, day=day, hours=(time(8), time(14, 30)), place="W" * LONGEST_PLACE, services=BROUGHT_ALONG
        )
        yield NoticeWords(kind=Kind.ANNOUNCED, announcement=announcement, place=place)
