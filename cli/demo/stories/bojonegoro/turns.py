"""Who is printed when in Bojonegoro, by arithmetic on the export alone: what the office's queue is compared with."""

from collections.abc import Sequence
from datetime import date

from core.files import ExportRow
from core.rules.print_queue import ELDERLY_FROM_AGE, PRINTED_FROM_AGE, birthday
from core.rules.siak import Siak, read_status

#: What is printed on a good line in a day, by the report; and the working days of the story on which it is.
A_DAYS_PRINTS = 450
PRINT_DAYS = tuple(date(2017, 10, day) for day in (5, 6, 9, 10, 11))

_FIRST, _ELDERLY, _ORDINARY, _AGAIN = range(4)


def printed_in_turn(rows: Sequence[ExportRow]) -> list[ExportRow]:
    """Return who is printed on the print days, in their turn; who is too young waits for her day."""
    queue = waiting(rows)
    printed: list[ExportRow] = []
    for day in PRINT_DAYS:
        todays = [row for row in queue if _of_age(row, day)][:A_DAYS_PRINTS]
        taken = {row.number for row in todays}
        queue = [row for row in queue if row.number not in taken]
        printed += todays
    return printed


def waiting(rows: Sequence[ExportRow]) -> list[ExportRow]:
    """Return who waits for a print, in the usual order: first-timers, elderly ones, whose list says nothing, others."""
    ready = [row for row in rows if read_status(row.status) is Siak.PRINT_READY_RECORD]
    return sorted(ready, key=lambda row: (_line(row), row.recorded_on or date.max))


def before(row: ExportRow, queue: Sequence[ExportRow], printed: Sequence[ExportRow], day: date) -> int:
    """Return how many come before this one of the queue after these were printed."""
    gone = {one.number for one in printed}
    return sum(one.number not in gone and _of_age(one, day) for one in queue[: queue.index(row)])


def _line(row: ExportRow) -> int:
    if row.note in ("HILANG", "RUSAK"):
        return _AGAIN
    if row.note not in ("PEMULA", "LANSIA"):
        return _ORDINARY
    on, born = row.recorded_on, row.born_on
    elderly = row.note == "LANSIA" or (on is not None and born is not None and birthday(born, ELDERLY_FROM_AGE) <= on)
    return _ELDERLY if elderly else _FIRST


def _of_age(row: ExportRow, day: date) -> bool:
    return row.married or row.born_on is None or birthday(row.born_on, PRINTED_FROM_AGE) <= day
