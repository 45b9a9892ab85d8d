"""Raw updates: which kinds we ask for, and whose they are. They stay plain JSON until they are decided."""

from typing import Any

#: Passed explicitly every time: leaving it out keeps what another program once asked for.
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")

Update = dict[str, Any]


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


def _chat(update: Update) -> Update:
    content = content_of(update) or {}
    return (content.get("message") or content).get("chat") or {}
