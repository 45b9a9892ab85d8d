"""What every channel can do for the sending loop: send, say whether it could, and look back after a doubt."""

from collections.abc import Sequence
from typing import Protocol

from core.rules.delivery import Channel, Halt, Outcome, Outgoing, Sent, TryLater


class Adapter(Protocol):
    """One channel. A provider's vocabulary ends in its adapter; what comes out are the six outcomes."""

    @property
    def channel(self) -> Channel: ...

    async def open(self) -> None:
        """Get ready to send; touches no network, so an office starts while its provider is down."""

    async def close(self) -> None:
        """Let go of connections; what is still in flight ends as Unsure."""

    async def send(self, outgoing: Outgoing) -> Outcome:
        """Try once. Never raises for anything the provider or the network does; only being cancelled ends it early."""

    async def probe(self) -> Halt | TryLater | None:
        """Ask the provider who we are: None when all is well."""

    async def find(self, outgoing: Outgoing) -> Sequence[Sent] | TryLater:
        """Whatever in the provider's own list may be this message, oldest first; TryLater: nobody could look."""
