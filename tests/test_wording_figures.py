"""Figures in sentences: what a journalist gets, word for word, and what officials read."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from core.rules.answer import Place, PlaceKind
from core.rules.card import Stage
from core.rules.figures import Blanks, Boxes, BriefFigures, Stop
from core.rules.notices import OfficeWords
from core.rules.suspension import Cause, Service, SuspensionNote
from core.wording import Wording, languages
from core.wording.figures import figures_message, figures_paragraph

W = Wording()
BOJONEGORO = OfficeWords(
    name="Dispendukcapil Kabupaten Bojonegoro",
    short_name="Dukcapil Bojonegoro",
    regency="Kabupaten Bojonegoro",
    hours="Senin-Jumat 08.00-15.00",
)
JEMBER = OfficeWords(
    name="Dispendukcapil Kabupaten Jember", short_name="Dukcapil Jember", regency="Kabupaten Jember", hours=""
)
WEDNESDAY = date(2017, 9, 27)
PLACES = {
    "35.22": Place(kind=PlaceKind.OFFICE, regency="Kabupaten Bojonegoro"),
    "35.22.26": Place(kind=PlaceKind.DISTRICT, regency="Kabupaten Bojonegoro", district="Gondang"),
    "35.22.26.2006": Place(
        kind=PlaceKind.VILLAGE, regency="Kabupaten Bojonegoro", district="Gondang", village="Pajeng"
    ),
}
NO_BLANKS = Blanks(kept=False, since=None, received=0, used=0, spoiled=0, adjusted=0, stock=0, promised=0)


def stop(*services: Service, cause: Cause, since: date, region: str = "35.22") -> Stop:
    return Stop(1, region, SuspensionNote(services=services, cause=cause, since=since, expected_until=None))


def figures(
    stages: dict[Stage, int] | None = None, blanks: Blanks = NO_BLANKS, printed: Sequence[int] = (), letters: int = 0,
    letters_since: date | None = None, stops: Sequence[Stop] = (), data_as_of: date | None = WEDNESDAY,
    unclaimed: int = 0, late: int = 0,
) -> BriefFigures:  # fmt: skip
    return BriefFigures(
        today=WEDNESDAY,
        data_as_of=data_as_of,
        stages=stages or {},
        blanks=blanks,
        printed_today=0,
        output={WEDNESDAY - timedelta(days=number): count for number, count in enumerate(printed, start=1)},
        letters_issued=letters,
        letters_since=letters_since,
        unclaimed=unclaimed,
        boxes=Boxes(late, late, None),
        stops=stops,
    )


FLOOD = figures(
    {Stage.AT_CENTRE: 4_000, Stage.PRINT_READY: 31_000, Stage.HANDED_OVER: 900_000},
    Blanks(
        kept=True, since=date(2017, 1, 2), received=36_000, used=23_000, spoiled=0, adjusted=0, stock=13_000, promised=0
    ),
    [0, 400, 400, 450, 500, 500],
    stops=[stop(Service.PRINTING, Service.LETTERS, cause=Cause.SERVER, since=date(2017, 9, 25))],
)
CENTRE_DOWN = figures(
    {Stage.RECORDED: 1_500, Stage.AT_CENTRE: 68_500},
    Blanks(kept=True, since=date(2017, 8, 1), received=10_000, used=0, spoiled=0, adjusted=0, stock=10_000, promised=0),
    letters=70_000,
    letters_since=date(2016, 10, 3),
    stops=[stop(Service.CENTRE, cause=Cause.CENTRE, since=date(2016, 10, 1))],
)


def test_bojonegoros_paragraph_says_the_numbers_of_the_report() -> None:
    assert figures_paragraph(W, BOJONEGORO, FLOOD, PLACES) == (
        "Di Kabupaten Bojonegoro, 35.000 warga sudah merekam dan masih menunggu KTP-el. "
        "Sejak 2 Januari 2017 kantor menerima 36.000 keping blangko dan mencetak 23.000 KTP-el. "
        "Pada hari kerja biasa tercetak 400 sampai 500 KTP-el sehari. "
        "Sejak 25 September 2017 layanan cetak, suket berhenti karena gangguan server. "
        "Blangko tersisa 13.000 keping, sehingga 22.000 warga masih harus menunggu blangko berikutnya. "
        "Data per 27 September 2017."
    )


def test_jembers_paragraph_says_the_numbers_of_the_report() -> None:
    assert figures_paragraph(W, JEMBER, CENTRE_DOWN, {}) == (
        "Di Kabupaten Jember, 70.000 warga sudah merekam dan masih menunggu KTP-el. "
        "Sejak 1 Agustus 2017 kantor menerima 10.000 keping blangko dan mencetak 0 KTP-el. "
        "Sejak 3 Oktober 2016 diterbitkan 70.000 surat keterangan pengganti KTP-el. "
        "Sejak 1 Oktober 2016 layanan pengiriman data ke pusat berhenti karena gangguan server pusat. "
        "Blangko tersisa 10.000 keping, sehingga 60.000 warga masih harus menunggu blangko berikutnya. "
        "Data per 27 September 2017."
    )


def test_of_what_nobody_knows_nothing_is_said() -> None:
    assert figures_paragraph(W, BOJONEGORO, figures(data_as_of=None), PLACES) == "Data per 27 September 2017."
    only_cards = figures_paragraph(W, BOJONEGORO, figures({Stage.RECORDED: 3}), PLACES)
    assert only_cards == (
        "Di Kabupaten Bojonegoro, 3 warga sudah merekam dan masih menunggu KTP-el. Data per 27 September 2017."
    )


def test_with_blanks_enough_for_all_nobody_waits_for_the_next() -> None:
    plenty = Blanks(kept=True, since=WEDNESDAY, received=9, used=0, spoiled=0, adjusted=0, stock=9, promised=0)
    assert "berikutnya" not in figures_paragraph(W, BOJONEGORO, figures({Stage.PRINT_READY: 9}, plenty), PLACES)


def test_without_a_blank_left_everybody_waits_for_the_next() -> None:
    none = Blanks(kept=True, since=WEDNESDAY, received=9, used=9, spoiled=0, adjusted=0, stock=0, promised=0)
    assert "Blangko habis, sehingga 4 warga masih harus menunggu blangko berikutnya." in figures_paragraph(
        W, BOJONEGORO, figures({Stage.PRINT_READY: 4}, none), PLACES
    )


def test_prints_are_told_also_where_no_blanks_are_noted() -> None:
    used = Blanks(
        kept=False, since=date(2017, 9, 1), received=0, used=800, spoiled=0, adjusted=0, stock=-800, promised=0
    )
    said = figures_paragraph(W, BOJONEGORO, figures(blanks=used, printed=[400, 400, 400, 400]), PLACES)
    assert said == (
        "Sejak 1 September 2017 kantor mencetak 800 KTP-el. Pada hari kerja biasa tercetak 400 KTP-el sehari. "
        "Data per 27 September 2017."
    )


@pytest.mark.parametrize(
    ("region", "where"),
    [
        ("35.22", "layanan cetak berhenti"),
        ("35.22.26", "layanan cetak di Kecamatan Gondang berhenti"),
        ("35.22.26.2006", "layanan cetak di Pajeng, Kecamatan Gondang berhenti"),
    ],
)
def test_where_a_service_stands_still_is_told_unless_it_is_everywhere(region: str, where: str) -> None:
    standing = stop(Service.PRINTING, cause=Cause.POWER, since=WEDNESDAY, region=region)
    assert where in figures_paragraph(W, BOJONEGORO, figures(stops=[standing]), PLACES)


def test_officials_read_what_matters_today() -> None:
    assert figures_message(W, BOJONEGORO, FLOOD, PLACES) == (
        "ANGKA 27 September 2017\n"
        "Dispendukcapil Kabupaten Bojonegoro\n"
        "\n"
        "Menunggu KTP-el: 35.000\n"
        "Di antaranya siap dicetak: 31.000\n"
        "Dicetak hari ini: 0\n"
        "Biasanya sehari: 400 sampai 500\n"
        "Stok blangko: 13.000\n"
        "Dicetak, belum diserahkan: 0\n"
        "\n"
        "BERHENTI: cetak, suket sejak 25 September 2017, gangguan server\n"
        "\n"
        "Data per 27 September 2017."
    )


def test_what_went_wrong_is_told_to_officials_only_where_something_did() -> None:
    quiet, late = figures(), figures(unclaimed=4_400, late=2)
    assert "terlambat" not in figures_message(W, BOJONEGORO, quiet, PLACES)
    assert "Belum diambil lebih dari 30 hari: 4.400\nKotak terlambat tiba: 2" in figures_message(
        W, BOJONEGORO, late, PLACES
    )


@pytest.mark.parametrize("language", languages())
def test_the_message_fits_with_everything_in_it(language: str) -> None:
    many = dict.fromkeys(Stage, 1_250_000)
    blanks = Blanks(kept=True, since=WEDNESDAY, received=0, used=0, spoiled=0, adjusted=0, stock=1_250_000, promised=0)
    everything = [stop(*Service, cause=Cause.CENTRE, since=WEDNESDAY, region="35.22.26.2006")] * 5
    full = figures(many, blanks, [12_000, 20_000], 1_250_000, WEDNESDAY, everything, unclaimed=120_000, late=999)
    assert len(figures_message(Wording(language=language), BOJONEGORO, full, PLACES)) <= 700
