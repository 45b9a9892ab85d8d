"""The list of messages as Twilio pages it: newest first, filtered by number, sender and date of sending."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from simulator.bodies import Params
from simulator.sms_state import Sms

LARGEST_PAGE = 1000


def page_of_messages(messages: list[Sms], path: str, params: Params) -> dict[str, Any]:
    """One page of these (which are all to the number asked for), with the address by which the client walks on."""
    size = min(max(params.number("PageSize", 50), 1), LARGEST_PAGE)
    number = params.number("Page")
    # The token names the last message already shown, so that new ones do not shift the pages.
    after = params.text("PageToken").removeprefix("PA")
    found = [sms for sms in _matching(messages, params) if not after or sms.sid < after]
    shown = found[:size]

    def address(page: int, token: str) -> str:
        query = {key: str(value) for key, value in params.values.items() if key not in ("Page", "PageToken")}
        query |= {"PageSize": str(size), "Page": str(page)} | ({"PageToken": token} if token else {})
        return f"{path}?{urlencode(query)}"

    return {
        "end": number * size + len(shown) - 1 if shown else 0,
        "first_page_uri": address(0, ""),
        "messages": [sms.as_json() for sms in shown],
        "next_page_uri": address(number + 1, f"PA{shown[-1].sid}") if len(found) > size else None,
        "page": number,
        "page_size": size,
        "previous_page_uri": None,
        "start": number * size,
        "uri": address(number, params.text("PageToken")),
    }


def _matching(messages: list[Sms], params: Params) -> Iterator[Sms]:
    sender = params.text("From")
    day, before, after = (_date(params.text(name)) for name in ("DateSent", "DateSent<", "DateSent>"))
    for sms in reversed(messages):
        if sender and sms.sender != sender:
            continue
        if (day or before or after) and sms.sent_at is None:
            continue
        if sms.sent_at:
            if day and not day <= sms.sent_at < day + timedelta(days=1):
                continue
            if (before and sms.sent_at > before) or (after and sms.sent_at < after):
                continue
        yield sms


def _date(text: str) -> datetime | None:
    """A day or a moment in UTC, in the two shapes that the client library writes."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
