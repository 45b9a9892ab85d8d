"""Who may use the simulator over HTTP: this machine, and of all web pages only its own.

1. The Host must name this machine: a stranger's domain that was pointed at 127.0.0.1 (DNS rebinding) gets nothing.
2. Whoever has an Origin must be the page itself; a programme (the bot, the notifier, curl) has none.
3. A browser asks for what another web page names (a picture, say) without an Origin, but says that it is from there.
4. The page's own POSTs must have one, so that nothing but the page can act on it.
"""

from urllib.parse import urlsplit

from aiohttp import web

from simulator.callbacks import is_loopback

#: 'self' only, no framing, and no text may ever become markup, even by a mistake in our own scripts.
_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
#: From the page itself, or from the line in which an address is typed; programmes say nothing.
_OWN_SITES = frozenset({"same-origin", "none"})


def plain(status: int, words: str) -> web.Response:
    """An answer in one sentence."""
    return web.Response(status=status, text=words, headers=HEADERS)


def stranger(request: web.BaseRequest) -> web.Response | None:
    """The answer to whoever may not be here; None for all others."""
    host = request.headers.get("Host", "")
    if not is_loopback(_hostname(host)):
        return plain(403, "the simulator answers this machine only: use http://127.0.0.1")
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{host}":
        return plain(403, "another web page may not drive the simulator")
    if request.headers.get("Sec-Fetch-Site", "none") not in _OWN_SITES:
        return plain(403, "another web page may not drive the simulator")
    return None


def refused_post(request: web.BaseRequest, *, largest: int) -> web.Response | None:
    """The answer to a POST that is not the page's own, or too large; None for all others."""
    if "Origin" not in request.headers:
        return plain(403, "only the phones page may do this")
    length = request.content_length
    if length is None:
        return plain(411, "say how long the request is")
    if length > largest:
        return plain(413, f"at most {largest:,} bytes")
    return None


def _hostname(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
