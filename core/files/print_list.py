"""The printer's list of a plan as a workbook: in the order of printing, and as the cards are bundled for the villages.

It names people, so it is its owner's alone (0600), and a file that is there is never replaced.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import Refused
from core.files.whole import written_whole
from core.rules.print_queue import Line

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

#: In Indonesian like every list of the office; the printer's sheets have the same words as its own system.
HEADERS = ("No", "NIK", "Nama", "Kecamatan", "Desa/Kelurahan", "Antrean", "Hasil")
LINE_WORDS: Mapping[Line | None, str] = {
    None: "cetak ulang",
    Line.RECORDED_BEFORE: "rekaman lama",
    Line.URGENT: "mendesak",
    Line.ELDERLY_FIRST: "pemula lansia",
    Line.FIRST: "pemula",
    Line.ORDINARY: "biasa",
    Line.REPLACEMENT: "penggantian",
}
ORDER_SHEET, BUNDLE_SHEET = "Urutan cetak", "Per desa"
_WIDTHS = (6, 20, 34, 22, 22, 16, 14)
_TEXT = 49


@dataclass(frozen=True, slots=True, repr=False)
class PrintRow:
    """One card of the list. It has no representation, so that it reaches no log. outcome: empty until it is printed."""

    place: int
    nik: str
    name: str
    district: str
    village: str
    line: Line | None
    outcome: str

    @property
    def cells(self) -> tuple[int | str, ...]:
        """As both papers show it."""
        return self.place, self.nik, self.name, self.district, self.village, LINE_WORDS[self.line], self.outcome


def bundled(rows: Sequence[PrintRow]) -> list[PrintRow]:
    """Return the rows as the cards are put together: by district and village, within one in the order of printing."""
    return sorted(rows, key=lambda row: (row.district, row.village, row.place))


def check_free(path: Path) -> None:
    """Raise Refused where a file is already."""
    if path.exists():
        raise Refused(f"{path.name} is there already and stays as it is; give another name, or remove it")


def write_print_list(rows: Sequence[PrintRow], path: Path, *, title: str) -> None:
    """Write the workbook, whole or not at all; Refused where a file is, SetupError where none can be."""
    check_free(path)
    content = _xlsx(rows, title)
    with written_whole(path) as file:
        file.write(content)


def _xlsx(rows: Sequence[PrintRow], title: str) -> bytes:
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        _sheet(book, ORDER_SHEET, rows, title)
        _sheet(book, BUNDLE_SHEET, bundled(rows), title)
    return content.getvalue()


def _sheet(book: "Workbook", name: str, rows: Sequence[PrintRow], title: str) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.set_footer("&C&P / &N")
    text = book.add_format({"num_format": _TEXT})
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, text)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.write_string(0, 0, title, book.add_format({"bold": True}))
    sheet.write_row(1, 0, HEADERS, book.add_format({"bold": True, "bottom": 1}))
    sheet.freeze_panes(2, 0)
    plain = book.add_format()
    for place, row in enumerate(rows, start=2):
        first, *others = row.cells
        sheet.write_number(place, 0, int(first), plain)
        for column, cell in enumerate(others, start=1):
            sheet.write_string(place, column, str(cell), text)
