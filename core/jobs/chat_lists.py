"""A list sent in the chat, looked through and taken in by the very steps of `kabar import`.

What is kept of it is a report in plain values: counts, and why rows are refused. Columns are named only where they are
known ones, and of a row nothing is kept but its number: the report goes to Telegram's servers.
"""

import csv
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from core.actions.chat_files import begin_taking
from core.actions.lists.taker import ListTerms
from core.errors import InputError, Overtaken
from core.files.kinds_in import CARD_EXPORT, known_columns
from core.files.lists import ListKind
from core.jobs import importing, taking_lists
from core.jobs.import_plan import ImportPlan, plan_import
from core.jobs.importing import apply_import
from core.jobs.list_plan import ListPlan, plan_list
from core.jobs.taking_lists import apply_list
from core.questions.chat_files import run_of
from core.rules.letters import USUAL, Validity
from core.store.office import OpenOffice

Progress = Callable[[str, int, int], None]

#: Refused rows that are named one by one; of more only their number is told.
MOST_NAMED = 5000
_NOBODY = "none"
_OUR_COLUMNS = ("baris", "kolom", "alasan", "perbaikan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for one list. today: of the office. by: who sent it. validity: how long letters hold."""

    today: date
    now: datetime
    by: str
    validity: Validity = USUAL

    def of_list(self, *, tell: bool, ahead: bool) -> ListTerms:
        return ListTerms(today=self.today, now=self.now, by=self.by, tell=tell, ahead=ahead, validity=self.validity)


def look_through(office: OpenOffice, path: Path, kind: str, terms: Terms, progress: Progress) -> dict[str, Any]:
    """Return what the list would do; nothing is changed. Raises KabarError where it cannot be read as this kind.

    counts: rows by what they would do. refused: [column, reason, row numbers], the column "" where it is none of the
    known ones; refused_rows: how many. tells: people by channel, "none" where unreachable. as_of: of an export;
    assumed: nothing in it says of which day it is.
    """
    plan = _plan(office, path, kind, terms, as_of=None, progress=progress)
    report: dict[str, Any] = {
        "digest": plan.digest,
        "rows": plan.rows if isinstance(plan, ImportPlan) else len(plan.rows),
        "counts": dict(plan.verdicts if isinstance(plan, ImportPlan) else plan.does),
        "refused_rows": len(plan.refused),
        "refused": _refused(plan.refused_path, kind),
        "tells": _tells(plan.would_tell),
    }
    if isinstance(plan, ImportPlan):
        report |= {"as_of": plan.as_of.isoformat(), "assumed": plan.day_assumed, "warned": len(plan.warnings)}
    return report


def take_in(
    office: OpenOffice,
    path: Path,
    kind: str,
    report: Mapping[str, Any],
    terms: Terms,
    *,
    list_id: int,
    progress: Progress,
) -> Counter[str]:
    """Take the list in as it was shown; return how many rows did what. Begun before, it goes on where that stopped.

    Two may do it at once: they share one run, whose cursor passes each row once. Raises Overtaken when it is not what
    was shown.
    """
    as_of = date.fromisoformat(report["as_of"]) if "as_of" in report else None
    if (run := office.read(partial(run_of, list_id=list_id))) is not None and run.ended_at is not None:
        return Counter(run.counts)
    plan = _plan(office, path, kind, terms, as_of=as_of, progress=progress)
    if plan.digest != report["digest"]:
        raise Overtaken("this is not the list that was shown; nothing of it was taken: send it again")
    tell = bool(report["tell"])
    if isinstance(plan, ListPlan):
        listed = terms.of_list(tell=tell, ahead=False)
        run_id = _begun(office, list_id, partial(taking_lists.begin_or_resume, plan=plan, terms=listed, by=terms.by))
        return apply_list(office, plan, listed, by=terms.by, polite=True, progress=progress, run_id=run_id)
    run_id = _begun(office, list_id, partial(importing.begin_or_resume, plan=plan, now=terms.now, by=terms.by))
    return apply_import(
        office,
        plan,
        now=terms.now,
        by=terms.by,
        tell=tell,
        announce_new=False,
        polite=True,
        progress=progress,
        run_id=run_id,
    )


def _begun(office: OpenOffice, list_id: int, begin: Callable[[Session], int]) -> int:
    return office.write(partial(begin_taking, list_id=list_id, begin=begin))


def _plan(
    office: OpenOffice, path: Path, kind: str, terms: Terms, *, as_of: date | None, progress: Progress
) -> ImportPlan | ListPlan:
    if kind != CARD_EXPORT:
        ahead = terms.of_list(tell=False, ahead=True)
        plan: ImportPlan | ListPlan = plan_list(office, ListKind(kind), path, ahead, sheet=None, progress=progress)
    else:
        plan = plan_import(office, path, as_of=as_of, today=terms.today, announce_new=False, progress=progress)
        if plan.as_of > terms.today:
            raise InputError("the data would speak of a day that is still to come; correct the date in its title")
    if not plan.rows and not plan.refused:
        raise InputError("it holds a header and no rows; nothing was changed. Fill it first")
    return plan


def _tells(would_tell: Mapping[tuple[Any, Any], int]) -> dict[str, int]:
    by_channel: Counter[str] = Counter()
    for (_, channel), people in would_tell.items():
        by_channel[channel.value if channel else _NOBODY] += people
    return dict(by_channel)


def _refused(path: Path | None, kind: str) -> list[list[Any]]:
    """Read our own columns back from the file of refused rows; theirs are passed over."""
    if path is None:
        return []
    rows: dict[tuple[str, str], list[int]] = {}
    known = known_columns(kind)
    with path.open(encoding="utf-8-sig", newline="") as file:
        delimiter = _delimiter(file.readline)
        file.seek(0)
        lines = csv.reader(file, delimiter=delimiter)
        for cells in lines:
            if tuple(cells[: len(_OUR_COLUMNS)]) == _OUR_COLUMNS:
                break
        for place, (number, column, reason, *_) in enumerate(lines):
            if place == MOST_NAMED:
                break
            named = column if known.columns_of([column]) else ""
            rows.setdefault((named, reason), []).append(int(number))
    return [[column, reason, numbers] for (column, reason), numbers in rows.items()]


def _delimiter(read_line: Callable[[], str]) -> str:
    """The sign between our own first two columns."""
    while line := read_line():
        if line.startswith(_OUR_COLUMNS[0]):
            return line[len(_OUR_COLUMNS[0])]
    return ";"
