"""Lists as offices' programs save them: workbooks, web pages named .xls, CSV; and workbooks that nobody should meet."""

import csv
import html
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

SAMPLES = Path(__file__).parent / "samples"

HEADER = ("NIK", "NAMA", "KODE DESA", "STATUS", "TGL REKAM", "NO HP", "SETUJU DIHUBUNGI", "RESI")
SATU = ("3522990101800001", "BAIK SATU", "35.22.15.2003", "PRR", "05/01/2017", "081200000001", "YA", "BAD-1701-1")

Row = Sequence[Any]


def workbook(path: Path, *rows: Row, sheet: str = "Data", hidden: Iterable[str] = (), **others: Iterable[Row]) -> Path:
    """An XLSX whose sheets hold these rows; text is text, a number a number, a date a date. others: more sheets."""
    return book(path, {sheet: rows, **others}, hidden=hidden)


def book(path: Path, sheets: Mapping[str, Iterable[Row]], *, hidden: Iterable[str] = ()) -> Path:
    """The same, with the sheets in this order."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as made:
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if cell not in ("", None):
                        sheet.write(number, place, cell, *([day] if isinstance(cell, date | datetime) else []))
        next(sheet for sheet in made.worksheets() if sheet.get_name() not in hidden).activate()
    return path


def page(path: Path, *rows: Row, before: str = "", after: str = "") -> Path:
    """A web page with these rows in a table."""
    lines = ("".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) for row in rows)
    table = "\n".join(f"<tr>{line}</tr>" for line in lines)
    path.write_text(f"<html><body>{before}<table border=1>{table}</table>{after}</body></html>", encoding="utf-8")
    return path


def comma_separated(path: Path, *rows: Row) -> Path:
    """A CSV with these rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


def with_part(source: Path, target: Path, part: str, *pieces: bytes) -> Path:
    """A copy of a workbook in which one part of the archive is these pieces."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        with new.open(part, "w") as file:
            for piece in pieces:
                file.write(piece)
    return target


def part_of(path: Path, part: str) -> str:
    """One part of a workbook's archive."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(part).decode()
