"""What one person wrote while nobody answered: everything is heard in order, but not everything is answered.

What she wrote just now is answered word by word, in order. What has waited, or is too much, is answered newest first,
the same text once, and only the newest few: the rest was answered in vain by then.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from aiogram.methods import AnswerCallbackQuery

from bot.reading import command_word
from bot.updates import Update, asked_at
from core.questions.inbox import Replies, Waiting
from core.wording.wordings import Wordings

#: More than this many at once, or one that was written so long ago, and only the newest few are answered.
MOST_IN_ORDER = 10
FRESH = timedelta(minutes=5)
MOST_ANSWERED = 3
#: Of more than this many updates of one person, plain messages are not even read, but for the newest.
FLOOD = 60
NEWEST_READ = 20
#: What ends something is heard even in a flood.
_ENDS = frozenset(("berhenti", "stop", "hapus"))

Decided = tuple[Waiting, Replies]


def in_order(decided: Sequence[Decided], *, now: datetime) -> bool:
    """Whether all of it is to be answered as it was written."""
    written = (asked_at(waiting.body, received_at=waiting.received_at, now=now) for waiting, _ in decided)
    return len(decided) <= MOST_IN_ORDER and all(at > now - FRESH for at in written)


def worth_answering(decided: Sequence[Decided]) -> list[Decided]:
    """Return the newest few that say something of their own, newest first.

    decided: oldest first. What operators are told is no answer to anything: all of it leaves.
    """
    told = [one for one in decided if one[1].lasts is not None]
    chosen: dict[str, Decided] = {}
    for one in reversed(decided):
        if one[1].lasts is None and _says_something(one[1]) and len(chosen) < MOST_ANSWERED:
            chosen.setdefault(_what_is_said(one[1]), one)
    return [*chosen.values(), *told]


def _says_something(replies: Replies) -> bool:
    """Not when all it does is release a button, which nobody would notice in place of an answer."""
    return any(call["method"] != AnswerCallbackQuery.__api_method__ or call.get("text") for call in replies.calls)


def _what_is_said(replies: Replies) -> str:
    """The same for two answers that a person could not tell apart."""
    names = ("text", "reply_markup", "message_id", "paper", "about")
    said = [[call.get(name) for name in names] for call in replies.calls]
    return json.dumps(said, sort_keys=True)


def may_go_unread(wordings: Wordings) -> Callable[[Update], bool]:
    """Return what tells a plain message from one that must be heard: a press, a block, a command, a stop."""

    def is_plain(update: Update) -> bool:
        message = update.get("message") or update.get("edited_message")
        if not isinstance(message, dict):
            return False
        text = message.get("text")
        if not isinstance(text, str):
            return True
        is_stop = text.casefold() in wordings.labels("button-stop") or command_word(text) in _ENDS
        return not (text.startswith("/") or is_stop)

    return is_plain
