"""A village official from her invitation to her last day, as issue 6 tells it: over HTTP, and read on the phones.

The real bot and the real sender run on a clock that is moved. 350 cards with the numbers 1 to 350; by the last digit,
0 to 4 have an SMS phone, 5 to 8 are on Telegram, and whoever has a 9 cannot be reached.
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from cli.demo.clock import ZONE, DemoClock
from cli.demo.office_work import ship_all
from cli.demo.stage import demo_settings, running
from core.jobs.broadcasting import prepare_broadcasts
from core.questions.boxes import numbers_under_way
from core.questions.health import health_of
from core.questions.regions import office_row
from core.rules.delivery import Channel
from core.store.delivery_tables import Attempt
from core.store.office import OpenOffice
from notifier.pace import Pace
from simulator import Message, Person, SimulatorThread
from tests.bot_world import text
from tests.calling_world import press
from tests.cli_world import Terminal
from tests.offices import BUDI, Clock, Import, ask
from tests.official_world import VILLAGE, screen
from tests.test_sending import link

OPERATOR = 990000001
HALL = "Balai Desa Sukorejo Kec. Bojonegoro"
BLOCKED, UNDELIVERED = 15, 22
PATIENCE_SECONDS, LOOK_SECONDS = 30.0, 0.02


def sms_phone(number: int) -> str:
    return f"+62812990{number:05d}"


def nik(number: int) -> str:
    """Budi's card was printed before the others; his is the first."""
    return BUDI if number == 1 else f"352299{1 + number % 28:02d}0190{1 + number // 28:04d}"


@dataclass
class Story:
    """residents: who is on Telegram, by pickup number."""

    simulator: SimulatorThread
    office: OpenOffice
    clock: DemoClock
    kabar: Terminal
    operator: Person
    rina: Person
    residents: dict[int, Person]

    def until(self, happened: Callable[[], object]) -> None:
        for _ in range(round(PATIENCE_SECONDS / LOOK_SECONDS)):
            if happened():
                return
            time.sleep(LOOK_SECONDS)
        raise AssertionError("it did not happen")

    def quiet(self) -> None:
        """Nothing is on its way to anybody."""
        self.until(self._rests)

    def _rests(self) -> bool:
        health = self.office.read(health_of)
        return not (health.notices_open or health.updates_waiting or health.broadcasts_preparing)

    def after(self, person: Person, does: Callable[[], object], *, more: int = 1) -> Message:
        before = len(person.received)
        does()
        self.until(lambda: len(person.received) >= before + more)
        return person.received[before]

    def says(self, words: str) -> str:
        return self.after(self.rina, lambda: self.rina.say(words)).text or ""

    def presses(self, label: str, *, below: Message | None = None) -> str:
        """Press a button; the screen changes in its place."""
        shown = below or screen(self.rina)
        before = shown.text, shown.labels
        press(self.rina, shown, label)
        self.until(lambda: (shown.text, shown.labels) != before)
        return shown.text or ""

    def popup(self, label: str, *, below: Message | None = None) -> str:
        before = len(self.rina.popups)
        press(self.rina, below or screen(self.rina), label)
        self.until(lambda: len(self.rina.popups) > before)
        return self.rina.popups[-1]

    def at(self, day: int, month: int, hour: int, minute: int = 0) -> None:
        self.clock.move_to(day, month, hour, minute)

    def in_flight(self) -> list[int]:
        """What had left before a pause, and has not arrived."""
        query = select(Attempt.id).where(Attempt.ended_at.is_(None))
        return self.office.read(lambda session: list(session.scalars(query)))

    def phones(self) -> tuple[int, int]:
        """How many SMS left, and how many messages are in the chats of residents."""
        return len(self.simulator.sms.sent()), sum(len(one.received) for one in self.residents.values())

    def told(self, phrase: str) -> list[int]:
        """The pickup numbers whose phones have a message that says so, as often as they have it."""
        by_sms = [
            number
            for number in range(1, 351)
            for sms in self.simulator.sms.sent(sms_phone(number))
            if phrase in sms.body and sms.status != "undelivered"
        ]
        by_chat = [n for n, person in self.residents.items() for one in person.received if phrase in (one.text or "")]
        return sorted(by_sms + by_chat)


