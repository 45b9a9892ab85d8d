"""How many messages a second one process delivers and records, beside python-telegram-bot that only sends them.

Every message is one of a batch: its card, address, receipt and place are read, its text is written, its attempt is
recorded as started before it leaves (synchronous FULL; PostgreSQL confirms to the disk as well), and that it was
delivered afterwards. The stand-in refuses nothing and answers at once. The peer is the same library over aiohttp, as
anybody would write it, sending texts and buttons of the same kind to as many chats.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import aiohttp
from sqlalchemy import func, select
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.request import BaseRequest, RequestData

from benchmarks.offices import chat, founded, people
from benchmarks.owing import a_sender, ready_to_tell
from benchmarks.standin import TOKEN, StandInProcess
from core.rules.card import Stage
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice, open_office
from core.store.words import NoticeState

LIMITS = {"sqlite": 1200, "postgresql": 1000}
LEAST_OF_PEER = 0.5
SLOTS = 128
MESSAGES = 8000
ROUNDS = 3

_TEXT = (
    "KTP-el SIAP DIAMBIL\nResi berakhiran A12\n\nTempat: Balai Desa Bakalan, Kec. Kapas\nWaktu: Senin-Jumat 08.00-15.00"
    "\nBawa: resi atau suket asli, dan KK\n\nBoleh diambil anggota keluarga dalam satu KK. Bila berhalangan, KTP-el "
    "tetap kami simpan: tekan Hari Lain.\n\nPesan otomatis dan GRATIS. Kami tidak pernah meminta data lewat pesan."
)

Row = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """messages a second by the wall, and what one costs this process in microseconds of processor time."""

    per_second: float
    cost_us: float


def rows() -> Iterator[Row]:
    """What the table of benchmarks/README.md says."""
    runs: dict[str, list[Run]] = {"sqlite": [], "postgresql": [], "peer": []}
    for _ in range(ROUNDS):
        for backend in LIMITS:
            runs[backend].append(_ours(backend))
            runs["peer"].append(_timed(_peer))
    peer = _middle(runs["peer"])
    for backend, limit in LIMITS.items():
        ours = _middle(runs[backend])
        said = f"{ours.per_second:,.0f}/s"
        yield f"{backend}: delivered and recorded", said, f"limit {limit:,}/s", f"{ours.per_second / limit:.2f}"
        beside = f"the library alone: {peer.per_second:,.0f}/s"
        yield f"{backend}: against the peer", said, beside, f"{ours.per_second / peer.per_second:.2f}"
        cost = f"{ours.cost_us:.0f} µs"
        yield (
            f"{backend}: processor a message",
            cost,
            f"peer {peer.cost_us:.0f} µs",
            f"{peer.cost_us / ours.cost_us:.2f}",
        )


def _middle(runs: list[Run]) -> Run:
    return Run(median(run.per_second for run in runs), median(run.cost_us for run in runs))


def _ours(backend: str) -> Run:
    with founded(backend) as place:
        residents = people(place, MESSAGES, stages=(Stage.READY_FOR_PICKUP,))
        with open_office(place.home, place.address) as office:
            ready_to_tell(office, residents, batch="import:1")
            run = _timed(lambda url: _send_all(office, url))
            told = select(func.count(Notice.id)).where(Notice.state == NoticeState.TOLD)
            assert office.read(lambda session: session.scalar(told)) == MESSAGES  # noqa: S101 - or it measured nothing
            return run


async def _send_all(office: OpenOffice, url: str) -> None:
    sender, _ = a_sender(office, url, per_second=float("inf"), slots=SLOTS)
    running = asyncio.create_task(sender.run())
    await sender.idle()
    sender.stop()
    await running


class _Aiohttp(BaseRequest):
    """The library over aiohttp in the fewest lines."""

    read_timeout = 20

    async def initialize(self) -> None:
        self._session = aiohttp.ClientSession()

    async def shutdown(self) -> None:
        await self._session.close()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        form = request_data.json_parameters if request_data else None
        async with self._session.request(method, url, data=form) as answer:
            return answer.status, await answer.read()


async def _peer(url: str) -> None:
    bot = Bot(TOKEN, base_url=f"{url}/bot", request=_Aiohttp(), get_updates_request=_Aiohttp())
    await bot.initialize()
    rows = [
        ("Saya Datang", "n1:123456:coming"),
        ("Hari Lain", "n1:123456:other-day"),
        ("Bukan Saya", "n1:123456:not-mine"),
    ]
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)] for label, data in rows])
    chats = iter(range(1, MESSAGES + 1))

    async def work() -> None:
        for number in chats:
            preview = LinkPreviewOptions(is_disabled=True)
            await bot.send_message(chat(number), _TEXT, reply_markup=keyboard, link_preview_options=preview)

    await asyncio.gather(*(work() for _ in range(SLOTS)))
    await bot.shutdown()


def _timed(send: Callable[[str], Awaitable[None]]) -> Run:
    with StandInProcess() as standin:
        began, processor = time.perf_counter(), time.process_time()
        asyncio.run(_awaited(send(standin.url)))
        seconds, processor = time.perf_counter() - began, time.process_time() - processor
        arrived = {where for where, _ in standin.seen().accepted}
        assert len(arrived) == MESSAGES  # noqa: S101 - everybody, and nobody twice
    return Run(MESSAGES / seconds, processor / MESSAGES * 1e6)


async def _awaited(sending: Awaitable[None]) -> None:
    await sending


def main() -> None:
    """Print the rows of benchmarks/README.md."""
    print(f"| {MESSAGES:,} messages, {SLOTS} in flight (median of {ROUNDS}) | measured | beside | ratio |")
    print("|---|---|---|---|")
    for row in rows():
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
