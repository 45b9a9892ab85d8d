"""The story, step by step: what happens, and what every phone must have received after it.

It begins two days after an air conditioner flooded Bojonegoro's server room (25 September 2017).
"""

import csv
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from cli.demo.clock import ZONE
from cli.demo.stage import Stage
from core.actions.cards import move_card_of
from core.actions.letters import ask_letter, letter_ready
from core.actions.suspensions import resume, suspend
from core.jobs.import_plan import plan_import
from core.jobs.importing import apply_import
from core.questions.suspensions import open_suspensions
from core.rules.answer import LetterKind
from core.rules.card import Stage as CardStage
from core.rules.suspension import Cause, Service

_HEADER = (
    "NIK",
    "NAMA LENGKAP",
    "TGL LAHIR",
    "KODE DESA",
    "STATUS",
    "TGL REKAM",
    "NO HP",
    "SETUJU DIHUBUNGI",
    "NO BUKTI REKAM",
)

Step = Callable[[Stage], None]

_BY = "operator"


def joko_asks(stage: Stage) -> None:
    """Pak Joko asks where his card is. Anyone may know the stage; nothing in the answer says whose it is."""
    stage.expect("joko", "SIAP DICETAK")
    stage.joko.say(f"mbak ktp {stage.cast.joko.nik} sdh jadi blm?")


def siti_links(stage: Stage) -> None:
    """Ibu Siti proves with NIK and receipt that the card is hers, and agrees to be told."""
    stage.expect("siti", "SIAP DICETAK", "persetujuan")
    stage.siti.say(f"{stage.cast.siti.nik} {stage.cast.siti.receipt}")
    stage.settle()
    stage.expect("siti", "")
    stage.siti.press("Setuju")


def services_stop(stage: Stage) -> None:
    """Ibu Wati asks the counter for a substitute letter; letters and printing then stop: the server is down."""
    stage.clock.move_to(27, 9, 9)
    wati = stage.cast.wati.nik
    stage.act(partial(ask_letter, nik=wati, kind=LetterKind.SUKET, now=stage.clock(), by=_BY))
    stop = partial(
        suspend,
        services=(Service.PRINTING, Service.LETTERS),
        cause=Cause.SERVER,
        now=stage.clock(),
        by=_BY,
        until=date(2017, 10, 4),
    )
    stage.expect("siti", "GANGGUAN LAYANAN")
    stage.act(stop)


def joko_asks_again(stage: Stage) -> None:
    """Pak Joko asks again: the answer says that printing stopped, since when and why."""
    stage.clock.move_to(28, 9, 10)
    stage.expect("joko", "berhenti")
    stage.joko.say(stage.cast.joko.nik)


def services_resume(stage: Stage) -> None:
    """The services are back. Only who was told of the stop is told of its end."""
    stage.clock.move_to(4, 10, 9)
    [suspension] = stage.office.read(lambda session: [row.id for row in open_suspensions(session)])
    stage.expect("siti", "BERJALAN KEMBALI")
    stage.act(partial(resume, suspension_id=suspension, now=stage.clock(), by=_BY))


def cards_are_printed(stage: Stage) -> None:
    """The cards of Siti's village are printed: the office's next export says so. Nobody needs to travel yet."""
    stage.clock.move_to(5, 10, 9)
    stage.expect("siti", "SUDAH DICETAK")
    for phone, cards in stage.cast.by_phone.items():
        stage.expect(phone, "dicetak" if cards == 1 else f"{cards} KTP-el")
    path = _export_of(stage, "CARD_PRINTED", "5 OKTOBER 2017")
    today = stage.clock().astimezone(ZONE).date()
    plan = plan_import(stage.office, path, as_of=None, today=today, announce_new=False, progress=lambda *_: None)
    apply_import(
        stage.office,
        plan,
        now=stage.clock(),
        by=_BY,
        tell=True,
        announce_new=False,
        polite=True,
        progress=lambda *_: None,
    )


def cards_travel(stage: Stage) -> None:
    """The box travels to the village. Whoever asks is told so; nobody is written to."""
    stage.clock.move_to(6, 10, 9)
    stage.act(partial(_move_all, stage=stage, to=CardStage.SHIPPED))
    stage.expect("siti", "DALAM PENGIRIMAN")
    stage.siti.say(stage.cast.siti.nik)


def cards_are_ready(stage: Stage) -> None:
    """The box is there: each resident is told where, once a phone, by Telegram or SMS."""
    stage.clock.move_to(9, 10, 9)
    stage.expect("siti", "SIAP DIAMBIL")
    for phone, cards in stage.cast.by_phone.items():
        stage.expect(phone, "siap diambil" if cards == 1 else f"{cards} KTP-el siap diambil")
    stage.act(partial(_move_all, stage=stage, to=CardStage.READY_FOR_PICKUP))


def the_letter_is_ready(stage: Stage) -> None:
    """Ibu Wati's letter is ready; she has no Telegram and gets an SMS."""
    stage.clock.move_to(9, 10, 13)
    stage.expect(stage.cast.wati_phone, "surat pengganti")
    ready = partial(letter_ready, nik=stage.cast.wati.nik, kind=LetterKind.SUKET, now=stage.clock(), by=_BY)
    stage.act(ready)


def siti_stops(stage: Stage) -> None:
    """Ibu Siti fetches her card and stops the messages."""
    stage.clock.move_to(10, 10, 10)
    nik = stage.cast.siti.nik
    stage.act(partial(move_card_of, nik=nik, to=CardStage.HANDED_OVER, now=stage.clock(), by=_BY))
    stage.expect("siti", "")
    stage.siti.say("/berhenti")


def _move_all(session: Session, *, stage: Stage, to: CardStage) -> None:
    for row in stage.cast.villagers:
        move_card_of(session, row.nik, to, now=stage.clock(), by=_BY)


def _export_of(stage: Stage, status: str, day: str) -> Path:
    """The office's next export: the village's cards with another status."""
    path = stage.folder / "export-oktober.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([f"DAFTAR PEREKAMAN KTP-EL KABUPATEN BOJONEGORO PER {day}"])
        writer.writerow(_HEADER)
        for row in stage.cast.villagers:
            born = row.born_on.strftime("%d/%m/%Y") if row.born_on else ""
            recorded = row.recorded_on.strftime("%d/%m/%Y") if row.recorded_on else ""
            consent = "YA" if row.consent else ""
            cells = (row.nik, row.name, born, row.village, status, recorded, row.phone or "", consent, row.receipt)
            writer.writerow(cells)
    return path


#: The steps in order; the first line of each is what the screen says.
STORY: tuple[Step, ...] = (
    joko_asks,
    siti_links,
    services_stop,
    joko_asks_again,
    services_resume,
    cards_are_printed,
    cards_travel,
    cards_are_ready,
    the_letter_is_ready,
    siti_stops,
)
