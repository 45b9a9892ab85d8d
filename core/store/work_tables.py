"""The tables of the office's work between the centre and a resident's hand: blanks, print plans, boxes of cards."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.store.base import Base
from core.store.words import BlankKind, PlanOutcome, PlanState


class BlankMovement(Base):
    """Blank cards received (+), used, spoiled (−), given back or adjusted; the stock is the sum.

    day: of the office, on which it happened; at: when it was noted. card_id, plan_id: what they were used for, where
    that is one card or one plan.
    """

    __tablename__ = "blank_movement"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    day: Mapped[date] = mapped_column(index=True)
    kind: Mapped[BlankKind]
    quantity: Mapped[int]
    card_id: Mapped[int | None] = mapped_column(ForeignKey("card.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("print_plan.id"))
    by: Mapped[str] = mapped_column(String(40))


class PrintPlan(Base):
    """Cards that one operator is about to print, in an order that is fixed; while it is open they are nobody else's.

    planned: how many cards it was made with. expires_at: when what was not printed goes back to the queue.
    """

    __tablename__ = "print_plan"
    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[PlanState] = mapped_column(index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    planned: Mapped[int]
    by: Mapped[str] = mapped_column(String(40))


class PlanCard(Base):
    """One card's place in a plan, from 1. outcome: what became of it; null while it is still to be printed."""

    __tablename__ = "plan_card"
    plan_id: Mapped[int] = mapped_column(ForeignKey("print_plan.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id"), index=True)
    outcome: Mapped[PlanOutcome | None]


class Box(Base):
    """Cards on their way to one pickup point, with one list of their numbers on paper.

    point: the region code of that place. passed_at: when it came by the district, where it does not end there.
    """

    __tablename__ = "box"
    id: Mapped[int] = mapped_column(primary_key=True)
    point: Mapped[str] = mapped_column(String(13))
    packed: Mapped[int]
    sent_at: Mapped[datetime]
    passed_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    by: Mapped[str] = mapped_column(String(40))

    __table_args__ = (
        Index(
            "ix_box_under_way",
            "sent_at",
            sqlite_where=text("arrived_at IS NULL"),
            postgresql_where=text("arrived_at IS NULL"),
        ),
    )
