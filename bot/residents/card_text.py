"""A card in words, or that there is none."""

from bot.talk import Talk
from core.questions.regions import data_as_of
from core.rules.answer import CardAnswer
from core.wording.answers import card_answer, not_found


def card_text(talk: Talk, answer: CardAnswer | None) -> str:
    """The same for a card that is unknown, closed, or handed over and asked for without proof."""
    if answer is None:
        return not_found(talk.words, talk.office, data_as_of(talk.session))
    return card_answer(talk.words, talk.office, answer, closing=talk.closing)
