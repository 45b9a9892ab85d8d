"""The commands of residents, in the order of the menu in Telegram; each has a text `command-…`."""

COMMANDS = (
    "cek",
    "kartu",
    "riwayat",
    "bawa",
    "jam",
    "stok",
    "kabari",
    "berhenti",
    "data",
    "hapus",
    "bahasa",
    "bantuan",
)
