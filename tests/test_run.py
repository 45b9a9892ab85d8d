"""`kabar run` as an operator starts it: a process of its own, real HTTP, real signals."""

import asyncio
import json
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing import connection
from pathlib import Path

import pytest

from core.actions.cards import move_card_of
from core.actions.facts import Happened, append_fact
from core.rules.card import Stage
from core.rules.window import Window
from core.store.office import open_office
from simulator import SimulatorThread
from tests.killed_jobs import channels, command
from tests.killing import PATIENCE_SECONDS, Child
from tests.offices import BUDI, SITI, SITI_PHONE, Clock, act, copy_office
from tests.senders import send_all
from tests.test_sending import link, ready

#: Between two looks at what a starting process says.
LOOK_SECONDS = 0.02


@pytest.fixture
def simulator() -> Iterator[SimulatorThread]:
    with SimulatorThread() as simulator:
        yield simulator


@pytest.fixture
def home(founded_home: Path, tmp_path: Path) -> Path:
    copy_office(founded_home, tmp_path / "home").close()
    return tmp_path / "home"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings(home: Path, simulator: SimulatorThread, port: int, **changes: str) -> dict[str, str]:
    usual = {
        "home": str(home),
        "http": f"127.0.0.1:{port}",
        "public_url": f"http://127.0.0.1:{port}",
        "telegram_token": simulator.bot_token,
        "telegram_api": simulator.telegram_url,
        "twilio_account_sid": simulator.account_sid,
        "twilio_auth_token": simulator.auth_token,
        "twilio_api": simulator.twilio_url,
        "sms_sender": "BOJONEGORO",
        "send_window": "always",
        "live": "yes",
        "centre_days": "3650",  # or Wati, who was sent there in 2017, would need an officer by now
    }
    return usual | changes


def until(child: Child, happened: Callable[[], object]) -> None:
    """Look again and again while the child lives; a look that finds it dead says what it said."""
    for _ in range(round(PATIENCE_SECONDS / LOOK_SECONDS)):
        if happened():
            return
        assert not connection.wait([child.process.sentinel], LOOK_SECONDS), child.said
    raise AssertionError(f"nothing happened: {child.said}")


@contextmanager
def running(home: Path, settings: dict[str, str], *options: str) -> Iterator[Child]:
    """Start it, wait until it says that it is at work, and end it as systemd does."""
    home.with_suffix(".said").write_text("")
    child = Child(home, command, (home.parent, ("run", *options)), settings=settings).start()
    until(child, lambda: "at work" in child.said)
    try:
        yield child
    finally:
        child.terminate()
        assert child.end() == 0, child.said
        assert "Traceback" not in child.said, child.said


def refused(home: Path, settings: dict[str, str], *options: str) -> str:
    """Start it where it must not run; return the one sentence it says."""
    child = Child(home.parent / "second", command, (home.parent, ("run", *options)), settings=settings)
    assert child.run() == 2, child.said
    assert "Traceback" not in child.said
    return child.said


def health(port: int) -> tuple[int, dict[str, object]]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_a_resident_asks_and_another_is_told_and_a_stop_is_clean(home: Path, simulator: SimulatorThread) -> None:
    port = free_port()
    siti = simulator.telegram.person("Ibu Siti")
    with running(home, settings(home, simulator, port)):
        siti.say(f"KTP {BUDI} sudah jadi?")
        simulator.wait_until(lambda: any("SUDAH DICETAK" in (m.text or "") for m in siti.received), 15)
        with open_office(home) as office:  # another process's command, while this one runs
            act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=datetime.now(UTC), by="operator")
        simulator.wait_until(lambda: simulator.sms.inbox(SITI_PHONE), 15)
        simulator.wait_until(lambda: simulator.sms.sent(SITI_PHONE)[0].receipts[-1:] == [("delivered", 204)], 15)
        assert health(port) == (200, health(port)[1])
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as measured:
            assert b"kabar_sms_started_today 1.0" in measured.read()
    assert len(simulator.sms.inbox(SITI_PHONE)) == 1


