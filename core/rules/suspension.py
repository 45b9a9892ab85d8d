"""Services that can stop, why, and whom a stop touches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.rules.card import Stage


class Service(StrEnum):
    CENTRE = "centre"
    RECORDING = "recording"
    PRINTING = "printing"
    LETTERS = "letters"
    PICKUP = "pickup"


class Cause(StrEnum):
    """Fixed causes, so that every text about them fits one SMS (wording.md: `$sebab`)."""

    SERVER = "server"
    POWER = "power"
    NETWORK = "network"
    BLANKS = "blanks"
    CENTRE = "centre"


#: The stages in which a card waits for a service (design.md, "Who is told what").
#: Letters and pickup are not waited for by stage: a letter asked for, a pickup day assigned.
WAITS_FOR: dict[Service, frozenset[Stage]] = {
    Service.CENTRE: frozenset({Stage.RECORDED, Stage.AT_CENTRE}),
    Service.RECORDING: frozenset(),
    Service.PRINTING: frozenset({Stage.PRINT_READY}),
    Service.LETTERS: frozenset(),
    Service.PICKUP: frozenset({Stage.READY_FOR_PICKUP}),
}


def outermost(regions: Iterable[str]) -> list[str]:
    """Regions without those that lie within another one of them, so that nobody is told twice of one stop."""
    chosen: list[str] = []
    for region in sorted(set(regions), key=len):
        if not any(within(region, other) for other in chosen):
            chosen.append(region)
    return sorted(chosen)


def within(region: str, other: str) -> bool:
    """Whether a region is the other one, or lies in it."""
    return f"{region}.".startswith(f"{other}.")


def lasts_as_long(until: date | None, than: date | None) -> bool:
    """Whether what is expected to end on the first day goes on for as long as the other; None: nobody knows."""
    return until is None or (than is not None and until >= than)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionNote:
    """What anybody may know of a suspension.

    also_stopped: services that other suspensions keep stopped, so that nobody is told that they are open.
    """

    services: tuple[Service, ...]
    cause: Cause
    since: date
    expected_until: date | None
    also_stopped: tuple[Service, ...] = ()
