"""What a handler has at hand: the transaction, the time, the office's words, and how to leave a reply."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.methods import SendMessage
from aiogram.types import Message, ReplyParameters
from sqlalchemy.orm import Session

from bot.keyboards import main_keyboard
from core.actions.inbox import delete_later
from core.questions.contacts import linked_residents
from core.questions.regions import office_words, office_zone
from core.rules.delivery import Channel
from core.rules.notices import OfficeWords
from core.wording import Wording


@dataclass(slots=True, kw_only=True)
class House:
    """What stays the same from update to update. username: the bot's own, known once Telegram was reached."""

    words: Wording
    office: OfficeWords
    zone: ZoneInfo
    live: bool
    trial_addresses: frozenset[str] = frozenset()
    username: str = ""

    def learn_name(self, username: str) -> None:
        """Telegram told us what this bot is called."""
        self.username = username

    def admits(self, chat_id: int) -> bool:
        """In the trial only listed accounts are served."""
        return self.live or str(chat_id) in self.trial_addresses


def open_house(session: Session, words: Wording, *, live: bool, trial_addresses: frozenset[str]) -> House:
    """Read how the office names itself, once."""
    return House(
        words=words,
        office=office_words(session),
        zone=office_zone(session),
        live=live,
        trial_addresses=trial_addresses,
    )


@dataclass(slots=True)
class Talk:
    """One update's own. A handler changes contacts before it speaks: whom this chat is linked to is asked once."""

    house: House
    session: Session
    now: datetime
    inbox_id: int
    _linked: frozenset[int] | None = None

    @property
    def words(self) -> Wording:
        return self.house.words

    def text(self, key: str, **values: str | int) -> str:
        """A text, with how the office names itself filled in where it is used."""
        office = self.house.office
        ours: dict[str, str | int] = {"kantor": office.name, "wilayah": office.regency, "jam_kantor": office.hours}
        return self.words.text(key, **ours | values)

    def linked(self, chat_id: int) -> frozenset[int]:
        """The residents who are told in this chat."""
        if self._linked is None:
            self._linked = linked_residents(self.session, Channel.TELEGRAM, str(chat_id))
        return self._linked

    def say(self, chat_id: int, text: str) -> SendMessage:
        """A message with the keyboard as it now should be."""
        keyboard = main_keyboard(self.words, linked=bool(self.linked(chat_id)))
        return SendMessage(chat_id=chat_id, text=text, reply_markup=keyboard)

    def answer(self, message: Message, text: str) -> SendMessage:
        """The same, quoting what it answers; the quotation goes missing with the question, never the answer."""
        reply = self.say(message.chat.id, text)
        reply.reply_parameters = ReplyParameters(message_id=message.message_id, allow_sending_without_reply=True)
        return reply

    def forget_later(self, message: Message) -> None:
        """Have a message that holds a NIK, a receipt code or a photo deleted from the chat an hour from now."""
        delete_later(self.session, self.inbox_id, message.chat.id, message.message_id, now=self.now)
