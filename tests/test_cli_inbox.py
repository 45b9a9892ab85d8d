"""What the operator sees of the inbox, and does about what could not be handled."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.actions.inbox import MOST_FAILURES, note_failure, overtake, set_aside_oversized, store_updates
from core.questions.inbox import waiting_updates
from tests.cli_world import Terminal
from tests.offices import SITI, act, ask

PERSON = "990000009"


@pytest.fixture
def kabar(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], founded_home: Path
) -> Iterator[Terminal]:
    """An office with four updates: one waits, one was overtaken, one failed, one was too large."""
    terminal = Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)
    now = datetime.now(UTC)
    with terminal.office() as office:
        body = json.dumps({"message": {"text": SITI, "from": {"id": int(PERSON)}}})
        act(office, store_updates, [(number, PERSON, body) for number in (41, 42, 43, 44)], now=now)
        act(office, overtake, [2], now=now)
        for _ in range(MOST_FAILURES):
            act(office, note_failure, 3, now=now, why="ValidationError")
        act(office, set_aside_oversized, 4, now=now)
    return terminal


def waiting(kabar: Terminal) -> list[int]:
    with kabar.office() as office:
        return [update.inbox_id for update in ask(office, waiting_updates)]


def test_the_list_counts_and_says_why_and_neither_what_nor_who(kabar: Terminal) -> None:
    said = kabar("inbox")
    assert said.code == 0
    assert "Waiting: 1, the oldest since 20" in said.out
    assert "Set aside: 2. Overtaken today by what its writer wrote later: 1." in said.out
    for shown in ("3 ", "message", "ValidationError", "yes", "4 ", "oversized", "no"):
        assert shown in said.flat
    assert PERSON not in said.flat
    assert "1 more; see them with --limit 2." in kabar("inbox", "--limit", "1").flat


def test_one_is_tried_again(kabar: Terminal) -> None:
    said = kabar("inbox", "retry", "3")
    assert (said.code, said.out) == (0, "1 update to be handled again.\n")
    assert waiting(kabar) == [1, 3]


def test_all_that_can_be_are_tried_again(kabar: Terminal) -> None:
    assert kabar("inbox", "retry", "--all").out == "1 update to be handled again.\n"
    assert waiting(kabar) == [1, 3]
    assert kabar("inbox", "retry", "--all").out == "0 updates to be handled again.\n"


@pytest.mark.parametrize("words", [(), ("3", "--all")])
def test_which_to_try_again_must_be_said_plainly(kabar: Terminal, words: tuple[str, ...]) -> None:
    assert kabar("inbox", "retry", *words).code == 1
    assert waiting(kabar) == [1]


def test_what_was_too_large_is_refused_and_can_be_dropped(kabar: Terminal) -> None:
    refused = kabar("inbox", "retry", "4")
    assert refused.code == 1
    assert refused.err == "kabar: nothing of update 4 was kept, so it cannot be handled; run: kabar inbox drop 4\n"
    assert kabar("inbox", "drop", "3", "4").out == "2 updates forgotten.\n"
    assert "Set aside: 0." in kabar("inbox").out


def test_a_number_that_is_not_set_aside_is_said(kabar: Terminal) -> None:
    for words in (("retry", "1"), ("drop", "99")):
        said = kabar("inbox", *words)
        assert said.code == 1
        assert said.err == f"kabar: number {words[1]} is not set aside; see: kabar inbox\n"