def test_what_nobody_answered_for_a_day_goes_by_sms_too(home: Path, simulator: SimulatorThread) -> None:
    siti = simulator.telegram.person("Ibu Siti", started=True)
    yesterday = Clock(datetime.now(UTC) - timedelta(days=1, minutes=1))
    with open_office(home) as office:
        link(office, SITI, str(siti.id), yesterday)
        ready(office, SITI, yesterday)
        asyncio.run(
            send_all(office, *channels(simulator.telegram_url, yesterday), now=yesterday, window=Window(None, None))
        )
    with running(home, settings(home, simulator, free_port())):
        simulator.wait_until(lambda: simulator.sms.inbox(SITI_PHONE), 15)
    assert len(siti.received) == 1


def test_by_webhook_telegram_comes_to_us(home: Path, simulator: SimulatorThread) -> None:
    siti = simulator.telegram.person("Ibu Siti")
    with running(home, settings(home, simulator, free_port()), "--webhook"):
        siti.say(BUDI)
        simulator.wait_until(lambda: siti.received, 15)
    assert "SUDAH DICETAK" in (siti.received[0].text or "")


def test_an_office_alone_is_reached_where_it_will_be_as_one_of_many(home: Path, simulator: SimulatorThread) -> None:
    siti, port = simulator.telegram.person("Ibu Siti"), free_port()
    with open_office(home) as office:
        act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=datetime.now(UTC), by="operator")
    address = f"http://127.0.0.1:{port}/35.22"
    with running(home, settings(home, simulator, port, public_url=address, webhook="yes")):
        siti.say(BUDI)
        simulator.wait_until(lambda: siti.received, 15)
        simulator.wait_until(lambda: simulator.sms.sent(SITI_PHONE), 15)
        simulator.wait_until(lambda: simulator.sms.sent(SITI_PHONE)[0].receipts[-1:] == [("delivered", 204)], 15)


def test_what_was_asked_while_nobody_was_at_work_is_answered_afterwards(home: Path, simulator: SimulatorThread) -> None:
    siti = simulator.telegram.person("Ibu Siti")
    siti.say(BUDI)
    with running(home, settings(home, simulator, free_port())):
        simulator.wait_until(lambda: siti.received, 15)


def test_a_second_one_on_the_same_home_is_refused(home: Path, simulator: SimulatorThread) -> None:
    with running(home, settings(home, simulator, free_port())):
        assert "already" in refused(home, settings(home, simulator, free_port()))


def test_a_taken_port_is_said_with_the_setting_that_mends_it(home: Path, simulator: SimulatorThread) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert "KABAR_HTTP" in refused(home, settings(home, simulator, taken.getsockname()[1]))


def test_a_misspelt_setting_is_said_at_the_start(home: Path, simulator: SimulatorThread) -> None:
    with running(home, settings(home, simulator, free_port(), liv="yes")) as child:
        assert "no setting, so nothing reads it (setting KABAR_LIV, hint did you mean KABAR_LIVE?)" in child.said


def test_data_without_its_key_file_does_not_start(home: Path, simulator: SimulatorThread) -> None:
    (home / "office.key").unlink()
    assert "key file" in refused(home, settings(home, simulator, free_port()))


def test_a_clock_that_is_behind_the_office_is_said_before_anything_is_sent(
    home: Path, simulator: SimulatorThread
) -> None:
    with open_office(home) as office:
        act(office, append_fact, Happened.CARD_SEEN, now=datetime.now(UTC) + timedelta(days=2), by="operator")
    assert "clock" in refused(home, settings(home, simulator, free_port()))


def test_a_wrong_token_is_said_by_the_health_page_and_keeps_nobody_waiting_for_ever(
    home: Path, simulator: SimulatorThread
) -> None:
    port = free_port()
    with running(home, settings(home, simulator, port, telegram_token="12345:WRONG")) as child:
        until(child, lambda: health(port)[0] == 503)
        assert health(port)[1]["bot"] == "token refused"


def test_what_cannot_be_a_token_is_refused_at_start(home: Path, simulator: SimulatorThread) -> None:
    assert "BotFather" in refused(home, settings(home, simulator, free_port(), telegram_token="nonsense"))


def test_twilio_without_telegram_runs_and_telegram_without_twilio_too(home: Path, simulator: SimulatorThread) -> None:
    with open_office(home) as office:
        act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=datetime.now(UTC), by="operator")
    with running(home, settings(home, simulator, free_port(), twilio_account_sid="")):
        pass
    assert not simulator.sms.sent()
    with running(home, settings(home, simulator, free_port(), telegram_token="")):
        simulator.wait_until(lambda: simulator.sms.inbox(SITI_PHONE), 15)
