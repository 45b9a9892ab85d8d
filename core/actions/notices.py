"""Owing people notices: one per person and fact, put in the same transaction as what happened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CursorResult, Select, insert, literal
from sqlalchemy.orm import Session

from core.questions.contacts import channels_of
from core.rules.delivery import Channel
from core.rules.notices import TABLE, Kind
from core.store.delivery_tables import Broadcast, Notice
from core.store.per_database import insert_or
from core.store.ready import run_all, table_of
from core.store.words import NoticeState

_PUT = insert(table_of(Notice))


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """Who is owed what because of which fact or broadcast. worthless_after: where that is sooner than its kind says.

    due_at: when it may leave, where that is not at once.
    """

    kind: Kind
    resident_id: int
    fact_id: int | None = None
    broadcast_id: int | None = None
    card_id: int | None = None
    letter_id: int | None = None
    contact_id: int | None = None
    due_at: datetime | None = None
    worthless_after: datetime | None = None


def owe(
    session: Session,
    debts: Sequence[Debt],
    *,
    now: datetime,
    batch: str | None = None,
    only: frozenset[Channel] = frozenset(Channel),
) -> None:
    """Put a notice for each debt, waiting for the first channel that reaches the person.

    batch: the origin, when it is more than an act on a single card; batches are served in turn.
    only: the channels that may be used (a suspension goes by SMS only when the office says so).
    Who has no address for it gets a notice that ends at once as unreachable, so that she is on the list of
    people to visit.
    """
    if not debts:
        return
    reach = channels_of(session, {debt.resident_id for debt in debts})
    rows = []
    for debt in debts:
        rule = TABLE[debt.kind]
        due = max(now, debt.due_at or now)
        channel = next_channel(rule.channels, reach.get(debt.resident_id, frozenset()) & only)
        rows.append(
            {
                "kind": debt.kind,
                "resident_id": debt.resident_id,
                "card_id": debt.card_id,
                "letter_id": debt.letter_id,
                "contact_id": debt.contact_id,
                "fact_id": debt.fact_id,
                "broadcast_id": debt.broadcast_id,
                "batch": batch,
                "channel": channel,
                "state": NoticeState.WAITING if channel else NoticeState.UNREACHABLE,
                "created_at": now,
                "due_at": due,
                "worthless_after": min(due + rule.lives, debt.worthless_after or due + rule.lives),
                "ended_at": None if channel else now,
                "why": None if channel else "no address",
            }
        )
    run_all(session, _PUT, rows)  # past the mapper, which makes a statement of each few rows that lack the same


def owe_audience(
    session: Session,
    audience: Select[int, Channel],
    broadcast: Broadcast,
    *,
    now: datetime,
    worthless_after: datetime | None = None,
) -> int:
    """Put a notice of a broadcast for each of these residents, waiting for this channel; return for how many.

    Who has hers already gets no second one. worthless_after: where that is sooner than its kind says.
    """
    lives_until = now + TABLE[broadcast.kind].lives
    person, channel = audience.selected_columns
    values = {
        "kind": broadcast.kind,
        "broadcast_id": broadcast.id,
        "batch": f"broadcast:{broadcast.id}",
        "state": NoticeState.WAITING,
        "created_at": now,
        "due_at": now,
        "worthless_after": min(lives_until, worthless_after or lives_until),
    }
    columns = Notice.__table__.c
    same = [literal(value, columns[name].type) for name, value in values.items()]
    put = insert_or(session, Notice).from_select(
        ["resident_id", "channel", *values], audience.with_only_columns(person, channel, *same)
    )
    once = put.on_conflict_do_nothing(index_elements=["broadcast_id", "resident_id"])
    result = session.execute(once, execution_options={"preserve_rowcount": True})
    return result.rowcount if isinstance(result, CursorResult) else 0


def next_channel(order: Iterable[Channel], usable: frozenset[Channel]) -> Channel | None:
    """Return the first channel of the rule's order that can be used."""
    return next((channel for channel in order if channel in usable), None)
