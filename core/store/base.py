"""What every table of an office is built on: its naming of constraints, and our own types for columns."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase

from core.rules.answer import LetterKind, PlaceKind
from core.rules.card import Stage
from core.rules.delivery import Channel
from core.rules.print_queue import CardReason, Urgency
from core.rules.suspension import Cause
from core.store.columns import Instant, Word
from core.store.words import BlankKind, DeskKind, LetterState, PlanOutcome, PlanState, Taken


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant(),
        bytes: LargeBinary(),
        dict[str, Any]: JSON(),
        Stage: Word(Stage),
        Channel: Word(Channel),
        Cause: Word(Cause),
        PlaceKind: Word(PlaceKind),
        LetterKind: Word(LetterKind),
        LetterState: Word(LetterState),
        CardReason: Word(CardReason),
        Urgency: Word(Urgency),
        Taken: Word(Taken),
        DeskKind: Word(DeskKind),
        BlankKind: Word(BlankKind),
        PlanState: Word(PlanState),
        PlanOutcome: Word(PlanOutcome),
    }
