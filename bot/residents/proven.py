"""Who has proven that a card is hers: she is answered in full, and asked whether she wants to be told."""

import secrets

from aiogram.fsm.context import FSMContext
from aiogram.methods import SendMessage
from aiogram.types import Message

from bot.conversation import Linking
from bot.keyboards import consent_buttons
from bot.replies import Reply
from bot.residents.card_text import card_text
from bot.talk import Talk
from core.actions.crowded_chats import list_crowded_chat
from core.actions.proof import note_proof
from core.questions.cards import where_is_proven
from core.questions.contacts import MOST_RESIDENTS_PER_CHAT
from core.questions.slips import slip_in_force
from core.rules.card import OPEN


async def answer_owner(message: Message, resident_id: int, *, proof: str, talk: Talk, state: FSMContext) -> list[Reply]:
    """Whatever was going on in this chat ends here. proof: `receipt`, `link` or `phone`, kept with the consent."""
    await state.clear()
    note_proof(talk.session, message.chat.id, resident_id, how=proof, now=talk.now)
    answer = where_is_proven(talk.session, resident_id, now=talk.now, terms=talk.house.print_terms)
    replies: list[Reply] = [talk.answer(message, card_text(talk, answer))]
    linked = talk.linked(message.chat.id)
    if answer is None or answer.stage not in OPEN or resident_id in linked:
        return replies
    if len(linked) >= MOST_RESIDENTS_PER_CHAT:
        list_crowded_chat(talk.session, message.chat.id, resident_id, now=talk.now)
        return [*replies, talk.say(message.chat.id, talk.text("too-many-cards", n=len(linked)))]
    return [*replies, await _ask_consent(message, resident_id, proof=proof, talk=talk, state=state)]


async def _ask_consent(message: Message, resident_id: int, *, proof: str, talk: Talk, state: FSMContext) -> SendMessage:
    ticket = secrets.token_hex(4)
    await state.set_state(Linking.consent)
    await state.set_data(
        {
            "resident": resident_id,
            "proof": proof,
            "slip": slip_in_force(talk.session, resident_id),
            "ticket": ticket,
            "text": talk.words.consent_version,
        }
    )
    text = talk.text("consent", simpan=talk.text("contact-kept"))
    return SendMessage(chat_id=message.chat.id, text=text, reply_markup=consent_buttons(talk.words, ticket))
