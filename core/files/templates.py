"""Empty files for an office to fill, one for each kind of list that can be imported.

1. Every column is text, so that no spreadsheet takes a digit from a NIK, a zero from a phone, or turns a date round.
2. What the columns mean stands on a second sheet, in Indonesian like the headers, for whoever fills the first.
"""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from core.files.columns import Column
from core.files.lists.templates import LIST_TEMPLATES
from core.files.template import NOTES_SHEET, Template
from core.files.whole import written_whole
from core.rules.nik import LENGTH
from core.rules.siak import SHORT_FORMS, Siak

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

#: The sheet to fill.
LIST_SHEET = "Data"

_ADVICE = (
    f"Isi lembar {LIST_SHEET} mulai baris 2, satu baris untuk {{one_row}}, lalu simpan sebagai XLSX.",
    "Semua kolom berformat teks; mohon tetap begitu, karena NIK yang menjadi bilangan kehilangan angka terakhirnya.",
    "Bila menyalin dari berkas lain, tempelkan nilainya saja (Paste Values).",
)
#: "Text" among the formats that every spreadsheet has.
_TEXT = 49
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_WIDTH = 20


#: By the kind of list, as it is asked for.
TEMPLATES: Mapping[str, Template] = {
    "import": Template(
        notes={
            Column.NIK: "Wajib. 16 angka, seperti di KK.",
            Column.NAME: "Wajib. Nama lengkap, seperti di KK.",
            Column.VILLAGE_CODE: "Wajib, kecuali bila desa dan kecamatan diisi. Misalnya 35.22.15.2003.",
            Column.VILLAGE: "Wajib bila kode desa kosong.",
            Column.DISTRICT: "Wajib bila kode desa kosong, karena nama desa dapat sama di kecamatan lain.",
            Column.STATUS: "Wajib. Status SIAK, panjang atau singkat; daftarnya di bawah.",
            Column.RECORDED_ON: "Tanggal perekaman, hari di depan: 05/01/2017. Menentukan urutan cetak.",
            Column.APPLIED_ON: "Tanggal pengajuan: 05/01/2017. Bila ada, inilah yang menentukan urutan cetak.",
            Column.BORN_ON: "Tanggal lahir: 16/06/1990. Boleh kosong.",
            Column.MARRIED: "KAWIN, BELUM KAWIN … Yang belum 17 tahun hanya dicetak bila KAWIN. Boleh kosong.",
            Column.PHONE: "Satu nomor HP, misalnya 0812-0000-0001. Boleh kosong.",
            Column.CONSENT: "YA bila warga setuju dikabari lewat nomor itu; selain itu kosongkan.",
            Column.RECEIPT: "Kode pada resi perekaman, yang diminta bot sebagai bukti. Boleh kosong.",
            Column.NOTE: "HILANG, RUSAK, UBAH DATA, PEMULA, LANSIA, atau catatan lain. Boleh kosong.",
        },
        words={Column.STATUS: (*Siak, *SHORT_FORMS), Column.CONSENT: ("YA",)},
        lengths={Column.NIK: LENGTH},
    ),
    **LIST_TEMPLATES,
}


def write_template(template: Template, path: Path, *, as_csv: bool) -> None:
    """Write the empty file; it replaces what has its name."""
    with written_whole(path) as file:
        file.write(_csv(template) if as_csv else workbook_of(template))


def _csv(template: Template) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerow(template.notes)
    return text.getvalue().encode("utf-8-sig")


def workbook_of(template: Template) -> bytes:
    """The empty list as an XLSX."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        table, notes = book.add_worksheet(LIST_SHEET), book.add_worksheet(NOTES_SHEET)
        offered = _explain(book, notes, template)
        _lay_out(book, table, template, offered)
    return content.getvalue()


def _explain(book: "Workbook", sheet: "Worksheet", template: Template) -> dict[str, str]:
    """Fill the second sheet; return where on it each column's words stand, as a spreadsheet refers to them."""
    bold = book.add_format({"bold": True})
    lines = [*((line.format(one_row=template.one_row),) for line in _ADVICE), (), *template.notes.items()]
    for row, line in enumerate(lines):
        sheet.write_row(row, 0, line)
    sheet.set_column(0, 0, _WIDTH)
    offered = {}
    row = len(lines) + 1
    for header, words in template.words.items():
        sheet.write(row, 0, header, bold)
        sheet.write_column(row + 1, 0, words)
        offered[header] = f"={NOTES_SHEET}!$A${row + 2}:$A${row + 1 + len(words)}"
        row += len(words) + 2
    return offered


def _lay_out(book: "Workbook", sheet: "Worksheet", template: Template, offered: Mapping[str, str]) -> None:
    """The header, and below it cells of text that offer words and mind lengths."""
    bold = book.add_format({"bold": True, "bottom": 1, "num_format": _TEXT})
    sheet.set_column(0, _LAST_COLUMN, _WIDTH, book.add_format({"num_format": _TEXT}))
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # its advice would be to make numbers of them
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, template.notes, bold)
    for place, header in enumerate(template.notes):
        if words := offered.get(header):
            # A warning only: SIAK has words that are in nobody's list.
            choice = {"validate": "list", "source": words, "error_type": "warning"}
            sheet.data_validation(1, place, _LAST_ROW, place, choice)
        if length := template.lengths.get(header):
            exact = {"validate": "length", "criteria": "==", "value": length, "error_message": template.notes[header]}
            sheet.data_validation(1, place, _LAST_ROW, place, exact)
