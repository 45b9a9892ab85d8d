"""The Bot API's methods by which a bot gets its updates: getUpdates as a real long poll, or a webhook."""

from collections.abc import Callable
from typing import Any

from simulator.bodies import Params
from simulator.callbacks import ElsewhereError
from simulator.telegram_chats import RefusalError
from simulator.telegram_messages import Json
from simulator.telegram_sending import bad_request
from simulator.telegram_updates import Update, UpdateQueue
from simulator.telegram_webhook import Webhook, WebhookDelivery

LONGEST_POLL_SECONDS = 50
_WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
_OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"


def _conflict(words: str) -> RefusalError:
    return RefusalError(409, f"Conflict: {words}")


class Receiving:
    """One poll at a time: a second one that has to wait ends the first with a 409, as in reality."""

    def __init__(self, updates: UpdateQueue, delivery: WebhookDelivery, resolve: Callable[[str], str]) -> None:
        self._updates = updates
        self._delivery = delivery
        self._resolve = resolve
        self._turn = 0
        self._closing = False
        self.methods: dict[str, Callable[[Params], Any]] = {
            "setwebhook": self.set_webhook,
            "deletewebhook": self.delete_webhook,
            "getwebhookinfo": self.webhook_info,
        }

    async def get_updates(self, params: Params) -> list[Update]:
        """getUpdates."""
        if self._delivery.webhook:
            raise _conflict(_WEBHOOK_ACTIVE)
        self._updates.want(params.structure("allowed_updates"))
        offset = params.number("offset")
        limit = min(max(params.number("limit", 100), 1), 100)
        seconds = min(params.number("timeout"), LONGEST_POLL_SECONDS)
        updates = self._updates.take(offset, limit)
        if updates or seconds <= 0 or self._closing:
            return updates
        await self._wait(seconds)
        return self._updates.take(offset, limit)

    async def _wait(self, seconds: int) -> None:
        self._turn += 1
        turn = self._turn
        self._updates.announce()

        def over() -> bool:
            return bool(
                self._updates.pending or self._turn != turn or self._delivery.webhook is not None or self._closing
            )

        try:
            await self._updates.arrived.wait_async(over, seconds)
        except TimeoutError:
            return
        if self._delivery.webhook:
            raise _conflict("terminated by setWebhook request")
        if self._turn != turn:
            raise _conflict(_OTHER_POLL)

    def open(self) -> None:
        """Let polls wait (again)."""
        self._closing = False

    def close(self) -> None:
        """Let a waiting poll go: the simulator stops."""
        self._closing = True
        self._delivery.stop()
        self._updates.announce()

    def set_webhook(self, params: Params) -> bool:
        """setWebhook; an empty address deletes it. Plain http is taken here, since only this machine is called."""
        url = params.text("url")
        if not url:
            return self.delete_webhook(params)
        try:
            self._resolve(url)
        except ElsewhereError as refused:
            raise bad_request(f"bad webhook: {refused}") from None
        secret = params.text("secret_token")
        if len(secret) > 256:
            raise bad_request("secret token is too long")
        if not secret.replace("-", "").replace("_", "").isalnum() and secret:
            raise bad_request("secret token contains unallowed characters")
        self._updates.want(params.structure("allowed_updates"))
        self._drop_if_asked(params)
        self._delivery.set(Webhook(url, secret, min(max(params.number("max_connections", 40), 1), 100)))
        self._updates.announce()
        return True

    def delete_webhook(self, params: Params) -> bool:
        """deleteWebhook."""
        self._delivery.stop()
        self._drop_if_asked(params)
        return True

    def webhook_info(self, _: Params) -> Json:
        """getWebhookInfo."""
        webhook = self._delivery.webhook
        info: Json = {
            "url": webhook.url if webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending),
        }
        if webhook:
            info |= {"max_connections": webhook.connections, "ip_address": "127.0.0.1"}
        if self._delivery.last_error:
            date, words = self._delivery.last_error
            info |= {"last_error_date": date, "last_error_message": words}
        if self._updates.allowed:
            info["allowed_updates"] = self._updates.allowed
        return info

    def _drop_if_asked(self, params: Params) -> None:
        if params.flag("drop_pending_updates"):
            self._updates.clear()
