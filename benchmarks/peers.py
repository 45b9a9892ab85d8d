"""How fast others send when told to keep 30 a second, and how often they are refused for it.

Two usual ways, each for half a minute to different chats, 80 ms away from a stand-in that counts strictly: any 30 of a
sliding second, one a second for each chat. aiogram's own example sends one after the other and sleeps 50 ms; beside it
python-telegram-bot with its AIORateLimiter, which is to keep 30 a second, given all messages at once, as its users do.
Ours is measured elsewhere; this is what it is compared with.
"""

import argparse
import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Iterator
from itertools import count
from typing import NamedTuple

from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, Application

from benchmarks.standin import TOKEN, StandInProcess, Terms

PER_SECOND = 30
LATENCY_MS = 80.0
_PAUSE_SECONDS = 0.05
_FIRST_CHAT = 900_000_000
_AT_ONCE = 1_000
_TEXT = "Kabar KTP"
#: More than anybody sends in the time.
_MOST_CHATS = 20_000
_TRIES_AGAIN = 5

Row = tuple[str, str, str, str]
Peer = Callable[[str, float], Coroutine[None, None, None]]


class Kept(NamedTuple):
    """rate: accepted messages a second. refused: answers 429. most: accepted within any one second."""

    rate: float
    refused: int
    most: int


def rows(seconds: float) -> Iterator[Row]:
    """What the table of benchmarks/README.md says."""
    for name, peer in (("aiogram, sleep(0.05)", aiogram_loop), ("python-telegram-bot, AIORateLimiter", rate_limiter)):
        kept = measure(peer, seconds)
        ratio = f"{kept.rate / PER_SECOND:.2f}"
        yield f"{name}: accepted", f"{kept.rate:.1f}/s", f"allowed {PER_SECOND}/s", ratio
        yield f"{name}: refused (429)", f"{kept.refused:,}", "none", "–"
        yield f"{name}: most in one second", f"{kept.most}", f"allowed {PER_SECOND}", f"{kept.most / PER_SECOND:.2f}"


def measure(peer: Peer, seconds: float) -> Kept:
    """Let a peer send for so long, and ask the stand-in what came."""
    terms = Terms(per_second=PER_SECOND, per_chat_second=True, jitter_ms=(LATENCY_MS, LATENCY_MS))
    with StandInProcess(terms) as standin:
        began = time.time()
        asyncio.run(peer(standin.url, seconds))
        seen = standin.seen()
    moments = [moment for _, moment in seen.accepted if moment < began + seconds]
    return Kept(len(moments) / seconds, seen.refused, _most_in_a_second(moments))


async def aiogram_loop(url: str, seconds: float) -> None:
    """As aiogram's own broadcasting example does it: one after the other, and who is refused sleeps and tries again."""
    async with AiogramBot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url))) as bot:
        until = time.monotonic() + seconds
        for chat in count(_FIRST_CHAT):
            while time.monotonic() < until:
                try:
                    await bot.send_message(chat, _TEXT)
                    break
                except TelegramRetryAfter as refusal:
                    await asyncio.sleep(refusal.retry_after)
            if time.monotonic() >= until:
                return
            await asyncio.sleep(_PAUSE_SECONDS)


async def rate_limiter(url: str, seconds: float) -> None:
    """As its users do: many sends at once; the limiter lets them out, and tries what is refused again."""
    limiter = AIORateLimiter(overall_max_rate=PER_SECOND, overall_time_period=1, max_retries=_TRIES_AGAIN)
    application = Application.builder().token(TOKEN).base_url(f"{url}/bot").rate_limiter(limiter).build()

    async def send(chats: Iterator[int]) -> None:
        for chat in chats:
            try:
                await application.bot.send_message(chat, _TEXT)
            except TelegramError:
                continue

    async with application:
        chats = iter(range(_FIRST_CHAT, _FIRST_CHAT + _MOST_CHATS))
        senders = [asyncio.create_task(send(chats)) for _ in range(_AT_ONCE)]
        await asyncio.sleep(seconds)
        for sender in senders:
            sender.cancel()
        await asyncio.gather(*senders, return_exceptions=True)


def _most_in_a_second(moments: list[float]) -> int:
    moments = sorted(moments)
    most = first = 0
    for last, moment in enumerate(moments):
        while moments[first] <= moment - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


def main() -> None:
    """Print the table of benchmarks/README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0)
    seconds = parser.parse_args().seconds
    logging.getLogger("telegram").setLevel(logging.CRITICAL)  # it logs each refusal with its traceback
    print(f"| told to keep {PER_SECOND}/s, {LATENCY_MS:.0f} ms away, {seconds:.0f} s | measured | beside | ratio |")
    print("|---|---|---|---|")
    for row in rows(seconds):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
