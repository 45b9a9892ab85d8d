"""A Bot API that costs next to nothing, in a process of its own, so that what is measured is the sender.

It understands HTTP just far enough for our client libraries. It can refuse like Telegram (a strict sliding second for
the bot and for each chat, chats that ask to wait), delay like a network, and hand out updates. Each token is a bot of
its own. What it accepted, and when, is asked for afterwards. Loopback only.
"""

import argparse
import asyncio
import hashlib
import json
import random
import subprocess
import sys
import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote_plus
from urllib.request import Request, urlopen

TOKEN = "99000001:STANDIN-not-a-real-token-0000000000000"  # noqa: S105 - synthetic, and says so
_ME = {"id": 99000001, "is_bot": True, "first_name": "Stand-in", "username": "standin_bot"}
_KNOWN: dict[str, Any] = {
    "getMe": _ME,
    "getMyCommands": [],
    "getWebhookInfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
}
_POLL_SECONDS = 50.0


@dataclass(slots=True)
class Terms:
    """How it behaves. held_share: of the chats, so many answer 429 once, and ask for one to five seconds."""

    per_second: int = 0
    per_chat_second: bool = False
    jitter_ms: tuple[float, float] = (0.0, 0.0)
    held_share: float = 0.0


@dataclass(slots=True)
class Seen:
    """What came. accepted: (chat, seconds since the epoch), in order of arrival."""

    accepted: list[tuple[int, float]] = field(default_factory=list)
    refused: int = 0
    ordered_to_wait: int = 0
    #: messages that came to a chat before the wait it had asked for was over
    too_early: int = 0
    #: by how much each held chat was written to later than it had asked, in seconds
    late_by: list[float] = field(default_factory=list)


