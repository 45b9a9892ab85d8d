"""Print plans as an operator orders them: chosen on a snapshot, put with one compare-and-set, noted in whole chunks.

Killed between two chunks, the same command goes on: a place that was noted is not noted again.
"""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from core.actions.plan_prints import DoneTerms, Noted, print_some, unprint_some
from core.actions.print_plans import make_plan
from core.errors import Overtaken, Refused
from core.questions.next_prints import NextPrints, next_prints
from core.questions.regions import office_zone
from core.rules.print_queue import PrintPolicy
from core.store.office import OpenOffice

T = TypeVar("T")

#: How often a plan is chosen anew because somebody else was faster.
_TRIES = 5
#: After a chunk the others get the database for this many times as long.
_REST_TIMES = 2


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan that was made, and what it was chosen from."""

    plan_id: int
    chosen: NextPrints


def choose(office: OpenOffice, policy: PrintPolicy, count: int, *, now: datetime) -> NextPrints:
    """Return whom a plan of this size would take now; raise Refused with the reason when that is nobody."""
    today = now.astimezone(office.read(office_zone)).date()
    chosen = office.read(partial(next_prints, policy=policy, count=count, today=today))
    for stop in chosen.stops:
        if stop.for_all:
            raise Refused(f"printing is suspended; nothing is planned until: kabar resume {stop.id}")
    stock = chosen.stock
    if stock.free <= 0:
        held = f", {stock.promised:,} of them promised to open plans (kabar print plans)" if stock.promised else ""
        raise Refused(f"no blank is free: the stock is {stock.stock:,}{held}; note what came: kabar blanks receive N")
    if not chosen.card_ids:
        raise Refused(f"nobody can be printed now: {chosen.waiting:,} in the queue, {chosen.too_young:,} too young")
    return chosen


def plan_prints(
    office: OpenOffice, policy: PrintPolicy, count: int, *, now: Callable[[], datetime], by: str
) -> Planned:
    """Make a plan of the first `count` of the queue; chosen again when another operator was faster."""
    for _ in range(_TRIES):
        chosen = choose(office, policy, count, now=now())
        try:
            put = partial(make_plan, card_ids=chosen.card_ids, stops=chosen.stops, now=now(), by=by)
            return Planned(office.write(put), chosen)
        except Overtaken as error:
            overtaken = error
    raise overtaken


def note_printed(
    office: OpenOffice, terms: DoneTerms, *, polite: bool, progress: Callable[[int], None] = lambda _: None
) -> Noted:
    """Note everything up to a place, chunk by chunk; return what this command did in all."""
    total, after = Noted(), 0
    while True:
        some = _rested(office, partial(office.write, partial(print_some, terms=terms, after=after)), polite=polite)
        if some.last is None:
            return total
        after = some.last
        total = Noted(
            total.printed + some.printed, total.spoiled + some.spoiled, total.elsewhere + some.elsewhere, some.last
        )
        progress(after)


def take_back(
    office: OpenOffice, plan_id: int, places: Collection[int], *, now: datetime, by: str, polite: bool
) -> int:
    """Take places back to be printed, chunk by chunk; return how many."""
    act, total = partial(unprint_some, plan_id=plan_id, places=places, now=now, by=by), 0
    while some := _rested(office, partial(office.write, act), polite=polite):
        total += some
    return total


def _rested(office: OpenOffice, act: Callable[[], T], *, polite: bool) -> T:
    began = time.monotonic()
    result = act()
    time.sleep(_REST_TIMES * (time.monotonic() - began) if polite and office.backend == "sqlite" else 0)
    return result
