"""An operator's word about a notice in doubt: it was sent, or it is to be sent again.

1. What was in doubt is one message, so her word holds for every notice that this message carried.
2. Sent again means a new message with a number of its own: whatever is still heard of the old one moves only that.
3. If the provider says after all that it has the old one, what waits to be sent again counts as told
   (`arrived_after_all`).
4. Each word is a fact; of two who give theirs at once, the second is refused.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.errors import NotFound, Overtaken, Refused
from core.questions.doubts import doubted, what_stands_against
from core.questions.sending import locked_message
from core.store.delivery_tables import Message, MessageNotice, Notice
from core.store.words import MessageState, NoticeState


class Resolution(StrEnum):
    """SENT: she has it. AGAIN: she has it not, or may well have it twice."""

    SENT = "sent"
    AGAIN = "again"


_WHY = "resolved: {}"
_AGAIN = _WHY.format(Resolution.AGAIN)


def resolve_notice(session: Session, notice_id: int, as_: Resolution, *, now: datetime, by: str) -> list[int]:
    """End a notice's doubt, and that of what its message carried with it; return the ids of all that moved.

    Raises NotFound; Refused when it is not in doubt, or when sending it again would be in vain, with the fix;
    Overtaken when somebody else was quicker.
    """
    notice = session.get(Notice, notice_id)
    if notice is None:
        raise NotFound(f"there is no notice {notice_id}; see: kabar notices --doubt")
    message_id = notice.message_id
    message = locked_message(session, message_id) if message_id is not None else None
    if notice.state is not NoticeState.IN_DOUBT:
        raise Refused(f"notice {notice_id} is {notice.state}, not in doubt; see: kabar notice {notice_id}")
    if as_ is Resolution.AGAIN and (against := what_stands_against(session, notice, now=now)):
        raise Refused(f"notice {notice_id} cannot be sent again: {against}")
    if not _move(session, notice, as_, now=now):
        raise Overtaken(f"somebody else resolved notice {notice_id} at this moment; see: kabar notice {notice_id}")
    moved = [notice_id, *_move_others(session, message_id, as_, now=now)]
    if message is not None and message.state is MessageState.UNSURE and as_ is Resolution.SENT:
        message.state, message.check_at = MessageState.SENT, None
    _note(session, notice, as_, moved, now=now, by=by)
    session.flush()
    return moved


def arrived_after_all(session: Session, message: Message, *, now: datetime) -> int:
    """End as told what waits to be sent again, because the provider says that it has the message that was in doubt.

    What started again already is not called back; return how many ended.
    """
    carried = select(MessageNotice.notice_id).where(MessageNotice.message_id == message.id)
    waits_again = (Notice.state == NoticeState.WAITING, Notice.message_id.is_(None), Notice.why == _AGAIN)
    told = {"state": NoticeState.TOLD, "message_id": message.id, "ended_at": now, "why": None}
    return _count(session, Notice.id.in_(carried), *waits_again, **told)


def _move(session: Session, notice: Notice, as_: Resolution, *, now: datetime) -> bool:
    """Move one notice out of doubt; False if it is in doubt no more."""
    moved: dict[str, Any] = {"state": NoticeState.TOLD, "why": _WHY.format(Resolution.SENT)}
    if as_ is Resolution.AGAIN:
        nothing = {"message_id": None, "ended_at": None, "unanswered_at": None}
        moved = {"state": NoticeState.WAITING, "why": _AGAIN, "due_at": now, **nothing}
    changed = _count(session, Notice.id == notice.id, Notice.state == NoticeState.IN_DOUBT, **moved)
    session.expire(notice)
    return changed == 1


def _move_others(session: Session, message_id: int | None, as_: Resolution, *, now: datetime) -> list[int]:
    """Move what else the message carried, unless that would be in vain: such a one stays in doubt."""
    if message_id is None:
        return []
    return [
        other.id
        for other in doubted(session, message_id)
        if (as_ is Resolution.SENT or not what_stands_against(session, other, now=now))
        and _move(session, other, as_, now=now)
    ]


def _note(session: Session, notice: Notice, as_: Resolution, moved: list[int], *, now: datetime, by: str) -> None:
    details = {"as": as_, "notices": moved}
    ids = {"resident_id": notice.resident_id, "card_id": notice.card_id, "letter_id": notice.letter_id}
    append_fact(session, Happened.NOTICE_RESOLVED, now=now, by=by, details=details, **ids)


def _count(session: Session, *which: Any, **values: Any) -> int:
    changed = session.execute(update(Notice).where(*which).values(values).execution_options(synchronize_session=False))
    return changed.rowcount if isinstance(changed, CursorResult) else 0
