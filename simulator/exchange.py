"""One request and its answer, with the faults on order and the hooks around the processing."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from simulator.faults import Fault, Faults, Kind

Answer = tuple[int, Any]


def json_response(status: int, body: Any) -> web.Response:
    """A JSON answer; a text is sent as it is."""
    if isinstance(body, str):
        return web.Response(status=status, text=body)
    return web.Response(status=status, body=json.dumps(body).encode(), content_type="application/json")


async def exchange(
    request: web.BaseRequest,
    faults: Faults,
    *,
    service: str,
    method: str,
    to: str | None,
    process: Callable[[], Awaitable[Answer]],
) -> web.Response:
    """Process the request unless a fault says otherwise; a dropped connection is closed under the answer."""
    if faults.on_request:
        faults.on_request(service, method)
    if seconds := faults.latency_seconds(service):
        await asyncio.sleep(seconds)
    fault = faults.take(service, method, to)
    if fault and (answer := await _instead(request, fault)):
        return answer
    status, body = await process()
    if faults.on_answered:
        faults.on_answered(service, method)
    if fault and fault.kind is Kind.DELAY_AFTER:
        await asyncio.sleep(fault.seconds)
    if fault and fault.kind is Kind.DROP_AFTER:
        return _hang_up(request)
    return json_response(status, body)


async def _instead(request: web.BaseRequest, fault: Fault) -> web.Response | None:
    if fault.kind is Kind.DELAY_BEFORE:
        await asyncio.sleep(fault.seconds)
    if fault.kind is Kind.DROP_BEFORE:
        return _hang_up(request)
    return json_response(fault.status, fault.body) if fault.kind is Kind.ANSWER else None


def _hang_up(request: web.BaseRequest) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()
