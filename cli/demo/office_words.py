"""What a clerk reads on the phones page for the words of the code."""

from core.errors import InputError, KabarError, NotFound, Overtaken, Refused
from core.rules.card import Stage, StepRefused
from core.rules.delivery import Channel
from core.rules.nik import NikError
from core.rules.suspension import Cause, Service
from core.store.words import DeskKind

STAGES = {
    Stage.RECORDED: "sudah direkam",
    Stage.AT_CENTRE: "diperiksa di pusat",
    Stage.PRINT_READY: "siap dicetak",
    Stage.PRINTED: "sudah dicetak",
    Stage.SHIPPED: "dalam pengiriman",
    Stage.READY_FOR_PICKUP: "siap diambil",
    Stage.HANDED_OVER: "sudah diserahkan",
    Stage.NEEDS_OFFICER: "perlu petugas",
    Stage.CLOSED: "ditutup (pindah, meninggal)",
}
SERVICES = {
    Service.PRINTING: "pencetakan",
    Service.LETTERS: "surat pengganti",
    Service.CENTRE: "server pusat",
    Service.RECORDING: "perekaman",
    Service.PICKUP: "pengambilan",
}
CAUSES = {
    Cause.SERVER: "gangguan server",
    Cause.POWER: "gangguan listrik",
    Cause.NETWORK: "jaringan putus",
    Cause.BLANKS: "blangko habis",
    Cause.CENTRE: "server pusat",
}
LETTER_STEPS = {"ready": "siap diambil", "asked": "diminta warga"}
TELL = {"yes": "ya, kabari", "no": "tidak"}
CHANNELS = {Channel.TELEGRAM: "Telegram", Channel.SMS: "SMS", None: "tidak terjangkau, perlu dikunjungi"}
DESK = {
    DeskKind.NOT_MINE: "Bukan Saya: periksa alamatnya",
    DeskKind.OTHER_DAY: "Hari Lain: kartu tetap disimpan",
    DeskKind.MANY_CARDS: "Lebih banyak KTP-el daripada satu keluarga",
    DeskKind.MISSING_CARD: "Tidak ada di kotak yang tiba: cari kartunya",
    DeskKind.UNCLAIMED: "Kata keluarganya pindah, berpulang, atau sudah diambil",
}
#: Said before the English of the command line.
REFUSALS: dict[type[Exception], str] = {
    NikError: "NIK tidak terbaca: harus 16 angka, seperti pada KK.",
    InputError: "Isian tidak terbaca.",
    NotFound: "Tidak ada di kantor ini.",
    StepRefused: "Kartu tidak dapat dipindahkan ke tahap itu.",
    Refused: "Tidak dapat dilakukan.",
    Overtaken: "Keadaannya baru saja berubah; coba lagi.",
    KabarError: "Tidak dapat dilakukan.",
}
