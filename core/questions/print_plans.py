"""Print plans: how far each is, which card has which place, and who would hear that hers is printed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.questions.contacts import channels_of
from core.rules.delivery import Channel
from core.rules.notices import TABLE, Kind
from core.rules.print_queue import Line, PrintPolicy, Waiting, line_of
from core.store.tables import Card, Resident
from core.store.words import PlanOutcome, PlanState
from core.store.work_tables import PlanCard, PrintPlan


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan as a list shows it. outcomes: how many of its places ended how; None: still to be printed."""

    id: int
    state: PlanState
    made_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    planned: int
    by: str
    outcomes: Counter[PlanOutcome | None]

    @property
    def left(self) -> int:
        """How many are still to be printed."""
        return self.outcomes[None]


@dataclass(frozen=True, slots=True)
class PlanPlace:
    """A place of a plan. line: that its card stands in now; None where it is printed anew because it was spoiled."""

    place: int
    card_id: int
    resident_id: int
    village: str
    line: Line | None
    outcome: PlanOutcome | None


def plan_row(session: Session, plan_id: int, *, lock: bool = False) -> PrintPlan:
    """Return a plan; NotFound otherwise. lock: nobody else changes it until the transaction ends."""
    query = select(PrintPlan).where(PrintPlan.id == plan_id)
    plan = session.scalar(query.with_for_update() if lock else query)
    if plan is None:
        raise NotFound(f"there is no plan {plan_id}; see: kabar print plans")
    return plan


def plan_line(session: Session, plan_id: int) -> PlanLine:
    """Return how far a plan is; NotFound otherwise."""
    return _lines(session, [plan_row(session, plan_id)])[0]


def newest_plans(session: Session, *, most: int) -> list[PlanLine]:
    """Return plans, the newest first."""
    return _lines(session, session.scalars(select(PrintPlan).order_by(PrintPlan.id.desc()).limit(most)).all())


def _lines(session: Session, plans: Sequence[PrintPlan]) -> list[PlanLine]:
    outcomes: dict[int, Counter[PlanOutcome | None]] = defaultdict(Counter)
    query = select(PlanCard.plan_id, PlanCard.outcome, func.count().label("cards"))
    grouped = query.where(PlanCard.plan_id.in_([plan.id for plan in plans])).group_by(
        PlanCard.plan_id, PlanCard.outcome
    )
    for row in session.execute(grouped):
        outcomes[row.plan_id][row.outcome] = row.cards
    return [
        PlanLine(
            plan.id,
            plan.state,
            plan.made_at,
            plan.expires_at,
            plan.ended_at,
            plan.planned,
            plan.by,
            outcomes[plan.id],
        )
        for plan in plans
    ]


def places_of(session: Session, plan_id: int, policy: PrintPolicy) -> list[PlanPlace]:
    """Return every place of a plan, in their order; NotFound when there is no such plan."""
    plan_row(session, plan_id)
    query = (
        select(PlanCard.place, PlanCard.outcome, Card, Resident.village)
        .join(Card, Card.id == PlanCard.card_id)
        .join(Resident, Resident.id == Card.resident_id)
        .where(PlanCard.plan_id == plan_id)
        .order_by(PlanCard.place)
    )
    return [
        PlanPlace(place, card.id, card.resident_id, village, _line(card, policy), outcome)
        for place, outcome, card, village in session.execute(query)
    ]


def _line(card: Card, policy: PrintPolicy) -> Line | None:
    before = _is_before(card.recorded_on, policy.recorded_before)
    waiting = Waiting(
        reason=card.reason,
        elderly=card.elderly,
        urgent=card.urgent is not None,
        spoiled=card.spoiled,
        recorded_before=before,
        queued_on=card.queued_on,
    )
    return None if card.spoiled else line_of(waiting, policy)


def _is_before(recorded_on: date | None, day: date | None) -> bool:
    return recorded_on is not None and day is not None and recorded_on < day


def to_be_printed(plan: PrintPlan) -> ColumnElement[bool]:
    """Whether a place can still be noted; of an expired plan also what it gave back, which may have been printed."""
    if plan.state is PlanState.EXPIRED:
        return or_(PlanCard.outcome.is_(None), PlanCard.outcome == PlanOutcome.RELEASED)
    return PlanCard.outcome.is_(None)


def held_by(plan: PrintPlan) -> ColumnElement[bool]:
    """Whether a card is this plan's to print: in it, or, where the plan expired, in nobody else's."""
    return Card.plan_id.is_(None) if plan.state is PlanState.EXPIRED else Card.plan_id == plan.id


def told_of_printing(session: Session, plan_id: int, *, up_to: int, but: Collection[int]) -> Counter[Channel | None]:
    """Return how many people would be told by which channel if these places were printed; None: reached by none."""
    plan = plan_row(session, plan_id)
    query = select(PlanCard.place, Card.resident_id).join(Card, Card.id == PlanCard.card_id)
    query = query.where(PlanCard.plan_id == plan_id, PlanCard.place <= up_to, to_be_printed(plan), held_by(plan))
    residents = [row.resident_id for row in session.execute(query) if row.place not in but]
    reach = channels_of(session, residents)
    channels = TABLE[Kind.PRINTED].channels
    return Counter(
        next((channel for channel in channels if channel in reach.get(resident, ())), None) for resident in residents
    )
