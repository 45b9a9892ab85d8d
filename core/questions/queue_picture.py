"""A picture of the print queue that a whole process shares, so that a place in it costs no statement.

It is taken in one pass over the queue's index, which takes about a second for a million, and kept with the moment it
was taken. `keep_picture` (core/jobs) takes a new one when something happened; a question takes one only where there is
none that it can use. So a place is wrong by no more than what changed since then, and by what `Queue.ahead_of` says of
cards alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.questions.blanks import output_by_day
from core.questions.print_queue import print_queue
from core.questions.prints import counted_stock, first_print_day, printing_stops, urgent_prints
from core.questions.regions import office_zone
from core.rules.expectation import LOOK_BACK_DAYS, Pace, Place, PrintTerms, pace_of, working_days_before
from core.rules.print_queue import Queue, Waiting
from core.store.office import known_of
from core.store.tables import Fact
from core.store.words import PlanState
from core.store.work_tables import PlanCard, PrintPlan

#: A question does not use one that is older: whoever was to renew it has stopped, or no such process runs.
USABLE_SECONDS = 3600.0
_PICTURE, _LOCK = "queue picture", "queue picture lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePicture:
    """The queue at one moment. It is never changed, so any thread may read it.

    newest_fact: the last thing that had happened. planned: the cards of open plans that are still to be printed, each
    with how many of them come before it. stock: None where nobody counts blanks. last_day: the last working day before
    `today`. printed, urgent: since the day `lately`, of 20 working days ago; None before the office's first print.
    """

    terms: PrintTerms
    taken_at: datetime
    today: date
    newest_fact: int
    queue: Queue
    planned: Mapping[int, int]
    pace: Pace | None
    stock: int | None
    last_day: date
    printed_last_day: int
    printed: int | None
    urgent: int

    @property
    def waiting(self) -> int:
        """Everybody who waits for a print and is old enough."""
        return len(self.queue) + len(self.planned)

    @property
    def free_blanks(self) -> int | None:
        """Blanks that no plan holds; below nothing where plans hold more than there are."""
        return None if self.stock is None else self.stock - len(self.planned)

    def place_of(self, card_id: int, card: Waiting, *, in_plan: bool) -> Place:
        """Return the place of a card that waits now; one that a plan took since is told where it stood before."""
        if in_plan and card_id in self.planned:
            return Place(ahead=self.planned[card_id], needs_free=0)
        before = self.queue.ahead_of(card, card_id)
        return Place(ahead=len(self.planned) + before, needs_free=before + 1)


def picture_of(session: Session, terms: PrintTerms, *, now: datetime) -> QueuePicture:
    """Return the picture there is, or take one; of several threads that find none one takes it, and the others wait."""
    if usable := kept_picture(session, terms, now=now):
        return usable
    lock: Lock = known_of(session).setdefault(_LOCK, Lock())
    with lock:  # held by a reading only, which waits for nobody's transaction
        return kept_picture(session, terms, now=now) or renew_picture(session, terms, now=now)


def kept_picture(session: Session, terms: PrintTerms, *, now: datetime) -> QueuePicture | None:
    """Return the picture there is if it was taken by the same terms, and within the hour."""
    picture = cast("QueuePicture | None", known_of(session).get(_PICTURE))
    if picture is None or picture.terms != terms:
        return None
    age = abs(now - picture.taken_at)  # a question may have been begun just before the picture was taken
    return picture if age <= timedelta(seconds=USABLE_SECONDS) else None


def renew_picture(session: Session, terms: PrintTerms, *, now: datetime) -> QueuePicture:
    """Take a picture, and have everybody use it from now on."""
    known_of(session)[_PICTURE] = picture = _taken(session, terms, now)
    return picture


def newest_fact(session: Session) -> int:
    """Return the id of the last thing that happened: whatever changes the queue appends one."""
    return session.scalar(select(func.max(Fact.id))) or 0


def _taken(session: Session, terms: PrintTerms, now: datetime) -> QueuePicture:
    newest = newest_fact(session)  # before all else: what happens meanwhile is then news
    today = now.astimezone(office_zone(session)).date()
    first = first_print_day(session)
    output = output_by_day(session, first=today - timedelta(days=LOOK_BACK_DAYS), last=today)
    days = working_days_before(terms.calendar, today, first=first, stopped=printing_stops(session)) if first else []
    open_days = working_days_before(terms.calendar, today, first=date.min) or [today]
    lately = open_days[-1]
    return QueuePicture(
        terms=terms,
        taken_at=now,
        today=today,
        newest_fact=newest,
        queue=print_queue(session, terms.policy, today=today),
        planned=_planned(session),
        pace=pace_of([output.get(day, 0) for day in days]),
        stock=counted_stock(session),
        last_day=open_days[0],
        printed_last_day=output.get(open_days[0], 0),
        printed=sum(count for day, count in output.items() if day >= lately) if first else None,
        urgent=urgent_prints(session, first=lately),
    )


def _planned(session: Session) -> dict[int, int]:
    """A plan that was made before another is printed before it."""
    still = (
        select(PlanCard.card_id)
        .join(PrintPlan, PrintPlan.id == PlanCard.plan_id)
        .where(PrintPlan.state == PlanState.OPEN, PlanCard.outcome.is_(None))
        .order_by(PlanCard.plan_id, PlanCard.place)
    )
    return {card_id: before for before, card_id in enumerate(session.scalars(still))}
