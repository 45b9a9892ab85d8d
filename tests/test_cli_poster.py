"""`kabar poster`: one page for the village hall, that everybody can read and no swindler can use."""

import re
from pathlib import Path

import pytest
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.pdfbase.pdfmetrics import stringWidth

from cli.poster.bands import WIDTH
from cli.poster.page import HEAD, bands_of, scale_of
from core.actions.bot_name import keep_bot_name
from core.regions import all_villages
from core.regions.lookup import find_region
from core.rules.answer import Place, PlaceKind, VillageKind
from core.rules.notices import OfficeWords
from core.wording import Wording
from core.wording.posters import PosterText, poster_text
from core.wording.rehearsal import LONGEST_OFFICE
from tests.cli_world import Terminal
from tests.offices import act
from tests.papers import dark_squares, written

BOT = "kabar_bojonegoro_bot"
W = Wording()
_PAGE = re.compile(rb"/Type /Page\b(?!s)")


@pytest.fixture
def kabar(
    tmp_path: Path, founded_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    kabar = Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)
    with kabar.office() as office:
        act(office, keep_bot_name, BOT)
    return kabar


def read(paper: Path) -> str:
    """All its words, as one line: the drawing breaks them where it must."""
    return " ".join(written(paper.read_bytes()).split())


def the_longest(village: str, district: str, *, office: OfficeWords = LONGEST_OFFICE) -> PosterText:
    region = Place(
        kind=PlaceKind.VILLAGE,
        regency=office.regency,
        district=district,
        village=village,
        village_kind=VillageKind.KELURAHAN,
    )
    return poster_text(W, office, region=region, pickup=region, bot="b" * 32, address="Jalan Panglima " * 5)


def test_a_village_s_poster_says_where_to_ask_what_is_genuine_and_where_to_go(kabar: Terminal) -> None:
    kabar.set(office_address="Jl. P. Mas Tumapel No. 1")
    said = kabar("poster", "--region", "35.22.15.2003")
    assert (said.code, said.err) == (0, "")
    assert said.out == "1 poster made: poster-35.22.15.2003.pdf. Print it as it is, on A4; it needs no colours.\n"
    words = read(kabar.folder / "poster-35.22.15.2003.pdf")
    for expected in (
        "Desa Sukorejo, Kecamatan Bojonegoro",
        f"@{BOT}",
        "TIDAK berisi tautan",
        "tiga tanda terakhir kode resi",
        "Balai Desa Sukorejo Kec. Bojonegoro",
        "Senin-Jumat 08.00-15.00",
        "Jl. P. Mas Tumapel No. 1",
        "GRATIS, tanpa perantara",
    ):
        assert expected in words
    assert "http" not in words, "who is told that we never send a link must not find one here"


def test_its_qr_code_opens_the_bot(kabar: Terminal) -> None:
    kabar("poster", "--region", "35.22.15.2003")
    expected = QRCode(None, QRErrorCorrectLevel.M)
    expected.addData(f"https://t.me/{BOT}")
    expected.make()
    squares = expected.getModuleCount()
    dark = {(row, col) for row in range(squares) for col in range(squares) if expected.isDark(row, col)}
    pdf = (kabar.folder / "poster-35.22.15.2003.pdf").read_bytes()
    assert dark_squares(pdf, side=190, squares=squares) == dark


@pytest.mark.parametrize(
    ("region", "whose", "pickup"),
    [
        ("35.22.15", "Kecamatan Bojonegoro", "Kantor desa atau kelurahan masing-masing"),
        ("35.22", "Kabupaten Bojonegoro", "Tempat yang kami sebutkan dalam pesan"),
    ],
)
def test_a_district_and_the_office_have_posters_too(kabar: Terminal, region: str, whose: str, pickup: str) -> None:
    assert kabar("poster", "--region", region, "--pdf", "kantor.pdf").code == 0
    words = read(kabar.folder / "kantor.pdf")
    assert whose in words
    assert pickup in words


def test_all_villages_come_in_one_file_a_page_each(kabar: Terminal) -> None:
    said = kabar("poster", "--all", "villages")
    assert said.out.startswith("430 posters made: poster-all-villages.pdf.")
    pdf = (kabar.folder / "poster-all-villages.pdf").read_bytes()
    assert len(_PAGE.findall(pdf)) == 430
    assert len(pdf) < 5_000_000


def test_without_the_bot_s_name_it_says_what_to_do_and_leaves_no_file(
    tmp_path: Path, founded_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kabar = Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)
    said = kabar("poster", "--region", "35.22.15.2003")
    assert said.code == 2
    assert "let kabar run reach Telegram once" in said.flat
    assert list(kabar.folder.glob("*.pdf")) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "--all villages"),
        (("--region", "35.22.15.2003", "--all", "villages"), "either"),
        (("--region", "35.78.01.1001"), "no region of this office"),
        (("--region", "rubbish"), "no region of this office"),
        (("--region", "35.22", "--pdf", "nowhere/x.pdf"), "give another place with --pdf"),
    ],
)
def test_what_is_typed_wrongly_is_named_and_no_file_is_left(kabar: Terminal, words: tuple[str, ...], why: str) -> None:
    said = kabar("poster", *words)
    assert said.code in (1, 2)
    assert why in said.flat
    assert list(kabar.folder.glob("*.pdf")) == []


def test_a_poster_that_is_there_stays(kabar: Terminal) -> None:
    assert kabar("poster", "--region", "35.22").code == 0
    before = (kabar.folder / "poster-35.22.pdf").read_bytes()
    said = kabar("poster", "--region", "35.22")
    assert said.code == 1
    assert "--pdf" in said.flat
    assert (kabar.folder / "poster-35.22.pdf").read_bytes() == before


def test_no_word_of_any_village_s_name_is_wider_than_the_page() -> None:
    words = {word for village in all_villages() for word in village.name.split()}
    assert max(stringWidth(word, "Helvetica-Bold", HEAD) for word in words) < WIDTH


def test_the_longest_names_leave_the_words_large() -> None:
    longest = sorted(all_villages(), key=lambda village: stringWidth(village.name, "Helvetica-Bold", HEAD))[-60:]
    for village in longest:
        district = find_region(village.parent or "")
        assert district is not None
        bands = bands_of(the_longest(village.name, district.name))
        assert all(band.holds_every_word for band in bands), village
        assert scale_of(bands) > 0.85, village
