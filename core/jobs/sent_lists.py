"""Lists sent in the chat, looked through and taken in: the part of them that any process of ours can do.

1. Whoever holds the office fetches them and says what became of them (bot/list_steps.py); between the two is this.
2. It ends in one transaction that keeps what was found, unless another kept it first: a kill repeats it, two at once
   are one. A list begun to be taken in goes on where it stopped.
3. Who sent it is asked anew before whether she still may.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.exc import InterfaceError, OperationalError

from core.actions.chat_files import note_found, note_list_failure
from core.errors import KabarError
from core.files.kinds_in import kinds_in
from core.jobs.chat_lists import Terms, look_through, take_in
from core.jobs.list_content import opened_list
from core.questions.chat_files import ChatList, NotHereError, lists_at_work, sender_may
from core.questions.regions import office_zone
from core.rules.letters import USUAL, Validity
from core.store.office import OpenOffice
from core.store.words import FileState
from core.wording.list_reasons import file_fault

log = logging.getLogger("kabar.lists")

#: Words of what was found: a fault's name; the kinds that it may be; its kind and report; how many rows did what.
FAULT, KINDS, KIND, REPORT, COUNTS = "fault", "kinds", "kind", "report", "counts"


class StoppedError(Exception):
    """The process is stopping; what was taken stays, and whoever does it next goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDesk:
    """Where lists are seen to. home: of the office, on this machine. operators: Telegram account numbers.

    validity: how long letters hold. stopping: set when what is under way is to be left after its chunk.
    """

    office: OpenOffice
    home: Path
    now: Callable[[], datetime]
    stopping: threading.Event
    operators: frozenset[str] = frozenset()
    validity: Validity = USUAL


def see_to_lists(desk: ListDesk) -> int:
    """Look through, or take in, every list that is here for it (`lists_at_work`); return how many that were."""
    return sum(_see_to(desk, one) for one in desk.office.read(lists_at_work))


def _see_to(desk: ListDesk, one: ChatList) -> bool:
    """Whatever goes wrong belongs to this list alone; only kinds of errors are logged, never what they say."""
    if desk.stopping.is_set() or not desk.office.read(partial(sender_may, one=one, operators=desk.operators)):
        return False  # whoever holds the office drops it
    try:
        found = _found(desk, one)
    except (StoppedError, NotHereError):
        return False
    except (OperationalError, InterfaceError) as error:
        log.warning("a list waits for the database; trying again", extra=_of(one, error))
        return False
    except OSError as error:
        log.error("a list could not be read", extra=_of(one, error))
        found = {FAULT: "disk"}
    except KabarError as error:
        found = {FAULT: file_fault(str(error))}
    except Exception as error:  # noqa: BLE001  # a fault of ours must not hold up other lists
        log.error("a list failed", extra=_of(one, error))
        if not desk.office.write(partial(note_list_failure, list_id=one.id)):
            return False
        found = {FAULT: "unknown"}
    return desk.office.write(partial(note_found, one=one, found=found))


def _found(desk: ListDesk, one: ChatList) -> dict[str, Any]:
    with opened_list(desk.office, desk.home, one.id) as path:
        now = desk.now()
        today = now.astimezone(desk.office.read(office_zone)).date()
        terms = Terms(today=today, now=now, by=one.by, validity=desk.validity)
        progress = partial(_go_on, desk.stopping)
        if one.state is FileState.SENT:
            return dict(_looked(desk.office, path, one.kind, terms, progress))
        kind = one.kind or ""
        return {COUNTS: take_in(desk.office, path, kind, one.report, terms, list_id=one.id, progress=progress)}


def _looked(
    office: OpenOffice, path: Path, kind: str | None, terms: Terms, progress: Callable[[str, int, int], None]
) -> Mapping[str, Any]:
    """Its kind and what it would do; or no kind, and those that it may be."""
    if kind is None:
        kinds, sure = kinds_in(path)
        if not sure:
            return {KINDS: kinds}
        (kind,) = kinds
    return {KIND: kind, REPORT: look_through(office, path, kind, terms, progress)}


def _go_on(stopping: threading.Event, *_: object) -> None:
    if stopping.is_set():
        raise StoppedError


def _of(one: ChatList, error: Exception) -> dict[str, object]:
    return {"list": one.id, "error": type(error).__name__}
