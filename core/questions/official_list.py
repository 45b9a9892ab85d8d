"""Who is, was, or is about to be an official, and which invitations are open; who they are stays sealed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, and_, case, func, select
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.questions.officials import telegram_index
from core.questions.points import lies_in
from core.rules.officials import INVITES, Acting, Deed, Role
from core.store.office import seal_of
from core.store.official_tables import Invite, Official


class Standing(StrEnum):
    """WAITING: she opened the link, and nobody confirmed her yet."""

    WAITING = "waiting"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class OfficialLine:
    """since: when she was confirmed; None while nobody did. invited_by: as facts name whoever invited."""

    id: int
    role: Role
    region: str
    standing: Standing
    invited_by: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class InviteLine:
    """An invitation as it was made; opened_at and void_at tell what became of it."""

    id: int
    role: Role
    region: str
    made_at: datetime
    made_by: str
    expires_at: datetime
    opened_at: datetime | None
    void_at: datetime | None


def officials_waiting(session: Session) -> tuple[int, int]:
    """Return how many may act, and how many opened an invitation and wait to be confirmed."""
    not_gone = (Official.removed_at.is_(None), Official.suspended_at.is_(None))
    confirmed = func.sum(case((Official.confirmed_at.is_not(None), 1), else_=0))
    row = session.execute(select(confirmed, func.count()).where(*not_gone)).one()
    active = int(row[0] or 0)
    return active, row[1] - active


_COLUMNS = (
    Official.id,
    Official.role,
    Official.region,
    Official.invited_by,
    Official.confirmed_at,
    Official.suspended_at,
    Official.removed_at,
)
_INVITE_COLUMNS = (
    Invite.id,
    Invite.role,
    Invite.region,
    Invite.made_at,
    Invite.made_by,
    Invite.expires_at,
    Invite.opened_at,
    Invite.void_at,
)


def official_line(session: Session, official_id: int) -> OfficialLine:
    """Return where an official stands; raise NotFound when there never was one with this number."""
    row = session.execute(select(*_COLUMNS).where(Official.id == official_id)).first()
    if row is None:
        raise NotFound(f"there is no official {official_id}; see: kabar official list --all")
    return _line(row)


def live_official(session: Session, account: str) -> OfficialLine | None:
    """Return the official whom a Telegram account is or, once confirmed, will be; also while she is suspended."""
    hers = Official.telegram_index == telegram_index(session, account)
    row = session.execute(select(*_COLUMNS).where(hers, Official.removed_at.is_(None))).first()
    return _line(row) if row else None


def official_lines(session: Session, region: str, *, removed: bool = False) -> list[OfficialLine]:
    """Return the officials within a region, by region and number. removed: also those who are no more."""
    return _lines(session, _within(region, removed=removed))


def officials_of(session: Session, acting: Acting) -> list[OfficialLine]:
    """Return the officials whom this one has charge of (`has_charge_of`), herself left out."""
    if not acting.may(Deed.INVITE):
        return []
    hers = _within(acting.region).where(Official.role.in_(INVITES.get(acting.role, ())))
    return _lines(session, hers.where(Official.id != acting.id) if acting.id else hers)


def villages_with_official(session: Session) -> frozenset[str]:
    """Return the villages that have an official of their own, confirmed or about to be."""
    query = select(Official.region).where(Official.role == Role.VILLAGE, Official.removed_at.is_(None))
    return frozenset(session.scalars(query))


def account_of(session: Session, official_id: int) -> str:
    """Return an official's Telegram account; it goes nowhere but into what is sent to her."""
    sealed = session.scalars(select(Official.telegram_sealed).where(Official.id == official_id)).one()
    return seal_of(session).open(sealed)


def names_of(session: Session, official_ids: Collection[int]) -> dict[int, str]:
    """Return what Telegram calls some officials; see core/actions/showing_officials.py for who is shown it."""
    query = select(Official.id, Official.name_sealed).where(Official.id.in_(official_ids))
    seal = seal_of(session)
    return {row.id: seal.open(row.name_sealed) if row.name_sealed else "" for row in session.execute(query)}


def open_invites(session: Session, *, now: datetime) -> list[InviteLine]:
    """Return the invitations that may still be opened, the newest first."""
    still = and_(Invite.opened_at.is_(None), Invite.void_at.is_(None), Invite.expires_at > now)
    rows = session.execute(select(*_INVITE_COLUMNS).where(still).order_by(Invite.id.desc()))
    return [InviteLine(**row._mapping) for row in rows]


def invite_line(session: Session, invite_id: int) -> InviteLine:
    """Return an invitation; raise NotFound when there never was one with this number."""
    row = session.execute(select(*_INVITE_COLUMNS).where(Invite.id == invite_id)).first()
    if row is None:
        raise NotFound(f"there is no invitation {invite_id}; see: kabar official invites")
    return InviteLine(**row._mapping)


def _within(region: str, *, removed: bool = False) -> Select[*tuple[Any, ...]]:
    """An official of the whole regency lies in it, and in no part of it."""
    query = select(*_COLUMNS).where(lies_in(Official.region, region)).order_by(Official.region, Official.id)
    return query if removed else query.where(Official.removed_at.is_(None))


def _lines(session: Session, query: Select[*tuple[Any, ...]]) -> list[OfficialLine]:
    return [_line(row) for row in session.execute(query)]


def _line(row: Row[*tuple[Any, ...]]) -> OfficialLine:
    return OfficialLine(row.id, row.role, row.region, _standing(row), row.invited_by, row.confirmed_at)


def _standing(row: Row[*tuple[Any, ...]]) -> Standing:
    if row.removed_at is not None:
        return Standing.REMOVED
    if row.confirmed_at is None:
        return Standing.WAITING
    return Standing.SUSPENDED if row.suspended_at is not None else Standing.ACTIVE
