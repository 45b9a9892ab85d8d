"""The list of people to visit: on the screen, or as a file for the paper that goes to the village."""

import csv
import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from cli.edge import OPERATOR, Here, utc_now
from cli.show import counted, moment, say, table
from core.actions.showing import PersonalData, show_names
from core.errors import InputError
from core.files.cells import escaped
from core.questions.visits import Visit, people_to_visit
from core.whole_file import whole_file
from core.wording import Wording

#: People revealed in one transaction, so that none lasts over 50 ms.
_AT_ONCE = 200
_COLUMNS = ("DESA/KELURAHAN", "NIK", "NAMA", "KABAR", "SEJAK", "NOMOR AMBIL", "HARI AMBIL", "RESI BERAKHIRAN")

People = dict[int, PersonalData]


def show_visits(here: Here, *, region: str | None, reveal: bool) -> None:
    """A table, with NIK and name only when they are to be revealed."""
    visits = here.office.read(partial(people_to_visit, region=region))
    people = _reveal(here, visits) if reveal else {}
    columns = ("village", "NIK", *(["name"] if reveal else []), "what", "since", "pickup#", "called for", "receipt")
    say(_count(visits))
    if visits:
        zone = here.zone
        table(columns, [_row(visit, people, zone) for visit in visits])


def write_visits(here: Here, path: Path, *, region: str | None, reveal: bool) -> None:
    """The file appears whole or not at all; an older one of its name is never replaced."""
    if path.exists():
        raise InputError(f"{path} exists already; give another name, or remove it first")
    visits = here.office.read(partial(people_to_visit, region=region))
    people = _reveal(here, visits) if reveal else {}
    words = Wording(here.settings.wording)
    text = io.StringIO(newline="")
    lines = csv.writer(text, delimiter=";")
    lines.writerow(_COLUMNS)
    lines.writerows(map(escaped, line) for line in _lines(here, visits, people, words))
    with whole_file(path) as file:
        file.write(text.getvalue().encode("utf-8-sig"))
    say(f"{_count(visits)} The list is in {path}.")


def _reveal(here: Here, visits: list[Visit]) -> People:
    people: People = {}
    ids = sorted({visit.resident_id for visit in visits})
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        people |= here.office.write(partial(show_names, resident_ids=some, now=utc_now(), by=OPERATOR))
    return people


def _count(visits: list[Visit]) -> str:
    people = len({visit.resident_id for visit in visits})
    return f"To be visited: {counted(people, 'person', 'people')}."


def _row(visit: Visit, people: People, zone: ZoneInfo) -> tuple[object, ...]:
    who = people.get(visit.resident_id)
    shown = (who.nik, who.name) if who else (visit.nik,)
    return (
        visit.village,
        *shown,
        visit.kind,
        moment(visit.since, zone),
        visit.pickup_number,
        visit.pickup_on,
        visit.receipt_tail,
    )


def _lines(here: Here, visits: list[Visit], people: People, words: Wording) -> Iterator[tuple[str, ...]]:
    zone = here.zone
    for visit in visits:
        who = people.get(visit.resident_id)
        yield (
            visit.village,
            _as_text(who.nik) if who else visit.nik,
            who.name if who else "",
            words.text(f"visit-{visit.kind}"),
            f"{visit.since.astimezone(zone):%d/%m/%Y}",
            str(visit.pickup_number or ""),
            f"{visit.pickup_on:%d/%m/%Y}" if visit.pickup_on else "",
            visit.receipt_tail or "",
        )


def _as_text(nik: str) -> str:
    """In groups of four: a spreadsheet would make a number of it, and lose its last digit."""
    return " ".join(nik[start : start + 4] for start in range(0, len(nik), 4))
