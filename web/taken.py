"""What a process took in for which office: counted as it comes, told at GET /metrics."""

from collections import Counter
from collections.abc import Callable, Iterator
from enum import StrEnum

from aiohttp import web
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric, SummaryMetricFamily

from web.metrics import in_text, of_program


class Thing(StrEnum):
    """What is brought."""

    UPDATE = "update"
    RECEIPT = "receipt"


class Taken:
    """Counts by the codes of offices that are here; a code that somebody made up is never among them."""

    def __init__(self, *, offices_open: Callable[[], int]) -> None:
        self._offices_open = offices_open
        self._counts: Counter[tuple[str, Thing, str]] = Counter()
        self._seconds: Counter[tuple[str, Thing]] = Counter()

    def stored(self, office: str, thing: Thing, seconds: float) -> None:
        """It is durable. seconds: from when it came."""
        self._counts[office, thing, "stored"] += 1
        self._seconds[office, thing] += seconds  # type: ignore[assignment]  # a Counter adds up fractions as well

    def refused(self, office: str, thing: Thing) -> None:
        """Whoever brought it did not know the secrets, or brought what is none."""
        self._counts[office, thing, "refused"] += 1

    def failed(self, office: str, thing: Thing) -> None:
        """It could not be stored; it may come again."""
        self._counts[office, thing, "failed"] += 1

    async def scrape(self, _: web.Request) -> web.Response:
        """GET /metrics"""
        return in_text([of_program(), *self._figures()])

    def _figures(self) -> Iterator[Metric]:
        taken = CounterMetricFamily(
            "kabar_brought", "What was brought, by what became of it.", labels=["office", "thing", "outcome"]
        )
        for (office, thing, outcome), number in sorted(self._counts.items()):
            taken.add_metric([office, thing, outcome], number)
        seconds = SummaryMetricFamily(
            "kabar_storing_seconds", "From when something came until it was stored.", labels=["office", "thing"]
        )
        for (office, thing), total in sorted(self._seconds.items()):
            seconds.add_metric([office, thing], self._counts[office, thing, "stored"], total)
        yield from (taken, seconds)
        yield GaugeMetricFamily("kabar_offices_open", "Offices that are open here.", value=self._offices_open())
