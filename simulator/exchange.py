"""One request and its answer, with the faults on order and the hooks around the processing."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from aiohttp import web

from simulator.faults import Fault, Faults, Kind, Service
from simulator.ledger import Ledger
from simulator.weather import Weather

Answer = tuple[int, Any]


def json_response(status: int, body: Any) -> web.Response:
    """A JSON answer; a text is sent as it is."""
    if isinstance(body, str):
        return web.Response(status=status, text=body)
    return web.Response(status=status, body=json.dumps(body).encode(), content_type="application/json")


class Fortune(NamedTuple):
    """What may come between a request and its answer, and who writes it down."""

    faults: Faults
    weather: Weather
    ledger: Ledger


async def exchange(
    request: web.BaseRequest,
    fortune: Fortune,
    *,
    service: Service,
    method: str,
    to: str | None,
    sender: str,
    process: Callable[[], Awaitable[Answer]],
) -> web.Response:
    """Process the request unless a fault says otherwise; a dropped connection is closed under the answer."""
    faults = fortune.faults
    fortune.ledger.came(service, method, to, sender=sender, line=_line_of(request))
    if faults.on_request:
        faults.on_request(service, method)
    if seconds := faults.latency_seconds(service):
        await asyncio.sleep(seconds)
    fault = faults.take(service, method, to) or fortune.weather.take(service, method, to)
    fortune.ledger.met(fault)
    if fault and (answer := await _instead(request, fault)):
        return answer
    status, body = await process()
    if faults.on_answered:
        faults.on_answered(service, method)
    if fault and fault.kind in (Kind.DELAY_AFTER, Kind.DROP_AFTER):
        await asyncio.sleep(fault.seconds)
    if fault and fault.kind is Kind.DROP_AFTER:
        return _hang_up(request)
    if fault and fault.kind is Kind.ANSWER_AFTER:
        return json_response(fault.status, fault.body)
    return json_response(status, body)


async def _instead(request: web.BaseRequest, fault: Fault) -> web.Response | None:
    if fault.kind in (Kind.DELAY_BEFORE, Kind.DROP_BEFORE):
        await asyncio.sleep(fault.seconds)
    if fault.kind is Kind.DROP_BEFORE:
        return _hang_up(request)
    return json_response(fault.status, fault.body) if fault.kind is Kind.ANSWER else None


def _line_of(request: web.BaseRequest) -> str:
    ours = request.transport.get_extra_info("sockname") if request.transport else None
    return str(ours[0]) if ours else ""


def _hang_up(request: web.BaseRequest) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()
