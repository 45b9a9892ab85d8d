"""Being asked by NIK: the durable throttles, and noting who asked."""

from datetime import datetime
from enum import Enum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.rules.asking import PER_CHAT, PREFIX_NIKS, PREFIX_WITHIN, Throttled, throttle
from core.rules.nik import prefix
from core.store.inbox_tables import Asked
from core.store.office import seal_of


class Ask(Enum):
    """What a question by NIK gets, when it is not throttled."""

    ANSWER = "answer"
    RECEIPT_NEEDED = "receipt needed"


def may_ask(
    session: Session, chat_id: int, nik: str, *, now: datetime, asked_at: datetime | None = None
) -> Ask | Throttled:
    """Note a question and return what it gets. A throttled one is not noted: it must not lengthen the wait.

    The same for a NIK that exists and one that does not. asked_at: when it was written, if not now; a night's questions
    that are handled at once in the morning count as they were asked. What was asked since then counts against it too,
    so that nobody gains by being late.
    """
    asked_at = asked_at or now
    seal = seal_of(session)
    chat, asked_nik, asked_prefix = (
        seal.index("chat", str(chat_id)),
        seal.index("nik", nik),
        seal.index("prefix", prefix(nik)),
    )
    longest = max(within for _, within in PER_CHAT)
    recent = select(Asked.at, Asked.nik_index).where(Asked.chat_index == chat, Asked.at > asked_at - longest)
    throttled = throttle([(row.at, row.nik_index) for row in session.execute(recent)], asked_nik, asked_at)
    if throttled is not None:
        return throttled
    session.add(Asked(at=asked_at, chat_index=chat, nik_index=asked_nik, prefix_index=asked_prefix))
    session.flush()
    searched = session.scalar(
        select(func.count(Asked.nik_index.distinct())).where(
            Asked.prefix_index == asked_prefix, Asked.at > now - PREFIX_WITHIN
        )
    )
    return Ask.RECEIPT_NEEDED if (searched or 0) >= PREFIX_NIKS else Ask.ANSWER
