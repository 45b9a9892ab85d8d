"""What one of the office's other lists would do: it is read to its end, its cards are found, and each row is judged.

Unlike an export such a list has some ten thousand rows, so they are kept in memory between this and the taking.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from core.actions.lists.blanks import BlanksTaker
from core.actions.lists.cards import ArrivalTaker, HandoverTaker
from core.actions.lists.letters import LetterTaker
from core.actions.lists.taker import Judged, ListTerms, Taker
from core.actions.notices import next_channel
from core.errors import InputError, NotFound, Refused
from core.files import RefusedFile, RefusedRow
from core.files.lists import ListFile, ListKind, ListRow, open_list
from core.jobs.remarks import Remarks
from core.questions.contacts import channels_of
from core.questions.listed_cards import AT_ONCE, cards_meant
from core.rules.delivery import Channel
from core.rules.notices import TABLE, Kind
from core.store.office import OpenOffice

Progress = Callable[[str, int, int], None]

TAKERS: dict[ListKind, Callable[[ListTerms], Taker]] = {
    ListKind.ARRIVALS: ArrivalTaker,
    ListKind.HANDOVERS: HandoverTaker,
    ListKind.LETTERS: LetterTaker,
    ListKind.BLANKS: BlanksTaker,
}
_OF_CARDS = (ListKind.ARRIVALS, ListKind.HANDOVERS)
_SEE = "correct the row, or leave it out"

#: A row, and the card that it means.
PlannedRow = tuple[ListRow[Any], int | None]


@dataclass(slots=True)
class ListPlan:
    """does: rows by what they would do. would_tell: people by notice and channel, None where unreachable."""

    kind: ListKind
    path: Path
    sheet: str | None
    digest: str
    rows: list[PlannedRow] = field(default_factory=list)
    does: Counter[str] = field(default_factory=Counter)
    would_tell: Counter[tuple[Kind, Channel | None]] = field(default_factory=Counter)
    refused: Remarks = field(default_factory=Remarks)
    refused_path: Path | None = None


def plan_list(
    office: OpenOffice, kind: ListKind, path: Path, terms: ListTerms, *, sheet: str | None, progress: Progress
) -> ListPlan:
    """Read the whole list and judge its rows; change nothing but the file of refused rows. terms: ahead."""
    progress("opening", 0, 1)
    source = open_list(kind, path, sheet=sheet)
    progress("opening", 1, 1)
    plan = ListPlan(kind, path, source.head.sheet, _digest(path, source.head.sheet))
    taker = TAKERS[kind](terms)
    with RefusedFile(source.head) as refused:
        rows = iter(source)
        while some := list(islice(rows, AT_ONCE)):
            for bad in office.read(partial(_look_at, plan=plan, source=source, taker=taker, some=some)):
                refused.add(bad)
                plan.refused.add(bad.number, bad.column, f"{bad.reason}; {bad.fix}")
            progress("reading", source.bytes_read, source.size_bytes)
    progress("reading", source.size_bytes, source.size_bytes)
    plan.refused_path = refused.path
    return plan


def _look_at(
    session: Session,
    plan: ListPlan,
    source: ListFile[Any, Any],
    taker: Taker,
    some: Sequence[ListRow[Any] | RefusedRow],
) -> list[RefusedRow]:
    """Judge some rows; return those that cannot be taken, in their order."""
    rows = [row for row in some if isinstance(row, ListRow)]
    meant: list[int | None] = [None] * len(rows)
    if plan.kind in _OF_CARDS:
        meant = cards_meant(session, [row.value.which for row in rows])
    refused = {row.number: row for row in some if isinstance(row, RefusedRow)}
    taker.begin(session, [row.value for row in rows], meant)
    told: list[Judged] = []
    for row, card_id in zip(rows, meant, strict=True):
        try:
            judged = taker.judge(row.value, card_id)
        except (Refused, NotFound, InputError) as error:
            reason, _, fix = str(error).partition("; ")
            refused[row.number] = source.refusal(row.number, row.cells, source.head.header[0], reason, fix or _SEE)
            continue
        plan.rows.append((row, card_id))
        plan.does[judged.does] += 1
        told.append(judged)
    plan.would_tell.update(_channels(session, told))
    return [refused[number] for number in sorted(refused)]


def _channels(session: Session, told: Sequence[Judged]) -> Iterator[tuple[Kind, Channel | None]]:
    reach = channels_of(session, {one.resident_id for one in told if one.kind and one.resident_id})
    for one in told:
        if one.kind and one.resident_id:
            yield one.kind, next_channel(TABLE[one.kind].channels, reach.get(one.resident_id, frozenset()))


def _digest(path: Path, sheet: str | None) -> str:
    digest = hashlib.sha256(path.read_bytes())
    digest.update((sheet or "").encode())
    return digest.hexdigest()
