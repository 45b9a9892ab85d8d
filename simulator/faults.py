"""What goes wrong, on order: answers, broken connections and delays for the next n requests, and the hooks that watch.

A fault is taken by the first request that fits it and is gone after `times` requests (None: until cleared).
Everything here may be called at any moment from any thread.
"""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Literal

Service = Literal["telegram", "twilio"]
Hook = Callable[[str, str], None]


class Kind(Enum):
    """What a fault does to its request."""

    ANSWER = "answered instead of being processed"
    ANSWER_AFTER = "processed, and answered as if it had gone wrong"
    DROP_BEFORE = "connection closed, nothing processed"
    DROP_AFTER = "processed, connection closed without an answer"
    DELAY_BEFORE = "processed late"
    DELAY_AFTER = "processed at once, answered late"


@dataclass(slots=True)
class Fault:
    """One order; `status` and `body` belong to the answers, `seconds` to the delays and to how late a line drops."""

    kind: Kind
    service: Service
    times: int | None
    method: str | None
    to: str | None
    status: int = 0
    body: str | dict[str, Any] = ""
    seconds: float = 0.0

    def fits(self, service: str, method: str, to: str | None) -> bool:
        """Whether a request of this method to this chat or number is meant."""
        return (
            self.service == service
            and (self.method is None or self.method.lower() == method.lower())
            and (self.to is None or self.to == to)
        )


_DESCRIPTIONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


def telegram_error(status: int, description: str, parameters: dict[str, int] | None = None) -> dict[str, Any]:
    """The body of Telegram's refusal."""
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    return body | {"parameters": parameters} if parameters else body


def twilio_error(status: int, code: int, message: str) -> dict[str, Any]:
    """The body of Twilio's refusal."""
    return {
        "code": code,
        "message": message,
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }


class Faults:
    """Every fault on order, the latency of each service, and the two hooks."""

    def __init__(self, lock: threading.RLock, *, seed: int | None) -> None:
        self._lock = lock
        self._orders: list[Fault] = []
        self._latency: dict[str, tuple[float, float]] = {}
        self._random = random.Random(seed)
        #: called with (service, method) before a request is processed
        self.on_request: Hook | None = None
        #: called with (service, method) after a request was processed and before it is answered
        self.on_answered: Hook | None = None

    def answer(
        self,
        service: Service,
        status: int,
        *,
        code: int = 20500,
        text: str | None = None,
        retry_after: int | None = None,
        body: str | None = None,
        times: int | None = 1,
        method: str | None = None,
        to: str | int | None = None,
    ) -> None:
        """Answer without processing: `code` is Twilio's, `retry_after` Telegram's; `body` replaces the whole JSON."""
        content: str | dict[str, Any]
        if body is not None:
            content = body
        elif service == "twilio":
            content = twilio_error(status, code, text or "Refused on order")
        elif status == 429:
            seconds = retry_after or 1
            content = telegram_error(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
        else:
            content = telegram_error(status, text or _DESCRIPTIONS.get(status, "Refused on order"))
        self._order(Kind.ANSWER, service, times, method, to, status=status, body=content)

    def drop_before(
        self, service: Service, *, times: int | None = 1, method: str | None = None, to: str | int | None = None
    ) -> None:
        """Close the connection without having processed the request."""
        self._order(Kind.DROP_BEFORE, service, times, method, to)

    def drop_after(
        self, service: Service, *, times: int | None = 1, method: str | None = None, to: str | int | None = None
    ) -> None:
        """Process the request, then close the connection without an answer."""
        self._order(Kind.DROP_AFTER, service, times, method, to)

    def delay(
        self,
        service: Service,
        seconds: float,
        *,
        after: bool = False,
        times: int | None = 1,
        method: str | None = None,
        to: str | int | None = None,
    ) -> None:
        """Wait before processing, or (after=True) between processing and answering."""
        self._order(Kind.DELAY_AFTER if after else Kind.DELAY_BEFORE, service, times, method, to, seconds=seconds)

    def latency(self, service: Service, low_ms: float, high_ms: float | None = None) -> None:
        """Make every request of a service take this long, or a random time between the two; 0 switches it off."""
        with self._lock:
            self._latency[service] = (low_ms, low_ms if high_ms is None else high_ms)

    def clear(self) -> None:
        """Forget every order and every latency."""
        with self._lock:
            self._orders.clear()
            self._latency.clear()

    @property
    def orders(self) -> list[Fault]:
        """Every order that has not been used up, as it stands now."""
        with self._lock:
            return [replace(order) for order in self._orders]

    @property
    def outstanding(self) -> int:
        """How many orders have not been used up."""
        return len(self._orders)

    def take(self, service: str, method: str, to: str | None) -> Fault | None:
        """The fault that this request gets, counted down; None when it goes through."""
        if not self._orders:
            return None
        with self._lock:
            for order in self._orders:
                if order.fits(service, method, to):
                    if order.times is not None:
                        order.times -= 1
                        if order.times <= 0:
                            self._orders.remove(order)
                    return order
        return None

    def latency_seconds(self, service: str) -> float:
        """How long this one request is held up."""
        low_high = self._latency.get(service)
        return self._random.uniform(*low_high) / 1000 if low_high else 0.0

    def _order(
        self,
        kind: Kind,
        service: Service,
        times: int | None,
        method: str | None,
        to: str | int | None,
        *,
        status: int = 0,
        body: str | dict[str, Any] = "",
        seconds: float = 0.0,
    ) -> None:
        whom = None if to is None else str(to)
        with self._lock:
            self._orders.append(Fault(kind, service, times, method, whom, status, body, seconds))
