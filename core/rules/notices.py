"""The table of who is told what: kinds of notice, their channels, and when each becomes worthless."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.rules.announcements import Announcement
from core.rules.answer import LetterKind, Place
from core.rules.card import OPEN, Stage
from core.rules.delivery import Channel
from core.rules.hours import Shift
from core.rules.letters import WARNED_BEFORE
from core.rules.suspension import SuspensionNote


class Kind(StrEnum):
    PRINTED = "printed"
    READY = "ready"
    CALLED = "called"
    REMINDER = "reminder"
    WITHDRAWN = "ready-withdrawn"
    PICKUP_MOVED = "pickup-moved"
    LETTER_READY = "letter-ready"
    LETTER_EXPIRING = "letter-expiring"
    NEEDS_OFFICER = "needs-officer"
    SUSPENDED = "suspension-start"
    SUSPENSION_MOVED = "suspension-moved"
    RESUMED = "resumed"
    REGISTERED = "registered"
    ANNOUNCED = "announcement"


class Answer(StrEnum):
    """What may be pressed below a notice on Telegram. MOVED, DIED, TAKEN: why nobody will come for the card."""

    COMING = "coming"
    OTHER_DAY = "other-day"
    NOT_MINE = "not-mine"
    MOVED = "moved"
    DIED = "died"
    TAKEN = "taken"


#: What Beri Tahu offers besides Bukan Saya.
REPORTS = (Answer.MOVED, Answer.DIED, Answer.TAKEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRule:
    """One row of the table.

    channels: in the order they are tried. lives: how long it is worth anything.
    while_stage: the card's stages in which it is still true; empty where the card's stage does not matter.
    silent: delivered without a sound. answers: the buttons below it, in their order.
    reports: also a button below which a person says why nobody will come for the card.
    answered_within: when nobody pressed any of them for so long, it goes by SMS too.
    worth_a_visit: whom no address reaches is on the list of people to visit.
    """

    channels: tuple[Channel, ...]
    lives: timedelta
    while_stage: frozenset[Stage] = frozenset()
    silent: bool = False
    answers: tuple[Answer, ...] = ()
    reports: tuple[Answer, ...] = ()
    answered_within: timedelta | None = None
    worth_a_visit: bool = False


_BOTH = (Channel.TELEGRAM, Channel.SMS)
_MONTH = timedelta(days=30)

#: Suspensions go by Telegram; by SMS only when the office says so (cost).
TABLE: dict[Kind, NoticeRule] = {
    Kind.PRINTED: NoticeRule(channels=_BOTH, lives=_MONTH, while_stage=frozenset({Stage.PRINTED}), silent=True),
    Kind.READY: NoticeRule(
        channels=_BOTH,
        lives=_MONTH,
        while_stage=frozenset({Stage.READY_FOR_PICKUP}),
        answers=(Answer.COMING, Answer.OTHER_DAY, Answer.NOT_MINE),
        answered_within=timedelta(days=1),
        worth_a_visit=True,
    ),
    # Told in one afternoon for the next day, so there is no time to wait for an answer.
    Kind.CALLED: NoticeRule(
        channels=_BOTH,
        lives=_MONTH,
        while_stage=frozenset({Stage.READY_FOR_PICKUP}),
        answers=(Answer.COMING, Answer.OTHER_DAY, Answer.NOT_MINE),
        worth_a_visit=True,
    ),
    # Whom no message reaches is on the list of visits already, since the card is ready.
    Kind.REMINDER: NoticeRule(
        channels=_BOTH,
        lives=_MONTH,
        while_stage=frozenset({Stage.READY_FOR_PICKUP}),
        answers=(Answer.COMING,),
        reports=REPORTS,
    ),
    # In place of what the arrival says, to whom it was told to be ready; why one is closed, the counter explains.
    Kind.WITHDRAWN: NoticeRule(channels=_BOTH, lives=_MONTH, while_stage=OPEN - {Stage.READY_FOR_PICKUP}),
    # Pickup stops on the day that she was told; worth a visit, or she stands before a closed door.
    Kind.PICKUP_MOVED: NoticeRule(
        channels=_BOTH, lives=_MONTH, while_stage=frozenset({Stage.READY_FOR_PICKUP}), worth_a_visit=True
    ),
    Kind.LETTER_READY: NoticeRule(channels=_BOTH, lives=_MONTH, worth_a_visit=True),
    # It ends with the letter's last day at the latest.
    Kind.LETTER_EXPIRING: NoticeRule(channels=_BOTH, lives=WARNED_BEFORE + timedelta(days=1)),
    Kind.NEEDS_OFFICER: NoticeRule(
        channels=_BOTH, lives=_MONTH, while_stage=frozenset({Stage.NEEDS_OFFICER}), worth_a_visit=True
    ),
    Kind.SUSPENDED: NoticeRule(channels=_BOTH, lives=timedelta(days=14), while_stage=OPEN),
    Kind.SUSPENSION_MOVED: NoticeRule(channels=_BOTH, lives=timedelta(days=2)),
    Kind.RESUMED: NoticeRule(channels=_BOTH, lives=timedelta(days=2)),
    Kind.REGISTERED: NoticeRule(channels=_BOTH, lives=timedelta(days=7), answers=(Answer.NOT_MINE,)),
    # By SMS only when the office says so, as a suspension; a service day is over with its day.
    Kind.ANNOUNCED: NoticeRule(channels=_BOTH, lives=timedelta(days=7), while_stage=OPEN),
}

#: What a card's arrival at a stage makes us say; a stage without an entry is told to nobody.
ON_ARRIVAL: dict[Stage, Kind] = {
    Stage.PRINTED: Kind.PRINTED,
    Stage.READY_FOR_PICKUP: Kind.READY,
    Stage.NEEDS_OFFICER: Kind.NEEDS_OFFICER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """All that may be said in one message: never a name, a NIK or an address.

    count: how many cards it speaks of (one phone, several cards). receipt_tails: last three characters each.
    pickup_numbers: in order. pickup_on: the day they are called for; None: any day will do, or we tell them yet.
    called_off: the call that gave her a day was.
    hours, place_said: of a call; place_said: in place of where cards are handed over there anyway.
    waiting_days: since when they are ready.
    suspension: for the three kinds about suspensions; was_expected: the end said before.
    announcement: what its form was filled in with; place: the region whose people are told.
    """

    kind: Kind
    count: int = 1
    receipt_tails: tuple[str, ...] = ()
    pickup_numbers: tuple[int, ...] = ()
    pickup_on: date | None = None
    called_off: bool = False
    hours: Shift | None = None
    place_said: str | None = None
    waiting_days: int | None = None
    place: Place | None = None
    letter: LetterKind | None = None
    letter_valid_until: date | None = None
    suspension: SuspensionNote | None = None
    was_expected: date | None = None
    resumed_on: date | None = None
    announcement: Announcement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeWords:
    """How the office names itself. short_name: at most 19 GSM-7 characters; hours: as shown to residents."""

    name: str
    short_name: str
    regency: str
    hours: str
