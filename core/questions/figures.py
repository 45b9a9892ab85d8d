"""How the office's work stands, in numbers: cards, letters, blanks, output, notices, boxes, what stands still."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import String, case, func, select, type_coerce
from sqlalchemy.orm import Session

from core.questions.blanks import blank_stock, blanks_promised, keeps_stock, output_by_day
from core.questions.regions import data_as_of, office_zone
from core.questions.stages import cards_by_stage, cards_by_village
from core.questions.suspensions import note_of
from core.rules.card import Stage
from core.rules.figures import (
    BOX_LATE_AFTER,
    UNCLAIMED_AFTER,
    Blanks,
    Boxes,
    BriefFigures,
    OfficeFigures,
    Stop,
)
from core.store.delivery_tables import Notice
from core.store.tables import Card, Letter, Suspension
from core.store.words import BlankKind, LetterState
from core.store.work_tables import BlankMovement, Box

EXPIRED = "expired"
#: A letter in one of these states is a paper that somebody may show; after its last day it is expired.
_MADE_OUT = (LetterState.ISSUED, LetterState.READY, LetterState.COLLECTED)


def brief_figures(session: Session, working_days: Sequence[date], *, today: date, now: datetime) -> BriefFigures:
    """Return what indexes and small tables tell. working_days: the last ones, today aside, the oldest first."""
    printed = output_by_day(session, first=min(working_days, default=today), last=today)
    issued, first = session.execute(
        select(func.count(), func.min(Letter.issued_on)).where(Letter.issued_on.is_not(None))
    ).one()
    return BriefFigures(
        today=today,
        data_as_of=data_as_of(session),
        stages=cards_by_stage(session),
        blanks=blank_figures(session),
        printed_today=printed.get(today, 0),
        output={day: printed.get(day, 0) for day in working_days},
        letters_issued=issued,
        letters_since=first,
        unclaimed=_unclaimed(session, now),
        boxes=_boxes(session, now),
        stops=standing_stops(session, at=None),
    )


def office_figures(session: Session, working_days: Sequence[date], *, today: date, now: datetime) -> OfficeFigures:
    """Return everything; seconds for a million cards, so on a reader's snapshot only."""
    return OfficeFigures(
        brief=brief_figures(session, working_days, today=today, now=now),
        cards=cards_by_village(session),
        letters=letters_by_state(session, today=today),
        notices=notices_by_state(session),
    )


def blank_figures(session: Session) -> Blanks:
    """Return the movements of blanks summed up; a print that was undone is not one."""
    query = select(BlankMovement.kind, func.sum(BlankMovement.quantity).label("total")).group_by(BlankMovement.kind)
    sums: Counter[BlankKind] = Counter({row.kind: row.total for row in session.execute(query)})
    return Blanks(
        kept=keeps_stock(session),
        since=session.scalar(select(func.min(BlankMovement.day))),
        received=sums[BlankKind.RECEIVED],
        used=-(sums[BlankKind.USED] + sums[BlankKind.GIVEN_BACK]),
        spoiled=-sums[BlankKind.SPOILED],
        adjusted=sums[BlankKind.ADJUSTED],
        stock=blank_stock(session),
        promised=blanks_promised(session),
    )


def letters_by_state(session: Session, *, today: date) -> Counter[tuple[str, str]]:
    """Return letters by kind and state; one that was made out and whose last day is over is expired."""
    over = Letter.state.in_(_MADE_OUT) & (Letter.valid_until < today)
    state = case((over, EXPIRED), else_=type_coerce(Letter.state, String))
    query = select(Letter.kind, state, func.count()).group_by(Letter.kind, state)
    return Counter({(kind.value, word): letters for kind, word, letters in session.execute(query)})


def notices_by_state(session: Session) -> Counter[tuple[str, str]]:
    """Return all notices by kind and state; every one of them is read for it."""
    query = select(Notice.kind, Notice.state, func.count()).group_by(Notice.kind, Notice.state)
    return Counter({(kind.value, state.value): notices for kind, state, notices in session.execute(query)})


def standing_stops(session: Session, *, at: datetime | None) -> list[Stop]:
    """Return the suspensions that stand, or stood at a moment, the oldest stop first."""
    query = select(Suspension).order_by(Suspension.since, Suspension.id)
    if at is None:
        query = query.where(Suspension.resumed_at.is_(None))
    else:
        query = query.where(Suspension.since < at, Suspension.resumed_at.is_(None) | (Suspension.resumed_at >= at))
    zone = office_zone(session)
    return [Stop(row.id, row.region, note_of(row, zone)) for row in session.scalars(query)]


def _unclaimed(session: Session, now: datetime) -> int:
    waits = select(func.count()).where(Card.stage == Stage.READY_FOR_PICKUP)
    return session.scalar(waits.where(Card.stage_since < now - UNCLAIMED_AFTER)) or 0


def _boxes(session: Session, now: datetime) -> Boxes:
    late = func.count(case((Box.sent_at < now - BOX_LATE_AFTER, 1)))
    query = select(func.count(), late, func.min(Box.sent_at)).where(Box.arrived_at.is_(None))
    return Boxes(*session.execute(query).one())
