"""Recording what became of attempts, and moving messages and notices accordingly.

Receipts only ever move a message forward. Waiting because a provider asked is no failed try.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actions.contacts import close_contact
from core.actions.halts import end_trial, halt_channel
from core.actions.rerouting import LONGEST_CODE, end_notice, reroute
from core.actions.sent import record_sent
from core.questions.sending import covered_by, locked_message
from core.rules.delivery import Channel, GiveUp, Halt, OptedOut, Outcome, Sent, TryLater, Unsure
from core.rules.notices import TABLE
from core.rules.retry import LOOKS, TELEGRAM_AGAIN, pause_before_retry
from core.store.delivery_tables import Attempt, Message
from core.store.office import seal_of
from core.store.tables import Contact
from core.store.words import MessageState, NoticeState

_BY = "sender"


def record_outcome(session: Session, attempt_id: int, outcome: Outcome, *, now: datetime, jitter: float) -> None:
    """Note what became of an attempt. One that ended already stays as it is: a late word changes nothing."""
    attempt = session.get_one(Attempt, attempt_id)
    if attempt.ended_at is not None:
        return
    attempt.ended_at, attempt.outcome = now, type(outcome).__name__
    if isinstance(outcome, Sent):
        attempt.provider_id = outcome.provider_id
    else:
        attempt.code = outcome.code[:LONGEST_CODE]
    message = locked_message(session, attempt.message_id)
    if message.state is MessageState.STARTED:  # a receipt may have been quicker than our own record
        apply_outcome(session, message, outcome, now=now, jitter=jitter)
    if isinstance(outcome, GiveUp | OptedOut):  # the provider takes what we send, if not for this address
        end_trial(session, message.channel, started_at=attempt.started_at)
    session.flush()


def record_outcomes(
    session: Session, outcomes: Mapping[int, Outcome], *, now: datetime, jitter: Callable[[], float]
) -> None:
    """The same for many attempts by their ids, each with a jitter of its own."""
    sent = {attempt: outcome.provider_id for attempt, outcome in outcomes.items() if isinstance(outcome, Sent)}
    record_sent(session, sent, now=now)
    for attempt, outcome in outcomes.items():
        if attempt not in sent:
            record_outcome(session, attempt, outcome, now=now, jitter=jitter())


def apply_outcome(session: Session, message: Message, outcome: Outcome, *, now: datetime, jitter: float) -> None:
    """Move a message and its notices by one outcome, whether an attempt, a receipt or a look brought it."""
    match outcome:
        case Sent(provider_id):
            message.state, message.provider_id = MessageState.SENT, provider_id
            _end_all(session, message, NoticeState.TOLD, now=now)
        case TryLater():
            _try_later(session, message, outcome, now=now, jitter=jitter)
        case GiveUp(code):
            _give_up(session, message, why=code, close_as="unreachable", now=now)
        case OptedOut(code):
            _give_up(session, message, why=code, close_as="opted-out", now=now)
        case Unsure():
            _doubt(session, message, now=now)
        case Halt():
            halt_channel(session, message.channel, outcome, now=now)
            _wait(session, message, until=now)


def adopt_orphans(session: Session, channel: Channel, *, now: datetime) -> int:
    """Treat what a dead sender had in flight as in doubt; only for whoever holds the office's lease."""
    orphans = session.scalars(select(Attempt).where(Attempt.channel == channel, Attempt.ended_at.is_(None))).all()
    for attempt in orphans:
        record_outcome(session, attempt.id, Unsure("sender was stopped"), now=now, jitter=0)
    return len(orphans)


def take_back_unsent(session: Session, channels: Collection[Channel], *, but: Collection[int], now: datetime) -> int:
    """Have what was recorded as started, but surely never left, wait again; return how much that is.

    Only for the one sender, who knows all that left: but: the attempts in flight, or back and not yet noted. When an
    answer to a commit is lost, nobody sends what it had started.
    """
    started = select(Attempt).where(Attempt.channel.in_(channels), Attempt.ended_at.is_(None))
    unsent = [attempt for attempt in session.scalars(started) if attempt.id not in but]
    for attempt in unsent:
        record_outcome(session, attempt.id, TryLater("never left", after_seconds=0, throttled=True), now=now, jitter=0)
    return len(unsent)


