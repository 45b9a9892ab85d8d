"""The record of hand-over: on paper by the command line, with numbers only, and whole however long it is."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.papers.handover_record import handover_record_pdf
from core.questions.handed import Handed
from core.rules.answer import Place, PlaceKind, VillageKind
from core.store.words import Taken
from core.wording import Wording, languages
from core.wording.handing import said_numbers
from core.wording.handover_records import record_text
from tests.boxing import KAUMAN
from tests.cli_world import Terminal
from tests.papers import written

PLACE = Place(
    kind=PlaceKind.VILLAGE,
    regency="Kabupaten Bojonegoro",
    district="Bojonegoro",
    village="Kauman",
    village_kind=VillageKind.DESA,
)
DAY = date(2017, 9, 26)
ROWS = tuple(f"352299010190000{n};WARGA {n};{KAUMAN};CARD_PRINTED;05/01/2017;;;" for n in range(1, 4))


def paper(cards, language="id"):
    at = datetime(2017, 9, 26, 1, tzinfo=UTC)
    ways = [*Taken, None]
    handed = [
        Handed(n, ways[n % len(ways)], at + timedelta(minutes=n), "official:12" if n % 3 else "operator")
        for n in range(1, cards + 1)
    ]
    w = Wording(language=language)
    zone = ZoneInfo("Asia/Jakarta")
    return handover_record_pdf(record_text(w, office="Dinas", place=PLACE, day=DAY, handed=handed, zone=zone))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("cards", [0, 1, 20, 21, 75, 76, 77, 152, 350])
def test_every_number_stands_on_it_once_and_there_is_room_to_sign(cards, language):
    pdf = paper(cards, language)
    lines = written(pdf).splitlines()
    assert sorted(int(line) for line in lines if line.isdigit()) == list(range(1, cards + 1))
    assert sum("....." in line for line in lines) == 2
    pages = pdf.count(b"/Type /Page\n")
    assert -(-cards // 76) <= pages <= -(-cards // 76) + 1  # the lines to sign may need a page of their own


def test_many_single_numbers_are_cut_where_nobody_would_read_on():
    w = Wording()
    assert said_numbers(w, range(1, 100, 2)).endswith("dan lainnya")
    assert said_numbers(w, range(1, 100)) == "1-99"


@pytest.fixture
def kabar(tmp_path, monkeypatch, capsys, founded_home):
    return Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)


def test_the_command_line_writes_it_with_what_was_handed_over_at_the_counter(kabar):
    kabar("import", kabar.export(*ROWS), "--quiet", "--as-of", "2017-09-27")
    kabar("ship", "35.22.15")
    kabar("arrive", "1", "--quiet")
    assert kabar("handover", "1", "--at", KAUMAN, "--by", "left-with-rt").code == 0
    assert kabar("handover", "2", "--at", KAUMAN).code == 0
    said = kabar("handover", "record", "--at", KAUMAN, "--pdf", "record.pdf")
    assert said.code == 0 and "2 cards" in said.out
    path = kabar.folder / "record.pdf"
    lines = written(path.read_bytes()).splitlines()
    assert {"1", "2", "dititipkan ke RT", "diambil sendiri", "kantor"} <= set(lines)
    assert not any("WARGA" in line or "BUDI" in line for line in lines)
    assert path.stat().st_mode & 0o777 == 0o600
    again = kabar("handover", "record", "--at", KAUMAN, "--pdf", "record.pdf")
    assert again.code == 1 and "there already" in again.flat


@pytest.mark.parametrize(
    "words",
    [
        ("record",),
        ("record", "--at", KAUMAN),
        ("record", "--at", "35.99", "--pdf", "x.pdf"),
        ("record", "--at", KAUMAN, "--day", "soon", "--pdf", "x.pdf"),
        ("1", "--at", KAUMAN, "--pdf", "x.pdf"),
        ("1", "--at", KAUMAN, "--by", "moved"),
    ],
)
def test_what_makes_no_record_is_refused_with_the_fix(kabar, words):
    said = kabar("handover", *words)
    assert said.code in (1, 2) and said.err
    assert list(kabar.folder.glob("*.pdf")) == []
