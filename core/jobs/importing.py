"""Importing an office's export as it was planned: it is read again, and taken in chunks.

Killed anywhere and run again it ends as if it had run once: each chunk commits its rows and the cursor together,
and a row that is in already is seen as unchanged.
"""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import nullcontext
from datetime import datetime
from functools import partial
from itertools import compress

from sqlalchemy.orm import Session

from core.actions.imports import ImportTerms, begin_import, end_import, take_rows
from core.actions.sealed_rows import SealedRow
from core.errors import Overtaken
from core.jobs.import_plan import ImportPlan, Progress, nik_key
from core.jobs.list_rows import ListRows
from core.questions.imports import unfinished_run
from core.questions.regions import office_row
from core.store.bulk import room_for_many
from core.store.office import OpenOffice, seal_of
from core.store.tables import ImportRun

#: An import that would tell more people than this waits for --tell or --quiet.
TELLS_WITHOUT_ASKING = 200

#: A chunk may hold the database for 50 ms; aiming lower keeps the slower ones under it. Then others get twice that.
#: Where nobody else works on it, larger chunks write each page of an index less often.
_AIM_SECONDS, _ALONE_AIM_SECONDS = 0.04, 0.4
_SMALLEST, _LARGEST, _ALONE_LARGEST = 200, 2000, 5000
_REST_TIMES = 2
#: From so many rows on more memory is worth it.
_MANY = 20_000


def apply_import(
    office: OpenOffice,
    plan: ImportPlan,
    *,
    now: datetime,
    by: str,
    tell: bool,
    announce_new: bool,
    polite: bool,
    progress: Progress,
    run_id: int | None = None,
) -> Counter[str]:
    """Take the planned rows; return how many of each verdict, those of a run that this one resumes included.

    polite: others work on this database, so leave them at least twice as long as each chunk took. run_id: of this
    very import, where it was begun already.
    Raises Overtaken when the file is not the one any more that the plan was made of.
    """
    if run_id is None:
        run_id = office.write(partial(begin_or_resume, plan=plan, now=now, by=by))
    cursor = office.read(lambda session: session.get_one(ImportRun, run_id).cursor)
    terms = ImportTerms(
        run_id=run_id, as_of=plan.as_of, now=now, by=f"import:{run_id}", tell=tell, announce_new=announce_new
    )
    chunks = _Chunks(office, terms, polite=polite)
    with nullcontext() if polite or plan.rows < _MANY else room_for_many(office):
        for row in _planned_rows(office, plan, after=cursor):
            if chunks.add(row):
                progress("writing", chunks.taken, plan.rows)
        chunks.finish()
    progress("writing", chunks.taken, chunks.taken)
    return office.write(lambda session: end_import(session, run_id, now=now))


def begin_or_resume(session: Session, plan: ImportPlan, *, now: datetime, by: str) -> int:
    """Return the run of this import: the one that was not finished, or a new one."""
    office_row(session, lock=True)  # of two who give one list at once, the second goes on with the first one's run
    run = unfinished_run(session, plan.digest, plan.as_of)
    return run.id if run else begin_import(session, file_digest=plan.digest, as_of=plan.as_of, now=now, by=by)


def _planned_rows(office: OpenOffice, plan: ImportPlan, *, after: int) -> Iterator[SealedRow]:
    """Read the list again, but for the rows up to this one and those passed over; new people come sealed."""
    sealing = plan.seen.sealing(after=after)
    expected = compress(zip(plan.seen.numbers, plan.seen.niks, strict=True), sealing)
    with ListRows(plan.path, regency=plan.regency, sheet=plan.sheet, seal=office.read(seal_of)) as source:
        for batch in source.read(sealing):
            for row in batch.rows:
                if next(expected, None) != (row.row.number, nik_key(row)):
                    raise Overtaken(_CHANGED.format(name=plan.path.name))
                yield row
    if next(expected, None) is not None:
        raise Overtaken(_CHANGED.format(name=plan.path.name))


_CHANGED = "{name} was changed while it was read; what was taken stays. Import it again, once nobody writes to it"


class _Chunks:
    """Collects rows and has them taken, as large a chunk at a time as the time allows that it may have the database.

    While one chunk is taken, the next one is collected.
    """

    def __init__(self, office: OpenOffice, terms: ImportTerms, *, polite: bool) -> None:
        self._office = office
        self._terms = terms
        # On PostgreSQL a chunk keeps nobody waiting but who needs the whole office for himself.
        self._rest_times = _REST_TIMES if polite and office.backend == "sqlite" else 0
        self._aim = _AIM_SECONDS if polite else _ALONE_AIM_SECONDS
        self._largest = _LARGEST if polite else _ALONE_LARGEST
        self._size = _SMALLEST
        self._rest_until = 0.0
        self._rows: list[SealedRow] = []
        self._under_way: Future[float] | None = None
        self._ended_at = 0.0
        self._sent = 0
        self.taken = 0

    def add(self, row: SealedRow) -> bool:
        """Add a row; return whether that made a chunk full, which is then taken."""
        self._rows.append(row)
        if len(self._rows) < self._size:
            return False
        self._take()
        return True

    def finish(self) -> None:
        """Take what was collected, and wait until it is in."""
        self._take()
        self._wait()

    def _take(self) -> None:
        """Have what was collected taken, once the chunk before is in and the others had their rest."""
        self._wait()
        rows, self._rows = self._rows, []
        if rows:
            time.sleep(max(0.0, self._rest_until - time.monotonic()))
            self._sent = len(rows)
            self._under_way = self._office.submit(partial(_begun, rows=rows, terms=self._terms))
            self._under_way.add_done_callback(self._note_end)

    def _note_end(self, _: object) -> None:
        self._ended_at = time.monotonic()

    def _wait(self) -> None:
        if self._under_way is None:
            return
        busy = max(self._ended_at - self._under_way.result(), 0.001)
        self._under_way = None
        self._rest_until = self._ended_at + self._rest_times * busy
        self._size = max(_SMALLEST, min(self._largest, round(self._sent * self._aim / busy)))
        self.taken += self._sent


def _begun(session: Session, rows: list[SealedRow], terms: ImportTerms) -> float:
    """Take a chunk; return since when it had the database."""
    began = time.monotonic()
    take_rows(session, rows, terms, cursor=rows[-1].row.number)
    return began
