"""Telling operators and officials something by Telegram: durably, and once.

It stands in the inbox as an update that was decided and has only its reply left to send, so a kill, a restart and a
Telegram that is away are met where answers meet them.
"""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from core.questions.telling import number_of, untold
from core.store.inbox_tables import InboxUpdate
from core.store.office import seal_of
from core.store.per_database import insert_or
from core.store.words import UpdateState


def tell_operators(session: Session, operators: Collection[str], text: str, *, key: str, now: datetime) -> int:
    """Have a text sent to each operator who was not told it yet; return how many that are.

    operators: Telegram account numbers. key: what it is about, as in "week 2026-W47"; under one key each is told once,
    for as long as the numbers of updates are kept (a week at least).
    """
    hear = untold(session, operators, key=key)
    for operator in hear:
        said = {"method": "sendMessage", "chat_id": operator, "text": text}
        leave_calls(session, operator, [said], key=key, now=now)
    return len(hear)


def leave_calls(session: Session, account: str, calls: Sequence[dict[str, Any]], *, key: str, now: datetime) -> None:
    """Leave calls to Telegram for one account, as bot/replies.py writes them; under one key once."""
    seal = seal_of(session)
    row = {
        "update_id": number_of(session, account, key),
        "person_index": seal.index("person", account),
        "body_sealed": seal.seal("{}"),
        "state": UpdateState.DECIDED,
        "received_at": now,
        "failures": 0,
        "replies_sealed": seal.seal(json.dumps(calls)),
        "replies_sent": 0,
    }
    # Whoever tells the same at the same moment is not to fail for it.
    put = insert_or(session, InboxUpdate).values(row)
    session.execute(put.on_conflict_do_nothing(index_elements=["update_id"]))
