"""The story, step by step: what happens, and what every phone must have received after it.

What the report says: the centre returned nothing since October 2016, 70,000 wait for it, 10,000 blanks came, old
recordings were printed first, letters and recording went on. The days, and that the centre is back, are the story's.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from cli.demo.clock import ZONE
from cli.demo.office_work import BY, arrive_all, print_plan, put_plan, ship_all
from cli.demo.samples import JEMBER
from cli.demo.stage import DemoFailedError, Stage
from cli.demo.stories.exports import take_in, write_export
from cli.demo.stories.jember.cast import AS_OF, HADI, LASTRI, NING, REGENCY, RINI, RUDI, UMAR, JemberCast
from cli.demo.stories.jember.turns import (
    A_DAYS_PRINTS,
    by_phone,
    check_plan,
    first_day,
    newest_plan,
    printed,
    second_day,
)
from cli.demo.stories.pickup import expect_printed, expect_ready, hand_over_number, numbers_in
from core.actions.blanks import move_blanks
from core.actions.letters import letter_ready
from core.actions.suspensions import move_end, resume, suspend
from core.actions.urgency import set_urgent
from core.questions.regions import pickup_point_of
from core.questions.stages import cards_by_stage
from core.questions.suspensions import open_suspensions
from core.rules.answer import LetterKind
from core.rules.card import Stage as CardStage
from core.rules.expectation import as_told
from core.rules.print_queue import Urgency
from core.rules.suspension import Cause, Service
from core.store.words import BlankKind

#: As the office writes it: old recordings first, but for who is urgent and says why.
POLICY = """\
order = ["urgent", "recorded-before", "first-timer", "elderly-first-timer", "ordinary", "replacement"]
recorded_before = 2016-10-01
"""
_DOWN_SINCE = date(2016, 10, 1)
#: What the report says came.
_BLANKS = 10_000
#: Every 160th NIK of the sample's 2,000.
_LOST_DIGITS = 12

_Stage = Stage[JemberCast]


def rudi_links(stage: _Stage) -> None:
    """Mas Rudi, recorded in April, proves with NIK and receipt that the card is his, and agrees to be told."""
    _link(stage, RUDI, "DIPERIKSA DI PUSAT")


def the_stop_is_noted(stage: _Stage) -> None:
    """The centre is down since 1 October 2016: the office notes it, back-dated, and tells who was recorded since."""
    stage.clock.move_to(22, 5, 9)
    stop = partial(
        suspend,
        services=(Service.CENTRE,),
        cause=Cause.CENTRE,
        since=datetime.combine(_DOWN_SINCE, datetime.min.time(), ZONE),
        recorded_since=_DOWN_SINCE,
        now=stage.clock(),
        by=BY,
    )
    stage.expect(RUDI, ("GANGGUAN LAYANAN", "1 Oktober 2016"))
    stage.act(stop)


def the_recordings_are_taken_in(stage: _Stage) -> None:
    """2,000 of the 70,000 recorded since October are taken in; 12 rows are refused: Excel took their NIK's last digit.

    Nobody of them is sent to an officer for having waited at the centre for more than 60 days: none of them counts.
    """
    stage.clock.move_to(22, 5, 9, 30)
    plan = take_in(stage, stage.folder / JEMBER, as_of=AS_OF)
    stages = stage.office.read(cards_by_stage)
    if len(plan.refused) != _LOST_DIGITS or stages[CardStage.NEEDS_OFFICER]:
        raise DemoFailedError(f"{len(plan.refused)} rows were refused; by stage: {dict(stages)}")


def rini_asks(stage: _Stage) -> None:
    """Bu Rini asks: since when the centre stopped, and that she need neither come nor be recorded again."""
    stage.clock.move_to(22, 5, 10)
    stage.expect(RINI, ("DIPERIKSA DI PUSAT", "berhenti sejak 1 Oktober 2016", "Tidak perlu merekam ulang"))
    stage.say(RINI, stage.nik(RINI))


def lastri_links(stage: _Stage) -> None:
    """Bu Lastri was recorded before October 2016: she waits for a print only, and agrees to be told."""
    stage.clock.move_to(22, 5, 11)
    _link(stage, LASTRI, "SIAP DICETAK")


def blanks_come(stage: _Stage) -> None:
    """10,000 blanks come and are noted. Bu Lastri reads the stock with /stok, as anybody may."""
    stage.clock.move_to(23, 5, 9)
    today, now = stage.clock().astimezone(ZONE).date(), stage.clock()
    stage.act(partial(move_blanks, kind=BlankKind.RECEIVED, blanks=_BLANKS, day=today, now=now, by=BY))
    stage.clock.move_to(23, 5, 11)
    stage.expect(LASTRI, "10.000 keping")
    stage.say(LASTRI, "/stok")


def the_oldest_come_first(stage: _Stage) -> None:
    """The first 40 are planned: Pak Hadi, who is sick, then who was recorded before October 2016, the oldest first."""
    stage.clock.move_to(23, 5, 13)
    stage.act(partial(set_urgent, nik=stage.nik(HADI), urgency=Urgency.SICK, now=stage.clock(), by=BY))
    put_plan(stage.office, stage.policy, A_DAYS_PRINTS, now=stage.clock)
    check_plan(stage, first_day(stage.cast))
    stage.clock.move_to(23, 5, 15)
    stage.expect(LASTRI, "40 di antaranya sudah untuk rencana cetak")
    stage.say(LASTRI, "/stok")


def cards_are_printed(stage: _Stage) -> None:
    """The plan is printed; one card, Pak Umar's, came out badly. All others are told."""
    stage.clock.move_to(24, 5, 9)
    people, umar = first_day(stage.cast), stage.cast.people[UMAR]
    stage.expect(LASTRI, "SUDAH DICETAK")
    expect_printed(stage, by_phone(row for row in people if row is not umar))
    print_plan(stage.office, newest_plan(stage), spoiled=[people.index(umar) + 1], now=stage.clock())


