"""The story, step by step: what happens, and what every phone must have received after it.

It begins two days after an air conditioner flooded Bojonegoro's server room (25 September 2017).
"""

from collections.abc import Callable
from datetime import date
from functools import partial

from cli.demo.clock import ZONE
from cli.demo.office_work import BY, arrive_all, print_plan, put_plan, ship_all
from cli.demo.stage import Stage
from cli.demo.stories.bojonegoro.cast import JOKO, SITI, WATI, BojonegoroCast
from cli.demo.stories.bojonegoro.turns import A_DAYS_PRINTS, PRINT_DAYS
from cli.demo.stories.exports import take_in, write_export
from cli.demo.stories.pickup import expect_printed, expect_ready, hand_over_number, numbers_in
from core.actions.blanks import move_blanks
from core.actions.letters import ask_letter, letter_ready
from core.actions.suspensions import resume, suspend
from core.questions.suspensions import open_suspensions
from core.rules.answer import LetterKind
from core.rules.expectation import as_told
from core.rules.suspension import Cause, Service
from core.store.words import BlankKind

#: What the report says came.
_BLANKS = 36_000

_Stage = Stage[BojonegoroCast]


def joko_asks(stage: _Stage) -> None:
    """Pak Joko asks where his card is. Anyone may know the stage; nothing in the answer says whose it is."""
    stage.expect(JOKO, "SIAP DICETAK")
    stage.say(JOKO, f"mbak ktp {stage.nik(JOKO)} sdh jadi blm?")


def siti_links(stage: _Stage) -> None:
    """Ibu Siti proves with NIK and receipt that the card is hers, and agrees to be told."""
    stage.expect(SITI, "SIAP DICETAK", "persetujuan")
    stage.say(SITI, f"{stage.nik(SITI)} {stage.cast.people[SITI].receipt}")
    stage.settle()
    stage.expect(SITI, "")
    stage.chats[SITI].press("Setuju")


def services_stop(stage: _Stage) -> None:
    """Ibu Wati asks the counter for a substitute letter; letters and printing then stop: the server is down."""
    stage.clock.move_to(27, 9, 9)
    stage.act(partial(ask_letter, nik=stage.nik(WATI), kind=LetterKind.SUKET, now=stage.clock(), by=BY))
    stop = partial(
        suspend,
        services=(Service.PRINTING, Service.LETTERS),
        cause=Cause.SERVER,
        now=stage.clock(),
        by=BY,
        until=date(2017, 10, 4),
    )
    stage.expect(SITI, "GANGGUAN LAYANAN")
    stage.act(stop)


def joko_asks_again(stage: _Stage) -> None:
    """Pak Joko asks again: the answer says that printing stopped, since when and why."""
    stage.clock.move_to(28, 9, 10)
    stage.expect(JOKO, "berhenti")
    stage.say(JOKO, stage.nik(JOKO))


def services_resume(stage: _Stage) -> None:
    """The services are back. Only who was told of the stop is told of its end."""
    stage.clock.move_to(4, 10, 9)
    [suspension] = stage.office.read(lambda session: [row.id for row in open_suspensions(session)])
    stage.expect(SITI, "BERJALAN KEMBALI")
    stage.act(partial(resume, suspension_id=suspension, now=stage.clock(), by=BY))


def blanks_come(stage: _Stage) -> None:
    """36,000 blanks are noted. Pak Joko reads the stock with /stok, as anybody may."""
    stage.clock.move_to(4, 10, 10)
    today, now = stage.clock().astimezone(ZONE).date(), stage.clock()
    stage.act(partial(move_blanks, kind=BlankKind.RECEIVED, blanks=_BLANKS, day=today, now=now, by=BY))
    stage.clock.move_to(4, 10, 13)
    stage.expect(JOKO, "36.000 keping")
    stage.say(JOKO, "/stok")


