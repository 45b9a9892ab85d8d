"""What the office's commands do with blanks, prints and boxes, without their paper: for the stories and the panel."""

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from core.actions.arrivals import ArrivalTerms, arrive_box
from core.actions.boxes import next_box_number, pack_box
from core.actions.plan_prints import DoneTerms, Noted
from core.jobs.printing import note_printed, plan_prints
from core.questions.boxes import Packing, packing, printed_by_point, shipments
from core.questions.print_plans import plan_line
from core.rules.print_queue import PrintPolicy
from core.store.office import OpenOffice

BY = "operator"


def put_plan(office: OpenOffice, policy: PrintPolicy, count: int, *, now: Callable[[], datetime]) -> int:
    """Plan the next so many within the free blanks; return the plan's id."""
    return plan_prints(office, policy, count, now=now, by=BY).plan_id


def print_plan(
    office: OpenOffice, plan_id: int, *, spoiled: Collection[int] = (), tell: bool = True, now: datetime
) -> Noted:
    """Note a whole plan as printed. spoiled: places that came out badly. tell: those whose cards they are."""
    planned = office.read(partial(plan_line, plan_id=plan_id)).planned
    terms = DoneTerms(plan_id=plan_id, up_to=planned, spoiled=frozenset(spoiled), tell=tell, now=now, by=BY)
    return note_printed(office, terms, polite=True)


def ship_all(office: OpenOffice, region: str, *, now: datetime) -> dict[int, Packing]:
    """Pack every printed card of a region, a box for each pickup point; return what is in which."""
    boxes: dict[int, Packing] = {}
    for point in office.read(partial(printed_by_point, region=region)):
        if packed := office.write(partial(_ship, point=point, region=region, now=now)):
            boxes[packed[0]] = packed[1]
    return boxes


def _ship(session: Session, *, point: str, region: str, now: datetime) -> tuple[int, Packing] | None:
    box_id, held = next_box_number(session), packing(session, point, region=region)
    if not held.cards:
        return None
    pack_box(session, box_id, held, now=now, by=BY)
    return box_id, held


def arrive_all(office: OpenOffice, *, now: datetime) -> dict[int, int]:
    """Have every box under way arrive, and tell whose cards are in it; return how many cards came in which."""
    under_way = [box for box in office.read(partial(shipments, now=now)) if box.arrived_at is None]
    terms = ArrivalTerms(now=now, by=BY, tell=True)
    return {box.id: office.write(partial(arrive_box, box_id=box.id, terms=terms)).arrived for box in under_way}
