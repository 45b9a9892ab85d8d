"""What a row of an office's export means for a card we already have, or have not.

1. It is compared with the SIAK status last imported for that card, never with our stage.
2. Unchanged means no move; older than what the card has means ignored and counted.
3. From PRINTED on no import moves a card back: the new status is noted, our stage stays.
4. Only a change that we observed is announced; a card seen for the first time is silent.
5. An application later than the hand-over of the card we have speaks of a new issuance; one later than the data
   itself is a slip of the pen and speaks of nothing.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from core.rules.card import Stage, may_step


class Verdict(Enum):
    NEW = "new"
    REISSUED = "reissued"
    MOVED = "moved"
    NOTED = "noted"
    UNCHANGED = "unchanged"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class SeenCard:
    """The newest card we have for the row's NIK. ended_on: the day it was handed over or closed."""

    stage: Stage
    siak_status: str | None
    siak_as_of: date | None
    ended_on: date | None


def judge(seen: SeenCard | None, *, status: str, stage: Stage | None, as_of: date, applied_on: date | None) -> Verdict:
    """Return what the row does. stage: what its status maps to, None for a status we do not know.

    applied_on: the row's application date, else its recording date.
    """
    if seen is None:
        return Verdict.NEW
    if seen.siak_as_of is not None and as_of < seen.siak_as_of:
        return Verdict.OLDER
    if seen.ended_on is not None and applied_on is not None and seen.ended_on < applied_on <= as_of:
        return Verdict.REISSUED
    if status == seen.siak_status:
        return Verdict.UNCHANGED
    if stage is not None and stage is not seen.stage and may_step(seen.stage, stage, by_import=True):
        return Verdict.MOVED
    return Verdict.NOTED
