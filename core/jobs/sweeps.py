"""What the passing of time does: bounded looks for what became due, each its own transaction, beside everything else.

Each may be done at any time and by two at once, finds again whatever a kill left, and says how much it did.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Protocol

from sqlalchemy.orm import Session

from core.actions.call_ends import end_calls, move_untold
from core.actions.excused_cards import take_back_excused
from core.actions.expiring import warn_of_expiry
from core.actions.pickup_moves import move_pickup_days
from core.actions.print_plans import expire_plans
from core.actions.proposals import withdraw_stale
from core.actions.reminders import remind_unclaimed
from core.actions.stuck_cards import send_stuck_to_officer
from core.actions.unasked_calls import call_unasked
from core.store.office import OpenOffice


class Sweep(Protocol):
    """Does a bounded part of what is due, and returns how much that was: 0 when nothing is due any more."""

    def __call__(self, session: Session, *, now: datetime) -> int: ...


def call_what_waits(session: Session, *, now: datetime) -> int:
    """Make one call that is due by itself."""
    return call_unasked(session, now=now) is not None


#: In the order in which they are done.
SWEEPS: Sequence[Sweep] = (
    expire_plans,
    move_pickup_days,
    move_untold,
    end_calls,
    call_what_waits,
    take_back_excused,
    send_stuck_to_officer,
    remind_unclaimed,
    warn_of_expiry,
    withdraw_stale,
)


def sweep(office: OpenOffice, *, now: datetime, sweeps: Sequence[Sweep] = SWEEPS) -> int:
    """Do a bounded part of everything that is due; return how much that was."""
    return sum(office.write(partial(one, now=now)) for one in sweeps)
