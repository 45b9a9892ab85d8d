"""An operator sees what is in doubt with all that is known, and ends the doubt."""

from pathlib import Path

import pytest

from cli.edge import utc_now
from core.actions.batches import pause_batch
from core.actions.notices import Debt, owe
from core.actions.outcomes import note_look, record_outcome
from core.actions.restoring import hold_what_waited
from core.actions.sending import Turn, start_messages
from core.rules.delivery import Channel, Unsure
from core.rules.notices import Kind
from core.rules.window import Window
from tests.cli_world import Terminal
from tests.offices import SITI, SITI_PHONE, act
from tests.senders import terms


@pytest.fixture
def kabar(
    founded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    terminal = Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)
    terminal("move", SITI, "PRINTED")
    return terminal


@pytest.fixture
def doubted(kabar: Terminal) -> Terminal:
    """The answer about Siti's SMS was lost, and no look found it."""
    now = utc_now()
    with kabar.office() as office:
        how = terms(office, window=Window(None, None))
        tick = {"slots": 1, "held": frozenset(), "turn": Turn(), "now": now, "terms": how}
        [started] = act(office, start_messages, Channel.SMS, **tick)
        act(office, record_outcome, started.attempt_id, Unsure("timeout"), now=now, jitter=0)
        for _ in range(3):
            act(office, note_look, started.message_id, [], now=now)
    return kabar


def test_where_nothing_is_in_doubt_the_list_says_so(kabar: Terminal) -> None:
    assert kabar("notices", "--doubt").out == "0 notices in doubt: nobody knows whether she has it.\n"


def test_the_list_says_all_that_is_known_and_what_to_do(doubted: Terminal) -> None:
    said = doubted("notices", "--doubt")
    assert said.code == 0
    for shown in (
        "1 notice in doubt",
        "because the provider's answer was lost",
        "sms Unsure (timeout)",
        "3 times in the provider's own list, in vain",
        "receipt none came",
        "still holds yes",
        "There it is: kabar notice resolve 1 sent. There is none: kabar notice resolve 1 again",
    ):
        assert shown in said.flat
    assert SITI_PHONE not in said.flat


def test_what_a_restore_left_says_so(kabar: Terminal) -> None:
    with kabar.office() as office:
        act(office, hold_what_waited, schema="0003", now=utc_now(), by="operator")
    said = kabar("notices", "--doubt")
    assert "because restored from a backup" in said.flat
    assert "tries none that we know of" in said.flat


def test_the_two_lists_are_not_asked_for_at_once(kabar: Terminal) -> None:
    assert kabar("notices", "--doubt", "--failed").code == 1


def test_that_it_was_sent_ends_the_doubt(doubted: Terminal) -> None:
    assert doubted("notice", "resolve", "1", "sent").out == "Notice 1 counts as told.\n"
    assert "0 notices in doubt" in doubted("notices", "--doubt").out
    assert "resolved: sent" in doubted("notice", "1").out
    twice = doubted("notice", "resolve", "1", "again")
    assert (twice.code, twice.err) == (1, "kabar: notice 1 is told, not in doubt; see: kabar notice 1\n")


def test_what_is_to_be_sent_again_waits(doubted: Terminal) -> None:
    assert doubted("notice", "resolve", "1", "again").out == "Notice 1 waits to be sent again.\n"
    assert "1 waiting" in doubted("notices").out


def test_what_cannot_be_sent_again_is_refused_with_the_fix(doubted: Terminal) -> None:
    doubted("contact", "stop", SITI)
    said = doubted("notice", "resolve", "1", "again")
    assert said.code == 1
    assert "kabar contact add" in said.err
    assert "still holds no" in doubted("notices", "--doubt").flat


def test_what_is_sent_again_in_a_paused_batch_leaves_when_that_goes_on(kabar: Terminal) -> None:
    with kabar.office() as office:
        act(office, owe, [Debt(kind=Kind.REGISTERED, resident_id=1, contact_id=1)], now=utc_now(), batch="call:1")
        act(office, hold_what_waited, schema="0003", now=utc_now(), by="operator")
        act(office, pause_batch, "call:1", now=utc_now(), by="operator")
    said = kabar("notice", "resolve", "2", "again")
    assert said.code == 0
    assert "kabar batch resume call:1" in said.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("notice",), "missing argument 'ID'; see: kabar notice show --help"),
        (("batch",), "missing command"),
        (("notice", "x"), "this is not a whole number"),
        (("notice", "resolve", "1"), "missing argument"),
        (("notice", "resolve", "1", "maybe"), "sent"),
        (("notice", "1", "2"), "unexpected extra argument"),
    ],
)
def test_what_is_typed_wrongly_is_said(kabar: Terminal, words: tuple[str, ...], said: str) -> None:
    answer = kabar(*words)
    assert answer.code == 2
    assert said in answer.err
    assert answer.err.count("\n") == 1
