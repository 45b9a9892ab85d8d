"""What leaves for one address, and the closed list of what can become of an attempt to send it.

A provider's own words and codes end in its adapter; everything behind it knows only these six outcomes.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Channel(StrEnum):
    TELEGRAM = "telegram"
    SMS = "sms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message on its way to one address.

    attempt_id, message_id: ours; message_id is safe to show a provider.
    address: a Telegram chat id as decimal text, or a phone number in E.164.
    buttons: rows of (label, callback data of at most 64 bytes); Telegram only.
    silent: deliver without a sound (Telegram only).
    started_at: aware; when the attempt was recorded, before the request left.
    worthless_after: aware; the provider must not deliver later than this.
    """

    attempt_id: int
    message_id: int
    channel: Channel
    address: str
    text: str
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()
    silent: bool = False
    started_at: datetime
    worthless_after: datetime | None = None

    def __repr__(self) -> str:
        """Ids only: an address or a text must not reach a log through a traceback."""
        return f"Outgoing(attempt_id={self.attempt_id}, message_id={self.message_id}, channel={self.channel})"


@dataclass(frozen=True, slots=True)
class Sent:
    """Accepted; keeps the provider's id."""

    provider_id: str


@dataclass(frozen=True, slots=True)
class TryLater:
    """Surely not sent. after_seconds: how long the provider asked to wait; None when it did not say.

    throttled: a 429 for this chat, to be held exactly as long as asked; it is waiting, not a failed try.
    moved_to: the chat's new address, where the provider named one.
    """

    code: str
    after_seconds: float | None = None
    throttled: bool = False
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Wrong number or text refused: this contact closes and the next channel is tried."""

    code: str


@dataclass(frozen=True, slots=True)
class OptedOut:
    """Blocked the bot or unsubscribed: as GiveUp, and remembered as the person's own wish."""

    code: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """The answer was lost after the request had left: it may or may not have been sent."""

    code: str


@dataclass(frozen=True, slots=True)
class Halt:
    """Our own configuration is wrong: the channel stops, an operator is told the hint, nothing fails.

    by_account: asking the provider who we are shows whether it is mended; otherwise only a message does.
    """

    code: str
    hint: str
    by_account: bool = True


Failure = TryLater | GiveUp | OptedOut | Unsure | Halt
Outcome = Sent | Failure
