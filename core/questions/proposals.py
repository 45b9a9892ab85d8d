"""What officials want many to be told: what is open, what it would say, and what stands in its way."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.questions.regions import office_zone, places
from core.questions.suspensions import note_of
from core.rules.announcements import Form, announcement_from
from core.rules.notices import Kind, NoticeWords
from core.rules.officials import MAY, Acting, Deed, Role
from core.rules.suspension import within
from core.store.delivery_tables import Broadcast, Notice
from core.store.many import by_key
from core.store.office import seal_of
from core.store.official_tables import Official, Proposal
from core.store.tables import Suspension
from core.store.words import ProposalKind, ProposalState

FORMS = tuple(ProposalKind(form) for form in Form)
_DAY = timedelta(days=1)
_MAY_ACT = (Official.confirmed_at.is_not(None), Official.suspended_at.is_(None), Official.removed_at.is_(None))


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal as a list shows it. people: whom it would reach, when it was made. sms: also by SMS."""

    id: int
    kind: str
    state: ProposalState
    region: str
    details: dict[str, Any]
    people: int
    official_id: int | None
    by: str
    made_at: datetime
    decided_at: datetime | None
    decided_by: str | None

    @property
    def sms(self) -> bool:
        return bool(self.details.get("sms"))

    @property
    def is_suspension(self) -> bool:
        return self.kind == ProposalKind.SUSPENSION


def proposal_line(session: Session, proposal_id: int) -> ProposalLine | None:
    """Return one proposal, as it stands."""
    row = session.get(Proposal, proposal_id, populate_existing=True)
    return _line(row) if row else None


def open_proposals(session: Session, region: str | None = None) -> list[ProposalLine]:
    """Return what waits to be agreed to, oldest first. region: only what lies in it."""
    rows = session.scalars(select(Proposal).where(Proposal.state == ProposalState.OPEN).order_by(Proposal.id))
    return [_line(row) for row in rows if region is None or within(row.region, region)]


def newest_proposals(session: Session, *, most: int = 20) -> list[ProposalLine]:
    """Return the newest proposals, whatever became of them."""
    return [_line(row) for row in session.scalars(select(Proposal).order_by(Proposal.id.desc()).limit(most))]


def counted_in_week(session: Session, region: str, *, since: datetime) -> list[datetime]:
    """Return when each announcement in exactly this region went out, or was made where it is still open."""
    counts = func.coalesce(Proposal.decided_at, Proposal.made_at)
    query = select(Proposal.decided_at, Proposal.made_at).where(
        Proposal.region == region,
        Proposal.kind.in_(FORMS),
        Proposal.state.in_((ProposalState.OPEN, ProposalState.AGREED)),
        counts > since,
    )
    return [row.decided_at or row.made_at for row in session.execute(query)]


def proposals_of(session: Session, notices: Iterable[Notice]) -> dict[int, Proposal]:
    """Return, per broadcast, the announcement that its notices are."""
    broadcasts = by_key(session, Broadcast, (notice.broadcast_id for notice in notices))
    known = by_key(session, Proposal, (one.proposal_id for one in broadcasts.values()))
    return {one.id: known[one.proposal_id] for one in broadcasts.values() if one.proposal_id is not None}


def tells_until(session: Session, broadcast: Broadcast) -> datetime | None:
    """Return when what a broadcast tells of is over, where that is known: a service day with its day."""
    if broadcast.kind is not Kind.ANNOUNCED:
        return None
    proposal = session.get_one(Proposal, broadcast.proposal_id)
    day = announcement_from(proposal.kind, proposal.details).day
    if proposal.kind is not ProposalKind.SERVICE_DAY or day is None:
        return None
    return datetime.combine(day + _DAY, time(), office_zone(session))


def words_of(session: Session, proposal: Proposal | ProposalLine) -> NoticeWords:
    """Return what people are told, or would be."""
    if proposal.kind == ProposalKind.SUSPENSION:
        stop = session.get_one(Suspension, proposal.details["suspension"])
        return NoticeWords(kind=Kind.SUSPENDED, suspension=note_of(stop, office_zone(session)))
    return announcement_words(session, proposal.kind, proposal.region, proposal.details)


def announcement_words(session: Session, form: str, region: str, details: dict[str, Any]) -> NoticeWords:
    """The same of what is not proposed yet."""
    place = places(session, [region]).get(region)
    return NoticeWords(kind=Kind.ANNOUNCED, announcement=announcement_from(form, details), place=place)


def is_held(session: Session, suspension_id: int) -> bool:
    """Whether telling of this stop waits for a second official."""
    rows = session.scalars(
        select(Proposal).where(Proposal.state == ProposalState.OPEN, Proposal.kind == ProposalKind.SUSPENSION)
    )
    return any(row.details.get("suspension") == suspension_id for row in rows)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where what a broadcast tells comes from. by: who proposed it; None of a stop that nobody had to agree to."""

    region: str
    by: str | None


def origin_of(session: Session, broadcast_id: int) -> Origin | None:
    """Return where what a broadcast tells comes from; None where there is no such announcement or stop."""
    broadcast = session.get(Broadcast, broadcast_id)
    if broadcast is None:
        return None
    if broadcast.proposal_id is not None:
        proposal = session.get_one(Proposal, broadcast.proposal_id)
        return Origin(proposal.region, proposal.by)
    stop = session.get(Suspension, broadcast.suspension_id)
    return Origin(stop.region, None) if stop else None


def proposer_may_act(session: Session, proposal: Proposal) -> bool:
    """Whether whoever made it still is an official who may: not removed, not suspended, and of that region."""
    if proposal.official_id is None:
        return True
    query = select(Official.role, Official.region).where(Official.id == proposal.official_id, *_MAY_ACT)
    row = session.execute(query).first()
    deed = Deed.SUSPEND if proposal.kind is ProposalKind.SUSPENSION else Deed.ANNOUNCE
    return row is not None and Acting(None, row.role, row.region, "").may(deed, proposal.region)


def account_of(session: Session, official_id: int) -> str | None:
    """Return the Telegram account of an official who may act; None of one who may not."""
    sealed = session.scalar(select(Official.telegram_sealed).where(Official.id == official_id, *_MAY_ACT))
    return seal_of(session).open(sealed) if sealed else None


def who_may_agree(session: Session, region: str, *, operators: Collection[str], besides: int | None) -> list[str]:
    """Return the Telegram accounts of all who may agree to something in this region. besides: not this official."""
    rows = session.execute(_deciding())
    accounts = [
        seal_of(session).open(row.telegram_sealed) for row in rows if row.id != besides and within(region, row.region)
    ]
    return list(dict.fromkeys([*accounts, *sorted(operators)]))


def _deciding() -> Select[int, bytes, str]:
    roles: list[Role] = sorted(MAY[Deed.AGREE])
    return select(Official.id, Official.telegram_sealed, Official.region).where(Official.role.in_(roles), *_MAY_ACT)


def _line(row: Proposal) -> ProposalLine:
    return ProposalLine(
        row.id,
        row.kind,
        row.state,
        row.region,
        row.details,
        row.people,
        row.official_id,
        row.by,
        row.made_at,
        row.decided_at,
        row.decided_by,
    )
