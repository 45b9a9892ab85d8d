"""The office's figures, in whichever form they are asked for."""

from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cli.edge import Here, opened, typed_date, utc_now
from cli.figures.screen import show_day, show_district, show_office
from cli.show import say
from core.calendar import calendar_of
from core.charts.drawing import draw
from core.errors import InputError, Refused
from core.files.figure_rows import Row, cards_rows, day_rows, office_rows, write_csv
from core.jobs.office_charts import charts_of
from core.questions.day_figures import day_figures
from core.questions.figures import brief_figures, office_figures
from core.questions.regions import data_as_of, district_names, office_words, places
from core.questions.stages import cards_by_village
from core.rules.figures import last_working_days
from core.rules.hours import Hours
from core.whole_file import whole_file
from core.wording import Wording
from core.wording.figures import figures_paragraph


def figures(
    day: Annotated[str, typer.Option(help="what that day brought, as in 2017-09-25")] = "",
    district: Annotated[str, typer.Option(help="the cards of one district, by village: its code")] = "",
    to_csv: Annotated[Path | None, typer.Option("--csv", help="write them into this file instead")] = None,
    paragraph: Annotated[bool, typer.Option("--paragraph", help="a paragraph in Indonesian for a journalist")] = False,
    charts: Annotated[Path | None, typer.Option(help="draw three charts (PNG) into this folder")] = None,
) -> None:
    """The office's work in numbers, as of this moment.

    Waiting is who was recorded and whose card is not printed. "Oldest"
    is the day of the oldest application, else recording, among them. The
    usual output is the middle half of the last 20 working days on which
    anything was printed.

    --day tells what happened on one day, from 0.00 to 24.00 in the
    office's zone: output, blanks, letters, cards that moved, notices. The
    stock, and what stood still, are as at its end.

    --csv writes one figure a line (section; name; district; value) as a
    spreadsheet in Indonesia opens it. Nothing here names anybody.

    Examples:

      kabar figures
      kabar figures --day 2017-09-25
      kabar figures --district 35.22.15
      kabar figures --csv figures.csv
      kabar figures --paragraph
      kabar figures --charts charts
    """
    if sum(map(bool, (day, district, paragraph, charts))) > 1:
        raise InputError("--day, --district, --paragraph and --charts each show something else; give one of them")
    if to_csv and (paragraph or charts):
        raise InputError("a paragraph and charts are no table; leave --csv out")
    if to_csv and to_csv.exists():
        raise Refused(f"{to_csv} is there already; give another name, or remove it first")
    with opened() as here:
        now = utc_now()
        if paragraph:
            say(_paragraph(here, now))
        elif charts:
            _draw(here, charts, now)
        elif rows := _shown(here, now, day=typed_date(day), district=district, show=to_csv is None):
            _write(to_csv, rows)


def _shown(here: Here, now: datetime, *, day: date | None, district: str, show: bool) -> list[Row]:
    """Show figures, or return them as rows for a file."""
    names = here.office.read(district_names)
    if day:
        if day > _today(here, now):
            raise InputError(f"{day} is still to come; give today or a day before")
        one = here.office.read(partial(day_figures, day=day))
        return show_day(one, here.zone) if show else day_rows(one)
    if district:
        if district not in names:
            raise InputError(f"{district} is no district of this office; its districts are: {', '.join(names)}")
        return _district(here, district, names[district], show=show)
    found = here.office.read(
        partial(office_figures, working_days=_working_days(here, now), today=_today(here, now), now=now)
    )
    return show_office(found, names, here.zone) if show else office_rows(found, names)


def _district(here: Here, code: str, name: str, *, show: bool) -> list[Row]:
    cards = here.office.read(partial(cards_by_village, region=code))
    villages = here.office.read(partial(places, codes=list(cards.by_village())))
    names = {village: place.village or "" for village, place in villages.items()}
    if show:
        return show_district(cards, name, names, here.office.read(data_as_of))
    return cards_rows(cards, cards.by_village(), names)


def _paragraph(here: Here, now: datetime) -> str:
    brief = here.office.read(
        partial(brief_figures, working_days=_working_days(here, now), today=_today(here, now), now=now)
    )
    words = here.office.read(office_words)
    regions = here.office.read(partial(places, codes=[stop.region for stop in brief.stops]))
    return figures_paragraph(Wording(here.settings.wording), words, brief, regions)


def _draw(here: Here, folder: Path, now: datetime) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    today = _today(here, now)
    pictures = here.office.read(partial(charts_of, w=Wording(here.settings.wording), today=today))
    for name, png in draw(pictures).items():
        path = folder / f"{name}-{today}.png"
        with whole_file(path) as file:
            file.write(png)
        say(f"{path} is drawn")


def _write(path: Path | None, rows: list[Row]) -> None:
    if path:
        write_csv(path, rows)
        say(f"{path} is written: {len(rows):,} figures")


def _today(here: Here, now: datetime) -> date:
    return now.astimezone(here.zone).date()


def _working_days(here: Here, now: datetime) -> list[date]:
    words = here.office.read(office_words)
    hours = here.settings.office_hours or Hours.shown_only(words.hours)
    return last_working_days(calendar_of(hours, here.settings.closed_days), _today(here, now))
