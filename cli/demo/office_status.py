"""How the demo's office is, in the lines that the phones page shows."""

from datetime import datetime

from sqlalchemy.orm import Session

from cli.demo.clock import ZONE
from cli.demo.office_words import CHANNELS, DESK, SERVICES
from core.questions.desk import DeskLine, desk_list
from core.questions.health import health_of
from core.questions.notices import waiting_by_channel
from core.questions.suspensions import open_suspensions, services_of
from core.rules.window import Window
from core.store.office import OpenOffice


def status_of(office: OpenOffice, now: datetime, window: Window) -> list[tuple[str, str]]:
    """Labels and values: what waits, and why it may have to."""
    lines = office.read(_lines)
    if not window.is_open(now, ZONE):
        lines.append(("Jam kirim", f"tutup sampai {window.next_opening(now, ZONE):%H.%M}"))
    return lines


def _lines(session: Session) -> list[tuple[str, str]]:
    health = health_of(session)
    waiting = ", ".join(f"{count} {CHANNELS[channel]}" for channel, count in waiting_by_channel(session).items())
    stopped = {SERVICES[service] for suspension in open_suspensions(session) for service in services_of(suspension)}
    lines = [
        ("Menunggu dikirim", waiting or "tidak ada"),
        ("Pesan warga dikerjakan", str(health.updates_waiting) if health.updates_waiting else "tidak ada"),
        ("Layanan berhenti", ", ".join(sorted(stopped)) or "tidak ada"),
    ]
    if health.broadcasts_preparing:
        lines.append(("Siaran disiapkan", str(health.broadcasts_preparing)))
    if health.halted:
        lines.append(("Saluran berhenti", ", ".join(health.halted)))
    return lines


def tasks_of(office: OpenOffice) -> list[tuple[str, str]]:
    """What waits at the desk for a person: its number, and what it is about, with the NIK masked."""
    return [(str(line.id), _task(line)) for line in office.read(desk_list)]


def _task(line: DeskLine) -> str:
    since = f"{line.since.astimezone(ZONE):%d-%m %H.%M}"
    return " · ".join(part for part in (DESK[line.kind], line.nik, line.village, since) if part)
