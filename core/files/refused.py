"""The refused rows, written beside the export so that they can be corrected and imported again as they are.

Four columns of ours stand in front: baris, kolom, alasan, perbaikan (row, column, reason, fix); reading ignores them.
Titles are kept, so that a corrected file still says of when it is. An earlier file of the same name is replaced.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from core.files.cells import escaped, unescaped
from core.files.export import ListHead
from core.files.rows import RefusedRow
from core.files.whole import written_whole

_OURS = ("baris", "kolom", "alasan", "perbaikan")


class RefusedFile:
    """NAME.ditolak.csv, readable by its owner only; it appears whole when the block ends well, if a row was refused."""

    def __init__(self, head: ListHead) -> None:
        self.path: Path | None = None
        self._head = head
        self._open = ExitStack()
        self._writer: Any = None

    def add(self, row: RefusedRow) -> None:
        """Write one refused row."""
        if self._writer is None:
            self._begin()
        ours = str(row.number), row.column, row.reason, row.fix
        self._writer.writerow([*ours, *map(_marked, _theirs(self._head, row.cells))])

    def _begin(self) -> None:
        head = self._head
        self.path = head.path.with_name(f"{head.path.stem}.ditolak.csv")
        file = self._open.enter_context(written_whole(self.path))
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        self._open.callback(text.detach)  # writes out what it still holds; whoever opened the file closes it
        self._writer = csv.writer(text, delimiter=head.delimiter)
        self._writer.writerows([_marked(cell) for cell in title] for title in head.titles)
        self._writer.writerow([*_OURS, *map(_marked, _theirs(head, head.header))])

    def __enter__(self) -> "RefusedFile":
        return self

    def __exit__(self, *error: Any) -> None:
        self._open.__exit__(*error)


def write_refused(head: ListHead, rows: Iterable[RefusedRow]) -> Path | None:
    """Write the refused rows and return the file's path; None without any."""
    with RefusedFile(head) as file:
        for row in rows:
            file.add(row)
    return file.path


def _theirs(head: ListHead, cells: Sequence[str]) -> Sequence[str]:
    """The office's own cells: a file of refused rows that is read again already has ours in front."""
    return cells[len(_OURS) :] if tuple(head.header[: len(_OURS)]) == _OURS else cells


def _marked(cell: str) -> str:
    """Safe to open in a spreadsheet; a cell that is marked already keeps its one mark."""
    return escaped(unescaped(cell))
