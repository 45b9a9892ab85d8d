"""Importing an office's export: read it, say what it would do, take it in chunks.

Killed anywhere and run again it ends as if it had run once: each chunk commits its rows and the cursor together,
and a row that is in already is seen as unchanged.
"""

import gc
import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from core.actions.imports import (
    ImportTerms,
    begin_import,
    end_import,
    first_stage,
    take_rows,
    told_kind,
    verdict_of,
)
from core.actions.notices import next_channel
from core.actions.sealed_rows import SealedRow
from core.errors import InputError
from core.files import ExportRow, RefusedRow, VillageNames, open_export, write_refused
from core.files.foreign import other_regency
from core.questions.contacts import channels_of
from core.questions.imports import known_people, unfinished_run
from core.questions.regions import office_row
from core.questions.suspensions import centre_stops
from core.regions import regions_of
from core.rules.delivery import Channel
from core.rules.imports import Verdict
from core.rules.notices import TABLE, Kind
from core.rules.siak import caution, read_status
from core.store.office import OpenOffice, seal_of

#: An import that would tell more people than this waits for --tell or --quiet.
TELLS_WITHOUT_ASKING = 200

_READ_CHUNK = 500
#: A chunk may hold the database for 50 ms; aiming lower keeps the slower ones under it. Then others get twice that.
_AIM_SECONDS = 0.04
_SMALLEST, _LARGEST = 200, 2000
_REST_TIMES = 2

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class ImportPlan:
    """What a file holds and would do. rows: what will be taken, one for each NIK.

    verdicts: rows by what they would do; would_tell: people by notice and channel, None where unreachable;
    warnings: (row number, column, why); sheet: the one of the workbook that was read;
    day_assumed: nothing said of which day the data is, so that it is taken for today's.
    """

    path: Path
    sheet: str | None
    digest: str
    as_of: date
    rows: list[ExportRow]
    refused: list[RefusedRow]
    warnings: list[tuple[int, str, str]]
    verdicts: Counter[str] = field(default_factory=Counter)
    would_tell: Counter[tuple[Kind, Channel | None]] = field(default_factory=Counter)
    refused_path: Path | None = None
    day_assumed: bool = False


def plan_import(
    office: OpenOffice,
    path: Path,
    *,
    sheet: str | None = None,
    as_of: date | None,
    today: date,
    announce_new: bool,
    progress: Progress,
) -> ImportPlan:
    """Read the whole file and compare it with the office's data; change nothing but the file of refused rows.

    sheet: of a workbook, by name or number; else the only one with a header.
    as_of: the day the data speaks of; else the day in the file's title, else today.
    """
    regency = office.read(lambda session: office_row(session).regency)
    progress("opening", 0, 1)
    export = open_export(path, VillageNames(regions_of(regency)), sheet=sheet)
    progress("opening", 1, 1)
    rows: list[ExportRow] = []
    refused: list[RefusedRow] = []
    for row in export:
        rows.append(row) if isinstance(row, ExportRow) else refused.append(row)
        if row.number % _READ_CHUNK == 0:
            progress("reading", export.bytes_read, export.size_bytes)
    progress("reading", export.size_bytes, export.size_bytes)
    if other := other_regency(export, refused, taken=len(rows), own=regency):
        raise InputError(
            f"this looks like a list of {other.name} ({other.code}), and this office is {regency}; "
            "nothing was changed. Take this office's list, or set KABAR_HOME to that office"
        )
    warnings = [(row.number, warning.column, warning.reason) for row in rows for warning in row.warnings]
    rows = _believe_the_more_cautious(rows, warnings)
    said = as_of or export.title_date
    plan = ImportPlan(path, export.sheet, _digest(path, export.sheet), said or today, rows, refused, sorted(warnings))
    plan.day_assumed = said is None
    if refused:
        plan.refused_path = write_refused(export, refused)
    del export  # and with it the text of a workbook's cells
    _compare(office, plan, announce_new=announce_new, progress=progress)
    return plan


def _believe_the_more_cautious(rows: list[ExportRow], warnings: list[tuple[int, str, str]]) -> list[ExportRow]:
    """Of two rows for one NIK the more cautious status wins, and it is said; of two equal ones the later."""
    believed: dict[str, ExportRow] = {}
    for row in rows:
        other = believed.get(row.nik)
        if other is None:
            believed[row.nik] = row
            continue
        more, less = (other, row) if _caution(other) > _caution(row) else (row, other)
        believed[row.nik] = more
        warnings.append(
            (less.number, "NIK", f"the same NIK as row {more.number}, whose more cautious status is believed")
        )
    return sorted(believed.values(), key=lambda row: row.number)


