"""What the operators hear by themselves: once a week, once a promise, whatever was restarted; and nobody's data."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.actions.facts import Happened, append_fact
from core.actions.halts import halt_channel
from core.actions.inbox import note_failure, store_updates
from core.actions.suspensions import resume, suspend
from core.actions.telling import tell_operators
from core.jobs.telling_operators import tell_what_is_due
from core.questions.inbox import waiting_updates
from core.rules.delivery import Channel, Halt
from core.rules.suspension import Cause, Service
from core.rules.week import LastImport, Week
from core.store.office import OpenOffice
from core.wording import Wording, languages
from core.wording.operators import week_text
from core.wording.samples.offices import LONGEST_OFFICE
from tests.bot_world import bot_world
from tests.offices import JOKO, SITI, Clock, act, ask
from tests.statements import statements
from tests.test_sending import ready

pytestmark = pytest.mark.both_databases

W = Wording()
ZONE = ZoneInfo("Asia/Jakarta")
OPERATORS = ("990000001", "990000002")
#: Monday, 2 October 2017, 07.59 in Bojonegoro.
BEFORE_EIGHT = datetime(2017, 10, 2, 0, 59, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(BEFORE_EIGHT)


def tell(office: OpenOffice, clock: Clock, home: Path, *operators: str) -> int:
    """What `kabar run` does every minute."""
    return tell_what_is_due(office, operators or OPERATORS, wording=W, home=home, sms_cap=500, now=clock())


def waiting(office: OpenOffice) -> list[tuple[str, str]]:
    """(account, text) of what is on its way."""
    found = ask(office, waiting_updates)
    calls = [call for update in found if update.replies for call in update.replies.calls]
    return [(call["chat_id"], call["text"]) for call in calls]


def test_on_monday_at_eight_each_operator_is_told_once(office: OpenOffice, clock: Clock, home: Path) -> None:
    tell(office, Clock(BEFORE_EIGHT - timedelta(days=3)), home)
    before = len(waiting(office))
    assert tell(office, clock, home) == 0
    clock.move(minutes=1)
    assert tell(office, clock, home) == 2
    for later in ({"minutes": 1}, {"hours": 5}, {"days": 6}):
        clock.move(**later)
        assert tell(office, clock, home) == 0
    assert [account for account, _ in waiting(office)[before:]] == list(OPERATORS)
    clock.move(hours=18, minutes=59)
    assert tell(office, clock, home) == 2, "the next Monday at eight"


def test_whoever_starts_in_the_middle_of_the_week_tells_it_then(office: OpenOffice, clock: Clock, home: Path) -> None:
    clock.move(days=3)
    assert tell(office, clock, home) == 2
    assert tell(office, clock, home, *OPERATORS, "990000003") == 1, "a new operator hears it too"
    assert tell(office, clock, home) == 0


def test_the_one_writer_waits_for_no_counting(office: OpenOffice, clock: Clock, home: Path) -> None:
    clock.move(hours=1)
    with statements(thread="writer") as written:
        assert tell(office, clock, home) == 2
    looked_up = [statement for statement in written if statement.startswith("SELECT")]
    assert looked_up and all("FROM inbox_update" in statement for statement in looked_up)


def test_it_says_how_the_office_is(office: OpenOffice, clock: Clock, home: Path) -> None:
    clock.move(hours=1)
    act(office, append_fact, Happened.BACKUP_MADE, now=clock() - timedelta(days=1), by="kabar")
    act(office, halt_channel, Channel.SMS, Halt("20003", "the token is wrong"), now=clock())
    for nik in (SITI, JOKO):
        ready(office, nik, clock)
    act(office, store_updates, [(7, "990000009", "{}")], now=clock())
    for _ in range(3):
        act(office, note_failure, 1, now=clock())
    tell(office, clock, home)
    text = waiting(office)[0][1]
    for line in (
        "Impor terakhir: 26 September 2017 pukul 09.00, data per 26 September 2017: 4 baris, 0 kartu berubah tahap.",
        "Cadangan terakhir: 1 Oktober 2017 pukul 08.59.",
        "SMS 7 hari terakhir: 0 dari paling banyak 3.500.",
        "- 1 pemberitahuan masih menunggu dikirim",
        "- 1 warga tidak terjangkau dalam 7 hari terakhir",
        "- 1 pesan warga gagal ditangani",
        "- saluran berhenti: sms",
    ):
        assert line in text
    assert re.search(r"Ruang disk: [\d.]+ MB kosong", text)


def test_it_holds_nobodys_data(office: OpenOffice, clock: Clock, home: Path) -> None:
    clock.move(hours=1)
    ready(office, SITI, clock)
    tell(office, clock, home)
    text = waiting(office)[0][1]
    assert not re.search(r"\d{9,}|SITI|AMINAH|V87", text)


@pytest.mark.parametrize("language", languages())
def test_an_office_that_is_well_and_one_with_all_its_troubles_fit_one_message(language: str) -> None:
    moment = datetime(2026, 9, 29, 12, tzinfo=UTC)
    well = Week(
        last_import=None,
        last_backup=None,
        sms=0,
        set_aside=0,
        in_doubt=0,
        unreachable=0,
        waiting=0,
        on_desk=0,
        halted=(),
        overdue=(),
    )
    most = Week(
        last_import=LastImport(moment, date(2026, 9, 29), 9_999_999, 9_999_999),
        last_backup=moment,
        sms=999_999,
        set_aside=999_999,
        in_doubt=999_999,
        unreachable=999_999,
        waiting=9_999_999,
        on_desk=999_999,
        halted=tuple(Channel),
        overdue=tuple(range(100, 140)),
    )
    w = Wording(language=language)
    texts = [
        week_text(w, LONGEST_OFFICE, week, zone=ZONE, disk_free=99_999 * 10**9, sms_cap=99_999) for week in (well, most)
    ]
    assert w.text("operators-nothing") in texts[0]
    assert w.text("operators-nothing") not in texts[1]
    assert len(texts[1]) <= 1000


def test_on_the_promised_day_the_operators_are_reminded_once_in_the_morning(
    office: OpenOffice, clock: Clock, home: Path
) -> None:
    clock.move(days=1)
    started = act(
        office,
        suspend,
        (Service.PRINTING,),
        cause=Cause.BLANKS,
        now=clock(),
        by="operator",
        until=date(2017, 10, 5),
    )
    tell(office, clock, home)
    reminded = [started.suspension_id, "cetak"]
    clock.move(days=1, hours=12)
    assert tell(office, clock, home) == 0, "the day before"
    clock.move(hours=12)
    assert tell(office, clock, home) == 0, "07.59"
    clock.move(minutes=1)
    assert tell(office, clock, home) == 2
    assert all(str(word) in waiting(office)[-1][1] for word in reminded)
    clock.move(hours=26)
    assert tell(office, clock, home) == 0
    clock.move(days=2, hours=22)
    assert tell(office, clock, home) == 2
    assert "1 gangguan melewati perkiraan pulih: nomor 1" in waiting(office)[-1][1], "Monday names it"


def test_of_a_suspension_that_is_over_nobody_is_reminded(office: OpenOffice, clock: Clock, home: Path) -> None:
    terms = {"cause": Cause.BLANKS, "now": clock(), "by": "operator", "until": date(2017, 10, 3)}
    started = act(office, suspend, (Service.PRINTING,), **terms)
    act(office, resume, started.suspension_id, now=clock.move(hours=5), by="operator")
    tell(office, clock, home)
    clock.move(days=1)
    assert tell(office, clock, home) == 0


async def test_what_operators_are_told_arrives_though_telegram_was_away_for_hours(
    office: OpenOffice, clock: Clock
) -> None:
    async with bot_world(office, clock) as world:
        rini = world.person("Rini", started=True)
        act(office, tell_operators, [str(rini.id)], "Ada kabar.", key="test", now=clock())
        act(office, tell_operators, [str(rini.id)], "Ada kabar.", key="test", now=clock())
        clock.move(hours=7)
        world.start()
        await world.told(rini, 1)
        await world.says(rini, "bantuan")
        assert [message.text for message in rini.received][:1] == ["Ada kabar."]
        assert len(rini.received) == 2
        await world.stop()
        assert world.waiting() == []


async def test_an_operator_who_never_wrote_to_the_bot_keeps_nobody_waiting(office: OpenOffice, clock: Clock) -> None:
    async with bot_world(office, clock) as world:
        stranger, rini = world.person("Stranger"), world.person("Rini", started=True)
        act(office, tell_operators, [str(stranger.id), str(rini.id)], "Ada kabar.", key="test", now=clock())
        world.start()
        await world.told(rini, 1)
        await world.stop()
        assert (world.waiting(), stranger.received) == ([], [])
