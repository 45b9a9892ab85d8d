"""Printing on the command line: blanks, the policy, plans and their lists, what was printed, and who is urgent."""

import stat
from pathlib import Path

import pytest
from sqlalchemy import select

from core.files.workbook import sheets_of
from core.questions.cards import current_card
from core.store.delivery_tables import Notice
from core.store.tables import Fact
from tests.cli_world import Terminal
from tests.offices import BUDI, SITI, ask
from tests.papers import written


@pytest.fixture
def kabar(
    founded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)


def crowd(kabar: Terminal, people: int, *, phones: bool = False) -> None:
    """People of two villages who wait to be printed, the first the longest."""
    rows = [
        f"35229901018{n:05};WARGA {n};35.22.{'15.2003' if n % 2 else '01.2001'};PRR;{1 + n % 28:02}/02/2016;"
        f"{f'08120000{n:04};YA' if phones else ';'};X-{n}"
        for n in range(1, people + 1)
    ]
    assert kabar("import", kabar.export(*rows), "--as-of", "26-09-2017", "--quiet").code == 0


# Blanks


def test_the_stock_is_shown_with_what_is_promised_and_free(kabar: Terminal) -> None:
    assert "No blank was ever noted as received" in kabar("blanks").out
    assert "4,000 blanks received." in kabar("blanks", "receive", "4000", "--day", "26-09-2017").out
    assert "3 blanks spoiled." in kabar("blanks", "spoil", "3").out
    kabar("print", "plan", "--count", "1")
    said = kabar("blanks", "show").flat
    assert "stock 3,997" in said
    assert "promised to open plans 1" in said
    assert "free 3,996" in said
    assert "2017-09-26 received +4,000" in said


def test_counting_says_by_how_much_it_differed(kabar: Terminal) -> None:
    kabar("blanks", "receive", "100")
    assert "The stock is 97 blanks now: 3 fewer than was noted." in kabar("blanks", "adjust", "--to", "97").out
    assert "The stock agrees: 97 blanks." in kabar("blanks", "adjust", "--to", "97").out
    assert "stock 92" in kabar("blanks", "adjust", "-5").flat
    assert "stock 93" in kabar("blanks", "adjust", "1").flat
    assert kabar("blanks", "adjust").code == 1
    assert kabar("blanks", "adjust", "3", "--to", "3").code == 1
    said = kabar("blanks", "adjust", "-94")
    assert (said.code, "there are 93 blanks" in said.err) == (1, True)


def test_a_day_to_come_is_refused(kabar: Terminal) -> None:
    said = kabar("blanks", "receive", "5", "--day", "31-12-2099")
    assert said.code == 1
    assert "still to come" in said.err


def test_a_stock_below_nothing_is_said_loudly_with_the_fix(kabar: Terminal) -> None:
    kabar("move", SITI, "PRINTED")
    assert "blanks" not in kabar("doctor").out  # an office that counts no blanks is not told of them
    kabar("blanks", "receive", "1")
    kabar("blanks", "adjust", "-1")
    kabar("blanks", "adjust", "--to", "0")
    kabar("move", "3522991708770003", "PRINTED")
    said = kabar("blanks").out
    assert "THE STOCK IS 1 BELOW NOTHING" in said
    assert "kabar blanks adjust --to N" in said
    assert "2 cards printed outside any plan" in said
    assert "the stock is 1 below nothing" in kabar("doctor").flat
    kabar("blanks", "adjust", "--to", "0")
    assert "below nothing" not in kabar("doctor").flat


def test_a_step_back_to_be_printed_again_says_what_became_of_the_blank(kabar: Terminal) -> None:
    kabar("move", SITI, "PRINTED")
    said = kabar("move", SITI, "PRINT_READY")
    assert "It heads the next print plan. The blank it used stays used" in said.out
    assert "1 spoiled before" in kabar("print", "policy").flat or "spoiled before 1" in kabar("print", "policy").flat


# The policy


def test_the_policy_is_shown_with_who_is_in_which_line(kabar: Terminal) -> None:
    crowd(kabar, 3)
    said = kabar("print", "policy").flat
    assert "The usual policy." in said
    assert "ordinary 4" in said
    assert "4 cards wait to be printed, and 0 for a birthday." in said
    assert "everybody is ordinary" in said


def test_an_example_is_written_changed_and_used(kabar: Terminal) -> None:
    assert "KABAR_PRINT_POLICY" in kabar("print", "policy", "--example", "policy.toml").out
    path = kabar.folder / "policy.toml"
    text = path.read_text()
    path.write_text(
        text.replace("# recorded_before =", "recorded_before =").replace("[\n", '[\n  "recorded-before",\n')
    )
    kabar.set(print_policy="policy.toml")
    crowd(kabar, 3)
    said = kabar("print", "policy").flat
    assert "The policy of policy.toml." in said
    assert "recorded-before 3" in said
    assert "already" in kabar("print", "policy", "--example", "policy.toml").err
    assert "✓ print policy" in kabar("doctor").flat
    path.write_text(text.replace('"ordinary",', ""))
    assert "✗ print policy" in kabar("doctor").flat
    said = kabar("print", "plan", "--count", "3")
    assert said.code == 2
    assert "order leaves out ordinary" in said.err


