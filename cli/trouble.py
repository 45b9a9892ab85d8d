"""Who needs an officer: the office's list, by district and village."""

import csv
import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cli.edge import OPERATOR, Here, opened, utc_now
from cli.show import counted, say, table
from core.actions.showing import PersonalData, show_names
from core.errors import InputError
from core.files.cells import escaped
from core.questions.trouble import Trouble, kind_named, trouble_counts, troubles
from core.whole_file import whole_file

#: People revealed in one transaction, so that none lasts over 50 ms.
_AT_ONCE = 200
#: A longer list is for a file.
_ON_SCREEN = 200
_COLUMNS = ("KECAMATAN", "DESA/KELURAHAN", "NIK", "NAMA", "SEBAB", "SEJAK")

People = dict[int, PersonalData]


def trouble(
    kind: Annotated[str, typer.Option(metavar="WORD", help="only this: DUP, EFAC, SFE (overdue), … or other")] = "",
    village: Annotated[str, typer.Option(metavar="CODE", help="only this village or district")] = "",
    csv_file: Annotated[Path | None, typer.Option("--csv", help="into a file that only you can read")] = None,
    reveal: Annotated[bool, typer.Option("--reveal", help="NIK and name too; that is noted")] = False,
) -> None:
    """Who needs an officer, why, and since when; counts first, then by district and village.

    SFE is not a trouble that the centre reported: no word came for longer
    than KABAR_CENTRE_DAYS, not counting the days on which the centre was
    suspended. With --reveal the list says who they are, and that it was shown
    is noted in the history of each.

    Examples:

      kabar trouble
      kabar trouble --kind DUP --village 35.22.15
      kabar trouble --kind SFE --reveal --csv sfe.csv
    """
    if csv_file and csv_file.exists():
        raise InputError(f"{csv_file} exists already; give another name, or remove it first")
    wanted = kind_named(kind) if kind else None
    with opened() as here:
        today = utc_now().astimezone(here.zone).date()
        region = village or None
        found = here.office.read(partial(troubles, kind=wanted, region=region, today=today))
        if wanted is None:
            _show_counts(here, region)
        say(f"Need an officer: {counted(len(found), 'person', 'people')}.")
        if csv_file:
            _write(csv_file, found, _reveal(here, found) if reveal else {})
        elif len(found) > _ON_SCREEN:
            say(f"That is too long for a screen; a file holds it: kabar trouble --csv {wanted or 'trouble'}.csv")
        elif found:
            _show(found, _reveal(here, found) if reveal else {})


def _show_counts(here: Here, region: str | None) -> None:
    today = utc_now().astimezone(here.zone).date()
    counts = here.office.read(partial(trouble_counts, region=region, today=today))
    if counts:
        rows = [(district, why, number) for (district, why), number in sorted(counts.items())]
        table(("district", "why", "people#"), rows)


def _show(found: list[Trouble], people: People) -> None:
    columns = ("district", "village", "NIK", *(["name"] if people else []), "why", "since")
    table(columns, [_row(one, people) for one in found])


def _row(one: Trouble, people: People) -> tuple[object, ...]:
    who = people.get(one.resident_id)
    shown = (who.nik, who.name) if who else (one.nik,)
    return one.district, one.village, *shown, one.why, one.since


def _reveal(here: Here, found: list[Trouble]) -> People:
    people: People = {}
    ids = sorted({one.resident_id for one in found})
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        people |= here.office.write(partial(show_names, resident_ids=some, now=utc_now(), by=OPERATOR))
    return people


def _write(path: Path, found: list[Trouble], people: People) -> None:
    """The file appears whole or not at all."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, delimiter=";")
    lines.writerow(_COLUMNS)
    lines.writerows(map(escaped, line) for line in _lines(found, people))
    with whole_file(path) as file:
        file.write(text.getvalue().encode("utf-8-sig"))
    say(f"The list is in {path}.")


def _lines(found: list[Trouble], people: People) -> Iterator[tuple[str, ...]]:
    for one in found:
        who = people.get(one.resident_id)
        nik = " ".join(who.nik[start : start + 4] for start in range(0, len(who.nik), 4)) if who else one.nik
        yield one.district, one.village, nik, who.name if who else "", one.why, f"{one.since:%d/%m/%Y}"
