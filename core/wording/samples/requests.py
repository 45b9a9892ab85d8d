"""Samples of what residents can ask for besides: hours, what to bring, the history, the data held, and of a slip."""

from core.wording.dates import day_date
from core.wording.samples.answers import STAGES
from core.wording.samples.kinds import LONGEST_SHORT_DAY, TYPICAL_DAY, Sample, a_date, other_text, texts
from core.wording.samples.offices import PLACES

_A_DAY = Sample(
    "a day, at most 12 characters", lambda w: day_date(w, TYPICAL_DAY), lambda w: day_date(w, LONGEST_SHORT_DAY)
)
_HOLIDAY = Sample("why it is closed, as in the calendar", "Hari Raya Waisak", "Kenaikan Yesus Kristus dan rapat kerja")
_LETTER = other_text("the kind of letter", "letter-SUKET-short", "letter-BIODATA_WNI-short")
_WHICH_CARD = other_text("the receipt, or KTP-el where none is known", "receipts-only", "cards-one")
_ITEMS = ("held-items", "held-born", "held-receipt")
_NOTICES = ("printed", "ready", "ready-withdrawn", "letter-ready", "letter-expiring", "needs-officer", "registered")

SAMPLES: dict[str, Sample] = {
    # Opening hours
    "hari": _A_DAY,
    "lagi": _A_DAY,
    "sekarang": other_text("whether it is open now; may be empty", "open-now", "opens-later"),
    "office-hours.alamat": other_text("the line with the address; may be empty", "office-address"),
    "closed-on.nama": other_text("why it is closed", "collective-leave"),
    "closing-soon.nama": other_text("why it is closed", "collective-leave"),
    "collective-leave.nama": _HOLIDAY,
    # What to bring
    "bring-for.resi": _WHICH_CARD,
    "bring-for.apa": other_text("what to bring", "bring-READY_FOR_PICKUP", "bring-letter", "bring-NEEDS_OFFICER"),
    "bring-READY_FOR_PICKUP.tempat": other_text("the pickup place", *PLACES),
    "bring-letter.surat": _LETTER,
    # The history
    "tanggal": a_date(),
    "story-heading.resi": other_text("the line with the receipt; may be empty", "receipts-only"),
    "story-line.apa": other_text("what happened", *STAGES, "story-stopped"),
    "story-earlier.n": Sample("how many", "12", "120"),
    "story-card-number.nomor": Sample("which of several", "2", "8"),
    "story-letter-asked.surat": _LETTER,
    "story-letter-ready.surat": _LETTER,
    "story-letter-issued.surat": _LETTER,
    "story-letter-collected.surat": _LETTER,
    "story-letter-extended.surat": _LETTER,
    "story-letter-extended.berlaku": a_date("the letter's last day"),
    "story-letter-voided.surat": _LETTER,
    "layanan": Sample(
        "services", texts("service-printing"), texts("service-recording", "service-printing", "service-pickup")
    ),
    "tentang": other_text("what a message was about", *(f"told-{kind}" for kind in _NOTICES)),
    # The data held
    "hari_gagal": Sample("days", "7", "30"),
    "hari_tanya": Sample("days", "30", "30"),
    "hari_resi": Sample("days", "1", "30"),
    "hari_nomor": Sample("days", "7", "30"),
    "hari_isi": Sample("days", "30", "90"),
    "hari_cadangan": Sample("days", "30", "90"),
    "held-card.resi": _WHICH_CARD,
    "isi": Sample("what is held", texts("held-items", "held-born"), texts(*_ITEMS)),
    "bukti": other_text("how it was proven", "held-proof-receipt", "held-proof-link", "held-proof-other"),
    "cara": other_text("how consent was given", "held-how-telegram", "held-how-counter", "held-how-other"),
    "naskah": Sample("which consent text", "2026-2 id", "2026-2 id"),
    "sampai": other_text("until when it is kept", "held-until-after"),
    "dilihat": other_text("when the office looked at it", "held-never-seen", "held-seen-more"),
    "held-card.akun": Sample("how many accounts", "1", "12"),
    "terbukti": other_text("how often it was proven; may be empty", "held-proven"),
    "akhiran": Sample("how numbers end", "01", "01, 02, 03"),
    "held-seen.apa": Sample(
        "what was looked at", texts("held-shown-nik"), texts("held-shown-nik", "held-shown-name", "held-shown-phone")
    ),
    "held-seen-more.daftar": other_text("the last two looks", "held-seen"),
    # A slip
    "akhir": Sample("the last three characters of the code", "R81", "WWW"),
}
