"""What is in doubt: nobody knows whether she has it, and only an operator can say. All that is known to decide by.

Ids, codes and moments only: never an address, never a text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from core.questions.addresses import address_for
from core.questions.notices import Try, tries_of
from core.questions.overtaken import still_true
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.rules.retry import LOOKS
from core.store.delivery_tables import BatchOrder, Message, MessageNotice, Notice
from core.store.words import BatchOrderWord, NoticeState


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One notice in doubt. together: all notices in doubt that its message carried; her word moves them all.

    why: what brought it here, if not a lost answer. looks: how often the provider's list was looked through in vain.
    receipt: whether the provider ever said anything of its message. against: why it cannot be sent again; None: it can.
    """

    id: int
    kind: Kind
    channel: Channel | None
    since: datetime | None
    why: str | None
    worthless_after: datetime
    tries: tuple[Try, ...]
    together: tuple[int, ...]
    looks: int
    receipt: bool
    provider_id: str | None
    against: str | None


def count_in_doubt(session: Session) -> int:
    """Return how many notices are in doubt."""
    # In the very words of the index of what is in doubt.
    return session.scalar(select(func.count()).select_from(Notice).where(text("notice.state = 'in-doubt'"))) or 0


def in_doubt(session: Session, *, now: datetime, most: int) -> list[Doubt]:
    """Return notices in doubt, newest first."""
    query = select(Notice).where(Notice.state == NoticeState.IN_DOUBT).order_by(Notice.id.desc()).limit(most)
    return [doubt_about(session, notice, now=now) for notice in session.scalars(query)]


def doubt_about(session: Session, notice: Notice, *, now: datetime) -> Doubt:
    """Return what is known of one notice in doubt."""
    tries = tuple(tries_of(session, notice.id))
    message = session.get(Message, notice.message_id) if notice.message_id is not None else None
    known = [one.provider_id for one in tries if message and one.message_id == message.id and one.provider_id]
    return Doubt(
        id=notice.id,
        kind=notice.kind,
        channel=notice.channel,
        since=notice.ended_at,
        why=notice.why,
        worthless_after=notice.worthless_after,
        tries=tries,
        together=_together(session, notice),
        looks=_looks_made(message),
        receipt=message is not None and message.rank > 0,
        provider_id=known[-1] if known else None,
        against=what_stands_against(session, notice, now=now),
    )


def what_stands_against(session: Session, notice: Notice, *, now: datetime) -> str | None:
    """Return why telling her now would be in vain, with the fix where there is one; None: nothing does."""
    id_ = notice.id
    if notice.answer is not None:
        return f"she pressed {notice.answer} below it, so she has it; say so with: kabar notice resolve {id_} sent"
    if notice.worthless_after <= now:
        return "it is too late for it to be worth anything; leave it, or call her"
    if not still_true(session, notice):
        return "what it says is true no longer, or was said anew meanwhile; leave it"
    order = select(BatchOrder.order).where(BatchOrder.batch == notice.batch)
    if notice.batch is not None and session.scalar(order) is BatchOrderWord.CANCELLED:
        return f"its batch {notice.batch} was cancelled; leave it"
    if notice.channel is None or address_for(session, notice, notice.channel) is None:
        return (
            f"her address for {notice.channel} is closed or erased; add one (kabar contact add) and say it again then, "
            "or have somebody visit her"
        )
    return None


def _together(session: Session, notice: Notice) -> tuple[int, ...]:
    return (notice.id,) if notice.message_id is None else tuple(one.id for one in doubted(session, notice.message_id))


def doubted(session: Session, message_id: int) -> Sequence[Notice]:
    """Return the notices in doubt that a message carried last."""
    carried = select(MessageNotice.notice_id).where(MessageNotice.message_id == message_id)
    query = select(Notice).where(
        Notice.id.in_(carried), Notice.message_id == message_id, Notice.state == NoticeState.IN_DOUBT
    )
    return session.scalars(query.order_by(Notice.id)).all()


def _looks_made(message: Message | None) -> int:
    """A message's doubts count the look that comes next too, until the last was made."""
    if message is None or message.channel is not Channel.SMS:
        return 0
    return message.doubts if message.doubts >= len(LOOKS) and message.check_at is None else max(0, message.doubts - 1)
