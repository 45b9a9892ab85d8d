"""How a file is laid out, told by its content and never by its name."""

import codecs
import io
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from core.errors import InputError
from core.files.columns import Column, columns_of, missing_columns
from core.files.records import BrokenRecord, records

_DELIMITERS = ",;\t"
_SAMPLE_BYTES = 65_536
_CHUNK_BYTES = 1_048_576
_MOST_TITLE_ROWS = 50

_HTML = re.compile(rb"\s*<(?:!doctype|html|table|head|body|meta|\?xml)", re.IGNORECASE)
_SAVE_AS_CSV = 'open it in a spreadsheet and save it as "CSV UTF-8"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """titles: the rows above the header. header: its cells as in the file. columns: where the known ones stand."""

    encoding: str
    delimiter: str
    titles: tuple[tuple[str, ...], ...]
    header: tuple[str, ...]
    columns: dict[Column, int]


def shape_of(path: Path) -> Shape:
    """Look into the file; InputError, with what to do, if it is no CSV or lacks a column that every row needs."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE_BYTES)
    _refuse_other_formats(path.name, sample)
    encoding = _encoding_of(path)
    text = sample.decode(encoding, errors="replace")
    shapes = [_shape(text, delimiter=delimiter, encoding=encoding) for delimiter in _DELIMITERS]
    best = max(shapes, key=lambda shape: len(shape.columns))
    if missing := missing_columns(best.columns):
        known = "no header row was found" if len(best.columns) < 2 else "the header row was found, but not every column"
        raise InputError(f"{path.name}: {known}; add a column headed {' and one headed '.join(missing)}")
    return best


def _refuse_other_formats(name: str, sample: bytes) -> None:
    if not sample.removeprefix(codecs.BOM_UTF8).strip():
        raise InputError(f"{name} is empty; export it again")
    if sample.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InputError(f"{name} is a spreadsheet's own file (XLSX, XLS or ODS), not CSV; {_SAVE_AS_CSV}")
    if _HTML.match(sample.removeprefix(codecs.BOM_UTF8)):
        raise InputError(f"{name} is a web page (HTML or XML), not CSV, whatever its name; {_SAVE_AS_CSV}")
    if b"\0" in sample:
        raise InputError(f"{name} is not text in UTF-8 or Windows-1252; {_SAVE_AS_CSV}")


def _encoding_of(path: Path) -> str:
    """UTF-8 if the whole file is, else Windows-1252: one accented name may stand in the last row of a million."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK_BYTES):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "windows-1252"
    return "utf-8-sig"


def _shape(text: str, *, delimiter: str, encoding: str) -> Shape:
    """The shape with this delimiter; the header is the row, among the first ones, with the most known columns."""
    first = islice(records(io.StringIO(text, newline=""), delimiter=delimiter), _MOST_TITLE_ROWS)
    rows = [record.cells if isinstance(record, BrokenRecord) else record for record in first]
    columns = [columns_of(cells) for cells in rows]
    at = max(range(len(rows)), key=lambda number: len(columns[number]))
    return Shape(
        encoding=encoding,
        delimiter=delimiter,
        titles=tuple(tuple(cells) for cells in rows[:at]),
        header=tuple(rows[at]),
        columns=columns[at],
    )
