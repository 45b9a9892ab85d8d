"""Starting messages: one tick of the sending loop, in one transaction.

A message is rendered and its attempt recorded as *started* before anything leaves; what is in doubt after a kill is
exactly what was in flight. There are no claims: whatever is not started is simply still waiting.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core.actions.rerouting import end_notice, reroute
from core.questions.addresses import address_for, greeting_owed_to
from core.questions.languages import language_at
from core.questions.notice_words import notice_words
from core.questions.sending import (
    covered_by,
    day_begin,
    due_notices,
    failed_over,
    is_halted,
    locked_message,
    others_for,
    said_today,
    started_since,
    still_true,
)
from core.rules.delivery import Channel, Outgoing
from core.rules.notices import TABLE, Kind, OfficeWords
from core.rules.window import Window
from core.store.delivery_tables import Attempt, Message, MessageNotice, Notice
from core.store.office import seal_of
from core.store.tables import Contact
from core.store.words import MessageState, NoticeState
from core.wording.buttons import answer_rows
from core.wording.dates import spoken_office
from core.wording.notices import sms_text, telegram_text
from core.wording.wordings import Wordings

#: Notices looked at per free slot in one tick: bounds the transaction when many in a row turn out not to be sent.
_LOOKED_AT_PER_SLOT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SendTerms:
    """What holds for everything that is sent. trial_addresses: who gets anything while the office is not live."""

    office: OfficeWords
    wordings: Wordings
    zone: ZoneInfo
    window: Window
    sms_daily_cap: int
    live: bool
    trial_addresses: frozenset[str]


@dataclass(slots=True)
class Turn:
    """Whose turn among the batches it was last; lives as long as the sender."""

    batch: str | None = None


def start_messages(
    session: Session,
    channel: Channel,
    *,
    slots: int,
    held: frozenset[str],
    turn: Turn,
    now: datetime,
    terms: SendTerms,
) -> list[Outgoing]:
    """Start as many messages as there are free slots and return them; their attempts are recorded as started.

    held: addresses that cannot be written to at this moment (in flight, or told to wait).
    """
    slots = min(slots, _allowed(session, channel, now, terms))
    if slots <= 0:
        return []
    started: list[Outgoing] = []
    held_now = set(held)
    most = _LOOKED_AT_PER_SLOT * slots + len(held)
    for notice in due_notices(session, channel, now=now, most=most, after_batch=turn.batch):
        if len(started) == slots:
            break
        if notice.state is not NoticeState.WAITING:
            continue  # it went with an earlier one of this tick
        outgoing = _Start(session, notice, channel, now, terms).start(held_now)
        if outgoing is not None:
            started.append(outgoing)
            held_now.add(outgoing.address)
            turn.batch = notice.batch or turn.batch
    return started


def _allowed(session: Session, channel: Channel, now: datetime, terms: SendTerms) -> int:
    """How many messages may be started now by the halt, the window and the daily cap."""
    if is_halted(session, channel) or not terms.window.is_open(now, terms.zone):
        return 0
    if channel is Channel.SMS:
        return terms.sms_daily_cap - started_since(session, channel, day_begin(now, terms.zone))
    return 1_000_000


def expire_waiting(session: Session, *, now: datetime) -> None:
    """End what became worthless while it waited, at most a bounded number at a time."""
    worthless = select(Notice.id).where(Notice.state == NoticeState.WAITING, Notice.worthless_after <= now).limit(1000)
    session.execute(
        update(Notice)
        .where(Notice.id.in_(worthless), Notice.state == NoticeState.WAITING)
        .values(state=NoticeState.EXPIRED, ended_at=now)
        .execution_options(synchronize_session=False)
    )


class _Start:
    """Starting one message from the notice that is next."""

    def __init__(self, session: Session, notice: Notice, channel: Channel, now: datetime, terms: SendTerms) -> None:
        self.session = session
        self.notice = notice
        self.channel = channel
        self.now = now
        self.terms = terms

    def start(self, held: set[str]) -> Outgoing | None:
        """Return the started message, or None when the notice ended, was rerouted, or has to wait."""
        try:
            return self._start(held)
        except DBAPIError:
            raise
        except Exception as error:  # noqa: BLE001  # what cannot be put into words must not keep all others waiting
            why = f"cannot be said: {type(error).__name__}"
            end_notice(self.notice, NoticeState.UNREACHABLE, now=self.now, why=why)
            return None

    def _start(self, held: set[str]) -> Outgoing | None:
        if not self._holds(self.notice):
            return None
        contact = self._contact()
        if contact is None:
            reroute(self.session, self.notice, now=self.now, why="no address left")
            return None
        address = seal_of(self.session).open(contact.address_sealed)
        if address in held:
            return None
        if not self.terms.live and address not in self.terms.trial_addresses:
            end_notice(self.notice, NoticeState.TRIAL, now=self.now, why="the office is not live")
            return None
        greeting = self._greeting(contact)
        if greeting is not None:
            return self._after(greeting, held)
        if self._told_already(contact):
            end_notice(self.notice, NoticeState.TOLD_ON_SHARED_PHONE, now=self.now)
            return None
        return self._write(contact, address)

    def _greeting(self, contact: Contact) -> Notice | None:
        """Whoever holds a new address hears first that it was registered, and can object."""
        if self.notice.kind is Kind.REGISTERED:
            return None
        return greeting_owed_to(self.session, contact, now=self.now)

    def _after(self, greeting: Notice, held: set[str]) -> Outgoing | None:
        """Start the greeting in place of this notice; that one follows as soon as the greeting is gone or given up."""
        if greeting.due_at > self.now:
            self.notice.due_at = greeting.due_at
            return None
        started = _Start(self.session, greeting, self.channel, self.now, self.terms).start(held)
        return started if started or greeting.state is NoticeState.WAITING else self._start(held)

    def _holds(self, notice: Notice) -> bool:
        """Check a notice again; end it when it is worthless or overtaken."""
        if notice.worthless_after <= self.now:
            end_notice(notice, NoticeState.EXPIRED, now=self.now)
        elif notice.answer is not None:
            end_notice(notice, NoticeState.OVERTAKEN, now=self.now, why="answered")
        elif not still_true(self.session, notice):
            end_notice(notice, NoticeState.OVERTAKEN, now=self.now)
        return notice.state is NoticeState.WAITING

    def _contact(self) -> Contact | None:
        """The address to write to; a message tried before stays with the one that it was begun for."""
        tried = self.notice.message_id and self._tried_before(self.notice.message_id)
        return tried or address_for(self.session, self.notice, self.channel)

    def _tried_before(self, message_id: int) -> Contact | None:
        """The address that the message was begun for; if it closed meanwhile, its notices begin anew elsewhere."""
        message = self.session.get_one(Message, message_id)
        contact = self.session.get_one(Contact, message.contact_id)
        if contact.closed_at is None:
            return contact
        message.state = MessageState.FAILED
        for notice in covered_by(self.session, message_id):
            notice.message_id = None
        return None

    def _told_already(self, contact: Contact) -> bool:
        """By a message to somebody else on this phone; an SMS greeting is the same for whomever it is registered."""
        today = day_begin(self.now, self.terms.zone)
        greeting = self.notice.kind is Kind.REGISTERED and self.channel is Channel.SMS
        return (
            self.notice.message_id is None
            and (greeting or failed_over(self.session, self.notice))
            and said_today(self.session, self.notice, contact.address_index, since=today)
        )

    def _covered(self, contact: Contact) -> list[Notice]:
        """This notice and those that go with it; a message tried before keeps the notices it was begun with."""
        if self.notice.message_id is not None:
            candidates = covered_by(self.session, self.notice.message_id)
        else:
            candidates = others_for(self.session, self.notice, contact, now=self.now)
        return [notice for notice in candidates if notice is self.notice or self._holds(notice)]

    def _write(self, contact: Contact, address: str) -> Outgoing:
        candidates = self._covered(contact)
        words, notices = notice_words(self.session, candidates, self.terms.zone)
        for notice in candidates:
            notice.message_id = notice.message_id if notice in notices else None  # its card went elsewhere meanwhile
        write = telegram_text if self.channel is Channel.TELEGRAM else sms_text
        language = language_at(self.session, contact.address_index)
        wording = self.terms.wordings.of(language)
        text = write(wording, spoken_office(wording, self.terms.office), words)
        message = self._message(contact, text)
        for notice in notices:
            if notice.message_id != message.id:
                self.session.add(MessageNotice(message_id=message.id, notice_id=notice.id))
            notice.state, notice.message_id = NoticeState.SENDING, message.id
        attempt = Attempt(message_id=message.id, channel=self.channel, started_at=self.now)
        self.session.add(attempt)
        self.session.flush()
        return Outgoing(
            attempt_id=attempt.id,
            message_id=message.id,
            channel=self.channel,
            address=address,
            text=text,
            buttons=answer_rows(wording, self.notice.kind, message.id) if self.channel is Channel.TELEGRAM else (),
            silent=TABLE[self.notice.kind].silent,
            started_at=self.now,
            worthless_after=self._worthless_after(notices),
        )

    def _message(self, contact: Contact, text: str) -> Message:
        sealed = seal_of(self.session).seal(text)
        if self.notice.message_id is not None:
            message = locked_message(self.session, self.notice.message_id)
            message.state, message.text_sealed = MessageState.STARTED, sealed
            return message
        message = Message(
            channel=self.channel,
            kind=self.notice.kind,
            contact_id=contact.id,
            address_index=contact.address_index,
            text_sealed=sealed,
            state=MessageState.STARTED,
            created_at=self.now,
            rank=0,
            failures=0,
            doubts=0,
        )
        self.session.add(message)
        self.session.flush()
        return message

    def _worthless_after(self, notices: list[Notice]) -> datetime:
        """The provider must not deliver at night, nor what is worthless by then."""
        ends = [notice.worthless_after for notice in notices]
        if closing := self.terms.window.end(self.now, self.terms.zone):
            ends.append(closing)
        return min(ends)
