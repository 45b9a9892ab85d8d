"""Reply markups: read from a request, refused as Telegram refuses them, and read out as rows of labels."""

from collections.abc import Iterator
from typing import Any

CALLBACK_DATA_BYTES = 64
_INLINE_ACTIONS = ("callback_data", "url", "web_app", "login_url", "switch_inline_query", "copy_text", "pay")

Button = dict[str, Any]
Markup = dict[str, Any]


class KeyboardError(ValueError):
    """The keyboard cannot be shown; the message is Telegram's complaint."""


def check_markup(markup: object) -> Markup | None:
    """The markup of a request, or None when it is empty; plain texts in a reply keyboard become buttons."""
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise KeyboardError("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], "inline keyboard")
        for button in (button for row in rows for button in row):
            _check_inline(button)
        return {"inline_keyboard": rows} if any(rows) else None
    if "keyboard" in markup:
        return markup | {"keyboard": _rows(markup["keyboard"], "keyboard")}
    return markup


def _rows(rows: object, what: str) -> list[list[Button]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise KeyboardError(f'field "{what.replace(" ", "_")}" must be of type Array of Arrays')
    return [[_button(button, what) for button in row] for row in rows]


def _button(button: object, what: str) -> Button:
    found = {"text": button} if isinstance(button, str) else button
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        raise KeyboardError(f"can't parse {what} button: Can't find field \"text\"")
    if not found["text"].strip():
        raise KeyboardError(f"{what} button text must be non-empty")
    return found


def _check_inline(button: Button) -> None:
    if not any(action in button for action in _INLINE_ACTIONS):
        raise KeyboardError("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= CALLBACK_DATA_BYTES:
        raise KeyboardError("BUTTON_DATA_INVALID")


def buttons(markup: Markup | None) -> Iterator[Button]:
    """Every button, row by row."""
    for row in _shown_rows(markup):
        yield from row


def labels(markup: Markup | None) -> tuple[tuple[str, ...], ...]:
    """What is written on the buttons, row by row."""
    return tuple(tuple(button["text"] for button in row) for row in _shown_rows(markup))


def _shown_rows(markup: Markup | None) -> list[list[Button]]:
    if markup is None:
        return []
    rows: list[list[Button]] = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return rows
