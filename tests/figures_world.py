"""People with cards, put straight into an office, for figures that need more of them than a file of a test holds."""

import os
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from core.rules.answer import LetterKind
from core.rules.card import Stage
from core.rules.print_queue import CardReason
from core.store.office import OpenOffice
from core.store.tables import Card, Letter, Resident
from core.store.words import LetterState
from tests.offices import MORNING

SUKOREJO, NGRAHO = "35.22.15.2003", "35.22.01.2001"


def people(office: OpenOffice, *wanted: tuple[str, Stage, int], **columns: Any) -> None:
    """(village, stage, how many) each; columns: of their cards."""

    def add(session: Session) -> None:
        for village, stage, count in wanted:
            for _ in range(count):
                person = Resident(nik_index=os.urandom(16), nik_sealed=b"", name_sealed=b"", village=village)
                session.add(person)
                session.flush()
                terms = {"stage_since": MORNING, "reason": CardReason.FIRST} | columns
                session.add(Card(resident_id=person.id, stage=stage, **terms))

    office.write(add)


def letters(office: OpenOffice, wanted: Mapping[LetterState, int], *, issued: date | None, until: date | None) -> None:
    """Letters of one resident each."""

    def add(session: Session) -> None:
        for state, count in wanted.items():
            for _ in range(count):
                session.add(
                    Letter(
                        resident_id=1, kind=LetterKind.SUKET, state=state, state_since=MORNING, issued_on=issued,
                        valid_until=until,
                    )
                )  # fmt: skip

    office.write(add)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment by the clock of Bojonegoro."""
    from zoneinfo import ZoneInfo

    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Asia/Jakarta"))
