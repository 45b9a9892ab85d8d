"""The doctor: every line says what is well, what wants a look, what is broken, and what to do; never a secret."""

import json
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy.orm import Session

from cli.doctor.finding import Mark
from cli.doctor.providers import Answer, clock
from cli.edge import RUN_LOCK
from core.actions.halts import halt_channel
from core.actions.imports import begin_import
from core.actions.safekeeping import note_key_copied
from core.rules.delivery import Channel, Halt
from core.rules.officials import Role
from core.store.office import SCHEMA
from core.store.official_tables import Official
from simulator import SimulatorThread
from tests.cli_world import Said, Terminal
from tests.offices import MORNING, SITI

_NOON = datetime(2017, 9, 26, 12, 0, tzinfo=UTC)


@pytest.fixture
def kabar(
    founded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)


@pytest.fixture
def simulator(kabar: Terminal) -> Iterator[SimulatorThread]:
    """Both providers, set up as they should be."""
    with SimulatorThread() as running:
        kabar.set(
            telegram_token=running.bot_token,
            telegram_api=running.telegram_url,
            twilio_account_sid=running.account_sid,
            twilio_auth_token=running.auth_token,
            twilio_api=running.twilio_url,
            sms_sender="DUKCAPIL",
            public_url="https://kabar.example",
        )
        yield running


def _found(kabar: Terminal) -> dict[str, dict[str, str]]:
    said = kabar("doctor", "--json")
    findings = json.loads(said.out)
    assert said.code == int(any(finding["mark"] == Mark.BROKEN for finding in findings))
    return {finding["name"]: finding for finding in findings}


def test_an_office_that_is_set_up_has_nothing_broken(kabar: Terminal, simulator: SimulatorThread) -> None:
    said = kabar("doctor")
    assert said.code == 0
    assert "0 things broken" in said.out
    for shown in ("@kabar_simulator_bot answers", "4 residents", f"schema {SCHEMA}", "DUKCAPIL, at most 500 a day"):
        assert shown in said.flat
    found = _found(kabar)
    for name in ("settings", "home", "key file", "disk", "database", "office", "sms sender", "receipts", "clock"):
        assert found[name]["mark"] == Mark.WELL, name


def test_no_secret_is_ever_shown(kabar: Terminal, simulator: SimulatorThread) -> None:
    for said in (kabar("doctor"), kabar("doctor", "--json")):
        for secret in (simulator.bot_token, simulator.auth_token, SITI):
            assert secret not in said.out + said.err


def test_the_simulator_is_not_taken_for_telegram(kabar: Terminal, simulator: SimulatorThread) -> None:
    found = _found(kabar)
    assert found["telegram"]["mark"] == found["sms"]["mark"] == Mark.LOOK
    assert "a simulator" in found["telegram"]["hint"]


def test_without_an_office_it_says_how_to_begin(kabar: Terminal) -> None:
    shutil.rmtree(kabar.home)
    said = kabar("doctor")
    assert said.code == 1
    assert "run: kabar init" in said.flat
    assert not kabar.home.exists()
    kabar.home.mkdir(mode=0o700)
    assert "it holds no office yet" in _found(kabar)["database"]["said"]


def test_a_wrong_setting_is_the_first_thing_said(kabar: Terminal) -> None:
    kabar.set(send_window="noon")
    said = kabar("doctor")
    assert said.code == 1
    assert "KABAR_SEND_WINDOW" in said.flat
    assert "must be HH:MM-HH:MM" in said.flat


def test_a_wrong_token_is_broken(kabar: Terminal, simulator: SimulatorThread) -> None:
    kabar.set(telegram_token="99000001:WRONG", twilio_auth_token="wrong")
    found = _found(kabar)
    assert "the token is not known" in found["telegram"]["said"]
    assert "@BotFather" in found["telegram"]["hint"]
    assert "does not know this account" in found["sms"]["said"]


def test_a_provider_that_is_unreachable_is_broken_and_the_clock_is_left_open(kabar: Terminal) -> None:
    with SimulatorThread() as gone:
        address = gone.telegram_url
    kabar.set(telegram_token="99000001:X", telegram_api=address, twilio_account_sid="AC1", twilio_auth_token="x")
    kabar.set(twilio_api=address)
    found = _found(kabar)
    assert found["telegram"]["mark"] == found["sms"]["mark"] == Mark.BROKEN
    assert "does not answer" in found["telegram"]["said"]
    assert found["clock"]["mark"] == Mark.LOOK


