"""Every SMS that the simulated Twilio accepted, what became of it, and what the phones show."""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Literal

from simulator.changes import Signal
from simulator.journal import Journal
from simulator.segments import count_segments

Status = Literal["queued", "accepted", "sending", "sent", "delivered", "undelivered", "failed"]
Receipts = Literal["automatic", "held", "repeated", "out of order"]

API_VERSION = "2010-04-01"
SMS_KEPT = 200_000
EXPIRED = 30036


@dataclass(slots=True, repr=False, eq=False)
class Sms:
    """One message as Twilio keeps it; the same object moves on to its final status."""

    sid: str
    account_sid: str
    to: str
    sender: str
    body: str
    created_at: datetime
    status: Status
    segments: int
    callback: str = ""
    service_sid: str | None = None
    validity_seconds: int = 36_000
    sent_at: datetime | None = None
    updated_at: datetime | None = None
    error_code: int | None = None
    #: the receipts posted so far: the status told, and the HTTP status of the answer (0: none came)
    receipts: list[tuple[str, int]] = field(default_factory=list)

    def expired(self, now: datetime) -> bool:
        """Whether it waited in the queue for longer than it is valid."""
        return now - self.created_at > timedelta(seconds=self.validity_seconds)

    def as_json(self) -> dict[str, Any]:
        """The Message resource, which does not carry the callback."""
        uri = f"/{API_VERSION}/Accounts/{self.account_sid}/Messages/{self.sid}"
        return {
            "account_sid": self.account_sid,
            "api_version": API_VERSION,
            "body": self.body,
            "date_created": format_datetime(self.created_at),
            "date_sent": format_datetime(self.sent_at) if self.sent_at else None,
            "date_updated": format_datetime(self.updated_at or self.created_at),
            "direction": "outbound-api",
            "error_code": self.error_code,
            "error_message": None,
            "from": self.sender or None,
            "messaging_service_sid": self.service_sid,
            "num_media": "0",
            "num_segments": "0" if self.status == "accepted" else str(self.segments),
            "price": None,
            "price_unit": "USD",
            "sid": self.sid,
            "status": self.status,
            "subresource_uris": {"media": f"{uri}/Media.json"},
            "to": self.to,
            "uri": f"{uri}.json",
        }


class SmsNetwork:
    """Accepts messages and moves them on; whoever posts receipts is told of each move."""

    def __init__(
        self,
        *,
        lock: threading.RLock,
        changes: Signal,
        journal: Journal,
        now: Callable[[], datetime],
        account_sid: str,
        seed: int | None,
    ) -> None:
        self._lock = lock
        self._changes = changes
        self._journal = journal
        self._now = now
        self._account_sid = account_sid
        self._messages: dict[str, Sms] = {}
        self._by_number: dict[str, list[Sms]] = {}
        self._finals: dict[str, tuple[Status, int | None]] = {}
        self._waiting: list[Sms] = []
        self._queue_held = False
        self._count = 0
        # Another run must not give the same sids: an office may keep its database from one to the next.
        self._sid_prefix = f"SM{random.Random(seed).getrandbits(64):016x}"
        #: how receipts are posted from now on
        self.receipts: Receipts = "automatic"
        #: what a phone shows as the sender of a Messaging Service
        self.service_sender = "DUKCAPIL"
        self._post: Callable[[Sms, list[Status]], None] | None = None
        self._release: Callable[[], None] | None = None

    def inbox(self, number: str) -> list[Sms]:
        """What the phone with this number shows, oldest first."""
        return [sms for sms in self.sent(number) if sms.status == "delivered"]

    def sent(self, number: str | None = None) -> list[Sms]:
        """Everything accepted (for this number), whatever became of it, oldest first."""
        with self._lock:
            return list(self._messages.values() if number is None else self._by_number.get(number, []))

    def find(self, sid: str) -> Sms | None:
        """The message with this sid."""
        return self._messages.get(sid)

    def set_final(self, number: str, status: Status, error_code: int | None = None) -> None:
        """What becomes of each message to this number from now on, like ("undelivered", 30003)."""
        with self._lock:
            self._finals[number] = (status, error_code)

    def hold_queue(self) -> None:
        """Leave what is accepted from now on in Twilio's queue."""
        self._queue_held = True

    def release_queue(self) -> None:
        """Send what waits in the queue; what waited longer than its validity fails with 30036."""
        with self._lock:
            self._queue_held = False
            waiting, self._waiting = self._waiting, []
            for sms in waiting:
                self._carry(sms)

    def release_receipts(self) -> None:
        """Post the receipts held back, and post the next ones automatically."""
        with self._lock:
            self.receipts = "automatic"
            if self._release:
                self._release()

    def connect(self, *, post: Callable[[Sms, list[Status]], None], release: Callable[[], None]) -> None:
        """Name who posts a receipt for each status that a message went through, and who lets held ones go."""
        self._post, self._release = post, release

    def this_second(self) -> datetime:
        """Now as Twilio dates things: in UTC, without fractions."""
        return self._now().astimezone(UTC).replace(microsecond=0)

    def accept(self, *, to: str, sender: str, service_sid: str | None, body: str, callback: str, validity: int) -> Sms:
        """Take a message in; `carry` moves it on."""
        with self._lock:
            self._count += 1
            sms = Sms(
                sid=f"{self._sid_prefix}{self._count:016x}",
                account_sid=self._account_sid,
                to=to,
                sender=sender,
                body=body,
                created_at=self.this_second(),
                status="accepted" if service_sid else "queued",
                segments=count_segments(body),
                callback=callback,
                service_sid=service_sid,
                validity_seconds=validity,
            )
            self._keep(sms)
            self._changes.announce()
            return sms

    def carry(self, sms: Sms) -> None:
        """Move an accepted message on to the phone, unless the queue is held."""
        with self._lock:
            if self._queue_held:
                sms.status = "queued"
                self._waiting.append(sms)
            else:
                self._carry(sms)

    def _carry(self, sms: Sms) -> None:
        final, sms.error_code = self._finals.get(sms.to, ("delivered", None))
        if sms.expired(self._now()):
            final, sms.error_code = "failed", EXPIRED
        sms.sender = sms.sender or self.service_sender
        sms.updated_at = self.this_second()
        steps: list[Status] = ["failed"] if final == "failed" else ["sent", final]
        if final != "failed":
            sms.sent_at = sms.updated_at
        sms.status = final
        self._journal.note(f"s{sms.to}")
        self._changes.announce()
        if self._post:
            self._post(sms, steps)

    def _keep(self, sms: Sms) -> None:
        self._messages[sms.sid] = sms
        self._by_number.setdefault(sms.to, []).append(sms)
        if len(self._messages) > SMS_KEPT:
            oldest = self._messages.pop(next(iter(self._messages)))
            self._by_number[oldest.to].remove(oldest)
