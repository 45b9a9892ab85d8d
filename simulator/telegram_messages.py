"""What lies in a chat: messages and files, and the JSON that the Bot API shows of them."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from simulator.html_check import Entity, utf16_length
from simulator.keyboards import Markup, labels

_COMMAND = re.compile(r"(?<![\w/<>])/\w{1,64}(?:@\w{3,32})?(?![\w/<>])", re.ASCII)

Json = dict[str, Any]


class Place(Protocol):
    """Where a message lies: a private chat or a group."""

    @property
    def phone_key(self) -> str:
        """What the journal calls it."""

    def as_json(self) -> Json:
        """The Chat object."""


@dataclass(frozen=True, slots=True, repr=False)
class File:
    """Something uploaded, by a person or by the bot."""

    file_id: str
    path: str
    name: str
    mime_type: str
    content: bytes

    def as_json(self) -> Json:
        """The File object of getFile."""
        return {
            "file_id": self.file_id,
            "file_unique_id": "u" + self.file_id,
            "file_size": len(self.content),
            "file_path": self.path,
        }


@dataclass(slots=True, repr=False, eq=False)
class Message:
    """One message as its readers see it now; the same object changes when it is edited or deleted."""

    chat: Place
    message_id: int
    sent_at: datetime
    author: Json
    #: what is read: the text, or the caption of a photo or document
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    #: text, photo, document, contact, sticker, voice or service
    kind: str = "text"
    #: the fields that only this kind of message has, as the Bot API names them
    extra: Json = field(default_factory=dict)
    keyboard: Markup | None = None
    #: sent without a sound
    silent: bool = False
    deleted: bool = False
    #: the bot has confirmed the update that told it of this message
    taken: bool = False
    edited_at: datetime | None = None
    #: its text was edited, which phones mark; changed buttons alone they do not
    rewritten: bool = False
    reply_to: "Message | None" = None
    file: File | None = None

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return bool(self.author["is_bot"])

    @property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """What is written on its buttons, row by row."""
        return labels(self.keyboard)

    def as_json(self) -> Json:
        """The Message object."""
        shown: Json = {
            "message_id": self.message_id,
            "from": self.author,
            "chat": self.chat.as_json(),
            "date": int(self.sent_at.timestamp()),
        }
        if self.edited_at:
            shown["edit_date"] = int(self.edited_at.timestamp())
        if self.reply_to:
            shown["reply_to_message"] = self.reply_to.as_json_without_reply()
        if self.extra:
            shown |= self.extra
        if self.text:
            is_text = self.kind == "text"
            shown["text" if is_text else "caption"] = self.text
            if self.entities:
                shown["entities" if is_text else "caption_entities"] = self.entities
        if self.keyboard and "inline_keyboard" in self.keyboard:
            shown["reply_markup"] = self.keyboard
        return shown

    def as_json_without_reply(self) -> Json:
        """The Message object inside another one, where the chain of replies ends."""
        shown = self.as_json()
        shown.pop("reply_to_message", None)
        return shown


def command_entities(text: str) -> list[Entity]:
    """The bot commands that Telegram marks in what a person writes."""
    return [
        {
            "type": "bot_command",
            "offset": utf16_length(text[: found.start()]),
            "length": utf16_length(found[0]),
        }
        for found in _COMMAND.finditer(text)
    ]
