"""What an import would do: the list is read to its end and compared with the office's data; no row of it is kept.

Of each row stay a few numbers, so that a list of a million fits, and so that the second reading knows whether it reads
the same list.
"""

import hashlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path

from sqlalchemy.orm import Session

from core.actions.imports import first_stage, told_kind, verdict_of
from core.actions.notices import next_channel
from core.actions.sealed_rows import SealedRow
from core.errors import InputError
from core.files import RefusedFile
from core.files.foreign import ForeignRows
from core.jobs.list_process import INDEXED, PASSED_OVER, SEALED
from core.jobs.list_rows import Batch, ListRows
from core.jobs.remarks import Remarks
from core.questions.centre import Centre
from core.questions.contacts import channels_of
from core.questions.imports import known_people
from core.questions.regions import office_row
from core.rules.delivery import Channel
from core.rules.imports import Verdict
from core.rules.notices import TABLE, Kind
from core.rules.siak import caution, read_status
from core.store.office import OpenOffice, seal_of

Progress = Callable[[str, int, int], None]

#: What a row would do, and whom that would tell by what.
_Outcome = tuple[Verdict, Kind | None, Channel | None]
_NEW = (Verdict.NEW, Verdict.REISSUED)


class SeenRows:
    """What is kept of the rows that can be taken, by their place in the list: 15 bytes each."""

    def __init__(self) -> None:
        self.numbers = array("I")
        self.niks = array("Q")
        self._cautions = array("b")
        self._outcomes = array("B")
        self._kinds: dict[_Outcome, int] = {}
        self.passed_over: set[int] = set()

    def add(self, row: SealedRow, outcome: _Outcome) -> None:
        """Note the next row."""
        self.numbers.append(row.row.number)
        self.niks.append(nik_key(row))
        self._cautions.append(caution(read_status(row.row.status)))
        self._outcomes.append(self._kinds.setdefault(outcome, len(self._kinds)))

    def __len__(self) -> int:
        return len(self.numbers)

    def pass_over_doubles(self) -> Iterator[tuple[int, int]]:
        """Of rows for one NIK pass over all but the one to believe: the more cautious, of two alike the later.

        Yield the numbers of each row passed over and of the one believed instead.
        """
        believed: dict[int, int] = {}
        doubles = self._doubles()
        for place, nik in enumerate(self.niks) if doubles else ():
            if nik not in doubles:
                continue
            other = believed.setdefault(nik, place)
            if other == place:
                continue
            more, less = (other, place) if self._cautions[other] > self._cautions[place] else (place, other)
            believed[nik] = more
            self.passed_over.add(less)
            yield self.numbers[less], self.numbers[more]

    def _doubles(self) -> set[int]:
        """The keys of NIKs that stand in more than one row; sorted in parts, because a set of all is too large."""
        parts = [array("Q") for _ in range(256)]
        for nik in self.niks:
            parts[nik >> 56].append(nik)
        doubles: set[int] = set()
        for part in parts:
            ordered = sorted(part)
            doubles.update(one for one, other in pairwise(ordered) if one == other)
        return doubles

    def counted(self) -> Counter[_Outcome]:
        """Return how many rows would do what."""
        kinds = list(self._kinds)
        counts = Counter({kinds[one]: count for one, count in Counter(self._outcomes).items()})
        counts.subtract(kinds[self._outcomes[place]] for place in self.passed_over)
        return +counts

    def sealing(self, *, after: int) -> bytes:
        """What the second reading is to make of each row (list_process.batches). after: rows up to there are in."""
        new = [verdict in _NEW for verdict, *_ in self._kinds]
        wanted = bytearray(SEALED if new[outcome] else INDEXED for outcome in self._outcomes)
        for place in self.passed_over:
            wanted[place] = PASSED_OVER
        for place, number in enumerate(self.numbers):
            if number > after:
                break
            wanted[place] = PASSED_OVER
        return bytes(wanted)


def nik_key(row: SealedRow) -> int:
    """A number that stands for the row's NIK within one list."""
    return int.from_bytes(row.nik_index[:8])


