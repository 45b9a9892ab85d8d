"""Invitations: one-time links that make whoever opens one an official, once it is confirmed that it was the right one.

1. Of the secret in a link only its HMAC is kept: it is shown once, to whoever invites, and cannot be shown again.
2. A link that is unknown, used, void or past its day gets one same answer; only unknown ones are counted, because only
   they are guesses, and five of a chat lock its links for a day, receipts' and invitations' alike.
3. Opening a link binds nobody: it notes who wants to be an official (see officials.py).
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.actions.proof import Tries
from core.errors import Refused
from core.questions.official_list import OfficialLine, invite_line, live_official, official_line
from core.questions.officials import official_name, telegram_index
from core.questions.region_names import check_region
from core.rules.officials import INVITE_LASTS, Role
from core.store.ids import reserve_ids
from core.store.office import seal_of
from core.store.official_tables import Invite, Official
from core.store.tables import Fact

_SECRET_BYTES = 16
_LONGEST_NAME = 100


class NotOpened(Enum):
    """NOT_GOOD: unknown, used, void or past its day. ALREADY: she who opens it is an official, or about to be one."""

    NOT_GOOD = "not good"
    LOCKED = "locked"
    ALREADY = "already"


@dataclass(frozen=True, slots=True, repr=False)
class Invited:
    """secret: 128 bits, fit for a deep link. Without a representation, so no log gets it."""

    id: int
    region: str
    secret: str
    expires_at: datetime


def draw_invite_secret() -> str:
    """Draw 128 bits that nobody can guess, as they stand in a link."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def invite(session: Session, role: Role, region: str, *, now: datetime, by: str, secret: str | None = None) -> Invited:
    """Make an invitation; several for one region stand side by side. Raises Refused where no such official is for.

    by: whoever invites, whose right to do so was asked before. secret: one that stands on a paper already.
    """
    check_region(session, role, region)
    return invite_all(session, role, [(region, secret or draw_invite_secret())], now=now, by=by)[0]


def invite_all(
    session: Session, role: Role, drawn: Sequence[tuple[str, str]], *, now: datetime, by: str
) -> list[Invited]:
    """Make an invitation for each of these regions. drawn: regions, checked before, each with its secret."""
    seal, expires_at = seal_of(session), now + INVITE_LASTS
    ids = reserve_ids(session, Invite, len(drawn))
    invited = [Invited(id_, region, secret, expires_at) for id_, (region, secret) in zip(ids, drawn, strict=True)]
    made = {"role": role, "made_at": now, "made_by": by, "expires_at": expires_at}
    rows = [{"id": one.id, "region": one.region, "secret_index": seal.index("invite", one.secret)} for one in invited]
    noted = {"at": now, "kind": Happened.OFFICIAL_INVITED, "by": by}
    details = [{"invite": one.id, "role": role, "region": one.region} for one in invited]
    if rows:
        session.execute(insert(Invite), [row | made for row in rows])
        session.execute(insert(Fact), [{**noted, "details": about} for about in details])
    return invited


def void_invite(session: Session, invite_id: int, *, now: datetime, by: str) -> bool:
    """Take an invitation back; False when it was void before. Raises Refused when somebody opened it already."""
    if _void(session, [invite_id], now=now, by=by):
        return True
    if invite_line(session, invite_id).opened_at is not None:
        raise Refused(f"invitation {invite_id} was opened already; see who it was: kabar official list")
    return False


def void_invites_made_by(
    session: Session, made_by: str, *, now: datetime, by: str, role: Role | None = None, regions: Sequence[str] = ()
) -> int:
    """Take back what somebody invited and nobody opened; return how many. role, regions: only these."""
    unopened = select(Invite.id).where(Invite.made_by == made_by, Invite.opened_at.is_(None), Invite.void_at.is_(None))
    if role is not None:
        unopened = unopened.where(Invite.role == role, Invite.region.in_(regions))
    return _void(session, session.scalars(unopened).all(), now=now, by=by)


def open_invite(session: Session, account: str, secret: str, name: str, *, now: datetime) -> OfficialLine | NotOpened:
    """Note that this Telegram account wants to be the official whom the link is for; whoever opens it first does.

    name: what Telegram calls the account.
    """
    links = seal_of(session).index("links-of-chat", account)
    tries = Tries(session, links, links, now)  # of two who open at once, one waits here for the other
    if live_official(session, account) is not None:
        return NotOpened.ALREADY
    if tries.locked():
        return NotOpened.LOCKED
    found = session.execute(
        select(Invite.id, Invite.role, Invite.region, Invite.made_by).where(
            Invite.secret_index == seal_of(session).index("invite", secret)
        )
    ).first()
    if found is None:
        tries.add()
        return NotOpened.LOCKED if tries.locked() else NotOpened.NOT_GOOD
    still = Invite.opened_at.is_(None), Invite.void_at.is_(None), Invite.expires_at > now
    opened = session.execute(update(Invite).where(Invite.id == found.id, *still).values(opened_at=now))
    if opened.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has a row count
        return NotOpened.NOT_GOOD
    wanting = Official(
        telegram_index=telegram_index(session, account),
        telegram_sealed=seal_of(session).seal(account),
        name_sealed=seal_of(session).seal(_shown(name)),
        role=found.role,
        region=found.region,
        invite_id=found.id,
        invited_by=found.made_by,
    )
    session.add(wanting)
    session.flush()
    details = {"invite": found.id, "official": wanting.id, "role": found.role, "region": found.region}
    append_fact(session, Happened.INVITE_OPENED, now=now, by=official_name(wanting.id), details=details)
    return official_line(session, wanting.id)


def _void(session: Session, invite_ids: Sequence[int], *, now: datetime, by: str) -> int:
    if not invite_ids:
        return 0
    unopened = Invite.id.in_(invite_ids), Invite.opened_at.is_(None), Invite.void_at.is_(None)
    ended = session.scalars(update(Invite).where(*unopened).values(void_at=now).returning(Invite.id)).all()
    noted = {"at": now, "kind": Happened.INVITE_VOIDED, "by": by}
    if ended:
        session.execute(insert(Fact), [{**noted, "details": {"invite": invite_id}} for invite_id in sorted(ended)])
    return len(ended)


def _shown(name: str) -> str:
    """In one line, without signs that are not seen: a name must not look like a part of our message."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())[:_LONGEST_NAME]
