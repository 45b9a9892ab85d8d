"""SMS through Twilio: its client over our own HTTP client.

Twilio has no idempotency key. What stands in for one: the address for receipts carries our message id, and `find`
looks for the same number and body in Twilio's own list.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from twilio.base import values
from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from core.rules.delivery import Channel, Halt, Outcome, Outgoing, Sent, TryLater
from notifier.exchange import TOTAL_SECONDS, UNREADABLE, ExchangeError, Failure
from notifier.twilio_codes import MEANING, refused
from notifier.twilio_http import TwilioHttp
from notifier.twilio_receipts import NOT_DELIVERED, Receipt, read_receipt

__all__ = ["Receipt", "SmsAdapter", "read_receipt"]

#: The longest that Twilio keeps a message which it cannot pass on, and the largest validity it takes.
MOST_VALID_SECONDS = 36_000

#: How far our clock may be ahead of Twilio's, whose dates carry no fractions.
CLOCK_SLACK = timedelta(seconds=30)

#: How many of the newest messages to one number are looked through after a doubt.
LOOK_BACK = 50

#: What the library raises when it trips over an answer of another shape; by then a message has left.
ANOTHER_SHAPE = (AttributeError, KeyError, TypeError, ValueError)


class SmsAdapter:
    """The channel of one Twilio account and one sender."""

    channel = Channel.SMS

    def __init__(
        self,
        *,
        account_sid: str,
        auth_token: str,
        sender: str,
        api_base: str | None = None,
        public_url: str | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        """sender: a registered name, a number in E.164, or a messaging service (MG…).

        public_url: where Twilio reaches this office's web/; without it there are no receipts.
        now: aware, what a validity is counted from.
        """
        self._http = TwilioHttp(total_seconds)
        # Not os.environ: TWILIO_EDGE and TWILIO_REGION would silently change the host.
        self._client = Client(account_sid, auth_token, http_client=self._http, environment={"TWILIO_EDGE": ""})
        if api_base:
            self._client.api.base_url = api_base.rstrip("/")
        self._account_sid = account_sid
        is_service = sender.startswith("MG") and len(sender) == 34
        self._sender = {"messaging_service_sid" if is_service else "from_": sender}
        self._public_url = public_url.rstrip("/") if public_url else None
        self._now = now

    async def open(self) -> None:
        self._http.open()

    async def close(self) -> None:
        await self._http.close()

    async def send(self, outgoing: Outgoing) -> Outcome:
        valid_seconds = self._valid_seconds(outgoing)
        if valid_seconds < 1:
            return TryLater("too-late")
        try:
            message = await self._client.messages.create_async(
                to=outgoing.address,
                body=outgoing.text,
                validity_period=valid_seconds,
                status_callback=self._receipts_at(outgoing) or values.unset,
                **self._sender,
            )
        except (ExchangeError, TwilioException) as error:
            return _failure(error)
        except ANOTHER_SHAPE:
            return UNREADABLE
        return Sent(message.sid) if message.sid else UNREADABLE

    async def probe(self) -> Halt | TryLater | None:
        try:
            account = await self._client.api.accounts(self._account_sid).fetch_async()
        except (ExchangeError, TwilioException) as error:
            failure = _failure(error)
            return failure if isinstance(failure, Halt | TryLater) else TryLater(failure.code)
        except ANOTHER_SHAPE:
            return TryLater(UNREADABLE.code)
        suspended = MEANING[30002]
        return suspended if account.status in ("suspended", "closed") and isinstance(suspended, Halt) else None

    async def find(self, outgoing: Outgoing) -> Sequence[Sent] | TryLater:
        """By creation date: a message that still waits at Twilio has no sending date."""
        try:
            listed = await self._client.messages.list_async(to=outgoing.address, limit=LOOK_BACK)
        except (ExchangeError, TwilioException, *ANOTHER_SHAPE):
            return TryLater(UNREADABLE.code)
        since = outgoing.started_at - CLOCK_SLACK
        same = (one for one in reversed(listed) if one.body == outgoing.text and str(one.status) not in NOT_DELIVERED)
        return [Sent(str(one.sid)) for one in same if one.date_created and one.date_created >= since]

    def _valid_seconds(self, outgoing: Outgoing) -> int:
        """Whole seconds that Twilio may keep the message; below 1 it would come too late."""
        if outgoing.worthless_after is None:
            return MOST_VALID_SECONDS
        return min(MOST_VALID_SECONDS, int((outgoing.worthless_after - self._now()).total_seconds()))

    def _receipts_at(self, outgoing: Outgoing) -> str | None:
        return f"{self._public_url}/twilio/{outgoing.message_id}" if self._public_url else None


def _failure(error: ExchangeError | TwilioException) -> Failure:
    """Both kinds of refusal that the library knows carry a status and a code; the rest is an answer nobody can read."""
    if isinstance(error, ExchangeError):
        return error.outcome
    try:
        return refused(int(error.status), int(error.code))
    except ANOTHER_SHAPE:
        return UNREADABLE
