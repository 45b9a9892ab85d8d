"""Whatever goes wrong is one sentence with a fix: no traceback, nobody's data, an exit code that means something."""

import errno
import os
import pty
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from cli.failures import explain, report
from core.errors import InputError, NotFound, Overtaken, Refused, SetupError, WordingError
from core.questions.databases import sqlite_fault
from core.store.engine import database_url
from tests.cli_world import Terminal
from tests.offices import SITI

_ROOT = Path(__file__).parent.parent


@pytest.fixture
def kabar(
    founded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)


@pytest.mark.parametrize(
    ("error", "code"),
    [(InputError, 1), (NotFound, 1), (Refused, 1), (Overtaken, 1), (SetupError, 2), (WordingError, 2)],
)
def test_our_own_refusals_are_said_as_they_are(error: type[Exception], code: int) -> None:
    assert explain(error("the door is shut; open it")) == ("the door is shut; open it", code)


def _locked(path: Path) -> OperationalError:
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("CREATE TABLE seat (id)")
    holder.execute("BEGIN EXCLUSIVE")
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 0})
    try:
        with engine.connect() as connection, pytest.raises(OperationalError) as caught:
            connection.execute(text("INSERT INTO seat VALUES (:nik)"), {"nik": SITI})
    finally:
        engine.dispose()
        holder.close()
    return caught.value


def _full(path: Path) -> OperationalError:
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection, pytest.raises(OperationalError) as caught:
            connection.execute(text("PRAGMA max_page_count = 2"))
            connection.execute(text("CREATE TABLE seat (id)"))
            connection.execute(text("INSERT INTO seat VALUES (:nik)"), {"nik": SITI * 4000})
    finally:
        engine.dispose()
    return caught.value


def test_a_locked_database_is_said_without_the_statement(tmp_path: Path) -> None:
    said, code = explain(_locked(tmp_path / "x.sqlite3"))
    assert "locked by another program; what was not finished is undone" in said
    assert SITI not in said
    assert code == 2


def test_a_full_disk_is_said_whether_the_database_or_the_system_noticed(tmp_path: Path) -> None:
    noticed = [explain(_full(tmp_path / "x.sqlite3")), explain(OSError(errno.ENOSPC, "No space left on device"))]
    assert noticed[0] == noticed[1]
    assert "the disk is full" in noticed[0][0]


def test_a_folder_that_may_not_be_written_is_named_without_its_path() -> None:
    said, code = explain(PermissionError(errno.EACCES, "Permission denied", "/srv/kabar/office.key"))
    assert "(office.key)" in said
    assert "owner" in said
    assert code == 2


def test_an_unexpected_error_does_not_repeat_its_text() -> None:
    try:
        raise RuntimeError(f"row of {SITI} SITI AMINAH")
    except RuntimeError as error:
        said, code = explain(error)
    assert "RuntimeError in test_cli_failures.py, line" in said
    assert "KABAR_DEBUG=1" in said
    assert "SITI" not in said
    assert SITI not in said
    assert code == 1


def test_the_traceback_is_there_for_whoever_asks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KABAR_DEBUG", "1")
    assert report(RuntimeError("boom")) == 1
    assert "RuntimeError: boom" in capsys.readouterr().err


def test_a_wrong_setting_is_named_with_its_meaning_and_without_its_value(kabar: Terminal) -> None:
    kabar.set(live="perhaps", sms_daily_cap="-1", http="nowhere")
    for command in (("status", SITI), ("notices",), ("migrate",), ("init", "--regency", "35.22")):
        said = kabar(*command)
        assert said.code == 2
        assert all(name in said.err for name in ("KABAR_LIVE", "KABAR_SMS_DAILY_CAP", "KABAR_HTTP"))
        assert "perhaps" not in said.err
        assert len(said.err.splitlines()) == 1


