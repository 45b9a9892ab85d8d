"""Answers to people who ask, each made whole from what the question layer found."""

from datetime import date

from core.rules.answer import CardAnswer, Place
from core.rules.card import Stage
from core.rules.notices import OfficeWords
from core.rules.siak import SHORT_FORMS, Siak, read_status
from core.rules.suspension import Service
from core.wording import Wording
from core.wording.dates import long_date, pickup_day
from core.wording.numbers import number_line
from core.wording.places import general_place, place_names
from core.wording.queue import place_line, printing_paragraph
from core.wording.suspensions import service_paragraphs

_STAGE_TEXTS = {
    Stage.RECORDED: "answer-recorded",
    Stage.AT_CENTRE: "answer-at-centre",
    Stage.PRINT_READY: "answer-print-ready",
    Stage.PRINTED: "answer-printed",
    Stage.SHIPPED: "answer-shipped",
    Stage.READY_FOR_PICKUP: "answer-ready",
    Stage.HANDED_OVER: "answer-handed-over",
    Stage.NEEDS_OFFICER: "answer-needs-officer-plain",
}

#: SIAK status -> what somebody who has proven the card is theirs is told about it.
_TROUBLE_TEXTS = {
    Siak.DUPLICATE_RECORD: "answer-needs-officer-duplicate",
    Siak.ENROLL_FAILURE_AT_CENTRAL: "answer-needs-officer-biometrics",
    Siak.ENROLL_FAILURE_AT_REGIONAL: "answer-needs-officer-biometrics",
    Siak.SENT_FOR_ENROLLMENT: "answer-needs-officer-overdue",
    Siak.SEARCH_FAILURE_AT_CENTRAL: "answer-needs-officer-search",
    Siak.ADJUDICATE_RECORD: "answer-needs-officer-adjudicate",
    Siak.ADJUDICATE_IN_PROCESS: "answer-needs-officer-adjudicate",
    Siak.REQUEST_VALIDATION: "answer-needs-officer-validation",
}


def card_answer(w: Wording, office: OfficeWords, answer: CardAnswer, *, closing: str = "") -> str:
    """Where a card is. Without proof neither the trouble nor a place's name is told, whatever the answer holds.

    closing: that the office is about to close, told to whoever is asked to come.
    """
    hidden = answer.stage is Stage.CLOSED or (answer.stage is Stage.HANDED_OVER and not answer.proven)
    if hidden:
        return not_found(w, office, answer.data_as_of)
    services = service_paragraphs(w, answer.suspensions)
    letter = _letter_paragraph(w, answer)
    return w.text(
        _text_for(answer),
        sejak=long_date(w, answer.since),
        data=long_date(w, answer.data_as_of),
        pusat=services[Service.CENTRE],
        rekam=services[Service.RECORDING],
        cetak=printing_paragraph(w, answer.expectation, services[Service.PRINTING]),
        suket=letter or services[Service.LETTERS],
        ambil=services[Service.PICKUP],
        surat=letter,
        antrean=place_line(w, answer.expectation),
        ajakan="" if answer.proven else w.text("invitation"),
        tempat=_place(w, answer),
        nomor=_number(w, answer),
        panggil=pickup_day(w, answer.pickup_on) if answer.proven else "",
        tutup=closing,
        kantor=office.name,
        jam_kantor=office.hours,
    )


def not_found(w: Wording, office: OfficeWords, data_as_of: date | None) -> str:
    """Word for word the same for unknown, closed and erased."""
    closing = w.text("data-as-of", data=long_date(w, data_as_of)) if data_as_of else w.text("data-as-of-unknown")
    return w.text("answer-not-found", wilayah=office.regency, jam_kantor=office.hours, penutup=closing)


def malformed(w: Wording, fault: str, *, digits: int = 0) -> str:
    """fault: a NikFault, or "family-card"; digits: how many were found, told for a wrong length."""
    return w.text("answer-malformed", salah=w.text(f"nik-fault-{fault}", angka=str(digits)))


def throttled(w: Wording, office: OfficeWords, again_at: str) -> str:
    """again_at: a time of day, as clock_time writes it."""
    return w.text("answer-throttled", tanya_lagi=again_at, kantor=office.name, jam_kantor=office.hours)


def receipt_needed(w: Wording, office: OfficeWords) -> str:
    """The same for everybody who asks under a prefix that was searched by guessing."""
    return w.text("answer-receipt-needed", kantor=office.name, jam_kantor=office.hours)


def status_code(w: Wording, code: str) -> str:
    """What a SIAK status means that was typed alone; an unknown one is not repeated, for it may be anything."""
    status = read_status(code)
    if status is None:
        return w.text("answer-status-code-unknown")
    short = next((short for short, long in SHORT_FORMS.items() if long is status), status.value)
    return w.text("answer-status-code", kode=short, arti=w.text(f"code-{status}"))


def locked(w: Wording, office: OfficeWords, *, here: bool = False) -> str:
    """After too many wrong receipts, whether or not the NIK exists. here: from this account, whatever the NIKs."""
    return w.text("answer-locked-here" if here else "answer-locked", kantor=office.name, jam_kantor=office.hours)


def _text_for(answer: CardAnswer) -> str:
    if answer.proven and answer.stage is Stage.READY_FOR_PICKUP:
        return "answer-ready-proven"
    if answer.proven and answer.stage is Stage.NEEDS_OFFICER:
        status = read_status(answer.trouble or "")
        return _TROUBLE_TEXTS.get(status, "answer-needs-officer-unknown") if status else "answer-needs-officer-unknown"
    return _STAGE_TEXTS[answer.stage]


def _letter_paragraph(w: Wording, answer: CardAnswer) -> str:
    if not answer.proven or answer.letter_ready is None:
        return ""
    return w.text("answer-letter-ready", surat=w.text(f"letter-{answer.letter_ready}-short"))


def _place(w: Wording, answer: CardAnswer) -> str:
    known: Place | None = answer.place if answer.proven else None
    return place_names(w, known)[0] if known else general_place(w, answer.place_kind)


def _number(w: Wording, answer: CardAnswer) -> str:
    if not answer.proven:
        return ""
    numbers = (answer.pickup_number,) if answer.pickup_number is not None else ()
    tails = (answer.receipt_tail,) if answer.receipt_tail else ()
    return number_line(w, numbers, tails)
