"""The refused rows, written beside the export so that they can be corrected and imported again as they are.

Four columns of ours stand in front: baris, kolom, alasan, perbaikan (row, column, reason, fix); reading ignores them.
Titles are kept, so that a corrected file still says of when it is. An earlier file of the same name is replaced.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from core.files.cells import escaped, unescaped
from core.files.export import ExportFile
from core.files.rows import RefusedRow
from core.files.whole import written_whole

_OURS = ("baris", "kolom", "alasan", "perbaikan")


def write_refused(export: ExportFile, rows: Iterable[RefusedRow]) -> Path:
    """Write NAME.ditolak.csv, readable by its owner only, and return its path; it appears whole or not at all."""
    path = export.path.with_name(f"{export.path.stem}.ditolak.csv")
    with written_whole(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        csv.writer(text, delimiter=export.delimiter).writerows(_lines(export, rows))
        text.detach()  # writes out what it still holds; whoever opened the file makes it durable and closes it
    return path


def _lines(export: ExportFile, rows: Iterable[RefusedRow]) -> Iterator[list[str]]:
    for title in export.titles:
        yield [_marked(cell) for cell in title]
    yield [*_OURS, *map(_marked, _theirs(export, export.header))]
    for row in rows:
        yield [str(row.number), row.column, row.reason, row.fix, *map(_marked, _theirs(export, row.cells))]


def _theirs(export: ExportFile, cells: Sequence[str]) -> Sequence[str]:
    """The office's own cells: a file of refused rows that is read again already has ours in front."""
    return cells[len(_OURS) :] if tuple(export.header[: len(_OURS)]) == _OURS else cells


def _marked(cell: str) -> str:
    """Safe to open in a spreadsheet; a cell that is marked already keeps its one mark."""
    return escaped(unescaped(cell))
