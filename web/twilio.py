"""Twilio's receipts: believed only with Twilio's signature over the address that we gave it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from aiohttp import web
from multidict import MultiDict

from notifier.sms import Receipt, read_receipt


@dataclass(frozen=True, kw_only=True)
class TwilioReceipts:
    """public_url: where Twilio reaches us, from the settings; what the request says of itself may be a proxy's word.

    on_receipt: stores a receipt for the message with our id.
    """

    public_url: str
    auth_token: str = field(repr=False)
    on_receipt: Callable[[int, Receipt], Awaitable[None]]

    async def receive(self, request: web.Request) -> web.Response:
        message_id = int(request.match_info["message_id"])
        receipt = read_receipt(
            auth_token=self.auth_token,
            url=f"{self.public_url.rstrip('/')}/twilio/{message_id}",
            form=_fields(await request.read()),
            signature=request.headers.get("X-Twilio-Signature"),
        )
        if receipt is None:
            raise web.HTTPForbidden
        await self.on_receipt(message_id, receipt)
        return web.Response(status=204)


def _fields(body: bytes) -> MultiDict[str]:
    """Blank fields are signed too; aiohttp's own reading would also take files and any charset the sender names."""
    return MultiDict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