def _caution(row: ExportRow) -> int:
    return caution(read_status(row.status))


def _compare(office: OpenOffice, plan: ImportPlan, *, announce_new: bool, progress: Progress) -> None:
    done = 0
    for chunk in _chunks(plan.rows, _READ_CHUNK):
        office.read(partial(_compare_chunk, plan=plan, chunk=chunk, announce_new=announce_new))
        done += len(chunk)
        progress("comparing", done, len(plan.rows))


def _compare_chunk(session: Session, plan: ImportPlan, chunk: Sequence[ExportRow], announce_new: bool) -> None:
    sealed_rows = [SealedRow(row, seal_of(session)) for row in chunk]
    known = known_people(session, [sealed.nik_index for sealed in sealed_rows])
    stops = centre_stops(session)
    reach = channels_of(session, [person.resident_id for person in known.values()])
    for sealed in sealed_rows:
        person = known.get(sealed.nik_index)
        verdict = verdict_of(sealed, person, plan.as_of)
        plan.verdicts[verdict.value] += 1
        stage = sealed.stage if verdict is Verdict.MOVED else first_stage(sealed, plan.as_of, stops)
        if kind := told_kind(verdict, stage, announce_new=announce_new):
            usable = reach.get(person.resident_id, frozenset()) if person else frozenset()
            if sealed.row.phone and sealed.row.consent and (person is None or person.row_index != sealed.row_index):
                usable |= {Channel.SMS}  # the row brings the number
            plan.would_tell[kind, next_channel(TABLE[kind].channels, usable)] += 1


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
) -> Counter[str]:
    """Take the planned rows; return how many of each verdict, those of a run that this one resumes included.

    polite: others work on this database, so leave them at least twice as long as each chunk took.
    """
    run_id, cursor = office.write(lambda session: _begin_or_resume(session, plan, now=now, by=by))
    terms = ImportTerms(
        run_id=run_id, as_of=plan.as_of, now=now, by=f"import:{run_id}", tell=tell, announce_new=announce_new
    )
    rows = [row for row in plan.rows if row.number > cursor]
    gc.freeze()  # the rows stay to the end: going through them at each collection took a fifth of the whole import
    seal = office.read(seal_of)
    size, done, rest_until = _SMALLEST, 0, 0.0
    while done < len(rows):
        chunk = [SealedRow(row, seal) for row in rows[done : done + size]]
        if plan.verdicts[Verdict.NEW.value]:
            for sealed in chunk:
                sealed.seal_now()
        busy = _took(office, chunk, terms, rest_until=rest_until)
        rest_until = time.monotonic() + _REST_TIMES * busy if polite else 0.0
        done += len(chunk)
        size = max(_SMALLEST, min(_LARGEST, round(len(chunk) * _AIM_SECONDS / max(busy, 0.001))))
        progress("writing", done, len(rows))
    gc.unfreeze()
    return office.write(lambda session: end_import(session, run_id, now=now))


def _begin_or_resume(session: Session, plan: ImportPlan, *, now: datetime, by: str) -> tuple[int, int]:
    run = unfinished_run(session, plan.digest, plan.as_of)
    if run is not None:
        return run.id, run.cursor
    return begin_import(session, file_digest=plan.digest, as_of=plan.as_of, now=now, by=by), 0


def _took(office: OpenOffice, chunk: list[SealedRow], terms: ImportTerms, *, rest_until: float) -> float:
    """Take one chunk, not before the others have had their rest; return how long the database was ours, in seconds."""
    time.sleep(max(0.0, rest_until - time.monotonic()))
    began = time.monotonic()
    office.write(lambda session: take_rows(session, chunk, terms, cursor=chunk[-1].row.number))
    return time.monotonic() - began


def _chunks(rows: Sequence[ExportRow], size: int) -> Iterator[Sequence[ExportRow]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _digest(path: Path, sheet: str | None) -> str:
    """Of one list: two sheets of a workbook are two, and the one is not the other's unfinished import."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update((sheet or "").encode())
    return digest.hexdigest()
