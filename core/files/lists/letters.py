"""Letters that an office made out with a program of its own."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.files.columns import Vocabulary
from core.files.lists.cells import CellError, Cells
from core.rules.answer import LetterKind
from core.rules.letters import read_number
from core.rules.unreadable import Unreadable


class Column(StrEnum):
    """What a column holds; the value is its plainest header."""

    NIK = "NIK"
    KIND = "JENIS SURAT"
    NUMBER = "NOMOR SURAT"
    ISSUED_ON = "TGL TERBIT"
    VALID_UNTIL = "BERLAKU SAMPAI"
    STATE = "STATUS"


class LetterIs(StrEnum):
    """How far a letter is, as the list says it."""

    ISSUED = "TERBIT"
    READY = "SIAP"
    COLLECTED = "DIAMBIL"


@dataclass(frozen=True, slots=True, repr=False)
class ListedLetter:
    """valid_until: None for as long as the settings say."""

    nik: str
    kind: LetterKind
    number: str
    issued_on: date
    valid_until: date | None
    state: LetterIs


VOCABULARY = Vocabulary(
    {
        Column.NIK: "NIK NIKKTP NIKPEMOHON NIKPENDUDUK NOKTP NOMORKTP",
        Column.KIND: "JENIS JENISSURAT SURAT MACAM",
        Column.NUMBER: "NOMORSURAT NOSURAT NOMOR NOMORSUKET NOSUKET NOREGISTER NOMORREGISTER",
        Column.ISSUED_ON: "TGLTERBIT TANGGALTERBIT TGLSURAT TANGGALSURAT TGLDITERBITKAN TANGGAL TGL",
        Column.VALID_UNTIL: "BERLAKUSAMPAI BERLAKUSD BERLAKUHINGGA MASABERLAKU",
        Column.STATE: "STATUS STATUSSURAT KEADAAN",
    },
    needed=([(Column.NIK,)], [(Column.NUMBER,)], [(Column.ISSUED_ON,)], [(Column.STATE,)]),
)

_KINDS = {
    "SUKET": LetterKind.SUKET,
    "BIODATAWNI": LetterKind.BIODATA_WNI,
    "BIODATA": LetterKind.BIODATA_WNI,
    "SURATKETERANGAN": LetterKind.SUKET,
}
_STATES = {
    "TERBIT": LetterIs.ISSUED,
    "SIAP": LetterIs.READY,
    "DIAMBIL": LetterIs.COLLECTED,
    "DITERBITKAN": LetterIs.ISSUED,
    "SIAPDIAMBIL": LetterIs.READY,
    "SUDAHDIAMBIL": LetterIs.COLLECTED,
}


def read_letter(cells: Cells[Column]) -> ListedLetter:
    """One row."""
    nik = cells.nik(Column.NIK)
    kind = cells.word(Column.KIND, _KINDS) if cells.text(Column.KIND) else LetterKind.SUKET
    try:
        number = read_number(cells.needed(Column.NUMBER, "number"))
    except Unreadable as error:
        raise CellError(Column.NUMBER, error) from None
    issued_on, valid_until = cells.day(Column.ISSUED_ON), cells.day(Column.VALID_UNTIL)
    if issued_on is None:
        raise cells.wrong(Column.ISSUED_ON, "the day of issue is empty", "write it like 05/01/2017")
    if valid_until is not None and valid_until < issued_on:
        raise cells.wrong(Column.VALID_UNTIL, "it would end before it was issued", "check both days")
    return ListedLetter(nik, kind, number, issued_on, valid_until, cells.word(Column.STATE, _STATES))
