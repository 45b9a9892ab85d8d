"""The faults that can be ordered on the page: what a provider does wrong, in the words of its button."""

from collections.abc import Callable
from dataclasses import dataclass

from simulator.faults import Fault, Faults, Kind, Service
from simulator.page.director import Refusal
from simulator.telegram_messages import Json

_SLOW_SECONDS = 3.0
_PAUSE_SECONDS = 2
#: Only what sends is disturbed, so that the bot's waiting poll does not use the orders up.
_SENDS: dict[Service, str] = {"telegram": "sendMessage", "twilio": "create"}
_MOST_TIMES = 1000

Order = Callable[[Faults, Service, int | None], None]


@dataclass(frozen=True, slots=True)
class Switch:
    """A button, and what it orders for so many requests (None: until cleared)."""

    label: str
    order: Order


def _too_many(faults: Faults, service: Service, times: int | None) -> None:
    faults.answer(service, 429, code=20429, retry_after=_PAUSE_SECONDS, times=times, method=_SENDS[service])


def _broken(faults: Faults, service: Service, times: int | None) -> None:
    faults.answer(service, 500, times=times, method=_SENDS[service])


def _drop_before(faults: Faults, service: Service, times: int | None) -> None:
    faults.drop_before(service, times=times, method=_SENDS[service])


def _drop_after(faults: Faults, service: Service, times: int | None) -> None:
    faults.drop_after(service, times=times, method=_SENDS[service])


def _slow(faults: Faults, service: Service, times: int | None) -> None:
    faults.delay(service, _SLOW_SECONDS, times=times, method=_SENDS[service])


def _down(faults: Faults, service: Service, _: int | None) -> None:
    faults.drop_before(service, times=None)


SWITCHES = {
    "429": Switch("429: terlalu cepat", _too_many),
    "500": Switch("500: galat server", _broken),
    "drop-before": Switch("Putus sebelum diproses", _drop_before),
    "drop-after": Switch("Diproses, jawaban hilang", _drop_after),
    "slow": Switch(f"Lambat {_SLOW_SECONDS:.0f} detik", _slow),
    "down": Switch("Mati sampai dibersihkan", _down),
}


def order(faults: Faults, service: object, name: object, times: object) -> None:
    """Order a fault by the names that the page sends; times 0 means until cleared."""
    switch = SWITCHES.get(str(name))
    if switch is None or not isinstance(times, int) or not 0 <= times <= _MOST_TIMES:
        raise Refusal("Gangguan ini tidak dikenal.")
    if service == "telegram" or service == "twilio":
        switch.order(faults, service, times or None)
    else:
        raise Refusal("Layanan ini tidak dikenal.")


def orders_shown(faults: Faults) -> list[Json]:
    """Every order that stands, in the words of the page."""
    return [{"service": fault.service, "label": _label(fault), "times": fault.times} for fault in faults.orders]


def _label(fault: Fault) -> str:
    if fault.kind is Kind.ANSWER:
        return f"{fault.status}"
    if fault.kind is Kind.DROP_BEFORE:
        return "putus sebelum diproses" if fault.method else "mati"
    return {Kind.DROP_AFTER: "jawaban hilang"}.get(fault.kind, "lambat")
