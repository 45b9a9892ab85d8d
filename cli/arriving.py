"""A box arrives: its cards wait for their holders, who are told; what was missing goes on the desk's list."""

from datetime import date
from functools import partial
from typing import Annotated

import typer

from cli.edge import OPERATOR, Here, can_ask, opened, typed_date, utc_now
from cli.numbers import typed_numbers
from cli.show import counted, moment, say
from core.actions.arrivals import ArrivalTerms, Arrived, DayTerms, arrive_box, find_cards, pass_box
from core.calendar import calendar_of
from core.errors import InputError
from core.jobs.importing import TELLS_WITHOUT_ASKING
from core.questions.boxes import box_view, reached_of_box
from core.questions.regions import office_words
from core.rules.hours import Hours

ASKS_FIRST = 3


def arrive(
    box: Annotated[int, typer.Argument(metavar="BOX", help="its number, as on its list")],
    at_district: Annotated[bool, typer.Option("--at-district", help="it only came by the district")] = False,
    missing: Annotated[str, typer.Option(metavar="NUMBERS", help="not in the box, as in 12,40-42")] = "",
    found: Annotated[str, typer.Option(metavar="NUMBERS", help="was missing, and is there now")] = "",
    per_day: Annotated[int, typer.Option(min=0, help="call so many people a day; else any day will do")] = 0,
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="with --per-day: the first day")] = "",
    tell: Annotated[bool, typer.Option("--tell", help="tell everybody concerned, however many")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="tell nobody")] = False,
) -> None:
    """Note that a box arrived: its cards are ready, and their residents are told.

    With --per-day people are called to a day, smallest number first, over the
    office's working days; who shares a phone comes on one day. Missing cards
    go on the desk's list until they are found. When more than 200 people would
    be told it changes nothing and waits for --tell or --quiet (exit code 3).
    The same command twice changes nothing.

    Examples:

      kabar arrive 12 --at-district
      kabar arrive 12 --missing 12,40-42
      kabar arrive 12 --per-day 100 --from 2026-12-29 --tell
      kabar arrive 12 --found 40
    """
    absent, there = typed_numbers([missing]), typed_numbers([found])
    _check(at_district=at_district, absent=absent, there=there, per_day=per_day, first=first, both=tell and quiet)
    with opened() as here:
        if at_district:
            noted = here.office.write(partial(pass_box, box_id=box, now=utc_now(), by=OPERATOR))
            say(f"Box {box} came by the district." if noted else f"Nothing to do: box {box} came by before.")
            return
        days = _days(here, per_day, typed_date(first)) if per_day else None
        tells = not quiet and _may_tell(here, box, absent, there, tell=tell)
        terms = ArrivalTerms(now=utc_now(), by=OPERATOR, tell=tells, days=days)
        if there:
            done = here.office.write(partial(find_cards, box_id=box, numbers=there, terms=terms))
        else:
            done = here.office.write(partial(arrive_box, box_id=box, terms=terms, missing=absent))
        _say(here, box, done, tells=tells)


def _check(
    *, at_district: bool, absent: tuple[int, ...], there: tuple[int, ...], per_day: int, first: str, both: bool
) -> None:
    if both:
        raise InputError("--tell and --quiet contradict each other; give one of them")
    if bool(per_day) != bool(first):
        raise InputError("give both: --per-day 100 --from 2026-12-29")
    if absent and there:
        raise InputError("--missing is for the arrival, --found for later; give one of them")
    if at_district and (absent or there or per_day):
        raise InputError("a box that only came by the district is not opened there; leave the other options out")


def _days(here: Here, per_day: int, first: date | None) -> DayTerms:
    hours = here.settings.office_hours or Hours.shown_only(here.office.read(office_words).hours)
    today = utc_now().astimezone(here.zone).date()
    if first is None or first < today:
        raise InputError("people cannot be called to a day that is over; give today or a later day with --from")
    return DayTerms(first=first, per_day=per_day, calendar=calendar_of(hours, here.settings.closed_days))


def _may_tell(here: Here, box: int, absent: tuple[int, ...], there: tuple[int, ...], *, tell: bool) -> bool:
    """Whether people are told; stops the command when that is for the operator to say."""
    view = here.office.read(partial(box_view, box_id=box))
    if tell or there or view.arrived_at:
        return True
    people = here.office.read(partial(reached_of_box, box_id=box, missing=absent))
    if people <= TELLS_WITHOUT_ASKING:
        return True
    say(f"Box {box} to {view.point}: {counted(view.under_way, 'card')}, of them missing: {len(absent)}.")
    if can_ask():
        answer = typer.prompt(f"{people:,} people would be told. tell, quiet or stop?", default="stop", err=True)
        if answer in ("tell", "quiet"):
            return bool(answer == "tell")
    say(
        f"{people:,} people would be told, more than {TELLS_WITHOUT_ASKING}; nothing was changed. Run it again with",
        "  --tell    to tell them, within the hours and the pace of the settings",
        "  --quiet   to note the arrival and tell nobody",
    )
    raise typer.Exit(ASKS_FIRST)


def _say(here: Here, box: int, done: Arrived, *, tells: bool) -> None:
    if done.before is not None:
        say(f"Nothing to do: box {box} arrived {moment(done.before, here.zone)}.")
    else:
        told = f"told by batch box:{box}" if tells else "nobody is told"
        say(f"{counted(done.arrived, 'card')} of box {box} ready for pickup; {told}.")
    if done.elsewhere:
        say(f"{counted(done.elsewhere, 'card')} moved since packing and left alone.")
    if done.missing:
        numbers = ", ".join(map(str, done.missing))
        say(f"Missing: {numbers} (kabar desk; when found: kabar arrive {box} --found NUMBER).")
    if done.days:
        first, last = min(done.days), max(done.days)
        say(f"Called to {counted(len(done.days), 'day')}, {first} to {last}, at most {max(done.days.values())} a day.")
