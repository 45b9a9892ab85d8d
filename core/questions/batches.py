"""Batches: notices with one origin. What each is about, how far it is, and what an operator ordered about it.

A batch has no row of its own: its name stands in its notices, and says which broadcast, import, print plan or call it
came from.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from core.errors import InputError, NotFound
from core.questions.suspensions import services_of
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.rules.suspension import Service
from core.store.delivery_tables import BatchOrder, Broadcast, Notice
from core.store.official_tables import PickupCall, Proposal
from core.store.tables import ImportRun, Suspension
from core.store.words import REACHED, BatchOrderWord, BroadcastState, NoticeState
from core.store.work_tables import PrintPlan

_BROADCAST, _IMPORT, _PRINT, _CALL, _OFF = "broadcast", "import", "print", "call", "off"
_NAME = re.compile(r"([a-z]+):([0-9]{1,12})")
_OPEN = (NoticeState.WAITING, NoticeState.SENDING)
#: Every name, one index seek each, however many notices there are.
_NAMES = text(
    "WITH RECURSIVE named (batch) AS (SELECT min(batch) FROM notice WHERE batch IS NOT NULL UNION ALL "
    "SELECT (SELECT min(batch) FROM notice WHERE batch > named.batch) FROM named WHERE named.batch IS NOT NULL) "
    "SELECT batch FROM named WHERE batch IS NOT NULL"
)
#: The same of what waits for one channel.
_WAITING_NAMES = text(
    "WITH RECURSIVE named (batch) AS (SELECT min(batch) FROM notice WHERE state = 'waiting' AND channel = :channel "
    "AND batch IS NOT NULL UNION ALL SELECT (SELECT min(batch) FROM notice WHERE state = 'waiting' AND "
    "channel = :channel AND batch > named.batch) FROM named WHERE named.batch IS NOT NULL) "
    "SELECT batch FROM named WHERE batch IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class About:
    """What a batch came from.

    kind, services, since: of a suspension's broadcast; as_of: the day an import spoke of; plan_id: what was printed;
    call_id, point: of a village's call; form, region: of an announcement.
    """

    kind: Kind | None = None
    suspension_id: int | None = None
    services: tuple[Service, ...] = ()
    since: datetime | None = None
    as_of: date | None = None
    plan_id: int | None = None
    call_id: int | None = None
    point: str | None = None
    form: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as a list shows it. begun: None when nobody knows. preparing: more notices are still being put."""

    name: str
    about: About
    begun: datetime | None
    preparing: bool
    order: BatchOrderWord | None
    ordered_at: datetime | None
    states: Counter[NoticeState]

    @property
    def total(self) -> int:
        return self.states.total()

    @property
    def waiting(self) -> int:
        return self.states[NoticeState.WAITING]

    @property
    def ended(self) -> int:
        return self.total - sum(self.states[state] for state in _OPEN)

    @property
    def reached(self) -> int:
        """How many were told, or may have been."""
        return sum(self.states[state] for state in REACHED)

    @property
    def is_open(self) -> bool:
        return self.preparing or self.ended < self.total


def broadcast_of(batch: str) -> int | None:
    """Return the broadcast that a batch is, by its name; None if it is another kind of batch."""
    return _id_of(batch, _BROADCAST)


def check_known(session: Session, batch: str) -> None:
    """Raise NotFound if there is no such batch."""
    if (
        not _about_row(session, batch)
        and session.scalar(select(Notice.id).where(Notice.batch == batch).limit(1)) is None
    ):
        raise NotFound("there is no such batch; see: kabar batches")


def states_of(session: Session, batch: str) -> Counter[NoticeState]:
    """Return how many notices of a batch are in each state."""
    return _states(session, [batch])[batch]


def batch_by_name(session: Session, typed: str) -> Batch:
    """Return a batch by its name, or by its number alone if only one has it.

    Raises NotFound, or InputError when several batches have that number.
    """
    typed = typed.strip().lower()
    if not typed.isdecimal():
        check_known(session, typed)
        return _described(session, [typed])[0]
    named = [name for name in _all_names(session) if name.endswith(f":{int(typed)}")]
    if len(named) > 1:
        raise InputError(f"several batches have the number {int(typed)}: {', '.join(named)}; give the whole name")
    if not named:
        raise NotFound("there is no such batch; see: kabar batches")
    return _described(session, named)[0]


def newest_batches(session: Session, *, most: int = 20) -> list[Batch]:
    """Return batches, those that began last first."""
    return _described(session, _all_names(session), most=most)


def open_batches(session: Session) -> list[Batch]:
    """Return the batches of which something waits or is still being put, those that began last first."""
    return _described(session, open_names(session))


def open_names(session: Session) -> list[str]:
    """Return the names of the batches of which something waits or is still being put."""
    waiting = {name for channel in Channel for name in names_waiting_for(session, channel)}
    return sorted(waiting | set(_unprepared(session)))


