"""Reads an office's list in a process of its own: one core reads, checks and seals while the other one writes.

On standard input the terms, on standard output what was found: plain values in Python's own marshal form, which nobody
but this program's two halves speaks. The keys come through the pipe; they are in no argument, file or environment.
It ends by itself when the other half is gone, and keeps nothing.
"""

import contextlib
import marshal
import os
import resource
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import core.errors
from core.actions.sealed_rows import SealedRow
from core.errors import KabarError
from core.files import ExportFile, RefusedRow, VillageNames, open_export
from core.regions import regions_of
from core.store.sealing import Seal

#: Rows that travel together.
BATCH = 500

#: What is asked of one row.
PASSED_OVER, INDEXED, SEALED = 0, 1, 2
AS_IT_IS = -1


def list_of(path: str, regency: str, sheet: str | None) -> ExportFile:
    """Open the list."""
    return open_export(Path(path), VillageNames(regions_of(regency)), sheet=sheet)


def head_of(export: ExportFile) -> tuple[Any, ...]:
    """What is known of a list before its rows are read, in plain values."""
    day = export.title_date.isoformat() if export.title_date else None
    titles = tuple(tuple(map(str, cells)) for cells in export.titles)
    return export.sheet, tuple(map(str, export.header)), titles, day, export.delimiter


def batches(
    export: ExportFile, seal: Seal, *, sealing: bytes | None
) -> Iterator[tuple[int, int, list[tuple[Any, ...]], list[tuple[Any, ...]]]]:
    """Yield bytes read, bytes in all, rows and refused rows, some hundred rows at a time.

    sealing: a byte for each row that can be taken: 0 passes over it, 1 asks for its index, 2 for all of it sealed.
    None: every row as it is.
    """
    rows: list[tuple[Any, ...]] = []
    refused: list[tuple[Any, ...]] = []
    place = 0
    for row in export:
        if isinstance(row, RefusedRow):
            refused.append((row.number, str(row.column), row.reason, row.fix, tuple(map(str, row.cells))))
        else:
            # A row more than there were is sent, so that whoever asked sees that it is not the same list any more.
            made = sealing[place] if sealing and place < len(sealing) else AS_IT_IS
            place += 1
            if made != PASSED_OVER:
                rows.append(SealedRow(row, seal).to_wire(indexed=made >= INDEXED, sealed=made == SEALED))
        if len(rows) + len(refused) >= BATCH:
            yield export.bytes_read, export.size_bytes, rows, refused
            rows, refused = [], []
    yield export.size_bytes, export.size_bytes, rows, refused


def main() -> None:
    """Open the list that is named, then read it as often as is asked."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold people's data
    source, target = sys.stdin.buffer, sys.stdout.buffer
    with contextlib.suppress(EOFError, BrokenPipeError):  # the other half is gone
        try:
            path, regency, sheet, keys = marshal.load(source)  # noqa: S302  # from our own other half
            export, seal = list_of(path, regency, sheet), Seal.of_keys(keys)
            _send(target, ("opened", head_of(export)))
            while True:
                (sealing,) = marshal.load(source)  # noqa: S302  # likewise
                for batch in batches(export, seal, sealing=sealing):
                    _send(target, ("rows", *batch))
                _send(target, ("end",))
        except KabarError as error:
            _send(target, ("error", type(error).__name__, str(error)))
    # What is still to be written has no reader any more, and must not be complained about.
    os._exit(0)


def _send(target: BinaryIO, what: Iterable[Any]) -> None:
    marshal.dump(tuple(what), target)
    target.flush()


def error_of(name: str, message: str) -> KabarError:
    """The error that ended the process, again."""
    kind = getattr(core.errors, name)
    error: KabarError = kind(message)
    return error


def as_refused(row: Sequence[Any]) -> RefusedRow:
    """A refused row from its plain values."""
    number, column, reason, fix, cells = row
    return RefusedRow(number=number, column=column, reason=reason, fix=fix, cells=cells)


if __name__ == "__main__":
    main()
