"""The columns of an export, known by their usual spellings; all others are ignored."""

from collections.abc import Mapping, Sequence
from enum import StrEnum


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
_KNOWN = {spelling: column for column, spellings in _SPELLINGS.items() for spelling in spellings.split()}

_REQUIRED = (Column.NIK, Column.NAME, Column.STATUS)


def columns_of(cells: Sequence[str]) -> dict[Column, int]:
    """Where each known column stands if these cells are a header row; of two with the same meaning, the first."""
    found: dict[Column, int] = {}
    for place, cell in enumerate(cells):
        letters = "".join(filter(str.isalnum, cell)).upper()
        column = _KNOWN.get(letters) or _KNOWN.get(letters.removeprefix("NOMOR").removeprefix("NO"))
        if column is not None:
            found.setdefault(column, place)
    return found


def missing_columns(found: Mapping[Column, int]) -> list[Column]:
    """The columns without which no row can be taken: a NIK, a name, a status, and a village by code or name."""
    missing = [column for column in _REQUIRED if column not in found]
    if Column.VILLAGE_CODE not in found and Column.VILLAGE not in found:
        missing.append(Column.VILLAGE)
    return missing
