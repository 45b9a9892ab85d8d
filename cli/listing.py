"""Taking one of the office's other lists in: shown, asked about when many would be told, and then done."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import typer

from cli.collector import set_apart
from cli.edge import OPERATOR, Here, opened, utc_now
from cli.import_report import show_grouped
from cli.may_tell import may_tell
from cli.progress import phase_bars
from cli.show import counted, listed, say, table
from core.actions.lists.taker import Does, ListTerms
from core.errors import InputError
from core.files.lists import ListKind
from core.jobs.list_plan import ListPlan, plan_list
from core.jobs.taking_lists import REFUSED, apply_list

_MEANINGS = {
    Does.TAKEN: "done, or noted",
    Does.UNCHANGED: "as we have it",
    Does.OVER: "over since: the card was handed over, or a newer letter made out",
    REFUSED: "refused, because it changed while it was read; give the list again",
}


def take_list(kind: ListKind, file: Path, *, sheet: str | None, dry_run: bool, tell: bool, quiet: bool) -> None:
    """Plan, report, ask, and take."""
    with opened() as here:
        terms = _terms(here)
        with phase_bars() as progress:
            plan = plan_list(here.office, kind, file, terms, sheet=sheet, progress=progress)
        if dry_run or not plan.rows:
            _end_without_change(plan, dry_run=dry_run)
        tells = may_tell(_told(plan), lambda: _show(plan, plan.does), tell=tell, quiet=quiet)
        set_apart()
        with phase_bars() as progress:
            counts = apply_list(
                here.office, plan, _terms(here, tell=tells), by=OPERATOR, polite=here.polite, progress=progress
            )
    _show(plan, counts)
    _show_refused(plan)
    by_channel: Counter[str] = Counter()
    for (_, channel), count in plan.would_tell.items():
        by_channel[channel or "not reached by any channel"] += count
    if by_channel:
        say(f"To be told: {listed(sorted(by_channel.items()))}." if tells else "Nobody is told of it, as you asked.")
    if counts.get(REFUSED):
        raise typer.Exit(1)


def _terms(here: Here, *, tell: bool | None = None) -> ListTerms:
    """tell: None to look ahead."""
    now = utc_now()
    today = now.astimezone(here.zone).date()
    validity = here.settings.letter_validity
    return ListTerms(today=today, now=now, by=OPERATOR, tell=bool(tell), ahead=tell is None, validity=validity)


def _told(plan: ListPlan) -> int:
    return sum(count for (_, channel), count in plan.would_tell.items() if channel)


def _end_without_change(plan: ListPlan, *, dry_run: bool) -> None:
    if not plan.rows and not plan.refused:
        raise InputError(f"{plan.path.name} holds a header and no rows; nothing was changed. Fill it first")
    _show(plan, plan.does)
    _show_would_tell(plan)
    _show_refused(plan)
    if not plan.rows:
        raise InputError(f"none of the {counted(len(plan.refused), 'row')} could be taken; nothing was changed")
    if dry_run:
        written = f", and only {plan.refused_path.name} was written" if plan.refused_path else ""
        say("", f"A dry run: nothing was changed{written}.")
        raise typer.Exit


def _show(plan: ListPlan, counts: Mapping[str, int]) -> None:
    say(f"{plan.path.name}, sheet {plan.sheet}: {plan.kind}" if plan.sheet else f"{plan.path.name}: {plan.kind}")
    rows = [(word, counts[word], meaning) for word, meaning in _MEANINGS.items() if counts.get(word)]
    rows += [("refused", len(plan.refused), "see below")] if plan.refused else []
    table(("what", "rows#", "meaning"), rows)


def _show_would_tell(plan: ListPlan) -> None:
    rows = [
        (kind, channel or "not reached", count) for (kind, channel), count in sorted(plan.would_tell.items(), key=str)
    ]
    if rows:
        table(("who would be told of", "by", "people#"), rows)
    else:
        say("Nobody would be told.")


def _show_refused(plan: ListPlan) -> None:
    if plan.refused:
        show_grouped("refused", plan.refused)
        say(f"The refused rows are in {plan.refused_path}: correct them there and import that file.")
