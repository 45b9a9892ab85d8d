"""Reads an office's list in a process of its own: one core reads, checks and seals while the other one writes.

On standard input the terms, on standard output what was found: plain values in Python's own marshal form, which nobody
but this program's two halves speaks. The keys come through the pipe; they are in no argument, file or environment.
It ends by itself when the other half is gone, and keeps nothing.
"""

import contextlib
import gc
import marshal
import os
import resource
import sys
from collections.abc import Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

import core.errors
from core.actions.sealed_rows import SealedRow
from core.errors import KabarError
from core.files import ExportFile, ExportRow, RefusedRow, VillageNames, open_export
from core.regions import regions_of
from core.store.sealing import Seal

#: Rows that travel together.
BATCH = 500

_LENGTH_BYTES = 8
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
    rows: list[tuple[ExportRow, int]] = []
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
                rows.append((row, made))
        if len(rows) + len(refused) >= BATCH:
            yield export.bytes_read, export.size_bytes, _wired(rows, seal), refused
            rows, refused = [], []
    yield export.size_bytes, export.size_bytes, _wired(rows, seal), refused


def _wired(rows: list[tuple[ExportRow, int]], seal: Seal) -> list[tuple[Any, ...]]:
    """Return rows as plain values.

    One kind of work is done for all of them before the next one begins: row by row, what each keeps in the processor's
    caches drives the others' out, and it took a third longer.
    """
    wired = [(SealedRow(row, seal), made) for row, made in rows]
    indexed = [row for row, made in wired if made >= INDEXED]
    sealed = [row for row, made in wired if made == SEALED]
    for part, of_rows in (("row_index", indexed), ("person", sealed), ("address", sealed), ("card", sealed)):
        make = attrgetter(part)
        for row in of_rows:
            make(row)
    return [row.to_wire(indexed=made >= INDEXED, sealed=made == SEALED) for row, made in wired]


def main() -> None:
    """Open the list that is named, then read it as often as is asked."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold people's data
    gc.disable()  # rows have no cycles, and looking for some took a quarter of the time
    source, target = sys.stdin.buffer, sys.stdout.buffer
    with contextlib.suppress(EOFError, BrokenPipeError):  # the other half is gone
        try:
            path, regency, sheet, keys = receive(source)
            export, seal = list_of(path, regency, sheet), Seal.of_keys(keys)
            send(target, ("opened", head_of(export)))
            while True:
                (sealing,) = receive(source)
                for batch in batches(export, seal, sealing=sealing):
                    send(target, ("rows", *batch))
                send(target, ("end",))
        except KabarError as error:
            send(target, ("error", type(error).__name__, str(error)))
    # What is still to be written has no reader any more, and must not be complained about.
    os._exit(0)


def send(target: IO[bytes], what: tuple[Any, ...]) -> None:
    """Write plain values so that the other half can `receive` them whole."""
    content = marshal.dumps(what)
    target.write(len(content).to_bytes(_LENGTH_BYTES))
    target.write(content)
    target.flush()


def receive(source: IO[bytes]) -> tuple[Any, ...]:
    """Return what the other half sent; EOFError when it is gone. Read at once: marshal.load asks for every word."""
    content = source.read(int.from_bytes(source.read(_LENGTH_BYTES)))
    what: tuple[Any, ...] = marshal.loads(content)  # noqa: S302  # from our own other half
    return what


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
