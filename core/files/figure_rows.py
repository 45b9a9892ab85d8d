"""Figures one by one, as a spreadsheet takes them: section, name, district, value.

Words are the ones of the database, so that next month's file fits below this month's. UTF-8 with its mark and
semicolons, because Excel with Indonesian settings reads a comma as the decimal mark.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from core.rules.card import Stage
from core.rules.figures import STAGES, BriefFigures, Cards, DayFigures, OfficeFigures, Stop, usual_output
from core.whole_file import whole_file

HEADER = ("section", "name", "district", "value")
Value = int | str | date | None
Row = tuple[str, str, str, Value]


def office_rows(figures: OfficeFigures, names: Mapping[str, str]) -> list[Row]:
    """Everything that stands."""
    brief = figures.brief
    return [
        ("office", "today", "", brief.today),
        ("office", "data as of", "", brief.data_as_of),
        *cards_rows(figures.cards, figures.cards.by_district(), names),
        *_counted("letters", figures.letters),
        ("letters", "issued ever", "", brief.letters_issued),
        *_blank_rows(brief),
        *_output_rows(brief),
        *_counted("notices", figures.notices),
        ("boxes", "under way", "", brief.boxes.under_way),
        ("boxes", "late", "", brief.boxes.late),
        ("cards", "unclaimed over 30 days", "", brief.unclaimed),
        *_stop_rows(brief.stops),
    ]


def cards_rows(cards: Cards, places: Mapping[str, Counter[Stage]], names: Mapping[str, str]) -> list[Row]:
    """Every stage, for all of them and for each place; of a single district the places are its villages."""
    counts = cards.by_stage()
    return [
        *(("cards", stage, "", counts[stage]) for stage in STAGES),
        *(("oldest", stage, "", day) for stage in STAGES if (day := cards.oldest(stage))),
        ("cards", "printed as urgent", "", cards.printed_urgent),
        *(
            ("cards", stage, f"{code} {names.get(code, '')}".strip(), counts_there[stage])
            for code, counts_there in places.items()
            for stage in STAGES
        ),
    ]


def day_rows(day: DayFigures) -> list[Row]:
    """What a day brought."""
    return [
        ("day", "day", "", day.day),
        ("cards", "first seen", "", day.seen),
        *(("cards", f"came to {stage}", "", day.came[stage]) for stage in STAGES if day.came.get(stage)),
        ("cards", "handed over", "", day.handed_over),
        ("cards", "printed", "", day.printed),
        ("cards", "printed as urgent", "", day.printed_urgent),
        *(("blanks", kind, "", quantity) for kind, quantity in sorted(day.blanks.items())),
        ("blanks", "stock at its end", "", day.stock),
        ("letters", "issued", "", day.letters_issued),
        *(("letters", kind, "", count) for kind, count in sorted(day.letters.items())),
        ("boxes", "sent", "", day.boxes_sent),
        ("boxes", "arrived", "", day.boxes_arrived),
        *(("notices owed", kind, "", count) for kind, count in sorted(day.owed.items())),
        *_counted("notices ended", day.ended),
        *_stop_rows(day.stops),
    ]


def write_csv(path: Path, rows: Iterable[Row]) -> None:
    """Whole or not at all."""
    with whole_file(path) as file:
        file.write(csv_of(rows))


def csv_of(rows: Iterable[Row]) -> bytes:
    """The same as it stands in the file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerows((HEADER, *rows))
    return text.getvalue().encode("utf-8-sig")


def _counted(section: str, counts: Mapping[tuple[str, str], int]) -> Iterator[Row]:
    for (kind, state), count in sorted(counts.items()):
        yield section, f"{kind} {state}", "", count


def _blank_rows(brief: BriefFigures) -> Iterator[Row]:
    blanks = brief.blanks
    yield "blanks", "used", "", blanks.used
    if blanks.kept:
        for name in ("received", "spoiled", "adjusted", "stock", "promised"):
            yield "blanks", name, "", getattr(blanks, name)


def _output_rows(brief: BriefFigures) -> Iterator[Row]:
    yield "output", brief.today.isoformat(), "", brief.printed_today
    for day, printed in sorted(brief.output.items(), reverse=True):
        yield "output", day.isoformat(), "", printed
    if usual := usual_output(brief.output):
        yield "output", "usual from", "", usual[0]
        yield "output", "usual to", "", usual[1]


def _stop_rows(stops: Iterable[Stop]) -> Iterator[Row]:
    for stop in stops:
        services = ", ".join(stop.note.services)
        yield "suspension", f"{services} ({stop.note.cause})", stop.region, stop.note.since
