"""Officials want many to be told something: at once, or when another official agrees; whoever is told is told once.

1. A proposal is decided once: of two who decide at the same moment the second finds it decided.
2. Who proposed it never agrees to it herself, but for the head of the office after a while, of a stop.
3. What somebody proposed who is no official any more does not go out.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actions.broadcasts import start_broadcast
from core.actions.facts import Happened, append_fact
from core.actions.suspensions import suspend, worth_telling
from core.errors import NotFound, Refused
from core.questions.audiences import announcement_audience, suspension_audience
from core.questions.proposals import counted_in_week, proposer_may_act
from core.rules.announcements import ALONE_AFTER, OPEN_FOR, WEEK, Announcement, Consent, consent_needed, next_allowed
from core.rules.notices import Kind
from core.rules.officials import Acting, Deed, Role, TellingTerms
from core.rules.suspension import Cause, Service
from core.store.office import seal_of
from core.store.official_tables import Proposal
from core.store.per_database import alone_with
from core.store.tables import Suspension
from core.store.words import ProposalKind, ProposalState

_BY_ITSELF = "kabar"
_AT_ONCE = 100


class TooMany(Refused):
    """This region has had its announcements of the week. again_at: when another is possible; None: never."""

    def __init__(self, again_at: datetime | None) -> None:
        super().__init__("this region has had its announcements of the week; KABAR_ANNOUNCEMENTS_A_WEEK says how many")
        self.again_at = again_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What became of it: either it is on its way, or somebody has to agree."""

    id: int | None
    consent: Consent
    people: int
    broadcast_id: int | None = None
    suspension_id: int | None = None


class Verdict(StrEnum):
    """What came of a decision. DONE: it holds; every other one changed nothing but what is said.

    GONE: who proposed it may not act any more, so it is withdrawn. OVER: the stop is over, so it is withdrawn.
    """

    DONE = "done"
    DECIDED = "decided"
    OWN = "own"
    EARLY = "early"
    NOT_HERS = "not-hers"
    GONE = "gone"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Decision:
    """wait: for how long the head of the office still cannot do it alone."""

    verdict: Verdict
    broadcast_id: int | None = None
    wait: timedelta | None = None


def announce(
    session: Session,
    announcement: Announcement,
    *,
    region: str,
    acting: Acting,
    terms: TellingTerms,
    now: datetime,
    sms: bool = False,
) -> Proposed:
    """Have the people of a region told; at once, unless somebody has to agree first. Raises TooMany, Refused."""
    if not acting.may(Deed.ANNOUNCE, region):
        raise Refused("this official may not announce anything there")
    if missing := announcement.missing():
        raise Refused(f"the announcement lacks its {missing}")
    alone_with(session, seal_of(session).index("announcements", region))
    counted = counted_in_week(session, region, since=now - WEEK)
    if again_at := next_allowed(counted, terms.a_week, now):
        raise TooMany(again_at if terms.a_week else None)
    counts = announcement_audience(session, region, sms=sms)
    people = counts.total() - counts[None]
    consent = consent_needed(acting.role, people, terms)
    details = {**announcement.details(), "sms": sms, "consent": str(consent)}
    kind = ProposalKind(announcement.form)
    row = _propose(session, kind, region, details, people=people, acting=acting, now=now)
    broadcast_id = None
    if consent is Consent.NOBODY:
        _decide(session, row, ProposalState.AGREED, now=now, by=acting.by)
        broadcast_id = _send(session, row, now=now)
    return Proposed(id=row.id, consent=consent, people=people, broadcast_id=broadcast_id)


def suspend_by_official(
    session: Session,
    services: tuple[Service, ...],
    *,
    cause: Cause,
    region: str,
    acting: Acting,
    terms: TellingTerms,
    now: datetime,
    since: datetime | None = None,
    until: date | None = None,
    sms: bool = False,
) -> Proposed:
    """Services stop: the answers say so at once; people are told at once, unless a second official has to agree.

    The answers do not wait: whoever asks meanwhile would be told what is known to be wrong, and come for nothing.
    """
    if not acting.may(Deed.SUSPEND, region):
        raise Refused("this official may not stop anything there")
    counts = suspension_audience(session, services, region=region, recorded_since=None, sms=sms, until=until)
    people = counts.total() - counts[None]
    told = worth_telling(session, until, now=now)
    consent = consent_needed(acting.role, people, terms) if told else Consent.NOBODY
    started = suspend(
        session,
        services,
        cause=cause,
        now=now,
        by=acting.by,
        until=until,
        since=since,
        region=region,
        sms=sms,
        held=consent is not Consent.NOBODY,
    )
    stop = started.suspension_id
    if consent is Consent.NOBODY:
        on_its_way = started.broadcast_id
        return Proposed(id=None, consent=consent, people=people, broadcast_id=on_its_way, suspension_id=stop)
    details = {"suspension": stop, "sms": sms, "consent": str(consent)}
    row = _propose(session, ProposalKind.SUSPENSION, region, details, people=people, acting=acting, now=now)
    return Proposed(id=row.id, consent=consent, people=people, suspension_id=stop)


