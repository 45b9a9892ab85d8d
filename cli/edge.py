"""Where a command meets the world: the settings, the open office, the clock, and what was typed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from core.errors import InputError
from core.files.dates import DateError, read_date
from core.questions.regions import office_zone
from core.rules.nik import NikError, read_nik
from core.settings import Settings, read_settings
from core.store.office import OpenOffice, open_office

#: Who did it, in every fact that a command appends.
OPERATOR = "operator"

#: Held by `kabar run` for as long as it works on a home.
RUN_LOCK = "run.lock"


@dataclass(frozen=True, slots=True)
class Here:
    """The installation a command works on."""

    settings: Settings
    office: OpenOffice

    @property
    def zone(self) -> ZoneInfo:
        return self.office.read(office_zone)

    @property
    def polite(self) -> bool:
        """Whether others work on this office at the same time, so that bulk work has to leave them room."""
        return self.office.backend != "sqlite" or is_running(self.settings.home)


@contextmanager
def opened() -> Iterator[Here]:
    """Read the settings and open the office they name; close it afterwards."""
    settings = read_settings()
    with open_office(settings.home, settings.database_address, **terms_of(settings)) as office:
        yield Here(settings, office)


def terms_of(settings: Settings) -> dict[str, Any]:
    """What the settings say and questions ask for, as `open_office` takes it."""
    return {
        "centre_days": settings.centre_days,
        "office_hours": settings.office_hours,
        "closed_days": settings.closed_days,
        "pickup_per_day": settings.pickup_per_day,
        "call_after_days": settings.call_after_days,
    }


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)


def is_running(home: Path) -> bool:
    """Whether `kabar run` works on this home at this moment."""
    from filelock import FileLock, Timeout

    if not (home / RUN_LOCK).exists():
        return False
    try:
        with FileLock(home / RUN_LOCK, timeout=0):
            return False
    except Timeout:
        return True


def typed_nik(word: str) -> str:
    """The NIK that was typed as an argument or, for "-", as the next line of standard input."""
    return read_nik(typed(word, "NIK"))


def typed_niks(words: list[str]) -> list[str]:
    """Every NIK of a list; "-" stands for all lines of standard input. One that cannot be read refuses them all."""
    lines = [line for word in words for line in (sys.stdin.read().splitlines() if word == "-" else [word])]
    niks = dict.fromkeys(_nik_in_list(place, line) for place, line in enumerate(lines, start=1) if line.strip())
    if not niks:
        raise InputError("no NIK came on standard input; write one in each line")
    return list(niks)


def _nik_in_list(place: int, line: str) -> str:
    try:
        return read_nik(line)
    except NikError as error:
        raise InputError(f"number {place} of the list: {error}; nothing was changed") from None


def typed(word: str, what: str) -> str:
    """An argument as it stands or, for "-", the next line of standard input."""
    if word != "-":
        return word
    if sys.stdin.isatty():
        sys.stderr.write(f"{what}: ")
        sys.stderr.flush()
    line = sys.stdin.readline().strip()
    if not line:
        raise InputError(f"no {what} came on standard input; write it in a line of its own")
    return line


def typed_date(word: str | None) -> date | None:
    """A date as offices write them, or none."""
    try:
        return read_date(word) if word else None
    except DateError as error:
        raise InputError(f"{error.reason}; write it like 2026-12-31") from None


def can_ask() -> bool:
    """Whether somebody sits there who can answer a question."""
    return sys.stdin.isatty() and sys.stderr.isatty()
