"""Did she get it? Lists of notices, and one notice with every attempt."""

from pathlib import Path

import pytest

from cli.edge import utc_now
from core.actions.outcomes import record_outcome
from core.actions.sending import SendTerms, Turn, start_messages
from core.questions.regions import office_words, office_zone
from core.rules.delivery import Channel, Sent, TryLater
from core.rules.window import Window
from core.wording.wordings import Wordings
from tests.cli_world import Terminal
from tests.offices import BUDI, SITI, SITI_PHONE


@pytest.fixture
def kabar(
    founded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    terminal = Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)
    terminal("move", SITI, "PRINTED")
    terminal("move", BUDI, "READY_FOR_PICKUP")
    return terminal


def _try_to_send(kabar: Terminal, *outcomes: Sent | TryLater) -> None:
    with kabar.office() as office:
        terms = SendTerms(
            office=office.read(office_words),
            wordings=Wordings(),
            zone=office.read(office_zone),
            window=Window(None, None),
            sms_daily_cap=500,
            live=True,
            trial_addresses=frozenset(),
        )
        for outcome in outcomes:
            at = utc_now()
            [started] = office.write(
                lambda session, at=at: start_messages(
                    session, Channel.SMS, slots=1, held=frozenset(), turn=Turn(), now=at, terms=terms
                )
            )
            office.write(
                lambda session, started=started, outcome=outcome, at=at: record_outcome(
                    session, started.attempt_id, outcome, now=at, jitter=0
                )
            )


def test_the_list_counts_states_and_shows_the_newest_first(kabar: Terminal) -> None:
    said = kabar("notices")
    assert said.code == 0
    assert "2 notices: 1 waiting, 1 unreachable." in said.out
    assert said.out.index("ready ") < said.out.index("printed ")
    assert "no address" in said.out


def test_only_failures_are_shown_when_asked(kabar: Terminal) -> None:
    said = kabar("notices", "--failed")
    assert "unreachable" in said.out
    assert "printed " not in said.out
    assert len(kabar("notices", "--limit", "1").out.splitlines()) < len(kabar("notices").out.splitlines())


def test_every_attempt_is_shown_and_neither_address_nor_text(kabar: Terminal) -> None:
    _try_to_send(kabar, TryLater("429", after_seconds=0, throttled=True), Sent("SM" + "5" * 32))
    said = kabar("notice", "1")
    assert said.code == 0
    assert "told" in said.out
    assert "2 attempts." in said.out
    for shown in ("TryLater", "429", "Sent", "SM" + "5" * 32, "covers", "1 notice"):
        assert shown in said.flat
    assert SITI_PHONE not in said.flat
    assert "Dukcapil" not in said.flat


def test_a_notice_that_never_left_has_no_attempt(kabar: Terminal) -> None:
    said = kabar("notice", "2")
    assert "unreachable" in said.out
    assert "0 attempts." in said.out


def test_a_notice_that_does_not_exist_is_said(kabar: Terminal) -> None:
    said = kabar("notice", "99")
    assert said.code == 1
    assert said.err == "kabar: there is no notice 99; see: kabar notices\n"


def test_what_waits_for_an_address_that_was_closed_is_said_not_to_go(kabar: Terminal) -> None:
    assert "will not go" not in kabar("notices").flat
    kabar("contact", "stop", SITI)
    assert "will not go: her address is closed" in kabar("notices").flat
    assert "will not go: her address is closed" in kabar("notice", "1").flat
