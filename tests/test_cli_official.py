"""`kabar official`: links and slips that cannot be shown again, and whoever opened one, by the office's word."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from sqlalchemy import select

from cli.official import inviting
from cli.official.page import PER_PAGE, QR_SIDE, slips_pdf
from cli.official.qr import QUIET, for_terminal, squares
from core.actions.bot_name import keep_bot_name
from core.actions.invites import NotOpened, open_invite
from core.questions.official_list import OfficialLine, open_invites
from core.questions.officials import acting_of
from core.rules.answer import Place, PlaceKind, VillageKind
from core.rules.invites import invite_link
from core.rules.officials import Role
from core.store.office import open_office, seal_of
from core.store.official_tables import Invite
from core.store.tables import Fact
from core.wording import Wording
from core.wording.officials import invite_slip
from tests.bot_world import bot_world
from tests.cli_world import Terminal
from tests.killed_jobs import command
from tests.killing import Child, chosen
from tests.offices import MORNING, act, ask, copy_office
from tests.official_world import DISTRICT, VILLAGE
from tests.papers import written
from tests.rows import everything
from tests.test_database_faults import full_disk

BOT = "kabar_bojonegoro_bot"
_SECRET = re.compile(r"start=o_([A-Za-z0-9_-]{22})")
RINA = "700000001"
#: A district whose slips go on one page.
FEW_VILLAGES = "35.22.03"


@pytest.fixture
def kabar(
    tmp_path: Path, founded_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    kabar = Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)
    with kabar.office() as office:
        act(office, keep_bot_name, BOT)
    return kabar


def opens(kabar: Terminal, secret: str, account: str = RINA, name: str = "Rina Wulandari") -> OfficialLine | NotOpened:
    with kabar.office() as office:
        return act(office, open_invite, account, secret, name, now=datetime.now(UTC))


def invited(kabar: Terminal, *words: str, account: str = RINA) -> int:
    """Somebody invited by a command, who opened the link; return her number."""
    said = kabar("official", "invite", *(words or ("--role", "village", "--region", VILLAGE)))
    [secret] = _SECRET.findall(said.out)
    opened = opens(kabar, secret, account)
    assert isinstance(opened, OfficialLine)
    return opened.id


def acts(kabar: Terminal, account: str = RINA) -> bool:
    with kabar.office() as office:
        return ask(office, acting_of, account) is not None


def facts(kabar: Terminal, kind: str) -> list[Fact]:
    with kabar.office() as office:
        return [fact for fact in ask(office, lambda s: s.scalars(select(Fact)).all()) if fact.kind == kind]


def open_ones(kabar: Terminal) -> int:
    with kabar.office() as office:
        return len(ask(office, open_invites, now=datetime.now(UTC)))


# One link


def test_a_link_is_shown_once_and_whoever_opens_it_is_bound_by_confirm(kabar):
    said = kabar("official", "invite", "--role", "village", "--region", VILLAGE)
    assert said.code == 0
    assert f"village official for {VILLAGE} Desa Sukorejo, Kec. Bojonegoro" in said.out
    assert "KABAR_OPERATORS is empty" in said.out
    [secret] = _SECRET.findall(said.out)
    opened = opens(kabar, secret)
    assert not acts(kabar)
    listed = kabar("official", "list")
    assert "1 waiting" in listed.out
    assert "Rina Wulandari" in listed.out
    assert "kabar official confirm ID" in listed.out
    assert "may act now" in kabar("official", "confirm", str(opened.id)).out
    assert acts(kabar)
    assert "was confirmed before" in kabar("official", "confirm", str(opened.id)).out


def test_with_operators_it_says_who_is_asked(kabar):
    kabar.set(operators="990000001")
    said = kabar("official", "invite", "--role", "head")
    assert "Kabupaten Bojonegoro" in said.out
    assert "an operator of KABAR_OPERATORS presses Benar" in said.out


def test_that_names_were_shown_is_noted(kabar):
    first, second = invited(kabar), invited(kabar, "--role", "office", account="700000002")
    kabar("official", "list")
    [fact] = facts(kabar, "personal-data-shown")
    assert fact.details == {"shown": ["telegram-name"], "officials": [first, second]}
    assert fact.by == "operator"
    kabar("official", "list", "--region", "35.22.01")  # nobody is shown there
    assert len(facts(kabar, "personal-data-shown")) == 1


def test_the_link_is_kept_nowhere_and_her_name_only_sealed(kabar, caplog):
    said = kabar("official", "invite", "--role", "village", "--region", VILLAGE)
    [secret] = _SECRET.findall(said.out)
    opens(kabar, secret)
    with kabar.office() as office:
        assert secret not in repr(everything(office))  # sealed or not
        others = repr(everything(office, but=("official",)))
    on_disk = (kabar.home / "kabar.sqlite3").read_bytes()
    for hidden in ("Rina", RINA):
        assert hidden not in others + caplog.text
        assert hidden.encode() not in on_disk


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--role", "district"), 1, "Give its code with --region"),
        (("--role", "village", "--region", DISTRICT), 1, "a village official is not for 35.22.15"),
        (("--role", "village", "--region", "35.22.99.2001"), 1, "is not a region of this office"),
        (("--role", "district", "--all", "villages", "--pdf", "x.pdf"), 1, "give --role village"),
        (("--role", "village", "--all", "villages"), 1, "give a file with --pdf FILE"),
        (("--role", "village", "--all", "villages", "--region", "35.09", "--pdf", "x.pdf"), 1, "not a region"),
        (("--role", "village", "--region", VILLAGE, "--missing"), 1, "belong to --all villages"),
        (("--role", "king"), 2, "king"),
        (("--role", "office", "--pdf", "nowhere/x.pdf"), 2, "--pdf"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_write_and_nothing_is_made(kabar, words, code, sentence):
    said = kabar("official", "invite", *words)
    assert (said.code, sentence in said.flat) == (code, True), said
    assert open_ones(kabar) == 0
    assert not list(kabar.folder.glob("*.pdf"))


@pytest.mark.parametrize("words", [("--role", "office"), ("--role", "village", "--all", "villages", "--pdf", "x.pdf")])
def test_without_the_bots_name_there_is_no_link_and_the_operator_is_told_why(kabar, words):
    with kabar.office() as office:
        act(office, keep_bot_name, "")
    said = kabar("official", "invite", *words)
    assert said.code == 2
    assert "let kabar run reach Telegram once" in said.err
    assert open_ones(kabar) == 0


# Slips


def test_one_slip_says_for_whom_and_until_when_and_its_link_works(kabar):
    said = kabar("official", "invite", "--role", "village", "--region", VILLAGE, "--pdf", "desa.pdf")
    assert said.code == 0
    assert not _SECRET.search(said.out)
    pdf = (kabar.folder / "desa.pdf").read_bytes()
    assert (kabar.folder / "desa.pdf").stat().st_mode & 0o777 == 0o600
    text = written(pdf)
    for needed in ("UNDANGAN PETUGAS", "Desa Sukorejo, Kec. Bojonegoro", "Berlaku sampai", "GRATIS", "Dispendukcapil"):
        assert needed in text
    [secret] = _SECRET.findall(text.replace("\n", ""))
    assert isinstance(opens(kabar, secret), OfficialLine)


def test_every_village_of_a_district_gets_its_slip_and_earlier_ones_are_void(kabar):
    villages, words = (
        18,
        ("official", "invite", "--role", "village", "--all", "villages", "--region", DISTRICT, "--pdf"),
    )
    first = kabar(*words, "1.pdf")
    assert f"{villages} slips made: 1.pdf" in first.out
    assert "void" not in first.out
    assert f"{villages} earlier slips that nobody had opened are void now" in kabar(*words, "2.pdf").out
    assert open_ones(kabar) == villages
    pages = (kabar.folder / "2.pdf").read_bytes().count(b"/Type /Page\n")
    assert pages == -(-villages // PER_PAGE)


def test_only_villages_without_an_official_are_invited_when_so_wanted(kabar):
    official = invited(kabar)
    words = ("official", "invite", "--role", "village", "--all", "villages", "--region", DISTRICT, "--missing")
    assert "17 slips would be made, 1 left out" in kabar(*words, "--dry-run").out
    assert open_ones(kabar) == 0
    assert "17 slips made, 1 left out" in kabar(*words, "--pdf", "x.pdf").out
    kabar("official", "refuse", str(official))
    assert "18 slips would be made" in kabar(*words, "--dry-run").out


def test_a_file_that_is_there_is_never_overwritten_and_nothing_is_made(kabar):
    (kabar.folder / "x.pdf").write_text("mine")
    for words in (("--region", VILLAGE), ("--all", "villages")):
        said = kabar("official", "invite", "--role", "village", *words, "--pdf", "x.pdf")
        assert said.code == 1
        assert "--pdf" in said.err
    assert (kabar.folder / "x.pdf").read_text() == "mine"
    assert open_ones(kabar) == 0


def test_a_full_disk_leaves_no_link_without_its_paper(kabar):
    with full_disk(last_bytes=0):
        assert kabar("official", "invite", "--role", "office", "--pdf", "x.pdf").code == 2
    assert open_ones(kabar) == 0
    assert not list(kabar.folder.glob("*.pdf"))


def test_stopped_between_the_paper_and_the_links_there_is_no_finished_paper(kabar, monkeypatch):
    def stopped(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(inviting, "invite_many", stopped)
    said = kabar("official", "invite", "--role", "village", "--all", "villages", "--region", DISTRICT, "--pdf", "x.pdf")
    assert said.code == 130
    assert not (kabar.folder / "x.pdf").exists()
    assert open_ones(kabar) == 0


def test_killed_anywhere_no_finished_paper_holds_a_dead_link_and_once_more_it_is_whole(founded_home, tmp_path):
    desk = tmp_path / "desk"
    desk.mkdir()
    copy_office(founded_home, desk / "var").close()
    with open_office(desk / "var") as office:
        act(office, keep_bot_name, BOT)

    def inviting_all(output: str, die_before: int | None = None) -> Child:
        words = ("official", "invite", "--role", "village", "--all", "villages")
        words += ("--region", FEW_VILLAGES, "--pdf", output)
        return Child(desk, command, (desk, words), die_before, settings={"home": str(desk / "var")})

    inviting_all("older.pdf").finish()
    first = inviting_all("first.pdf")
    first.finish()
    ends = set()
    for step in chosen(first.steps, ("INSERT INTO invite", "commit", "os.re"), sample=1):
        inviting_all(f"{step}.pdf", step).die()
        finished = (desk / f"{step}.pdf").exists()
        ends.add(finished)
        if finished:
            assert good_links(desk) == links_on(desk / f"{step}.pdf"), step
    assert ends == {True, False}
    inviting_all("last.pdf").finish()
    assert good_links(desk) == links_on(desk / "last.pdf")


def links_on(paper: Path) -> set[bytes]:
    """What the database would keep of the links on a paper of one page."""
    secrets = _SECRET.findall(written(paper.read_bytes()).replace("\n", ""))
    with open_office(paper.parent / "var") as office:
        return {ask(office, lambda s, one=one: seal_of(s).index("invite", one)) for one in secrets}


def good_links(desk: Path) -> set[bytes]:
    """What it keeps of those that may still be opened."""
    still = Invite.opened_at.is_(None), Invite.void_at.is_(None)
    with open_office(desk / "var") as office:
        return set(ask(office, lambda s: s.scalars(select(Invite.secret_index).where(*still)).all()))


LONGEST = Place(
    kind=PlaceKind.VILLAGE,
    regency="Kabupaten Kepulauan Siau Tagulandang Biaro",
    district="Buay Pematang Ribu Ranau Tengah",
    village="Kampuang Tanjuang Koto Mambang Sungai Durian",
    village_kind=VillageKind.DESA,
)


def slip(link: str, place: Place = LONGEST) -> bytes:
    terms = {"office": "Dispendukcapil Kabupaten Kepulauan Siau Tagulandang Biaro", "link": link}
    text = invite_slip(Wording(), Role.VILLAGE, place, **terms, expires_at=MORNING, zone=UTC)
    return slips_pdf([(text, link)])


def test_the_longest_names_stay_on_their_slip():
    pdf = slip(invite_link("w" * 32, "W" * 22))
    assert "Kampuang Tanjuang" in written(pdf)
    assert f"t.me/{'w' * 32}?start=o_{'W' * 22}" in written(pdf).split("\n")  # in one piece
    places = [float(y) for y in re.findall(rb"1 0 0 1 \S+ (\S+) cm", pdf)]
    assert min(y for y in places if y > 100) > A4[1] - A4[1] / 4 + 3 * 72 / 25.4  # above the line to cut along
    assert pdf.count(b"/Type /Page\n") == 1


def test_the_qr_code_on_paper_holds_exactly_the_squares_of_its_link():
    link = invite_link(BOT, "A1b2" * 5 + "xy")
    rects = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re", slip(link))
    unit = QR_SIDE / len(squares(link))
    found = [tuple(map(float, rect)) for rect in rects]
    left, top = min(x for x, _, _, _ in found), max(y + height for _, y, _, height in found)
    dark = {
        (QUIET + round((top - y - height) / unit), QUIET + round((x - left) / unit) + step)
        for x, y, width, height in found
        for step in range(round(width / unit))
    }
    rows = squares(link)
    assert dark == {(r, c) for r, row in enumerate(rows) for c, is_dark in enumerate(row) if is_dark}


def test_the_qr_code_on_the_screen_is_black_on_white_whatever_the_colours_of_the_terminal():
    rows = squares(invite_link(BOT, "A" * 22))
    text = for_terminal(rows)
    lines = text.plain.split("\n")
    assert text.style == "black on white"
    assert len(lines) == -(-len(rows) // 2)
    assert {len(line) for line in lines} == {len(rows)}
    dark = {"█": (True, True), "▀": (True, False), "▄": (False, True), " ": (False, False)}
    read = [[dark[sign][half] for sign in line] for line in lines for half in (0, 1)]
    assert read[: len(rows)] == rows


# Whoever is at work


def test_suspended_taken_back_and_removed(kabar):
    official = str(invited(kabar))
    kabar("official", "confirm", official)
    assert f"kabar official back {official}" in kabar("official", "suspend", official).out
    assert not acts(kabar)
    assert "may act again" in kabar("official", "back", official).out
    asked = kabar("official", "remove", official)
    assert asked.code == 3
    assert "To remove is final" in asked.out
    assert acts(kabar)
    assert "no official any more" in kabar("official", "remove", official, "--yes").out
    assert not acts(kabar)
    assert "was removed before" in kabar("official", "remove", official).out
    assert "Officials: none." in kabar("official", "list").out
    assert "1 removed" in kabar("official", "list", "--all").out


def test_what_is_out_of_order_is_refused_with_the_command_that_helps(kabar):
    official = str(invited(kabar))
    refused = kabar("official", "suspend", official)
    assert (refused.code, "first: kabar official confirm ID" in refused.err) == (1, True)
    assert kabar("official", "refuse", official).code == 0
    assert "comes back only by a new link" in kabar("official", "confirm", official).err
    assert "kabar official list --all" in kabar("official", "confirm", "99").err


def test_open_invitations_are_listed_and_taken_back(kabar):
    kabar("official", "invite", "--role", "district", "--region", DISTRICT)
    said = kabar("official", "invites")
    assert "1 invitation may still be opened" in said.out
    assert "Kecamatan Bojonegoro" in said.out
    assert kabar("official", "void", "1").out == "Invitation 1 is void.\n"
    assert kabar("official", "void", "1").out == "Invitation 1 was void before.\n"
    assert "0 invitations" in kabar("official", "invites").out


@pytest.mark.parametrize(
    "command", ["invite", "list", "confirm", "refuse", "suspend", "back", "remove", "invites", "void"]
)
def test_every_command_explains_itself_with_an_example(kabar, command):
    assert f"kabar official {command}" in kabar("official", command, "--help").out


async def test_who_was_confirmed_at_the_command_line_is_welcomed_by_the_bot(
    founded_home, tmp_path, monkeypatch, capsys, clock
):
    kabar = Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)
    with kabar.office() as office:
        act(office, keep_bot_name, "kabar_simulator_bot")
        clock.now = datetime.now(UTC)
        async with bot_world(office, clock) as world:
            rina = world.start().person("Rina")
            [link] = re.findall(
                r"https://\S+", kabar("official", "invite", "--role", "village", "--region", VILLAGE).out
            )
            await world.after(rina, lambda: rina.open_link(link))
            kabar("official", "confirm", "1")
            world.person("Joko").say("bantuan")
            await world.until(lambda: "Selamat bertugas" in rina.received[-1].text)
