"""The demo as a newcomer plays it, and what a thief of its folder would learn."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from cli.demo.address import simulated
from cli.demo.cast import rows_of
from cli.demo.clock import DemoClock
from cli.demo.samples import BOJONEGORO, unpack
from cli.demo.stories import STORIES, other_than
from cli.demo.stories.story import Story
from cli.main import run
from core.errors import SetupError

_LETTERS = re.compile(rb"[A-Z][A-Z'.]*(?: [A-Z][A-Z'.]*)+")
_DIGITS = re.compile(rb"\d{9,}")
_RECEIPTS = re.compile(rb"(?:BJN|JBR)-\d{6}-[A-Z]\d{2}")
_LONGEST_NAME_IN_WORDS = 5


@dataclass(frozen=True)
class Played:
    """A demo that was played to its end in a process of its own, and stayed open; its folder, and what it said."""

    story: Story[Any]
    folder: Path
    demo: subprocess.Popen[str]
    announced: list[str]
    prepared: dict[str, Any]
    summed_up: str
    told_of_the_other: list[str]

    @property
    def address(self) -> str:
        found = re.search(r"http://127\.0\.0\.1:\d+/phones", "".join(self.announced))
        assert found
        return found[0]


@pytest.fixture(scope="module", params=STORIES)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    story, folder = STORIES[request.param], tmp_path_factory.mktemp("demo") / "home"
    with staying("--check", "--story", story.name, "--port", "0", "--home", str(folder)) as demo:
        announced = [line_with(demo, "/phones"), line_with(demo, "ssh")]
        other = [line_with(demo, "The other story is")]
        played = Played(story, folder, demo, announced, {}, "", other)
        prepared = status_of(played.address)
        assert line_with(demo, "residents taken in")
        summed_up = line_with(demo, "none missing, none too many")
        other.append(line_with(demo, "The other story is"))
        assert played.address in line_with(demo, "it is your turn")
        yield replace(played, prepared=prepared, summed_up=summed_up)


def test_the_story_is_played_and_every_phone_receives_its_due(played: Played) -> None:
    assert re.search(r"[1-9]\d* Telegram messages and [1-9]\d* SMS", played.summed_up)
    assert (played.folder / "kabar.sqlite3").stat().st_size > 1_000_000


def test_whoever_plays_one_story_is_told_of_the_other_before_and_after_it(played: Played) -> None:
    other = other_than(played.story)
    assert other is not played.story
    for line in played.told_of_the_other:
        assert f"{other.title}: kabar demo --story {other.name} (make demo STORY={other.name})" in line
    assert f"make demo STORY={other.name}" in played.prepared["caption"]
    assert f"make demo STORY={other.name}" in status_of(played.address)["caption"]


def test_the_page_is_there_before_the_import_and_nothing_on_it_can_be_touched(played: Played) -> None:
    port = urlsplit(played.address).port
    assert f"ssh -L {port}:127.0.0.1:{port} " in played.announced[1]
    assert "disiapkan" in played.prepared["caption"]
    assert played.prepared["locked"]


def test_after_the_story_it_is_the_newcomers_turn(played: Played) -> None:
    free = status_of(played.address)
    assert (free["locked"], free["clock"]["runs"], free["clock"]["movable"]) == ("", True, True)
    hints = dict(free["cast"][0]["hints"])
    assert hints["NIK"][4:6] == "99"
    assert hints["Resi"]
    move = {"action": "move", "nik": hints["NIK"], "stage": "READY_FOR_PICKUP"}
    assert "Pemberitahuan: SMS" in told(played.address, "act", move)["said"]


def test_whoever_plays_may_be_an_official_who_was_invited_and_confirmed(played: Played) -> None:
    free = status_of(played.address)
    assert "Bu Rina ketik /petugas" in free["caption"]
    rina = free["cast"][1]
    assert dict(rina["hints"])["Menu petugas"] == "/petugas"
    wait_for(played.address, rina["phone"], "Selamat bertugas")


def test_ctrl_c_ends_the_demo_at_once_also_while_it_is_being_prepared() -> None:
    with staying("--fast", "--port", "0") as demo:
        line_with(demo, "ssh")
        demo.send_signal(signal.SIGINT)
        assert demo.wait(timeout=60) == 130


def test_the_usual_port_is_left_to_whoever_has_it_and_one_that_was_asked_for_is_not() -> None:
    clock = DemoClock(STORIES["jember"].begins)
    with simulated(clock, port=None) as first, simulated(clock, port=None) as second:
        assert first.page_url != second.page_url
        taken = urlsplit(second.page_url).port
        with pytest.raises(SetupError, match=f"port {taken} is taken"), simulated(clock, port=taken):
            pass


def test_ctrl_c_after_the_story_says_that_the_demo_is_over(played: Played) -> None:
    played.demo.send_signal(signal.SIGINT)
    assert played.demo.wait(timeout=60) == 130
    assert "the demo is over" in played.demo.stderr.read()


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_every_step_of_a_story_is_told_on_the_page_and_in_the_terminal(story: Story[Any]) -> None:
    assert list(story.captions) == [step.__name__ for step in story.steps]
    assert all(step.__doc__ for step in story.steps)


def test_the_help_names_both_stories_and_another_one_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "--help"]) == 0
    said = capsys.readouterr().out
    assert "kabar demo --story jember" in said
    assert "Bojonegoro, September" in said
    assert run(["demo", "--story", "nganjuk"]) == 1
    assert "bojonegoro or jember" in capsys.readouterr().err


def test_who_steals_the_database_and_the_log_learns_no_nik_name_phone_or_receipt(played: Played) -> None:
    lists = [path for path in played.folder.iterdir() if path.suffix in (".csv", ".xlsx") and path.stat().st_size > 0]
    rows = [row for path in lists for row in rows_of(path, played.story.regency)]
    stolen = [path.read_bytes() for path in played.folder.iterdir() if path.name.startswith("kabar.")]
    assert len(stolen) >= 2, "the database and the log"
    digits = {number for text in stolen for number in _DIGITS.findall(text)}
    assert not digits & {row.nik.encode() for row in rows}
    assert not digits & {spelling for row in rows if row.phone for spelling in _spellings(row.phone)}
    assert not {code for text in stolen for code in _RECEIPTS.findall(text)}
    names = {row.name.encode() for row in rows if " " in row.name}
    assert names, "the sample has full names"
    assert not names & {name for text in stolen for name in _full_names(text)}


def test_the_search_itself_would_find_them(tmp_path: Path) -> None:
    export = unpack(BOJONEGORO, tmp_path).read_bytes()
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


@contextmanager
def staying(*options: str) -> Iterator[subprocess.Popen[str]]:
    """A demo in a process of its own that stays open after the story."""
    command = [sys.executable, "-m", "cli.main", "demo", "--stay", *options]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, env=_without_tokens(), **pipes) as demo:
        try:
            yield demo
        finally:
            demo.kill()


def line_with(demo: subprocess.Popen[str], words: str) -> str:
    """Read on to the line that holds these words."""
    for line in demo.stdout:
        if words in line:
            return line
    raise AssertionError(f"{words!r} was never said; {demo.stderr.read()}")


def status_of(address: str) -> dict[str, Any]:
    """What an open page is told besides phones."""
    with asked(address, "GET", "/phones/events") as stream:
        for line in stream:
            news = json.loads(line.removeprefix(b"data: ")) if line.startswith(b"data: ") else {}
            if "status" in news:
                return news["status"]
    raise AssertionError("the stream ended")


def wait_for(address: str, phone: str, words: str) -> None:
    """Read on until the newest message of a phone holds these words, as the list of phones shows it."""
    until = time.monotonic() + 30
    with asked(address, "GET", "/phones/events") as stream:
        for line in stream:
            assert time.monotonic() < until, f"{words} never came"
            news = json.loads(line.removeprefix(b"data: ")) if line.startswith(b"data: ") else {}
            if any(words in json.dumps(row["last"]) for row in news.get("rows", ()) if row["id"] == phone):
                return
    raise AssertionError("the stream ended")


def told(address: str, place: str, values: dict[str, str]) -> dict[str, str]:
    """Do something as the page would."""
    headers = {"Content-Type": "application/json", "Origin": address.removesuffix("/phones")}
    with asked(address, "POST", f"/phones/{place}", json.dumps(values).encode(), headers) as answer:
        return json.load(answer)


@contextmanager
def asked(
    address: str, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> Iterator[http.client.HTTPResponse]:
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    try:
        line.request(method, path, body, headers or {})
        with line.getresponse() as answer:
            yield answer
    finally:
        line.close()


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
