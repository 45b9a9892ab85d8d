"""Printed cards to be shipped, and boxes on their way, for tests."""

from datetime import date
from functools import partial

from sqlalchemy import select

from core.actions.arrivals import ArrivalTerms, arrive_box
from core.actions.boxes import next_box_number, pack_box
from core.questions.boxes import packing
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice
from core.store.tables import Card
from tests.offices import Clock, Import, act, ask

KAUMAN = "35.22.15.2003"
OTHER_VILLAGE = "35.22.01.2001"


def printed(
    take: Import, people: int, *, village: str = KAUMAN, phones: dict[int, str] | None = None, first: int = 0
) -> list[str]:
    """Take in people whose cards are printed; return their NIKs. phones: by the person's place, from 0."""
    niks = [f"352299{1 + (first + n) % 28:02d}0190{1 + (first + n) // 28:04d}" for n in range(people)]
    numbers = phones or {}
    agrees = dict.fromkeys(numbers, "YA")
    rows = [
        f"{one};WARGA {first + n};{village};CARD_PRINTED;05/01/2017;{numbers.get(n, '')};{agrees.get(n, '')};"
        for n, one in enumerate(niks)
    ]
    take(*rows, as_of=date(2017, 9, 26), tell=False)
    return niks


def pack(office: OpenOffice, clock: Clock, *, point: str = KAUMAN, region: str = "35.22") -> int:
    """Pack what goes to a point; return the box."""
    box = act(office, next_box_number)
    plan = ask(office, packing, point, region=region)
    office.write(partial(pack_box, box_id=box, packing=plan, now=clock(), by="operator"))
    return box


def bring(office: OpenOffice, clock: Clock, box: int, *, tell: bool = True, **more: object):  # type: ignore[no-untyped-def]
    """Have a box arrive."""
    days, waits = more.pop("days", None), bool(more.pop("awaits_call", False))
    terms = ArrivalTerms(now=clock(), by="operator", tell=tell, days=days, awaits_call=waits)  # type: ignore[arg-type]
    return act(office, arrive_box, box, terms, **more)


def in_box(office: OpenOffice, box: int) -> list[Card]:
    """Its cards by number."""
    query = select(Card).where(Card.box_id == box).order_by(Card.pickup_number)
    return ask(office, lambda session: list(session.scalars(query)))


def batches(office: OpenOffice) -> set[str | None]:
    return ask(office, lambda session: set(session.scalars(select(Notice.batch))))
