"""Reads a workbook in a process of its own: XLSX, XLS, XLSB or ODS on standard input, JSON lines on standard output.

A sheet begins with {"sheet": its name, "hidden": …}. Each of its rows that is not empty follows as [number, cell, …],
up to the last cell that is not empty; a number there is a number cell, everything else is text.

Alone, because calamine keeps a whole sheet in memory and ends the process when a single cell far away makes that too
much; here it takes no import, and later no server, with it. Run as a file: only the standard library and calamine.
"""

import datetime
import json
import resource
import sys
from collections.abc import Iterator
from enum import IntEnum
from typing import Any, BinaryIO

#: A million rows of a dozen columns stay below each.
_MOST_MEMORY_BYTES = 2 * 1024**3
_MOST_SECONDS = 120
_MOST_OUTPUT_BYTES = 256 * 1024**2


class End(IntEnum):
    """How the process ended; a signal means that a limit ended it."""

    READ = 0
    UNREADABLE = 3
    TOO_LARGE = 4


def main() -> int:
    """Copy the workbook from standard input to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY_BYTES, _MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold people's data
    from python_calamine import CalamineError

    try:
        return copy(sys.stdin.buffer, sys.stdout.buffer, most_bytes=_MOST_OUTPUT_BYTES)
    except CalamineError:
        return End.UNREADABLE
    except MemoryError:
        return End.TOO_LARGE


def copy(source: BinaryIO, target: BinaryIO, *, most_bytes: int) -> End:
    """Write the cells of the workbook, up to so many bytes; calamine's errors if it cannot be read."""
    left = most_bytes
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for record in _records(source):
        line = f"{encode(record)}\n".encode()
        left -= len(line)
        if left < 0:
            return End.TOO_LARGE
        target.write(line)
    target.flush()
    return End.READ


def _records(source: BinaryIO) -> Iterator[Any]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = CalamineWorkbook.from_filelike(source)
    for known in workbook.sheets_metadata:
        if known.typ is not SheetTypeEnum.WorkSheet:
            continue
        yield {"sheet": known.name, "hidden": known.visible is not SheetVisibleEnum.Visible}
        for number, row in enumerate(workbook.get_sheet_by_name(known.name).iter_rows(), start=1):
            if row.count("") == len(row):
                continue
            while row[-1] == "":
                row.pop()
            yield [number, *map(_plain, row)]


def _plain(cell: object) -> str | int | float:
    """A cell as its writer would read it aloud, days as 2017-01-05."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, int):
        return cell
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep=" ")
    return str(cell)


if __name__ == "__main__":
    sys.exit(main())
