"""What an office does again and again beside its conversations: a table, for whatever process does the work.

A chore is bounded, may be done at any time and by two at once, finds again whatever a kill left, and says how much it
did: 0 when there is nothing to do any more.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from sqlalchemy.orm import Session

from core.actions.batches import end_cancelled
from core.actions.retention import forget_what_is_over
from core.actions.unanswered import follow_up_unanswered
from core.jobs.broadcasting import prepare_broadcasts
from core.jobs.calling import calls_wait, carry_on_calls
from core.jobs.friday_cards import friday_cards_wait, tell_friday_cards
from core.jobs.nightly import NightlyBackup
from core.jobs.queue_picture import PictureKeeper
from core.jobs.sent_lists import ListDesk, see_to_lists
from core.jobs.sweeps import sweep
from core.jobs.telling_operators import tell_what_is_due
from core.questions.to_do import broadcast_to_prepare, cancelled_waits, list_waits, silence_is_over
from core.rules.expectation import PrintTerms
from core.settings import Settings
from core.store.office import OpenOffice
from core.wording import Wording


class Action(Protocol):
    """Does a bounded part of what there is to do, and returns how much that was."""

    def __call__(self, session: Session, *, now: datetime) -> int: ...


class Question(Protocol):
    """Says whether there is anything to do."""

    def __call__(self, session: Session, *, now: datetime) -> bool: ...


@dataclass(frozen=True, slots=True)
class Chore:
    """name: as a log shows it, and a job. every_seconds: between two looks that find nothing to do.

    waits: whether there is anything to do, a cheap question to a reader; None: it is due at each look. long: it may
    take minutes. stays: only whoever holds the office does it, because it is about that process or its machine.
    """

    name: str
    work: Callable[[], int]
    every_seconds: float
    waits: Callable[[], bool] | None = None
    long: bool = False
    stays: bool = False

    def do(self) -> int:
        """Do it if there is anything to do; return how much that was."""
        return self.work() if self.waits is None or self.waits() else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """Whoever does the chores of an office. stopping: set when what can be left for another time should be left.

    on_put: called when notices were put by a chore, from its thread.
    """

    office: OpenOffice
    now: Callable[[], datetime]
    stopping: threading.Event
    on_put: Callable[[], None]

    def acting(self, action: Action) -> Callable[[], int]:
        """Return what does an action, at the moment it is called."""
        return lambda: self.office.write(partial(action, now=self.now()))

    def asking(self, question: Question) -> Callable[[], bool]:
        """Return what asks a question, at the moment it is called."""
        return lambda: self.office.read(partial(question, now=self.now()))


def office_chores(here: Workplace, settings: Settings) -> Iterator[Chore]:
    """Yield the chores of an office that anybody may do who can reach its database."""
    office, now = here.office, here.now
    prepare, carry_on = partial(_prepare_broadcasts, here), partial(carry_on_calls, office, now=now)
    # A command prepares its own; this goes on with one that was killed in it.
    yield Chore("prepare broadcasts", prepare, 5.0, partial(office.read, broadcast_to_prepare), long=True)
    # A call to 3,000 people is on its way within two seconds.
    yield Chore("carry on calls", partial(carry_on, stopping=here.stopping), 0.5, here.asking(calls_wait))
    yield Chore("end what was cancelled", here.acting(end_cancelled), 10.0, partial(office.read, cancelled_waits))
    yield Chore("follow up the unanswered", here.acting(follow_up_unanswered), 60.0, here.asking(silence_is_over))
    yield Chore("sweep", lambda: sweep(office, now=now()), 300.0, long=True)
    yield Chore("forget", here.acting(forget_what_is_over), 3600.0, long=True)
    if settings.telegram_token is not None:
        yield _list_chore(here, settings)
        tell, wait = (lambda: tell_friday_cards(office, now=now())), (lambda: friday_cards_wait(office, now=now()))
        yield Chore("tell Friday cards", tell, 60.0, wait, long=True)


def picture_chore(here: Workplace, terms: PrintTerms) -> Chore:
    """Return the chore of an office that is asked for places in its queue: the picture is in this process's memory."""
    return Chore("picture of the queue", PictureKeeper(here.office, terms, now=here.now).look, 30.0, stays=True)


def backup_chore(backups: NightlyBackup) -> Chore:
    """Return the chore of an office that has a folder for backups, on this machine."""
    return Chore("nightly backup", backups.look, 60.0, stays=True)


def _list_chore(here: Workplace, settings: Settings) -> Chore:
    """Return the chore of an office with a bot: lists that officials sent in the chat, once their content is here."""
    desk = ListDesk(
        office=here.office,
        home=settings.home,
        now=here.now,
        stopping=here.stopping,
        operators=settings.operators,
        validity=settings.letter_validity,
    )
    return Chore(
        "lists sent in the chat", partial(see_to_lists, desk), 1.0, partial(here.office.read, list_waits), long=True
    )


def telling_chore(here: Workplace, settings: Settings, wording: Wording) -> Chore:
    """Return the chore of an office with a bot: what operators are to be told, also of the space on this machine."""

    def tell() -> int:
        return tell_what_is_due(
            here.office,
            settings.operators,
            wording=wording,
            home=settings.home,
            sms_cap=settings.sms_daily_cap,
            now=here.now(),
        )

    return Chore("tell operators", tell, 60.0, stays=True)


def _prepare_broadcasts(here: Workplace) -> int:
    put = prepare_broadcasts(here.office, now=here.now, stopping=here.stopping)
    if put:
        here.on_put()
    return put
