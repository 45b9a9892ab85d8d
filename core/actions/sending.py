"""Starting messages: one tick of the sending loop, in one transaction.

A message is rendered and its attempt recorded as *started* before anything leaves; what is in doubt after a kill is
exactly what was in flight. There are no claims: whatever is not started is simply still waiting.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core.actions.rerouting import EXPIRED_OR_IN_DOUBT, end_notice, reroute
from core.actions.starting import Envelope, put_down
from core.questions.at_hand import AtHand
from core.questions.due import due_notices
from core.questions.notice_words import Speech
from core.questions.sending import day_begin, may_start, said_today, started_since
from core.rules.delivery import Channel, Outgoing
from core.rules.notices import Kind, OfficeWords
from core.rules.window import Window
from core.store.delivery_tables import Message, Notice
from core.store.office import seal_of
from core.store.tables import Contact
from core.store.words import MessageState, NoticeState
from core.wording.dates import spoken_office
from core.wording.notices import sms_text, telegram_text
from core.wording.wordings import Wordings

#: Looks for what is due in one tick, each four times as far as the one before: bounds the transaction when many in a
#: row turn out not to be sent.
_LOOKS = 4
_FURTHER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SendTerms:
    """What holds for everything that is sent. trial_addresses: who gets anything while the office is not live.

    operators, operator_phones: who is told that a channel stopped, in the chat and by SMS.
    """

    office: OfficeWords
    wordings: Wordings
    zone: ZoneInfo
    window: Window
    sms_daily_cap: int
    live: bool
    trial_addresses: frozenset[str]
    operators: frozenset[str] = frozenset()
    operator_phones: frozenset[str] = frozenset()


@dataclass(slots=True)
class Turn:
    """Whose turn among the batches it was last; lives as long as the sender."""

    batch: str | None = None


def start_messages(
    session: Session,
    channel: Channel,
    *,
    slots: int,
    held: Collection[str],
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
    choosing = _Choosing(session, channel, held, now=now, terms=terms)
    most, looked_at = slots, set[int]()
    for _ in range(_LOOKS):
        due = due_notices(session, channel, now=now, most=most, after_batch=turn.batch, but=looked_at)
        for notice in choosing.look_at(due, most=slots):
            turn.batch = notice.batch or turn.batch
        if len(choosing.envelopes) == slots or not due:
            break
        looked_at.update(notice.id for notice in due)
        most *= _FURTHER
    return put_down(session, channel, choosing.envelopes, now=now, closes_at=terms.window.end(now, terms.zone))


def _allowed(session: Session, channel: Channel, now: datetime, terms: SendTerms) -> int:
    """How many messages may be started now by a halt, the window and the daily cap."""
    if not terms.window.is_open(now, terms.zone):
        return 0
    most = may_start(session, channel)
    if channel is Channel.SMS and most:
        most = min(most, terms.sms_daily_cap - started_since(session, channel, day_begin(now, terms.zone)))
    return most


def expire_waiting(session: Session, *, now: datetime) -> None:
    """End what became worthless while it waited, at most a bounded number at a time; what may have left, in doubt."""
    worthless = select(Notice.id).where(Notice.state == NoticeState.WAITING, Notice.worthless_after <= now).limit(1000)
    session.execute(
        update(Notice)
        .where(Notice.id.in_(worthless), Notice.state == NoticeState.WAITING)
        .values(state=EXPIRED_OR_IN_DOUBT, ended_at=now)
        .execution_options(synchronize_session=False)
    )


class _Choosing:
    """Choosing among what is due: each notice goes into an envelope, or ends, or goes elsewhere, or has to wait."""

    def __init__(
        self, session: Session, channel: Channel, held: Collection[str], *, now: datetime, terms: SendTerms
    ) -> None:
        self.envelopes: list[Envelope] = []
        self._session = session
        self._channel = channel
        self._held = set(held)
        self._now = now
        self._terms = terms
        self._begun: set[int] = set()

    def look_at(self, due: list[Notice], *, most: int) -> list[Notice]:
        """Fill envelopes until there are so many; return the notices that got one."""
        try:
            self._at_hand = AtHand(self._session, self._channel, due, now=self._now)
            self._speech = Speech(self._session, self._at_hand.notices, self._terms.zone)
        except DBAPIError:
            raise
        except Exception as error:  # noqa: BLE001  # one that cannot be read must not keep all others waiting
            return self._look_at_each(due, error, most=most)
        chosen = []
        for notice in due:
            if len(self.envelopes) == most:
                break
            if notice.state is NoticeState.WAITING and notice.id not in self._begun:
                envelope = self._choose(notice)
                if envelope is not None:
                    chosen.append(notice)
                    self.envelopes.append(envelope)
                    self._held.add(envelope.address)
                    self._begun.update(one.id for one in envelope.notices)
        return chosen

    def _look_at_each(self, due: list[Notice], error: Exception, *, most: int) -> list[Notice]:
        if len(due) == 1:
            self._give_up(due[0], error)
            return []
        return [chosen for notice in due for chosen in self.look_at([notice], most=most)]

    def _choose(self, notice: Notice) -> Envelope | None:
        try:
            return self._envelope(notice)
        except DBAPIError:
            raise
        except Exception as error:  # noqa: BLE001  # what cannot be put into words must not keep all others waiting
            self._give_up(notice, error)
            return None

    def _give_up(self, notice: Notice, error: Exception) -> None:
        why = f"cannot be said: {type(error).__name__}"
        end_notice(notice, NoticeState.UNREACHABLE, now=self._now, why=why)

    def _envelope(self, notice: Notice) -> Envelope | None:
        if not self._holds(notice):
            return None
        contact = self._contact(notice)
        if contact is None:
            reroute(self._session, notice, now=self._now, why="no address left")
            return None
        address = seal_of(self._session).open(contact.address_sealed)
        if address in self._held or contact.address_index in self._at_hand.busy:
            return None
        if not self._terms.live and address not in self._terms.trial_addresses:
            end_notice(notice, NoticeState.TRIAL, now=self._now, why="the office is not live")
            return None
        greeting = self._greeting(notice, contact)
        if greeting is not None:
            return self._after(greeting, notice)
        if self._told_already(notice, contact):
            end_notice(notice, NoticeState.TOLD_ON_SHARED_PHONE, now=self._now)
            return None
        return self._write(notice, contact, address)

    def _greeting(self, notice: Notice, contact: Contact) -> Notice | None:
        """Whoever holds a new address hears first that it was registered, and can object."""
        if notice.kind is Kind.REGISTERED:
            return None
        owed = self._at_hand.greetings.get(contact.address_index, ())
        return next((greeting for greeting in owed if greeting.state is NoticeState.WAITING), None)

    def _after(self, greeting: Notice, notice: Notice) -> Envelope | None:
        """The greeting in place of this notice; that one follows as soon as the greeting is gone or given up."""
        if greeting.due_at > self._now:
            notice.due_at = greeting.due_at
            return None
        envelope = self._choose(greeting)
        return envelope if envelope or greeting.state is NoticeState.WAITING else self._envelope(notice)

    def _holds(self, notice: Notice) -> bool:
        """Check a notice again; end it when it is worthless or overtaken."""
        if notice.worthless_after <= self._now:
            begun = self._at_hand.messages.get(notice.message_id)
            state = NoticeState.IN_DOUBT if begun and begun.doubts else NoticeState.EXPIRED
            end_notice(notice, state, now=self._now)
        elif notice.answer is not None:
            end_notice(notice, NoticeState.OVERTAKEN, now=self._now, why="answered")
        elif why := self._at_hand.overtaken.get(notice.id):
            end_notice(notice, NoticeState.OVERTAKEN, now=self._now, why=why)
        return notice.state is NoticeState.WAITING

    def _contact(self, notice: Notice) -> Contact | None:
        """The address to write to; a message tried before stays with the one that it was begun for.

        If that one closed meanwhile, its notices begin anew elsewhere.
        """
        message = self._at_hand.messages.get(notice.message_id)
        if message is not None:
            contact = self._session.get_one(Contact, message.contact_id)
            if contact.closed_at is None:
                return contact
            message.state = MessageState.FAILED
            for other in self._at_hand.covered[message.id]:
                other.message_id = None
        return self._at_hand.addresses.get(notice.id)

    def _told_already(self, notice: Notice, contact: Contact) -> bool:
        """By a message to somebody else on this phone; an SMS greeting is the same for whomever it is registered."""
        today = day_begin(self._now, self._terms.zone)
        greeting = notice.kind is Kind.REGISTERED and self._channel is Channel.SMS
        return (
            notice.message_id is None
            and (greeting or notice.id in self._at_hand.failed_over)
            and said_today(self._session, notice, contact.address_index, since=today)
        )

    def _write(self, notice: Notice, contact: Contact, address: str) -> Envelope:
        """A message tried before keeps the notices that it was begun with, but for cards that went elsewhere since."""
        message = self._at_hand.messages.get(notice.message_id)
        with_it = self._begun_together(message) if message else self._at_hand.others(notice, contact)
        candidates = [notice, *(one for one in with_it if one is not notice and self._may_go_along(one))]
        words, notices = self._speech.words(candidates)
        for one in candidates:
            one.message_id = one.message_id if one in notices else None
        wording = self._terms.wordings.of(self._at_hand.languages.get(contact.address_index))
        write = telegram_text if self._channel is Channel.TELEGRAM else sms_text
        text = write(wording, spoken_office(wording, self._terms.office), words)
        return Envelope(notices, contact, address, text, wording, message)

    def _begun_together(self, message: Message) -> list[Notice]:
        """What was begun with this message, but for batches ordered to stay: of those nothing leaves with it again."""
        together = []
        for notice in self._at_hand.covered[message.id]:
            if notice.batch not in self._at_hand.stay:
                together.append(notice)
            elif message.doubts:
                end_notice(notice, NoticeState.IN_DOUBT, now=self._now, why="may have left before the order to stay")
            else:
                notice.message_id = None
        return together

    def _may_go_along(self, notice: Notice) -> bool:
        return notice.id not in self._begun and self._holds(notice)
