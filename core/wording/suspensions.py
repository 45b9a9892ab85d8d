"""How suspensions are put into words: what stops, what goes on, why, and until when."""

from collections.abc import Iterable, Mapping
from datetime import date

from core.rules.suspension import Service, SuspensionNote
from core.wording import Wording
from core.wording.dates import long_date

#: What a resident can come for; the way to the centre is the office's own business and is never listed as open.
COUNTERS = (Service.RECORDING, Service.PRINTING, Service.LETTERS, Service.PICKUP)

#: Services about which an answer also has something to say while they run: all but the one nobody waits for.
_TOLD_WHILE_RUNNING = frozenset(Service) - {Service.RECORDING}


def stopped_services(w: Wording, note: SuspensionNote) -> str:
    return ", ".join(
        w.text(f"service-{service}") for service in (*COUNTERS, Service.CENTRE) if service in note.services
    )


def stopped_services_sms(w: Wording, note: SuspensionNote) -> str:
    """At most 41 characters, whatever stopped."""
    if set(Service) <= set(note.services):
        return w.text("service-all-sms")
    names = [w.text(f"service-{service}") for service in COUNTERS if service in note.services]
    if Service.CENTRE in note.services:
        names.append(w.text("service-centre-sms"))
    return ", ".join(names)


def open_services(w: Wording, note: SuspensionNote) -> str:
    stopped = {*note.services, *note.also_stopped}
    return ", ".join(w.text(f"service-{service}") for service in COUNTERS if service not in stopped)


def service_paragraphs(w: Wording, suspensions: Iterable[SuspensionNote]) -> Mapping[Service, str]:
    """What an answer says about each service; empty where there is nothing to say.

    Of several suspensions of one service the one that ends last is told, an unknown end being the last of all.
    """
    lasting = sorted(suspensions, key=lambda note: note.expected_until or date.max)
    stopped = {service: note for note in lasting for service in note.services}
    return {service: _paragraph(w, service, stopped.get(service)) for service in Service}


def _paragraph(w: Wording, service: Service, note: SuspensionNote | None) -> str:
    if note is None:
        return w.text(f"running-{service}") if service in _TOLD_WHILE_RUNNING else ""
    return w.text(
        f"suspended-{service}",
        mulai=long_date(w, note.since),
        sebab=w.text(f"cause-{note.cause}"),
        pulih=_recovery(w, note.expected_until),
    )


def _recovery(w: Wording, expected: date | None) -> str:
    if expected is None:
        return w.text("recovery-unknown")
    return w.text("recovery-expected", pulih=long_date(w, expected))