@pytest.fixture
def story(
    tmp_path: Path, founded_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Story]:
    kabar = Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)
    clock = DemoClock(datetime(2017, 9, 26, 9, 30, tzinfo=ZONE))
    monkeypatch.setattr("cli.official.command.utc_now", clock)
    # Who presses without reading would wait a second for each screen.
    monkeypatch.setattr("cli.at_work.Pace", partial(Pace, per_chat_seconds=0))
    with SimulatorThread(now=clock) as simulator, kabar.office() as office:
        operator = simulator.telegram.person("Operator", chat_id=OPERATOR, started=True)
        settings = demo_settings(kabar.home, simulator)
        quick = {"operators": frozenset({str(OPERATOR)}), "sms_per_second": 30}
        residents = _villagers(office, simulator, clock, tmp_path)
        with running(office, settings.model_copy(update=quick), clock):
            rina = simulator.telegram.person("Rina Wulandari")
            yield Story(simulator, office, clock, kabar, operator, rina, residents)


def _villagers(office: OpenOffice, simulator: SimulatorThread, clock: DemoClock, folder: Path) -> dict[int, Person]:
    """Their cards are under way in one box, in the order of their numbers."""
    rows = [
        f"{nik(n)};WARGA {n};{VILLAGE};CARD_PRINTED;05/01/2017;{sms_phone(n) if n % 10 < 5 else ''};"
        f"{'YA' if n % 10 < 5 else ''};"
        for n in range(2, 351)
    ]
    Import(office, folder)(*rows, tell=False)
    link(office, BUDI, sms_phone(1), Clock(clock()), channel=Channel.SMS)
    residents = {n: simulator.telegram.person(f"Warga {n}", started=True) for n in range(1, 351) if 5 <= n % 10 <= 8}
    for n, person in residents.items():
        link(office, nik(n), str(person.id), Clock(clock()))
    [box] = ship_all(office, VILLAGE, now=clock())
    assert ask(office, numbers_under_way, box) == list(range(1, 351))
    simulator.sms.set_final(sms_phone(UNDELIVERED), "undelivered", 30006)
    return residents


def reached(day: range) -> list[int]:
    """Whom a message can reach of these numbers."""
    return [n for n in day if n % 10 != 9 and n not in (BLOCKED, UNDELIVERED)]


def invited(story: Story) -> None:
    """Invited by command, opened by her, confirmed by an operator's press: before it, the menu is not hers."""
    story.until(lambda: story.office.read(office_row).bot_name)
    said = story.kabar("official", "invite", "--role", "village", "--region", VILLAGE)
    [address] = re.findall(r"https://t\.me/\S+", said.out)
    story.after(story.rina, lambda: story.rina.open_link(address))
    assert story.says("/petugas") == text("not-understood")
    story.rina.say("bantuan")
    story.until(lambda: any("Rina Wulandari" in (one.text or "") for one in story.operator.received))
    story.operator.press(text("button-right-one"))
    story.rina.say("bantuan")
    story.until(lambda: any("Selamat bertugas" in (one.text or "") for one in story.rina.received))


def takes_in(story: Story) -> None:
    assert story.says("/petugas") == text("official-menu")
    assert "350 KTP-el, nomor 1-350" in story.presses(text("deed-in"))
    assert "Datang: 350 KTP-el" in story.says("semua")
    assert "350 KTP-el siap diambil" in story.presses(text("button-in-note"))


def calls(story: Story) -> Message:
    """From the screen of the box: day and hours, place, people; the preview, and the second press."""
    assert "350 kartu menunggu" in story.presses(text("deed-call"))
    story.says("Rabu 8-12")
    story.presses(HALL)
    preview = story.presses("100")
    for line in (
        "Dipanggil: 350 orang dalam 4 hari",
        "Rabu 27/9: 100 orang",
        "Kamis 28/9: 100 orang",
        "Jumat 29/9: 100 orang (08.00-11.30)",
        "Senin 2/10: 50 orang",
        "Lewat Telegram: 140 pesan",
        "Tidak terjangkau: 35 orang",
    ):
        assert line in preview.splitlines(), preview
    assert "Lewat SMS: 175 pesan" in preview and "Bawa: resi atau suket asli, dan KK" in preview
    assert story.told("siap diambil") == []
    live = screen(story.rina)
    assert "Menunggu dikabari: 3" in story.presses(text("call-button-send"))
    return live


