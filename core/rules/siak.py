"""The national system's status words (SIAK), and what they mean here.

1. There are "about 18" words and no official list: a word not known here stays opaque text and moves no card.
2. What the national system says after PRINT_READY_RECORD is about the card itself, never about villages.
3. A SENT_FOR_ENROLLMENT that lasts too long means that the centre already knows the NIK: it never moves by itself.
   Days on which the centre stood still do not count: in Jember 2017 70,000 people were at it for that reason alone.
4. When a file says two things of one person, the more cautious is believed.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import lru_cache

from core.rules.card import Stage

#: At the centre for longer than this is the trap of rule 3.
CENTRE_DAYS = 60


class Siak(StrEnum):
    UNREGISTERED = "UNREGISTERED"
    BIO_CAPTURED = "BIO_CAPTURED"
    PROCESSING = "PROCESSING"
    SENT_FOR_ENROLLMENT = "SENT_FOR_ENROLLMENT"
    RECEIVED_AT_CENTRAL = "RECEIVED_AT_CENTRAL"
    PRINT_READY_RECORD = "PRINT_READY_RECORD"
    SENT_FOR_CARD_PRINTING = "SENT_FOR_CARD_PRINTING"
    CARD_PRINTED = "CARD_PRINTED"
    CARD_SHIPPED = "CARD_SHIPPED"
    CARD_ISSUED = "CARD_ISSUED"
    ENROLL_FAILURE_AT_CENTRAL = "ENROLL_FAILURE_AT_CENTRAL"
    ENROLL_FAILURE_AT_REGIONAL = "ENROLL_FAILURE_AT_REGIONAL"
    SEARCH_FAILURE_AT_CENTRAL = "SEARCH_FAILURE_AT_CENTRAL"
    ADJUDICATE_RECORD = "ADJUDICATE_RECORD"
    ADJUDICATE_IN_PROCESS = "ADJUDICATE_IN_PROCESS"
    REQUEST_VALIDATION = "REQUEST_VALIDATION"
    DUPLICATE_RECORD = "DUPLICATE_RECORD"


#: The short forms that offices print on letters, so that residents type them.
SHORT_FORMS = {
    "BC": Siak.BIO_CAPTURED,
    "PRO": Siak.PROCESSING,
    "SFE": Siak.SENT_FOR_ENROLLMENT,
    "PRR": Siak.PRINT_READY_RECORD,
    "DUP": Siak.DUPLICATE_RECORD,
    "EFAC": Siak.ENROLL_FAILURE_AT_CENTRAL,
}

_STAGES = {
    Siak.UNREGISTERED: Stage.RECORDED,
    Siak.BIO_CAPTURED: Stage.RECORDED,
    Siak.PROCESSING: Stage.RECORDED,
    Siak.SENT_FOR_ENROLLMENT: Stage.AT_CENTRE,
    Siak.RECEIVED_AT_CENTRAL: Stage.AT_CENTRE,
    Siak.PRINT_READY_RECORD: Stage.PRINT_READY,
    Siak.SENT_FOR_CARD_PRINTING: Stage.PRINT_READY,
    Siak.CARD_PRINTED: Stage.PRINTED,
    Siak.CARD_SHIPPED: Stage.SHIPPED,
    Siak.CARD_ISSUED: Stage.HANDED_OVER,
}

#: From the most cautious to the least. A duplicate comes first, because its advice ("do not record again") contradicts
#: that of a failure; an unknown word (None) comes after known trouble, which at least sends people to an officer,
#: and before every stage of the way; of those, the earlier promises less.
_CAUTIOUS_FIRST: tuple[Siak | None, ...] = (
    Siak.DUPLICATE_RECORD,
    Siak.ADJUDICATE_RECORD,
    Siak.ADJUDICATE_IN_PROCESS,
    Siak.REQUEST_VALIDATION,
    Siak.SEARCH_FAILURE_AT_CENTRAL,
    Siak.ENROLL_FAILURE_AT_CENTRAL,
    Siak.ENROLL_FAILURE_AT_REGIONAL,
    None,
    *_STAGES,
)
_CAUTION = {status: -place for place, status in enumerate(_CAUTIOUS_FIRST)}

_BY_LETTERS = {name.replace("_", ""): status for name, status in (Siak.__members__ | SHORT_FORMS).items()}


@lru_cache(maxsize=1024)  # a list of a million rows holds a dozen words
def read_status(text: str) -> Siak | None:
    """The status a file or a resident names, long or short, in any case, with any separators; None if unknown."""
    return _BY_LETTERS.get("".join(filter(str.isalnum, text)).upper())


def stage_of(status: Siak) -> Stage:
    """Our stage for a status of the national system; every trouble needs an officer."""
    return _STAGES.get(status, Stage.NEEDS_OFFICER)


def caution(status: Siak | None) -> int:
    """How cautious it is to believe this status: the higher of two wins. None is an unknown word."""
    return _CAUTION[status]


def waited_days(since: date, today: date, *, centre_stops: Iterable[tuple[date, date | None]]) -> int:
    """Days from `since` to `today`, less those on which the centre stood still, overlapping stops counted once.

    A stop is (first day, day of resumption or None while it lasts); on the day of resumption the centre works.
    """
    counted_until = since
    stopped_days = 0
    for first, resumed in sorted(centre_stops, key=lambda stop: stop[0]):
        begin = max(first, counted_until)
        end = min(resumed or today, today)
        if begin < end:
            stopped_days += (end - begin).days
            counted_until = end
    return max((today - since).days, 0) - stopped_days


def stuck_at_centre(
    status: Siak | None,
    *,
    since: date,
    today: date,
    centre_stops: Iterable[tuple[date, date | None]],
    limit_days: int = CENTRE_DAYS,
) -> bool:
    """Whether this is the SFE trap: more than `limit_days` working days of the centre without a move."""
    if status is not Siak.SENT_FOR_ENROLLMENT:
        return False
    return waited_days(since, today, centre_stops=centre_stops) > limit_days
