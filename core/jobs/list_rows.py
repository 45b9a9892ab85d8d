"""The rows of an office's list for an import: read, checked and, where wanted, sealed; as often as the import asks.

A small list is read here. A large one is read by a process of its own (list_process), so that both cores work.
"""

import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any, NamedTuple

from core.actions.sealed_rows import SealedRow
from core.errors import SetupError
from core.files import ListHead, RefusedRow
from core.jobs.list_process import as_refused, batches, error_of, head_of, list_of, receive, send
from core.store.sealing import Seal

#: A process of its own takes a third of a second to begin: as long as reading so much.
LARGE_BYTES = 2 * 1024**2
#: Batches that are read ahead.
_AHEAD = 8


class Batch(NamedTuple):
    """Some hundred rows in their order, and how far the reading is."""

    bytes_read: int
    size_bytes: int
    rows: list[SealedRow]
    refused: list[RefusedRow]


class ListRows:
    """A list that is open. Use it as a context manager: a process may stand behind it."""

    def __init__(
        self, path: Path, *, regency: str, sheet: str | None, seal: Seal, large_bytes: int = LARGE_BYTES
    ) -> None:
        """sheet: of a workbook, by name or number. Raises what opening a list raises."""
        self._seal = seal
        self._source = _Elsewhere if path.is_file() and path.stat().st_size > large_bytes else _Here
        self._reading = self._source(path, regency, sheet, seal)
        sheet, header, titles, title_date, delimiter = self._reading.head
        day = date.fromisoformat(title_date) if title_date else None
        self.head = ListHead(path, sheet, header, titles, day, delimiter)

    def read(self, sealing: bytes | None = None) -> Iterator[Batch]:
        """Yield all rows, or those that `sealing` asks for (see list_process.batches)."""
        for bytes_read, size_bytes, rows, refused in self._reading.batches(sealing):
            mine = [SealedRow.from_wire(row, self._seal) for row in rows]
            yield Batch(bytes_read, size_bytes, mine, [as_refused(row) for row in refused])

    def __enter__(self) -> "ListRows":
        return self

    def __exit__(self, *_: object) -> None:
        self._reading.close()


class _Here:
    """Reads in this process."""

    def __init__(self, path: Path, regency: str, sheet: str | None, seal: Seal) -> None:
        self._export, self._seal = list_of(str(path), regency, sheet), seal
        self.head = head_of(self._export)

    def batches(self, sealing: bytes | None) -> Iterator[tuple[Any, ...]]:
        yield from batches(self._export, self._seal, sealing=sealing)

    def close(self) -> None:
        """Nothing stays open."""


class _Elsewhere:
    """Has a process read, and keeps some batches ahead, so that it need not wait while we write."""

    def __init__(self, path: Path, regency: str, sheet: str | None, seal: Seal) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "core.jobs.list_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a traceback could hold a row
        )
        self._arrived: queue.Queue[tuple[Any, ...]] = queue.Queue(_AHEAD)
        self._closed = False
        self._thread = threading.Thread(target=self._listen, name="list-rows", daemon=True)
        self._thread.start()
        try:
            self._ask((str(path), regency, sheet, seal.keys))
            (self.head,) = self._next()
        except BaseException:
            self.close()
            raise

    def batches(self, sealing: bytes | None) -> Iterator[tuple[Any, ...]]:
        self._ask((sealing,))
        while batch := self._next():
            yield batch

    def close(self) -> None:
        """End the process, wherever it is."""
        self._closed = True
        self._process.kill()
        while self._thread.is_alive():
            with_room = self._arrived.qsize() > 0
            if with_room:
                self._arrived.get_nowait()
            self._thread.join(0.01)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()

    def _ask(self, what: tuple[Any, ...]) -> None:
        pipe = self._process.stdin
        if pipe is not None:
            send(pipe, what)

    def _listen(self) -> None:
        pipe = self._process.stdout
        while pipe is not None and not self._closed:
            said = _said(pipe)
            self._arrived.put(said)
            if said[0] in ("error", "gone"):
                return

    def _next(self) -> tuple[Any, ...]:
        """What it said next: a batch, or nothing at the end of the list; raises the error that ended it."""
        word, *rest = self._arrived.get()
        if word == "error":
            raise error_of(*rest)
        if word == "gone":
            raise SetupError("the process that reads the list ended before its time; try again, with more free memory")
        return tuple(rest)


def _said(pipe: IO[bytes]) -> tuple[Any, ...]:
    try:
        return receive(pipe)
    except (EOFError, ValueError, TypeError):  # cut off, maybe in the middle
        return ("gone",)
