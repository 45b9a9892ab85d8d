"""Where an office is called from outside: its webhook for Telegram's updates, and Twilio's receipts."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from bot.commit import Commit
from bot.storing import UpdateStore
from cli.at_work import webhook_of
from core.actions.receipts import note_receipt
from core.offices import code_at_end
from core.settings import Settings
from core.store.office import OpenOffice
from notifier.sms import Receipt
from web.telegram import TelegramUpdates
from web.twilio import TwilioReceipts

#: Twilio waits 15 seconds for an answer.
_RECEIPT_SECONDS = 12.0


def telegram_door(office: OpenOffice, settings: Settings, *, store: UpdateStore) -> TelegramUpdates | None:
    """Return what takes this office's updates; None where Telegram does not bring them."""
    if not (settings.telegram_token and settings.public_url):
        return None
    webhook = webhook_of(office, settings)
    path_secret = webhook.url.rpartition("/")[2]
    return TelegramUpdates(path_secret=path_secret, header_secret=webhook.secret, on_update=store.take)


def twilio_door(
    office: OpenOffice,
    settings: Settings,
    *,
    now: Callable[[], datetime],
    on_stored: Callable[[], None] = lambda: None,
) -> TwilioReceipts | None:
    """Return what takes the receipts of this office's SMS; None where Twilio cannot bring any.

    An SMS that left before the office's code came to the end of its public address has its receipts signed for the
    address without it. on_stored: called when a receipt is stored.
    """
    if not (settings.public_url and settings.twilio_auth_token):
        return None
    code = code_at_end(settings.public_url)
    return TwilioReceipts(
        public_url=settings.public_url,
        formerly=settings.public_url.removesuffix(f"/{code}") if code else None,
        auth_token=settings.twilio_auth_token.get_secret_value(),
        on_receipt=receipt_store(office, now=now, on_stored=on_stored),
    )


def receipt_store(
    office: OpenOffice, *, now: Callable[[], datetime], on_stored: Callable[[], None] = lambda: None
) -> Callable[[int, Receipt], Awaitable[None]]:
    """Return what stores a receipt durably, for the message with our id."""
    commit = Commit(office)

    async def store(message_id: int, receipt: Receipt) -> None:
        """Twilio says it once: a database that is away for some seconds must not cost an "undelivered"."""
        note = partial(
            note_receipt,
            message_id=message_id,
            provider_id=receipt.provider_id,
            rank=receipt.rank,
            outcome=receipt.outcome,
            resends=receipt.resends,
            now=now(),
        )
        async with asyncio.timeout(_RECEIPT_SECONDS):
            await commit(note)
        on_stored()

    return store