def note_look(session: Session, message_id: int, found: Sequence[Sent] | TryLater, *, now: datetime) -> None:
    """After a look at the provider's list for a message in doubt: found, look again later, or the operator's turn.

    found: what may be this message, oldest first: the first that no other message of ours already claims. TryLater when
    the list could not be read, which is no look.
    """
    message = locked_message(session, message_id)
    if message.state is not MessageState.UNSURE:
        return
    if isinstance(found, TryLater):
        message.check_at = now + LOOKS[0]
    elif its_own := [one for one in found if one.provider_id not in _claimed_beside(session, message)]:
        apply_outcome(session, message, its_own[0], now=now, jitter=0)
    elif message.doubts < len(LOOKS):
        message.check_at = now + LOOKS[message.doubts]
        message.doubts += 1
    else:
        message.check_at = None
        _end_all(session, message, NoticeState.IN_DOUBT, now=now)


def _claimed_beside(session: Session, message: Message) -> frozenset[str | None]:
    """What the provider calls the other messages to this address, and tries of them that were left behind."""
    others = select(Message.id).where(Message.address_index == message.address_index, Message.id != message.id)
    return frozenset(session.scalars(select(Attempt.provider_id).where(Attempt.message_id.in_(others))))


def _wait(session: Session, message: Message, *, until: datetime) -> None:
    message.state = MessageState.WAITING
    for notice in covered_by(session, message.id):
        notice.state, notice.due_at = NoticeState.WAITING, until


def _try_later(session: Session, message: Message, outcome: TryLater, *, now: datetime, jitter: float) -> None:
    if outcome.moved_to is not None:
        _move_address(session, message, outcome.moved_to)
    asked = None if outcome.after_seconds is None else timedelta(seconds=outcome.after_seconds)
    if not outcome.throttled and outcome.moved_to is None:
        message.failures += 1
        pause = pause_before_retry(message.failures, jitter)
        asked = max(asked, pause) if asked is not None else pause
    _wait(session, message, until=now + (asked or timedelta(0)))


def _move_address(session: Session, message: Message, address: str) -> None:
    seal = seal_of(session)
    contact = session.get_one(Contact, message.contact_id)
    contact.address_index, contact.address_sealed = seal.index(contact.channel, address), seal.seal(address)
    message.address_index = contact.address_index


def _give_up(session: Session, message: Message, *, why: str, close_as: str, now: datetime) -> None:
    message.state = MessageState.FAILED
    close_contacts_at(session, message, why=close_as, now=now)
    for notice in covered_by(session, message.id):
        reroute(session, notice, now=now, why=why)


def close_contacts_at(session: Session, message: Message, *, why: str, now: datetime) -> None:
    """Close the message's address wherever it stands: it is as dead for one resident as for another."""
    query = select(Contact).where(
        Contact.channel == message.channel,
        Contact.address_index == message.address_index,
        Contact.closed_at.is_(None),
    )
    for contact in session.scalars(query).all():
        close_contact(session, contact, why=why, now=now, by=_BY)
    session.flush()


def _doubt(session: Session, message: Message, *, now: datetime) -> None:
    """Telegram: send again once, it is free and harmless. SMS: wait for the receipt, then look at the list."""
    if message.channel is Channel.SMS:
        message.state, message.check_at, message.doubts = MessageState.UNSURE, now + LOOKS[0], 1
    elif message.doubts < TELEGRAM_AGAIN:
        message.doubts += 1
        _wait(session, message, until=now)
    else:
        message.state = MessageState.UNSURE
        _end_all(session, message, NoticeState.IN_DOUBT, now=now)


def _end_all(session: Session, message: Message, state: NoticeState, *, now: datetime) -> None:
    message.check_at = None
    silence = TABLE[message.kind].answered_within if message.channel is Channel.TELEGRAM else None
    for notice in covered_by(session, message.id):
        end_notice(notice, state, now=now)
        notice.unanswered_at = now + silence if silence else None
