"""Which cards the rows of a list mean, many at once.

Receipts have no index of their own, so that every look for some of them goes through all cards.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.files.lists.which import Which
from core.questions.regions import office_zone
from core.rules.card import Stage
from core.rules.receipt import read_slip_code
from core.store.desk_tables import Slip
from core.store.office import seal_of
from core.store.tables import Card, Resident

#: Rows that are looked up together.
AT_ONCE = 500
_Bytes = InstrumentedAttribute[bytes] | InstrumentedAttribute[bytes | None]
_NUMBERED = (Stage.SHIPPED, Stage.READY_FOR_PICKUP)


class _Numbered(NamedTuple):
    """A card with a number. is_gone: handed over, since that day."""

    id: int
    is_gone: bool
    since: date


def cards_meant(
    session: Session,
    rows: Sequence[Which],
) -> list[int | None]:
    """Return, for each row, the id of the card that it means; None where there is none.

    By a pickup number at a place: the card that was handed over with it on the row's day, else the one that is on its
    way there or waits there since; numbers are given again, and a list given twice must not hand over another's card.
    Of several cards, the newest.
    """
    seal = seal_of(session)
    niks = {row.nik: seal.index("nik", row.nik) for row in rows if row.nik}
    of_nik = _found(session, select(Resident.nik_index, Card.id).join(Card), Resident.nik_index, niks.values())
    of_receipt = _by_receipt(session, {row.receipt for row in rows if row.receipt})
    boxed = {(row.box, row.number) for row in rows if row.box is not None}
    in_box = _pairs(session, Card.box_id, boxed)
    numbered = {(row.point, row.number) for row in rows if row.point is not None}
    at_point = _at_points(session, numbered)
    found: list[int | None] = []
    for row in rows:
        if row.nik:
            found.append(of_nik.get(niks[row.nik]))
        elif row.receipt:
            found.append(of_receipt.get(row.receipt))
        elif row.box is not None:
            found.append(in_box.get((row.box, row.number)))
        else:
            found.append(_with_number(at_point.get((row.point, row.number), ()), row.on))
    return found


def _by_receipt(session: Session, codes: Iterable[str]) -> Mapping[str, int]:
    """By the export's code, or by that on a slip from the counter, which is the newer paper."""
    seal = seal_of(session)
    listed = {code: seal.index("receipt", code) for code in codes}
    slips = {code: seal.index("slip", slip) for code in listed if (slip := read_slip_code(code))}
    of_list = _found(session, select(Card.receipt_index, Card.id), Card.receipt_index, listed.values())
    of_slip = _found(session, select(Slip.code_index, Card.id).join(Card), Slip.code_index, slips.values())
    by_code = {code: of_list[index] for code, index in listed.items() if index in of_list}
    return by_code | {code: of_slip[index] for code, index in slips.items() if index in of_slip}


def _found(session: Session, query: Select[Any, int], column: _Bytes, keys: Iterable[bytes]) -> dict[bytes, int]:
    wanted = list(keys)
    return (
        {row[0]: row[1] for row in session.execute(query.where(column.in_(wanted)).order_by(Card.id))} if wanted else {}
    )


def _pairs(
    session: Session, where: InstrumentedAttribute[Any], pairs: Collection[tuple[Any, int | None]]
) -> dict[tuple[Any, int | None], int]:
    if not pairs:
        return {}
    query = select(where, Card.pickup_number, Card.id).where(tuple_(where, Card.pickup_number).in_(list(pairs)))
    return {(row[0], row[1]): row[2] for row in session.execute(query.order_by(Card.id))}


def _at_points(
    session: Session, pairs: Collection[tuple[str | None, int | None]]
) -> Mapping[tuple[str | None, int | None], list[_Numbered]]:
    """Every card that has, or had at its hand-over, this number at this point, and since which day."""
    zone = office_zone(session)
    found: defaultdict[tuple[str | None, int | None], list[_Numbered]] = defaultdict(list)
    query = select(Card.pickup_point, Card.pickup_number, Card.id, Card.stage, Card.stage_since).where(
        tuple_(Card.pickup_point, Card.pickup_number).in_(list(pairs)), Card.stage.in_((*_NUMBERED, Stage.HANDED_OVER))
    )
    for row in session.execute(query.order_by(Card.id)) if pairs else ():
        since = row.stage_since.astimezone(zone).date()
        found[row.pickup_point, row.pickup_number].append(_Numbered(row.id, row.stage is Stage.HANDED_OVER, since))
    return found


def _with_number(cards: Sequence[_Numbered], on: date | None) -> int | None:
    gone = [card.id for card in cards if card.is_gone and card.since == on]
    there = [card.id for card in cards if not card.is_gone and on and card.since <= on]
    return gone[-1] if gone else there[-1] if there else None
