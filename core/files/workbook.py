"""The sheets of a workbook, each as a table: XLSX, XLS, XLSB, ODS.

A workbook is read once, by a process of its own (see workbook_process); what is kept here is the text of its cells,
a tenth of what a spreadsheet library holds for them.
"""

import io
import json
import mmap
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from core.errors import InputError
from core.files import workbook_process
from core.files.records import Record
from core.files.table import NumberCell, Table
from core.files.workbook_process import End

#: How a ZIP begins, in which an XLSX, XLSB or ODS is kept, and the older container, in which an XLS is.
ZIP_START, OLE_START = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

_WORKBOOK_PARTS = frozenset({"xl/workbook.xml", "xl/workbook.bin", "content.xml"})
#: In the older container: the part that is a whole XLSX under a password, or an XLS whose first record asks for one.
_LOCKED = re.compile(
    re.escape("EncryptedPackage".encode("utf-16-le")) + rb"|\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00",
    re.DOTALL,
)
_SHEET_LINE = re.compile(rb"^\{.*\n", re.MULTILINE)
_decode = json.JSONDecoder(parse_int=NumberCell, parse_float=NumberCell, parse_constant=NumberCell).decode


class SheetTable(Table):
    """The rows of one sheet. hidden: who opens the workbook does not see it."""

    def __init__(self, sheet: str, *, hidden: bool, lines: bytes) -> None:
        self.sheet: str = sheet
        self.hidden = hidden
        self.size_bytes = len(lines)
        self._lines = lines

    def __iter__(self) -> Iterator[tuple[int, Record]]:
        with io.BytesIO(self._lines) as source:
            self._source = source
            for line in source:
                number, *cells = _decode(line.decode())
                yield int(number), cells


def sheets_of(path: Path) -> list[SheetTable]:
    """Every sheet of cells, in the workbook's order; InputError, with what to do, if it cannot be read."""
    _refuse_what_is_no_workbook(path)
    with path.open("rb") as file:
        done = subprocess.run(  # noqa: S603  # our own program
            [sys.executable, "-P", workbook_process.__file__],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    if done.returncode < 0 or done.returncode == End.TOO_LARGE:
        raise InputError(
            f"{path.name} spreads over far more cells than any list has, maybe for a single one that stands far off; "
            "copy the table alone into a new workbook, and import that"
        )
    if done.returncode != End.READ:
        raise InputError(
            f"{path.name} is damaged, or locked with a password; save it in a spreadsheet as XLSX, without one"
        )
    return list(_cut(done.stdout))


def _refuse_what_is_no_workbook(path: Path) -> None:
    """What is kept in the same two containers but is locked, damaged, or no workbook."""
    with path.open("rb") as file:
        if file.read(len(OLE_START)) == OLE_START:
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                if _LOCKED.search(content):
                    raise InputError(f"{path.name} is locked with a password; save it in a spreadsheet without one")
            return
        try:
            parts = zipfile.ZipFile(file).namelist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            raise InputError(f"{path.name} is damaged or came only in part; copy or download it again") from None
    if not _WORKBOOK_PARTS.intersection(parts):
        raise InputError(f"{path.name} is an archive or another program's document; import the list inside it instead")


def _cut(output: bytes) -> Iterator[SheetTable]:
    """The process's output, cut where a sheet begins."""
    begins = [(known.start(), known.end(), json.loads(known[0])) for known in _SHEET_LINE.finditer(output)]
    for (_, begin, known), (end, *_) in pairwise([*begins, (len(output), 0, None)]):
        yield SheetTable(known["sheet"], hidden=known["hidden"], lines=output[begin:end])
