"""What a sender can tell of itself at this moment, beyond what the database knows. Counts and speeds, nobody's data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.rules.delivery import Channel

#: What stands for a code that is not shown as it is.
OTHER = "other"
#: A code names a fault. What looks otherwise, or holds a long number, could name a person.
_CODE = re.compile(r"(?!.*[0-9]{6})[A-Za-z0-9 _.:-]{1,40}")


def code_word(code: str) -> str:
    """Return a provider's code if it can be nothing but a code."""
    return code if _CODE.fullmatch(code) else OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """holder: who answers and sends, as in "server:4711". in_flight: requests that are not back.

    attempts: since the start, by channel and outcome (the outcome's own name). codes: likewise by a provider's code.
    pace: what a second may hold by the settings; SMS count by segments. measured: messages a second, over the last ten.
    chats_held: told to wait for one reason or another. bot_held_seconds: how long the whole bot still waits.
    answers_waiting: answers in line for their turn.
    """

    holder: str
    in_flight: Mapping[Channel, int] = field(default_factory=dict)
    attempts: Mapping[tuple[Channel, str], int] = field(default_factory=dict)
    codes: Mapping[tuple[Channel, str], int] = field(default_factory=dict)
    pace: Mapping[Channel, float] = field(default_factory=dict)
    measured: Mapping[Channel, float] = field(default_factory=dict)
    chats_held: int = 0
    bot_held_seconds: float = 0.0
    answers_waiting: int = 0
