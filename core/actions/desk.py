"""What only a person at the office can settle: put on the desk's list once, settled by name, and opened again."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.errors import NotFound
from core.questions.desk import ABOUT_CARDS
from core.rules.card import Stage
from core.store.desk_tables import DeskItem
from core.store.ready import table_of
from core.store.tables import Resident
from core.store.words import DeskKind

_IDS_PER_QUERY = 500


def list_for_desk(
    session: Session,
    kind: DeskKind,
    *,
    now: datetime,
    resident_id: int | None = None,
    card_id: int | None = None,
    contact_id: int | None = None,
    details: dict[str, Any] | None = None,
) -> int:
    """Put something on the desk's list and return its number; what is open there already is not listed twice.

    details: never personal data; those of the first listing stay.
    """
    about = {"resident_id": resident_id, "card_id": card_id, "contact_id": contact_id}
    item_id = _listed(session, kind, **about)
    if item_id is not None:
        return item_id
    item = {"kind": kind, "at": now, **about, "details": details or {}}
    return session.execute(insert(DeskItem).values(item).returning(DeskItem.id)).scalar_one()


def list_cards(
    session: Session, kind: DeskKind, cards: Mapping[int, tuple[int, dict[str, Any]]], *, now: datetime
) -> None:
    """The same for many cards that this transaction has locked. cards: resident and details, by the card's id."""
    ids = sorted(cards)
    for start in range(0, len(ids), _IDS_PER_QUERY):
        some = ids[start : start + _IDS_PER_QUERY]
        of_kind = (DeskItem.settled_at.is_(None), DeskItem.kind == kind, DeskItem.card_id.in_(some))
        listed = set(session.scalars(select(DeskItem.card_id).where(*of_kind)))
        items = [
            {"kind": kind, "at": now, "card_id": id_, "resident_id": cards[id_][0], "details": cards[id_][1]}
            for id_ in some
            if id_ not in listed
        ]
        if items:
            session.execute(insert(table_of(DeskItem)), items)  # past the mapper: no objects are wanted


def settle(session: Session, item_id: int, *, now: datetime, by: str) -> bool:
    """Note that somebody settled it; False when it was settled before, which then stays as it was noted."""
    return _change(session, item_id, Happened.DESK_SETTLED, {"settled_at": now, "settled_by": by}, now=now, by=by)


def withdraw(session: Session, kind: DeskKind, *, card_id: int, now: datetime, by: str) -> None:
    """Take what is listed about a card off the list again: its owner thought better of it, or the card is gone."""
    listed = select(DeskItem.id).where(
        DeskItem.settled_at.is_(None), DeskItem.kind == kind, DeskItem.card_id == card_id
    )
    for item_id in session.scalars(listed).all():
        settle(session, item_id, now=now, by=by)


def withdraw_all(session: Session, left: Mapping[int, Stage], *, now: datetime, by: str) -> None:
    """Take off the list what is over for cards that left a stage. left: the stage by card."""
    of_cards = {id_: ABOUT_CARDS[stage] for id_, stage in left.items() if stage in ABOUT_CARDS}
    ids = sorted(of_cards)
    for start in range(0, len(ids), _IDS_PER_QUERY):
        some = DeskItem.card_id.in_(ids[start : start + _IDS_PER_QUERY])
        listed = select(DeskItem.id, DeskItem.kind, DeskItem.card_id).where(DeskItem.settled_at.is_(None), some)
        for item in session.execute(listed.order_by(DeskItem.id)).all():
            if item.kind in of_cards[item.card_id]:
                settle(session, item.id, now=now, by=by)


def settle_gone(session: Session, card_ids: Collection[int], *, now: datetime, by: str) -> None:
    """Settle all that is listed about where these cards waited: they do not wait there any more."""
    kinds = [kind for kinds in ABOUT_CARDS.values() for kind in kinds]
    ids = sorted(card_ids)
    for start in range(0, len(ids), _IDS_PER_QUERY):
        some = DeskItem.card_id.in_(ids[start : start + _IDS_PER_QUERY])
        listed = select(DeskItem.id).where(DeskItem.settled_at.is_(None), DeskItem.kind.in_(kinds), some)
        for item_id in session.scalars(listed).all():
            settle(session, item_id, now=now, by=by)


def reopen(session: Session, item_id: int, *, now: datetime, by: str) -> bool:
    """Put something settled by mistake back on the list; False when it, or the same listed anew, is there already."""
    item = _item(session, item_id)
    if _listed(session, item.kind, **_about(item)) is not None:
        return False
    return _change(session, item_id, Happened.DESK_REOPENED, {"settled_at": None, "settled_by": None}, now=now, by=by)


def _change(
    session: Session, item_id: int, happened: Happened, values: dict[str, Any], *, now: datetime, by: str
) -> bool:
    item = _item(session, item_id)
    was_settled = DeskItem.settled_at.is_not(None)
    changed = session.execute(
        update(DeskItem)
        .where(DeskItem.id == item_id, was_settled if values["settled_at"] is None else ~was_settled)
        .values(values)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has a row count
        return False
    append_fact(session, happened, now=now, by=by, details={"item": item_id, "about": item.kind}, **_about(item))
    return True


def _item(session: Session, item_id: int) -> DeskItem:
    item = session.get(DeskItem, item_id)
    if item is None:
        raise NotFound(f"there is no {item_id} on the desk's list; see: kabar desk")
    return item


def _about(item: DeskItem) -> dict[str, int | None]:
    return {"resident_id": item.resident_id, "card_id": item.card_id, "contact_id": item.contact_id}


def _listed(session: Session, kind: DeskKind, **about: int | None) -> int | None:
    """Return what is open of this kind about the same; of two who list it at once, one waits here and finds it."""
    resident_id = about["resident_id"]
    if resident_id is not None:
        session.get_one(Resident, resident_id, with_for_update={"key_share": True})
    same = [getattr(DeskItem, name).is_not_distinct_from(id_) for name, id_ in about.items()]
    listed = select(DeskItem.id).where(DeskItem.settled_at.is_(None), DeskItem.kind == kind, *same)
    return session.scalar(listed.limit(1))
