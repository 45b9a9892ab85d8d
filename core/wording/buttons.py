"""The buttons below a notice on Telegram, in rows of (label, what pressing it brings back)."""

from core.rules.notices import TABLE, Answer, Kind
from core.rules.presses import Press, press_data
from core.wording import Wording

Rows = tuple[tuple[tuple[str, str], ...], ...]

_IN_A_ROW = 2


def answer_rows(w: Wording, kind: Kind, message_id: int, *, chosen: Answer | None = None) -> Rows:
    """The answers of this kind; the one that counts at present is marked, and any other may still be pressed."""
    buttons = []
    for answer in TABLE[kind].answers:
        label = w.text(f"button-{answer}")
        shown = w.text("button-chosen", tombol=label) if answer is chosen else label
        buttons.append((shown, press_data(message_id, Press(answer))))
    if TABLE[kind].reports:
        buttons.append((w.text(f"button-{Press.TELL}"), press_data(message_id, Press.TELL)))
    return tuple(tuple(buttons[start : start + _IN_A_ROW]) for start in range(0, len(buttons), _IN_A_ROW))


def report_rows(w: Wording, kind: Kind, message_id: int) -> Rows:
    """What Beri Tahu opens; who is not meant at all may say that too."""
    presses = (*(Press(answer) for answer in TABLE[kind].reports), Press.NOT_MINE, Press.BACK)
    return tuple(((w.text(f"button-{press}"), press_data(message_id, press)),) for press in presses)


def confirm_rows(w: Wording, message_id: int) -> Rows:
    """Bukan Saya closes an address, so a slip of the finger must not be enough."""
    return tuple(
        ((w.text(f"button-{press}"), press_data(message_id, press)),) for press in (Press.NOT_MINE_INDEED, Press.BACK)
    )
