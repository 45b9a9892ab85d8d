"""Charts are drawn by a process of its own, whole, and legible for any office; or it is said why they are not."""

import struct
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta

import pytest

from core.charts.drawing import draw
from core.charts.office import output_chart, stages_chart, waiting_chart
from core.charts.picture import Picture, Series
from core.errors import SetupError
from core.regions import Level, regions_of
from core.rules.card import Stage
from core.rules.figures import WaitingDay
from core.rules.suspension import Service
from core.wording import Wording

W = Wording()
LAST = date(2017, 9, 27)
SOURCE = "Dispendukcapil Kabupaten Bojonegoro. Data per 27 September 2017."
DISTRICTS = {region.code: region.name for region in regions_of("35.22") if region.level is Level.DISTRICT}


def days(count: int) -> list[date]:
    return [LAST - timedelta(days=number) for number in reversed(range(count))]


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a whole PNG, in pixels."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n" and png[-8:-4] == b"IEND"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def rows(names: list[str]) -> Picture:
    return Picture(kind="rows", title="T", axis="a", source=SOURCE, rows=names, series=[Series("s", [1] * len(names))])


def test_three_charts_of_an_office_come_as_pictures_of_their_size_and_matplotlib_stays_outside() -> None:
    districts = {code: Counter({Stage.PRINT_READY: 1_250, Stage.SHIPPED: 30}) for code in DISTRICTS}
    stops = [(Service.PRINTING, date(2017, 9, 25), None), (Service.CENTRE, date(2016, 10, 1), date(2017, 2, 1))]
    waiting = [WaitingDay(day, 35_000, 400) for day in days(365)]
    drawn = draw(
        {
            "stages": stages_chart(W, districts, DISTRICTS, source=SOURCE),
            "output": output_chart(W, {LAST: 450}, days(60), stops, source=SOURCE),
            "waiting": waiting_chart(W, waiting, stops, source=SOURCE),
        }
    )
    assert {name: size_of(png) for name, png in drawn.items()} == {
        "stages": (1500, 1293),  # 28 districts
        "output": (1500, 840),
        "waiting": (1500, 840),
    }
    assert not {"matplotlib", "numpy"} & sys.modules.keys()


def test_an_office_of_one_day_without_cards_and_one_of_sixty_districts_are_drawn_too() -> None:
    drawn = draw(
        {
            "none": stages_chart(W, {}, DISTRICTS, source=SOURCE),
            "many": rows([f"Kecamatan {number}" for number in range(60)]),
            "day": output_chart(W, {}, [LAST], [], source=SOURCE),
            "first": waiting_chart(W, [WaitingDay(LAST, 0, 0)], [], source=SOURCE),
        }
    )
    assert {name: size_of(png) for name, png in drawn.items()} == {
        "none": (1500, 840),
        "many": (1500, 2445),
        "day": (1500, 840),
        "first": (1500, 840),
    }


def test_the_fullest_district_stands_first_and_who_lives_elsewhere_last() -> None:
    chart = stages_chart(
        W,
        {
            "35.22.01": Counter({Stage.RECORDED: 2, Stage.HANDED_OVER: 500}),
            "35.09.01": Counter({Stage.PRINTED: 90}),
            "35.10.01": Counter({Stage.PRINTED: 1}),
            "35.22.15": Counter({Stage.RECORDED: 1, Stage.PRINTED: 4}),
        },
        DISTRICTS,
        source=SOURCE,
    )
    assert chart.rows == ["Bojonegoro", "Ngraho", "Luar wilayah"]
    assert [(one.label, list(one.values)) for one in chart.series] == [("Direkam", [1, 2, 0]), ("Dicetak", [4, 0, 91])]


def test_output_is_shaded_where_printing_stood_still_and_only_within_its_days() -> None:
    shown = days(60)
    stops = [
        (Service.PRINTING, date(2017, 1, 2), date(2017, 1, 3)),
        (Service.PRINTING, date(2017, 1, 5), shown[1]),
        (Service.LETTERS, shown[5], None),
        (Service.PRINTING, shown[50], None),
    ]
    chart = output_chart(W, {shown[3]: 450}, shown, stops, source=SOURCE)
    assert [(shade.first, shade.last) for shade in chart.shades] == [(shown[0], shown[1]), (shown[50], LAST)]
    assert chart.series[0].values[:5] == [0, 0, 0, 450, 0]


def test_who_draws_too_long_is_stopped_and_told_what_to_do() -> None:
    with pytest.raises(SetupError, match="not drawn within 0 s; try again"):
        draw({"rows": rows(["A"])}, longest_seconds=0.01)


def test_a_drawing_that_fails_says_why_in_one_line() -> None:
    broken = Picture(kind="unheard", title="", axis="", source="", series=[])
    with pytest.raises(SetupError, match=r"could not be drawn \(KeyError: 'unheard'\)"):
        draw({"broken": broken})


def test_nothing_that_draws_is_imported_by_the_command_line() -> None:
    asked = "import sys, cli.figures.command, bot.decide; print('matplotlib' in sys.modules or 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
