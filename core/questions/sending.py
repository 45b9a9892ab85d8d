"""What is due to be said next, and whether it is still true."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from core.questions.cards import newest_card
from core.questions.suspensions import services_back, services_of
from core.rules.card import OPEN
from core.rules.delivery import Channel, Sent, Unsure
from core.rules.notices import TABLE, Answer, Kind
from core.rules.suspension import WAITS_FOR, Service
from core.store.delivery_tables import Attempt, Broadcast, ChannelHalt, Message, MessageNotice, Notice
from core.store.tables import Card, Contact, Letter, Suspension
from core.store.words import LEFT, REACHED, LetterState, MessageState, NoticeState

#: Cards that one message may speak of; a family on one phone is smaller.
_TOGETHER = 20


def due_notices(
    session: Session, channel: Channel, *, now: datetime, most: int, after_batch: str | None
) -> list[Notice]:
    """Return what is due on a channel: acts on single cards first, then the batches in turn after the last served."""
    singles = _due(channel, None, now).limit(most)
    notices = list(session.scalars(singles))
    batches = _batches_in_turn(session, channel, after_batch) if len(notices) < most else []
    share = -(-(most - len(notices)) // len(batches)) if batches else 0
    for batch in batches:
        notices += session.scalars(_due(channel, batch, now).limit(min(share, most - len(notices))))
    return notices


def _due(channel: Channel, batch: str | None, now: datetime) -> Select[Notice]:
    return (
        select(Notice)
        .where(
            Notice.channel == channel,
            Notice.state == NoticeState.WAITING,
            Notice.batch.is_(None) if batch is None else Notice.batch == batch,
            Notice.due_at <= now,
        )
        .order_by(Notice.due_at, Notice.id)
    )


def _batches_in_turn(session: Session, channel: Channel, after: str | None) -> list[str]:
    """Every batch with something waiting, beginning with the one after `after`; one index seek each."""
    batches: list[str] = []
    last = ""
    while True:
        batch = session.scalar(
            select(func.min(Notice.batch)).where(
                Notice.channel == channel, Notice.state == NoticeState.WAITING, Notice.batch > last
            )
        )
        if batch is None:
            break
        batches.append(batch)
        last = batch
    turn = batches.index(after) + 1 if after in batches else 0
    return batches[turn:] + batches[:turn]


def others_for(session: Session, notice: Notice, contact: Contact, *, now: datetime) -> list[Notice]:
    """Return this notice and all others due that have the same kind, broadcast and address."""
    if notice.contact_id is not None:
        return [notice]
    query = (
        select(Notice)
        .join(Contact, Contact.resident_id == Notice.resident_id)
        .where(
            Contact.address_index == contact.address_index,
            Contact.channel == contact.channel,
            Contact.closed_at.is_(None),
            Contact.consent_at.is_not(None),
            Notice.state == NoticeState.WAITING,
            Notice.channel == contact.channel,
            Notice.kind == notice.kind,
            Notice.message_id.is_(None),
            Notice.broadcast_id == notice.broadcast_id
            if notice.broadcast_id is not None
            else Notice.broadcast_id.is_(None),
            Notice.due_at <= now,
            Notice.id != notice.id,
        )
        .order_by(Notice.id)
        .limit(_TOGETHER - 1)
    )
    return [notice, *session.scalars(query)]


def covered_by(session: Session, message_id: int) -> list[Notice]:
    """Return the open notices of a message."""
    query = (
        select(Notice)
        .where(Notice.message_id == message_id, Notice.state.in_((NoticeState.WAITING, NoticeState.SENDING)))
        .order_by(Notice.id)
    )
    return list(session.scalars(query))


def locked_message(session: Session, message_id: int) -> Message:
    """Return a message that nobody else changes until the transaction ends: the sender and receipts meet here."""
    return session.get_one(Message, message_id, with_for_update=True)


def still_true(session: Session, notice: Notice) -> bool:
    """Whether what a notice says still holds."""
    if notice.kind is Kind.LETTER_READY:
        return session.get_one(Letter, notice.letter_id).state is LetterState.READY
    if notice.kind is Kind.REGISTERED:
        return session.get_one(Contact, notice.contact_id).closed_at is None
    if notice.kind is Kind.SUSPENDED:
        return _still_waits(session, notice)
    if notice.kind is Kind.RESUMED:
        return bool(services_back(session, suspension_of(session, notice), [notice.resident_id])[notice.resident_id])
    if notice.kind is Kind.WITHDRAWN and not told_ready_by(
        session, notice.resident_id, notice.card_id, before=notice.id
    ):
        return False  # what was on its way when the card was taken back did not leave after all
    stages = TABLE[notice.kind].while_stage
    return not stages or (session.get_one(Card, notice.card_id).stage in stages and not _is_said_anew(session, notice))


def told_ready_by(
    session: Session, resident_id: int, card_id: int | None, *, before: int | None = None
) -> Channel | None:
    """Return how she was told last, or may have been, that this card is ready; None if not, or if that was withdrawn.

    before: count only what was owed before this notice.
    """
    in_doubt = and_(Notice.state == NoticeState.WAITING, Message.doubts > 0)  # it waits to be sent once more
    query = (
        select(Notice.kind, Notice.channel)
        .outerjoin(Message, Message.id == Notice.message_id)
        .where(
            Notice.resident_id == resident_id,
            Notice.card_id == card_id,
            Notice.kind.in_((Kind.READY, Kind.WITHDRAWN)),
            or_(Notice.state.in_(REACHED), in_doubt),
            Notice.answer.is_distinct_from(Answer.NOT_MINE),
        )
        .order_by(Notice.id.desc())
    )
    if before is not None:
        query = query.where(Notice.id < before)
    last = session.execute(query.limit(1)).first()
    return last.channel if last and last.kind is Kind.READY else None


def _is_said_anew(session: Session, notice: Notice) -> bool:
    """Whether the card left and came back while this waited: what is owed for its coming back says the same."""
    newer = select(Notice.id).where(
        Notice.resident_id == notice.resident_id,
        Notice.card_id == notice.card_id,
        Notice.kind == notice.kind,
        Notice.id > notice.id,
    )
    return session.scalar(newer.limit(1)) is not None


def _still_waits(session: Session, notice: Notice) -> bool:
    suspension = suspension_of(session, notice)
    if suspension.resumed_at is not None:
        return False
    services = services_of(suspension)
    card = newest_card(session, notice.resident_id)
    if card is not None and card.stage in OPEN and any(card.stage in WAITS_FOR[service] for service in services):
        return True
    return Service.LETTERS in services and bool(
        session.scalar(
            select(Letter.id).where(Letter.resident_id == notice.resident_id, Letter.state == LetterState.ASKED)
        )
    )


def suspension_of(session: Session, notice: Notice) -> Suspension:
    """Return the suspension that a broadcast's notice speaks of."""
    broadcast = session.get_one(Broadcast, notice.broadcast_id)
    return session.get_one(Suspension, broadcast.suspension_id)


