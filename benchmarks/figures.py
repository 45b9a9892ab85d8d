"""How long the office's figures take with 1,000,000 cards, and how many times a bare count of them that is.

Seven in ten are handed over, as in an office of some years; then all wait to be printed, which no count by subtraction
helps. The peer is `SELECT count(*) FROM card` in the same run. By village is asked on a reader's snapshot; how long
the longest small write of another connection takes meanwhile shows that it keeps nobody waiting.
"""

import argparse
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks.offices import founded, people
from core.questions.regions import office_row
from core.questions.stages import cards_by_stage, cards_by_village
from core.rules.card import Stage
from core.store.office import OpenOffice, open_office
from core.store.tables import Card

LIMIT_SECONDS = 0.1
CARDS = 1_000_000
_TIMES = 7
_EVERY_SECONDS = 0.02
_QUIET_SECONDS = 5.0
_USUAL = (*(Stage.HANDED_OVER,) * 7, Stage.READY_FOR_PICKUP, Stage.PRINT_READY, Stage.AT_CENTRE)

Row = tuple[str, str, str, str]


def rows(cards: int = CARDS) -> Iterator[Row]:
    """What the table of benchmarks/README.md says, on SQLite and on PostgreSQL."""
    for backend in ("sqlite", "postgresql"):
        for where, stages in (("7 in 10 handed over", _USUAL), ("all waiting", (Stage.PRINT_READY,))):
            with founded(backend) as place:
                people(place, cards, stages=stages, told_every=0)
                with open_office(place.home, place.address) as office:
                    yield from _rows_of(f"{backend}, {where}", office)


def _rows_of(name: str, office: OpenOffice) -> Iterator[Row]:
    bare = _median(lambda: office.read(_bare))
    stages = _median(lambda: office.read(cards_by_stage))
    yield f"{name}: by stage", _ms(stages), f"limit {_ms(LIMIT_SECONDS)}", f"{stages / LIMIT_SECONDS:.2f}"
    yield f"{name}: the same", _ms(stages), f"{_ms(bare)}, bare count", f"{stages / bare:.1f}"
    with _writing(office) as quiet:
        time.sleep(_QUIET_SECONDS)
    with _writing(office) as longest:
        villages = _median(lambda: office.read(cards_by_village))
    yield f"{name}: by village and stage", _ms(villages), f"{_ms(bare)}, bare count", f"{villages / bare:.1f}"
    beside = f"limit {_ms(LIMIT_SECONDS)} ({_ms(quiet[0])} while nothing is asked)"
    yield f"{name}: longest write meanwhile", _ms(longest[0]), beside, f"{longest[0] / LIMIT_SECONDS:.2f}"


def _bare(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Card)) or 0


def _small_write(session: Session) -> None:
    row = office_row(session)
    row.bot_name = "b" if row.bot_name == "a" else "a"


@contextmanager
def _writing(office: OpenOffice) -> Iterator[list[float]]:
    """Small writes every 20 ms; the list holds the longest of them, once the block is left."""
    longest = [0.0]
    over = threading.Event()

    def write() -> None:
        while not over.wait(_EVERY_SECONDS):
            began = time.perf_counter()
            office.write(_small_write)
            longest[0] = max(longest[0], time.perf_counter() - began)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield longest
    finally:
        over.set()
        writer.join()


def _median(ask: Callable[[], object]) -> float:
    """The first one warms the disk's memory up, and is not counted."""
    ask()
    took = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        ask()
        took.append(time.perf_counter() - began)
    return median(took)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=CARDS)
    for row in rows(parser.parse_args().cards):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
