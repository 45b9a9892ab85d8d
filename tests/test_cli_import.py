"""Importing from the command line: what it says, what it asks, and what it leaves alone."""

import shutil
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from cli.edge import utc_now
from core.questions.cards import current_card
from core.questions.notices import notice_counts
from core.questions.regions import office_zone
from core.rules.card import Stage
from tests.cli_world import Terminal
from tests.offices import BUDI, HEADER, ROWS, SITI, SITI_PHONE, SITI_RECEIPT

_BROKEN = Path(__file__).parent / "samples" / "broken.csv"
_PRINTED = f"{SITI};SITI AMINAH;35.22.15.2003;CARD_PRINTED;05/01/2017;{SITI_PHONE};YA;{SITI_RECEIPT}"
_DAY = ("--as-of", "27-09-2017")


@pytest.fixture
def kabar(
    founded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)


def _stage(kabar: Terminal, nik: str) -> Stage:
    with kabar.office() as office:
        card = office.read(lambda session: current_card(session, nik))
    assert card
    return card.stage


def _notices(kabar: Terminal) -> int:
    with kabar.office() as office:
        return office.read(notice_counts).total()


def _many(kabar: Terminal, status: str, people: int = 201) -> str:
    rows = [
        f"35229901018{n:05};WARGA;35.22.15.2003;{status};05/01/2017;08120000{n:04};YA;X-{n}"
        for n in range(1, people + 1)
    ]
    return kabar.export(*rows, name=f"{status}.csv")


def test_a_printed_card_is_taken_in_and_its_resident_will_be_told(kabar: Terminal) -> None:
    said = kabar("import", kabar.export(_PRINTED), *_DAY)
    assert said.code == 0
    assert "export.csv: data per 2017-09-27" in said.out
    assert "1 row taken, 0 changed nothing, 0 refused." in said.out
    assert "To be told: 1 sms." in said.out
    assert _stage(kabar, SITI) is Stage.PRINTED


def test_the_same_file_twice_changes_nothing(kabar: Terminal) -> None:
    name = kabar.export(*ROWS)
    kabar("import", name, *_DAY)
    said = kabar("import", name, *_DAY)
    assert said.code == 0
    assert "0 rows taken, 4 changed nothing, 0 refused." in said.out


def test_a_dry_run_shows_what_would_happen_and_changes_nothing(kabar: Terminal) -> None:
    said = kabar("import", kabar.export(_PRINTED), *_DAY, "--dry-run")
    assert said.code == 0
    assert "the card moved" in said.out
    assert "printed" in said.out
    assert "nothing was changed" in said.out
    assert _stage(kabar, SITI) is Stage.PRINT_READY
    assert _notices(kabar) == 0


@pytest.mark.parametrize("how", [(), ("--dry-run",)])
def test_a_list_that_names_no_day_is_said_to_be_taken_for_todays(kabar: Terminal, how: tuple[str, ...]) -> None:
    with kabar.office() as office:
        today = utc_now().astimezone(office.read(office_zone)).date()
    said = kabar("import", kabar.export(_PRINTED), *how)
    assert said.code == 0
    taken = f"! no date in the title: taken as of {today}; give --as-of DAY if the list is older"
    days = (today - date(2017, 1, 5)).days
    hint = f"! nobody in it was recorded after 2017-01-05, {days} days before: is the list that old?"
    assert said.out.splitlines()[:2] == [taken, hint]


def test_a_list_of_people_recorded_lately_is_not_doubted(kabar: Terminal) -> None:
    with kabar.office() as office:
        lately = utc_now().astimezone(office.read(office_zone)).date() - timedelta(days=30)
    said = kabar("import", kabar.export(_PRINTED.replace("05/01/2017", f"{lately:%d/%m/%Y}")), "--dry-run")
    assert (said.out.count("! no date"), said.out.count("that old")) == (1, 0)


def test_a_list_whose_day_is_given_or_stands_in_its_title_is_taken_at_its_word(kabar: Terminal) -> None:
    assert "!" not in kabar("import", kabar.export(_PRINTED), *_DAY, "--dry-run").out
    (kabar.folder / "titled.csv").write_text(f"DATA PER 27 SEPTEMBER 2017\n{HEADER}\n{_PRINTED}\n")
    said = kabar("import", "titled.csv", "--dry-run")
    assert ("data per 2017-09-27" in said.out, "!" in said.out) == (True, False)


def test_a_quiet_import_tells_nobody(kabar: Terminal) -> None:
    said = kabar("import", kabar.export(_PRINTED), *_DAY, "--quiet")
    assert said.code == 0
    assert "Nobody is told of it" in said.out
    assert _stage(kabar, SITI) is Stage.PRINTED
    assert _notices(kabar) == 0


def test_telling_more_than_200_people_waits_for_a_word(kabar: Terminal) -> None:
    kabar("import", _many(kabar, "PRR"), "--as-of", "26-09-2017")
    said = kabar("import", _many(kabar, "CARD_PRINTED"), *_DAY)
    assert said.code == 3
    assert "201 people would be told" in said.flat
    assert "--tell" in said.out
    assert "--quiet" in said.out
    assert _notices(kabar) == 0
    assert kabar("import", "CARD_PRINTED.csv", *_DAY, "--tell").code == 0
    assert _notices(kabar) == 201


