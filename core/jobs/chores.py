"""What an office does again and again beside its conversations: a table, for whatever process does the work.

A chore is bounded, may be done at any time and by two at once, finds again whatever a kill left, and says how much it
did: 0 when there is nothing to do any more.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from core.actions.batches import end_cancelled
from core.actions.retention import forget_what_is_over
from core.actions.unanswered import follow_up_unanswered
from core.jobs.broadcasting import prepare_broadcasts
from core.jobs.calling import carry_on_calls
from core.jobs.friday_cards import tell_friday_cards
from core.jobs.nightly import NightlyBackup
from core.jobs.queue_picture import PictureKeeper
from core.jobs.sent_lists import ListDesk, see_to_lists
from core.jobs.sweeps import sweep
from core.jobs.telling_operators import tell_what_is_due
from core.rules.expectation import PrintTerms
from core.settings import Settings
from core.store.office import OpenOffice
from core.wording import Wording


@dataclass(frozen=True, slots=True)
class Chore:
    """name: as a log shows it. every_seconds: between two looks that find nothing to do."""

    name: str
    work: Callable[[], int]
    every_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """Whoever does the chores of an office. stopping: set when what can be left for another time should be left.

    on_put: called when notices were put by a chore, from its thread.
    """

    office: OpenOffice
    now: Callable[[], datetime]
    stopping: threading.Event
    on_put: Callable[[], None]


def office_chores(here: Workplace, terms: PrintTerms) -> Sequence[Chore]:
    """Return the chores of every office."""
    office, now, stopping = here.office, here.now, here.stopping
    return (
        # A command prepares its own; this goes on with one that was killed in it.
        Chore("prepare broadcasts", partial(_prepare_broadcasts, here), 5.0),
        # A call to 3,000 people is on its way within two seconds.
        Chore("carry on calls", partial(carry_on_calls, office, now=now, stopping=stopping), 0.5),
        Chore("end what was cancelled", lambda: office.write(partial(end_cancelled, now=now())), 10.0),
        Chore("follow up the unanswered", lambda: office.write(partial(follow_up_unanswered, now=now())), 60.0),
        Chore("sweep", lambda: sweep(office, now=now()), 300.0),
        Chore("picture of the queue", PictureKeeper(office, terms, now=now).look, 30.0),
        Chore("forget", lambda: office.write(partial(forget_what_is_over, now=now())), 3600.0),
    )


def backup_chore(backups: NightlyBackup) -> Chore:
    """Return the chore of an office that has a folder for backups."""
    return Chore("nightly backup", backups.look, 60.0)


def list_chore(here: Workplace, settings: Settings) -> Chore:
    """Return the chore of an office with a bot: lists that officials sent in the chat, once their content is here."""
    desk = ListDesk(
        office=here.office,
        home=settings.home,
        now=here.now,
        stopping=here.stopping,
        operators=settings.operators,
        validity=settings.letter_validity,
    )
    return Chore("lists sent in the chat", partial(see_to_lists, desk), 1.0)


def telling_chore(here: Workplace, settings: Settings, wording: Wording) -> Chore:
    """Return the chore of an office with a bot: what operators and officials are to be told, it finds in the inbox."""

    def tell() -> int:
        now = here.now()
        return tell_friday_cards(here.office, now=now) + tell_what_is_due(
            here.office,
            settings.operators,
            wording=wording,
            home=settings.home,
            sms_cap=settings.sms_daily_cap,
            now=now,
        )

    return Chore("tell operators", tell, 60.0)


def _prepare_broadcasts(here: Workplace) -> int:
    put = prepare_broadcasts(here.office, now=here.now, stopping=here.stopping)
    if put:
        here.on_put()
    return put
