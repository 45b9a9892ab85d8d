"""Cards that arrived at their pickup place."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.files.columns import Vocabulary
from core.files.lists.cells import Cells
from core.files.lists.which import Which, number_of, place_of, receipt_of


class Column(StrEnum):
    """What a column holds; the value is its plainest header."""

    NIK = "NIK"
    RECEIPT = "RESI"
    BOX = "KOTAK"
    NUMBER = "NOMOR AMBIL"
    PLACE = "KODE TEMPAT"
    ON = "TGL TIBA"


@dataclass(frozen=True, slots=True, repr=False)
class Arrival:
    """place: None for where its district hands cards over. on: None for today."""

    which: Which
    place: str | None
    on: date | None


VOCABULARY = Vocabulary(
    {
        Column.NIK: "NIK NIKKTP NIKPEMOHON NOKTP NOMORKTP",
        Column.RECEIPT: "RESI NORESI NOMORRESI KODERESI BUKTIREKAM BUKTIPEREKAMAN",
        Column.BOX: "KOTAK NOKOTAK NOMORKOTAK KIRIMAN NOKIRIMAN NOMORKIRIMAN BOKS",
        Column.NUMBER: "AMBIL NOAMBIL NOMORAMBIL NOPENGAMBILAN NOMORPENGAMBILAN PENGAMBILAN",
        Column.PLACE: "KODETEMPAT KODEDESA KODEKELURAHAN KODEDESAKELURAHAN KODEKECAMATAN TEMPAT",
        Column.ON: "TGLTIBA TANGGALTIBA TIBA TGLTERIMA TANGGALTERIMA TGLDITERIMA TANGGAL TGL",
    },
    needed=([(Column.NIK,), (Column.RECEIPT,), (Column.BOX, Column.NUMBER)],),
)


def read_arrival(cells: Cells[Column]) -> Arrival:
    """One row."""
    return Arrival(_which(cells), place_of(cells, Column.PLACE), cells.day(Column.ON))


def _which(cells: Cells[Column]) -> Which:
    if cells.text(Column.NIK):
        return Which(nik=cells.nik(Column.NIK))
    if cells.text(Column.RECEIPT):
        return Which(receipt=receipt_of(cells, Column.RECEIPT))
    if cells.text(Column.BOX):
        return Which(box=cells.whole(Column.BOX, "box"), number=number_of(cells, Column.NUMBER))
    raise cells.wrong(Column.NIK, "nothing says which card", "write a NIK, a receipt, or box and pickup number")
