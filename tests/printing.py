"""People who wait for a print, what was printed, and plans, put straight into an office for tests."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from core.actions.blanks import move_blanks
from core.calendar import calendar_of
from core.questions.cards import where_is
from core.rules.card import Stage
from core.rules.expectation import Expectation, PrintTerms
from core.rules.hours import Hours
from core.rules.print_queue import CardReason
from core.store.office import OpenOffice
from core.store.tables import Card, Resident
from core.store.words import BlankKind, PlanState
from core.store.work_tables import PlanCard, PrintPlan
from tests.offices import MORNING, SITI, act, ask

TERMS = PrintTerms(calendar_of(Hours.read("Senin-Jumat 08.00-15.00"), None))
#: 20 working days before the morning of 26 September 2017, the newest last: no holiday of 2017 is known here.
WORKING_DAYS = [day for back in range(28, 0, -1) if (day := MORNING.date() - timedelta(days=back)).weekday() < 5]


def crowd(office: OpenOffice, count: int, *, queued_on: date = date(2016, 12, 1), **card: Any) -> list[int]:
    """Add people whose cards wait for their print; return the ids of the cards."""
    waits: dict[str, Any] = {
        "stage": Stage.PRINT_READY,
        "stage_since": MORNING,
        "reason": CardReason.UNKNOWN,
        "queued_on": queued_on,
    }

    def add(session: Any) -> list[int]:
        known = len(session.scalars(select(Resident.id)).all())
        cards = []
        for number in range(known, known + count):
            resident = Resident(
                nik_index=number.to_bytes(16, "big"), nik_sealed=b"-", name_sealed=b"-", village="35.22.15.2003"
            )
            session.add(resident)
            session.flush()
            cards.append(Card(resident_id=resident.id, **waits | card))
            session.add(cards[-1])
            session.flush()
        return [one.id for one in cards]

    return act(office, add)


def printed(office: OpenOffice, prints: Mapping[date, int] | Sequence[int], **terms: Any) -> None:
    """Note what was printed on these days, or so much on each of the last working days."""
    by_day = prints if isinstance(prints, Mapping) else dict(zip(WORKING_DAYS[-len(prints) :], prints, strict=True))
    for day, count in by_day.items():
        if count:
            act(office, move_blanks, BlankKind.USED, count, day=day, now=MORNING, by="operator", **terms)


def received(office: OpenOffice, blanks: int) -> None:
    act(office, move_blanks, BlankKind.RECEIVED, blanks, day=MORNING.date(), now=MORNING, by="operator")


def plan(office: OpenOffice, cards: Iterable[int]) -> int:
    """Put cards into an open plan, in this order; return its id."""

    def make(session: Any) -> int:
        ids = list(cards)
        made = PrintPlan(
            state=PlanState.OPEN,
            made_at=MORNING,
            expires_at=MORNING + timedelta(days=7),
            planned=len(ids),
            by="operator",
        )
        session.add(made)
        session.flush()
        for place, card_id in enumerate(ids, start=1):
            session.get_one(Card, card_id).plan_id = made.id
            session.add(PlanCard(plan_id=made.id, place=place, card_id=card_id))
        return int(made.id)

    return act(office, make)


def expected(office: OpenOffice, now: datetime, nik: str = SITI, terms: PrintTerms = TERMS) -> Expectation | None:
    """What anybody is told of her place who types her NIK."""
    answer = ask(office, where_is, nik, now=now, terms=terms)
    assert answer is not None
    return answer.expectation