def the_eve(story: Story, live: Message) -> None:
    """Nobody hears before 15.00; paused in the middle, nothing leaves; then the others of that day do."""
    story.at(26, 9, 14, 59)
    story.residents[BLOCKED].block()
    assert story.told("siap diambil") == []
    story.at(26, 9, 15)
    story.until(lambda: len(story.told("Rabu 27/9")) >= 10)
    assert story.popup(text("progress-button-pause"), below=live) == text("progress-paused-now")
    story.until(lambda: text("progress-paused") in live.text)
    story.until(lambda: not story.in_flight())
    until_then = story.told("Rabu 27/9")
    assert 10 <= len(until_then) < 80
    story.at(26, 9, 15, 20)
    story.says("/petugas")
    assert story.told("Rabu 27/9") == until_then
    assert story.popup(text("progress-button-go-on"), below=live) == text("progress-goes-on")
    story.until(lambda: len(story.told("Rabu 27/9")) >= 88)
    story.until(lambda: "Sudah dikabari: 88" in live.text)
    assert story.told("Rabu 27/9") == reached(range(1, 101))


def who_was_reached(story: Story, live: Message) -> None:
    """49 receipts of SMS, 39 of Telegram, which gives none; 15 blocked the bot, 22 has a number that does not work."""
    shown = story.after(story.rina, lambda: press(story.rina, live, text("progress-button-who")))
    for line in (
        "Dikabari, tanda terima ada: 49",
        "Dikabari, tanpa tanda terima: 39",
        "Menunggu dikabari: 225",
        "Gagal: 1",
        "- nomor HP salah atau tidak dapat menerima SMS: 1",
        "Tanpa HP atau akun: 36",
        "Rabu 27/9: 9, 15, 19, 22, 29, 39, 49, 59, 69, 79, 89, 99",
        "Kamis 28/9: 109, 119, 129, 139, 149, 159, 169, 179, 189, 199",
    ):
        assert line in shown.text.splitlines(), shown.text


def hands_over(story: Story) -> None:
    """Twenty of the day, two of them taken back, and one who came a day too early."""
    story.at(27, 9, 9)
    story.says("/petugas")
    assert "350 KTP-el menunggu" in story.presses(text("deed-hand"))
    assert "20 KTP-el: 1-20" in story.says("1-20")
    assert story.presses(text("button-hand-note")) == "✓ 20 KTP-el: diambil sendiri. Nomor 1-20"
    assert story.says("batal 7 12") == text("hand-back", nomor="7, 12")
    assert story.says("101 keluarga") == "✓ 101: diambil keluarga"
    story.says("/petugas")
    assert "331 KTP-el menunggu" in story.presses(text("deed-hand"))


def the_other_eves(story: Story) -> None:
    for day, month, told, people in (
        (27, 9, "Kamis 28/9", [n for n in reached(range(101, 201)) if n != 101]),
        (28, 9, "Jumat 29/9", reached(range(201, 301))),
        (29, 9, "Senin 2/10", reached(range(301, 351))),
    ):
        assert story.told(told) == []
        story.at(day, month, 15)
        story.until(lambda told=told, people=people: len(story.told(told)) >= len(people))  # type: ignore[misc]
        assert story.told(told) == people


def removed_in_an_announcement(story: Story) -> None:
    """What it would say stands on her screen; she presses Kirim a moment after she is no official any more."""
    story.at(2, 10, 9)
    story.says("/petugas")
    story.presses(text("deed-tell"))
    preview = story.presses(text("form-general-reminder"))
    assert "PENGUMUMAN LAYANAN KTP-EL" in preview and "Lewat Telegram: 133" in preview
    before = story.phones()
    shown = screen(story.rina)
    assert story.kabar("official", "remove", "1", "--yes").code == 0
    assert story.popup(text("button-send-now"), below=shown) == text("button-outdated")
    assert prepare_broadcasts(story.office, now=story.clock) == 0
    story.at(2, 10, 9, 30)
    story.quiet()
    assert story.phones() == before
    assert story.told("PENGUMUMAN") == story.told("pengumuman") == []
    assert story.says("/petugas") == text("not-understood")


def test_from_the_invitation_to_the_last_announcement(story: Story) -> None:
    invited(story)
    takes_in(story)
    live = calls(story)
    the_eve(story, live)
    who_was_reached(story, live)
    hands_over(story)
    the_other_eves(story)
    removed_in_an_announcement(story)
    assert story.phones() == (174, 139)
