"""What an office is asked for in numbers: how much there is of what, where, and what one day brought.

1. Waiting is who was recorded and whose card is not printed; open is every card that is still expected.
2. How long somebody waits counts from the day that orders the print queue: of the application, else of the recording.
3. A day's output is what was printed on it, less what turned out not to be.
4. How many a day is the middle half of the last 20 working days on which anything was printed: one very good and one
   very bad day say nothing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import quantiles

from core.rules.calendar import Calendar, is_working_day
from core.rules.card import WAY, Stage
from core.rules.suspension import SuspensionNote

#: Recorded, and not printed yet.
WAITING = (Stage.RECORDED, Stage.AT_CENTRE, Stage.NEEDS_OFFICER, Stage.PRINT_READY)
#: Printed, and on the way to a hand.
ON_THE_WAY = (Stage.PRINTED, Stage.SHIPPED, Stage.READY_FOR_PICKUP)
#: In the order in which they are shown.
STAGES = (*WAITING, *ON_THE_WAY, Stage.HANDED_OVER, Stage.CLOSED)

WORKING_DAYS = 20
UNCLAIMED_AFTER = timedelta(days=30)
#: A village is a day's drive away at most; a box that took longer than a week is looked for.
BOX_LATE_AFTER = timedelta(days=7)
_FEWEST_FOR_QUARTILES = 4
_DAY = timedelta(days=1)
_DISTRICT_LENGTH = len("35.22.15")
_PRINTED = frozenset(WAY[WAY.index(Stage.PRINTED) :])


@dataclass(frozen=True, slots=True)
class CardGroup:
    """Cards of one village at one stage. oldest: rule 2, of those that have such a day. urgent: before their turn."""

    village: str
    stage: Stage
    cards: int
    oldest: date | None
    urgent: int


@dataclass(frozen=True, slots=True)
class Cards:
    """All cards of an office, or of a part of it."""

    groups: Sequence[CardGroup]

    def within(self, region: str) -> "Cards":
        """Only those of a district or a village."""
        return Cards([group for group in self.groups if f"{group.village}.".startswith(f"{region}.")])

    def by_stage(self) -> Counter[Stage]:
        counts: Counter[Stage] = Counter()
        for group in self.groups:
            counts[group.stage] += group.cards
        return counts

    def oldest(self, stage: Stage) -> date | None:
        days = [group.oldest for group in self.groups if group.stage is stage and group.oldest]
        return min(days, default=None)

    def by_district(self) -> dict[str, Counter[Stage]]:
        """Codes of districts in their order."""
        return self._by(_DISTRICT_LENGTH)

    def by_village(self) -> dict[str, Counter[Stage]]:
        return self._by(None)

    def _by(self, length: int | None) -> dict[str, Counter[Stage]]:
        found: dict[str, Counter[Stage]] = {}
        for group in sorted(self.groups, key=lambda group: group.village):
            found.setdefault(group.village[:length], Counter())[group.stage] += group.cards
        return found

    @property
    def printed_urgent(self) -> int:
        """Printed before their turn: the number that is published against brokers."""
        return sum(group.urgent for group in self.groups if group.stage in _PRINTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blanks:
    """kept: whether the office notes them here at all. since: the day of the first movement. adjusted: may be < 0."""

    kept: bool
    since: date | None
    received: int
    used: int
    spoiled: int
    adjusted: int
    stock: int
    promised: int


@dataclass(frozen=True, slots=True)
class Boxes:
    """late: of those under way, sent longer than BOX_LATE_AFTER ago."""

    under_way: int
    late: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Stop:
    """A suspension that stands. region: its code."""

    id: int
    region: str
    note: SuspensionNote


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefFigures:
    """What is quickly found, and told at once.

    output: of each of the last working days, today aside. letters_issued: ever, letters_since: the first of them.
    """

    today: date
    data_as_of: date | None
    stages: Mapping[Stage, int]
    blanks: Blanks
    printed_today: int
    output: Mapping[date, int]
    letters_issued: int
    letters_since: date | None
    unclaimed: int
    boxes: Boxes
    stops: Sequence[Stop]

    @property
    def waiting(self) -> int:
        """Rule 1."""
        return sum(self.stages.get(stage, 0) for stage in WAITING)

    @property
    def beyond_blanks(self) -> int | None:
        """How many of the waiting no blank is there for; None where nobody notes blanks."""
        return max(self.waiting - max(self.blanks.stock, 0), 0) if self.blanks.kept else None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFigures:
    """letters: by kind and state; notices: by kind and state, of all that were ever owed."""

    brief: BriefFigures
    cards: Cards
    letters: Mapping[tuple[str, str], int]
    notices: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """What one day of the office's zone brought; the stock and what stood still as they were at its end.

    came: cards by the stage they came to. taken_back: of those handed over, whenever that was. owed, ended: notices.
    letters: by what happened to them. letters_issued: by the day that stands on them.
    """

    day: date
    seen: int
    came: Mapping[Stage, int]
    taken_back: int
    printed: int
    printed_urgent: int
    blanks: Mapping[str, int]
    stock: int | None
    letters: Mapping[str, int]
    letters_issued: int
    boxes_sent: int
    boxes_arrived: int
    owed: Mapping[str, int]
    ended: Mapping[tuple[str, str], int]
    stops: Sequence[Stop]

    @property
    def handed_over(self) -> int:
        return self.came.get(Stage.HANDED_OVER, 0) - self.taken_back


@dataclass(frozen=True, slots=True)
class WaitingDay:
    """How it was at the end of a day: waiting, and printed but in nobody's hand."""

    day: date
    waiting: int
    on_the_way: int


def last_working_days(calendar: Calendar, today: date, count: int = WORKING_DAYS) -> list[date]:
    """Return the working days before today, the oldest first."""
    days: list[date] = []
    day = today - _DAY
    while len(days) < count:
        if is_working_day(calendar, day):
            days.append(day)
        day -= _DAY
    return days[::-1]


def usual_output(output: Mapping[date, int]) -> tuple[int, int] | None:
    """Return from how many to how many a day (rule 4); None where nothing was printed."""
    days = sorted(printed for printed in output.values() if printed > 0)
    if not days:
        return None
    if len(days) < _FEWEST_FOR_QUARTILES:
        return days[0], days[-1]
    low, _, high = quantiles(days, n=4, method="inclusive")
    return round(low), round(high)
