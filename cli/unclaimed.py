"""Cards that lie where they should have been collected: how many, where, since when."""

import csv as csv_files
import io
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cli.edge import OPERATOR, Here, opened, utc_now
from cli.show import counted, say, table
from core.actions.showing import show_names_only
from core.errors import InputError
from core.files.cells import escaped
from core.questions.unclaimed import AGES, Lying, lying, unclaimed_by_point
from core.whole_file import whole_file

#: People whose names are noted as shown in one transaction, so that none lasts over 50 ms.
_AT_ONCE = 200
_COLUMNS = ("TEMPAT", "NOMOR AMBIL", "SIAP SEJAK", "HARI", "PENGINGAT")


def unclaimed(
    over: Annotated[int, typer.Option(min=0, metavar="DAYS", help="only cards that are ready for longer")] = 0,
    village: Annotated[str, typer.Option(metavar="CODE", help="only people of one village or district")] = "",
    reveal: Annotated[bool, typer.Option("--reveal", help="name by name; that is noted in each history")] = False,
    csv: Annotated[Path | None, typer.Option(help="card by card, into a file that only you can read")] = None,
) -> None:
    """Cards that are ready and that nobody collects, by pickup point and by how long they lie.

    Reminders go 14, 30 and 60 days after a card is ready, until somebody
    presses a button below one. Card by card there are pickup numbers; names
    only with --reveal.

    Examples:

      kabar unclaimed --over 30
      kabar unclaimed --village 35.22.15.2003 --reveal
      kabar unclaimed --over 60 --csv lying.csv
    """
    with opened() as here:
        today = utc_now().astimezone(here.zone).date()
        if csv is not None and csv.exists():
            raise InputError(f"{csv} exists already; give another name, or remove it first")
        if csv is None and not reveal:
            _totals(here, today, over, village or None)
            return
        cards = here.office.read(partial(lying, today=today, over_days=over, region=village or None))
        names = _names(here, cards) if reveal else {}
        if csv is not None:
            _write(csv, cards, names, reveal=reveal)
        elif cards:
            columns = ("place", "number#", *(["name"] if reveal else []), "ready since", "days#", "reminders#")
            table(columns, [_cells(card, names, reveal=reveal) for card in cards])
        say(f"{counted(len(cards), 'card')} lie unclaimed." + (f" The list is in {csv}." if csv else ""))


def _totals(here: Here, today: date, over: int, region: str | None) -> None:
    points = here.office.read(partial(unclaimed_by_point, today=today, over_days=over, region=region))
    if points:
        columns = ("place", "cards#", *(f"over {days} days#" for days in AGES), "oldest")
        table(columns, [(point.name, point.cards, *point.older, point.oldest) for point in points])
    cards = sum(point.cards for point in points)
    say(f"{counted(cards, 'card')} lie unclaimed at {counted(len(points), 'place')}.")


def _names(here: Here, cards: list[Lying]) -> dict[int, str]:
    names: dict[int, str] = {}
    for start in range(0, len(cards), _AT_ONCE):
        some = [card.resident_id for card in cards[start : start + _AT_ONCE]]
        names |= here.office.write(partial(show_names_only, resident_ids=some, now=utc_now(), by=OPERATOR))
    return names


def _cells(card: Lying, names: dict[int, str], *, reveal: bool) -> tuple[object, ...]:
    shown = (names[card.resident_id],) if reveal else ()
    return card.place, card.number, *shown, card.since, card.days, card.reminders


def _write(path: Path, cards: list[Lying], names: dict[int, str], *, reveal: bool) -> None:
    text = io.StringIO(newline="")
    lines = csv_files.writer(text, delimiter=";")
    lines.writerow((*_COLUMNS[:2], *(["NAMA"] if reveal else []), *_COLUMNS[2:]))
    for card in cards:
        shown = (names[card.resident_id],) if reveal else ()
        cells = (card.place, card.number or "", *shown, f"{card.since:%d/%m/%Y}", card.days, card.reminders)
        lines.writerow([escaped(str(cell)) for cell in cells])
    with whole_file(path) as file:
        file.write(text.getvalue().encode("utf-8-sig"))
