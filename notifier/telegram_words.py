"""What Telegram's refusals mean, by its own status and words."""

import json

from core.rules.delivery import GiveUp, Halt, OptedOut, TryLater
from notifier.exchange import Failure

#: Words in a 403 -> our code, where it is the person's own doing; any other 403 is a GiveUp.
OWN_WISH = {"bot was blocked": "blocked", "user is deactivated": "deactivated"}

#: Words in a 400 that mean a wrong address; any other 400 refuses the text.
NO_SUCH_CHAT = ("chat not found", "user not found", "peer_id_invalid")

#: Seconds to wait after a 429 that does not say how long.
UNSAID_WAIT_SECONDS = 5.0

#: A longer wait than this (116 days) is taken for a broken answer.
LONGEST_WAIT_SECONDS = 10_000_000

WRONG_TOKEN = Halt(
    "token-refused",
    "Telegram does not know this bot: check KABAR_TELEGRAM_TOKEN with @BotFather, and KABAR_TELEGRAM_API.",
)
NOT_TELEGRAM = Halt(
    "not-telegram", "Something that is not Telegram refuses our requests: check KABAR_TELEGRAM_API and any proxy."
)
UNKNOWN = Halt("unknown-refusal", "Telegram refuses our requests in a way this version does not know: update it.")


def meaning(status: int, body: bytes) -> Failure:
    """The outcome that an answer with a 4xx status stands for; such a message was surely not sent."""
    try:
        answer = json.loads(body)
        words = str(answer["description"]).lower()
        parameters = dict(answer.get("parameters") or {})
    except (AttributeError, KeyError, TypeError, ValueError):
        return _throttled(None) if status == 429 else NOT_TELEGRAM
    if status == 429:
        return _throttled(parameters.get("retry_after"))
    if isinstance(moved_to := parameters.get("migrate_to_chat_id"), int):
        return TryLater("moved", moved_to=str(moved_to))
    return _by_words(status, words)


def _by_words(status: int, words: str) -> Failure:
    if status == 403:
        wish = next((code for said, code in OWN_WISH.items() if said in words), None)
        return OptedOut(wish) if wish else GiveUp("forbidden")
    if status == 400:
        return GiveUp("chat-not-found" if any(said in words for said in NO_SUCH_CHAT) else "text-refused")
    return WRONG_TOKEN if status in (401, 404) else UNKNOWN


def _throttled(retry_after: object) -> TryLater:
    seconds = UNSAID_WAIT_SECONDS
    if isinstance(retry_after, int | float) and 0 < retry_after < LONGEST_WAIT_SECONDS:
        seconds = float(retry_after)
    return TryLater("429", after_seconds=seconds, throttled=True)
