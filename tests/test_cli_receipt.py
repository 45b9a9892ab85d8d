"""`kabar receipt`: a paper from the counter, and a paper that is never worth less or more than it looks."""

import re
from datetime import date
from pathlib import Path

import pytest
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from sqlalchemy.orm import Session

from cli.edge import opened
from cli.slip.file import finish
from cli.slip.page import slip_pdf
from cli.slip.paper import FORMATS, Paper
from cli.slip.printing import print_slip
from core.actions.bot_name import keep_bot_name
from core.actions.proof import NoProof, prove, prove_by_link
from core.actions.slips import SlipSecrets, draw_secrets
from core.errors import Refused
from core.questions.regions import office_row
from core.questions.slips import newest_slip
from core.rules.receipt import grouped
from core.store.office import OpenOffice, open_office, seal_of
from core.wording import Wording
from core.wording.rehearsal import LONGEST_OFFICE
from core.wording.slips import slip_text
from tests.bot_world import bot_world
from tests.cli_world import Terminal
from tests.killed_jobs import command
from tests.killing import Child, chosen
from tests.offices import BUDI, JOKO, MORNING, SITI, SITI_RECEIPT, act, ask, copy_office
from tests.papers import code_on, dark_squares, written
from tests.rows import everything
from tests.test_database_faults import full_disk

BOT = "kabar_bojonegoro_bot"


@pytest.fixture
def kabar(
    tmp_path: Path, founded_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    kabar = Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)
    with kabar.office() as office:
        act(office, keep_bot_name, BOT)
    return kabar


