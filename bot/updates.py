"""Raw updates: which kinds we ask for, whose they are, when they were written, and what is too large to be kept.

They stay plain JSON until they are decided.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from core.questions.inbox import OVERSIZED

#: Passed explicitly every time: leaving it out keeps what another program once asked for.
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")

#: Bytes of an update as JSON in UTF-8. A text of 4,096 characters that answers another one has 35,000 with everything
#: that belongs to it; what is larger holds nothing that a resident wrote to us, and each byte is sealed and read again.
LARGEST_UPDATE = 64 * 1024
#: Telegram keeps an update for so long.
LONGEST_WAY = timedelta(hours=24)

Update = dict[str, Any]

_HEAD = 4096
_NUMBER = re.compile(r'"update_id"\s*:\s*(\d+)')
_KIND = re.compile(rf'"({"|".join(KINDS)})"\s*:\s*\{{')
_FROM = re.compile(r'"from"\s*:\s*\{\s*"id"\s*:\s*(\d+)')
_CHAT = re.compile(r'"chat"\s*:\s*\{\s*"id"\s*:\s*(-?\d+)')


def content_of(update: Update) -> Update | None:
    """What the update carries; None for a kind that we did not ask for."""
    return next((update[kind] for kind in KINDS if isinstance(update.get(kind), dict)), None)


def person_of(update: Update) -> str:
    """Whose order this update keeps: the one who wrote or pressed."""
    content = content_of(update) or {}
    author = content.get("from") or content.get("chat") or {}
    return str(author.get("id", ""))


def private_chat_of(update: Update) -> int | None:
    """The private chat it came from; None when it came from elsewhere."""
    chat = _chat(update)
    return int(chat["id"]) if chat.get("type") == "private" and "id" in chat else None


def chat_of(update: Update) -> int | None:
    """The chat it came from, whatever its kind; None when it names none."""
    chat = _chat(update)
    return int(chat["id"]) if "id" in chat else None


def asked_at(update: Update, *, received_at: datetime, now: datetime) -> datetime:
    """When it was written, by Telegram's own clock: nothing that its sender could set.

    A correction counts from when it was made: the date of what it corrects may be two days old. Never before Telegram
    would have forgotten it, nor after now; a press, which has no date, counts from when we got it.
    """
    content = content_of(update) or {}
    stamp = content.get("edit_date") or content.get("date")
    written = datetime.fromtimestamp(stamp, UTC) if isinstance(stamp, int) else received_at
    return min(max(written, received_at - LONGEST_WAY), now)


def is_oversized(update: Update) -> bool:
    """Whether it is only the stub of one that was too large."""
    return bool(update.get(OVERSIZED))


def as_kept(update: Update) -> str:
    """The update as JSON, or its stub."""
    text = json.dumps(update)
    if len(text) <= LARGEST_UPDATE:
        return text
    told = json.dumps(update, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return text if len(told) <= LARGEST_UPDATE else json.dumps(_stub(update))


def _stub(update: Update) -> Update:
    """Number, person and chat; no content, nor the message's number: what is so large holds no question to delete."""
    kind = next((kind for kind in KINDS if isinstance(update.get(kind), dict)), None)
    kept: Update = {"update_id": update["update_id"], OVERSIZED: True}
    if kind:
        places = {"from": update[kind].get("from") or {}, "chat": _chat(update)}
        kept[kind] = {
            place: {name: known[name] for name in ("id", "type") if name in known} for place, known in places.items()
        }
    return kept


def stub_of_head(raw: bytes) -> Update | None:
    """The stub of an update of which only the beginning is here; None when that does not even tell its number.

    Telegram writes the number first, then who and where. A chat is private when its number is the person's.
    """
    head = raw[:_HEAD].decode("utf-8", "replace")
    number, kind, author, chat = (found.search(head) for found in (_NUMBER, _KIND, _FROM, _CHAT))
    if number is None:
        return None
    stub: Update = {"update_id": int(number[1]), OVERSIZED: True}
    if kind and author:
        where = int(chat[1]) if chat else int(author[1])
        place = {"id": where, "type": "private" if where == int(author[1]) else "group"}
        stub[kind[1]] = {"from": {"id": int(author[1])}, "chat": place}
    return stub


def _chat(update: Update) -> Update:
    content = content_of(update) or {}
    return (content.get("message") or content).get("chat") or {}