class StandIn:
    """One bot, behind every connection that speaks with its token."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.seen = Seen()
        self.updates: deque[dict[str, Any]] = deque()
        self._message_id = 0
        self._bot: deque[float] = deque()
        self._chats: dict[int, float] = {}
        self._held: dict[int, float] = {}
        self._was_held: set[int] = set()
        self._random = random.Random(2017)
        self._polls: list[asyncio.Event] = []

    def delay_seconds(self) -> float:
        low, high = self.terms.jitter_ms
        return self._random.uniform(low, high) / 1000 if high else 0.0

    def send(self, chat: int) -> tuple[int, bytes]:
        """Accept a message, or refuse it as Telegram would."""
        now = time.time()
        wait = self._ordered(chat, now) or self._over_the_limit(chat, now)
        if wait:
            seconds = max(1, int(wait + 0.999))
            description = f"Too Many Requests: retry after {seconds}"
            body = {"ok": False, "error_code": 429, "description": description, "parameters": {"retry_after": seconds}}
            return 429, json.dumps(body).encode()
        self.seen.accepted.append((chat, now))
        self._message_id += 1
        return 200, (
            b'{"ok":true,"result":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private"},"text":"."}}'
            % (self._message_id, int(now), chat)
        )

    def _ordered(self, chat: int, now: float) -> float:
        """Some chats ask once for a wait; whether that is kept is noted."""
        if chat in self._held:
            early = self._held[chat] - now
            if early > 0:
                self.seen.too_early += 1
                return early
            self.seen.late_by.append(-early)
            del self._held[chat]
            return 0.0
        share = self.terms.held_share
        if not share or chat in self._was_held or _fraction(chat) >= share:
            return 0.0
        self._was_held.add(chat)
        self.seen.ordered_to_wait += 1
        seconds = float(self._random.randint(1, 5))
        self._held[chat] = now + seconds
        return seconds

    def _over_the_limit(self, chat: int, now: float) -> float:
        wait = 0.0
        while self._bot and self._bot[0] <= now - 1:
            self._bot.popleft()
        if self.terms.per_second and len(self._bot) >= self.terms.per_second:
            wait = self._bot[0] + 1 - now
        if self.terms.per_chat_second:
            wait = max(wait, self._chats.get(chat, 0.0) + 1 - now)
        if wait > 0:
            self.seen.refused += 1
            return wait
        self._bot.append(now)
        self._chats[chat] = now
        return 0.0

    def feed(self, updates: list[dict[str, Any]]) -> None:
        """Queue updates for whoever polls."""
        self.updates.extend(updates)
        for poll in self._polls:
            poll.set()

    async def poll(self, fields: dict[str, str]) -> bytes:
        """getUpdates, which confirms all below its offset."""
        offset, limit = int(fields.get("offset") or 0), int(fields.get("limit") or 100)
        while offset and self.updates and self.updates[0]["update_id"] < offset:
            self.updates.popleft()
        if not self.updates and float(fields.get("timeout") or 0):
            news = asyncio.Event()
            self._polls.append(news)
            try:
                async with asyncio.timeout(min(_POLL_SECONDS, float(fields["timeout"]))):
                    await news.wait()
            except TimeoutError:
                pass
            finally:
                self._polls.remove(news)
        return json.dumps(
            {"ok": True, "result": [self.updates[n] for n in range(min(limit, len(self.updates)))]}
        ).encode()


def _fraction(chat: int) -> float:
    return int.from_bytes(hashlib.sha256(str(chat).encode()).digest()[:4]) / 2**32


class _Connection(asyncio.Protocol):
    """One client. Requests of one connection are answered in their order."""

    def __init__(self, bot_of: Callable[[str], StandIn]) -> None:
        self._bot_of = bot_of
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self._last: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what a TCP server gives
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            length = _content_length(head)
            if len(self._buffer) < end + 4 + length:
                return
            body = self._buffer[end + 4 : end + 4 + length]
            self._buffer = self._buffer[end + 4 + length :]
            self._take(head.split(b" ", 2)[1].decode(), body)

    def _take(self, path: str, body: bytes) -> None:
        _, token, method = path.partition("?")[0].split("/", 2)
        bot = self._bot_of(token.removeprefix("bot"))
        if method == "sendMessage" and not bot.terms.jitter_ms[1]:
            self._answer(*bot.send(_chat(body)))
            return
        self._last = asyncio.create_task(self._later(bot, method, body))

    async def _later(self, bot: StandIn, method: str, body: bytes) -> None:
        if method == "sendMessage":
            await asyncio.sleep(bot.delay_seconds())
            self._answer(*bot.send(_chat(body)))
        elif method == "getUpdates":
            self._answer(200, await bot.poll(_fields(body)))
        elif method == "feed":
            bot.feed(json.loads(body))
            self._answer(200, b"{}")
        elif method == "seen":
            seen = bot.seen
            self._answer(200, json.dumps({name: getattr(seen, name) for name in Seen.__slots__}).encode())
        else:
            result = _KNOWN.get(method, True)
            self._answer(200, json.dumps({"ok": True, "result": result}).encode())

    def _answer(self, status: int, body: bytes) -> None:
        if self._transport and not self._transport.is_closing():
            head = b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            self._transport.write(head % (status, len(body)) + body)


def _content_length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def _fields(body: bytes) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in body.decode().split("&") if pair)
    return {name: unquote_plus(value) for name, _, value in pairs}


def _chat(body: bytes) -> int:
    at = body.find(b"chat_id=") + 8
    end = body.find(b"&", at)
    return int(body[at : end if end > 0 else None])


class StandInProcess:
    """A stand-in of its own: `with StandInProcess() as standin: …standin.url…`."""

    def __init__(self, terms: Terms | None = None) -> None:
        self._terms = terms or Terms()
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def __enter__(self) -> Self:
        terms = self._terms
        words = [
            *("--per-second", str(terms.per_second)),
            *("--jitter", *map(str, terms.jitter_ms)),
            *("--held-share", str(terms.held_share)),
            *(["--per-chat-second"] if terms.per_chat_second else []),
        ]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.standin", *words], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None  # noqa: S101 - it was asked for
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait()

    @property
    def process(self) -> int:
        """Its number, for whoever asks what it costs."""
        return self._process.pid if self._process else 0

    def seen(self, token: str = TOKEN) -> Seen:
        """What came so far to this bot."""
        with urlopen(f"{self.url}/bot{token}/seen", timeout=30) as answer:
            return Seen(**json.load(answer))

    def feed(self, updates: Sequence[dict[str, Any]], token: str = TOKEN) -> None:
        """Have these handed out to whoever polls for this bot."""
        with urlopen(Request(f"{self.url}/bot{token}/feed", data=json.dumps(list(updates)).encode()), timeout=30):
            return


async def _serve(terms: Terms, ready: Callable[[int], None]) -> None:
    bots: defaultdict[str, StandIn] = defaultdict(lambda: StandIn(terms))
    server = await asyncio.get_running_loop().create_server(lambda: _Connection(bots.__getitem__), "127.0.0.1", 0)
    ready(server.sockets[0].getsockname()[1])
    async with server:
        await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--per-second", type=int, default=0)
    parser.add_argument("--per-chat-second", action="store_true")
    parser.add_argument("--jitter", type=float, nargs=2, default=(0.0, 0.0), metavar=("LOW_MS", "HIGH_MS"))
    parser.add_argument("--held-share", type=float, default=0.0)
    given = parser.parse_args()
    terms = Terms(given.per_second, given.per_chat_second, tuple(given.jitter), given.held_share)
    asyncio.run(_serve(terms, lambda port: print(port, flush=True)))


if __name__ == "__main__":
    main()
