"""Every notice rendered with the longest values of the country, to see that it fits and keeps its promises."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations, product

from core.errors import WordingError
from core.rules.answer import LetterKind, Place, PlaceKind, VillageKind
from core.rules.notices import Kind, NoticeWords, OfficeWords
from core.rules.suspension import Cause, Service, SuspensionNote
from core.wording import Wording
from core.wording.notices import sms_text, telegram_text
from core.wording.promises import broken_promise

TELEGRAM_CHARACTERS = 600

#: The longest regency name there is, the longest short name a setting accepts.
LONGEST_OFFICE = OfficeWords(
    name="Dispendukcapil Kabupaten Administrasi Kepulauan Seribu",
    short_name="Dukcapil Bojonegoro",
    regency="Kabupaten Administrasi Kepulauan Seribu",
    hours="Senin-Kamis 08.00-15.00, Jumat 08.00-11.00 WIB",
)

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

#: A Tuesday in December is the longest short date, one in September the longest long date.
_DAYS = (date(2026, 12, 29), date(2026, 9, 29))
_SERVICES = tuple(some for size in range(1, len(Service) + 1) for some in combinations(Service, size))


def broken_notices(w: Wording) -> Iterator[tuple[str, str]]:
    """(name of the text, what is wrong with it) for every notice that does not hold."""
    for words in longest_notices():
        try:
            telegram, sms = telegram_text(w, LONGEST_OFFICE, words), sms_text(w, LONGEST_OFFICE, words)
        except WordingError as error:
            yield f"notice-{words.kind}", str(error)
            continue
        if len(telegram) > TELEGRAM_CHARACTERS:
            yield f"notice-{words.kind}", f"it grows to {len(telegram)} of {TELEGRAM_CHARACTERS} characters; shorten it"
        if reason := broken_promise(telegram):
            yield f"notice-{words.kind}", reason
        if reason := broken_promise(sms):
            yield f"notice-{words.kind}-sms", reason


def longest_notices() -> Iterator[NoticeWords]:
    """Of every kind: one card and as many as one message lists, with and without what may be missing."""
    tails, numbers = ("WWW", "MMM", "QQQ", "R81", "K07", "999"), (100, 302, 504, 706, 908, 999)
    cards = ((1, tails[:1], numbers[:1]), (1, (), ()), (6, tails, numbers), (12, tails * 2, tuple(range(100, 124, 2))))
    card_kinds = (Kind.PRINTED, Kind.READY, Kind.NEEDS_OFFICER, Kind.REGISTERED, Kind.LETTER_READY)
    for kind, place, (count, tail, number) in product(card_kinds, (*LONGEST_PLACES, None), cards):
        yield NoticeWords(
            kind=kind,
            count=count,
            receipt_tails=tail,
            pickup_numbers=number,
            place=place,
            letter=LetterKind.SUKET,
            letter_valid_until=_DAYS[1],
        )
    suspensions = (Kind.SUSPENDED, Kind.SUSPENSION_MOVED, Kind.RESUMED)
    for kind, services, cause, day, until_known in product(suspensions, _SERVICES, Cause, _DAYS, (True, False)):
        note = SuspensionNote(services=services, cause=cause, since=day, expected_until=day if until_known else None)
        yield NoticeWords(kind=kind, suspension=note, was_expected=day, resumed_on=day)
