"""Deciding an update: aiogram's dispatcher is driven to its end inside the transaction's thread.

Nothing in a handler waits, so no event loop is needed, and one that did would be refused here: what a resident is
told, and what changes because of her, are one transaction.
"""

from collections.abc import Coroutine
from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from aiogram import Dispatcher, Router
from aiogram.types import Update
from sqlalchemy.orm import Session

from bot import groups
from bot.conversation import ConversationMiddleware
from bot.filters import InPrivate
from bot.officials import (
    agreeing,
    announcing,
    calling,
    figures,
    handing,
    helping,
    listing,
    menu,
    proposals,
    reached,
    receiving,
    suspending,
    telling,
    week,
    words,
)
from bot.officials.inviting import deciding, making, opening, own
from bot.replies import as_json, replies_of
from bot.residents import (
    answer,
    ask,
    consent,
    counter,
    deep_link,
    erase,
    held,
    language,
    link,
    my_cards,
    other,
    phone,
    small_talk,
    start,
    stock,
    stop,
    story,
)
from bot.talk import House, Talk
from bot.trial import TrialGate
from bot.updates import asked_at, chat_of, content_of, is_oversized, private_chat_of
from core.actions.conversations import may_say
from core.actions.inbox import decide
from core.questions.inbox import OVERSIZED, Replies, Waiting

T = TypeVar("T")

#: Who sends one thing after another that is too large is told so once.
_SORRY_EVERY = timedelta(hours=1)


class Decider:
    """The whole conversation of one office; may be used from several threads at once."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._dispatcher = conversation()

    def replies(self, session: Session, waiting: Waiting, *, now: datetime) -> list[dict[str, Any]]:
        """Do what the update asks for, and return the calls to make, as plain JSON."""
        if content_of(waiting.body) is None:
            return []
        asked = asked_at(waiting.body, received_at=waiting.received_at, now=now)
        talk = Talk(self.house, session, now, waiting.inbox_id, chat_of(waiting.body), asked)
        # What Dispatcher.feed_update does, less its clock, which needs an event loop.
        handling = self._dispatcher.update.wrap_outer_middleware(
            self._dispatcher.update.trigger, Update.model_validate(waiting.body), {"talk": talk}
        )
        return [as_json(reply) for reply in replies_of(to_its_end(handling))]

    def decide(self, session: Session, waiting: Waiting, *, now: datetime) -> Replies:
        """The same, kept with the update as decided. Raises Overtaken when it was decided before."""
        calls = self.replies(session, waiting, now=now)
        decide(session, waiting.inbox_id, calls, now=now)
        return Replies(waiting.inbox_id, calls, sent=0, since=now, received_at=waiting.received_at)

    def apology(self, session: Session, waiting: Waiting, *, now: datetime) -> list[dict[str, Any]]:
        """What a person gets whose update was set aside; nothing where nobody would know what it is about."""
        chat_id = private_chat_of(waiting.body)
        talk = Talk(self.house, session, now, waiting.inbox_id, chat_id, now)
        if chat_id is None or not self.house.admits(chat_id):
            return []
        if is_oversized(waiting.body) and not may_say(session, OVERSIZED, chat_id, every=_SORRY_EVERY, now=now):
            return []
        return [as_json(talk.say(chat_id, talk.text("apology")))]


@cache
def conversation() -> Dispatcher:
    """All that can be said, to whichever office: it holds nothing of any, and is slow to build."""
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.update.outer_middleware(TrialGate())
    dispatcher.update.outer_middleware(ConversationMiddleware())
    dispatcher.include_routers(_private(), groups.routes())
    return dispatcher


def _private() -> Router:
    """Private chats, from the most particular to the most general."""
    private = Router(name="private")
    for observer in (private.message, private.edited_message, private.callback_query, private.my_chat_member):
        observer.filter(InPrivate())
    _take_in(
        private,
        listing.routes(),
        other.forwarded_routes(),
        deep_link.routes(),
        opening.routes(),
        start.routes(),
        stop.routes(),
        menu.routes(),
        words.routes(),
        figures.routes(),
        calling.routes(),
        reached.routes(),
        making.routes(),
        deciding.routes(),
        own.routes(),
        helping.routes(),
        receiving.routes(),
        handing.routes(),
        week.routes(),
        announcing.routes(),
        suspending.routes(),
        telling.routes(),
        proposals.routes(),
        agreeing.press_routes(),
        language.routes(),
        my_cards.routes(),
        link.wish_routes(),
        ask.routes(),
        erase.routes(),
        held.routes(),
        story.routes(),
        counter.routes(),
        stock.routes(),
        link.receipt_routes(),
        phone.routes(),
        answer.routes(),
        consent.routes(),
        agreeing.word_routes(),
    )
    private.include_routers(small_talk.routes(), other.routes())
    return private


def _take_in(router: Router, *others: Router) -> None:
    """Make their handlers its own, before those of all it includes: going from router to router costs more than asking.

    What an other one's `filter` asks of all its handlers would be lost; such a router is included.
    """
    for taken in others:
        for name, observer in taken.observers.items():
            router.observers[name].handlers.extend(observer.handlers)


def to_its_end(handling: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never waits; raise RuntimeError when it does."""
    try:
        handling.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    handling.close()
    raise RuntimeError("a handler waited for something; leave a reply instead, and let filters be async")