def names_waiting_for(session: Session, channel: Channel) -> list[str]:
    """Return the names of the batches of which something waits for a channel."""
    return list(session.scalars(_WAITING_NAMES, {"channel": channel.value}))


def orders(session: Session) -> dict[str, BatchOrderWord]:
    """Return every order that stands, by the batch it is about."""
    return {row.batch: row.order for row in session.execute(select(BatchOrder.batch, BatchOrder.order))}


def _described(session: Session, names: Collection[str], *, most: int | None = None) -> list[Batch]:
    begun = _begun(session, names)
    names = sorted(names, key=lambda name: (begun.get(name) is not None, begun.get(name), name), reverse=True)[:most]
    ordered = {row.batch: row for row in session.scalars(select(BatchOrder).where(BatchOrder.batch.in_(names)))}
    states = _states(session, names)
    unprepared = set(_unprepared(session))
    return [
        Batch(
            name=name,
            about=_about(session, name),
            begun=begun.get(name),
            preparing=name in unprepared,
            order=ordered[name].order if name in ordered else None,
            ordered_at=ordered[name].at if name in ordered else None,
            states=states[name],
        )
        for name in names
    ]


def _all_names(session: Session) -> list[str]:
    return sorted({*session.scalars(_NAMES), *_unprepared(session)})


def _unprepared(session: Session) -> list[str]:
    ids = session.scalars(select(Broadcast.id).where(Broadcast.state == BroadcastState.PREPARING))
    return [f"{_BROADCAST}:{id_}" for id_ in ids]


def _states(session: Session, names: Collection[str]) -> dict[str, Counter[NoticeState]]:
    notices = func.count().label("notices")
    query = select(Notice.batch, Notice.state, notices).where(Notice.batch.in_(names))
    states: dict[str, Counter[NoticeState]] = defaultdict(Counter)
    for row in session.execute(query.group_by(Notice.batch, Notice.state)):
        states[row.batch or ""][row.state] = row.notices
    return states


def _begun(session: Session, names: Collection[str]) -> dict[str, datetime]:
    broadcasts = {id_: name for name in names if (id_ := broadcast_of(name)) is not None}
    imports = {id_: name for name in names if (id_ := _id_of(name, _IMPORT)) is not None}
    began = select(Broadcast.id, Broadcast.created_at).where(Broadcast.id.in_(broadcasts))
    started = select(ImportRun.id, ImportRun.started_at).where(ImportRun.id.in_(imports))
    plans = {id_: name for name in names if (id_ := _id_of(name, _PRINT)) is not None}
    made = select(PrintPlan.id, PrintPlan.made_at).where(PrintPlan.id.in_(plans))
    calls = {id_: name for name in names if (id_ := _id_of(name, _CALL)) is not None}
    called = select(PickupCall.id, PickupCall.made_at).where(PickupCall.id.in_(calls))
    off = {id_: name for name in names if (id_ := _id_of(name, _OFF)) is not None}
    called_off = select(PickupCall.id, PickupCall.ended_at).where(
        PickupCall.id.in_(off), PickupCall.ended_at.is_not(None)
    )
    return (
        {broadcasts[row.id]: row.created_at for row in session.execute(began)}
        | {imports[row.id]: row.started_at for row in session.execute(started)}
        | {plans[row.id]: row.made_at for row in session.execute(made)}
        | {calls[row.id]: row.made_at for row in session.execute(called)}
        | {off[row.id]: row.ended_at for row in session.execute(called_off)}
    )


def _about(session: Session, name: str) -> About:
    if (plan_id := _id_of(name, _PRINT)) is not None:
        return About(kind=Kind.PRINTED, plan_id=plan_id)
    row = _about_row(session, name)
    if isinstance(row, ImportRun):
        return About(as_of=row.as_of)
    if isinstance(row, PickupCall):
        off = _id_of(name, _OFF) is not None
        return About(kind=Kind.PICKUP_MOVED if off else Kind.CALLED, call_id=row.id, point=row.point)
    if row is not None and row.proposal_id is not None and row.kind is Kind.ANNOUNCED:
        proposal = session.get_one(Proposal, row.proposal_id)
        return About(kind=row.kind, form=proposal.kind, region=proposal.region)
    suspension = session.get(Suspension, row.suspension_id) if row and row.suspension_id else None
    if suspension is None:
        return About(kind=row.kind if row else None)
    return About(row.kind if row else None, suspension.id, services_of(suspension), suspension.since)


def _about_row(session: Session, name: str) -> Broadcast | ImportRun | PickupCall | None:
    if (call_id := _id_of(name, _CALL) or _id_of(name, _OFF)) is not None:
        return session.get(PickupCall, call_id)
    if (broadcast_id := broadcast_of(name)) is not None:
        return session.get(Broadcast, broadcast_id)
    run_id = _id_of(name, _IMPORT)
    return session.get(ImportRun, run_id) if run_id is not None else None


def _id_of(batch: str, kind: str) -> int | None:
    parts = _NAME.fullmatch(batch)
    return int(parts[2]) if parts and parts[1] == kind else None
