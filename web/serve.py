"""Listening. No access log: the address of a webhook is a secret, and that of a receipt names a message."""

from aiohttp import web

from core.errors import SetupError

_END_SECONDS = 60.0


async def serve(app: web.Application, *, host: str, port: int, end_seconds: float = _END_SECONDS) -> web.AppRunner:
    """Listen until `await runner.cleanup()`. Raises SetupError when the port cannot be had.

    end_seconds: how long a cleanup waits for the answers that are under way.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=end_seconds)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise SetupError(
            f"Cannot listen on {host}:{port} ({error.strerror}). Stop what uses it, or set KABAR_HTTP to another port."
        ) from error
    return runner
