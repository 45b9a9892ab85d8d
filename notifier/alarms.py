"""Telling operators that a channel stopped, by what still works, and that it goes on again.

Of SMS they hear in the chat. Of Telegram by SMS, at the phones that the settings name; killed between that SMS and the
note of it, they get it again.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from core.actions.halts import note_alarmed
from core.actions.sending import SendTerms
from core.actions.telling import tell_operators
from core.questions.halts import HaltedChannel, open_halts
from core.rules.delivery import Channel, Outgoing, Sent, Unsure
from core.rules.retry import PROBE_EVERY
from core.wording.operators import goes_on_text, stopped_sms, stopped_text
from core.wording.wordings import INDONESIAN
from notifier.adapter import Adapter
from notifier.commit import Commit

log = logging.getLogger("kabar.sender")

#: An alarm belongs to nobody's message: a receipt for it finds none, and changes nothing.
_NO_MESSAGE = 0


class Alarms:
    """What the sender knows of stopped channels, and who is told.

    known: as the last transaction that was committed found them.
    """

    def __init__(self, adapters: Mapping[Channel, Adapter], commit: Commit, terms: SendTerms) -> None:
        self.known: Mapping[Channel, HaltedChannel] = {}
        self._adapters = adapters
        self._commit = commit
        self._terms = terms
        self._words = terms.wordings.of(INDONESIAN)
        self._ringing: asyncio.Task[None] | None = None
        self._ring_not_before: datetime | None = None

    def note(self, session: Session, *, now: datetime) -> Mapping[Channel, HaltedChannel]:
        """Tell in the chat what changed, under a key of its own; return what is to be known once this is committed."""
        halts = {halt.channel: halt for halt in open_halts(session)}
        for channel, halt in halts.items():
            if channel not in self.known:
                about = {"channel": channel, "code": halt.code, "hint": halt.hint}
                log.error("a channel stopped", extra=about)
                if channel is not Channel.TELEGRAM:
                    text = stopped_text(self._words, channel, halt.code, halt.hint)
                    self._tell(session, text, halt, "stopped", now)
        for channel, halt in self.known.items():
            if channel not in halts:
                log.info("a channel works again", extra={"channel": channel})
                self._tell(session, goes_on_text(self._words, channel), halt, "goes on", now)
        return halts

    def _tell(self, session: Session, text: str, halt: HaltedChannel, what: str, now: datetime) -> None:
        key = f"{halt.channel} {what} {halt.since.isoformat()}"
        tell_operators(session, self._terms.operators, text, key=key, now=now)

    def ring(self, now: datetime) -> None:
        """Have the phones told of a Telegram that stopped, in the hours in which we may speak first."""
        halt = self.known.get(Channel.TELEGRAM)
        free = self._ringing is None or self._ringing.done()
        soon = self._ring_not_before is not None and now < self._ring_not_before
        if (
            free
            and not soon
            and halt is not None
            and halt.alarmed_at is None
            and self._phones()
            and self._in_hours(now)
        ):
            self._ring_not_before = now + PROBE_EVERY
            self._ringing = asyncio.create_task(self._ring(halt, now))

    def _in_hours(self, now: datetime) -> bool:
        return self._terms.window.is_open(now, self._terms.zone)

    def _phones(self) -> list[str]:
        """Whom an SMS may reach: nobody while no SMS may leave, and in the trial only who is on its list."""
        terms = self._terms
        if Channel.SMS not in self._adapters or Channel.SMS in self.known or not terms.sms_daily_cap:
            return []
        return sorted(terms.operator_phones if terms.live else terms.operator_phones & terms.trial_addresses)

    async def stop(self) -> None:
        """What was not told is told after the next start."""
        if self._ringing is not None:
            self._ringing.cancel()
            await asyncio.gather(self._ringing, return_exceptions=True)

    async def _ring(self, halt: HaltedChannel, now: datetime) -> None:
        text = stopped_sms(self._words, self._terms.office, halt.channel)
        outcomes = [await self._adapters[Channel.SMS].send(self._alarm(phone, text, now)) for phone in self._phones()]
        if any(isinstance(outcome, Sent | Unsure) for outcome in outcomes):
            self.known = {**self.known, halt.channel: replace(halt, alarmed_at=now)}
            await self._commit(partial(note_alarmed, channel=halt.channel, now=now))
        else:
            log.error("no operator's phone could be told that a channel stopped", extra={"channel": halt.channel})

    def _alarm(self, phone: str, text: str, now: datetime) -> Outgoing:
        return Outgoing(
            attempt_id=_NO_MESSAGE,
            message_id=_NO_MESSAGE,
            channel=Channel.SMS,
            address=phone,
            text=text,
            started_at=now,
            worthless_after=self._terms.window.end(now, self._terms.zone),
        )
