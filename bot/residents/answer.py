"""The buttons below a notice: coming, another day, not mine. However old it is, and whatever was pressed before."""

from dataclasses import dataclass
from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.methods import AnswerCallbackQuery, EditMessageReplyMarkup
from aiogram.types import CallbackQuery, MaybeInaccessibleMessageUnion

from bot.keyboards import inline_buttons
from bot.replies import Reply
from bot.talk import Talk
from core.actions.answers import Heard, answer_notice, not_mine
from core.actions.telling import tell_operators
from core.questions.answers import answer_that_counts, answerable, has_number
from core.rules.notices import REPORTS, Answer, Kind
from core.rules.presses import Press, read_press
from core.wording.buttons import Rows, answer_rows, confirm_rows, report_rows
from core.wording.wordings import INDONESIAN


@dataclass(frozen=True, slots=True)
class Pressed:
    """One press. message_id: ours; below: Telegram's own, which may be too old to be read, but not to be changed."""

    press: Press
    message_id: int
    query_id: str
    below: MaybeInaccessibleMessageUnion

    @property
    def chat_id(self) -> int:
        return self.below.chat.id

    def popup(self, text: str | None = None) -> AnswerCallbackQuery:
        """Seen for a moment, and lost after 150 seconds; the button stops turning."""
        return AnswerCallbackQuery(callback_query_id=self.query_id, text=text)

    def buttons(self, rows: Rows = ()) -> EditMessageReplyMarkup:
        """What may be pressed from now on."""
        markup = inline_buttons(rows) if rows else None
        return EditMessageReplyMarkup(chat_id=self.chat_id, message_id=self.below.message_id, reply_markup=markup)


class BelowNotice(Filter):
    """A button below a notice of ours; hands over `pressed`."""

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        read = read_press(query.data or "")
        if read is None or query.message is None:
            return False
        message_id, press = read
        return {"pressed": Pressed(press, message_id, query.id, query.message)}


def routes() -> Router:
    """Before all other buttons."""
    router = Router(name="answer")
    router.callback_query.register(answered, BelowNotice())
    return router


async def answered(_: CallbackQuery, pressed: Pressed, talk: Talk) -> list[Reply]:
    """What a button carries can be made up: it counts only where the message went, while that address stands open."""
    notices = answerable(talk.session, pressed.message_id, str(pressed.chat_id))
    if not notices:
        return [pressed.popup(talk.text("press-not-yours")), pressed.buttons()]
    kind = notices[0].kind
    match pressed.press:
        case Press.NOT_MINE:
            return [
                pressed.popup(talk.text("press-not-mine")),
                pressed.buttons(confirm_rows(talk.words, pressed.message_id)),
            ]
        case Press.NOT_MINE_INDEED:
            items = not_mine(talk.session, pressed.message_id, str(pressed.chat_id), now=talk.now)
            _tell_operators(talk, items)
            return [pressed.popup(), pressed.buttons(), talk.say(pressed.chat_id, talk.text("answer-not-mine"))]
        case Press.TELL:
            return [pressed.popup(), pressed.buttons(report_rows(talk.words, kind, pressed.message_id))]
        case Press.BACK:
            chosen = answer_that_counts(talk.session, pressed.message_id, str(pressed.chat_id))
            rows = answer_rows(talk.words, kind, pressed.message_id, chosen=chosen)
            return [pressed.popup(), pressed.buttons(rows)]
    return _noted(pressed, Answer(pressed.press), talk, kind)


def _tell_operators(talk: Talk, items: list[int]) -> None:
    """At once, because a wrong address may be one of many."""
    numbers = ", ".join(map(str, items))
    text = talk.house.wordings.of(INDONESIAN).text("operators-not-mine", nomor=numbers)
    tell_operators(talk.session, talk.house.operators, text, key=f"not-mine {numbers}", now=talk.now)


def _noted(pressed: Pressed, answer: Answer, talk: Talk, kind: Kind) -> list[Reply]:
    """The mark on the button stays; who comes another day also reads that the card waits."""
    heard = answer_notice(talk.session, pressed.message_id, str(pressed.chat_id), answer, now=talk.now)
    if heard is Heard.OVER:
        return [pressed.popup(), pressed.buttons(), talk.say(pressed.chat_id, talk.text("answer-over"))]
    marked = pressed.buttons(answer_rows(talk.words, kind, pressed.message_id, chosen=answer))
    replies: list[Reply] = [pressed.popup(talk.text(f"press-{answer}")), marked]
    if heard is Heard.NOTED and answer in REPORTS:
        replies.append(talk.say(pressed.chat_id, talk.text(f"answer-{answer}")))
    if heard is Heard.NOTED and answer is Answer.OTHER_DAY:
        numbered = has_number(talk.session, pressed.message_id, str(pressed.chat_id))
        number = talk.text("and-with-number") if numbered else ""
        replies.append(talk.say(pressed.chat_id, talk.text("answer-other-day", nomor=number)))
    return replies
