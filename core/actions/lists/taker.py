"""What every kind of list has in common: the terms of one run, and what a row comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from sqlalchemy.orm import Session

from core.rules.letters import USUAL, Validity
from core.rules.notices import Kind


class Does(StrEnum):
    """What a row does. OVER: it speaks of what has ended since, so nothing is done."""

    TAKEN = "taken"
    UNCHANGED = "unchanged"
    OVER = "over"


class Judged(NamedTuple):
    """kind, resident_id: what it makes us tell whom, if anybody."""

    does: Does
    kind: Kind | None = None
    resident_id: int | None = None


UNCHANGED, OVER = Judged(Does.UNCHANGED), Judged(Does.OVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTerms:
    """What holds for a whole list. batch: of its notices. ahead: it is only looked at what it would do.

    Then rows before the one that is judged have left no trace in the database, and the taker remembers them.
    """

    today: date
    now: datetime
    by: str
    tell: bool
    ahead: bool
    batch: str | None = None
    validity: Validity = USUAL


class Taker(Protocol):
    """Judges and takes the rows of one list, in their order; some at a time, each time between begin and end.

    at_least: so few rows at once cost little more than one, so that fewer would only make the whole take longer.
    """

    at_least: int

    def __init__(self, terms: ListTerms) -> None: ...

    def begin(self, session: Session, values: Sequence[Any], card_ids: Sequence[int | None]) -> None:
        """Read what these rows need. card_ids: the cards that they mean, for lists of cards."""
        ...

    def judge(self, value: Any, card_id: int | None) -> Judged:
        """What a row would do. Refused, NotFound if it cannot."""
        ...

    def take(self, value: Any, card_id: int | None) -> None:
        """Do what a row that was judged so does. What it raises was raised before anything changed."""
        ...

    def end(self, session: Session) -> None:
        """Write what the rows changed that were taken since begin."""
        ...

    def pass_over(self, value: Any) -> None:
        """Note a row that an earlier run took."""
        ...
