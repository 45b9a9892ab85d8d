"""Noting what was printed of a plan, place by place, and taking that back; each call does a bounded part, whole.

1. A place is noted once: the same command twice changes nothing.
2. What was spoiled used a blank and leaves the plan; it heads the next one. What is beyond keeps its place.
3. A card that is not where the plan left it was dealt with elsewhere, and stays there.
4. What was printed and is noted too late was printed: an expired plan has its cards back that nobody else has yet.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, insert, select, update
from sqlalchemy.orm import Session

from core.actions.blanks import use_blanks
from core.actions.facts import Happened, append_fact
from core.actions.notices import Debt, owe
from core.actions.outside_plans import end_finished_plans
from core.actions.print_plans import PLAN_LIVES
from core.errors import InputError, Refused
from core.questions.print_plans import held_by, plan_row, to_be_printed
from core.questions.regions import office_zone
from core.rules.card import Stage
from core.rules.notices import Kind
from core.store.ids import reserve_ids
from core.store.tables import Card, Fact
from core.store.words import BlankKind, PlanOutcome, PlanState
from core.store.work_tables import PlanCard, PrintPlan

#: So many places at once stay within what one transaction may hold of SQLite's writer.
CHUNK = 100

_Place = Row[int, int, int]


@dataclass(frozen=True, slots=True)
class DoneTerms:
    """What holds for a whole command. up_to: the last place that was printed. spoiled: those places that were not."""

    plan_id: int
    up_to: int
    spoiled: frozenset[int]
    tell: bool
    now: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Noted:
    """How many places of a chunk ended how. last: its last place, after which the next one begins; None at the end."""

    printed: int = 0
    spoiled: int = 0
    elsewhere: int = 0
    last: int | None = None


def check_places(session: Session, terms: DoneTerms) -> PrintPlan:
    """Return the plan, ours until the transaction ends; refuse places that it has not, or that say something else."""
    plan = plan_row(session, terms.plan_id, lock=True)
    if not 1 <= terms.up_to <= plan.planned:
        raise InputError(f"plan {plan.id} has the places 1 to {plan.planned:,}; give --up-to one of them")
    if beyond := [place for place in sorted(terms.spoiled) if not 1 <= place <= terms.up_to]:
        raise InputError(f"place {beyond[0]} cannot be spoiled: --up-to says that printing came to {terms.up_to:,}")
    theirs = select(PlanCard.place).where(PlanCard.plan_id == plan.id, PlanCard.place.in_(terms.spoiled))
    printed = session.scalars(theirs.where(PlanCard.outcome == PlanOutcome.PRINTED).order_by(PlanCard.place)).all()
    if printed:
        word = ",".join(map(str, printed))
        raise Refused(
            f"noted as printed already: {word}; first take that back: kabar print undo {plan.id} --places {word}"
        )
    if plan.state is PlanState.CANCELLED:
        raise Refused(f"plan {plan.id} was cancelled and its cards are in the queue again; make another plan of them")
    return plan


def print_some(session: Session, terms: DoneTerms, *, after: int, most: int = CHUNK) -> Noted:
    """Note the next places after one as printed, or spoiled; `last` is None when there are no more."""
    plan = check_places(session, terms)
    held = held_by(plan)
    next_places = _places(plan.id).where(to_be_printed(plan), PlanCard.place.between(after + 1, terms.up_to))
    rows = session.execute(next_places.limit(most)).all()
    if not rows:
        return Noted()
    well = [row.card_id for row in rows if row.place not in terms.spoiled]
    badly = [row.card_id for row in rows if row.place in terms.spoiled]
    arrived = {"stage": Stage.PRINTED, "stage_since": terms.now, "spoiled": False, "plan_id": plan.id}
    printed = _take(session, well, held, arrived, seen=Stage.PRINT_READY)
    spoiled = _take(session, badly, held, {"spoiled": True, "plan_id": None}, seen=Stage.PRINT_READY)
    elsewhere = [row for row in rows if row.card_id not in printed | spoiled]
    printed_rows = [row for row in rows if row.card_id in printed]
    spoiled_rows = [row for row in rows if row.card_id in spoiled]
    _end_places(session, plan.id, printed_rows, PlanOutcome.PRINTED)
    _end_places(session, plan.id, spoiled_rows, PlanOutcome.SPOILED)
    _end_places(session, plan.id, elsewhere, PlanOutcome.ELSEWHERE)
    _note_prints(session, terms, printed_rows, spoiled_rows)
    end_finished_plans(session, [plan.id], now=terms.now)
    return Noted(len(printed), len(spoiled), len(elsewhere), rows[-1].place)


def unprint_some(
    session: Session, plan_id: int, places: Collection[int], *, now: datetime, by: str, most: int = CHUNK
) -> int:
    """Take some of these places back to PRINT_READY, where the card is still at PRINTED; return how many, 0 at the end.

    The plan is open again: it keeps its places, and has its time anew if that was over.
    """
    plan = plan_row(session, plan_id, lock=True)
    if wrong := [place for place in sorted(places) if not 1 <= place <= plan.planned]:
        raise InputError(f"plan {plan.id} has the places 1 to {plan.planned:,}, and no {wrong[0]}")
    theirs = PlanCard.place.in_(places), PlanCard.outcome == PlanOutcome.PRINTED
    still = Card.stage == Stage.PRINTED, Card.plan_id == plan_id
    rows = session.execute(_places(plan_id).where(*theirs, *still).limit(most)).all()
    back = {"stage": Stage.PRINT_READY, "stage_since": now}
    taken = _take(session, [row.card_id for row in rows], Card.plan_id == plan_id, back, seen=Stage.PRINTED)
    rows = [row for row in rows if row.card_id in taken]
    if not rows:
        return 0
    _end_places(session, plan_id, rows, None)
    if plan.state is not PlanState.OPEN:
        plan.state, plan.ended_at = PlanState.OPEN, None
    if plan.expires_at <= now:
        plan.expires_at = now + PLAN_LIVES
    today = now.astimezone(office_zone(session)).date()
    use_blanks(session, BlankKind.GIVEN_BACK, len(rows), day=today, now=now, by=by, plan_id=plan_id)
    steps = {"from": Stage.PRINTED, "to": Stage.PRINT_READY, "plan": plan_id}
    _insert_facts(session, Happened.CARD_MOVED, rows, steps, now=now, by=by)
    append_fact(session, Happened.PLAN_UNDONE, now=now, by=by, details={"plan": plan_id, "cards": len(rows)})
    session.flush()
    return len(rows)


def _places(plan_id: int) -> Select[int, int, int]:
    query = select(PlanCard.place, PlanCard.card_id, Card.resident_id).join(Card, Card.id == PlanCard.card_id)
    return query.where(PlanCard.plan_id == plan_id).order_by(PlanCard.place)


def _take(
    session: Session, card_ids: Sequence[int], held: ColumnElement[bool], changes: dict[str, Any], *, seen: Stage
) -> set[int]:
    """Compare and set; return the cards that were as seen."""
    if not card_ids:
        return set()
    asked = update(Card).where(Card.id.in_(card_ids), Card.stage == seen, held).values(changes).returning(Card.id)
    return set(session.scalars(asked.execution_options(synchronize_session=False)))


def _end_places(session: Session, plan_id: int, rows: Sequence[_Place], outcome: PlanOutcome | None) -> None:
    if rows:
        theirs = PlanCard.plan_id == plan_id, PlanCard.place.in_([row.place for row in rows])
        ended = update(PlanCard).where(*theirs).values(outcome=outcome)
        session.execute(ended.execution_options(synchronize_session=False))


def _note_prints(session: Session, terms: DoneTerms, printed: Sequence[_Place], spoiled: Sequence[_Place]) -> None:
    """The blanks, the facts, and what is owed to whose card is printed."""
    now, by, plan_id = terms.now, terms.by, terms.plan_id
    today = now.astimezone(office_zone(session)).date()
    use_blanks(session, BlankKind.USED, len(printed), day=today, now=now, by=by, plan_id=plan_id)
    use_blanks(session, BlankKind.SPOILED, len(spoiled), day=today, now=now, by=by, plan_id=plan_id)
    steps = {"from": Stage.PRINT_READY, "to": Stage.PRINTED, "plan": plan_id}
    fact_ids = _insert_facts(session, Happened.CARD_MOVED, printed, steps, now=now, by=by)
    _insert_facts(session, Happened.CARD_SPOILED, spoiled, {"plan": plan_id}, now=now, by=by)
    counts = {"plan": plan_id, "printed": len(printed), "spoiled": len(spoiled)}
    append_fact(session, Happened.PLAN_PRINTED, now=now, by=by, details=counts)
    debts = [
        Debt(kind=Kind.PRINTED, resident_id=row.resident_id, fact_id=fact_id, card_id=row.card_id)
        for fact_id, row in zip(fact_ids, printed, strict=True)
    ]
    owe(session, debts if terms.tell else [], now=now, batch=f"print:{plan_id}")


def _insert_facts(
    session: Session, kind: Happened, rows: Sequence[_Place], details: dict[str, Any], *, now: datetime, by: str
) -> Sequence[int]:
    ids = reserve_ids(session, Fact, len(rows))
    what = {"at": now, "kind": kind, "by": by, "details": details}
    facts = [
        {"id": id_, "resident_id": row.resident_id, "card_id": row.card_id, **what}
        for id_, row in zip(ids, rows, strict=True)
    ]
    if facts:
        session.execute(insert(Fact), facts)
    return ids
