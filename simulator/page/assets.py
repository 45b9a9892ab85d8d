"""The page's own files, read once; nothing else of this machine can be asked for."""

import mimetypes
from functools import cache
from importlib.resources import files

from aiohttp import web

from simulator.page.guards import HEADERS, plain

_SHOWN_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_TYPES = {"js": "text/javascript", "css": "text/css", "html": "text/html", "svg": "image/svg+xml"}


@cache
def _contents() -> dict[str, bytes]:
    folder = files("simulator.page").joinpath("static")
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def asset(name: str) -> web.Response:
    """The page's own file of this name; there are no folders."""
    content = _contents().get(name)
    if content is None:
        return plain(404, "there is no such file")
    kind = _TYPES[name.rpartition(".")[2]]
    return web.Response(body=content, content_type=kind, charset="utf-8", headers=HEADERS)


def is_shown(mime_type: str) -> bool:
    """Whether a phone shows this as a picture."""
    return mime_type in _SHOWN_IMAGES


def download(name: str, content: bytes) -> web.Response:
    """A file that the bot sent or the office offers: a picture to look at, or something to keep."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if not is_shown(kind):
        kind = "application/octet-stream"
    response = web.Response(body=content, content_type=kind, headers=HEADERS)
    response.headers["Content-Disposition"] = f'attachment; filename="{_safe(name)}"'
    return response


def _safe(name: str) -> str:
    return "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_" for letter in name)