@dataclass(slots=True)
class ImportPlan:
    """What a file holds and would do. rows: how many will be taken, one for each NIK.

    verdicts: rows by what they would do; would_tell: people by notice and channel, None where unreachable;
    refused, warnings: remarks about rows; sheet: the one of the workbook that was read; newest_recorded: the last
    recording day in it; day_assumed: nothing said of which day the data is, so that it is taken for today's.
    """

    path: Path
    sheet: str | None
    regency: str
    digest: str
    as_of: date
    day_assumed: bool
    seen: SeenRows = field(default_factory=SeenRows)
    refused: Remarks = field(default_factory=Remarks)
    warnings: Remarks = field(default_factory=Remarks)
    verdicts: Counter[str] = field(default_factory=Counter)
    would_tell: Counter[tuple[Kind, Channel | None]] = field(default_factory=Counter)
    refused_path: Path | None = None
    newest_recorded: date | None = None

    @property
    def rows(self) -> int:
        return len(self.seen) - len(self.seen.passed_over)


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
    with ListRows(path, regency=regency, sheet=sheet, seal=office.read(seal_of)) as source:
        progress("opening", 1, 1)
        head = source.head
        said = as_of or head.title_date
        plan = ImportPlan(path, head.sheet, regency, _digest(path, head.sheet), said or today, said is None)
        foreign = ForeignRows(head, own=regency)
        with RefusedFile(head) as refused:
            for batch in source.read():
                _look_at(office, plan, batch, foreign, refused, announce_new=announce_new)
                progress("reading", batch.bytes_read, batch.size_bytes)
            if other := foreign.regency(rows=len(plan.refused) + len(plan.seen)):
                raise InputError(
                    f"this looks like a list of {other.name} ({other.code}), and this office is {regency}; "
                    "nothing was changed. Take this office's list, or set KABAR_HOME to that office"
                )
    plan.refused_path = refused.path
    for less, more in plan.seen.pass_over_doubles():
        plan.warnings.add(less, "NIK", f"the same NIK as row {more}, whose more cautious status is believed")
    for (verdict, kind, channel), count in plan.seen.counted().items():
        plan.verdicts[verdict.value] += count
        if kind:
            plan.would_tell[kind, channel] += count
    return plan


def _look_at(
    office: OpenOffice,
    plan: ImportPlan,
    batch: Batch,
    foreign: ForeignRows,
    refused: RefusedFile,
    *,
    announce_new: bool,
) -> None:
    for bad in batch.refused:
        foreign.add(bad)
        refused.add(bad)
        plan.refused.add(bad.number, bad.column, f"{bad.reason}; {bad.fix}")
    outcomes = office.read(partial(_outcomes, rows=batch.rows, as_of=plan.as_of, announce_new=announce_new))
    for row, outcome in zip(batch.rows, outcomes, strict=True):
        plan.seen.add(row, outcome)
        for column, reason in row.row.warnings:
            plan.warnings.add(row.row.number, column, reason)
    recorded = [row.row.recorded_on for row in batch.rows if row.row.recorded_on]
    plan.newest_recorded = max([*recorded, *filter(None, [plan.newest_recorded])], default=None)


def _outcomes(session: Session, rows: Iterable[SealedRow], as_of: date, announce_new: bool) -> list[_Outcome]:
    known = known_people(session, [row.nik_index for row in rows])
    centre = Centre(session)
    reach = channels_of(session, [person.resident_id for person in known.values()])
    outcomes: list[_Outcome] = []
    for row in rows:
        person = known.get(row.nik_index)
        verdict = verdict_of(row, person, as_of)
        stage = row.stage if verdict is Verdict.MOVED else first_stage(row, as_of, centre)
        kind = told_kind(verdict, stage, announce_new=announce_new)
        channel = None
        if kind:
            usable = reach.get(person.resident_id, frozenset()) if person else frozenset()
            if row.row.phone and row.row.consent and (person is None or person.row_index != row.row_index):
                usable |= {Channel.SMS}  # the row brings the number
            channel = next_channel(TABLE[kind].channels, usable)
        outcomes.append((verdict, kind, channel))
    return outcomes


def _digest(path: Path, sheet: str | None) -> str:
    """Of one list: two sheets of a workbook are two, and the one is not the other's unfinished import."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update((sheet or "").encode())
    return digest.hexdigest()
