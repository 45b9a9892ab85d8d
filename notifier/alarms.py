"""Telling operators that a channel stopped, by what still works, and that it goes on again.

Of SMS they hear in the chat. Of Telegram by SMS, at the phones that the settings name; killed between that SMS and the
note of it, they get it again.
"""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from core.actions.halts import note_alarmed
from core.actions.sending import SendTerms
from core.actions.telling import tell_operators
from core.questions.halts import open_halts
from core.rules.delivery import Channel, Outgoing, Sent, Unsure
from core.store.delivery_tables import ChannelHalt
from core.wording.operators import goes_on_text, stopped_sms, stopped_text
from core.wording.wordings import INDONESIAN
from notifier.adapter import Adapter
from notifier.commit import Commit

log = logging.getLogger("kabar.sender")

#: An alarm belongs to nobody's message: a receipt for it finds none, and changes nothing.
_NO_MESSAGE = 0


class Alarms:
    """Notices in the sender's transactions which channels stopped and which go on."""

    def __init__(self, adapters: Mapping[Channel, Adapter], commit: Commit, terms: SendTerms) -> None:
        self._adapters = adapters
        self._commit = commit
        self._terms = terms
        self._words = terms.wordings.of(INDONESIAN)
        self._known: dict[Channel, ChannelHalt] = {}
        self._ringing: asyncio.Task[None] | None = None

    def note(self, session: Session, *, now: datetime) -> None:
        """Tell in the chat what changed; under a key of its own, so that each is told once."""
        halts = {halt.channel: halt for halt in open_halts(session)}
        for channel, halt in halts.items():
            if channel not in self._known:
                log.error("channel %s stopped: %s", channel, halt.hint, extra={"channel": channel, "code": halt.code})
                if channel is not Channel.TELEGRAM:
                    text = stopped_text(self._words, channel, halt.code, halt.hint)
                    self._tell(session, text, halt, "stopped", now)
        for channel, halt in self._known.items():
            if channel not in halts:
                log.info("channel %s works again", channel, extra={"channel": channel})
                self._tell(session, goes_on_text(self._words, channel), halt, "goes on", now)
        self._known = halts

    def _tell(self, session: Session, text: str, halt: ChannelHalt, what: str, now: datetime) -> None:
        key = f"{halt.channel} {what} {halt.since.isoformat()}"
        tell_operators(session, self._terms.operators, text, key=key, now=now)

    def ring(self, now: datetime) -> None:
        """Have the phones told of a Telegram that stopped, in the hours in which we may speak first."""
        halt = self._known.get(Channel.TELEGRAM)
        free = self._ringing is None or self._ringing.done()
        by_sms = Channel.SMS in self._adapters and Channel.SMS not in self._known and self._terms.operator_phones
        if free and by_sms and halt is not None and halt.alarmed_at is None and self._in_hours(now):
            self._ringing = asyncio.create_task(self._ring(halt, now))

    def _in_hours(self, now: datetime) -> bool:
        return self._terms.window.is_open(now, self._terms.zone)

    async def stop(self) -> None:
        """What was not told is told after the next start."""
        if self._ringing is not None:
            self._ringing.cancel()
            await asyncio.gather(self._ringing, return_exceptions=True)

    async def _ring(self, halt: ChannelHalt, now: datetime) -> None:
        text = stopped_sms(self._words, self._terms.office, Channel.TELEGRAM)
        for phone in sorted(self._terms.operator_phones):
            alarm = Outgoing(
                attempt_id=_NO_MESSAGE,
                message_id=_NO_MESSAGE,
                channel=Channel.SMS,
                address=phone,
                text=text,
                started_at=now,
                worthless_after=self._terms.window.end(now, self._terms.zone),
            )
            outcome = await self._adapters[Channel.SMS].send(alarm)
            if not isinstance(outcome, Sent | Unsure):
                log.error("an operator's phone could not be told (%s)", outcome.code)
        halt.alarmed_at = now
        await self._commit(partial(note_alarmed, channel=halt.channel, now=now))
