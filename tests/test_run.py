"""`kabar run` as an operator starts it: a process of its own, real HTTP, real signals."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.actions.cards import move_card_of
from core.actions.facts import Happened, append_fact
from core.rules.card import Stage
from core.store.office import open_office
from simulator import SimulatorThread
from tests.offices import BUDI, SITI, SITI_PHONE, act, copy_office


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
        "KABAR_HOME": str(home),
        "KABAR_HTTP": f"127.0.0.1:{port}",
        "KABAR_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "KABAR_TELEGRAM_TOKEN": simulator.bot_token,
        "KABAR_TELEGRAM_API": simulator.telegram_url,
        "KABAR_TWILIO_ACCOUNT_SID": simulator.account_sid,
        "KABAR_TWILIO_AUTH_TOKEN": simulator.auth_token,
        "KABAR_TWILIO_API": simulator.twilio_url,
        "KABAR_SMS_SENDER": "BOJONEGORO",
        "KABAR_SEND_WINDOW": "always",
        "KABAR_LIVE": "yes",
    }
    return {**os.environ, **usual, **changes}


COMMAND = [sys.executable, "-m", "cli.main", "run"]


@contextmanager
def running(environment: dict[str, str], *options: str) -> Iterator[subprocess.Popen[str]]:
    """Start it, wait until it says that it is at work, and end it as systemd does."""
    process = subprocess.Popen(
        [*COMMAND, *options], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if "at work" in line:
            break
    else:
        process.wait()
        raise AssertionError("".join(said))
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        rest = process.communicate(timeout=20)[0]
        assert process.returncode == 0, rest
        assert "Traceback" not in rest, rest


def refused(environment: dict[str, str], *options: str) -> str:
    """Start it where it must not run; return the one sentence it says."""
    done = subprocess.run(
        [*COMMAND, *options], env=environment, capture_output=True, text=True, check=False, timeout=30
    )
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def health(port: int) -> tuple[int, dict[str, object]]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_a_resident_asks_and_another_is_told_and_a_stop_is_clean(home: Path, simulator: SimulatorThread) -> None:
    port = free_port()
    siti = simulator.telegram.person("Ibu Siti")
    with running(settings(home, simulator, port)):
        siti.say(f"KTP {BUDI} sudah jadi?")
        simulator.wait_until(lambda: any("SUDAH DICETAK" in (m.text or "") for m in siti.received), 15)
        with open_office(home) as office:  # another process's command, while this one runs
            act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=datetime.now(UTC), by="operator")
        simulator.wait_until(lambda: simulator.sms.inbox(SITI_PHONE), 15)
        simulator.wait_until(lambda: simulator.sms.sent(SITI_PHONE)[0].receipts[-1:] == [("delivered", 204)], 15)
        assert health(port) == (200, health(port)[1])
    assert len(simulator.sms.inbox(SITI_PHONE)) == 1


def test_by_webhook_telegram_comes_to_us(home: Path, simulator: SimulatorThread) -> None:
    siti = simulator.telegram.person("Ibu Siti")
    with running(settings(home, simulator, free_port()), "--webhook"):
        siti.say(BUDI)
        simulator.wait_until(lambda: siti.received, 15)
    assert "SUDAH DICETAK" in (siti.received[0].text or "")


def test_what_was_asked_while_nobody_was_at_work_is_answered_afterwards(home: Path, simulator: SimulatorThread) -> None:
    siti = simulator.telegram.person("Ibu Siti")
    siti.say(BUDI)
    with running(settings(home, simulator, free_port())):
        simulator.wait_until(lambda: siti.received, 15)


def test_a_second_one_on_the_same_home_is_refused(home: Path, simulator: SimulatorThread) -> None:
    with running(settings(home, simulator, free_port())):
        assert "already" in refused(settings(home, simulator, free_port()))


def test_a_taken_port_is_said_with_the_setting_that_mends_it(home: Path, simulator: SimulatorThread) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert "KABAR_HTTP" in refused(settings(home, simulator, taken.getsockname()[1]))


def test_data_without_its_key_file_does_not_start(home: Path, simulator: SimulatorThread) -> None:
    (home / "office.key").unlink()
    assert "key file" in refused(settings(home, simulator, free_port()))


def test_a_clock_that_is_behind_the_office_is_said_before_anything_is_sent(
    home: Path, simulator: SimulatorThread
) -> None:
    with open_office(home) as office:
        act(office, append_fact, Happened.CARD_SEEN, now=datetime.now(UTC) + timedelta(days=2), by="operator")
    assert "clock" in refused(settings(home, simulator, free_port()))


def test_a_wrong_token_is_said_by_the_health_page_and_keeps_nobody_waiting_for_ever(
    home: Path, simulator: SimulatorThread
) -> None:
    port = free_port()
    with running(settings(home, simulator, port, KABAR_TELEGRAM_TOKEN="12345:WRONG")):
        simulator.wait_until(lambda: health(port)[0] == 503, 15)
        assert health(port)[1]["bot"] == "token refused"


def test_what_cannot_be_a_token_is_refused_at_start(home: Path, simulator: SimulatorThread) -> None:
    assert "BotFather" in refused(settings(home, simulator, free_port(), KABAR_TELEGRAM_TOKEN="nonsense"))


def test_twilio_without_telegram_runs_and_telegram_without_twilio_too(home: Path, simulator: SimulatorThread) -> None:
    with open_office(home) as office:
        act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=datetime.now(UTC), by="operator")
    with running(settings(home, simulator, free_port(), KABAR_TWILIO_ACCOUNT_SID="")):
        pass
    assert not simulator.sms.sent()
    with running(settings(home, simulator, free_port(), KABAR_TELEGRAM_TOKEN="")):
        simulator.wait_until(lambda: simulator.sms.inbox(SITI_PHONE), 15)
