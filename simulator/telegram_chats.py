"""What private chats and groups have in common: a screen of messages, and whether the bot may write there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from simulator.faults import telegram_error
from simulator.keyboards import Markup
from simulator.telegram_messages import Json, Message

if TYPE_CHECKING:
    from simulator.telegram_state import Telegram

#: A chat shows its newest messages only, so that a long benchmark does not eat the memory.
MESSAGES_KEPT = 200


class RefusalError(Exception):
    """The Bot API says no; carries the whole answer."""

    def __init__(self, status: int, description: str, parameters: dict[str, int] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.body = telegram_error(status, description, parameters)


class Chat:
    """One chat with the bot."""

    is_group = False

    def __init__(self, telegram: "Telegram", chat_id: int) -> None:
        self._telegram = telegram
        self.id = chat_id
        self.messages: dict[int, Message] = {}
        #: the keyboard below the text field, if one is shown
        self.reply_keyboard: Markup | None = None
        #: how many messages the bot ever wrote here; the oldest of them may be gone
        self.received_count = 0

    @property
    def phone_key(self) -> str:
        """What the journal calls this chat."""
        return f"t{self.id}"

    @property
    def screen(self) -> list[Message]:
        """Every message in order; deleted ones are there, marked."""
        with self._telegram.lock:
            return list(self.messages.values())

    @property
    def received(self) -> list[Message]:
        """What the bot wrote, in order."""
        return [message for message in self.screen if message.from_bot]

    def as_json(self) -> Json:
        """The Chat object."""
        raise NotImplementedError

    def refusal(self) -> RefusalError | None:
        """Why the bot may not write here; None when it may."""
        raise NotImplementedError

    def put(self, message: Message) -> Message:
        """Show a message, and let the oldest go."""
        self.messages[message.message_id] = message
        if len(self.messages) > MESSAGES_KEPT:
            del self.messages[next(iter(self.messages))]
        self.received_count += message.from_bot
        self._show_keyboard(message.keyboard)
        self._telegram.journal.note(self.phone_key)
        return message

    def _show_keyboard(self, markup: Markup | None) -> None:
        if markup and "keyboard" in markup:
            self.reply_keyboard = markup
        elif markup and markup.get("remove_keyboard"):
            self.reply_keyboard = None

    @contextmanager
    def _changing(self) -> Iterator["Telegram"]:
        with self._telegram.lock:
            yield self._telegram
            self._telegram.journal.note(self.phone_key)
            self._telegram.changes.announce()


class Group(Chat):
    """A group the bot is in; it hears everything said there."""

    is_group = True

    def __init__(self, telegram: "Telegram", chat_id: int, title: str) -> None:
        super().__init__(telegram, chat_id)
        self.title = title
        self.moved_to: int | None = None
        self.bot_is_out = False

    def as_json(self) -> Json:
        """The Chat object."""
        return {"id": self.id, "title": self.title, "type": "supergroup" if self.is_supergroup else "group"}

    @property
    def is_supergroup(self) -> bool:
        """Telegram gives supergroups ids below -10^12."""
        return self.id < -1_000_000_000_000

    def refusal(self) -> RefusalError | None:
        """Why the bot may not write here; None when it may."""
        if self.moved_to is not None:
            description = "Bad Request: group chat was upgraded to a supergroup chat"
            return RefusalError(400, description, {"migrate_to_chat_id": self.moved_to})
        if self.bot_is_out:
            kind = "supergroup" if self.is_supergroup else "group"
            return RefusalError(403, f"Forbidden: bot was kicked from the {kind} chat")
        return None

    def upgrade(self) -> "Group":
        """Become a supergroup: the old id stops working and names the new one."""
        with self._changing() as telegram:
            new = telegram.group(self.title, chat_id=-1_000_000_000_000 + self.id)
            self.moved_to = new.id
            telegram.service_message(self, {"migrate_to_chat_id": new.id})
            telegram.service_message(new, {"migrate_from_chat_id": self.id})
            return new

    def kick_bot(self, by: Json) -> None:
        """Throw the bot out; `by` is the User who does it (person.user)."""
        with self._changing() as telegram:
            self.bot_is_out = True
            telegram.membership(self, by, "member", "kicked")