def a_day_is_printed(stage: _Stage) -> None:
    """450 cards are planned and printed, a good day's work: first-timers, then the elderly; their owners are told."""
    stage.clock.move_to(5, 10, 9)
    expect_printed(stage, stage.cast.first_by_phone)
    plan_id = put_plan(stage.office, stage.policy, A_DAYS_PRINTS, now=stage.clock)
    print_plan(stage.office, plan_id, now=stage.clock())


def a_week_is_printed(stage: _Stage) -> None:
    """Four more days of 450: Pak Joko is told his place in the queue now, and at which pace it moves.

    Nobody is told of these prints, for the story's sake alone: who would read a thousand SMS?
    """
    for day in PRINT_DAYS[1:]:
        stage.clock.move_to(day.day, day.month, 9)
        plan_id = put_plan(stage.office, stage.policy, A_DAYS_PRINTS, now=stage.clock)
        print_plan(stage.office, plan_id, tell=False, now=stage.clock())
    stage.clock.move_to(12, 10, 10)
    place = f"sekitar {_said(as_told(stage.cast.before_joko))} KTP-el di depan"
    stage.expect(JOKO, ("SIAP DICETAK", place, "dari hasil cetak 5 hari kerja terakhir"))
    stage.say(JOKO, stage.nik(JOKO))


def cards_are_printed(stage: _Stage) -> None:
    """The cards of Siti's village are printed: the office's next export says so. Nobody needs to travel yet."""
    stage.clock.move_to(13, 10, 9)
    stage.expect(SITI, "SUDAH DICETAK")
    expect_printed(stage, stage.cast.by_phone)
    title = "DAFTAR PEREKAMAN KTP-EL KABUPATEN BOJONEGORO PER 13 OKTOBER 2017"
    path = write_export(stage.folder / "ekspor-oktober.csv", title, stage.cast.villagers, "CARD_PRINTED")
    take_in(stage, path)


def cards_travel(stage: _Stage) -> None:
    """The box travels to the village, each card with its pickup number. Whoever asks is told; nobody is written to."""
    stage.clock.move_to(16, 10, 9)
    boxes = ship_all(stage.office, _village(stage), now=stage.clock())
    stage.numbers = numbers_in(stage, boxes.values(), stage.cast.boxed)
    stage.expect(SITI, "DALAM PENGIRIMAN")
    stage.say(SITI, stage.nik(SITI))


def cards_are_ready(stage: _Stage) -> None:
    """The box is there: each resident is told where, and the pickup number, once a phone, by Telegram or SMS."""
    stage.clock.move_to(17, 10, 9)
    stage.expect(SITI, ("SIAP DIAMBIL", f"Nomor ambil {stage.numbers[stage.nik(SITI)]} "))
    expect_ready(stage, stage.numbers, stage.cast.told)
    arrive_all(stage.office, now=stage.clock())


def the_letter_is_ready(stage: _Stage) -> None:
    """Ibu Wati's letter is ready; she has no Telegram and gets an SMS."""
    stage.clock.move_to(17, 10, 13)
    stage.expect(stage.cast.phones[WATI], "surat pengganti")
    stage.act(partial(letter_ready, nik=stage.nik(WATI), kind=LetterKind.SUKET, now=stage.clock(), by=BY))


def siti_stops(stage: _Stage) -> None:
    """Ibu Siti fetches her card by its number and stops the messages."""
    stage.clock.move_to(18, 10, 10)
    hand_over_number(stage, _village(stage), stage.numbers[stage.nik(SITI)])
    stage.expect(SITI, "")
    stage.say(SITI, "/berhenti")


def _village(stage: _Stage) -> str:
    return stage.cast.people[SITI].village


def _said(number: int) -> str:
    return f"{number:,}".replace(",", ".")


#: In their order.
STEPS: tuple[Callable[[_Stage], None], ...] = (
    joko_asks,
    siti_links,
    services_stop,
    joko_asks_again,
    services_resume,
    blanks_come,
    a_day_is_printed,
    a_week_is_printed,
    cards_are_printed,
    cards_travel,
    cards_are_ready,
    the_letter_is_ready,
    siti_stops,
)
