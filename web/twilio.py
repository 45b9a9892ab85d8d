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

    formerly: where it did before, as long as receipts of SMS from then may come. on_receipt: stores a receipt for the
    message with our id.
    """

    public_url: str
    formerly: str | None = None
    auth_token: str = field(repr=False)
    on_receipt: Callable[[int, Receipt], Awaitable[None]]

    async def receive(self, request: web.Request) -> web.Response:
        message_id = int(request.match_info["message_id"])
        form, signature = _fields(await request.read()), request.headers.get("X-Twilio-Signature")
        for address in (self.public_url, self.formerly):
            url = f"{address.rstrip('/')}/twilio/{message_id}" if address else ""
            receipt = read_receipt(auth_token=self.auth_token, url=url, form=form, signature=signature)
            if address and receipt:
                await self.on_receipt(message_id, receipt)
                return web.Response(status=204)
        raise web.HTTPForbidden


def _fields(body: bytes) -> MultiDict[str]:
    """Blank fields are signed too; aiohttp's own reading would also take files and any charset the sender names."""
    return MultiDict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