def agree(session: Session, proposal_id: int, *, acting: Acting, now: datetime) -> Decision:
    """Let it go out, unless something stands in its way; whoever agrees second finds it decided."""
    row = _locked(session, proposal_id)
    if (verdict := _in_the_way(row, acting)) is not None:
        return Decision(verdict)
    if _is_hers(row, acting):
        alone = row.kind is ProposalKind.SUSPENSION and acting.role is Role.HEAD
        wait = row.made_at + ALONE_AFTER - now
        if not alone:
            return Decision(Verdict.OWN)
        if wait > timedelta():
            return Decision(Verdict.EARLY, wait=wait)
    gone = not proposer_may_act(session, row)
    if gone or _is_over(session, row):
        _decide(session, row, ProposalState.WITHDRAWN, now=now, by=_BY_ITSELF)
        return Decision(Verdict.GONE if gone else Verdict.OVER)
    _decide(session, row, ProposalState.AGREED, now=now, by=acting.by)
    return Decision(Verdict.DONE, broadcast_id=_send(session, row, now=now))


def refuse(session: Session, proposal_id: int, *, acting: Acting, now: datetime) -> Decision:
    """It does not go out."""
    row = _locked(session, proposal_id)
    if (verdict := _in_the_way(row, acting)) is not None:
        return Decision(verdict)
    state = ProposalState.WITHDRAWN if _is_hers(row, acting) else ProposalState.REFUSED
    _decide(session, row, state, now=now, by=acting.by)
    return Decision(Verdict.DONE)


def withdraw(session: Session, proposal_id: int, *, acting: Acting, now: datetime) -> Decision:
    """Whoever proposed it takes it back."""
    row = _locked(session, proposal_id)
    if not _is_hers(row, acting):
        return Decision(Verdict.NOT_HERS)
    if row.state is not ProposalState.OPEN:
        return Decision(Verdict.DECIDED)
    _decide(session, row, ProposalState.WITHDRAWN, now=now, by=acting.by)
    return Decision(Verdict.DONE)


def withdraw_stale(session: Session, *, now: datetime) -> int:
    """Withdraw some of what nobody decided for a week, or that is over or of no official any more; return how many."""
    rows = session.scalars(
        select(Proposal)
        .where(Proposal.state == ProposalState.OPEN)
        .order_by(Proposal.id)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    stale = [
        row
        for row in rows
        if row.made_at <= now - OPEN_FOR or _is_over(session, row) or not proposer_may_act(session, row)
    ]
    for row in stale:
        _decide(session, row, ProposalState.WITHDRAWN, now=now, by=_BY_ITSELF)
    return len(stale)


def _locked(session: Session, proposal_id: int) -> Proposal:
    """Locked, so that of two who decide at once the second sees what the first did."""
    row = session.get(Proposal, proposal_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(f"there is no proposal {proposal_id}; see: kabar proposals")
    return row


def _in_the_way(row: Proposal, acting: Acting) -> Verdict | None:
    if not acting.may(Deed.AGREE, row.region):
        return Verdict.NOT_HERS
    return None if row.state is ProposalState.OPEN else Verdict.DECIDED


def _is_hers(row: Proposal, acting: Acting) -> bool:
    """Operators by the settings cannot be told apart: none of them agrees to what one of them proposed."""
    return row.by == acting.by


def _is_over(session: Session, row: Proposal) -> bool:
    if row.kind is not ProposalKind.SUSPENSION:
        return False
    stop = session.get(Suspension, row.details["suspension"], populate_existing=True)
    return stop is None or stop.resumed_at is not None


def _propose(
    session: Session,
    kind: ProposalKind,
    region: str,
    details: dict[str, Any],
    *,
    people: int,
    acting: Acting,
    now: datetime,
) -> Proposal:
    row = Proposal(
        kind=kind,
        state=ProposalState.OPEN,
        region=region,
        details=details,
        people=people,
        official_id=acting.id,
        by=acting.by,
        made_at=now,
    )
    session.add(row)
    session.flush()
    _fact(session, Happened.PROPOSED, row, now=now, by=acting.by)
    return row


_FACTS = {
    ProposalState.AGREED: Happened.PROPOSAL_AGREED,
    ProposalState.REFUSED: Happened.PROPOSAL_REFUSED,
    ProposalState.WITHDRAWN: Happened.PROPOSAL_WITHDRAWN,
}


def _decide(session: Session, row: Proposal, state: ProposalState, *, now: datetime, by: str) -> None:
    """The row is locked, or of this transaction."""
    row.state, row.decided_at, row.decided_by = state, now, by
    session.flush()
    _fact(session, _FACTS[state], row, now=now, by=by)


def _send(session: Session, row: Proposal, *, now: datetime) -> int:
    sms = bool(row.details.get("sms"))
    if row.kind is not ProposalKind.SUSPENSION:
        return start_broadcast(session, Kind.ANNOUNCED, None, sms=sms, now=now, proposal_id=row.id)
    stop = session.get_one(Suspension, row.details["suspension"])
    until = stop.expected_until
    return start_broadcast(session, Kind.SUSPENDED, stop.id, sms=sms, now=now, until=until, proposal_id=row.id)


def _fact(session: Session, kind: Happened, row: Proposal, *, now: datetime, by: str) -> None:
    details = {"proposal": row.id, "kind": str(row.kind), "region": row.region, "people": row.people}
    append_fact(session, kind, now=now, by=by, details=details)
