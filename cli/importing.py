"""Taking an export in: what it would do is shown, asked about when many would be told, and then done."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.collector import set_apart
from cli.edge import OPERATOR, Here, opened, typed_date, utc_now
from cli.import_report import show_assumed_day, show_plan, show_refused, show_result, told
from cli.may_tell import may_tell
from cli.progress import phase_bars
from cli.show import counted, say
from core.errors import InputError
from core.files.lists.kinds import ListKind
from core.jobs.import_plan import ImportPlan, plan_import
from core.jobs.importing import apply_import

_CARDS = "cards"
_KINDS = (_CARDS, *ListKind)


def import_(
    file: Annotated[Path, typer.Argument(help="XLSX, XLS, ODS, CSV, or a web page saved as .xls")],
    kind: Annotated[str, typer.Option(help=f"what it lists: {', '.join(_KINDS)}")] = _CARDS,
    sheet: Annotated[str, typer.Option(help="the sheet of a workbook, by name or number; else the only list")] = "",
    as_of: Annotated[str, typer.Option(help="the day the data speaks of; else the one in its title, else today")] = "",
    announce: Annotated[bool, typer.Option("--announce", help="tell also those who are seen first")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="show what it would do; write the refused rows only")
    ] = False,
    tell: Annotated[bool, typer.Option("--tell", help="tell everybody concerned, however many")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="tell nobody of this import")] = False,
) -> None:
    """Take an export of the office into the database, or another of its lists.

    The kind of file is told by its content, never by its name. The header
    may be two rows, below titles. For an empty file to fill, see:
    kabar template import

    A bad row never stops good ones: what cannot be taken goes, with reason
    and fix, to NAME.ditolak.csv beside the file; correct it and import that.
    The same file twice changes nothing. Stopped in the middle, run it again.
    When more than 200 people would be told it shows the counts, changes
    nothing, and waits for --tell or --quiet (exit code 3).

    Examples:

      kabar import export.xlsx --dry-run
      kabar import export.xlsx --sheet REKAP
      kabar import export.csv --as-of 2017-09-27 --quiet
      kabar import suket.xlsx --kind letters
    """
    if tell and quiet:
        raise InputError("--tell and --quiet contradict each other; give one of them")
    if kind != _CARDS:
        _other_list(
            kind, file, sheet=sheet, only_cards=bool(as_of or announce), dry_run=dry_run, tell=tell, quiet=quiet
        )
        return
    with opened() as here:
        plan = _plan(here, file, sheet=sheet or None, as_of=typed_date(as_of), announce=announce)
        show_assumed_day(plan)
        if dry_run or not plan.rows:
            _end_without_change(plan, dry_run=dry_run)
        tells = may_tell(told(plan), lambda: show_plan(plan), tell=tell, quiet=quiet)
        set_apart()
        with phase_bars() as progress:
            counts = apply_import(
                here.office,
                plan,
                now=utc_now(),
                by=OPERATOR,
                tell=tells,
                announce_new=announce,
                polite=here.polite,
                progress=progress,
            )
    show_result(plan, counts, tells=tells)


def _plan(here: Here, file: Path, *, sheet: str | None, as_of: date | None, announce: bool) -> ImportPlan:
    today = utc_now().astimezone(here.zone).date()
    with phase_bars() as progress:
        plan = plan_import(
            here.office, file, sheet=sheet, as_of=as_of, today=today, announce_new=announce, progress=progress
        )
    if plan.as_of > today:
        raise InputError(f"the data would speak of {plan.as_of}, which is still to come; give its day with --as-of")
    return plan


def _end_without_change(plan: ImportPlan, *, dry_run: bool) -> None:
    if not plan.rows and not plan.refused:
        raise InputError(f"{plan.path.name} holds a header and no rows; nothing was changed. Export or fill it again")
    show_plan(plan)
    show_refused(plan)
    if not plan.rows:
        raise InputError(f"none of the {counted(len(plan.refused), 'row')} could be taken; nothing was changed")
    if dry_run:
        written = f", and only {plan.refused_path.name} was written" if plan.refused_path else ""
        say("", f"A dry run: nothing was changed{written}.")
        raise typer.Exit


def _other_list(kind: str, file: Path, *, sheet: str, only_cards: bool, dry_run: bool, tell: bool, quiet: bool) -> None:
    if kind not in _KINDS:
        raise InputError(f"there is no such kind of list; the kinds are: {', '.join(_KINDS)}")
    if only_cards:
        raise InputError(f"--as-of and --announce belong to an export of cards; a list of {kind} has days of its own")
    from cli.listing import take_list

    take_list(ListKind(kind), file, sheet=sheet or None, dry_run=dry_run, tell=tell, quiet=quiet)
