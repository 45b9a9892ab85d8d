"""Turning a broadcast into notices, a bounded chunk at a time; a kill resumes at the cursor that the chunk commits."""

from datetime import date, datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from core.actions.notices import owe_audience
from core.errors import Overtaken
from core.questions.audiences import belongs_to, reached_first_by
from core.questions.proposals import tells_until
from core.rules.delivery import Channel
from core.rules.notices import TABLE, Kind
from core.store.delivery_tables import Broadcast
from core.store.tables import Contact
from core.store.words import BroadcastState

#: Contacts looked at in one transaction, so that none lasts over 50 ms; whoever measures it may look at more.
CHUNK = 1000


def start_broadcast(
    session: Session,
    kind: Kind,
    suspension_id: int | None,
    *,
    sms: bool,
    now: datetime,
    until: date | None = None,
    was: date | None = None,
    proposal_id: int | None = None,
) -> int:
    """Begin a broadcast about a suspension, or of an announcement; its audience is filled by `prepare_some`.

    until, was: the end that it tells of, and the one told before. proposal_id: of the announcement.
    """
    values = {
        "kind": kind,
        "state": BroadcastState.PREPARING,
        "suspension_id": suspension_id,
        "sms": sms,
        "cursor": 0,
        "created_at": now,
        "expected_until": until,
        "was_expected": was,
        "proposal_id": proposal_id,
    }
    return session.execute(insert(Broadcast).values(values).returning(Broadcast.id)).scalar_one()


def prepare_some(session: Session, broadcast_id: int, *, now: datetime, contacts: int = CHUNK) -> int | None:
    """Owe the next chunk of the audience its notices; return how many, or None when the audience is complete.

    contacts: so many are looked at, of people who are in the audience or not; whom none reaches is owed nothing.
    """
    broadcast = session.get_one(Broadcast, broadcast_id)
    if broadcast.state is not BroadcastState.PREPARING:
        return None
    last = _last_of_chunk(session, broadcast, contacts)
    chunk = Contact.resident_id.between(broadcast.cursor + 1, last) if last else None
    _move_on(session, broadcast, last)
    if chunk is None:
        return None
    # Whom the office chose not to pay an SMS for is not owed one, nor to be visited for it.
    channels = [word for word in TABLE[broadcast.kind].channels if broadcast.sms or word is Channel.TELEGRAM]
    audience = reached_first_by(channels, chunk, belongs_to(session, broadcast))
    return owe_audience(session, audience, broadcast, now=now, worthless_after=tells_until(session, broadcast))


def _last_of_chunk(session: Session, broadcast: Broadcast, contacts: int) -> int | None:
    """Return up to which resident so many open contacts go, from the cursor on; None when there are no more.

    Counted in contacts, a chunk costs the same wherever it is: ids may be crowded, or a million of them unreachable.
    """
    further = select(Contact.resident_id).where(Contact.closed_at.is_(None), Contact.resident_id > broadcast.cursor)
    some = further.order_by(Contact.resident_id).limit(contacts).subquery()
    last: int | None = session.scalar(select(func.max(some.c.resident_id)))
    return last


def _move_on(session: Session, broadcast: Broadcast, last: int | None) -> None:
    """Move the cursor before anything is owed, so that of two who prepare at once one waits here, and is refused."""
    moved = session.execute(
        update(Broadcast)
        .where(
            Broadcast.id == broadcast.id,
            Broadcast.cursor == broadcast.cursor,
            Broadcast.state == BroadcastState.PREPARING,
        )
        .values({"cursor": last} if last else {"state": BroadcastState.READY})
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has a row count
        raise Overtaken("somebody else is preparing this broadcast")