# Plans and their lists


def test_a_plan_is_made_with_its_list_as_workbook_and_on_paper(kabar: Terminal) -> None:
    crowd(kabar, 5)
    kabar("blanks", "receive", "4")
    said = kabar("print", "plan", "--count", "450")
    assert said.code == 0
    assert "Plan 1 holds 4 cards" in said.out
    assert "450 were asked for, and 4 blanks are free" in said.out
    assert "everybody is ordinary" in said.out
    assert "kabar print done 1 --up-to 4" in said.out
    xlsx, pdf = kabar.folder / "plan-1.xlsx", kabar.folder / "plan-1.pdf"
    assert {stat.S_IMODE(path.stat().st_mode) for path in (xlsx, pdf)} == {0o600}
    order, bundle = ([cells for _, cells in sheet] for sheet in sheets_of(xlsx))
    assert order[1] == ["No", "NIK", "Nama", "Kecamatan", "Desa/Kelurahan", "Antrean", "Hasil"]
    assert [row[:3] + row[5:6] for row in order[2:4]] == [
        ["1", "3522990101800001", "WARGA 1", "biasa"],
        ["2", "3522990101800002", "WARGA 2", "biasa"],
    ]
    assert [row[0] for row in order[2:]] == ["1", "2", "3", "4"]
    assert [row[3:5] for row in bundle[2:]] == sorted(row[3:5] for row in order[2:])
    paper = written(pdf.read_bytes())
    assert paper.count("WARGA 3") == 2
    assert "2 KTP-el" in paper


def test_whose_name_is_on_the_list_is_noted_for_each_of_them(kabar: Terminal) -> None:
    kabar("blanks", "receive", "4")
    kabar("print", "plan", "--count", "1", "--pdf", "monday.pdf")
    assert not (kabar.folder / "plan-1.xlsx").exists()
    with kabar.office() as office:
        query = select(Fact.details).where(Fact.kind == "personal-data-shown")
        assert ask(office, lambda session: list(session.scalars(query))) == [{"shown": ["nik", "name"]}]


def test_a_file_that_is_there_is_never_replaced(kabar: Terminal) -> None:
    kabar("blanks", "receive", "4")
    (kabar.folder / "monday.pdf").write_text("mine")
    said = kabar("print", "plan", "--count", "1", "--pdf", "monday.pdf")
    assert said.code == 1
    assert "monday.pdf is there already" in said.err
    assert "0 plans" in kabar("print", "plans").out
    (kabar.folder / "plan-1.pdf").write_text("mine")
    said = kabar("print", "plan", "--count", "1")
    assert said.code == 1
    assert "plan 1 stands, its list was not written" in said.err
    assert not (kabar.folder / "plan-1.xlsx").exists()
    assert kabar("print", "show", "1", "--xlsx", "again.xlsx").code == 0
    assert (kabar.folder / "again.xlsx").exists()
    assert (kabar.folder / "plan-1.pdf").read_text() == "mine"


def test_a_dry_run_plans_nobody_and_opens_no_name(kabar: Terminal) -> None:
    kabar("blanks", "receive", "4")
    said = kabar("print", "plan", "--count", "1", "--dry-run")
    assert "1 card would be planned: 1 ordinary." in said.out
    assert "nothing was changed" in said.out
    assert "0 plans" in kabar("print", "plans").out
    assert list(kabar.folder.glob("plan-*")) == []


def test_without_a_blank_or_while_suspended_there_is_no_plan(kabar: Terminal) -> None:
    said = kabar("print", "plan", "--count", "1")
    assert (said.code, "no blank is free" in said.err) == (1, True)
    kabar("blanks", "receive", "4")
    kabar("suspend", "--services", "printing", "--cause", "blanks", "--region", "35.22.01")
    assert "printing is suspended in 35.22.01 (suspension 1)" in kabar("print", "plan", "--count", "1", "--dry-run").out
    kabar("suspend", "--services", "printing", "--cause", "blanks")
    said = kabar("print", "plan", "--count", "1")
    assert (said.code, "printing is suspended" in said.err) == (1, True)
    assert "printing is suspended for everybody" in kabar("print", "policy").out


# What was printed


