"""An operator looks at what many are told at once, and lets it wait, go on, or end."""

from pathlib import Path

import pytest

from core.actions.notices import Debt, owe
from core.actions.suspensions import suspend
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.rules.suspension import Cause, Service
from core.store.office import OpenOffice
from tests.cli_world import Terminal
from tests.offices import Clock, act


@pytest.fixture
def kabar(
    founded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)


def stop(office: OpenOffice, clock: Clock) -> None:
    """Printing stopped, which 25 people are owed the news of."""
    act(office, suspend, [Service.PRINTING], cause=Cause.BLANKS, now=clock(), by="operator")
    debts = [Debt(kind=Kind.SUSPENDED, resident_id=1)] * 25
    act(office, owe, debts, now=clock(), batch="broadcast:1", only=frozenset({Channel.SMS}))


@pytest.fixture
def stopped(kabar: Terminal, clock: Clock) -> Terminal:
    with kabar.office() as office:
        stop(office, clock)
    return kabar


def test_where_nothing_was_told_to_many_the_list_says_so(kabar: Terminal) -> None:
    assert kabar("batches").out == "0 batches, 0 of them open.\n"


def test_the_list_says_what_each_is_about_and_how_far_it_is(stopped: Terminal) -> None:
    said = stopped("batches")
    assert said.code == 0
    assert "1 batch, 1 of them open." in said.out
    assert "broadcast:1" in said.out
    assert "printing stopped (suspension 1, since 2017-09-26)" in said.flat
    assert "being put, 25 wait" in said.flat


def test_a_batch_waits_and_goes_on_by_its_name_or_its_number(stopped: Terminal) -> None:
    said = stopped("batch", "pause", "1")
    assert (said.code, said.out) == (
        0,
        "broadcast:1 is paused: 25 notices of it wait.\nTo go on: kabar batch resume broadcast:1\n",
    )
    assert "paused, 25 wait" in stopped("batches").flat
    assert "was already paused" in stopped("batch", "pause", "broadcast:1").out
    assert stopped("batch", "resume", "broadcast:1").out == "broadcast:1 goes on: 25 notices to be sent.\n"
    assert "was not paused" in stopped("batch", "resume", "broadcast:1").out


def test_to_cancel_shows_first_that_it_is_final_and_how_many_will_not_be_told(stopped: Terminal) -> None:
    said = stopped("batch", "cancel", "broadcast:1")
    assert said.code == 3
    assert said.out.startswith("To cancel is final.")
    for shown in ("0 people were told, or may have been", "25 people will not be told", "--yes", "kabar batch pause"):
        assert shown in said.flat
    assert "being put, 25 wait" in stopped("batches").flat


def test_a_cancelled_batch_ends_at_once_and_for_good(stopped: Terminal) -> None:
    said = stopped("batch", "cancel", "broadcast:1", "--yes")
    assert (said.code, said.out) == (
        0,
        "broadcast:1 is cancelled: 25 notices ended now; 0 people were told, or may have been.\n",
    )
    assert "25 cancelled" in stopped("notices").out
    assert "100%" in stopped("batches").out
    assert "was cancelled before: 0 notices ended" in stopped("batch", "cancel", "1").out
    for order in ("pause", "resume"):
        refused = stopped("batch", order, "broadcast:1")
        assert refused.code == 1
        assert "was cancelled" in refused.err


@pytest.mark.parametrize("order", ["pause", "resume", "cancel"])
def test_a_batch_that_is_not_there_is_said(stopped: Terminal, order: str) -> None:
    said = stopped("batch", order, "import:7")
    assert (said.code, said.err) == (1, "kabar: there is no such batch; see: kabar batches\n")
