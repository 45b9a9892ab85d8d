"""What is held about the people behind one account, as it may be told there: kinds and days, never a value."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody at the office looked at these kinds of data."""

    on: date
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCard:
    """born, receipt: whether the office holds them. phones: their last two digits. letters: how many.

    proof, agreed_how, agreed_text: as noted with the consent. kept_until: None while the card is awaited.
    accounts: on Telegram, that are told. proven: the days on which somebody proved the card to the bot, in order.
    """

    receipt_tail: str | None
    born: bool
    receipt: bool
    phones: tuple[str, ...]
    letters: int
    proof: str
    agreed_on: date
    agreed_how: str
    agreed_text: str
    kept_until: date | None
    accounts: int
    seen: Sequence[Seen]
    proven: Sequence[date]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldData:
    """stopped: an address of this account is still held though it was closed. messages: that reached the account."""

    cards: Sequence[HeldCard]
    stopped: bool
    messages: int
    language_chosen: bool