def test_a_plan_is_noted_shown_taken_back_and_cancelled(kabar: Terminal) -> None:
    crowd(kabar, 5)
    kabar("blanks", "receive", "10")
    kabar("print", "plan", "--count", "6")
    said = kabar("print", "done", "1", "--up-to", "4", "--spoiled", "2")
    assert "Plan 1: 3 printed, 1 spoiled." in said.out
    assert "heads the next plan" in said.out
    assert "2 left to print in it." in said.out
    assert "Nothing to do: plan 1 was done up to 4 already." in kabar("print", "done", "1", "--up-to", "4").out
    shown = kabar("print", "show", "1").flat
    assert "3 printed, 1 spoiled" in shown
    assert "2 35.22" in shown
    assert "2 cards are to be printed again by plan 1, 4 in all." in kabar("print", "undo", "1", "--places", "3-4").out
    assert "Nothing to do" in kabar("print", "undo", "1", "--places", "3-4").out
    assert kabar("print", "undo", "1", "--places", ",").code == 1
    assert "open, 4 to be printed" in kabar("print", "plans").flat
    assert "4 cards are in the queue again" in kabar("print", "cancel", "1").out
    said = kabar("print", "cancel", "1")
    assert (said.code, "cancelled already" in said.err) == (1, True)
    assert "stock 8" in kabar("blanks").flat
    assert "6 cards would be planned" not in kabar("print", "plan", "--count", "9", "--dry-run").out
    assert "1 spoiled before" in kabar("print", "plan", "--count", "9", "--dry-run").out


def test_a_dry_run_of_done_says_who_would_be_told(kabar: Terminal) -> None:
    kabar("blanks", "receive", "10")
    kabar("print", "plan", "--count", "6")
    said = kabar("print", "done", "1", "--up-to", "1", "--dry-run")
    assert (said.code, "1 card would be printed, to be told: 1 sms." in said.out) == (0, True)
    assert "1 to be printed" in kabar("print", "plans").flat
    assert "To be told: 1 sms." in kabar("print", "done", "1", "--up-to", "1").out
    assert "printed, plan 1" in kabar("batches").out


def test_more_than_200_people_are_asked_about_first(kabar: Terminal) -> None:
    crowd(kabar, 205, phones=True)
    kabar("blanks", "receive", "300")
    kabar("print", "plan", "--count", "206")
    said = kabar("print", "done", "1", "--up-to", "206")
    assert said.code == 3
    assert "206 people would be told, more than 200; nothing was changed" in said.out
    assert kabar("print", "done", "1", "--up-to", "206", "--tell", "--quiet").code == 1
    assert "To be told: 206 sms." in kabar("print", "done", "1", "--up-to", "206", "--tell").out
    assert "The plan is done." in kabar("print", "done", "1", "--up-to", "206").out
    with kabar.office() as office:
        assert ask(office, lambda session: {*session.scalars(select(Notice.batch))}) == {"print:1"}


def test_quietly_nobody_is_told(kabar: Terminal) -> None:
    crowd(kabar, 205, phones=True)
    kabar("blanks", "receive", "300")
    kabar("print", "plan", "--count", "206")
    assert "Nobody is told of it, as you asked." in kabar("print", "done", "1", "--up-to", "206", "--quiet").out
    with kabar.office() as office:
        assert ask(office, lambda session: session.scalars(select(Notice.id)).all()) == []


# Urgent


def test_somebody_is_printed_before_her_turn_for_a_reason(kabar: Terminal) -> None:
    crowd(kabar, 3)
    assert "is urgent (sick)" in kabar("print", "urgent", "-", "--reason", "sick", typed=SITI).out
    assert "is urgent already" in kabar("print", "urgent", SITI, "--reason", "SICK").out
    assert "printed before her turn sick" in kabar("status", SITI, "--office").flat
    kabar("blanks", "receive", "1")
    assert "1 urgent" in kabar("print", "plan", "--count", "1", "--dry-run").out
    assert "waits for her turn again" in kabar("print", "urgent", SITI, "--undo").out
    assert "is not urgent" in kabar("print", "urgent", SITI, "--undo").out
    assert kabar("print", "urgent", SITI).code == 1
    assert kabar("print", "urgent", SITI, "--reason", "rich").code == 2
    said = kabar("print", "urgent", BUDI, "--reason", "work")
    assert (said.code, "at PRINTED" in said.err) == (1, True)
    with kabar.office() as office:
        assert ask(office, current_card, SITI).urgent is None  # type: ignore[union-attr]


@pytest.mark.parametrize("number", ["99999999999999999999", "9223372036854775808"])
def test_a_number_beyond_all_bounds_is_refused_plainly(kabar: Terminal, number: str) -> None:
    for words in (["print", "cancel", number], ["print", "done", number, "--up-to", "1"], ["arrive", number]):
        said = kabar(*words)
        assert said.code != 0
        assert "number is too large" in said.flat


def test_more_blanks_than_there_can_be_are_a_slip_of_the_finger(kabar: Terminal) -> None:
    assert kabar("blanks", "receive", "3000000000").code != 0
    assert kabar("blanks", "adjust", "--to", "3000000000").code != 0
