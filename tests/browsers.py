"""A real Chromium without a screen, and what the tests ask of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

#: As the system's packages name it.
_NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 15_000


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser of this machine; the test fails with what to install when there is none."""
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("no Chromium on this machine; install it (Debian: apt-get install chromium)", pytrace=False)
    with sync_playwright() as playwright:
        # Its sandbox does not start for root, who runs the tests in a container; it sees our own pages only.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def watched_page(browser: Browser, url: str, *, width: int = 1280, height: int = 800) -> Iterator[Page]:
    """Open the phones page; afterwards nothing may have been complained of, and nothing asked of another place."""
    complaints: list[str] = []
    elsewhere: list[str] = []
    own = url.removesuffix("/phones")
    page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page.set_default_timeout(PATIENCE_MS)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(own) else elsewhere.append(request.url))
    try:
        page.goto(url)
        page.locator(".phone").first.wait_for()
        yield page
    finally:
        page.close()
    assert (complaints, elsewhere) == ([], [])


def phone(page: Page, name: str) -> Locator:
    """Somebody's phone."""
    return page.get_by_role("article", name=f"HP {name}", exact=True)


def write(page: Page, name: str, text: str) -> None:
    """Type on somebody's phone, and send."""
    field = phone(page, name).get_by_label("Tulis pesan")
    field.fill(text)
    field.press("Enter")


def attach(page: Page, name: str, what: str) -> None:
    """Choose something behind the paper clip."""
    phone(page, name).get_by_label("Lampirkan").click()
    phone(page, name).get_by_role("button", name=what).click()