def the_spoiled_card_comes_first(stage: _Stage) -> None:
    """Pak Umar's card heads the next plan, which is printed; he is told now."""
    stage.clock.move_to(26, 5, 9)
    put_plan(stage.office, stage.policy, A_DAYS_PRINTS, now=stage.clock)
    check_plan(stage, second_day(stage.cast))
    expect_printed(stage, by_phone(second_day(stage.cast)))
    print_plan(stage.office, newest_plan(stage), now=stage.clock())


def boxes_travel(stage: _Stage) -> None:
    """Boxes travel to the districts, each card with its pickup number. Whoever asks is told; nobody is written to."""
    stage.clock.move_to(29, 5, 9)
    boxes = ship_all(stage.office, REGENCY, now=stage.clock())
    stage.numbers = numbers_in(stage, boxes.values(), printed(stage.cast))
    stage.expect(LASTRI, "DALAM PENGIRIMAN")
    stage.say(LASTRI, stage.nik(LASTRI))


def boxes_arrive(stage: _Stage) -> None:
    """The boxes are there: each phone is told once; a family that shares one has numbers side by side."""
    stage.clock.move_to(31, 5, 9)
    stage.expect(LASTRI, ("SIAP DIAMBIL", f"Nomor ambil {stage.numbers[stage.nik(LASTRI)]} "))
    expect_ready(stage, stage.numbers, [row for row in printed(stage.cast) if row.phone])
    arrive_all(stage.office, now=stage.clock())


def the_letter_is_ready(stage: _Stage) -> None:
    """The centre is still down, and letters go on: Mas Rudi's substitute letter is ready."""
    stage.clock.move_to(31, 5, 13)
    stage.expect(RUDI, "SURAT PENGGANTI SIAP DIAMBIL")
    stage.act(partial(letter_ready, nik=stage.nik(RUDI), kind=LetterKind.SUKET, now=stage.clock(), by=BY))


def lastri_takes_hers(stage: _Stage) -> None:
    """Bu Lastri takes her card at the district, by its number; her receipt is void from then."""
    stage.clock.move_to(2, 6, 10)
    village = stage.cast.people[LASTRI].village
    point = stage.office.read(partial(pickup_point_of, village=village))
    hand_over_number(stage, point, stage.numbers[stage.nik(LASTRI)])
    stage.expect(LASTRI, "DISERAHKAN")
    stage.say(LASTRI, stage.nik(LASTRI))


def ning_asks(stage: _Stage) -> None:
    """Mbak Ning waits for a print too: after some days of printing she is told her place in the queue."""
    stage.clock.move_to(2, 6, 13)
    ahead = stage.cast.older.index(stage.cast.people[NING]) - len(printed(stage.cast))
    stage.expect(NING, ("SIAP DICETAK", f"sekitar {as_told(ahead)} KTP-el di depan"))
    stage.say(NING, stage.nik(NING))


def the_end_moves(stage: _Stage) -> None:
    """The centre names a day: 12 June. Who was told of the stop is told of it."""
    stage.clock.move_to(5, 6, 9)
    stage.expect(RUDI, ("belum dapat berjalan kembali", "12 Juni 2017"))
    stage.act(partial(move_end, suspension_id=_stop(stage), until=date(2017, 6, 12), now=stage.clock(), by=BY))


def the_centre_is_back(stage: _Stage) -> None:
    """The centre is back and returns its first data: Mas Rudi is in the print queue now, behind the old recordings."""
    stage.clock.move_to(12, 6, 9)
    stage.expect(RUDI, "BERJALAN KEMBALI")
    stage.act(partial(resume, suspension_id=_stop(stage), now=stage.clock(), by=BY))
    stage.settle()
    stage.clock.move_to(13, 6, 9)
    title = "DAFTAR PEREKAMAN KTP-EL KABUPATEN JEMBER PER 13 JUNI 2017"
    path = write_export(stage.folder / "ekspor-juni.csv", title, stage.cast.returned, "PRINT_READY_RECORD")
    take_in(stage, path)
    stage.clock.move_to(13, 6, 11)
    ahead = len(stage.cast.older) - len(printed(stage.cast)) + len(stage.cast.returned) - 1
    stage.expect(RUDI, ("SIAP DICETAK", f"sekitar {as_told(ahead)} KTP-el di depan"))
    stage.say(RUDI, stage.nik(RUDI))


def _link(stage: _Stage, who: str, told: str | tuple[str, ...]) -> None:
    stage.expect(who, told, "persetujuan")
    stage.say(who, f"{stage.nik(who)} {stage.cast.people[who].receipt}")
    stage.settle()
    stage.expect(who, "")
    stage.chats[who].press("Setuju")


def _stop(stage: _Stage) -> int:
    [stop] = stage.office.read(lambda session: [row.id for row in open_suspensions(session)])
    return stop


#: In their order.
STEPS: tuple[Callable[[_Stage], None], ...] = (
    rudi_links,
    the_stop_is_noted,
    the_recordings_are_taken_in,
    rini_asks,
    lastri_links,
    blanks_come,
    the_oldest_come_first,
    cards_are_printed,
    the_spoiled_card_comes_first,
    boxes_travel,
    boxes_arrive,
    the_letter_is_ready,
    lastri_takes_hers,
    ning_asks,
    the_end_moves,
    the_centre_is_back,
)
