"""Faults by share instead of on order: what the nth request to somebody meets depends on the seed alone.

So the same seed brings the same weather to the same requests, in whatever order different people's requests come.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.faults import Fault, Kind, Service, telegram_error, twilio_error


@dataclass(frozen=True, slots=True, kw_only=True)
class Climate:
    """Shares of requests, from 0 to 1, and of messages for the receipts.

    refused: a plain no (400, 403, a 4xx code of Twilio's). throttled: a 429 with seconds to wait.
    reset: the connection breaks before anything was processed; forgotten: after it was, so that the answer is lost.
    silent: processed or not, no answer comes within silent_seconds. broken: 500 or 502, processed or not.
    slow: processed late; early: answered so late that the receipts come first.
    """

    refused: float = 0.0
    throttled: float = 0.0
    reset: float = 0.0
    forgotten: float = 0.0
    silent: float = 0.0
    broken: float = 0.0
    slow: float = 0.0
    early: float = 0.0
    receipts_lost: float = 0.0
    receipts_doubled: float = 0.0
    receipts_out_of_order: float = 0.0
    receipts_late: float = 0.0
    silent_seconds: float = 30.0
    slow_seconds: float = 1.0
    longest_throttle_seconds: int = 3


GOOD = Climate()

_SPEAKING = ("sendmessage", "create")
_REFUSALS: dict[Service, tuple[tuple[int, int, str], ...]] = {
    "telegram": (
        (403, 0, "Forbidden: bot was blocked by the user"),
        (403, 0, "Forbidden: user is deactivated"),
        (400, 0, "Bad Request: chat not found"),
    ),
    "twilio": (
        (400, 21211, "Invalid 'To' Phone Number"),
        (400, 21610, "Attempt to send to unsubscribed recipient"),
        (400, 21611, "This 'From' number has exceeded the maximum number of queued messages"),
    ),
}


class Weather:
    """The climate of the moment, and what it has done so far; may be used from any thread that holds the GIL."""

    def __init__(self, seed: int | None) -> None:
        self._seed = random.randrange(2**32) if seed is None else seed
        self._asked: Counter[tuple[str, str, str | None]] = Counter()
        #: what holds from the next request on
        self.climate = GOOD
        #: how often each thing happened, by service
        self.counts: Counter[tuple[str, str]] = Counter()

    def take(self, service: Service, method: str, to: str | None) -> Fault | None:
        """What this request meets; None when it goes through."""
        key = (service, method.lower(), to)
        self._asked[key] += 1
        if self.climate == GOOD:
            return None
        chance = random.Random(f"{self._seed}/{service}/{method.lower()}/{to}/{self._asked[key]}")
        name = self._draw(chance, service, method.lower())
        if name is None:
            return None
        self.counts[service, name] += 1
        kind, status, body, seconds = self._made(chance, service, name)
        return Fault(kind, service, 1, method, to, status, body, seconds)

    def receipts(self, message: str, statuses: Sequence[str]) -> list[tuple[float, str]]:
        """The receipts of one message as they come: seconds to wait before each, and what it says.

        message: what tells it from all others, and is the same in every run.
        """
        climate, chance = self.climate, random.Random(f"{self._seed}/receipts/{message}")
        kept = [status for status in statuses if not self._happens(chance, climate.receipts_lost, "lost")]
        kept = [one for one in kept for _ in range(1 + self._happens(chance, climate.receipts_doubled, "doubled"))]
        if self._happens(chance, climate.receipts_out_of_order, "out of order"):
            chance.shuffle(kept)
        late = self._happens(chance, climate.receipts_late, "late")
        return [(chance.uniform(0.5, 4.0) if late else 0.0, status) for status in kept]

    def _happens(self, chance: random.Random, share: float, name: str) -> bool:
        happens = chance.random() < share
        if happens:
            self.counts["receipts", name] += 1
        return happens

    def _draw(self, chance: random.Random, service: Service, method: str) -> str | None:
        climate, speaking = self.climate, method in _SPEAKING
        shares = {
            "refused": climate.refused if speaking else 0.0,
            "throttled": climate.throttled,
            "reset": climate.reset,
            "forgotten": climate.forgotten,
            "silent": climate.silent if speaking else 0.0,
            "broken": climate.broken,
            "slow": climate.slow if speaking else 0.0,
            "early": climate.early if method == "create" else 0.0,
        }
        at = chance.random()
        for name, share in shares.items():
            at -= share
            if at < 0:
                return name
        return None

    def _made(
        self, chance: random.Random, service: Service, name: str
    ) -> tuple[Kind, int, str | dict[str, object], float]:
        climate, processed = self.climate, chance.random() < 0.5
        if name == "refused":
            return Kind.ANSWER, *_refusal(service, chance.choice(_REFUSALS[service])), 0.0
        if name == "throttled":
            seconds = chance.randint(1, climate.longest_throttle_seconds)
            return Kind.ANSWER, 429, _throttle(service, seconds), 0.0
        if name == "broken":
            status = chance.choice((500, 502))
            return Kind.ANSWER_AFTER if processed else Kind.ANSWER, status, "<html>Bad Gateway</html>", 0.0
        if name == "slow":
            return Kind.DELAY_BEFORE, 0, "", chance.uniform(0.1, climate.slow_seconds)
        if name == "early":
            return Kind.DELAY_AFTER, 0, "", chance.uniform(0.2, 0.6)
        if name == "silent":
            return Kind.DROP_AFTER if processed else Kind.DROP_BEFORE, 0, "", climate.silent_seconds
        return Kind.DROP_AFTER if name == "forgotten" else Kind.DROP_BEFORE, 0, "", 0.0


def _refusal(service: Service, refusal: tuple[int, int, str]) -> tuple[int, dict[str, object]]:
    status, code, words = refusal
    return status, twilio_error(status, code, words) if service == "twilio" else telegram_error(status, words)


def _throttle(service: Service, seconds: int) -> dict[str, object]:
    if service == "twilio":
        return twilio_error(429, 20429, "Too Many Requests")
    return telegram_error(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
