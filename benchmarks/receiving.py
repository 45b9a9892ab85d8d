"""How many updates one `kabar web` stores in a second, of one office and of twenty, beside the same INSERT alone.

Everything is on this machine: whoever brings the updates takes one of its cores too.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from aiohttp import ClientSession, TCPConnector

from core.actions.inbox import store_updates
from core.store.connections import SharedServers
from core.store.office import open_office
from tests.gateway_world import HEADER, Listed, schema_address, update, web_process
from tests.offices import MORNING
from tests.postgres import Postgres
from tests.test_run import free_port

_CODES = tuple(f"35.{number:02}" for number in range(1, 21))
_AT_ONCE = 64

Row = tuple[str, str, str, str]


def rows(updates: int) -> Iterator[Row]:
    """What the table of benchmarks/README.md says."""
    with (
        tempfile.TemporaryDirectory(prefix="kabar-pg-") as folder,
        tempfile.TemporaryDirectory() as homes,
        Postgres(Path(folder), durable=True) as server,
    ):
        listed = Listed(Path(homes), server.create("kabar"), codes=_CODES).found()
        path = listed.write(Path(homes) / "offices.toml")
        for number, codes in enumerate((_CODES[:1], _CODES)):
            first = 1 + number * 10 * updates
            plain = _plain(listed, codes, range(first, first + updates))
            port = free_port()
            at = f"http://127.0.0.1:{port}"
            with web_process(Path(homes) / f"web{number}", path, port=port):
                asyncio.run(_brought(listed, codes, range(first + 2 * updates, first + 2 * updates + 200), at))
                web = asyncio.run(_brought(listed, codes, range(first + updates, first + 2 * updates), at))
            name = f"updates stored by one kabar web, {len(codes)} office{'s' if len(codes) > 1 else ''}"
            yield name, f"{web:,.0f}/s", f"the INSERT alone {plain:,.0f}/s", f"{web / plain:.2f}"


def _plain(listed: Listed, codes: tuple[str, ...], numbers: range) -> float:
    """Updates a second through the writer of a process, without HTTP."""
    with SharedServers() as servers:
        offices = [
            open_office(listed.home(code), schema_address(listed.address, code), servers=servers) for code in codes
        ]
        began = time.perf_counter()
        futures = [
            offices[number % len(codes)].submit(
                partial(store_updates, raw=[(number, str(number), update(number).decode())], now=MORNING)
            )
            for number in numbers
        ]
        for future in futures:
            future.result()
        return len(numbers) / (time.perf_counter() - began)


async def _brought(listed: Listed, codes: tuple[str, ...], numbers: range, at: str) -> float:
    """Updates a second, brought by so many at once until all are confirmed."""
    secrets = [listed.secrets(code) for code in codes]
    left = iter(numbers)

    async def bring(visitor: ClientSession) -> None:
        for number in left:
            code, (path, header) = codes[number % len(codes)], secrets[number % len(codes)]
            address = f"{at}/{code}/telegram/{path}"
            async with visitor.post(address, data=update(number), headers={HEADER: header}) as answer:
                assert answer.status == 200  # noqa: S101

    async with ClientSession(connector=TCPConnector(limit=_AT_ONCE)) as visitor:
        began = time.perf_counter()
        await asyncio.gather(*(bring(visitor) for _ in range(_AT_ONCE)))
        return len(numbers) / (time.perf_counter() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=5_000)
    print("| updates on PostgreSQL that confirms to the disk | measured | beside | ratio |")
    print("|---|---|---|---|")
    for row in rows(parser.parse_args().updates):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
