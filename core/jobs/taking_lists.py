"""Taking one of the office's other lists as it was planned, in chunks that leave others their turn.

Killed anywhere and given again it ends as if it had run once: each chunk commits its rows, its counts and the cursor
together, and a row that is done already changes nothing.
"""

import time
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from functools import partial

from sqlalchemy.orm import Session

from core.actions.imports import begin_import, end_import
from core.actions.lists.taker import Does, ListTerms, Taker
from core.errors import InputError, NotFound, Overtaken, Refused
from core.jobs.list_plan import TAKERS, ListPlan, PlannedRow, Progress
from core.questions.regions import office_row
from core.questions.runs import list_digest, unfinished_list
from core.store.office import OpenOffice
from core.store.tables import ImportRun

#: A chunk may hold the database for 50 ms; aiming lower keeps the slower ones under it. Then others get twice that.
_AIM_SECONDS = 0.03
_FIRST, _LARGEST = 8, 200
_REST_TIMES = 2
#: Refused only now: it was taken for good when the list was looked at.
REFUSED = "refused meanwhile"


def apply_list(
    office: OpenOffice, plan: ListPlan, terms: ListTerms, *, by: str, polite: bool, progress: Progress
) -> Counter[str]:
    """Take the planned rows; return how many did what, those of a run that this one resumes included.

    by: who gives the list; terms.by is replaced by the run's name. polite: others work on this database.
    """
    digest = list_digest(plan.kind, plan.digest)
    run_id = office.write(lambda session: _begin_or_resume(session, digest, terms, by=by))
    terms = replace(terms, ahead=False, by=f"import:{run_id}", batch=f"import:{run_id}")
    taker = TAKERS[plan.kind](terms)
    size, place = _FIRST, 0
    while place < len(plan.rows):
        some = plan.rows[place : place + size]
        began = time.monotonic()
        taker = office.write(partial(_take_some, run_id=run_id, taker=taker, some=some))
        busy = time.monotonic() - began
        place += len(some)
        progress("writing", place, len(plan.rows))
        if polite:
            time.sleep(_REST_TIMES * busy)
        size = max(1, min(_LARGEST, round(len(some) * _AIM_SECONDS / max(busy, 0.001))))
    return office.write(lambda session: end_import(session, run_id, now=terms.now))


def _begin_or_resume(session: Session, digest: str, terms: ListTerms, *, by: str) -> int:
    office_row(session, lock=True)  # of two who give one list at once, the second goes on with the first one's run
    run = unfinished_list(session, digest)
    return run.id if run else begin_import(session, file_digest=digest, as_of=terms.today, now=terms.now, by=by)


def _take_some(session: Session, *, run_id: int, taker: Taker, some: Sequence[PlannedRow]) -> Taker:
    """Take a chunk; return the taker as it is then. A row whose case changed since is counted, and stops no other."""
    taker = deepcopy(taker)  # the writer does this once more when the database refused it
    office_row(session, lock=True)
    run = session.get_one(ImportRun, run_id)
    counts: Counter[str] = Counter()
    for row, card_id in some:
        if row.number <= run.cursor:
            taker.pass_over(row.value)
            continue
        try:
            with session.begin_nested():
                judged = taker.judge(session, row.value, card_id)
                if judged.does is Does.TAKEN:
                    taker.take(session, row.value, card_id)
            counts[judged.does] += 1
        except (Refused, NotFound, InputError, Overtaken):
            counts[REFUSED] += 1
    run.cursor = max(run.cursor, some[-1][0].number)
    run.counts = dict(Counter(run.counts) + counts)
    session.flush()
    return taker
