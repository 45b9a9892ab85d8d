"""What one open page has been told so far, so that it is told changes only."""

import json
import secrets
from collections.abc import Sequence
from typing import Any

from simulator.journal import Journal
from simulator.page.phones import Phones
from simulator.telegram_messages import Json

#: More phones than fit on any screen.
MOST_WATCHED = 24


class Watcher:
    """`version`: the newest change of the journal that it knows of. Call everything with the simulator's lock held."""

    def __init__(self, phones: Phones, journal: Journal) -> None:
        self.name = secrets.token_hex(8)
        self.version = 0
        self._phones = phones
        self._journal = journal
        #: what each phone on view shows there, message by message, as it was sent
        self._told: dict[str, dict[str, str]] = {}
        self._new: set[str] = set()
        self._status = ""

    def watch(self, phones: Sequence[str]) -> None:
        """Show the screens of these phones from now on; a phone that is shown again is told whole again."""
        wanted = list(phones)[:MOST_WATCHED]
        self._new = {phone for phone in wanted if phone not in self._told or phone in self._new}
        self._told = {phone: self._told.get(phone, {}) for phone in wanted}

    def news(self, status: Json) -> Json:
        """What changed since the last time; {} if nothing did."""
        changed = self._phones.changed_since(self.version)
        self.version = self._journal.version
        screens = [self._screen(phone) for phone in self._told if phone in self._new or phone in changed]
        self._new.clear()
        news: dict[str, Any] = {
            "rows": [self._phones.row(phone) for phone in changed],
            "screens": screens,
            "status": status if self._is_new(status) else None,
        }
        return {key: value for key, value in news.items() if value}

    def _screen(self, phone: str) -> Json:
        told, now = self._told[phone], self._phones.messages(phone)
        texts = {name: json.dumps(message) for name, message in now.items()}
        self._told[phone] = texts
        return {
            "id": phone,
            "whole": phone in self._new,
            "state": self._phones.state(phone),
            "messages": [{"id": name} | now[name] for name, text in texts.items() if told.get(name) != text],
            "gone": [name for name in told if name not in texts],
        }

    def _is_new(self, status: Json) -> bool:
        before, self._status = self._status, json.dumps(status)
        return before != self._status
