"""What a button below a notice carries: which message it is under, and what pressing it means.

The word in front is the version: a button of another one, or a text that only looks like ours, is no press.
"""

import re
from enum import StrEnum

_VERSION = "n1"
_DATA = re.compile(rf"{_VERSION}:([1-9][0-9]{{0,8}}):([a-z-]+)", re.ASCII)


class Press(StrEnum):
    """NOT_MINE only asks whether that is meant: NOT_MINE_INDEED closes the address, BACK shows the answers again.

    TELL only shows what may be told: why nobody will come for the card.
    """

    COMING = "coming"
    OTHER_DAY = "other-day"
    NOT_MINE = "not-mine"
    NOT_MINE_INDEED = "not-mine-indeed"
    BACK = "back"
    TELL = "tell"
    MOVED = "moved"
    DIED = "died"
    TAKEN = "taken"


def press_data(message_id: int, press: Press) -> str:
    """What the button carries, by our own number of the message; never over the 64 bytes that Telegram allows."""
    return f"{_VERSION}:{message_id}:{press}"


def read_press(data: str) -> tuple[int, Press] | None:
    """Read our number and the press back; None when it is not one of ours."""
    found = _DATA.fullmatch(data)
    if found is None or found[2] not in list(Press):
        return None
    return int(found[1]), Press(found[2])
