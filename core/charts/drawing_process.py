"""Draws charts in a process of its own: {name: picture} as JSON on standard input, {name: PNG in base64} on the output.

Alone, because matplotlib brings 100 MB and a second of imports, which no server should carry for three charts a day.
Colours are Okabe and Ito's, which the colour-blind tell apart; hatching tells them apart on a black-and-white print.
Run as a file: only the standard library and matplotlib.
"""

import base64
import io
import json
import resource
import sys
from datetime import date, timedelta
from typing import Any

_MOST_MEMORY_BYTES = 2 * 1024**3
_MOST_SECONDS = 90
TOO_LARGE = 4

_WIDTH, _HEIGHT, _DPI = 10.0, 5.6, 150
_ROW_HEIGHT = 0.24
_COLOURS = ("#999999", "#E69F00", "#D55E00", "#F0E442", "#56B4E9", "#0072B2", "#009E73", "#CC79A7")
_HATCHES = ("", "//", "xx", "..", "\\\\", "", "--", "++")
#: One colour, or two that lie on one another.
_FEW = (("#0072B2", ""), ("#E69F00", "//"))
_SHADES = (("#BBBBBB", "///"), ("#DDDDDD", "..."))
_TICKS = 10
_WEEK = 7
_LEGEND_COLUMNS = 4
_LONG = 120


def main() -> int:
    """Draw everything that standard input asks for."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY_BYTES, _MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        drawn = {name: base64.b64encode(draw(asked)).decode() for name, asked in json.load(sys.stdin).items()}
    except MemoryError:
        return TOO_LARGE
    json.dump(drawn, sys.stdout)
    return 0


def draw(asked: dict[str, Any]) -> bytes:
    """Return one picture as PNG; its size is the same whatever it shows, but for one of many rows."""
    from matplotlib.figure import Figure

    height = max(_HEIGHT, 1.9 + _ROW_HEIGHT * len(asked["rows"]))
    figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, layout="constrained")
    axes = figure.subplots()
    {"rows": _rows, "bars": _bars, "areas": _areas}[asked["kind"]](axes, asked)
    figure.suptitle(asked["title"], fontsize=14, fontweight="bold", x=0.01, ha="left")
    figure.supxlabel(asked["source"], fontsize=8, x=0.01, ha="left")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    handles, _ = axes.get_legend_handles_labels()
    if len(handles) > 1 or asked["shades"]:
        axes.legend(
            loc="lower left", bbox_to_anchor=(0, 1), ncols=_LEGEND_COLUMNS, frameon=False, fontsize=9, borderaxespad=0.2
        )
    target = io.BytesIO()
    figure.savefig(target, format="png", facecolor="white")
    return target.getvalue()


def _rows(axes: Any, asked: dict[str, Any]) -> None:
    """Names from top to bottom, in the order in which they came; the sum stands at the end of each bar."""
    places = range(len(asked["rows"]))
    ends = [0] * len(asked["rows"])
    for series, colour, hatch in zip(asked["series"], _COLOURS, _HATCHES, strict=False):
        axes.barh(
            places, series["values"], left=ends, height=0.78, label=series["label"],
            color=colour, hatch=hatch, edgecolor="black", linewidth=0.4,
        )  # fmt: skip
        ends = [end + value for end, value in zip(ends, series["values"], strict=True)]
    for place, end in zip(places, ends, strict=True):
        axes.annotate(_number(end), (end, place), xytext=(3, 0), textcoords="offset points", va="center", fontsize=8)
    axes.set_yticks(places, asked["rows"], fontsize=9)
    axes.set_ylim(len(asked["rows"]) - 0.4, -0.6)
    axes.margins(x=0.08)
    axes.xaxis.set_major_formatter(lambda value, _: _number(value))
    axes.set_xlabel(asked["axis"], fontsize=9)


def _bars(axes: Any, asked: dict[str, Any]) -> None:
    days = [date.fromisoformat(day) for day in asked["days"]]
    _shade(axes, asked)
    for series, (colour, hatch) in zip(asked["series"], _FEW, strict=False):
        axes.bar(days, series["values"], width=0.85, color=colour, hatch=hatch, label=series["label"])
    _over_days(axes, asked, days)


def _areas(axes: Any, asked: dict[str, Any]) -> None:
    days = [date.fromisoformat(day) for day in asked["days"]]
    _shade(axes, asked)
    below = [0] * len(days)
    for series, (colour, hatch) in zip(asked["series"], _FEW, strict=False):
        top = [low + value for low, value in zip(below, series["values"], strict=True)]
        axes.fill_between(
            days, below, top, label=series["label"], facecolor=colour, hatch=hatch, edgecolor="black", linewidth=0.6
        )
        below = top
    _over_days(axes, asked, days)


def _shade(axes: Any, asked: dict[str, Any]) -> None:
    """Each cause once in the legend, whole days: from their midnight to the next."""
    labels: list[str] = []
    half = timedelta(hours=12)
    for shade in asked["shades"]:
        if first_of_its_kind := shade["label"] not in labels:
            labels.append(shade["label"])
        colour, hatch = _SHADES[labels.index(shade["label"]) % len(_SHADES)]
        first, last = _noon(shade["first"]), _noon(shade["last"])
        axes.axvspan(
            first - half, last + half, facecolor=colour, hatch=hatch, edgecolor="#777777", linewidth=0, alpha=0.6,
            zorder=0, label=shade["label"] if first_of_its_kind else None,
        )  # fmt: skip


def _noon(day: str) -> Any:
    from datetime import datetime

    return datetime.fromisoformat(day)  # a bar stands around its day's beginning, so half a day either side is its own


def _over_days(axes: Any, asked: dict[str, Any], days: list[date]) -> None:
    """Marked on first days of months where there are many days, else every so many weeks; years where they begin."""
    if len(days) > _LONG:
        marked = [day for day in days if day.day == 1]
        marked = marked[:: max(1, -(-len(marked) // 13))]
    else:
        marked = days[:: _WEEK * -(-len(days) // (_WEEK * _TICKS)) if len(days) > _TICKS else 1]
    axes.set_xticks(marked, [_day(day, asked["months"], first=day == marked[0]) for day in marked], fontsize=9)
    half = timedelta(hours=12)
    start, end = _noon(days[0].isoformat()), _noon(days[-1].isoformat())
    axes.set_xlim(start - half, end + half)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(lambda value, _: _number(value))
    axes.set_ylabel(asked["axis"], fontsize=9)
    axes.grid(axis="y", color="#CCCCCC", linewidth=0.6, zorder=0)
    axes.set_axisbelow(True)


def _day(day: date, months: list[str], *, first: bool) -> str:
    named = f"{day.day} {months[day.month - 1]}"
    return f"{named}\n{day.year}" if first or (day.month == 1 and day.day <= _TICKS) else named


def _number(value: float) -> str:
    """35.000, as it is written in Indonesia."""
    return f"{round(value):,}".replace(",", ".")


if __name__ == "__main__":
    sys.exit(main())
