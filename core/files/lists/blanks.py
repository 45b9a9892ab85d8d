"""Movements of blank cards: received, spoiled, used, corrected."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.files.columns import Vocabulary
from core.files.lists.cells import Cells


class Column(StrEnum):
    """What a column holds; the value is its plainest header."""

    ON = "TANGGAL"
    KIND = "JENIS"
    QUANTITY = "JUMLAH"


class Moved(StrEnum):
    """What happened to blanks, as the list says it."""

    RECEIVED = "TERIMA"
    SPOILED = "RUSAK"
    USED = "CETAK"
    ADJUSTED = "KOREKSI"


@dataclass(frozen=True, slots=True)
class ListedBlanks:
    """quantity: signed for a correction only."""

    on: date
    kind: Moved
    quantity: int


VOCABULARY = Vocabulary(
    {
        Column.ON: "TANGGAL TGL HARI",
        Column.KIND: "JENIS JENISMUTASI MUTASI URAIAN",
        Column.QUANTITY: "JUMLAH JML BANYAK KEPING JUMLAHKEPING JUMLAHBLANGKO",
    },
    needed=([(Column.ON,)], [(Column.KIND,)], [(Column.QUANTITY,)]),
)

_KINDS = {
    "TERIMA": Moved.RECEIVED,
    "RUSAK": Moved.SPOILED,
    "CETAK": Moved.USED,
    "KOREKSI": Moved.ADJUSTED,
    "DITERIMA": Moved.RECEIVED,
    "PENERIMAAN": Moved.RECEIVED,
    "MASUK": Moved.RECEIVED,
    "DICETAK": Moved.USED,
    "PAKAI": Moved.USED,
}


def read_blanks(cells: Cells[Column]) -> ListedBlanks:
    """One row."""
    on = cells.day(Column.ON)
    if on is None:
        raise cells.wrong(Column.ON, "the day is empty", "write it like 05/01/2017")
    kind, quantity = cells.word(Column.KIND, _KINDS), cells.whole(Column.QUANTITY, "quantity")
    if quantity == 0 or (quantity < 0 and kind is not Moved.ADJUSTED):
        raise cells.wrong(
            Column.QUANTITY, "only a KOREKSI may take away, and none may be 0", "write a number from 1 on"
        )
    return ListedBlanks(on, kind, quantity)
