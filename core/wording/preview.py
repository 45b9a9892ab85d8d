"""One text as residents will see it: with typical values, and with the longest.

Notices are put together as they are for residents, so that what must fit an SMS gives way; other texts are filled.
"""

from dataclasses import replace
from datetime import date, time

from core.rules.announcements import Announcement, Form
from core.rules.answer import LetterKind, Place, PlaceKind, VillageKind
from core.rules.notices import Kind, NoticeWords
from core.rules.suspension import Cause, Service, SuspensionNote
from core.wording import Wording
from core.wording.notices import telegram_text
from core.wording.rehearsal import longest_notices, said_by_sms
from core.wording.samples import filled
from core.wording.samples.kinds import TYPICAL_DAY
from core.wording.samples.offices import LONGEST_OFFICE, TYPICAL_OFFICE

_PAJENG = Place(
    kind=PlaceKind.VILLAGE,
    regency=TYPICAL_OFFICE.regency,
    district="Gondang",
    village="Pajeng",
    village_kind=VillageKind.DESA,
)
_STOP = SuspensionNote(
    services=(Service.PRINTING, Service.LETTERS),
    cause=Cause.SERVER,
    since=date(2026, 5, 11),
    expected_until=TYPICAL_DAY,
)
_SERVICE_DAY = Announcement(
    form=Form.SERVICE_DAY,
    day=TYPICAL_DAY,
    hours=(time(8), time(12)),
    place="Balai Desa Pajeng",
    services=(Service.RECORDING, Service.PICKUP),
)
#: Name of a text -> the kind of notice, and whether it is its SMS.
_NOTICES = {f"notice-{kind}{end}": (kind, bool(end)) for kind in Kind for end in ("", "-sms")}
#: The SMS of who is called for a day, in place of the one for any day.
_CALLED = "notice-ready-day-sms"
_NOTICES[_CALLED] = (Kind.READY, True)
#: What is said of another day in a village's call, and that it was called off, in place of the one at a counter.
_MOVED_IN_CALL = ("notice-pickup-moved-call", "notice-pickup-moved-call-sms")
_CALLED_OFF = ("notice-pickup-moved-off", "notice-pickup-moved-off-sms")
_NOTICES |= {name: (Kind.PICKUP_MOVED, name.endswith("-sms")) for name in (*_MOVED_IN_CALL, *_CALLED_OFF)}
_HOURS = (time(8), time(12))


def typical(w: Wording, key: str) -> str:
    """A text with typical values."""
    if key not in _NOTICES:
        return filled(w, key)
    kind, by_sms = _NOTICES[key]
    day = TYPICAL_DAY if key == _CALLED or kind is Kind.PICKUP_MOVED else None
    words = _typical_notice(kind, day)
    if kind is Kind.CALLED or key in _MOVED_IN_CALL:
        words = replace(words, pickup_on=TYPICAL_DAY, hours=_HOURS)
    if key in _CALLED_OFF:
        words = replace(words, pickup_on=None, called_off=True)
    return (said_by_sms if by_sms else telegram_text)(w, TYPICAL_OFFICE, words)


def longest(w: Wording, key: str) -> str:
    """A text with the values with which it grows longest."""
    if key not in _NOTICES:
        return filled(w, key, longest=True)
    kind, by_sms = _NOTICES[key]
    said = said_by_sms if by_sms else telegram_text
    meant = [words for words in longest_notices() if words.kind is kind]
    if kind is Kind.READY and by_sms:
        meant = [words for words in meant if (words.pickup_on is not None) == (key == _CALLED)]
    if kind is Kind.PICKUP_MOVED:
        of_key = (key in _MOVED_IN_CALL, key in _CALLED_OFF)
        meant = [words for words in meant if (words.hours is not None, words.called_off) == of_key]
    return max((said(w, LONGEST_OFFICE, words) for words in meant), key=len)


def _typical_notice(kind: Kind, day: date | None) -> NoticeWords:
    return NoticeWords(
        kind=kind,
        receipt_tails=("R81",),
        pickup_numbers=(347,),
        place=_PAJENG,
        letter=LetterKind.SUKET,
        letter_valid_until=TYPICAL_DAY,
        suspension=_STOP,
        resumed_on=TYPICAL_DAY,
        pickup_on=day,
        announcement=_SERVICE_DAY,
    )
