"""Noting what was printed of a plan, and taking it back."""

from collections import Counter
from functools import partial
from typing import Annotated

import typer

from cli.edge import OPERATOR, Here, can_ask, opened, utc_now
from cli.printing.places import shown_places, typed_places
from cli.progress import phase_bars
from cli.show import counted, listed, say
from core.actions.plan_prints import DoneTerms, check_places
from core.errors import InputError
from core.jobs.importing import TELLS_WITHOUT_ASKING
from core.jobs.printing import note_printed, take_back
from core.questions.print_plans import plan_line, told_of_printing
from core.rules.delivery import Channel
from core.store.words import PlanState

#: Exit code of a command that has shown what it would do and waits to be told.
ASKS_FIRST = 3

PlanId = Annotated[int, typer.Argument(metavar="PLAN", help="see: kabar print plans")]


def done(
    plan_id: PlanId,
    up_to: Annotated[int, typer.Option("--up-to", min=1, help="the last place that was printed, or spoiled")],
    spoiled: Annotated[str, typer.Option(help="places up to there that were spoiled: 7,31,40-42")] = "",
    tell: Annotated[bool, typer.Option("--tell", help="tell everybody concerned, however many")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="tell nobody of this")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="show who would be told; change nothing")] = False,
) -> None:
    """Note that a plan is printed up to a place.

    What was spoiled used a blank and heads the next plan; places beyond
    keep their turn in this one. The same command twice changes nothing.
    Stopped in the middle, run it again.
    When more than 200 people would be told it shows the counts, changes
    nothing, and waits for --tell or --quiet (exit code 3).

    Examples:

      kabar print done 3 --up-to 312 --spoiled 7,31
      kabar print done 3 --up-to 450 --tell
    """
    if tell and quiet:
        raise InputError("--tell and --quiet contradict each other; give one of them")
    bad = typed_places(spoiled)
    with opened() as here:
        terms = DoneTerms(plan_id, up_to, bad, tell=not quiet, now=utc_now(), by=OPERATOR)
        here.office.write(partial(check_places, terms=terms))
        told = here.office.read(partial(told_of_printing, plan_id=plan_id, up_to=up_to, but=bad))
        if dry_run or not _may_tell(told, tell=tell, quiet=quiet):
            say(f"{counted(told.total(), 'card')} would be printed, to be told: {_channels(told)}.")
            say("A dry run: nothing was changed." if dry_run else _HOW_TO_GO_ON.format(told=_reached(told)))
            raise typer.Exit(0 if dry_run else ASKS_FIRST)
        _note(here, terms, told)


_HOW_TO_GO_ON = (
    "{told:,} people would be told, more than 200; nothing was changed. Run it again with\n"
    "  --tell    to tell them, within the hours and the pace of the settings\n"
    "  --quiet   to note it and tell nobody"
)


def _note(here: Here, terms: DoneTerms, told: Counter[Channel | None]) -> None:
    with phase_bars() as bars:
        noted = note_printed(
            here.office, terms, polite=here.polite, progress=lambda place: bars("printed", place, terms.up_to)
        )
    plan = here.office.read(partial(plan_line, plan_id=terms.plan_id))
    if noted.last is None:
        say(f"Nothing to do: plan {plan.id} was done up to {terms.up_to:,} already.")
    else:
        elsewhere = f", {noted.elsewhere:,} moved without this plan" if noted.elsewhere else ""
        say(f"Plan {plan.id}: {noted.printed:,} printed, {noted.spoiled:,} spoiled{elsewhere}.")
        if noted.spoiled:
            say("What was spoiled used a blank and heads the next plan.")
        say(f"To be told: {_channels(told)}." if terms.tell else "Nobody is told of it, as you asked.")
    say(f"{plan.left:,} left to print in it." if plan.state is PlanState.OPEN else f"The plan is {plan.state}.")


def _may_tell(told: Counter[Channel | None], *, tell: bool, quiet: bool) -> bool:
    people = _reached(told)
    if tell or quiet or people <= TELLS_WITHOUT_ASKING:
        return True
    return can_ask() and typer.confirm(f"{people:,} people would be told. Tell them?", err=True)


def _reached(told: Counter[Channel | None]) -> int:
    return told.total() - told[None]


def _channels(told: Counter[Channel | None]) -> str:
    return listed((channel or "not reached by any channel", told[channel]) for channel in (*Channel, None))


def undo(
    plan_id: PlanId,
    places: Annotated[str, typer.Option(help="places noted as printed by mistake: 313-321")],
) -> None:
    """Take places back that were noted as printed and were not: the plan has them to print again.

    Only cards that are still at PRINTED. Their blanks are given back; who was
    not told yet is not told.

    Example:

      kabar print undo 3 --places 313-321
    """
    wanted = typed_places(places)
    if not wanted:
        raise InputError("give at least one place, as in --places 313-321")
    with opened() as here:
        back = take_back(here.office, plan_id, wanted, now=utc_now(), by=OPERATOR, polite=here.polite)
        plan = here.office.read(partial(plan_line, plan_id=plan_id))
    if not back:
        say(f"Nothing to do: no card of {shown_places(wanted)} is still at PRINTED by plan {plan_id}.")
        return
    say(f"{counted(back, 'card is', 'cards are')} to be printed again by plan {plan_id}, {plan.left:,} in all.")
    if back < len(wanted):
        say(f"The others of {shown_places(wanted)} are not at PRINTED: kabar print show {plan_id}")