def papers(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.pdf"))


def proves(office: OpenOffice, code: str, nik: str = SITI) -> bool:
    return isinstance(act(office, prove, 900000001, nik, code, now=MORNING), int)


# The command


def test_a_slip_is_printed_and_its_code_proves(kabar: Terminal) -> None:
    said = kabar("receipt", SITI)
    assert (said.code, said.err) == (0, "")
    [paper] = papers(kabar.folder)
    code = code_on(paper)
    assert said.out == (
        f"1 slip made: {paper.name} (58mm) for 3522••••••••0001. Our messages about this card mention {code[-3:]} "
        "from now on, and every earlier receipt of it proves nothing.\n"
    )
    assert paper.name.startswith("slip-20")
    assert paper.name.endswith("-1.pdf")
    assert paper.stat().st_mode & 0o777 == 0o600
    with kabar.office() as office:
        assert proves(office, code)
        assert not proves(office, SITI_RECEIPT)
    assert "slip-made" in kabar("history", SITI).out
    assert f"receipt ends in  {code[-3:]}" in kabar("status", SITI, "--office").out


def test_a_second_slip_has_a_file_of_its_own_and_makes_the_first_worthless(kabar: Terminal) -> None:
    kabar("receipt", "-", typed=f"{SITI}\n")
    kabar("receipt", SITI, "--paper", "a6")
    first, second = papers(kabar.folder)
    with kabar.office() as office:
        assert (proves(office, code_on(first)), proves(office, code_on(second))) == (False, True)


def test_a_file_that_is_there_is_never_overwritten_and_nothing_changes(kabar: Terminal) -> None:
    kabar("receipt", SITI, "--output", "resi.pdf")
    code = code_on(kabar.folder / "resi.pdf")
    for place, code_of_refusal in (("resi.pdf", 1), ("nowhere/resi.pdf", 2)):
        said = kabar("receipt", SITI, "--output", place)
        assert said.code == code_of_refusal
        assert "--output" in said.err
    with kabar.office() as office:
        assert proves(office, code)
    assert len(papers(kabar.folder)) == 1


@pytest.mark.parametrize(
    ("nik", "sentence"), [("3522990101800009", "nobody is known with this NIK"), (BUDI, "the card is HANDED_OVER")]
)
def test_where_no_card_is_awaited_there_is_no_paper(kabar: Terminal, nik: str, sentence: str) -> None:
    kabar("move", BUDI, "HANDED_OVER")
    said = kabar("receipt", nik)
    assert said.code == 1
    assert sentence in said.err
    assert papers(kabar.folder) == []


def test_without_the_bots_name_there_is_no_qr_code_and_the_operator_is_told_why(kabar: Terminal) -> None:
    with kabar.office() as office:
        act(office, keep_bot_name, "")
    said = kabar("receipt", JOKO)
    assert said.code == 0
    assert "It has no QR code" in said.out
    assert "kabar run" in said.out
    [paper] = papers(kabar.folder)
    assert "Pindai" not in written(paper.read_bytes())
    assert "@" not in written(paper.read_bytes())
    assert "Namanya ditulis petugas di sini:" in written(paper.read_bytes()).replace("\n", " ")


def test_a_sheet_is_used_to_its_foot_also_without_a_qr_code() -> None:
    text = slip_text(Wording(), office=LONGEST_OFFICE.name, code="K7M4P2XPR9", bot=None, made_on=date(2017, 9, 29))
    places = re.findall(rb"1 0 0 1 \S+ (\S+) cm", slip_pdf(text, link=None, paper=Paper.A6))
    lowest, height = min(map(float, places)), FORMATS[Paper.A6].height or 0.0
    assert 0.85 * height < -lowest < height - FORMATS[Paper.A6].margin


def test_neither_code_nor_link_is_said_or_kept_in_clear(kabar: Terminal, caplog: pytest.LogCaptureFixture) -> None:
    said = kabar("receipt", SITI)
    [paper] = papers(kabar.folder)
    code = code_on(paper)
    with kabar.office() as office:
        kept = repr(everything(office, but=("slip",)))
    for secret in (code, grouped(code)):
        assert secret not in said.flat + caplog.text + kept + paper.name


# The paper


def text_on(drawn: SlipSecrets, paper: Paper, *, office: str = LONGEST_OFFICE.name, bot: str = "x" * 32) -> bytes:
    text = slip_text(Wording(), office=office, code=drawn.code, bot=bot, made_on=date(2017, 9, 29))
    return slip_pdf(text, link=f"https://t.me/{bot}?start=r_{drawn.link}", paper=paper)


@pytest.mark.parametrize("paper", Paper)
def test_the_paper_says_all_that_helps_and_nothing_of_whose_it_is(paper: Paper) -> None:
    drawn = draw_secrets()
    lines = written(text_on(drawn, paper, bot=BOT)).split("\n")
    said = " ".join(lines)
    assert grouped(drawn.code) in lines  # in one piece
    for needed in (
        "GRATIS",
        "Dispendukcapil",
        f"@{BOT}",
        "tidak pernah meminta",
        "tiga tanda terakhir",
        "bawa resi ini",
    ):
        assert needed in said
    assert f"kode ini: {drawn.code[-3:]}" in said
    assert "Dibuat 29 September 2017" in said
    assert drawn.link not in said


@pytest.mark.parametrize("paper", Paper)
def test_the_qr_code_opens_the_bot_with_the_secret(paper: Paper) -> None:
    drawn = draw_secrets()
    expected = QRCode(None, QRErrorCorrectLevel.M)
    expected.addData(f"https://t.me/{BOT}?start=r_{drawn.link}")
    expected.make()
    squares = expected.getModuleCount()
    dark = {(row, column) for row, cells in enumerate(expected.modules) for column, cell in enumerate(cells) if cell}
    assert dark_squares(text_on(drawn, paper, bot=BOT), side=FORMATS[paper].qr, squares=squares) == dark


@pytest.mark.parametrize("paper", Paper)
def test_the_longest_names_fit_on_one_page(paper: Paper) -> None:
    pdf = text_on(draw_secrets(), paper)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1
    width, height = map(float, pdf.split(b"/MediaBox [ 0 0 ")[1].split(b" ]")[0].split())
    assert round(width / 72 * 25.4) == {Paper.ROLL: 58, Paper.A6: 105}[paper]
    assert round(height / 72 * 25.4) == 148 or paper is Paper.ROLL


def test_what_is_printed_is_what_proves(kabar: Terminal) -> None:
    drawn = draw_secrets()
    with opened() as here:
        printed = print_slip(here, SITI, drawn, paper=Paper.A6, output=None, now=MORNING)
        assert printed.has_qr
        assert printed.place == Path("slip-2017-09-26-1.pdf")
        assert code_on(printed.place) == drawn.code
        assert act(here.office, prove_by_link, 900000001, drawn.link, now=MORNING) == 1
        assert act(here.office, prove_by_link, 900000001, drawn.code, now=MORNING) is NoProof.WRONG


async def test_the_bot_tells_the_office_what_it_is_called(office: OpenOffice, clock) -> None:  # type: ignore[no-untyped-def]
    async with bot_world(office, clock) as world:
        await world.says(world.start().person("Siti"), "bantuan")
        assert ask(office, office_row).bot_name == "kabar_simulator_bot"


# Killed, or in each other's way


def test_a_name_that_was_taken_meanwhile_is_left_alone_and_the_paper_is_not_lost(tmp_path: Path) -> None:
    unfinished, output = tmp_path / "slip-unfinished-1.pdf", tmp_path / "resi.pdf"
    unfinished.write_bytes(b"new")
    output.write_bytes(b"old")
    with pytest.raises(Refused, match=r"in force.*print slip-unfinished-1\.pdf"):
        finish(unfinished, output)
    assert (unfinished.read_bytes(), output.read_bytes()) == (b"new", b"old")


@pytest.mark.parametrize("last_bytes", [0, 24_000])
def test_a_full_disk_leaves_the_old_slip_in_force_and_no_new_paper(kabar: Terminal, last_bytes: int) -> None:
    kabar("receipt", SITI, "--output", "old.pdf")
    with full_disk(last_bytes=last_bytes):  # for the paper, or after it for the database
        assert kabar("receipt", SITI).code == 2
    assert [paper.name for paper in papers(kabar.folder)] == ["old.pdf"]
    with kabar.office() as office:
        assert proves(office, code_on(kabar.folder / "old.pdf"))


def test_killed_anywhere_there_is_a_paper_for_the_slip_in_force_and_no_finished_one_without(
    founded_home: Path, tmp_path: Path
) -> None:
    counter = tmp_path / "counter"
    counter.mkdir()
    copy_office(founded_home, counter / "var").close()

    def printing(output: str, die_before: int | None = None) -> Child:
        words = ("receipt", SITI, "--output", output)
        return Child(counter, command, (counter, words), die_before, settings={"home": str(counter / "var")})

    first = printing("first.pdf")
    first.finish()
    ends = set()
    for step in chosen(first.steps, ("INSERT INTO slip", "commit", "os.re"), sample=1):
        before = papers(counter)
        printing(f"{step}.pdf", step).die()
        new = {paper for paper in papers(counter) if paper not in before}
        with open_office(counter / "var") as office:
            in_force = {paper for paper in papers(counter) if is_in_force(office, paper)}
        finished = {paper for paper in new if "unfinished" not in paper.name}
        assert in_force, step  # somebody holds a paper that proves
        assert finished <= in_force, step  # and nobody one that only looks so
        ends.add((bool(finished), bool(in_force & new)))
    assert {(False, False), (False, True), (True, True)} <= ends
    printing("last.pdf").finish()
    with open_office(counter / "var") as office:
        assert is_in_force(office, counter / "last.pdf")


def is_in_force(office: OpenOffice, paper: Path) -> bool:
    """Whether it is Siti's newest slip, seen without a try."""

    def code(session: Session) -> str:
        slip = newest_slip(session, 1)
        assert slip is not None
        return seal_of(session).open(slip.code_sealed)

    return paper.stat().st_size > 0 and office.read(code) == code_on(paper)
