"""Taking one of the office's other lists as it was planned, in chunks that leave others their turn.

Killed anywhere and given again it ends as if it had run once: each chunk commits its rows, its counts and the cursor
together, and a row that is done already changes nothing.
"""

import time
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import replace
from functools import partial

from sqlalchemy.orm import Session

from core.actions.imports import begin_import, end_import
from core.actions.lists.taker import Does, ListTerms, Taker
from core.errors import InputError, NotFound, Refused
from core.jobs.list_plan import TAKERS, ListPlan, PlannedRow, Progress
from core.questions.regions import office_row
from core.questions.runs import list_digest, unfinished_list
from core.store.bulk import room_for_many
from core.store.office import OpenOffice
from core.store.tables import ImportRun

#: A chunk may hold the database for 50 ms; aiming lower keeps the slower ones under it. Then others get twice that.
#: Where nobody else works on it, larger chunks ask less often.
_AIM_SECONDS, _ALONE_AIM_SECONDS = 0.03, 0.3
_FIRST, _LARGEST, _ALONE_LARGEST = 20, 500, 2000
#: From so many rows on more memory is worth it.
_MANY = 20_000
_REST_TIMES = 2
#: Refused only now: it was taken for good when the list was looked at.
REFUSED = "refused meanwhile"


def apply_list(
    office: OpenOffice,
    plan: ListPlan,
    terms: ListTerms,
    *,
    by: str,
    polite: bool,
    progress: Progress,
    run_id: int | None = None,
) -> Counter[str]:
    """Take the planned rows; return how many did what, those of a run that this one resumes included.

    by: who gives the list; terms.by is replaced by the run's name. polite: others work on this database. run_id: of
    this very list, where it was begun already.
    """
    if run_id is None:
        run_id = office.write(partial(begin_or_resume, plan=plan, terms=terms, by=by))
    terms = replace(terms, ahead=False, by=f"import:{run_id}", batch=f"import:{run_id}")
    with nullcontext() if polite or len(plan.rows) < _MANY else room_for_many(office):
        _take_all(office, plan, TAKERS[plan.kind](terms), run_id=run_id, polite=polite, progress=progress)
    return office.write(lambda session: end_import(session, run_id, now=terms.now))


def _take_all(
    office: OpenOffice, plan: ListPlan, taker: Taker, *, run_id: int, polite: bool, progress: Progress
) -> None:
    aim, largest = (_AIM_SECONDS, _LARGEST) if polite else (_ALONE_AIM_SECONDS, _ALONE_LARGEST)
    # On PostgreSQL a chunk keeps nobody waiting but who needs the whole office for himself.
    rest_times = _REST_TIMES if polite and office.backend == "sqlite" else 0
    size, place = _FIRST, 0
    while place < len(plan.rows):
        some = plan.rows[place : place + size]
        began = time.monotonic()
        taker = office.write(partial(_take_some, run_id=run_id, taker=taker, some=some))
        busy = time.monotonic() - began
        place += len(some)
        progress("writing", place, len(plan.rows))
        time.sleep(rest_times * busy)
        size = max(taker.at_least, round(len(some) * aim / max(busy, 0.001)))
        size = min(largest, size)


def begin_or_resume(session: Session, plan: ListPlan, terms: ListTerms, *, by: str) -> int:
    """Return the run of this list: the one that was not finished, or a new one."""
    digest = list_digest(plan.kind, plan.digest)
    office_row(session, lock=True)  # of two who give one list at once, the second goes on with the first one's run
    run = unfinished_list(session, digest)
    return run.id if run else begin_import(session, file_digest=digest, as_of=terms.today, now=terms.now, by=by)


def _take_some(session: Session, *, run_id: int, taker: Taker, some: Sequence[PlannedRow]) -> Taker:
    """Take a chunk; return the taker as it is then. A row whose case changed since is counted, and stops no other."""
    taker = deepcopy(taker)  # the writer does this once more when the database refused it
    office_row(session, lock=True)
    run = session.get_one(ImportRun, run_id)
    counts: Counter[str] = Counter()
    left = [(row.value, card_id) for row, card_id in some if row.number > run.cursor]
    for row, _ in some[: len(some) - len(left)]:
        taker.pass_over(row.value)
    taker.begin(session, [value for value, _ in left], [card_id for _, card_id in left])
    for value, card_id in left:
        try:
            judged = taker.judge(value, card_id)
            if judged.does is Does.TAKEN:
                taker.take(value, card_id)
            counts[judged.does] += 1
        except (Refused, NotFound, InputError):
            counts[REFUSED] += 1
    taker.end(session)
    run.cursor = max(run.cursor, some[-1][0].number)
    run.counts = dict(Counter(run.counts) + counts)
    session.flush()
    return taker
