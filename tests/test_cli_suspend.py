"""Services stop and come back: who is told, how many by which channel, and what is asked first."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from cli.edge import utc_now
from core.actions.contacts import add_contact
from core.actions.suspensions import suspend
from core.questions.cards import resident_by_nik
from core.questions.health import unprepared
from core.questions.regions import office_zone
from core.rules.delivery import Channel
from core.rules.suspension import Cause, Service
from tests.cli_world import Terminal
from tests.offices import MORNING, SITI

_PRINTING = ("suspend", "--services", "printing", "--cause", "blanks")


@pytest.fixture
def kabar(
    founded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)


def _link_on_telegram(kabar: Terminal, nik: str) -> None:
    def link(session):  # type: ignore[no-untyped-def]
        resident = resident_by_nik(session, nik)
        terms = {"proof": "receipt", "how": "chat", "text": "2026-1", "now": MORNING, "by": "resident"}
        add_contact(session, resident.id, Channel.TELEGRAM, "99000042", **terms)

    with kabar.office() as office:
        office.write(link)


def test_who_waits_is_told_on_telegram_and_answers_say_so(kabar: Terminal) -> None:
    _link_on_telegram(kabar, SITI)
    said = kabar(*_PRINTING)
    assert said.code == 0
    assert "Suspension 1 stands: printing; cause: blanks." in said.out
    assert "1 person waits: 1 by Telegram." in said.out
    assert "To be told: 1 by Telegram." in said.out
    assert "kabar resume 1" in said.out
    assert "1 suspension open, 1 in all." in kabar("suspensions").out
    assert "blangko" in kabar("status", SITI).out


def test_sms_leave_only_when_the_office_says_so(kabar: Terminal) -> None:
    assert "1 not reached" in kabar(*_PRINTING).out
    assert "To be told: 1 by SMS." in kabar(*_PRINTING, "--sms").out


def test_more_than_100_sms_wait_for_a_yes(kabar: Terminal) -> None:
    rows = [f"35229901018{n:05};WARGA;35.22.15.2003;PRR;05/01/2017;08120000{n:04};YA;X-{n}" for n in range(1, 101)]
    kabar("import", kabar.export(*rows), "--as-of", "26-09-2017")
    said = kabar(*_PRINTING, "--sms")
    assert said.code == 3
    assert "101 SMS would leave" in said.out
    assert "0 in all" in kabar("suspensions").out
    assert "To be told: 101 by SMS." in kabar(*_PRINTING, "--sms", "--yes").out


def test_a_stop_of_less_than_a_day_changes_the_answers_only_unless_it_is_told(kabar: Terminal) -> None:
    _link_on_telegram(kabar, SITI)
    with kabar.office() as office:
        until = utc_now().astimezone(office.read(office_zone)).date().isoformat()
    assert "Nobody is written to" in kabar(*_PRINTING, "--until", until).out
    assert "To be told: 1 by Telegram." in kabar(*_PRINTING, "--until", until, "--tell").out


def test_resuming_says_that_it_is_over_once(kabar: Terminal) -> None:
    kabar(*_PRINTING)
    said = kabar("resume", "1")
    assert said.code == 0
    assert "Suspension 1 is over." in said.out
    assert "over already" in kabar("resume", "1").err
    assert "there is no suspension 7" in kabar("resume", "7").err
    assert "0 suspensions open, 1 in all." in kabar("suspensions").out


def test_a_service_that_is_stopped_twice_is_said_to_be_so_at_both_ends(kabar: Terminal) -> None:
    kabar("suspend", "--services", "printing,letters", "--cause", "power", "--region", "35.22.15")
    said = kabar(*_PRINTING)
    assert "! printing is stopped already by suspension 1 in 35.22.15; what both stop runs again when both" in said.out
    assert "!" not in kabar("suspend", "--services", "letters", "--cause", "power", "--region", "35.22.01").out
    said = kabar("resume", "1")
    assert "! printing is still stopped by suspension 2 in 35.22; nobody there is told that it runs again." in said.out
    assert "!" not in kabar("resume", "2").out


def test_what_an_earlier_command_was_killed_in_is_completed_with_the_next(kabar: Terminal) -> None:
    _link_on_telegram(kabar, SITI)
    with kabar.office() as office:
        office.write(lambda session: suspend(session, [Service.PRINTING], cause=Cause.POWER, now=MORNING, by="x"))
        assert len(office.read(unprepared)) == 1
    kabar("suspend", "--services", "centre", "--cause", "server")
    with kabar.office() as office:
        assert office.read(unprepared) == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--services", "coffee", "--cause", "power"), "--services knows only: centre"),
        (("--services", ",", "--cause", "power"), "name at least one service"),
        (("--services", "printing", "--cause", "power", "--region", "99.99"), "99.99 is not a region of this office"),
        (("--services", "printing", "--cause", "power", "--until", "01-01-2017"), "is past"),
        (("--services", "printing", "--cause", "power", "--until", "soon"), "this is not a date"),
        (("--services", "printing", "--cause", "gremlins"), "gremlins"),
    ],
)
def test_a_stop_that_makes_no_sense_is_refused(kabar: Terminal, words: tuple[str, ...], sentence: str) -> None:
    said = kabar("suspend", *words)
    assert said.code in (1, 2)
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1
    assert "0 in all" in kabar("suspensions").out


def test_only_the_region_named_is_concerned(kabar: Terminal) -> None:
    assert "0 people wait" in kabar(*_PRINTING, "--region", "35.22.01").out
    assert "1 person waits" in kabar(*_PRINTING, "--region", "35.22.15").out
    assert "0 people wait" in kabar(*_PRINTING, "--recorded-since", "06-01-2017").out


# Several regions, days, parts, other ends


def test_two_districts_are_two_suspensions_and_each_person_is_told_once(kabar: Terminal) -> None:
    _link_on_telegram(kabar, SITI)
    said = kabar(*_PRINTING, "--region", "35.22.15", "--region", "35.22.01")
    assert "Suspension 1 stands in 35.22.01" in said.out and "Suspension 2 stands in 35.22.15" in said.out
    assert "To be told: 1 by Telegram." in said.out
    assert "kabar resume 1; kabar resume 2" in said.out


def test_a_dry_run_shows_whom_and_the_text_and_changes_nothing(kabar: Terminal) -> None:
    _link_on_telegram(kabar, SITI)
    kabar.set(sms_price="450")
    said = kabar(*_PRINTING, "--since", "2017-09-25 06:30", "--sms", "--dry-run")
    assert said.code == 0
    assert "1 person waits: 1 by Telegram." in said.out
    assert "PEMBERITAHUAN GANGGUAN LAYANAN" in said.out and "25 September 2017" in said.out
    assert "By SMS:" in said.out and "Nothing was changed." in said.out
    assert "0 in all" in kabar("suspensions").out


def test_what_sms_cost_is_shown_where_the_price_is_known(kabar: Terminal) -> None:
    kabar.set(sms_price="450.50")
    assert "1 by SMS. The SMS cost about 450.50 (450.50 each)." in kabar(*_PRINTING, "--sms", "--dry-run").out


def test_a_part_comes_back_before_the_rest(kabar: Terminal) -> None:
    kabar("suspend", "--services", "printing,letters", "--cause", "server")
    shown = kabar("resume", "1", "--services", "letters", "--dry-run")
    assert "berjalan lagi: suket." in shown.out and "Nothing was changed." in shown.out
    said = kabar("resume", "1", "--services", "letters")
    assert "Back from suspension 1: letters; printing still stopped." in said.out
    assert "1 suspension open, 2 in all." in kabar("suspensions").out
    assert kabar("resume", "1", "--services", "pickup").code == 1
    assert "Suspension 1 is over." in kabar("resume", "1").out


def test_the_expected_end_moves_to_a_day_or_to_nobody_knows(kabar: Terminal) -> None:
    kabar(*_PRINTING)
    later = (utc_now() + timedelta(days=3)).date().isoformat()
    said = kabar("suspension", "move", "1", "--until", later)
    assert f"expected end on {later}, before that on a day that nobody knows" in said.out
    assert "already; nothing was changed" in kabar("suspension", "move", "1", "--until", later).out
    assert "on a day that nobody knows, before" in kabar("suspension", "move", "1", "--until", "unknown").out
    assert kabar("suspension", "move", "1", "--until", "2017-01-01").code == 1
    assert kabar("suspension", "move", "7", "--until", "unknown").code == 1


@pytest.mark.parametrize("since", ["yesterday", "2017-09-25 25:00", "2017-09-25 soon", "2999-01-01"])
def test_a_beginning_that_makes_no_sense_is_refused(kabar: Terminal, since: str) -> None:
    said = kabar(*_PRINTING, "--since", since)
    assert said.code in (1, 2)
    assert "0 in all" in kabar("suspensions").out


def test_whoever_has_a_pickup_day_while_pickup_stops_gets_another_one(kabar: Terminal) -> None:
    _link_on_telegram(kabar, SITI)
    kabar("move", SITI, "READY_FOR_PICKUP")
    with kabar.office() as office:
        today = utc_now().astimezone(office.read(office_zone)).date()
        office.write(lambda session: session.execute(text("UPDATE card SET pickup_on = :day"), {"day": today}))
    said = kabar("suspend", "--services", "pickup", "--cause", "power")
    assert "To be told: 1 by Telegram." in said.out
    assert "1 pickup day moved; whoever was told of hers is told." in said.out
