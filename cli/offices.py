"""The offices that a process works for: of the list, or the one of the settings. Opened when first asked for.

Offices of one database server share this process's connections (core/store/connections.py).
"""

import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cli.edge import terms_of
from core.errors import NotFound
from core.jobs.list_content import sweep_open_lists
from core.offices import OfficeList
from core.questions.databases import database_state
from core.settings import Settings, read_offices, read_settings, settings_from
from core.store.connections import SharedServers
from core.store.engine import database_url
from core.store.office import OpenOffice, open_office

_OF_A_PROCESS = ("http", "log", "redis_url")


class Offices:
    """A context manager that closes at its end whatever was opened. May be asked from any thread."""

    def __init__(self) -> None:
        """Raises SetupError where the settings or the list cannot be used."""
        path = settings_from({}).offices
        self._listed_at = _changed_at(path) if path else 0
        self._listed = read_offices(path) if path else None
        #: of the process itself: where it listens, its Redis, how it logs
        self.process = settings_from(_of_a_process(self._listed)) if self._listed else read_settings()
        self.codes = self._listed.codes if self._listed else (self._code_of_the_one(),)
        self._servers = SharedServers()
        self._settings: dict[str, Settings] = {}
        self._opened: dict[str, OpenOffice] = {}
        self._doors: dict[str, threading.Lock] = {}
        self._one_at_a_time = threading.Lock()

    def refresh(self) -> None:
        """Learn of offices that were added to the list, or taken out of it, since; the others stay as they were.

        Costs a look at the file's date. Raises SetupError where it changed and cannot be used; all stays, then.
        """
        if self._listed is None or (changed_at := _changed_at(self._listed.path)) == self._listed_at:
            return
        self._listed_at = changed_at
        self._listed = read_offices(self._listed.path)
        self.codes = self._listed.codes

    def settings(self, code: str) -> Settings:
        """Return an office's settings. Raises NotFound for one that is not worked for, SetupError for bad ones."""
        if code not in self.codes:
            raise NotFound(f"{code} is no office of the list")
        if code not in self._settings:
            self._settings[code] = settings_from(self._listed.settings_of(code)) if self._listed else read_settings()
        return self._settings[code]

    def open(self, code: str) -> OpenOffice:
        """Return the office, which stays open until the end; raises what `open_office` raises, each time anew."""
        settings = self.settings(code)
        with self._one_at_a_time:
            door = self._doors.setdefault(code, threading.Lock())
        with door:  # of this office alone: one whose database is away keeps no other waiting
            if code not in self._opened:
                sweep_open_lists(settings.home)  # of a process that was killed on this machine, doing a job for it
                self._opened[code] = open_office(
                    settings.home, settings.database_address, servers=self._servers, **terms_of(settings)
                )
            return self._opened[code]

    def _code_of_the_one(self) -> str:
        settings = read_settings()
        return str(database_state(database_url(settings.database_address, settings.home)).regency)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for office in self._opened.values():
            office.close()
        self._servers.__exit__()


def _of_a_process(listed: OfficeList) -> dict[str, Any]:
    """What the list says of every process, unless its environment says otherwise: each needs its own port."""
    names = [name for name in _OF_A_PROCESS if f"KABAR_{name.upper()}" not in os.environ]
    return {name: listed.shared[name] for name in names if name in listed.shared}


def _changed_at(path: Path) -> int:
    """When the file was written last, in nanoseconds; 0 where it cannot be seen."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
