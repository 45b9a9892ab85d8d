"""One resident at the counter: status, history, move, letter, contact."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from core.questions.cards import where_is
from core.questions.languages import language_of
from core.questions.notices import notice_counts
from core.questions.regions import office_words
from core.rules.delivery import Channel
from core.store.delivery_tables import Notice
from core.store.words import NoticeState
from core.wording import Wording
from core.wording.answers import card_answer
from tests.cli_world import Terminal
from tests.offices import BUDI, JOKO, SITI, SITI_PHONE, WATI, ask
from tests.printing import TERMS, crowd, printed

_STRANGER = "3522990101800009"


@pytest.fixture
def kabar(
    founded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)


def test_the_status_is_what_a_resident_is_told(kabar: Terminal) -> None:
    said = kabar("status", SITI)
    assert said.code == 0
    assert "SIAP DICETAK" in said.out
    assert "Data per 26 September 2017" in said.out


def test_the_status_tells_the_same_place_in_the_queue_as_the_bot_does(kabar: Terminal) -> None:
    # `kabar status` goes by the real clock, so that is when there was something printed.
    today = datetime.now(UTC).date()
    with kabar.office() as office:
        printed(office, {today - timedelta(days=days): 10 for days in range(1, 40)})
        crowd(office, 25)
        told = ask(office, where_is, SITI, now=datetime.now(UTC), terms=TERMS)
        words = ask(office, office_words)
    said = kabar("status", SITI)
    assert said.out.split() == card_answer(Wording(), words, told).split()
    assert "sekitar 25 KTP-el di depan" in said.flat and "3 hari kerja lagi" in said.flat


def test_the_status_can_be_seen_as_an_english_reader_is_told_it(kabar: Terminal) -> None:
    said = kabar("status", SITI, "--language", "en")
    assert "READY TO PRINT" in said.out and "Data as of 26 September 2017" in said.out
    assert kabar("status", SITI, "--language", "xx").code == 2


def test_the_counter_notes_in_which_language_a_number_is_written_to(kabar: Terminal) -> None:
    words = ("contact", "add", BUDI, "081200000098", "--consent", "counter", "--language")
    assert kabar(*words, "xx").code == 2
    assert "1 address added" in kabar(*words, "en").out
    assert "language en from now on" in kabar(*words, "en").out
    with kabar.office() as office:
        assert ask(office, language_of, Channel.SMS, "+6281200000098") == "en"


def test_a_nik_may_come_from_standard_input_so_that_it_stays_in_no_history(kabar: Terminal) -> None:
    assert kabar("status", "-", typed=f"{SITI}\n").out == kabar("status", SITI).out
    assert "no NIK came on standard input" in kabar("status", "-").err


def test_a_stranger_gets_the_answer_for_unknown_cards(kabar: Terminal) -> None:
    said = kabar("status", _STRANGER)
    assert said.code == 1, "as history, receipt and the others: nobody is known"
    assert "Kabupaten Bojonegoro" in said.out
    assert kabar("status", _STRANGER, "--office").code == 1


def test_the_office_sees_what_helps_at_the_counter_and_nobody_s_name(kabar: Terminal) -> None:
    said = kabar("status", SITI, "--office")
    assert said.code == 0
    for seen in ("3522••••••••0001", "Sukorejo (35.22.15.2003)", "PRINT_READY", "+62812••••001", "V87"):
        assert seen in said.out
    assert "SITI" not in said.flat
    assert SITI_PHONE not in said.flat
    assert "personal-data-shown" not in kabar("history", SITI).out


def test_revealing_shows_who_she_is_and_is_noted(kabar: Terminal) -> None:
    said = kabar("status", SITI, "--reveal")
    assert all(shown in said.out for shown in (SITI, "SITI AMINAH", SITI_PHONE))
    assert "personal-data-shown" in kabar("history", SITI).out


@pytest.mark.parametrize("word", ["352299550690000", "3522995506900001 2", "abc", "3.52E+15"])
def test_a_number_that_is_no_nik_is_not_repeated(kabar: Terminal, word: str) -> None:
    for command in (("status",), ("history",), ("letter", "ready")):
        said = kabar(*command, word)
        assert said.code == 1
        assert word not in said.flat
        assert "NIK" in said.err


def test_a_move_is_told_and_stands_in_the_history(kabar: Terminal) -> None:
    said = kabar("move", SITI, "printed")
    assert said.code == 0
    assert (
        "1 card moved: 3522••••••••0001 from PRINT_READY to PRINTED. Notice 1 (printed) waits to leave by sms."
        in said.out
    )
    assert "PRINT_READY to PRINTED" in kabar("history", SITI).out


def test_who_was_told_that_it_is_ready_is_told_that_it_was_taken_back(kabar: Terminal) -> None:
    kabar("move", SITI, "ready-for-pickup")
    assert "Nobody is told of this." in kabar("move", SITI, "shipped").out  # the first one had not left yet
    kabar("move", SITI, "ready-for-pickup")
    with kabar.office() as office:
        told = update(Notice).where(Notice.id == 2).values(state=NoticeState.TOLD)
        office.write(lambda session: session.execute(told))
    assert "Notice 3 (ready-withdrawn) waits to leave by sms." in kabar("move", SITI, "printed").out


def test_whom_no_address_reaches_has_to_be_visited(kabar: Terminal) -> None:
    assert "reaches nobody" in kabar("move", BUDI, "READY_FOR_PICKUP", "--at", "35.22.15").out
    assert "Bojonegoro (35.22.15)" in kabar("status", BUDI, "--office").out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((BUDI, "RECORDED"), "a card at PRINTED cannot go to RECORDED; it may go to"),
        ((BUDI, "PRINTED"), "at PRINTED already"),
        ((BUDI, "NOWHERE"), "the stages are: RECORDED"),
        ((BUDI, "SHIPPED", "--at", "99.99"), "not the office, a district or a village"),
        ((_STRANGER, "PRINTED"), "no card is known for this NIK"),
    ],
)
def test_a_step_that_cannot_be_taken_is_refused_with_the_way_out(
    kabar: Terminal, words: tuple[str, ...], sentence: str
) -> None:
    said = kabar("move", *words)
    assert said.code == 1
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1


def test_letters_are_asked_for_and_ready(kabar: Terminal) -> None:
    assert "1 letter asked for: 3522••••••••0001, SUKET." in kabar("letter", "ask", SITI).out
    assert "a SUKET that is asked already" in kabar("letter", "ask", SITI).out
    said = kabar("letter", "ready", SITI, BUDI)
    assert said.code == 0
    assert "Letters: 2 ready." in said.out
    assert "To be told: 1 by sms, 1 not reached." in said.out
    assert "Letters: 1 ready already." in kabar("letter", "ready", SITI).out


def test_many_letters_come_from_standard_input_and_a_stranger_stops_none(kabar: Terminal) -> None:
    said = kabar("letter", "ready", "-", "--kind", "biodata_wni", typed=f"{SITI}\n{_STRANGER}\n\n{JOKO}\n{SITI}\n")
    assert said.code == 1
    assert "Letters: 2 ready, 1 refused." in said.out
    assert "3522••••••••0009: nobody is known with this NIK" in said.out


def test_a_list_with_an_unreadable_nik_changes_nothing_and_names_the_place(kabar: Terminal) -> None:
    said = kabar("letter", "ready", "-", typed=f"{SITI}\n12345\n")
    assert said.code == 1
    assert "number 2 of the list: the NIK has 5 digits" in said.err
    assert "letter" not in kabar("history", SITI).out


def test_a_phone_is_added_with_consent_and_told_so(kabar: Terminal) -> None:
    said = kabar("contact", "add", "-", "-", "--consent", "paper", typed=f"{BUDI}\n0812-0000-0099\n")
    assert said.code == 0
    assert (
        "1 address added: +62812••••099 at 3522••••••••0002. Notice 1 (registered) waits to leave by sms." in said.out
    )
    assert "Nothing to do" in kabar("contact", "add", BUDI, "081200000099", "--consent", "paper").out
    assert "consent" in kabar("status", BUDI, "--office").out


def test_a_stopped_address_gets_nothing_more(kabar: Terminal) -> None:
    said = kabar("contact", "stop", SITI)
    assert said.code == 0
    assert "Addresses closed at 3522••••••••0001: 1 sms." in said.out
    assert "reaches nobody" in kabar("move", SITI, "PRINTED").out
    assert "stopped" in kabar("status", SITI, "--office").out
    assert kabar("contact", "stop", SITI).code == 1


def test_one_number_of_several_can_be_stopped(kabar: Terminal) -> None:
    kabar("contact", "add", SITI, "081200000077", "--consent", "counter")
    assert kabar("contact", "stop", SITI, "081200000055").code == 1
    assert kabar("contact", "stop", SITI, "081200000077").code == 0
    assert "waits to leave by sms" in kabar("move", SITI, "PRINTED").out


@pytest.mark.parametrize("words", [(BUDI, "12345"), (BUDI, "0353-881-234"), (_STRANGER, "081200000001")])
def test_a_contact_that_cannot_be_is_refused(kabar: Terminal, words: tuple[str, ...]) -> None:
    said = kabar("contact", "add", *words, "--consent", "paper")
    assert said.code == 1
    assert len(said.err.splitlines()) == 1
    assert words[1] not in said.err


def test_consent_has_to_be_named(kabar: Terminal) -> None:
    assert kabar("contact", "add", BUDI, "081200000001").code == 2
    assert kabar("contact", "add", BUDI, "081200000001", "--consent", "telepathy").code == 2
    with kabar.office() as office:
        assert office.read(notice_counts)[NoticeState.WAITING] == 0


def test_the_office_sees_who_waits_at_the_centre_for_too_long(kabar: Terminal) -> None:
    said = kabar("status", WATI, "--office").flat
    assert "overdue sent to the centre more than 60 days ago" in said
    assert "unknown" not in said
    assert "overdue" not in kabar("status", SITI, "--office").flat
