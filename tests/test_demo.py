"""The demo as a newcomer plays it, and what a thief of its folder would learn."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from cli.demo.cast import REGENCY, SAMPLE
from cli.main import run
from core.files import ExportRow, VillageNames, open_export
from core.regions import regions_of

_LETTERS = re.compile(rb"[A-Z][A-Z'.]*(?: [A-Z][A-Z'.]*)+")
_DIGITS = re.compile(rb"\d{9,}")
_RECEIPTS = re.compile(rb"BJN-\d{6}-[A-Z]\d{2}")
_LONGEST_NAME_IN_WORDS = 5


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo that was played to its end, in a process of its own."""
    folder = tmp_path_factory.mktemp("demo") / "home"
    command = [sys.executable, "-m", "cli.main", "demo", "--check", "--home", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_without_tokens())
    assert done.returncode == 0, done.stdout + done.stderr
    assert "none missing, none too many" in done.stdout
    return folder


def test_the_story_is_played_and_every_phone_receives_its_due(played: Path) -> None:
    assert (played / "kabar.sqlite3").stat().st_size > 10_000_000


def test_who_steals_the_database_and_the_log_learns_no_nik_name_phone_or_receipt(played: Path) -> None:
    rows = [
        row for row in open_export(played / SAMPLE, VillageNames(regions_of(REGENCY))) if isinstance(row, ExportRow)
    ]
    stolen = [path.read_bytes() for path in played.iterdir() if path.name.startswith("kabar.")]
    assert len(stolen) >= 2, "the database and the log"
    digits = {number for text in stolen for number in _DIGITS.findall(text)}
    assert not digits & {row.nik.encode() for row in rows}
    assert not digits & {spelling for row in rows if row.phone for spelling in _spellings(row.phone)}
    assert not {code for text in stolen for code in _RECEIPTS.findall(text)}
    names = {row.name.encode() for row in rows if " " in row.name}
    assert names, "the sample has full names"
    assert not names & {name for text in stolen for name in _full_names(text)}


def test_the_search_itself_would_find_them(played: Path) -> None:
    export = (played / SAMPLE).read_bytes()
    assert b"3522996306980001" in _DIGITS.findall(export)
    assert _RECEIPTS.search(export)
    assert b"JATI USAMAH" in set(_full_names(export))


def test_the_demo_refuses_to_run_beside_a_real_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KABAR_TELEGRAM_TOKEN", "12345:REAL")
    assert run(["demo", "--check"]) == 2
    assert "never runs beside one" in capsys.readouterr().err


def test_the_demo_does_not_touch_a_folder_that_holds_something(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "precious").write_text("data")
    assert run(["demo", "--check", "--home", str(tmp_path)]) == 1
    assert "not empty" in capsys.readouterr().err


def _without_tokens() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("KABAR_")}


def _spellings(phone: str) -> Iterable[bytes]:
    """A phone as digits alone: with the country's code, as dialled at home, and bare."""
    digits = phone.removeprefix("+").encode()
    return digits, b"0" + digits[2:], digits[2:]


def _full_names(text: bytes) -> Iterable[bytes]:
    """Every run of two to five capital words."""
    for found in _LETTERS.findall(text):
        words = found.split(b" ")
        for start in range(len(words)):
            for end in range(start + 2, min(len(words), start + _LONGEST_NAME_IN_WORDS) + 1):
                yield b" ".join(words[start:end])
