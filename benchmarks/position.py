"""What one question for a place in the print queue costs with 10,000 and with 1,000,000 waiting, warm and cold.

A question is the whole answer to a NIK as anybody gets it: the card is found, and its place, range and suspensions
with it, on a snapshot of its own. Warm: with the picture of the queue that a running office keeps. Cold: taking that
picture. Beside it stands the count of those ahead, which is what a place would cost without one. The two offices are
asked in turn, question by question, so that a busy machine slows both; the middle one of all questions is told.
"""

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from statistics import median

from sqlalchemy import text

from benchmarks.offices import founded, nik, people
from core.actions.blanks import move_blanks
from core.calendar import calendar_of
from core.questions.cards import where_is
from core.questions.queue_picture import renew_picture
from core.rules.expectation import PrintTerms
from core.rules.hours import Hours
from core.store.office import OpenOffice, open_office
from core.store.words import BlankKind
from tests.offices import MORNING

FEW, MANY = 10_000, 1_000_000
QUESTIONS, PICTURES, COUNTS = 3_000, 3, 3
AT_MOST_MILLISECONDS, AT_MOST_TO_FEW = 5.0, 1.3

_TERMS = PrintTerms(calendar_of(Hours.read("Senin-Jumat 08.00-15.00"), None))
_AHEAD = text("SELECT count(*) FROM card WHERE stage = 'PRINT_READY' AND plan_id IS NULL AND queued_on < :day")


@dataclass(frozen=True, slots=True)
class Asked:
    """An office, how many wait in it, and whom it is asked about."""

    office: OpenOffice
    waiting: int
    niks: list[str]


def main() -> None:
    """Print the table of benchmarks/README.md."""
    print(f"| a place among {MANY:,} | measured | beside | ratio |")
    print("|---|---|---|---|")
    for backend in ("sqlite", "postgresql"):
        for row in table(backend):
            print(row, flush=True)


def table(backend: str) -> Iterator[str]:
    """Measure on one database, and return the table's rows."""
    with ExitStack() as stack:
        few, many = (_office(stack, backend, waiting) for waiting in (FEW, MANY))
        cold = {asked.waiting: _cold(asked) for asked in (few, many)}
        warm: dict[int, list[float]] = {FEW: [], MANY: []}
        for number in range(QUESTIONS):
            for asked in (few, many):
                warm[asked.waiting].append(_warm(asked, asked.niks[number]))
        counted = median(_counted(many) for _ in range(COUNTS))
    one, all_ = median(warm[FEW]) * 1000, median(warm[MANY]) * 1000
    limit = AT_MOST_MILLISECONDS
    yield f"| {backend}: one question | {all_:.2f} ms | limit {limit:.0f} ms | {all_ / limit:.2f} |"
    yield f"| the same | {all_:.2f} ms | among {FEW:,} {one:.2f} ms, limit {AT_MOST_TO_FEW} | {all_ / one:.2f} |"
    yield f"| the same | {all_:.2f} ms | counting those ahead {counted * 1000:.0f} ms | {all_ / counted / 1000:.3f} |"
    yield f"| a picture, cold | {cold[MANY] * 1000:.0f} ms | among {FEW:,} {cold[FEW] * 1000:.0f} ms | |"


def _office(stack: ExitStack, backend: str, waiting: int) -> Asked:
    place = stack.enter_context(founded(backend))
    numbers = people(place, waiting, told_every=0)
    office = stack.enter_context(open_office(place.home, place.address))
    _note(office, BlankKind.RECEIVED, waiting + 50_000, MORNING.date())
    for days in range(1, 40):
        _note(office, BlankKind.USED, 400 + days, MORNING.date() - timedelta(days=days))
    chance = random.Random(5)
    return Asked(office, waiting, [nik(chance.choice(numbers)) for _ in range(QUESTIONS)])


def _note(office: OpenOffice, kind: BlankKind, blanks: int, day: date) -> None:
    office.write(lambda session: move_blanks(session, kind, blanks, day=day, now=MORNING, by="benchmark"))


def _cold(asked: Asked) -> float:
    """Seconds for a picture; the pages of the index are in memory, as in an office that runs."""
    return median(_seconds_of_picture(asked) for _ in range(PICTURES))


def _seconds_of_picture(asked: Asked) -> float:
    began = time.perf_counter()
    asked.office.read(lambda session: renew_picture(session, _TERMS, now=MORNING))
    return time.perf_counter() - began


def _warm(asked: Asked, whose: str) -> float:
    """Seconds for one question."""
    began = time.perf_counter()
    told = asked.office.read(partial(where_is, nik=whose, now=MORNING, terms=_TERMS))
    took = time.perf_counter() - began
    if told is None or told.expectation is None or told.expectation.wait is None:
        raise RuntimeError("a question was not answered with a place and a range")
    return took


def _counted(asked: Asked) -> float:
    day = MORNING.date() - timedelta(days=200)
    began = time.perf_counter()
    asked.office.read(lambda session: session.execute(_AHEAD, {"day": day}).scalar_one())
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
