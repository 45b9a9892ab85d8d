"""The three charts of an office: cards by district, output by day, and how many wait, over time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from core.charts.picture import Picture, Series, Shade
from core.rules.card import Stage
from core.rules.figures import ON_THE_WAY, WAITING, WaitingDay
from core.rules.suspension import Service
from core.wording import Wording

#: Of a year a bar a day is a line; two months can be read.
OUTPUT_DAYS = 60
WAITING_DAYS = 365
_SHOWN = (*WAITING, *ON_THE_WAY)
_SHADED = {Service.PRINTING: "chart-printing-stopped", Service.CENTRE: "chart-centre-stopped"}
_MONTH_LETTERS = 3

#: A service, and the days on which it stood still; the last of None: it still does.
Standstill = tuple[Service, date, date | None]


def stages_chart(
    w: Wording, districts: Mapping[str, Counter[Stage]], names: Mapping[str, str], *, source: str
) -> Picture:
    """The district with the most cards first; those of districts that are not the office's are one row, the last."""
    named: dict[str, Counter[Stage]] = {}
    elsewhere: Counter[Stage] = Counter()
    for code, counts in districts.items():
        if code in names:
            named[names[code]] = counts
        else:
            elsewhere.update(counts)
    ordered = sorted(named.items(), key=lambda row: (-_open(row[1]), row[0]))
    rows = [*ordered, *([(w.text("chart-elsewhere"), elsewhere)] if _open(elsewhere) else [])]
    return Picture(
        kind="rows",
        title=w.text("chart-stages"),
        axis=w.text("chart-cards"),
        source=source,
        rows=[name for name, _ in rows],
        series=[
            Series(w.text(f"stage-{stage}"), [counts[stage] for _, counts in rows])
            for stage in _SHOWN
            if any(counts[stage] for _, counts in rows)
        ],
    )


def output_chart(
    w: Wording, output: Mapping[date, int], days: Sequence[date], stops: Sequence[Standstill], *, source: str
) -> Picture:
    """Days on which printing was suspended are shaded."""
    return Picture(
        kind="bars",
        title=w.text("chart-output"),
        axis=w.text("chart-cards"),
        source=source,
        days=days,
        series=[Series(w.text("stage-PRINTED"), [output.get(day, 0) for day in days])],
        shades=_shades(w, stops, days, (Service.PRINTING,)),
        months=_months(w),
    )


def waiting_chart(w: Wording, days: Sequence[WaitingDay], stops: Sequence[Standstill], *, source: str) -> Picture:
    """Who waits to be printed, and on top of it what is printed and in nobody's hand."""
    shown = [one.day for one in days]
    return Picture(
        kind="areas",
        title=w.text("chart-waiting"),
        axis=w.text("chart-cards"),
        source=source,
        days=shown,
        series=[
            Series(w.text("chart-not-printed"), [one.waiting for one in days]),
            Series(w.text("chart-on-the-way"), [one.on_the_way for one in days]),
        ],
        shades=_shades(w, stops, shown, tuple(_SHADED)),
        months=_months(w),
    )


def _open(counts: Counter[Stage]) -> int:
    return sum(counts[stage] for stage in _SHOWN)


def _shades(
    w: Wording, stops: Sequence[Standstill], days: Sequence[date], services: tuple[Service, ...]
) -> list[Shade]:
    """What of the stops falls into these days."""
    return [
        Shade(w.text(_SHADED[service]), max(first, days[0]), min(last or days[-1], days[-1]))
        for service, first, last in stops
        if service in services and first <= days[-1] and (last is None or last >= days[0])
    ]


def _months(w: Wording) -> list[str]:
    return [name[:_MONTH_LETTERS] for name in w.text("months").split()]
