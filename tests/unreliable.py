"""An office whose database fails once, at a moment that a test chooses, behind the interface that the sender uses."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from core.store.office import OpenOffice


class Unreliable:
    """when: told what an act returned, says whether this is the moment.

    refuses: nothing of that act happened; otherwise all of it did, and only the word of it is lost.
    """

    def __init__(self, office: OpenOffice, when: Callable[[Any], bool], *, refuses: bool) -> None:
        self._office = office
        self._when = when
        self._refuses = refuses
        self.read = office.read
        self.failed = False

    def submit(self, act: Callable[[Session], Any]) -> Future[Any]:
        """As an office does."""
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(self._do, act)

    def _do(self, act: Callable[[Session], Any]) -> Any:
        def watched(session: Session) -> Any:
            result = act(session)
            if self._refuses:
                self._fail(result)
            return result

        result = self._office.write(watched)
        self._fail(result)
        return result

    def _fail(self, result: Any) -> None:
        if not self.failed and self._when(result):
            self.failed = True
            raise OperationalError("COMMIT", {}, sqlite3.OperationalError("connection lost"))
