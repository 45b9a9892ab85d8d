"""The buttons below the consent: agreed, declined, or pressed too late."""

from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.methods import AnswerCallbackQuery, EditMessageReplyMarkup
from aiogram.types import CallbackQuery

from bot.conversation import Linking
from bot.keyboards import ConsentPress
from bot.replies import Reply
from bot.talk import Talk
from core.actions.contacts import add_contact
from core.questions.slips import slip_in_force
from core.rules.delivery import Channel


def routes() -> Router:
    """Every button that anybody presses anywhere."""
    router = Router(name="consent")
    router.callback_query.register(pressed, ConsentPress.filter())
    router.callback_query.register(pressed_outdated)
    return router


async def pressed(
    query: CallbackQuery, callback_data: ConsentPress, talk: Talk, state: FSMContext, raw_state: str | None
) -> list[Reply]:
    """Only the button below the newest consent counts, only once, and only while its proof would still hold."""
    pending: dict[str, Any] = await state.get_data() if raw_state == Linking.consent.state else {}
    if query.message is None or pending.get("ticket") != callback_data.ticket or _is_overtaken(talk, pending):
        return [await pressed_outdated(query, talk)]
    await state.clear()
    chat_id = query.message.chat.id
    if callback_data.agreed:
        _link(talk, pending, chat_id)
    said = talk.say(chat_id, talk.text("consent-thanks" if callback_data.agreed else "consent-declined"))
    buttons_gone = EditMessageReplyMarkup(chat_id=chat_id, message_id=query.message.message_id)
    return [AnswerCallbackQuery(callback_query_id=query.id), buttons_gone, said]


async def pressed_outdated(query: CallbackQuery, talk: Talk) -> AnswerCallbackQuery:
    """A second press, or a button of long ago: said kindly, nothing is done."""
    return AnswerCallbackQuery(callback_query_id=query.id, text=talk.text("button-outdated"))


def _is_overtaken(talk: Talk, pending: dict[str, Any]) -> bool:
    """A slip made meanwhile makes the paper worthless that was shown here: it may have been lost, and found."""
    return bool(pending["slip"] != slip_in_force(talk.session, pending["resident"]))


def _link(talk: Talk, pending: dict[str, Any], chat_id: int) -> None:
    add_contact(
        talk.session,
        pending["resident"],
        Channel.TELEGRAM,
        str(chat_id),
        proof=pending["proof"],
        how="telegram",
        text=pending["text"],
        now=talk.now,
        by="resident",
    )
