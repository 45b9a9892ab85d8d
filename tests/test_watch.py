"""What an operator who watches sees: one frame after another, of any width, beside `kabar run` or without it."""

import asyncio
import os
import pty
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
from filelock import FileLock
from rich.console import Console
from sqlalchemy import insert, select

from cli.edge import RUN_LOCK
from cli.watch.frame import Seen, frame, lasting
from cli.watch.keys import Keys
from cli.watch.sender import SenderSays, ask_sender, read_metrics
from core.actions.batches import pause_batch
from core.actions.halts import halt_channel
from core.actions.notices import Debt, owe
from core.actions.outcomes import record_outcome
from core.actions.sending import Turn, start_messages
from core.actions.suspensions import suspend
from core.questions.watching import Lately, lately, scene
from core.rules.delivery import Channel, Halt, Sent, Unsure
from core.rules.notices import Kind
from core.rules.suspension import Cause, Service
from core.rules.window import Window
from core.store.delivery_tables import Lease
from core.store.office import OpenOffice
from core.store.tables import Contact
from tests.cli_world import Terminal
from tests.offices import SITI, SITI_PHONE, Clock, act, ask
from tests.senders import terms
from tests.test_metrics import PULSE, listening
from tests.test_sending import link

STOP = "broadcast:1"
NEVER = Lately(None, None, None)


@pytest.fixture
def busy(office: OpenOffice, clock: Clock) -> OpenOffice:
    """Printing stopped and 40 people are owed the news; two were told within the last seconds, one perhaps."""
    link(office, SITI, "900000001", clock)
    act(office, suspend, [Service.PRINTING], cause=Cause.BLANKS, now=clock(), by="operator")
    telegram = select(Contact.id).where(Contact.channel == Channel.TELEGRAM)
    contact = ask(office, lambda session: session.scalars(telegram).one())
    debts = [Debt(kind=Kind.REGISTERED, resident_id=1, contact_id=contact)] * 40
    act(office, owe, debts, now=clock(), batch=STOP, only=frozenset({Channel.TELEGRAM}))
    return office


def told(office: OpenOffice, clock: Clock, *outcomes: object) -> None:
    for outcome in outcomes:
        how = {"slots": 1, "held": frozenset(), "turn": Turn(), "now": clock(), "terms": terms(office)}
        for outgoing in act(office, start_messages, Channel.TELEGRAM, **how):
            act(office, record_outcome, outgoing.attempt_id, outcome, now=clock(), jitter=0)


def drawn(office: OpenOffice, clock: Clock, *, width: int = 80, lines: int | None = 24, **changes: object) -> str:
    """What stands on a screen of this size."""
    seen: dict[str, object] = {
        "office": "Dispendukcapil Kabupaten Bojonegoro",
        "zone": ZoneInfo("Asia/Jakarta"),
        "now": clock(),
        "window": Window.read("08:00-18:00"),
        "live": True,
        "scene": ask(office, scene, now=clock()),
        "lately": ask(office, lately),
        "at_work": True,
        "sender": None,
    }
    console = Console(file=StringIO(), width=width, height=lines or 100, force_terminal=False, color_system=None)
    console.print(frame(Seen(**seen | changes), lines=lines))  # type: ignore[arg-type]
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert max(map(len, text.splitlines())) <= width
    assert SITI_PHONE not in text
    return text


@pytest.mark.both_databases
def test_one_frame_shows_what_waits_and_how_far_each_batch_is(busy: OpenOffice, clock: Clock) -> None:
    told(busy, clock, Sent("1"), Sent("2"), Unsure("timeout"))
    clock.move(seconds=5)
    text = " ".join(drawn(busy, clock, width=120).split())
    for shown in (
        "● at work: kabar run · 0 in flight",
        "people are written to until 18:00",
        "batch",
        "printing stopped (suspension 1, since 2017-09-26)",
        "last 5 minutes telegram 2 Sent, 1 Unsure",
        "2/40",
        "inbox 0 waiting; 0 set aside",
        "last backup never",
    ):
        assert shown in text, shown


@pytest.mark.both_databases
def test_a_speed_is_told_and_how_long_the_rest_takes(busy: OpenOffice, clock: Clock) -> None:
    told(busy, clock, Sent("1"), Sent("2"))
    seen = ask(busy, scene, now=clock.move(seconds=5))
    [batch] = seen.batches
    assert seen.batch_speed[STOP] == 0.2
    assert seen.speed[Channel.TELEGRAM] == 0.2
    assert seen.left(batch) == timedelta(seconds=batch.waiting / seen.batch_speed[STOP])
    still = ask(busy, scene, now=clock.move(minutes=2))
    assert (still.left(still.batches[0]), still.outcomes[Channel.TELEGRAM, "Sent"]) == (None, 2)
    assert not ask(busy, scene, now=clock.move(minutes=10)).outcomes


def test_where_nobody_is_at_work_that_is_said_first(busy: OpenOffice, clock: Clock) -> None:
    assert "nobody is at work" in drawn(busy, clock, at_work=False).splitlines()[1]