def said_today(session: Session, notice: Notice, address_index: bytes, *, since: datetime) -> bool:
    """Whether this address already carried the same kind (and broadcast) since then."""
    query = (
        select(Message.id)
        .join(MessageNotice, MessageNotice.message_id == Message.id)
        .join(Notice, Notice.id == MessageNotice.notice_id)
        .where(
            Message.address_index == address_index,
            Message.created_at >= since,
            Message.state.in_(LEFT),
            Notice.kind == notice.kind,
            Notice.broadcast_id.is_(None)
            if notice.broadcast_id is None
            else Notice.broadcast_id == notice.broadcast_id,
        )
        .limit(1)
    )
    return session.scalar(query) is not None


def failed_over(session: Session, notice: Notice) -> bool:
    """Whether a message to another address already tried in vain to carry this notice."""
    query = (
        select(Message.id)
        .join(MessageNotice, MessageNotice.message_id == Message.id)
        .where(MessageNotice.notice_id == notice.id, Message.state == MessageState.FAILED)
        .limit(1)
    )
    return session.scalar(query) is not None


def started_since(session: Session, channel: Channel, since: datetime) -> int:
    """Return how many attempts since then were sent, or may have been: what surely was not sent cost nothing."""
    query = select(func.count(Attempt.id)).where(
        Attempt.channel == channel,
        Attempt.started_at >= since,
        Attempt.outcome.is_(None) | Attempt.outcome.in_((Sent.__name__, Unsure.__name__)),
    )
    return session.scalar(query) or 0


def is_halted(session: Session, channel: Channel) -> bool:
    """Whether a channel stopped because our own configuration is wrong."""
    return session.get(ChannelHalt, channel) is not None


def day_begin(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the local midnight that began this day."""
    day: date = now.astimezone(zone).date()
    return datetime.combine(day, time(), zone)
