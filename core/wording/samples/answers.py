"""Samples of what an answer to a question is made of."""

from core.rules.nik import NikFault
from core.rules.siak import Siak
from core.wording.samples.kinds import Sample, a_date, other_text
from core.wording.samples.offices import KINDS_OF_PLACE, PLACES

_STAGES = ("PRINT_READY", "RECORDED", "AT_CENTRE", "PRINTED", "SHIPPED", "READY_FOR_PICKUP", "NEEDS_OFFICER", "CLOSED")
STAGES = tuple(f"story-{stage}" for stage in _STAGES)

SAMPLES: dict[str, Sample] = {
    "sejak": a_date("since when"),
    "data": a_date("the day of the last import"),
    "penutup": other_text("the last line of an answer", "data-as-of", "data-as-of-unknown"),
    "tutup": other_text("that the office is about to close; may be empty", "closing-soon"),
    "pusat": other_text("about the way to the centre", "running-centre", "suspended-centre"),
    "rekam": other_text("that recording has stopped; may be empty", "suspended-recording"),
    "cetak": other_text("about printing", "running-printing", "suspended-printing"),
    "suket": other_text("about letters", "running-letters", "suspended-letters", "answer-letter-ready"),
    "ambil": other_text("about pickup", "running-pickup", "suspended-pickup"),
    "surat": other_text("that a letter is ready; may be empty", "answer-letter-ready"),
    "answer-letter-ready.surat": other_text("the kind of letter", "letter-SUKET-short", "letter-BIODATA_WNI-short"),
    "ajakan": other_text("the invitation to be told; empty for who is told already", "invitation"),
    "answer-printed.tempat": other_text("the kind of place, or its name after proof", *KINDS_OF_PLACE, *PLACES),
    "answer-shipped.tempat": other_text("the kind of place, or its name after proof", *KINDS_OF_PLACE, *PLACES),
    "answer-ready.tempat": other_text("the kind of place", *KINDS_OF_PLACE),
    "nomor": other_text("the line with the pickup number; may be empty", "number-and-receipt"),
    "antrean": other_text("the place in the print queue; may be empty", "queue-position"),
    "posisi": Sample("how many cards are printed before this one", 1200, 34800),
    "jarak": Sample("how much longer it will take", "3-4 minggu", "14-18 minggu"),
    "prioritas": Sample("who goes first", "lansia", "pemohon pertama dan lansia"),
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
