"""Twilio's API over HTTP: /2010-04-01/Accounts/<sid>… for the account and its messages."""

import re
from base64 import b64encode
from email.utils import format_datetime
from typing import Any

from aiohttp import web

from simulator.bodies import Params, read_params
from simulator.exchange import Answer, Fortune, exchange
from simulator.faults import twilio_error
from simulator.sms_list import page_of_messages
from simulator.sms_state import API_VERSION, SmsNetwork

LONGEST_BODY = 1600
LONGEST_VALIDITY_SECONDS = 36_000
_PATH = re.compile(rf"/{API_VERSION}/Accounts/(AC\w{{32}})(?:/Messages(?:/(\w+))?)?\.json")
_NUMBER = re.compile(r"\+[1-9]\d{6,14}")


class TwilioApi:
    """Checks who asks, finds the resource, and answers in Twilio's words."""

    def __init__(self, network: SmsNetwork, fortune: Fortune, *, account_sid: str, auth_token: str) -> None:
        self._network = network
        self._fortune = fortune
        self._account_sid = account_sid
        self._authorization = "Basic " + b64encode(f"{account_sid}:{auth_token}".encode()).decode()
        self._created_at = network.this_second()

    async def answer(self, request: web.BaseRequest, path: str) -> web.Response:
        """Answer a request to /2010-04-01/…."""
        params = await read_params(request)
        method = _method(request.method, path)

        async def process() -> Answer:
            if request.headers.get("Authorization") != self._authorization:
                return 401, twilio_error(401, 20003, "Authenticate")
            if method == "create":
                return self._create(params)
            return self._read(method, path, params)

        to, sender = params.text("To") or None, _sender(params)
        return await exchange(
            request, self._fortune, service="twilio", method=method, to=to, sender=sender, process=process
        )

    def _create(self, params: Params) -> Answer:
        if (refusal := _refusal(params)) is not None:
            return 400, twilio_error(400, *refusal)
        sms = self._network.accept(
            to=params.text("To"),
            sender=params.text("From"),
            service_sid=params.text("MessagingServiceSid") or None,
            body=params.text("Body"),
            callback=params.text("StatusCallback"),
            validity=params.number("ValidityPeriod", LONGEST_VALIDITY_SECONDS),
        )
        self._fortune.ledger.took("twilio", sms.to, sms.body, sms.sid, sender=_sender(params))
        answer = sms.as_json()
        # On its way at once: a caller who never gets the answer still gets the receipts.
        self._network.carry(sms)
        return 201, answer

    def _read(self, method: str, path: str, params: Params) -> Answer:
        parts = _PATH.fullmatch(path)
        if parts and parts[1] == self._account_sid:
            if method == "account":
                return 200, self._account()
            if method == "list":
                return 200, page_of_messages(self._network.sent(params.text("To") or None), path, params)
            if method == "fetch" and (sms := self._network.find(parts[2])):
                return 200, sms.as_json()
        return 404, twilio_error(404, 20404, f"The requested resource {path} was not found")

    def _account(self) -> dict[str, Any]:
        date = format_datetime(self._created_at)
        return {
            "auth_token": None,
            "date_created": date,
            "date_updated": date,
            "friendly_name": "Simulator",
            "owner_account_sid": self._account_sid,
            "sid": self._account_sid,
            "status": "active",
            "subresource_uris": {},
            "type": "Full",
            "uri": f"/{API_VERSION}/Accounts/{self._account_sid}.json",
        }


def _sender(params: Params) -> str:
    return params.text("From") or params.text("MessagingServiceSid")


def _method(http_method: str, path: str) -> str:
    parts = _PATH.fullmatch(path)
    if parts is None:
        return "unknown"
    if parts[2]:
        return "fetch" if http_method == "GET" else "unknown"
    if "/Messages" in path:
        return {"POST": "create", "GET": "list"}.get(http_method, "unknown")
    return "account" if http_method == "GET" else "unknown"


def _refusal(params: Params) -> tuple[int, str] | None:
    to = params.text("To")
    if not to:
        return 21604, "A 'To' phone number is required."
    if not _NUMBER.fullmatch(to):
        return 21211, f"Invalid 'To' Phone Number: {to}"
    if not params.text("From") and not params.text("MessagingServiceSid"):
        return 21603, "A 'From' phone number is required."
    if not params.text("Body"):
        return 21602, "Message body is required."
    if len(params.text("Body")) > LONGEST_BODY:
        return 21617, f"The concatenated message body exceeds the {LONGEST_BODY} character limit."
    return None
