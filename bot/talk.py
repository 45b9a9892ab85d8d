"""What a handler has at hand: the transaction, the time, the office's words, and how to leave a reply."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from aiogram.methods import SendMessage
from aiogram.types import Message, ReplyParameters
from sqlalchemy.orm import Session

from bot.keyboards import main_keyboard
from core.actions.inbox import delete_later
from core.actions.languages import choose_language
from core.calendar import calendar_of
from core.questions.contacts import linked_residents
from core.questions.languages import language_of
from core.questions.officials import acting_of
from core.questions.regions import office_words, office_zone
from core.rules.calendar import Calendar
from core.rules.delivery import Channel
from core.rules.expectation import PrintTerms
from core.rules.hours import Hours
from core.rules.letters import USUAL, Validity
from core.rules.notices import OfficeWords
from core.rules.officials import Acting, TellingTerms
from core.rules.print_queue import USUAL_POLICY, PrintPolicy
from core.wording import Wording
from core.wording.dates import spoken_office
from core.wording.hours import closing_soon
from core.wording.wordings import Wordings


@dataclass(slots=True, kw_only=True)
class House:
    """What stays the same from update to update.

    print_terms: by which a place in the print queue is told. operators: Telegram account numbers. telling: what holds
    for what officials have many told. home: of the office, on this machine; None: no lists are taken. validity:
    how long letters hold. username: the bot's own, known once Telegram was reached.
    """

    wordings: Wordings
    office: OfficeWords
    zone: ZoneInfo
    live: bool
    calendar: Calendar
    print_terms: PrintTerms
    address: str | None = None
    trial_addresses: frozenset[str] = frozenset()
    operators: frozenset[str] = frozenset()
    telling: TellingTerms = field(default_factory=TellingTerms)
    home: Path | None = None
    validity: Validity = USUAL
    username: str = ""

    def learn_name(self, username: str) -> None:
        """Telegram told us what this bot is called."""
        self.username = username

    def admits(self, chat_id: int) -> bool:
        """In the trial only listed accounts are served."""
        return self.live or str(chat_id) in self.trial_addresses


def open_house(
    session: Session,
    wordings: Wordings,
    *,
    live: bool,
    trial_addresses: frozenset[str],
    hours: Hours | None = None,
    address: str | None = None,
    closed_days: Path | None = None,
    operators: frozenset[str] = frozenset(),
    policy: PrintPolicy = USUAL_POLICY,
    telling: TellingTerms | None = None,
    home: Path | None = None,
    validity: Validity = USUAL,
) -> House:
    """Read how the office names itself and when it works, once. hours: None: as they were when it was founded."""
    office = office_words(session, hours)
    calendar = calendar_of(hours or Hours.shown_only(office.hours), closed_days)
    return House(
        wordings=wordings,
        office=office,
        zone=office_zone(session),
        live=live,
        calendar=calendar,
        print_terms=PrintTerms(calendar, policy),
        address=address,
        trial_addresses=trial_addresses,
        operators=operators,
        telling=telling or TellingTerms(),
        home=home,
        validity=validity,
    )


@dataclass
class Talk:
    """One update's own. A handler changes contacts before it speaks: whom this chat is linked to is asked once.

    asked_at: when it was written, maybe hours before now; what a chat may ask is counted by that.
    """

    house: House
    session: Session
    now: datetime
    inbox_id: int
    chat_id: int | None
    asked_at: datetime
    _linked: frozenset[int] | None = None

    @cached_property
    def language_chosen(self) -> str | None:
        """For the chat that the update came from; None while nobody chose one there."""
        return language_of(self.session, Channel.TELEGRAM, str(self.chat_id)) if self.chat_id else None

    @cached_property
    def acting(self) -> Acting | None:
        """As what she who writes in this private chat may act, where she is an official."""
        return acting_of(self.session, str(self.chat_id), self.house.operators) if self.chat_id else None

    @property
    def words(self) -> Wording:
        """The texts in that language."""
        return self.house.wordings.of(self.language_chosen)

    @property
    def office(self) -> OfficeWords:
        """How the office names itself in that language."""
        return spoken_office(self.words, self.house.office)

    def speak(self, language: str) -> None:
        """Speak this language from now on, in this conversation and in whatever is sent to it."""
        choose_language(self.session, Channel.TELEGRAM, str(self.chat_id), language, now=self.now)
        self.language_chosen = language

    def text(self, key: str, **values: str | int) -> str:
        """A text, with how the office names itself filled in where it is used."""
        office = self.office
        ours: dict[str, str | int] = {"kantor": office.name, "wilayah": office.regency, "jam_kantor": office.hours}
        return self.words.text(key, **ours | values)

    @property
    def local(self) -> datetime:
        """The time by the office's own clock."""
        return self.now.astimezone(self.house.zone)

    @property
    def closing(self) -> str:
        """That the office is about to be closed on a working day; nothing when it is not."""
        return closing_soon(self.words, self.house.calendar, self.local.date())

    def linked(self, chat_id: int) -> frozenset[int]:
        """The residents who are told in this chat."""
        if self._linked is None:
            self._linked = linked_residents(self.session, Channel.TELEGRAM, str(chat_id))
        return self._linked

    def say(self, chat_id: int, text: str, *, may_share: bool = False) -> SendMessage:
        """A message with the keyboard as it now should be. may_share: with the button that shares her own number."""
        keyboard = main_keyboard(self.words, linked=bool(self.linked(chat_id)), may_share=may_share)
        return SendMessage(chat_id=chat_id, text=text, reply_markup=keyboard)

    def answer(self, message: Message, text: str, *, may_share: bool = False) -> SendMessage:
        """The same, quoting what it answers; the quotation goes missing with the question, never the answer."""
        reply = self.say(message.chat.id, text, may_share=may_share)
        reply.reply_parameters = ReplyParameters(message_id=message.message_id, allow_sending_without_reply=True)
        return reply

    def forget_later(self, message: Message) -> None:
        """Have a message that holds a NIK, a receipt code or a photo deleted from the chat an hour from now."""
        delete_later(self.session, self.inbox_id, message.chat.id, message.message_id, now=self.now)
