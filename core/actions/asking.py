"""Being asked by NIK: the durable throttles, and noting who asked."""

from datetime import datetime
from enum import Enum

from sqlalchemy import bindparam, cast, insert, null, select, union_all
from sqlalchemy.orm import Session

from core.rules.asking import PER_CHAT, PREFIX_NIKS, PREFIX_WITHIN, Throttled, throttle
from core.rules.nik import prefix
from core.store.inbox_tables import Asked
from core.store.office import seal_of
from core.store.ready import run, table_of

_asked = table_of(Asked).c
#: What this chat asked, and (without a moment) the different NIKs that anybody asked for under the prefix.
_BEFORE = union_all(
    select(_asked.at, _asked.nik_index).where(_asked.chat_index == bindparam("chat"), _asked.at > bindparam("since")),
    select(cast(null(), _asked.at.type), _asked.nik_index)
    .where(_asked.prefix_index == bindparam("prefix"), _asked.at > bindparam("searched_since"))
    .distinct(),
)
_NOTE = insert(table_of(Asked))
_LONGEST = max(within for _, within in PER_CHAT)


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
    terms = {"since": asked_at - _LONGEST, "searched_since": now - PREFIX_WITHIN}
    before = run(session, _BEFORE, chat=chat, prefix=asked_prefix, **terms).all()
    throttled = throttle([(row.at, row.nik_index) for row in before if row.at], asked_nik, asked_at)
    if throttled is not None:
        return throttled
    run(session, _NOTE, at=asked_at, chat_index=chat, nik_index=asked_nik, prefix_index=asked_prefix)
    searched = {asked_nik, *(row.nik_index for row in before if row.at is None)}
    return Ask.RECEIPT_NEEDED if len(searched) >= PREFIX_NIKS else Ask.ANSWER
