"""Live messages: one message that shows how far something is, edits itself, and holds the buttons to steer it.

1. What is followed is a batch. A room says once, as a Followed, what its batches are called and who may steer them.
2. The buttons hold for as long as the message stands in the chat, however old it is; the database decides what is so.
3. A chat has one of these about each batch: where a newer one begins, the older one points to it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from aiogram.methods import AnswerCallbackQuery, EditMessageText
from aiogram.types import CallbackQuery
from sqlalchemy.orm import Session

from bot.officials.popups import popup
from bot.officials.screens import Button, DeedPress, keyboard
from bot.replies import Reply
from bot.talk import House, Talk
from core.actions import batches
from core.actions.live_messages import follow, leave_alone
from core.errors import NotFound
from core.questions.live_messages import Live, live_messages
from core.rules.officials import Acting, Deed
from core.rules.progress import Progress, Standing
from core.wording import Wording
from core.wording.progress import progress_text

Rows = Sequence[Sequence[Button]]
PAUSE, GO_ON, CANCEL, CANCEL_YES, CANCEL_NO = "pause", "on", "end", "end1", "end0"


@dataclass(frozen=True, slots=True)
class Glance:
    """Whoever looks: on which transaction, in which language, when."""

    session: Session
    words: Wording
    house: House
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One batch at this moment. heading, note: see `progress_text`; both empty where nobody asked for words.

    rows: buttons of its own below the usual ones. lasts: it may go on though nobody waits to be told now.
    """

    progress: Progress
    heading: str
    note: str = ""
    rows: Rows = ()
    lasts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What can be followed: all batches named prefix:ID.

    deed: whose buttons they are. may: whether she may steer this one. look: both raise NotFound if there is none.
    cancel: returns False when it was cancelled before. cancel_note: a text that says what a cancel does besides.
    """

    prefix: str
    deed: Deed
    may: Callable[[Session, Acting, int], bool]
    look: Callable[[Glance, int], Look]
    cancel: Callable[[Session, int, datetime, str], bool] | None = None
    cancel_note: str | None = None

    def batch(self, number: int) -> str:
        """The name of one."""
        return f"{self.prefix}:{number}"

    def end(self, session: Session, number: int, *, now: datetime, by: str) -> bool:
        """Cancel one; return False when that was done before. Raises Refused when it is over."""
        if self.cancel:
            return self.cancel(session, number, now, by)
        return batches.cancel_batch(session, self.batch(number), now=now, by=by)


#: By the beginning of the batch's name.
FOLLOWED: dict[str, Followed] = {}


@dataclass(frozen=True, slots=True)
class LiveScreen:
    """What a live message shows at this moment. over: it will not change any more."""

    text: str
    rows: Rows
    over: bool = field(default=False)

    @property
    def shown(self) -> str:
        """Two that are equal look alike in the chat."""
        return "\n".join((self.text, *(f"{label}|{press.pack()}" for row in self.rows for label, press in row)))

    def edit(self, chat_id: int, message_id: int) -> EditMessageText:
        """The call to Telegram that shows it."""
        markup = keyboard(self.rows) if self.rows else None
        return EditMessageText(chat_id=chat_id, message_id=message_id, text=self.text, reply_markup=markup)


def live_screen(glance: Glance, about: str) -> LiveScreen | None:
    """Render what a message about this batch shows now; None for what nobody follows, or what is gone."""
    prefix, _, number = about.partition(":")
    followed = FOLLOWED.get(prefix)
    if followed is None or not number.isdecimal():
        return None
    try:
        look = followed.look(glance, int(number))
    except NotFound:
        return None
    text = progress_text(glance.words, look.heading, look.progress, note=look.note)
    rows = [*_steering(glance.words, followed, int(number), look.progress), *look.rows]
    return LiveScreen(text, rows, look.progress.over and not look.lasts)


def glance_of(talk: Talk) -> Glance:
    """At the moment of an update."""
    return Glance(talk.session, talk.words, talk.house, talk.now)


def becomes_live(
    query: CallbackQuery, talk: Talk, about: str, said: str | None = None, **values: str | int
) -> list[Reply]:
    """Have the message below which she pressed become the live message about a batch.

    said: a text that pops up; None: nothing does.
    """
    released = (
        popup(query, talk, said, alert=False, **values) if said else [AnswerCallbackQuery(callback_query_id=query.id)]
    )
    return [*released, *_follow_here(query, talk, about)]


def _follow_here(query: CallbackQuery, talk: Talk, about: str) -> list[EditMessageText]:
    screen = live_screen(glance_of(talk), about)
    if screen is None or query.message is None:
        return []
    chat, message_id = query.message.chat.id, query.message.message_id
    older = [live for live in _older(talk, str(chat), about) if live.chat_message_id != message_id]
    for live in older:
        leave_alone(talk.session, live.account, live.chat_message_id, now=talk.now)
    follow(talk.session, str(chat), message_id, about, screen.shown, now=talk.now)
    return [screen.edit(chat, message_id), *(_points_below(talk, live) for live in older)]


def _older(talk: Talk, account: str, about: str) -> list[Live]:
    return [live for live in live_messages(talk.session) if (live.account, live.about) == (account, about)]


def _points_below(talk: Talk, live: Live) -> EditMessageText:
    text = talk.text("progress-moved")
    return EditMessageText(chat_id=int(live.account), message_id=live.chat_message_id, text=text)


def _steering(words: Wording, followed: Followed, number: int, progress: Progress) -> list[list[Button]]:
    standing = progress.standing
    if standing in (Standing.DONE, Standing.CANCELLED):
        return []
    first = (GO_ON, "go-on") if standing is Standing.PAUSED else (PAUSE, "pause")
    row: list[Button] = [
        (words.text(f"progress-button-{label}"), DeedPress(deed=followed.deed, act=act, about=number))
        for act, label in (first, (CANCEL, "cancel"))
    ]
    return [row]
