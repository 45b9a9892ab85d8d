"""A person with a phone: what they do in Telegram, and what their screen shows."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.keyboards import Button, buttons
from simulator.telegram_chats import Chat, Group, RefusalError
from simulator.telegram_messages import Json, Message, command_entities

if TYPE_CHECKING:
    from simulator.telegram_state import Telegram

_LINK = re.compile(
    r"(?:(?:https?://)?t(?:elegram)?\.me/(?P<at>\w+)|tg://resolve\?domain=(?P<domain>\w+))"
    r"(?:[?&]start=(?P<payload>[A-Za-z0-9_-]{1,64}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Popup:
    """What the bot let pop up after a press; an alert stays until it is closed."""

    text: str
    alert: bool


class Person(Chat):
    """One resident or official with Telegram; the chat id is the user id, as in every private chat."""

    def __init__(
        self, telegram: "Telegram", chat_id: int, name: str, *, username: str | None, phone: str | None, started: bool
    ) -> None:
        super().__init__(telegram, chat_id)
        first, _, last = name.partition(" ")
        self.name = name
        self.phone = phone
        self.started = started
        #: the bot knows this user from a group, but was never spoken to
        self.met = False
        self.has_blocked = False
        self.is_deactivated = False
        self.popped_up: list[Popup] = []
        names: Json = {"first_name": first} | ({"last_name": last} if last else {})
        names |= {"username": username} if username else {}
        #: the User object
        self.user: Json = {"id": chat_id, "is_bot": False, **names, "language_code": "id"}
        self._chat: Json = {"id": chat_id, **names, "type": "private"}

    def as_json(self) -> Json:
        """The Chat object."""
        return self._chat

    @property
    def popups(self) -> list[str]:
        """What popped up after a button was pressed."""
        return [popup.text for popup in self.popped_up]

    def refusal(self) -> RefusalError | None:
        """Why the bot may not write here; None when it may."""
        if self.is_deactivated:
            return RefusalError(403, "Forbidden: user is deactivated")
        if self.has_blocked:
            return RefusalError(403, "Forbidden: bot was blocked by the user")
        if self.started:
            return None
        if self.met:
            return RefusalError(403, "Forbidden: bot can't initiate conversation with a user")
        return RefusalError(400, "Bad Request: chat not found")

    def start(self, payload: str | None = None) -> Message:
        """Press Start, perhaps behind a deep link."""
        return self.say(f"/start {payload}" if payload else "/start")

    def open_link(self, link: str) -> Message:
        """Open a deep link of this bot, or scan it from paper; ValueError when it leads anywhere else."""
        found = _LINK.fullmatch(link.strip())
        if found is None or (found["at"] or found["domain"]).lower() != self._telegram.bot["username"].lower():
            raise ValueError("this link does not lead to the bot")
        return self.start(found["payload"])

    def say(self, text: str) -> Message:
        """Write a text."""
        return self._write(text=text, entities=command_entities(text))

    def press(self, label: str) -> None:
        """Press the newest inline button with this label, or else the one on the keyboard below."""
        with self._changing() as telegram:
            for message in reversed(self.messages.values()):
                for button in buttons(message.keyboard if not message.deleted else None):
                    if button["text"] == label and "callback_data" in button:
                        return telegram.button_pressed(self, message, button["callback_data"])
            return self.press_key(label)

    def press_key(self, label: str) -> None:
        """Press the button with this label on the keyboard below the text field."""
        with self._changing():
            for button in buttons(self.reply_keyboard):
                if button["text"] == label:
                    return self._use_keyboard(button)
        raise LookupError(f"no button {label!r} is on this screen")

    def press_below(self, message_id: int, *, row: int, column: int) -> None:
        """Press the inline button at this place below a message; LookupError when it is not there any more."""
        with self._changing() as telegram:
            message = self.messages.get(message_id)
            rows = (message.keyboard or {}).get("inline_keyboard", []) if message and not message.deleted else []
            button = rows[row][column]
            if message and "callback_data" in button:
                telegram.button_pressed(self, message, button["callback_data"])
            else:
                self.open_link(button.get("url", ""))

    def _use_keyboard(self, button: Button) -> None:
        if not button.get("request_contact"):
            self.say(button["text"])
        elif self.phone:
            self.share_contact(self.phone)
        else:
            raise ValueError("this person has no phone number to share: give person(..., phone=...)")
        if self.reply_keyboard and self.reply_keyboard.get("one_time_keyboard"):
            self.reply_keyboard = None

    def share_contact(self, phone: str, *, own: bool = True, forwarded: bool = False) -> Message:
        """Share a phone number: the own one, or a card of somebody else; `forwarded` passes on an old message."""
        contact = {
            "phone_number": phone,
            "first_name": self.user["first_name"] if own else "Orang lain",
            "user_id": self.id if own else self.id + 1,
        }
        origin = self._origin(self.user) if forwarded else {}
        return self._write(kind="contact", extra={"contact": contact} | origin)

    def send_photo(self, caption: str = "", content: bytes = b"\xff\xd8\xff\xe0") -> Message:
        """Send a photo."""
        with self._changing() as telegram:
            file = telegram.files.keep("photos", "photo.jpg", content)
            return self._write(
                text=caption, kind="photo", extra={"photo": [telegram.files.photo_size(file)]}, file=file
            )

    def send_document(self, name: str, content: bytes, caption: str = "") -> Message:
        """Send a file."""
        with self._changing() as telegram:
            file = telegram.files.keep("documents", name, content)
            extra = {"document": telegram.files.document(file)}
            return self._write(text=caption, kind="document", extra=extra, file=file)

    def send_sticker(self) -> Message:
        """Send a sticker."""
        with self._changing() as telegram:
            file = telegram.files.keep("stickers", "sticker.webp", b"RIFF")
            size = telegram.files.photo_size(file)
            sticker = size | {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}
            return self._write(kind="sticker", extra={"sticker": sticker}, file=file)

    def send_voice(self, seconds: int = 3) -> Message:
        """Send a voice message."""
        with self._changing() as telegram:
            file = telegram.files.keep("voice", "voice.oga", b"OggS")
            voice = telegram.files.document(file) | {"duration": seconds, "mime_type": "audio/ogg"}
            voice.pop("file_name")
            return self._write(kind="voice", extra={"voice": voice}, file=file)

    def forward(self, text: str) -> Message:
        """Pass on what somebody else wrote."""
        someone = {"id": self.id + 1, "is_bot": False, "first_name": "Orang lain"}
        return self._write(text=text, entities=command_entities(text), extra=self._origin(someone))

    def edit_last(self, text: str) -> Message:
        """Change the newest own text."""
        with self._changing() as telegram:
            own = [message for message in self.messages.values() if not message.from_bot and message.kind == "text"]
            if not own:
                raise LookupError("this person has written no text yet")
            message = own[-1]
            message.text, message.entities, message.edited_at = text, command_entities(text), telegram.now()
            message.rewritten = True
            telegram.updates.add("edited_message", message.as_json())
            return message

    def say_in_group(self, group: Group, text: str) -> Message:
        """Write in a group; from then on the bot knows this user, yet may not write first."""
        with self._changing() as telegram:
            self.met = True
            return telegram.message_from(self, group, text=text, entities=command_entities(text))

    def block(self) -> None:
        """Block the bot."""
        with self._changing() as telegram:
            self.has_blocked = True
            telegram.membership(self, self.user, "member", "kicked")

    def unblock(self) -> None:
        """Let the bot write again."""
        with self._changing() as telegram:
            self.has_blocked = False
            telegram.membership(self, self.user, "kicked", "member")

    def deactivate(self) -> None:
        """Delete the Telegram account."""
        with self._changing():
            self.is_deactivated = True

    def _write(self, **content: Any) -> Message:
        with self._changing() as telegram:
            self.started = True
            return telegram.message_from(self, self, **content)

    def _origin(self, user: Json) -> Json:
        date = int(self._telegram.now().timestamp()) - 60
        return {"forward_origin": {"type": "user", "sender_user": user, "date": date}}
