"""What the page shows of each phone: a line in the list, and its screens; everything as plain JSON values.

A phone is a person's (Telegram, and the SMS to her number) or, where nobody has Telegram, a number's (SMS only).
Times are the simulated ones, in the clock's own zone, without a zone: a browser elsewhere must not move them.
"""

from datetime import datetime, tzinfo
from typing import Any

from simulator.keyboards import Button, Markup
from simulator.page.assets import is_shown
from simulator.sms_state import Sms, SmsNetwork
from simulator.telegram_messages import Json, Message, command_entities
from simulator.telegram_people import Person
from simulator.telegram_state import Telegram

_SMS_SHOWN = 100
#: What the page may know of a button; a callback's data stays here.
_BUTTON_KEYS = ("text", "url", "request_contact")
#: What a message without words is called where there is room for one line.
_KINDS = {"photo": "Foto", "sticker": "Stiker", "voice": "Pesan suara", "contact": "Kontak", "document": "Berkas"}


class Phones:
    """Call everything with the simulator's lock held."""

    def __init__(self, telegram: Telegram, sms: SmsNetwork) -> None:
        self._telegram = telegram
        self._sms = sms
        #: what the holders of phones without Telegram are called
        self.names: dict[str, str] = {}

    def changed_since(self, version: int) -> list[str]:
        """The phones whose Telegram or SMS changed after this version of the journal, the newest change first."""
        names = (self._phone_of(key) for key in self._telegram.journal.since(version))
        return list(dict.fromkeys(name for name in names if name))

    def person(self, phone: str) -> Person | None:
        """Who uses Telegram on this phone."""
        chat = self._telegram.chats.get(int(phone[1:])) if phone[:1] == "t" and phone[1:].isdecimal() else None
        return chat if isinstance(chat, Person) else None

    def row(self, phone: str) -> Json:
        """The phone in the list; received: how many messages ever arrived, by application."""
        person, number = self.person(phone), self._number(phone)
        inbox = self._sms.inbox(number) if number else []
        return {
            "id": phone,
            "name": person.name if person else self.names.get(phone, number),
            "number": number,
            "telegram": person is not None,
            "received": {"telegram": person.received_count if person else 0, "sms": len(inbox)},
            "last": self._last(person, inbox),
        }

    def state(self, phone: str) -> Json:
        """What is on the screen besides messages."""
        person = self.person(phone)
        if person is None:
            return {}
        return {
            "started": person.started,
            "blocked": person.has_blocked,
            "keyboard": _shown_markup(person.reply_keyboard),
            "commands": self._telegram.commands.shown_to(person.user),
            "popups": [{"text": popup.text, "alert": popup.alert} for popup in person.popped_up],
        }

    def messages(self, phone: str) -> dict[str, Json]:
        """Every message on the phone, Telegram's first, each in order and by a name of its own."""
        person, number, zone = self.person(phone), self._number(phone), self._zone()
        shown: dict[str, Json] = {}
        for message in person.screen if person else ():
            if not message.deleted:
                shown[f"m{message.message_id}"] = _message(message, zone)
        for sms in self._sms.inbox(number)[-_SMS_SHOWN:] if number else ():
            shown[sms.sid] = _sms(sms, zone)
        return shown

    def _phone_of(self, key: str) -> str | None:
        if key.startswith("t"):
            return key if self.person(key) else None
        owner = self._telegram.owner_of(key[1:])
        return owner.phone_key if owner else key

    def _number(self, phone: str) -> str | None:
        person = self.person(phone)
        return person.phone if person else phone[1:] if phone.startswith("s") else None

    def _last(self, person: Person | None, inbox: list[Sms]) -> Json | None:
        texts = [(message.sent_at, _brief(message)) for message in person.screen[-1:]] if person else []
        texts += [(sms.sent_at or sms.created_at, sms.body) for sms in inbox[-1:]]
        if not texts:
            return None
        at, text = max(texts)
        return {"at": local(at, self._zone()), "text": text[:80]}

    def _zone(self) -> tzinfo | None:
        return self._telegram.now().tzinfo


def local(moment: datetime, zone: tzinfo | None) -> str:
    """A moment as the phones show it: 2017-09-27T08:30:00."""
    return moment.astimezone(zone).replace(tzinfo=None).isoformat(timespec="seconds")


def _sms(sms: Sms, zone: tzinfo | None) -> Json:
    return {
        "app": "sms",
        "at": local(sms.sent_at or sms.created_at, zone),
        "mine": False,
        "text": sms.body,
        "sender": sms.sender,
        "segments": sms.segments,
    }


def _message(message: Message, zone: tzinfo | None) -> Json:
    shown: Json = {
        "app": "telegram",
        "at": local(message.sent_at, zone),
        "mine": not message.from_bot,
        "kind": message.kind,
        "text": message.text,
        # Telegram marks commands in what a bot writes, too.
        "entities": message.entities + (command_entities(message.text) if message.from_bot else []),
        "edited": message.rewritten,
        "taken": message.taken,
    }
    if message.keyboard and "inline_keyboard" in message.keyboard:
        shown["buttons"] = _rows(message.keyboard["inline_keyboard"])
    if message.reply_to and not message.reply_to.deleted:
        reply = message.reply_to
        shown["reply"] = {"text": _brief(reply)[:120], "mine": not reply.from_bot}
    if message.kind == "contact":
        contact: dict[str, Any] = message.extra["contact"]
        shown["contact"] = {"name": contact["first_name"], "number": contact["phone_number"]}
    if message.file:
        file = message.file
        picture = message.from_bot and is_shown(file.mime_type)
        shown["file"] = {"id": file.file_id, "name": file.name, "size": len(file.content), "picture": picture}
    if "forward_origin" in message.extra:
        shown["forwarded"] = True
    return shown


def _brief(message: Message) -> str:
    """A message in one line; a link that was opened shows as the press of Start, as in its bubble."""
    if not message.from_bot and message.text.startswith("/start "):
        return "/start"
    return message.text or _KINDS.get(message.kind, "Pesan")


def _shown_markup(markup: Markup | None) -> Json | None:
    if markup is None:
        return None
    placeholder = markup.get("input_field_placeholder", "")
    return {"rows": _rows(markup["keyboard"]), "placeholder": placeholder}


def _rows(rows: list[list[Button]]) -> list[list[Json]]:
    return [[{key: button[key] for key in _BUTTON_KEYS if key in button} for button in row] for row in rows]