def test_an_address_that_is_none_is_said_without_repeating_it(kabar: Terminal) -> None:
    kabar.set(database_url="bojonegoro:secret")
    for command in (("notices",), ("migrate",), ("init", "--regency", "35.22"), ("doctor",)):
        said = kabar(*command)
        assert said.code in (1, 2)
        assert "KABAR_DATABASE_URL" in said.flat
        assert "secret" not in said.flat


def test_a_damaged_database_is_said(kabar: Terminal) -> None:
    (kabar.home / "kabar.sqlite3").write_bytes(b"this is no database" * 500)
    for command in (("notices",), ("migrate",), ("init", "--regency", "35.22")):
        said = kabar(*command)
        assert said.code == 2
        assert "file is not a database" in said.err
        assert len(said.err.splitlines()) == 1
    assert "put back the last backup" in kabar("migrate").err
    assert "put back the last backup" in kabar("doctor").flat


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda key: key.chmod(0o644), "is open to others; run: chmod 600"),
        (lambda key: key.write_text("kabar-key 1 abc"), "is damaged"),
        (lambda key: key.write_text(f"kabar-key 1 {'A' * 43}=\n"), "does not fit this data"),
    ],
)
def test_a_key_that_does_not_fit_stops_everything(kabar: Terminal, spoil, sentence: str) -> None:  # type: ignore[no-untyped-def]
    spoil(kabar.home / "office.key")
    for command in (("status", SITI), ("move", SITI, "PRINTED"), ("doctor",)):
        said = kabar(*command)
        assert said.code == (1 if command == ("doctor",) else 2)
        assert sentence in said.flat


def test_a_database_that_somebody_holds_is_seen_by_the_doctor(kabar: Terminal) -> None:
    holder = sqlite3.connect(kabar.home / "kabar.sqlite3", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert sqlite_fault(database_url(None, kabar.home), patience_seconds=0) == "database is locked"
    holder.close()
    assert sqlite_fault(database_url(None, kabar.home), patience_seconds=0) is None


def test_ctrl_c_ends_a_command_as_shells_expect(kabar: Terminal) -> None:
    ours, theirs = pty.openpty()
    waiting = subprocess.Popen(
        [sys.executable, "-m", "cli.main", "status", "-"],
        cwd=_ROOT,
        env={**os.environ, "KABAR_HOME": str(kabar.home)},
        stdin=theirs,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert waiting.stderr
    assert waiting.stderr.read(5) == "NIK: "
    waiting.send_signal(signal.SIGINT)
    said = waiting.stderr.read()
    waiting.stderr.close()
    os.close(ours)
    os.close(theirs)
    assert waiting.wait() == 130
    assert "kabar: stopped" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("receipt", SITI, "--paper", "a4"), "'a4' is not one of '58mm', 'a6'"),
        (("notices", "--limit", "few"), "'--limit': this is not a whole number"),
        (("notices", "--limit", "0"), "'--limit': must be greater than or equal to 1"),
        (("suspend", "--services", "printing"), "missing option '--cause', one of: server, power"),
        (("key",), "missing command"),
    ],
)
def test_a_word_that_does_not_fit_is_said_in_one_plain_line(
    kabar: Terminal, words: tuple[str, ...], sentence: str
) -> None:
    said = kabar(*words)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1
    assert not [word for word in ("Value error", "Input should", "parse") if word in said.err]


def test_a_day_that_is_none_is_shown_how_to_write_it(kabar: Terminal) -> None:
    said = kabar("suspend", "--services", "printing", "--cause", "power", "--until", "tomorrow")
    assert (said.code, said.err) == (1, "kabar: this is not a date; write it like 2026-12-31\n")


def test_an_example_of_a_code_is_one_of_this_office(kabar: Terminal) -> None:
    assert "a code like 35.22.01.2001" in kabar("desk", "--visit", "--village", "99").err
    assert "a code like 35.22.01.2001" in kabar("move", SITI, "READY_FOR_PICKUP", "--at", "99").err
