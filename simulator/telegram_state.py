"""Everyone and everything on the simulated Telegram, and what tests and the demo ask of it."""

import random
import threading
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from simulator.changes import Signal
from simulator.journal import Journal
from simulator.ledger import Ledger
from simulator.limits import Limits, Throttle
from simulator.telegram_chats import Chat, Group
from simulator.telegram_commands import Commands
from simulator.telegram_files import Files
from simulator.telegram_messages import Json, Message
from simulator.telegram_people import Person
from simulator.telegram_updates import Update, UpdateQueue, chat_of

CALLBACK_LIFE_SECONDS = 150
CALLBACKS_KEPT = 10_000


class Telegram:
    """One bot, its people and groups, and the updates that wait for it."""

    def __init__(
        self,
        *,
        lock: threading.RLock,
        changes: Signal,
        journal: Journal,
        now: Callable[[], datetime],
        throttle: Throttle,
        bot: Json,
        token: str,
        seed: int | None,
        ledger: Ledger,
    ) -> None:
        self.lock = lock
        self.changes = changes
        self.journal = journal
        self.now = now
        self.throttle = throttle
        self.bot = bot
        self.token = token
        #: how the ledger tells it from others
        self.bot_id = str(bot["id"])
        self.updates = UpdateQueue(lock, changes, seed=seed)
        self.updates.on_taken = self._taken
        self.updates.on_made = self._made
        self.ledger = ledger
        self.files = Files()
        self.commands = Commands()
        self.chats: dict[int, Chat] = {}
        #: requests per method, as the caller spelt it
        self.requests: Counter[str] = Counter()
        #: how many answers were 429
        self.throttled = 0
        self._named: dict[str, Person] = {}
        self._by_phone: dict[str, Person] = {}
        self._pressed: dict[str, tuple[Person, datetime]] = {}
        self._next_message_id = 1
        self._random = random.Random(seed)

    def person(
        self,
        name: str,
        *,
        chat_id: int | None = None,
        username: str | None = None,
        phone: str | None = None,
        started: bool = False,
    ) -> Person:
        """The person of this chat or else of this name, made at first mention; `started`: spoke to the bot before."""
        with self.lock:
            found = self._named.get(name) if chat_id is None else self.chats.get(chat_id)
            if not isinstance(found, Person):
                number = self._free_id(name) if chat_id is None else chat_id
                found = Person(self, number, name, username=username, phone=phone, started=started)
                self._named.setdefault(name, found)
                self.chats[number] = found
                if phone:
                    self._by_phone[phone] = found
                self.journal.note(found.phone_key)
                self.changes.announce()
            return found

    def owner_of(self, phone: str) -> Person | None:
        """Whose number this is; None if nobody with Telegram has it."""
        return self._by_phone.get(phone)

    def group(self, title: str, *, chat_id: int | None = None, added_by: Person | None = None) -> Group:
        """A new group that the bot is in; with `added_by` the bot is told who brought it there."""
        with self.lock:
            group = Group(self, chat_id if chat_id is not None else -self._free_id(title), title)
            self.chats[group.id] = group
            if added_by:
                self.membership(group, added_by.user, "left", "member")
            return group

    def limit(self, limits: Limits) -> None:
        """Set the limits of speed from now on."""
        with self.lock:
            self.throttle.set(limits)

    def inject(self, update: Update) -> int:
        """Put a raw update in the queue and return its id, whatever the bot asked for."""
        return self.updates.inject(update)

    def new_message(self, chat: Chat, author: Json, **content: Any) -> Message:
        """A message of now, on the screen of its chat."""
        number = self._next_message_id
        self._next_message_id += 1
        return chat.put(Message(chat, number, self.now(), author, **content))

    def message_from(self, person: Person, chat: Chat, **content: Any) -> Message:
        """A person's message, and the update that tells the bot."""
        message = self.new_message(chat, person.user, **content)
        self.updates.add("message", message.as_json())
        return message

    def service_message(self, group: Group, extra: Json) -> None:
        """What Telegram itself writes into a group."""
        author = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
        message = self.new_message(group, author, kind="service", extra=extra)
        self.updates.add("message", message.as_json())

    def membership(self, chat: Chat, by: Json, old: str, new: str) -> None:
        """Tell the bot that its standing in a chat changed."""
        change = {
            "chat": chat.as_json(),
            "from": by,
            "date": int(self.now().timestamp()),
            "old_chat_member": self._member(old),
            "new_chat_member": self._member(new),
        }
        self.updates.add("my_chat_member", change)

    def button_pressed(self, person: Person, message: Message, data: str) -> None:
        """A button below a message was pressed."""
        query_id = str(self._random.randrange(10**17, 10**18))
        self._pressed[query_id] = (person, self.now())
        if len(self._pressed) > CALLBACKS_KEPT:
            del self._pressed[next(iter(self._pressed))]
        query = {
            "id": query_id,
            "from": person.user,
            "message": message.as_json(),
            "chat_instance": str(-person.id),
            "data": data,
        }
        self.updates.add("callback_query", query)

    def who_pressed(self, query_id: str) -> Person | None:
        """Who waits for the answer to this press; None if nobody does any more."""
        person, pressed_at = self._pressed.get(query_id, (None, self.now()))
        age = (self.now() - pressed_at).total_seconds()
        return person if age <= CALLBACK_LIFE_SECONDS else None

    def _taken(self, update: Update) -> None:
        """The bot has this update for good: its sender sees that."""
        content = update.get("message") or update.get("edited_message") or {}
        chat = self.chats.get(content.get("chat", {}).get("id", 0))
        message = chat.messages.get(content["message_id"]) if chat else None
        if chat is not None and message is not None:
            message.taken = True
            self.journal.note(chat.phone_key)
            self.changes.announce()

    def _made(self, update: Update) -> None:
        kind = next((key for key in update if key != "update_id"), "")
        self.ledger.wrote(update["update_id"], kind, chat_of(update), bot=self.bot_id)

    def _member(self, status: str) -> Json:
        extra = {"until_date": 0} if status == "kicked" else {}
        return {"user": self.bot, "status": status, **extra}

    def _free_id(self, name: str) -> int:
        # From the name, so that the same cast has the same ids in every run and in any order.
        number = 1_000_000_000 + zlib.crc32(name.encode())
        while number in self.chats or -number in self.chats:
            number += 1
        return number