def test_exactly_200_people_are_told_without_asking(kabar: Terminal) -> None:
    kabar("import", _many(kabar, "PRR", 200), "--as-of", "26-09-2017")
    assert kabar("import", _many(kabar, "CARD_PRINTED", 200), *_DAY).code == 0
    assert _notices(kabar) == 200


def test_people_seen_for_the_first_time_are_told_only_when_that_is_announced(kabar: Terminal) -> None:
    assert kabar("import", _many(kabar, "CARD_PRINTED", 3), *_DAY, "--dry-run").out.count("Nobody would be told.") == 1
    assert kabar("import", "CARD_PRINTED.csv", *_DAY, "--announce").code == 0
    assert _notices(kabar) == 3


def test_mistakes_are_said_with_row_and_fix_and_stop_no_good_row(kabar: Terminal) -> None:
    shutil.copy(_BROKEN, kabar.folder)
    said = kabar("import", "broken.csv", *_DAY)
    refused = kabar.folder / "broken.ditolak.csv"
    assert said.code == 0
    assert "7 rows taken, 0 changed nothing, 8 refused." in said.out
    assert "the NIK has 15 digits instead of 16; type all 16 digits" in said.flat
    assert "8, 12" in said.out
    assert "broken.ditolak.csv" in said.out
    assert stat.S_IMODE(refused.stat().st_mode) == 0o600
    assert not any(name in said.flat for name in ("BAIK SATU", "KABISAT", "BAD-1701-1"))


def test_two_rows_for_one_nik_are_said(kabar: Terminal) -> None:
    said = kabar("import", kabar.export(_PRINTED, ROWS[0]), *_DAY)
    assert said.code == 0
    assert "the same NIK as another row, whose more cautious status is believed" in said.flat
    assert _stage(kabar, SITI) is Stage.PRINT_READY


def test_a_file_of_which_nothing_can_be_taken_fails(kabar: Terminal) -> None:
    said = kabar("import", kabar.export("123;SIAPA;35.22.15.2003;PRR;05/01/2017;;;"), *_DAY)
    assert said.code == 1
    assert "none of the 1 row could be taken; nothing was changed" in said.err


def test_a_list_without_rows_says_that_and_nothing_else(kabar: Terminal) -> None:
    said = kabar("import", kabar.export(), *_DAY)
    assert (said.code, said.out) == (1, "")
    assert "holds a header and no rows" in said.err


def test_a_dry_run_says_which_file_it_wrote(kabar: Terminal) -> None:
    said = kabar("import", kabar.export(_PRINTED, "123;SIAPA;35.22.15.2003;PRR;05/01/2017;;;"), *_DAY, "--dry-run")
    assert "A dry run: nothing was changed, and only export.ditolak.csv was written." in said.out
    assert (kabar.folder / "export.ditolak.csv").exists()


@pytest.mark.parametrize("place", ["35.09.19.1001", "AMBULU"])
def test_the_list_of_another_regency_is_told_in_one_sentence(kabar: Terminal, place: str) -> None:
    rows = [f"35099901018{n:05};WARGA;{place};PRR;05/01/2017;;;" for n in range(1, 11)]
    name = kabar.export(*rows)
    said = kabar("import", name, *_DAY)
    assert (said.code, said.out) == (1, "")
    assert "looks like a list of Kabupaten Jember (35.09), and this office is 35.22" in said.err
    assert not (kabar.folder / "export.ditolak.csv").exists()


@pytest.mark.parametrize(("strange", "own"), [(9, 0), (10, 2)], ids=["too few to say", "some people moved away"])
def test_some_rows_of_another_regency_are_refused_one_by_one(kabar: Terminal, strange: int, own: int) -> None:
    rows = [f"35099901018{n:05};WARGA;35.09.19.1001;PRR;05/01/2017;;;" for n in range(1, strange + 1)]
    said = kabar("import", kabar.export(*rows, *ROWS[:own]), *_DAY)
    assert "looks like a list" not in said.flat
    assert f"refused {strange}" in said.flat


def test_villages_that_nobody_knows_are_no_other_regency(kabar: Terminal) -> None:
    rows = [f"35229901018{n:05};WARGA;ANTAH BERANTAH;PRR;05/01/2017;;;" for n in range(1, 21)]
    assert "looks like a list" not in kabar("import", kabar.export(*rows), *_DAY).flat


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (Path.exists, "there is no file x.csv in that folder"),
        (lambda path: path.mkdir(), "x.csv is a folder"),
        (lambda path: path.touch(), "x.csv"),
        (lambda path: path.write_text(HEADER + "\n"), "holds a header and no rows"),
        (lambda path: path.write_bytes(b"PK\x03\x04" + bytes(500)), "x.csv"),
    ],
)
def test_what_is_no_export_is_said_in_one_sentence(kabar: Terminal, make, sentence: str) -> None:  # type: ignore[no-untyped-def]
    make(kabar.folder / "x.csv")
    said = kabar("import", "x.csv")
    assert said.code == 1
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize("words", [("--tell", "--quiet"), ("--as-of", "31-02-2017"), ("--as-of", "01-01-2099")])
def test_options_that_make_no_sense_are_refused(kabar: Terminal, words: tuple[str, ...]) -> None:
    said = kabar("import", kabar.export(*ROWS), *words)
    assert said.code == 1
    assert len(said.err.splitlines()) == 1
    assert _stage(kabar, BUDI) is Stage.PRINTED
