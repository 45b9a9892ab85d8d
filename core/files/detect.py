"""What kind of file it is, told by its content and never by its name, and where in it the list stands."""

import codecs
import re
from collections.abc import Iterable
from pathlib import Path

from core.errors import InputError
from core.files.columns import C, Vocabulary
from core.files.csv_table import CsvTable, encoding_of
from core.files.header import Header, header_in, require_columns
from core.files.html_table import HtmlTable
from core.files.sheets import sheet_with_list
from core.files.table import Table
from core.files.workbook import OLE_START, ZIP_START, sheets_of

_DELIMITERS = ",;\t"
_SAMPLE_BYTES = 65_536

_MARKUP = re.compile(rb"\s*<[!?a-z]", re.IGNORECASE)
_XML_SPREADSHEET = re.compile(rb"<(?:\w+:)?Workbook[\s>]")
_SAVE_AGAIN = "open it in a spreadsheet and save it as XLSX"


def table_in(path: Path, known: Vocabulary[C], *, sheet: str | None) -> tuple[Table, Header[C]]:
    """The list in the file; InputError, with what to do, if there is none that every row can be read from.

    known: its columns. sheet: the name of the sheet to take, or its number from 1.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):  # opening a pipe would wait for ever
        raise InputError(f"{path.name} is a pipe or a device, and a list is read twice; save it to a file first")
    with path.open("rb") as file:
        sample = file.read(_SAMPLE_BYTES).removeprefix(codecs.BOM_UTF8)
    if sample.startswith((ZIP_START, OLE_START)):
        return sheet_with_list(path.name, sheets_of(path), known, wanted=sheet)
    _refuse_other_formats(path.name, sample)
    if sheet is not None:
        raise InputError(f"{path.name} has no sheets to choose from; leave --sheet out")
    encoding = encoding_of(path)
    if _MARKUP.match(sample):
        return _best(path.name, [HtmlTable(path, known, encoding=encoding)], known)
    return _best(
        path.name, [CsvTable(path, encoding=encoding, delimiter=delimiter) for delimiter in _DELIMITERS], known
    )


def _refuse_other_formats(name: str, sample: bytes) -> None:
    if not sample.strip():
        raise InputError(f"{name} is empty; export it again")
    if _MARKUP.match(sample) and _XML_SPREADSHEET.search(sample):
        raise InputError(f"{name} is an XML spreadsheet of Excel 2003, whatever its name; {_SAVE_AGAIN}")
    if sample.lstrip().startswith(b"MIME-Version:"):
        raise InputError(f"{name} is a web archive (MHTML), whatever its name; {_SAVE_AGAIN}")
    if b"\0" in sample:
        raise InputError(f"{name} is no spreadsheet, and not text in UTF-8 or Windows-1252; {_SAVE_AGAIN}")


def _best(name: str, tables: Iterable[Table], known: Vocabulary[C]) -> tuple[Table, Header[C]]:
    """The table of which the most columns are known."""
    table, header = max(((table, header_in(table, known)) for table in tables), key=lambda pair: len(pair[1].columns))
    require_columns(name, header, known)
    return table, header
