"""Cards that were handed over."""

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
    PLACE = "KODE TEMPAT"
    NUMBER = "NOMOR AMBIL"
    BY = "DIAMBIL OLEH"
    ON = "TGL AMBIL"


class TakenBy(StrEnum):
    """Who took a card, or how it got to its holder, as the list says it."""

    SELF = "SENDIRI"
    FAMILY = "KELUARGA"
    BROUGHT_HOME = "DIANTAR"
    LEFT_WITH_RT = "TITIP RT"


@dataclass(frozen=True, slots=True, repr=False)
class Handover:
    """on: None for today; never None with a number."""

    which: Which
    by: TakenBy
    on: date | None


VOCABULARY = Vocabulary(
    {
        Column.NIK: "NIK NIKKTP NIKPEMOHON NOKTP NOMORKTP",
        Column.RECEIPT: "RESI NORESI NOMORRESI KODERESI BUKTIREKAM BUKTIPEREKAMAN",
        Column.PLACE: "KODETEMPAT KODEDESA KODEKELURAHAN KODEDESAKELURAHAN KODEKECAMATAN TEMPAT",
        Column.NUMBER: "AMBIL NOAMBIL NOMORAMBIL NOPENGAMBILAN NOMORPENGAMBILAN",
        Column.BY: "DIAMBILOLEH PENGAMBIL OLEH DIAMBIL YANGMENGAMBIL",
        Column.ON: "TGLAMBIL TANGGALAMBIL TGLDIAMBIL TANGGALDIAMBIL TGLSERAH TANGGALSERAH TGLPENYERAHAN TANGGAL TGL",
    },
    needed=([(Column.NIK,), (Column.RECEIPT,), (Column.PLACE, Column.NUMBER)], [(Column.BY,)]),
)

_BY = {
    "SENDIRI": TakenBy.SELF,
    "KELUARGA": TakenBy.FAMILY,
    "YBS": TakenBy.SELF,
    "YANGBERSANGKUTAN": TakenBy.SELF,
    "KK": TakenBy.FAMILY,
    "DIANTAR": TakenBy.BROUGHT_HOME,
    "DIANTARKERUMAH": TakenBy.BROUGHT_HOME,
    "TITIPRT": TakenBy.LEFT_WITH_RT,
    "RT": TakenBy.LEFT_WITH_RT,
}


def read_handover(cells: Cells[Column]) -> Handover:
    """One row."""
    return Handover(_which(cells), cells.word(Column.BY, _BY), cells.day(Column.ON))


def _which(cells: Cells[Column]) -> Which:
    if cells.text(Column.NIK):
        return Which(nik=cells.nik(Column.NIK))
    if cells.text(Column.RECEIPT):
        return Which(receipt=receipt_of(cells, Column.RECEIPT))
    if point := place_of(cells, Column.PLACE):
        on = cells.day(Column.ON)
        if on is None:
            raise cells.wrong(
                Column.ON, "numbers are given again, so a number needs its day", "write it like 05/01/2017"
            )
        return Which(point=point, number=number_of(cells, Column.NUMBER), on=on)
    raise cells.wrong(Column.NIK, "nothing says which card", "write a NIK, a receipt, or the place's code and number")
