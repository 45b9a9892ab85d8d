"""Officials: confirmed by a press of whoever invited, suspended, taken back, removed; each at once.

1. Only `confirm_official` lets anybody act; nothing that she who opened a link does herself is enough.
2. Suspended or removed, she may do nothing from this transaction on (`acting_of` asks each time), what she proposed and
   nobody agreed to yet is withdrawn in it, and when she is removed the links that she handed out are void.
3. A removed official never comes back by herself: it takes a new invitation.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.actions.invites import void_invites_made_by
from core.errors import Refused
from core.questions.official_list import OfficialLine, Standing, official_line
from core.questions.officials import official_name
from core.store.official_tables import Official, Proposal
from core.store.words import ProposalState

_LIVE = Official.removed_at.is_(None)
_WAITS = Official.confirmed_at.is_(None)
_CONFIRMED = Official.confirmed_at.is_not(None)
_SUSPENDED = Official.suspended_at.is_not(None)


def confirm_official(session: Session, official_id: int, *, now: datetime, by: str) -> int | None:
    """Let her act from now on; return the fact, None when she was confirmed before. Refused once she is removed."""
    values = {"confirmed_at": now}
    fact_id = _change(session, official_id, Happened.OFFICIAL_CONFIRMED, values, _WAITS, _LIVE, now=now, by=by)
    if fact_id is None:
        _must_be(session, official_id, Standing.ACTIVE, Standing.SUSPENDED)
    return fact_id


def refuse_official(session: Session, official_id: int, *, now: datetime, by: str) -> int | None:
    """It was somebody else who opened the link; return the fact, None when she was refused or removed before.

    What Telegram calls a stranger is forgotten. Raises Refused when she is confirmed already: she has to be removed.
    """
    values = {"removed_at": now, "name_sealed": None}
    fact_id = _change(session, official_id, Happened.OFFICIAL_REFUSED, values, _WAITS, _LIVE, now=now, by=by)
    if fact_id is None:
        _must_be(session, official_id, Standing.REMOVED)
    return fact_id


def suspend_official(session: Session, official_id: int, *, now: datetime, by: str) -> int | None:
    """She may do nothing until she is back; return the fact, None when she is suspended already."""
    values = {"suspended_at": now}
    is_at_work = _CONFIRMED, _LIVE, ~_SUSPENDED
    fact_id = _change(session, official_id, Happened.OFFICIAL_SUSPENDED, values, *is_at_work, now=now, by=by)
    if fact_id is None:
        _must_be(session, official_id, Standing.SUSPENDED)
    else:
        _withdraw_proposals(session, official_id, now=now, by=by)
    return fact_id


def take_official_back(session: Session, official_id: int, *, now: datetime, by: str) -> int | None:
    """End a suspension; return the fact, None when she is not suspended. What was withdrawn stays so."""
    values = {"suspended_at": None}
    is_suspended = _CONFIRMED, _LIVE, _SUSPENDED
    fact_id = _change(session, official_id, Happened.OFFICIAL_BACK, values, *is_suspended, now=now, by=by)
    if fact_id is None:
        _must_be(session, official_id, Standing.ACTIVE)
    return fact_id


def remove_official(session: Session, official_id: int, *, now: datetime, by: str) -> int | None:
    """She is no official any more, for good; return the fact, None when she was removed before."""
    fact_id = _change(session, official_id, Happened.OFFICIAL_REMOVED, {"removed_at": now}, _LIVE, now=now, by=by)
    if fact_id is None:
        _must_be(session, official_id, Standing.REMOVED)
    else:
        _withdraw_proposals(session, official_id, now=now, by=by)
        void_invites_made_by(session, official_name(official_id), now=now, by=by)
    return fact_id


def _change(
    session: Session,
    official_id: int,
    happened: Happened,
    values: dict[str, Any],
    *seen: ColumnElement[bool],
    now: datetime,
    by: str,
) -> int | None:
    """Change her if she still stands as seen; of two who do the same at once, one finds that it is done."""
    changed = session.execute(update(Official).where(Official.id == official_id, *seen).values(values))
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has a row count
        return None
    line = official_line(session, official_id)
    details = {"official": official_id, "role": line.role, "region": line.region}
    return append_fact(session, happened, now=now, by=by, details=details)


def _must_be(session: Session, official_id: int, *standings: Standing) -> OfficialLine:
    """Raise NotFound, or Refused with what to do instead, unless it is so already."""
    line = official_line(session, official_id)
    if line.standing not in standings:
        raise Refused(f"official {official_id} {_INSTEAD[line.standing]}")
    return line


_INSTEAD = {
    Standing.WAITING: "is not confirmed yet; first: kabar official confirm ID (or refuse ID)",
    Standing.ACTIVE: "is confirmed and at work; see: kabar official suspend ID, or remove ID",
    Standing.SUSPENDED: "is suspended; first: kabar official back ID, or for good: kabar official remove ID",
    Standing.REMOVED: "is removed, and comes back only by a new link: kabar official invite",
}


def _withdraw_proposals(session: Session, official_id: int, *, now: datetime, by: str) -> Sequence[int]:
    """Nobody is told any more what she wanted told and nobody agreed to."""
    still_open = Proposal.official_id == official_id, Proposal.state == ProposalState.OPEN
    ended = update(Proposal).where(*still_open)
    ended = ended.values(state=ProposalState.WITHDRAWN, decided_at=now, decided_by=by)
    rows = session.execute(ended.returning(Proposal.id, Proposal.kind)).all()
    for row in sorted(rows, key=lambda row: row.id):
        details = {"proposal": row.id, "kind": row.kind, "official": official_id}
        append_fact(session, Happened.PROPOSAL_WITHDRAWN, now=now, by=by, details=details)
    return [row.id for row in rows]