@pytest.mark.parametrize("body", ["<html>a proxy</html>", "[]", "", "{}"])
def test_something_else_than_a_provider_is_not_believed(kabar: Terminal, simulator: SimulatorThread, body: str) -> None:
    simulator.faults.answer("telegram", 200, body=body)
    simulator.faults.answer("twilio", 200, body=body)
    found = _found(kabar)
    assert found["telegram"]["mark"] == found["sms"]["mark"] == Mark.BROKEN


def test_an_account_that_twilio_suspended_is_broken(kabar: Terminal, simulator: SimulatorThread) -> None:
    simulator.faults.answer("twilio", 200, body='{"status": "suspended"}')
    assert "the Twilio account is suspended" in _found(kabar)["sms"]["said"]


def test_sms_that_is_half_set_up_is_broken(kabar: Terminal, simulator: SimulatorThread) -> None:
    kabar.set(sms_sender="")
    assert _found(kabar)["sms sender"]["mark"] == Mark.BROKEN
    kabar.set(sms_sender="DUKCAPIL", sms_daily_cap="0")
    assert "every SMS waits" in _found(kabar)["sms sender"]["said"]
    kabar.set(twilio_auth_token="")
    assert "KABAR_TWILIO_AUTH_TOKEN is empty" in _found(kabar)["sms"]["said"]


def test_receipts_need_a_public_address(kabar: Terminal, simulator: SimulatorThread) -> None:
    kabar.set(public_url="")
    assert "cannot come" in _found(kabar)["receipts"]["said"]
    kabar.set(public_url="http://kabar.example")
    assert "unencrypted" in _found(kabar)["receipts"]["said"]


@pytest.mark.parametrize(
    ("seconds", "mark"), [(0, Mark.WELL), (-29, Mark.WELL), (31, Mark.BROKEN), (-3600, Mark.BROKEN)]
)
def test_a_clock_more_than_30_seconds_off_is_said(seconds: int, mark: Mark) -> None:
    theirs = format_datetime(_NOON, usegmt=True)
    assert clock(Answer(200, {}, theirs, _NOON + timedelta(seconds=seconds))).mark is mark


def test_a_clock_that_nobody_can_confirm_wants_a_look() -> None:
    assert clock(None).mark is Mark.LOOK
    assert clock(Answer(200, {}, "yesterday", _NOON)).mark is Mark.LOOK


def test_notices_of_a_channel_that_is_not_set_up_are_said_to_wait(kabar: Terminal) -> None:
    kabar("move", SITI, "PRINTED")
    found = _found(kabar)
    assert "1 sms notice cannot leave" in found["notices"]["said"]
    assert "KABAR_TWILIO_ACCOUNT_SID" in found["notices"]["hint"]


def test_a_halted_channel_and_unfinished_work_are_said(kabar: Terminal) -> None:
    with kabar.office() as office:
        office.write(lambda session: halt_channel(session, Channel.SMS, Halt("20003", "check the token"), now=MORNING))
        office.write(lambda session: begin_import(session, file_digest="0", as_of=MORNING.date(), now=MORNING, by="x"))
    said = kabar("doctor")
    assert said.code == 1
    assert "stopped since 2017-09-26 09:00:00" in said.flat
    assert "check the token" in said.flat
    assert "1 import begun and not ended" in said.flat


def test_old_data_wants_a_newer_export(kabar: Terminal) -> None:
    assert "per 2017-09-26" in _found(kabar)["data"]["said"]
    assert _found(kabar)["data"]["mark"] == Mark.LOOK


def test_it_knows_whether_kabar_run_is_at_work(kabar: Terminal) -> None:
    assert "not running" in _found(kabar)["kabar run"]["said"]
    with FileLock(kabar.home / RUN_LOCK):
        assert "at work" in _found(kabar)["kabar run"]["said"]
        assert kabar("move", SITI, "PRINTED").code == 0


def test_trial_and_night_are_said(kabar: Terminal) -> None:
    kabar.set(send_window="always", trial_addresses="+6281200000001, 99000001")
    found = _found(kabar)
    assert "only 2 trial addresses get anything" in found["live"]["said"]
    assert found["send window"]["mark"] == Mark.LOOK
    kabar.set(send_window="08:00-18:00", live="yes")
    found = _found(kabar)
    assert found["live"]["mark"] == found["send window"]["mark"] == Mark.WELL
    kabar.set(live="no", trial_addresses="99000001")
    assert "only 1 trial address gets anything" in _found(kabar)["live"]["said"]


