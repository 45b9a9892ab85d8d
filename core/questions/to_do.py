"""Whether there is anything to do for a chore: asked again and again, so each is one look into an index."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.questions.chat_files import lists_to_read
from core.store.delivery_tables import BatchOrder, Broadcast, Notice
from core.store.official_tables import ChatFile
from core.store.words import BatchOrderWord, BroadcastState, NoticeState


def broadcast_to_prepare(session: Session) -> bool:
    """Whether somebody of an audience has no notice yet."""
    return session.scalar(select(Broadcast.id).where(Broadcast.state == BroadcastState.PREPARING).limit(1)) is not None


def cancelled_waits(session: Session) -> bool:
    """Whether something waits in a cancelled batch."""
    return session.scalar(waiting_in_cancelled().limit(1)) is not None


def waiting_in_cancelled() -> Select[int]:
    """The notices that wait in cancelled batches."""
    cancelled = select(BatchOrder.batch).where(BatchOrder.order == BatchOrderWord.CANCELLED)
    return select(Notice.id).where(Notice.batch.in_(cancelled), Notice.state == NoticeState.WAITING)


def list_waits(session: Session) -> bool:
    """Whether a list is to be looked through or taken in, as far as is known without reading it."""
    return session.scalar(lists_to_read().with_only_columns(ChatFile.id).limit(1)) is not None


def silence_is_over(session: Session, *, now: datetime) -> bool:
    """Whether somebody was to answer by now, so that it is to be looked at what she is still owed."""
    return session.scalar(select(Notice.id).where(Notice.unanswered_at <= now).limit(1)) is not None
