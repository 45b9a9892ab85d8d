"""Samples of what an answer to a question is made of."""

from core.rules.nik import NikFault
from core.rules.siak import Siak
from core.wording.samples.kinds import Sample, a_date, other_text, texts
from core.wording.samples.offices import KINDS_OF_PLACE, PLACES

_STAGES = ("PRINT_READY", "RECORDED", "AT_CENTRE", "PRINTED", "SHIPPED", "READY_FOR_PICKUP", "NEEDS_OFFICER", "CLOSED")
STAGES = tuple(f"story-{stage}" for stage in _STAGES)
#: Of these, all that a policy can put before everybody else.
_FIRST = ("line-first-timer", "line-elderly-first-timer", "line-urgent", "line-recorded-before")
_STOCK = ("stock-blanks-planned", "stock-blanks-unknown", "stock-unknown")

SAMPLES: dict[str, Sample] = {
    "sejak": a_date("since when"),
    "data": a_date("the day of the last import"),
    "penutup": other_text("the last line of an answer", "data-as-of", "data-as-of-unknown"),
    "tutup": other_text("that the office is about to close; may be empty", "closing-soon"),
    "pusat": other_text("about the way to the centre", "running-centre", "suspended-centre"),
    "rekam": other_text("that recording has stopped; may be empty", "suspended-recording"),
    "cetak": other_text(
        "about printing", "running-printing", "queue-estimate", "queue-blanks", "queue-too-young", "suspended-printing"
    ),
    "suket": other_text("about letters", "running-letters", "suspended-letters", "answer-letter-ready"),
    "ambil": other_text("about pickup", "running-pickup", "suspended-pickup"),
    "surat": other_text("that a letter is ready; may be empty", "answer-letter-ready"),
    "answer-letter-ready.surat": other_text("the kind of letter", "letter-SUKET-short", "letter-BIODATA_WNI-short"),
    "ajakan": other_text("the invitation to be told; empty for who is told already", "invitation"),
    "answer-printed.tempat": other_text("the kind of place, or its name after proof", *KINDS_OF_PLACE, *PLACES),
    "answer-shipped.tempat": other_text("the kind of place, or its name after proof", *KINDS_OF_PLACE, *PLACES),
    "answer-ready.tempat": other_text("the kind of place", *KINDS_OF_PLACE),
    "nomor": other_text("the line with the pickup number; may be empty", "number-and-receipt"),
    "antrean": other_text("the place in the print queue; may be empty", "queue-position", "queue-next"),
    "posisi": Sample("how many cards are printed before this one", 1200, 250000),
    "jarak": other_text("how much longer it will take", "wait-range", "wait-at-least", "wait-about"),
    "dari": Sample("how many, at the soonest", 14, 24),
    "ke": Sample("how many, at the latest", 18, 25),
    "satuan": other_text("days, weeks or months", "wait-weeks", "wait-days", "wait-months"),
    "hari_cetak": Sample("how many days of prints it rests on, 5 to 20", "20", "20"),
    "prioritas": other_text("who goes first; may be empty", "queue-priority"),
    "siapa": Sample("the lines of the policy that go first", texts(*_FIRST[:2]), texts(*_FIRST)),
    "keping": Sample("how many blank cards", 1200, 36000),
    # The stock, for everybody
    "stok": other_text("how many blanks there are", "stock-blanks", *_STOCK),
    "hasil": other_text("what was printed on the last working day; may be empty", "stock-printed"),
    "menunggu": Sample("how many wait for their print", 34800, 250000),
    "urgensi": other_text("how many were printed before their turn; may be empty", "stock-urgent"),
    "henti_cetak": other_text("that printing has stopped; may be empty", "suspended-printing"),
    "rencana": Sample("how many blanks plans hold", 450, 36000),
    "cetakan": Sample("how many were printed", 450, 12000),
    "mendesak": Sample("how many were printed before their turn", 12, 1200),
    "semua": Sample("how many were printed", 9000, 90000),
    "salah": other_text("why it is no NIK", *(f"nik-fault-{fault}" for fault in (*NikFault, "family-card"))),
    "angka": Sample("how many digits were found", "15", "15"),
    "tanya_lagi": other_text("when a question may be asked again", "clock-tomorrow"),
    "jam": Sample("a time of day", "14.05", "14.05"),
    "kode": Sample("a status code", "PRR", "SENT_FOR_CARD_PRINTING"),
    "arti": other_text("what the code means", *(f"code-{status}" for status in Siak)),
    # Several cards in one chat
    "my-cards.daftar": other_text("a line for each card, up to eight", "my-card", "my-card-without-receipt"),
    "tahap": other_text("the stage", *STAGES),
    "too-many-cards.n": Sample("how many cards an account has", "8", "8"),
    "tombol": other_text("the button that was pressed", "button-coming", "button-other-day", "button-not-mine"),
    "answer-other-day.nomor": other_text("that it has a number; may be empty", "and-with-number"),
    "simpan": other_text("how long an address is kept after the hand-over", "contact-kept"),
}
