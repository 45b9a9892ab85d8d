"""What the columns of the office's other lists mean, in Indonesian, for whoever fills one."""

from collections.abc import Mapping

from core.files.lists import arrivals, blanks, handovers, letters
from core.files.template import Template
from core.rules.nik import LENGTH

_NIK = "16 angka, seperti di KK. "
_RECEIPT = "Kode pada resi. Cukup salah satu: NIK, resi, atau nomor ambil. "

LIST_TEMPLATES: Mapping[str, Template] = {
    "arrivals": Template(
        notes={
            arrivals.Column.NIK: _NIK + "Cukup salah satu: NIK, resi, atau kotak dan nomor ambil.",
            arrivals.Column.RECEIPT: _RECEIPT,
            arrivals.Column.BOX: "Nomor kotak, seperti pada daftar di dalamnya; bersama nomor ambil.",
            arrivals.Column.NUMBER: "Nomor ambil, 1 sampai 999.",
            arrivals.Column.PLACE: "Kode desa, kecamatan, atau kabupaten. Kosong: tempat ambil kecamatan itu.",
            arrivals.Column.ON: "Tanggal tiba, hari di depan: 05/01/2017. Kosong: hari ini.",
        },
        words={},
        lengths={arrivals.Column.NIK: LENGTH},
        one_row="satu KTP-el yang tiba",
        command="import --kind arrivals",
    ),
    "handovers": Template(
        notes={
            handovers.Column.NIK: _NIK + "Cukup salah satu: NIK, resi, atau kode tempat dan nomor ambil.",
            handovers.Column.RECEIPT: _RECEIPT,
            handovers.Column.PLACE: "Kode tempat ambil, misalnya 35.22.15.2003; bersama nomor ambil.",
            handovers.Column.NUMBER: "Nomor ambil, 1 sampai 999.",
            handovers.Column.BY: "Wajib. SENDIRI, KELUARGA dalam satu KK, DIANTAR ke rumah, atau TITIP RT.",
            handovers.Column.ON: "Tanggal diambil: 05/01/2017. Wajib dengan nomor ambil; selain itu boleh kosong.",
        },
        words={handovers.Column.BY: tuple(handovers.TakenBy)},
        lengths={handovers.Column.NIK: LENGTH},
        one_row="satu KTP-el yang diserahkan",
        command="import --kind handovers",
    ),
    "letters": Template(
        notes={
            letters.Column.NIK: "Wajib. " + _NIK,
            letters.Column.KIND: "SUKET atau BIODATA WNI. Kosong: SUKET.",
            letters.Column.NUMBER: "Wajib. Nomor surat, misalnya 471.13/123/2017.",
            letters.Column.ISSUED_ON: "Wajib. Tanggal terbit, hari di depan: 05/01/2017.",
            letters.Column.VALID_UNTIL: "Hari terakhir berlaku: 05/07/2017. Kosong: selama masa berlaku yang biasa.",
            letters.Column.STATE: "Wajib. TERBIT, SIAP (di loket; warga dikabari), atau DIAMBIL.",
        },
        words={
            letters.Column.KIND: ("SUKET", "BIODATA WNI"),
            letters.Column.STATE: tuple(letters.LetterIs),
        },
        lengths={letters.Column.NIK: LENGTH},
        one_row="satu surat",
        command="import --kind letters",
    ),
    "blanks": Template(
        notes={
            blanks.Column.ON: "Wajib. Tanggal, hari di depan: 05/01/2017.",
            blanks.Column.KIND: "Wajib. TERIMA, RUSAK, CETAK (di luar program ini), atau KOREKSI.",
            blanks.Column.QUANTITY: "Wajib. Jumlah keping, misalnya 450; hanya KOREKSI boleh berkurang: -20.",
        },
        words={blanks.Column.KIND: tuple(blanks.Moved)},
        lengths={},
        one_row="satu penerimaan atau pemakaian blangko",
        command="import --kind blanks",
    ),
}
