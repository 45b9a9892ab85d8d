"""Whether this office is well, for whoever watches it."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

#: What is known about the office's health; "ok" decides between 200 and 503. Holds no personal data.
Health = Callable[[], Awaitable[Mapping[str, object]]]


def health_route(health: Health) -> Callable[[web.Request], Awaitable[web.Response]]:
    """GET /healthz; open to everyone who reaches the port."""

    async def healthz(_: web.Request) -> web.Response:
        known = await health()
        return web.json_response(dict(known), status=200 if known.get("ok") else 503)

    return healthz
