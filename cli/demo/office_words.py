"""What a clerk reads on the phones page for the words of the code."""

from core.rules.card import Stage
from core.rules.delivery import Channel
from core.rules.suspension import Cause, Service

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
