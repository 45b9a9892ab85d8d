"""Samples of what operators are told."""

from core.wording.samples.kinds import Sample, a_date, other_text
from core.wording.samples.offices import PLACES

_COUNT = Sample("how many", 12, 999_999)
_WHEN = other_text("when", "operators-moment")
_NUMBERS = Sample("numbers of suspensions", "1", "101, 102, 103, 104, 105, 106, 107, 108, 109, 110")
_LINES = ("waiting", "unreachable", "in-doubt", "set-aside", "desk", "halted", "overdue")

SAMPLES: dict[str, Sample] = {
    "operators-week.impor": other_text("the last import", "operators-import", "operators-import-never"),
    "operators-week.cadangan": other_text("the last backup", "operators-backup", "operators-backup-never"),
    "operators-week.ruang": other_text("the room on the disk", "operators-disk"),
    "operators-week.sms": other_text("how many SMS left", "operators-sms"),
    "operators-week.perlu": other_text("what wants a look", *(f"operators-{line}" for line in _LINES)),
    "operators-import.kapan": _WHEN,
    "operators-backup.kapan": _WHEN,
    "operators-import.data": a_date(),
    "baris": _COUNT,
    "pindah": _COUNT,
    "mb": Sample("megabytes", 48_200, 9_999_999),
    "batas": Sample("SMS that seven days' caps allow", 3_500, 700_000),
    **{f"operators-{name}.n": _COUNT for name in (*_LINES, "sms") if name != "halted"},
    "kode": Sample("the provider's code", "20003", "unknown-refusal"),
    "petunjuk": Sample(
        "what to mend, in English",
        "Twilio does not accept the sender: check KABAR_SMS_SENDER.",
        "Telegram does not know this bot: check KABAR_TELEGRAM_TOKEN with @BotFather, and KABAR_TELEGRAM_API.",
    ),
    "operators-stopped-sms.saluran": Sample("the channel", "telegram", "telegram"),
    "saluran": Sample("channels", "sms", "telegram, sms"),
    "operators-overdue.nomor": _NUMBERS,
    "operators-promised.nomor": Sample("the suspension's number", "3", "999"),
    "kotak": Sample("the box's number", "12", "99999"),
    "box-list-place.tempat": other_text("the pickup place", *PLACES),
    "tanggal": a_date(),
    "jumlah": Sample("how many cards", "148", "999"),
    "operators-moment.pukul": Sample("a time of day", "08.05", "20.05"),
}
