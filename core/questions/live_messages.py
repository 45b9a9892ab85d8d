"""Messages in chats that show how far something is: those that are still kept up to date, and what they show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.questions.telling import number_of
from core.store.inbox_tables import InboxUpdate
from core.store.office import seal_of
from core.store.official_tables import LiveMessage
from core.store.words import UpdateState


@dataclass(frozen=True, slots=True)
class Live:
    """account: whose chat it is in. edits: how often it was changed so far."""

    id: int
    account: str
    chat_message_id: int
    about: str
    shown_index: bytes
    edits: int
    changed_at: datetime

    def __repr__(self) -> str:
        """Without the account, which must not reach a log."""
        return f"Live(id={self.id}, about={self.about!r})"


def live_messages(session: Session) -> list[Live]:
    """Return those that are kept up to date, oldest first: one look into an index that is empty otherwise."""
    seal = seal_of(session)
    rows = session.scalars(select(LiveMessage).where(LiveMessage.ended_at.is_(None)).order_by(LiveMessage.id))
    return [
        Live(
            row.id,
            seal.open(row.chat_sealed),
            row.chat_message_id,
            row.about,
            row.shown_index,
            row.edits,
            row.changed_at,
        )
        for row in rows
    ]


def shown_index(session: Session, shown: str) -> bytes:
    """Return by what a message is known to show something already. shown: its text, and its buttons."""
    return seal_of(session).index("live", shown)


def key_of(live_id: int, edits: int) -> str:
    """Return the key under which a change of a message is left, once."""
    return f"live {live_id} {edits}"


def on_their_way(session: Session, messages: Sequence[Live]) -> set[int]:
    """Return the ids of those whose last change has not left yet."""
    numbers = {number_of(session, live.account, key_of(live.id, live.edits)): live.id for live in messages}
    waits = InboxUpdate.state.in_((UpdateState.RECEIVED, UpdateState.DECIDED))
    query = select(InboxUpdate.update_id).where(InboxUpdate.update_id.in_(numbers), waits)
    return {numbers[number] for number in session.scalars(query)}
