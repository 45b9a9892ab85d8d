"""The stages of a card and the table of allowed steps; a missing entry is the refusal.

1. The way is RECORDED, AT_CENTRE, PRINT_READY, PRINTED, SHIPPED, READY_FOR_PICKUP, HANDED_OVER; legs may be skipped.
2. NEEDS_OFFICER is where the centre refused or found a duplicate; CLOSED is moved, died or withdrawn, and can reopen.
3. The office may take a card back (a spoiled print, a returned box); an import may not, from PRINTED on:
   after that the national system knows less than the office does.
"""

from collections.abc import Iterator, Mapping
from enum import Enum, StrEnum

from core.errors import Refused


class Stage(StrEnum):
    RECORDED = "RECORDED"
    AT_CENTRE = "AT_CENTRE"
    PRINT_READY = "PRINT_READY"
    PRINTED = "PRINTED"
    SHIPPED = "SHIPPED"
    READY_FOR_PICKUP = "READY_FOR_PICKUP"
    HANDED_OVER = "HANDED_OVER"
    NEEDS_OFFICER = "NEEDS_OFFICER"
    CLOSED = "CLOSED"


class By(Enum):
    """Who may take a step."""

    OFFICE = "the office only"
    ANYONE = "the office or an import"


#: The order of the way; a card further along has passed everything before it.
WAY = (
    Stage.RECORDED,
    Stage.AT_CENTRE,
    Stage.PRINT_READY,
    Stage.PRINTED,
    Stage.SHIPPED,
    Stage.READY_FOR_PICKUP,
    Stage.HANDED_OVER,
)

#: Stages whose card is not yet in its holder's hands and is still expected.
OPEN = frozenset(Stage) - {Stage.HANDED_OVER, Stage.CLOSED}


def _steps(*forward: Stage, **back: By) -> Mapping[Stage, By]:
    return dict.fromkeys(forward, By.ANYONE) | {Stage[name]: by for name, by in back.items()}


#: stage -> the stages it may go to, and who may take it there.
STEPS: Mapping[Stage, Mapping[Stage, By]] = {
    Stage.RECORDED: _steps(*WAY[1:], NEEDS_OFFICER=By.ANYONE, CLOSED=By.OFFICE),
    Stage.AT_CENTRE: _steps(*WAY[2:], RECORDED=By.ANYONE, NEEDS_OFFICER=By.ANYONE, CLOSED=By.OFFICE),
    Stage.PRINT_READY: _steps(
        *WAY[3:], RECORDED=By.ANYONE, AT_CENTRE=By.ANYONE, NEEDS_OFFICER=By.ANYONE, CLOSED=By.OFFICE
    ),
    Stage.PRINTED: _steps(*WAY[4:], PRINT_READY=By.OFFICE, NEEDS_OFFICER=By.OFFICE, CLOSED=By.OFFICE),
    Stage.SHIPPED: _steps(*WAY[5:], PRINT_READY=By.OFFICE, PRINTED=By.OFFICE, CLOSED=By.OFFICE),
    Stage.READY_FOR_PICKUP: _steps(
        *WAY[6:], PRINT_READY=By.OFFICE, PRINTED=By.OFFICE, SHIPPED=By.OFFICE, CLOSED=By.OFFICE
    ),
    Stage.HANDED_OVER: _steps(PRINTED=By.OFFICE, SHIPPED=By.OFFICE, READY_FOR_PICKUP=By.OFFICE),
    Stage.NEEDS_OFFICER: _steps(*WAY, CLOSED=By.OFFICE),
    Stage.CLOSED: dict.fromkeys((*WAY[:-1], Stage.NEEDS_OFFICER), By.OFFICE),
}


#: Stages of a card that is printed. What is closed was printed or was not, and using a blank twice would be the worse.
PRINTED_FROM = frozenset(WAY[WAY.index(Stage.PRINTED) :])
#: Stages of a card on its way to be printed.
TO_BE_PRINTED = OPEN - PRINTED_FROM


def is_print(seen: Stage, to: Stage) -> bool:
    """Whether this step, or one that it skips, is the printing of the card, which uses a blank."""
    return seen in TO_BE_PRINTED and to in PRINTED_FROM


class StepRefused(Refused):
    """The table has no such step for whoever asked."""


def may_step(seen: Stage, wanted: Stage, *, by_import: bool) -> bool:
    """Whether the table lets a card go from `seen` to `wanted`."""
    by = STEPS[seen].get(wanted)
    return by is By.ANYONE or (by is By.OFFICE and not by_import)


def check_step(seen: Stage, wanted: Stage, *, by_import: bool = False) -> None:
    """Raise StepRefused, naming the steps that are allowed, unless the table has this one."""
    if may_step(seen, wanted, by_import=by_import):
        return
    if seen == wanted:
        raise StepRefused(f"the card is at {seen} already; nothing to do")
    allowed = ", ".join(stage for stage in Stage if may_step(seen, stage, by_import=by_import))
    raise StepRefused(f"a card at {seen} cannot go to {wanted}; it may go to: {allowed or 'nowhere'}")


def drawn_steps() -> Iterator[tuple[Stage, Stage, By]]:
    """The steps worth drawing: the way leg by leg, and every step off it or back; skipped legs are left out."""
    for seen, steps in STEPS.items():
        for wanted, by in steps.items():
            skips = seen in WAY and wanted in WAY and WAY.index(wanted) > WAY.index(seen) + 1
            if not skips and seen not in (Stage.NEEDS_OFFICER, Stage.CLOSED):
                yield seen, wanted, by
    yield Stage.NEEDS_OFFICER, Stage.PRINT_READY, STEPS[Stage.NEEDS_OFFICER][Stage.PRINT_READY]
    yield Stage.CLOSED, Stage.RECORDED, STEPS[Stage.CLOSED][Stage.RECORDED]


def keeps_day(seen: Stage, to: Stage) -> bool:
    """Whether a card keeps the day that its holder was called for, though it is taken, or that is taken back."""
    return {seen, to} == {Stage.READY_FOR_PICKUP, Stage.HANDED_OVER}