def test_what_others_can_read_is_said(kabar: Terminal) -> None:
    settings = kabar.folder / ".env"
    settings.write_text("KABAR_LIVE=no\n")
    settings.chmod(0o644)
    kabar.home.chmod(0o755)
    found = _found(kabar)
    assert "chmod 600" in found["settings"]["hint"]
    assert "chmod 700" in found["home"]["hint"]
    assert stat.S_IMODE(settings.stat().st_mode) == 0o644


def test_own_texts_are_checked(kabar: Terminal) -> None:
    texts = kabar.folder / "texts"
    kabar.set(wording=str(texts))
    assert "does not exist" in _found(kabar)["wording"]["said"]
    texts.mkdir()
    assert _found(kabar)["wording"]["mark"] == Mark.WELL
    (texts / "en.ftl").write_text("button-help = Help, please\nour-word-sms = by us\n")
    assert "register the changed format again" in _found(kabar)["wording"]["said"]
    (texts / "id.ftl").write_text("ask-nik = { $nama }\nask-nic = NIK?\n")
    assert "2 things wrong" in _found(kabar)["wording"]["said"]
    assert "kabar wording check" in _found(kabar)["wording"]["hint"]


def test_an_older_or_newer_schema_is_said(kabar: Terminal) -> None:
    for schema, hint in (("0000", "kabar migrate"), ("9999", "newest version")):
        with sqlite3.connect(kabar.home / "kabar.sqlite3") as connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (schema,))
        connection.close()
        assert hint in _found(kabar)["database"]["hint"]


def test_a_damaged_page_is_found(kabar: Terminal) -> None:
    said: Said = kabar("doctor")
    assert "is sound" in said.flat
    file = kabar.home / "kabar.sqlite3"
    content = bytearray(file.read_bytes())
    half = len(content) // 2 // 4096 * 4096
    content[half : half + 4096 * 4] = bytes(4096 * 4)
    file.write_bytes(content)
    assert _found(kabar)["database"]["mark"] == Mark.BROKEN


def test_a_folder_that_is_no_home_gets_no_advice_about_its_mode(kabar: Terminal) -> None:
    others = kabar.folder / "others"
    others.mkdir(mode=0o755)
    (others / "passwd").touch()
    kabar.set(home="others")
    found = _found(kabar)
    assert found["home"]["mark"] == Mark.BROKEN
    assert "no office's home" in found["home"]["said"]
    assert "chmod" not in found["home"]["hint"]
    assert "key file" not in found


def test_a_home_that_lost_its_key_is_still_a_home(kabar: Terminal) -> None:
    (kabar.home / "office.key").unlink()
    found = _found(kabar)
    assert found["home"]["mark"] == Mark.WELL
    assert found["key file"]["mark"] == Mark.BROKEN


def test_a_misspelt_setting_wants_a_look(kabar: Terminal) -> None:
    kabar.set(liv="yes")
    assert _found(kabar)["misspelt"] == {
        "mark": Mark.LOOK,
        "name": "misspelt",
        "said": "KABAR_LIV is no setting, so nothing reads it",
        "hint": "did you mean KABAR_LIVE?",
    }


def test_days_are_those_of_the_office(kabar: Terminal) -> None:
    with kabar.office() as office:
        late = datetime(2017, 9, 26, 20, 0, tzinfo=UTC)  # 03.00 of the next day in Bojonegoro
        office.write(lambda session: note_key_copied(session, now=late, by="operator"))
    assert _found(kabar)["key copy"]["said"] == "made on 2017-09-27"


def test_who_opened_an_invitation_and_waits_is_named_and_how_to_settle_it(kabar: Terminal) -> None:
    def opened(session: Session) -> None:
        appointed = {"telegram_sealed": b"x", "role": Role.VILLAGE, "region": "35.22.15.2003", "invited_by": "operator"}
        session.add(Official(telegram_index=b"1", **appointed, confirmed_at=MORNING))
        session.add(Official(telegram_index=b"2", **appointed))

    assert "officials" not in _found(kabar)
    with kabar.office() as office:
        office.write(opened)
    found = _found(kabar)["officials"]
    assert found["mark"] == Mark.LOOK
    assert found["said"] == "1 person opened an invitation and waits to be confirmed"
    assert "kabar official confirm ID" in found["hint"]
