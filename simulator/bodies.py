"""Reading a request as the real servers do: parameters from the address, JSON, urlencoded or multipart alike."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

#: Larger uploads than any bot may send.
LARGEST_BODY = 60 * 1024 * 1024


class BodyError(ValueError):
    """The body is not what its content type says."""


@dataclass(frozen=True, slots=True, repr=False)
class Upload:
    """A file of a multipart body."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Params:
    """The parameters of one request, whichever way they came; nested ones may be JSON texts."""

    values: dict[str, Any]
    uploads: dict[str, Upload]

    def text(self, name: str) -> str:
        """A text; "" when it was left out."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def number(self, name: str, default: int = 0) -> int:
        """An integer, or the default when it was left out or is none."""
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """A yes or no in any of the spellings the real server takes."""
        return str(self.values.get(name, "")).lower() in ("true", "yes", "1")

    def structure(self, name: str) -> Any:
        """A list or object, given as such or as JSON text; None when it was left out."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise BodyError(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The file sent as this parameter, by itself or by an attach:// reference."""
        value = self.text(name)
        return self.uploads.get(value.removeprefix("attach://") if value.startswith("attach://") else name)


async def read_params(request: web.BaseRequest) -> Params:
    """Read the whole request; BodyError when it cannot be."""
    _, _, query = request.raw_path.partition("?")
    values: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True)) if query else {}
    if not request.body_exists:
        return Params(values, {})
    if request.content_type.startswith("multipart/"):
        return await _read_multipart(request, values)
    raw = await request.read()
    try:
        if request.content_type == "application/json":
            given = json.loads(raw or b"{}")
            if not isinstance(given, dict):
                raise BodyError("can't parse JSON object")
            return Params(values | given, {})
        return Params(values | dict(parse_qsl(raw.decode(), keep_blank_values=True)), {})
    except ValueError:
        raise BodyError("can't parse JSON object") from None


async def _read_multipart(request: web.BaseRequest, values: dict[str, Any]) -> Params:
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.filename, value.file.read())
        else:
            values[name] = value.decode() if isinstance(value, bytes | bytearray) else value
    return Params(values, uploads)
