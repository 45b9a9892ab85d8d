"""The print queue at work: plan what is printed, see the plans, and who is printed before whom."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cli.edge import OPERATOR, opened, typed_nik, utc_now
from cli.printing.done import done, undo
from cli.printing.lists import ListFiles, write_lists
from cli.printing.policy import policy
from cli.printing.words import lines, outcomes, remarks, standing
from cli.show import counted, facts, moment, say, table
from core.actions.print_plans import MOST_PLANNED, end_plan
from core.actions.urgency import set_urgent
from core.errors import InputError, Refused
from core.files.print_policy import read_policy
from core.jobs import printing as jobs
from core.questions.next_prints import NextPrints
from core.questions.print_plans import newest_plans, places_of, plan_line
from core.rules.nik import mask
from core.rules.print_queue import Urgency
from core.store.words import PlanState

app = typer.Typer(name="print", add_completion=False, rich_markup_mode="rich")

PlanId = Annotated[int, typer.Argument(metavar="PLAN", help="see: kabar print plans")]
Xlsx = Annotated[Path | None, typer.Option(help="where the workbook goes; a file that is there stays")]
Pdf = Annotated[Path | None, typer.Option(help="where the paper goes; a file that is there stays")]


@app.callback()
def print_() -> None:
    """The print queue: plan what is printed next, and note what was.

    A plan takes cards and blanks that nobody else gets then; what is not
    printed after 7 days goes back to the queue by itself.

    Examples:

      kabar print policy
      kabar print plan --count 450
      kabar print done 3 --up-to 312 --spoiled 7,31
    """


@app.command()
def plan(
    count: Annotated[int, typer.Option(min=1, max=MOST_PLANNED, help="how many cards to print")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="show whom it would take; change nothing")] = False,
    xlsx: Xlsx = None,
    pdf: Pdf = None,
) -> None:
    """Plan the next cards to print, within the blanks that are free, and write the printer's list.

    Without --xlsx and --pdf both are written here, under the plan's number:
    in the order of printing, and bundled by district and village.
    They name people; that is noted for each of them.

    Examples:

      kabar print plan --count 450
      kabar print plan --count 450 --dry-run
      kabar print plan --count 60 --pdf monday.pdf
    """
    files = ListFiles(xlsx, pdf)
    files.check()
    with opened() as here:
        order = read_policy(here.settings.print_policy)
        if dry_run:
            chosen = jobs.choose(here.office, order, count, now=utc_now())
            say(f"{counted(len(chosen.card_ids), 'card')} would be planned: {lines(chosen.by_line)}.")
            _remark(chosen, count)
            say("", "A dry run: nothing was changed.")
            return
        made = jobs.plan_prints(here.office, order, count, now=utc_now, by=OPERATOR)
        seen, zone = here.office.read(partial(plan_line, plan_id=made.plan_id)), here.zone
        until = moment(seen.expires_at, zone)
        say(f"Plan {made.plan_id} holds {counted(seen.planned, 'card')} until {until}: {lines(made.chosen.by_line)}.")
        _remark(made.chosen, count)
        write_lists(here, made.plan_id, files if files.named else ListFiles.beside(made.plan_id))
    say(f"When they are printed: kabar print done {made.plan_id} --up-to {seen.planned}")


@app.command()
def plans(limit: Annotated[int, typer.Option(min=1, help="how many, newest first")] = 20) -> None:
    """The plans, newest first, and how far each is.

    Example:

      kabar print plans
    """
    with opened() as here:
        found, zone = here.office.read(partial(newest_plans, most=limit)), here.zone
    say(f"{counted(len(found), 'plan')}, {sum(plan.state is PlanState.OPEN for plan in found):,} of them open.")
    if found:
        columns = ("plan#", "made", "cards#", "so far", "until", "state")
        rows = [
            (
                plan.id,
                moment(plan.made_at, zone),
                plan.planned,
                outcomes(plan),
                moment(plan.expires_at, zone) if plan.state is PlanState.OPEN else None,
                standing(plan),
            )
            for plan in found
        ]
        table(columns, rows)


@app.command()
def show(plan_id: PlanId, xlsx: Xlsx = None, pdf: Pdf = None) -> None:
    """The places of a plan and what became of them, without names; with a file, the printer's list again.

    Examples:

      kabar print show 3
      kabar print show 3 --pdf again.pdf
    """
    files = ListFiles(xlsx, pdf)
    files.check()
    with opened() as here:
        order = read_policy(here.settings.print_policy)
        seen = here.office.read(partial(plan_line, plan_id=plan_id))
        places = here.office.read(partial(places_of, plan_id=plan_id, policy=order))
        facts(
            (
                ("plan", f"{seen.id}, {standing(seen)}"),
                ("made", f"{moment(seen.made_at, here.zone)} by {seen.by}"),
                ("until", moment(seen.expires_at, here.zone) if seen.state is PlanState.OPEN else None),
                ("ended", moment(seen.ended_at, here.zone)),
                ("so far", outcomes(seen)),
            )
        )
        rows = [(place.place, place.village, place.line or "spoiled before", place.outcome) for place in places]
        if files.named:
            write_lists(here, plan_id, files)
        else:
            table(("place#", "village", "line", "outcome"), rows)


@app.command()
def cancel(plan_id: PlanId) -> None:
    """Give back to the queue what a plan has not printed, and the blanks it holds.

    Each card has its old turn in the queue again. What was printed stays printed.

    Example:

      kabar print cancel 3
    """
    with opened() as here:
        seen = here.office.read(partial(plan_line, plan_id=plan_id))
        if seen.state is not PlanState.OPEN:
            raise Refused(f"plan {plan_id} is {seen.state} already; nothing to do")
        act = partial(end_plan, plan_id=plan_id, ending=PlanState.CANCELLED, now=utc_now(), by=OPERATOR)
        back = here.office.write(act)
    say(f"Plan {plan_id} is cancelled: {counted(back, 'card is', 'cards are')} in the queue again.")


@app.command()
def urgent(
    nik: Annotated[str, typer.Argument(help="16 digits, or - to read it from standard input")],
    reason: Annotated[Urgency | None, typer.Option(case_sensitive=False, help="why before her turn")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="take the reason away again")] = False,
) -> None:
    """Print somebody before her turn, for one of five reasons; it is noted who was, and why.

    Examples:

      kabar print urgent - --reason sick
      kabar print urgent 3522990101800001 --undo
    """
    if (reason is None) is not undo:
        raise InputError(f"give either --reason, one of {', '.join(Urgency)}, or --undo")
    nik = typed_nik(nik)
    with opened() as here:
        changed = here.office.write(partial(set_urgent, nik=nik, urgency=reason, now=utc_now(), by=OPERATOR))
    if not changed:
        say(f"Nothing to do: {mask(nik)} {'is not urgent' if undo else f'is urgent already ({reason})'}.")
    elif undo:
        say(f"{mask(nik)} waits for her turn again.")
    else:
        say(f"{mask(nik)} is urgent ({reason}) and heads the next plan in that line.", "To take it back: --undo")


app.command()(done)
app.command()(undo)
app.command()(policy)


def _remark(chosen: NextPrints, asked: int) -> None:
    for remark in remarks(chosen, asked):
        say(remark)
