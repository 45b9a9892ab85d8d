"""The columns of a list, known by their usual spellings; all others are ignored. Here, too, are those of an export."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Generic, TypeVar


class Column(StrEnum):
    """What a column holds; the value is its plainest header."""

    NIK = "NIK"
    NAME = "NAMA"
    VILLAGE_CODE = "KODE DESA"
    VILLAGE = "DESA/KELURAHAN"
    DISTRICT = "KECAMATAN"
    STATUS = "STATUS"
    RECORDED_ON = "TGL REKAM"
    APPLIED_ON = "TGL PENGAJUAN"
    BORN_ON = "TGL LAHIR"
    MARRIED = "STATUS KAWIN"
    PHONE = "NO HP"
    CONSENT = "SETUJU DIHUBUNGI"
    RECEIPT = "RESI"
    NOTE = "KETERANGAN"


#: Spellings without spaces, dots, slashes and case; NO and NOMOR in front are folded away too.
_SPELLINGS: Mapping[Column, str] = {
    Column.NIK: "NIK NIKKTP NIKPEMOHON NIKPENDUDUK INDUKKEPENDUDUKAN NOKTP NOMORKTP",
    Column.NAME: "NAMA NAMALENGKAP NAMALGKP NAMAPEMOHON NAMAPENDUDUK NAMAWARGA",
    Column.VILLAGE_CODE: "KODEDESA KODEKELURAHAN KODEDESAKELURAHAN KODEKELURAHANDESA KODEDESAKEL KODEKEL KODEWILAYAH",
    Column.VILLAGE: "DESA KELURAHAN DESAKELURAHAN KELURAHANDESA DESAKEL KELDESA KEL NAMADESA NAMAKELURAHAN NAMAKEL",
    Column.DISTRICT: "KECAMATAN KEC NAMAKECAMATAN NAMAKEC",
    Column.STATUS: "STATUS STATUSKTP STATUSKTPEL STATUSEKTP STATUSREKAM STATUSPEREKAMAN STATUSSIAK",
    Column.RECORDED_ON: "TGLREKAM TANGGALREKAM TGLPEREKAMAN TANGGALPEREKAMAN",
    Column.APPLIED_ON: "TGLPENGAJUAN TANGGALPENGAJUAN TGLPERMOHONAN TANGGALPERMOHONAN",
    Column.BORN_ON: "TGLLAHIR TANGGALLAHIR TGLLHR",
    Column.MARRIED: "STATUSKAWIN STATUSPERKAWINAN KAWIN",
    Column.PHONE: "HP HPWA WA WHATSAPP HANDPHONE TELEPON TELP TELPHP TELEPONHP",
    Column.CONSENT: "SETUJUDIHUBUNGI SETUJU PERSETUJUAN BERSEDIADIHUBUNGI",
    Column.RECEIPT: "RESI KODERESI BUKTIREKAM BUKTIPEREKAMAN BUKTI",
    Column.NOTE: "KETERANGAN KET CATATAN",
}

C = TypeVar("C", bound=StrEnum)


class Vocabulary(Generic[C]):
    """The columns of one kind of list, by their usual spellings, and those without which no row can be taken."""

    def __init__(self, spellings: Mapping[C, str], needed: Sequence[Sequence[tuple[C, ...]]]) -> None:
        """needed: of each, one of some ways to say it, each by one or more columns; the first is the one to name."""
        self._known = {spelling: column for column, some in spellings.items() for spelling in some.split()}
        self._needed = needed

    def columns_of(self, cells: Sequence[str]) -> dict[C, int]:
        """Where each known column stands if these cells are a header row; of two with the same meaning, the first."""
        found: dict[C, int] = {}
        for place, cell in enumerate(cells):
            letters = "".join(filter(str.isalnum, cell)).upper()
            column = self._known.get(letters) or self._known.get(letters.removeprefix("NOMOR").removeprefix("NO"))
            if column is not None:
                found.setdefault(column, place)
        return found

    def missing_columns(self, found: Mapping[C, int]) -> list[C]:
        """The columns to add, so that every row can be read."""
        missing: list[C] = []
        for ways in self._needed:
            if not any(all(column in found for column in way) for way in ways):
                missing += [column for column in ways[0] if column not in found]
        return missing


#: An export: a NIK, a name, a status, and a village by code or name.
CARDS = Vocabulary(
    _SPELLINGS,
    needed=(
        [(Column.NIK,)],
        [(Column.NAME,)],
        [(Column.STATUS,)],
        [(Column.VILLAGE,), (Column.VILLAGE_CODE,)],
    ),
)
columns_of = CARDS.columns_of