def test_what_stopped_and_what_was_paused_stands_out_with_what_to_do(busy: OpenOffice, clock: Clock) -> None:
    act(busy, halt_channel, Channel.SMS, Halt("20003", "check KABAR_TWILIO_AUTH_TOKEN"), now=clock())
    act(busy, pause_batch, STOP, now=clock(), by="operator")
    text = drawn(busy, clock)
    assert "! sms stopped, since 09:00: check KABAR_TWILIO_AUTH_TOKEN" in text
    assert "paused by an operator: broadcast:1" in text
    assert "paused" in text.split("waiting")[1]


def test_what_the_sender_tells_of_itself_stands_in_the_frame(busy: OpenOffice, clock: Clock) -> None:
    sender = SenderSays(
        holder="server-1:4711", pace={"telegram": 27.0}, chats_held=3, bot_held_seconds=4, answers_waiting=2
    )
    text = drawn(busy, clock, width=120, sender=sender)
    assert (
        "at work: server-1:4711 · 0 in flight · 2 answers in line · 3 chats held · the whole bot held for 4 s" in text
    )
    assert "0.0 of 27" in text


@pytest.mark.both_databases
def test_who_holds_the_office_is_read_from_the_database_while_the_lease_lasts(busy: OpenOffice, clock: Clock) -> None:
    lease = {"name": "sender", "holder": "server-2:99", "since": clock(), "until": clock() + timedelta(seconds=15)}
    busy.write(lambda session: session.execute(insert(Lease).values(lease)))
    assert "at work: server-2:99 since 09:00" in drawn(busy, clock)
    clock.move(seconds=16)
    assert ask(busy, scene, now=clock()).signs.holders == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"live": False}, "trial: only trial addresses get anything · people are written to until 18:00"),
        ({"window": Window.read("always")}, "people are written to at any hour"),
        ({"window": Window.read("10:00-11:00")}, "people are written to from 10:00 on"),
        ({"window": Window.read("07:00-08:00")}, "people are written to from 2017-09-27 07:00 on"),
        ({"trouble": "OperationalError"}, "the database does not answer (OperationalError)"),
        ({"lately": NEVER}, "last import never"),
    ],
)
def test_the_hours_and_troubles_are_said(busy: OpenOffice, clock: Clock, changes: dict[str, object], said: str) -> None:
    assert said in " ".join(drawn(busy, clock, width=120, **changes).split())


@pytest.mark.parametrize(("width", "lines"), [(80, 24), (60, 20), (200, 60)])
def test_a_frame_fits_the_screen_however_many_batches_are_open(
    busy: OpenOffice, clock: Clock, width: int, lines: int
) -> None:
    for number in range(30):
        act(busy, owe, [Debt(kind=Kind.REGISTERED, resident_id=1)], now=clock(), batch=f"call:{number}")
    text = drawn(busy, clock, width=width, lines=lines)
    assert len(text.splitlines()) <= lines
    assert "more: kabar batches" in text or lines == 60


@pytest.mark.parametrize(
    ("span", "said"),
    [(0, "0 s"), (119, "119 s"), (120, "2 min"), (7199, "119 min"), (7200, "2 h"), (200_000, "2 days"), (-5, "0 s")],
)
def test_how_long_is_said_in_one_unit(span: int, said: str) -> None:
    assert lasting(timedelta(seconds=span)) == said


# What the running office is asked


@pytest.mark.anyio
async def test_the_running_office_is_asked_at_its_port(office: OpenOffice, clock: Clock) -> None:
    async with listening(office, clock, lambda: PULSE) as scrape:
        read = read_metrics(await scrape())
        assert await asyncio.to_thread(ask_sender, "127.0.0.1", scrape.port) == read
    assert read == SenderSays(
        holder="server-1:4711",
        pace={"telegram": 27.0, "sms": 10.0},
        chats_held=3,
        bot_held_seconds=1.5,
        answers_waiting=2,
    )
    assert await asyncio.to_thread(ask_sender, "127.0.0.1", scrape.port) is None


@pytest.mark.parametrize("page", [b"<html>not ours</html>", b"", b"\xff\xfe", b"process_cpu_seconds_total 1\n"])
def test_another_program_at_that_port_is_not_taken_for_the_office(page: bytes) -> None:
    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the base class's name
            self.send_response(200)
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None: ...

    with serving(Other) as port:
        assert ask_sender("127.0.0.1", port) is None


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """Another program, at the port that this yields."""
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# The command


@pytest.fixture
def kabar(
    founded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    terminal = Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)
    terminal.set(http="127.0.0.1:9")  # where nobody listens
    return terminal


@pytest.mark.parametrize("words", [(), ("--once",)])
def test_into_a_pipe_goes_one_frame(kabar: Terminal, words: tuple[str, ...]) -> None:
    said = kabar("watch", *words)
    assert said.code == 0
    assert said.out.count("Dispendukcapil Kabupaten Bojonegoro") == 1
    assert "nobody is at work" in said.out


def test_beside_a_running_office_it_says_that_somebody_is_at_work(kabar: Terminal) -> None:
    with FileLock(kabar.home / RUN_LOCK):
        assert "● at work: kabar run" in kabar("watch").out


def test_a_key_is_read_without_return_and_the_terminal_is_left_as_it_was() -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "r") as terminal:
        with Keys(terminal) as keys:
            assert keys.pressed_within(0) == ""
            os.write(ours, b"q")
            assert keys.pressed_within(5) == "q"
        assert termios.tcgetattr(terminal.fileno())[3] & termios.ICANON
    os.close(ours)
