"""The print queue: who is printed before whom, by the office's policy.

1. What was spoiled heads the queue: its owner had her turn.
2. Then come the lines of the policy in their order; a card stands in the first line that it fits.
3. Within a line the oldest application comes first, else the oldest recording; who has no date comes last.
4. Age is known from a birth date in the office's list and from nowhere else; a NIK's digits say nothing of it.
5. Nobody is printed before `print_not_before` (the 17th birthday, unless married: UU 24/2013, article 63).
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate, groupby

#: Elderly is who is 60 or more (UU 13/1998, article 1).
ELDERLY_FROM_AGE = 60
#: People are printed a card from their 17th birthday on, unless they are married (UU 24/2013, article 63).
PRINTED_FROM_AGE = 17


class CardReason(StrEnum):
    """CHANGE: of what stands on the card. UNKNOWN: the office's list does not say."""

    FIRST = "first"
    REPLACEMENT = "replacement"
    CHANGE = "change"
    UNKNOWN = "unknown"


class Urgency(StrEnum):
    """Why a card is printed before its turn; a closed list, so that nothing personal is written down."""

    SICK = "sick"
    STUDY = "study"
    WORK = "work"
    TRAVEL = "travel"
    LEGAL = "legal"


class Line(StrEnum):
    """A line of the policy. RECORDED_BEFORE: before a day that the policy names, as in Jember in 2017."""

    RECORDED_BEFORE = "recorded-before"
    URGENT = "urgent"
    ELDERLY_FIRST = "elderly-first-timer"
    FIRST = "first-timer"
    ORDINARY = "ordinary"
    REPLACEMENT = "replacement"


@dataclass(frozen=True, slots=True)
class PrintPolicy:
    """order: every line once, but that of RECORDED_BEFORE only where the day is given."""

    order: tuple[Line, ...]
    recorded_before: date | None = None


#: What an office does that wrote no policy.
USUAL_POLICY = PrintPolicy((Line.URGENT, Line.FIRST, Line.ELDERLY_FIRST, Line.ORDINARY, Line.REPLACEMENT))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What the queue knows of a card. recorded_before: the policy's day, if it names one."""

    reason: CardReason
    elderly: bool = False
    urgent: bool = False
    spoiled: bool = False
    recorded_before: bool = False
    queued_on: date | None = None


#: rank 0 is what was spoiled; the policy's lines follow.
Rank = tuple[int, date]


def line_of(card: Waiting, policy: PrintPolicy) -> Line:
    """Return the line that a card stands in."""
    return next(line for line in policy.order if _fits(card, line))


def rank(card: Waiting, policy: PrintPolicy) -> Rank:
    """Return what the queue is sorted by; of two alike the card that was noted first comes first."""
    place = 0 if card.spoiled else 1 + policy.order.index(line_of(card, policy))
    return place, card.queued_on or date.max


def _fits(card: Waiting, line: Line) -> bool:
    again = card.reason in (CardReason.REPLACEMENT, CardReason.CHANGE)
    first = card.reason is CardReason.FIRST
    fits: Mapping[Line, bool] = {
        Line.RECORDED_BEFORE: card.recorded_before,
        Line.URGENT: card.urgent,
        Line.ELDERLY_FIRST: first and card.elderly,
        Line.FIRST: first and not card.elderly,
        Line.ORDINARY: card.reason is CardReason.UNKNOWN,
        Line.REPLACEMENT: again,
    }
    return fits[line]


def birthday(born_on: date, age: int) -> date:
    """Return the day somebody turns this age; born on 29 February, she turns it on 1 March of a common year."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


@dataclass(frozen=True, slots=True)
class Alike:
    """Cards that the queue cannot tell apart but by when they were noted: how many, the first id and the last."""

    card: Waiting
    cards: int
    first_id: int
    last_id: int


class Queue:
    """The whole queue at one moment, made of its groups of cards alike, so that a place in it costs no count."""

    def __init__(self, groups: Iterable[Alike], policy: PrintPolicy) -> None:
        self.policy = policy
        ranked = [((rank(group.card, policy), group.first_id), group) for group in groups]
        ranked.sort(key=lambda one: one[0])
        self.groups: Sequence[Alike] = [group for _, group in ranked]
        self._ranks = [one for one, _ in ranked]
        self._before = [0, *accumulate(group.cards for group in self.groups)]

    def __len__(self) -> int:
        return self._before[-1]

    def by_line(self) -> Mapping[Line | None, int]:
        """Return how many stand in each line of the policy, in its order; before them, as None, what was spoiled."""
        counts: dict[Line | None, int] = dict.fromkeys((None, *self.policy.order), 0)
        for group in self.groups:
            counts[None if group.card.spoiled else line_of(group.card, self.policy)] += group.cards
        return counts

    def ties(self) -> Iterator[Sequence[Alike]]:
        """Return the groups in their turn, together those among which the turn is by id alone."""
        ranked = zip(self._ranks, self.groups, strict=True)
        for _, tie in groupby(ranked, key=lambda one: one[0][0]):
            yield tuple(group for _, group in tie)

    @property
    def knows_reasons(self) -> bool:
        """Whether the office's list says of anybody why she gets a card."""
        return any(group.card.reason is not CardReason.UNKNOWN for group in self.groups)

    def ahead_of(self, card: Waiting, card_id: int) -> int:
        """Return about how many are printed before this card.

        Exact but for cards alike, among which it is told by how far its id is between the first and the last.
        """
        wanted = rank(card, self.policy)
        ahead = self._before[bisect_left(self._ranks, (wanted, 0))]
        for group in self.groups[bisect_left(self._ranks, (wanted, 0)) :]:
            if rank(group.card, self.policy) != wanted:
                break
            ahead += _before_within(group, card_id)
        return ahead


def _before_within(group: Alike, card_id: int) -> int:
    if card_id <= group.first_id:
        return 0
    if card_id > group.last_id:
        return group.cards
    return group.cards * (card_id - group.first_id) // (group.last_id - group.first_id + 1)
