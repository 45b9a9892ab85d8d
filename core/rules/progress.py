"""How far something is that many are told, in people."""

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """PREPARING: more people are still being put into it."""

    GOING_ON = "going-on"
    PREPARING = "preparing"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """People, by how it is with them. told: or may have been. missed: no message reached them.

    dropped: who need not be told any more. trial: who would be told outside a trial.
    """

    told: int
    waiting: int
    missed: int
    dropped: int = 0
    trial: int = 0
    paused: bool = False
    cancelled: bool = False
    preparing: bool = False

    @property
    def percent(self) -> int:
        """How many of those who can be told were; a hundred only when all of them."""
        done = self.told + self.trial
        return 100 * done // (done + self.waiting) if done + self.waiting else 100

    @property
    def standing(self) -> Standing:
        """What holds for it now."""
        if self.cancelled:
            return Standing.CANCELLED
        if not self.waiting and not self.preparing:
            return Standing.DONE
        if self.paused:
            return Standing.PAUSED
        return Standing.PREPARING if self.preparing else Standing.GOING_ON

    @property
    def over(self) -> bool:
        """Nobody is told any more; what a cancel ends may still be being ended."""
        return not self.waiting and not self.preparing
