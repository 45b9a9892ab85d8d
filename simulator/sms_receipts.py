"""Delivery receipts: forms posted to StatusCallback, signed as Twilio signs, in the order that the test asks for."""

import asyncio
import base64
import hmac
from collections.abc import Mapping
from hashlib import sha1

from simulator.callbacks import Callbacks
from simulator.changes import Signal
from simulator.sms_state import API_VERSION, Sms, SmsNetwork, Status
from simulator.weather import Weather


def sign(auth_token: str, url: str, form: Mapping[str, str]) -> str:
    """Twilio's signature of a form posted to this address: HMAC-SHA1 over the address and the sorted fields."""
    signed = url + "".join(key + form[key] for key in sorted(form))
    return base64.b64encode(hmac.new(auth_token.encode(), signed.encode(), sha1).digest()).decode()


def receipt_form(sms: Sms, status: str) -> dict[str, str]:
    """The fields of one receipt."""
    form = {
        "SmsSid": sms.sid,
        "SmsStatus": status,
        "MessageStatus": status,
        "To": sms.to,
        "MessageSid": sms.sid,
        "AccountSid": sms.account_sid,
        "From": sms.sender,
        "ApiVersion": API_VERSION,
    }
    if sms.service_sid:
        form["MessagingServiceSid"] = sms.service_sid
    if sms.error_code and status in ("undelivered", "failed"):
        form["ErrorCode"] = str(sms.error_code)
    return form


class ReceiptPost:
    """Posts what the network reports; the receipts of one message go one after another."""

    def __init__(
        self, network: SmsNetwork, callbacks: Callbacks, changes: Signal, weather: Weather, *, auth_token: str
    ) -> None:
        self._network = network
        self._callbacks = callbacks
        self._changes = changes
        self._auth_token = auth_token
        self._weather = weather
        self._held: list[tuple[Sms, list[Status]]] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._under_way: set[asyncio.Task[None]] = set()

    def open(self) -> None:
        """Begin to listen to the network; call it in the loop that posts."""
        self._loop = asyncio.get_running_loop()
        self._network.connect(post=self._moved, release=self._release)

    async def close(self) -> None:
        """Stop posting."""
        self._loop = None
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def _moved(self, sms: Sms, statuses: list[Status]) -> None:
        if not sms.callback:
            return
        mode = self._network.receipts
        if mode == "held":
            self._held.append((sms, statuses))
        elif mode == "repeated":
            self._start(sms, [status for status in statuses for _ in range(2)])
        else:
            self._start(sms, statuses[::-1] if mode == "out of order" else statuses)

    def _release(self) -> None:
        held, self._held = self._held, []
        for sms, statuses in held:
            self._start(sms, statuses)

    def _start(self, sms: Sms, statuses: list[Status]) -> None:
        if self._loop:
            self._loop.call_soon_threadsafe(self._spawn, sms, statuses)

    def _spawn(self, sms: Sms, statuses: list[Status]) -> None:
        task = asyncio.create_task(self._post(sms, statuses))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _post(self, sms: Sms, statuses: list[Status]) -> None:
        for seconds, status in self._weather.receipts(f"{sms.to}/{sms.body}", statuses):
            await asyncio.sleep(seconds)
            form = receipt_form(sms, status)
            signature = sign(self._auth_token, sms.callback, form)
            answer = await self._callbacks.post(sms.callback, {"X-Twilio-Signature": signature}, data=form)
            sms.receipts.append((status, answer))
            self._changes.announce()
