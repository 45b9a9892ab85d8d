"""What an office publishes of its printing, so that nobody believes who offers to sell a place in it."""

from dataclasses import dataclass
from datetime import date

from core.rules.suspension import SuspensionNote


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStock:
    """How printing stands; everybody may know it.

    as_of: the day it was looked at. blanks: None where the office counts none here. planned: how many of them plans
    hold. waiting: cards to be printed. last_day: the last working day before. printed_last_day, printed, urgent: on
    it, and from the twentieth working day before on; printed is None where no print was ever noted.
    """

    as_of: date
    blanks: int | None
    planned: int
    waiting: int
    last_day: date
    printed_last_day: int
    printed: int | None
    urgent: int
    suspensions: tuple[SuspensionNote, ...] = ()
