"""Samples of what a notice about a card or a letter is made of; what gives way in an SMS is in core.wording.notices."""

from core.wording.dates import day_date, weekday_date
from core.wording.samples.kinds import (
    LONGEST_LONG_DAY,
    LONGEST_SHORT_DAY,
    TYPICAL_DAY,
    Sample,
    a_date,
    other_text,
)
from core.wording.samples.offices import PLACES

_NUMBER = Sample("a pickup number", "347", "999")
_TAILS = Sample("the ends of up to six receipts", "R81", "WWW, MMM, QQQ, R81, K07, 999")
_RECEIPT_LINE = other_text("the line with the receipt; may be empty", "receipts-only")
_RECEIPT_ASIDE = other_text("the receipt in brackets; may be empty", "receipt-aside-sms")
_NUMBERS = "100, 302, 504, 706, 908, 999"

_READY_NUMBER = other_text(
    "pickup numbers, or receipts; may be empty", "number-and-receipt-sms", "numbers-only-sms", "receipts-only-sms"
)
_CALLED = Sample(
    "the day she is called for", lambda w: day_date(w, TYPICAL_DAY), lambda w: day_date(w, LONGEST_SHORT_DAY)
)

SAMPLES: dict[str, Sample] = {
    "kartu": other_text("KTP-el, or how many", "cards-one", "cards-many"),
    "n": Sample("how many, from two", "2", "12"),
    "resi": Sample("the last three characters of a receipt's code", "R81", "WWW"),
    "receipts-only.resi": _TAILS,
    "receipts-only-sms.resi": _TAILS,
    "number-and-receipt.nomor": _NUMBER,
    "number-and-receipt-sms.nomor": _NUMBER,
    "number-with-receipt.nomor": _NUMBER,
    "numbers-only.nomor": Sample("up to six pickup numbers", "347, 348", _NUMBERS),
    "numbers-only-sms.nomor": Sample("up to six pickup numbers, or ranges", "347-348", _NUMBERS),
    "daftar": Sample("the first six of a list", "347, 348", _NUMBERS),
    "berlaku": other_text("until when the letter is valid; may be empty", "letter-valid-until"),
    "letter-valid-until.berlaku": a_date(),
    "p": other_text("the pickup place: in full, and shorter where the SMS would be too long", *PLACES),
    "notice-printed.resi": _RECEIPT_LINE,
    "notice-printed-sms.resi": _RECEIPT_ASIDE,
    "notice-ready-sms.nomor": _READY_NUMBER,
    "notice-ready-day-sms.nomor": _READY_NUMBER,
    "panggil": other_text("the day she is called for; empty where any day will do", "pickup-day"),
    "notice-ready-day-sms.kapan": _CALLED,
    "pickup-day.kapan": _CALLED,
    "tunggu": other_text("for how long it is ready", "waiting-days"),
    "waiting-days.lama": Sample("days", "14", "3650"),
    "notice-reminder-sms.resi": _RECEIPT_ASIDE,
    "notice-ready-withdrawn.resi": _RECEIPT_LINE,
    "notice-ready-withdrawn-sms.resi": _RECEIPT_ASIDE,
    "notice-pickup-moved.hari_baru": other_text("the new day, or that there is none yet", "new-day", "new-day-unknown"),
    "notice-pickup-moved-sms.hari_baru": other_text("the new day", "new-day-sms", "new-day-unknown-sms"),
    "new-day.hari": Sample(
        "a day in words", lambda w: weekday_date(w, TYPICAL_DAY), lambda w: weekday_date(w, LONGEST_LONG_DAY)
    ),
    "new-day-sms.hari": Sample(
        "a day, at most 12 characters", lambda w: day_date(w, TYPICAL_DAY), lambda w: day_date(w, LONGEST_SHORT_DAY)
    ),
    "notice-pickup-moved-sms.nomor": other_text(
        "pickup numbers, or receipts; may be empty", "number-and-receipt-sms", "numbers-only-sms", "receipts-only-sms"
    ),
    "notice-letter-ready.resi": _RECEIPT_LINE,
    "notice-letter-ready.surat": other_text("the kind of letter, or how many", "letter-SUKET", "letters-many"),
    "notice-letter-ready-sms.resi": _RECEIPT_ASIDE,
    "notice-letter-ready-sms.surat": other_text("a letter, or how many", "letters-one-sms", "letters-many"),
    "notice-letter-expiring.resi": _RECEIPT_LINE,
    "notice-letter-expiring.berlaku": a_date("the letter's last day"),
    "notice-letter-expiring.surat": other_text("the kind of letter", "letter-SUKET"),
    "notice-letter-expiring-sms.resi": _RECEIPT_ASIDE,
    "notice-letter-expiring-sms.surat": other_text("a letter", "letters-one-sms"),
    "notice-needs-officer.resi": _RECEIPT_LINE,
    "notice-needs-officer-sms.resi": _RECEIPT_ASIDE,
    "notice-registered.resi": _RECEIPT_LINE,
}
