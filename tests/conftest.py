"""What every test may ask for: an event loop, and an office of its own."""

import pytest


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
