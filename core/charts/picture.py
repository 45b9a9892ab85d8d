"""What a chart shows, in plain values: nothing of anybody's, only counts, days and words."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Series:
    """One colour: a value for each row or day. label: as it is read beside the chart."""

    label: str
    values: Sequence[int]


@dataclass(frozen=True, slots=True)
class Shade:
    """Days behind a chart. last: None: until its right end."""

    label: str
    first: date
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """kind: rows (stacked bars beside names), bars (one a day) or areas (stacked, over days).

    axis: what the values are. source: the line below. months: short names, January first.
    """

    kind: str
    title: str
    axis: str
    source: str
    series: Sequence[Series]
    rows: Sequence[str] = ()
    days: Sequence[date] = ()
    shades: Sequence[Shade] = ()
    months: Sequence[str] = ()

    def plain(self) -> Mapping[str, Any]:
        """As JSON takes it."""
        shades = [
            {"label": shade.label, "first": shade.first.isoformat(), "last": (shade.last or self.days[-1]).isoformat()}
            for shade in self.shades
        ]
        return asdict(self) | {"days": [day.isoformat() for day in self.days], "shades": shades}
