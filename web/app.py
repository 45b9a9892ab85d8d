"""The web application: every route and its guard.

A caller gets its 2xx only after what it brought is stored: Telegram brings an update again until then.
"""

import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from web.gateway import Gateway
from web.health import Health, health_route
from web.metrics import Scraped
from web.telegram import TelegramUpdates
from web.twilio import TwilioReceipts

log = logging.getLogger("kabar.web")

#: Bytes; a receipt has one kilobyte. A larger body is answered with 413, but for Telegram's updates, which are never
#: refused (web/telegram.py).
LARGEST_BODY = 1024 * 1024

_OFFICE = "/{code:[0-9]{2}[.][0-9]{2}}"
_RECEIPT = "/twilio/{message_id:[0-9]{1,18}}"
_UPDATE = "/telegram/{path_secret}"


def create_app(
    *,
    health: Health,
    metrics: Scraped | None = None,
    twilio: TwilioReceipts | None = None,
    telegram: TelegramUpdates | None = None,
    code: str | None = None,
) -> web.Application:
    """Only the routes of what the office uses exist. code: what its public address ends with, if it does.

    Then a proxy may pass the code on or cut it off: what is brought arrives either way.
    """
    app = _application(health, metrics)
    for under in ("", f"/{code}") if code else ("",):
        if twilio:
            app.router.add_post(under + _RECEIPT, twilio.receive)
        if telegram:
            app.router.add_post(under + _UPDATE, telegram.receive)
    return app


def create_gateway(*, health: Health, metrics: Scraped, gateway: Gateway) -> web.Application:
    """The routes of many offices, each under its code."""
    app = _application(health, metrics)
    app.router.add_post(_OFFICE + _RECEIPT, gateway.receipt)
    app.router.add_post(_OFFICE + _UPDATE, gateway.update)
    app.router.add_get(_OFFICE + "/metrics", gateway.scrape)
    return app


def _application(health: Health, metrics: Scraped | None) -> web.Application:
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[_in_one_line])
    app.router.add_get("/healthz", health_route(health))
    if metrics:
        app.router.add_get("/metrics", metrics.scrape)
    return app


@web.middleware
async def _in_one_line(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """What could not be stored is brought again; aiohttp's own report of it would hold a traceback with addresses."""
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except Exception as error:  # noqa: BLE001  # a database that is away, a full disk: whoever called may try again
        log.error("what was brought could not be stored", extra={"error": type(error).__name__})
        raise web.HTTPServiceUnavailable from None
