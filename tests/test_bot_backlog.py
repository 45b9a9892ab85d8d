"""Which of the answers that have waited leave: the newest few that somebody would notice."""

from datetime import timedelta
from typing import Any

from bot.backlog import MOST_ANSWERED, Decided, worth_answering
from core.questions.inbox import Replies, Waiting
from tests.offices import MORNING

RELEASED = {"method": "answerCallbackQuery", "callback_query_id": "1"}


def said(text: str) -> dict[str, Any]:
    return {"method": "sendMessage", "chat_id": 1, "text": text}


def decided(number: int, *calls: dict[str, Any], lasts: timedelta | None = None) -> Decided:
    replies = Replies(number, list(calls), 0, MORNING, lasts)
    return Waiting(number, b"siti", MORNING, {}, replies), replies


def leaving(*lane: Decided) -> list[int]:
    return [waiting.inbox_id for waiting, _ in worth_answering(lane)]


def test_a_button_that_is_only_released_takes_no_answers_place():
    answers = [decided(number, said(f"jawaban {number}")) for number in range(1, MOST_ANSWERED + 1)]
    presses = [decided(10 + number, {**RELEASED, "callback_query_id": str(number)}) for number in range(5)]
    assert leaving(*answers, *presses) == [3, 2, 1]


def test_a_press_that_is_explained_or_answered_or_changes_its_buttons_is_an_answer():
    explained = decided(1, {**RELEASED, "text": "Tombol ini sudah lama."})
    answered = decided(2, RELEASED, said("Terima kasih."))
    changed = decided(3, RELEASED, {"method": "editMessageReplyMarkup", "chat_id": 1, "message_id": 7})
    assert leaving(explained, answered, changed) == [3, 2, 1]
