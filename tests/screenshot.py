"""Takes the README's picture of the phones page: python -m tests.screenshot docs/phones.png

The real page, with the real bot and sender behind it, on the small office that the tests use.
"""

import logging
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from cli.demo.captions import YOURS
from core.store.office import open_office
from tests.browsers import PATIENCE_MS, chromium, phone, watched_page, write
from tests.offices import BUDI, BUDI_RECEIPT, ROWS, SITI, WATI, Import, found
from tests.phones_world import PhonesWorld, phones_world


def main(picture: Path) -> None:
    """Found an office, let its residents ask and its clerk act, and take the picture."""
    logging.disable(logging.CRITICAL)
    expect.set_options(timeout=PATIENCE_MS)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        found(home)
        with open_office(home) as office:
            Import(office, home)(*ROWS)
            with phones_world(office, home) as world, chromium() as browser, watched_page(browser, world.url) as page:
                _act(page, world)
                picture.parent.mkdir(parents=True, exist_ok=True)
                _save(page.screenshot(), picture)


def _save(png: bytes, picture: Path) -> None:
    """256 colours are enough, and a third of the size."""
    with Image.open(BytesIO(png)) as taken:
        taken.convert("RGB").quantize(256).save(picture, optimize=True)


def _act(page: Page, world: PhonesWorld) -> None:
    """A question, a proof, a notice by Telegram and two by SMS, on a morning that goes on."""
    world.simulator.page.show(caption=YOURS)
    page.get_by_role("tab", name="HP").click()
    page.get_by_role("button", name="Ibu Wati").click()
    for name in ("Pak Joko", "Keluarga sedesa"):
        phone(page, name).get_by_label("Tutup").click()
    page.get_by_role("tab", name="Kantor").click()
    _letter_ready(page, WATI)
    page.get_by_label("Maju 10 menit").click()
    phone(page, "Ibu Siti").get_by_role("button", name="MULAI").click()
    expect(phone(page, "Ibu Siti").get_by_role("log")).to_contain_text("GRATIS")
    write(page, "Ibu Siti", f"mbak ktp {SITI} sdh jadi blm?")
    expect(phone(page, "Ibu Siti").get_by_role("log")).to_contain_text("SIAP DICETAK")
    phone(page, "Ibu Siti").get_by_label("Papan tombol bot").first.click()
    phone(page, "Ibu Siti").locator(".mine").last.evaluate("question => question.scrollIntoView()")
    write(page, "Pak Budi", f"{BUDI} {BUDI_RECEIPT}")
    phone(page, "Pak Budi").get_by_role("button", name="Setuju").click()
    expect(phone(page, "Pak Budi").get_by_role("button", name="Setuju")).to_have_count(0)
    page.get_by_label("Maju 1 jam").click()
    _move(page, BUDI)
    expect(phone(page, "Pak Budi").get_by_role("log")).to_contain_text("SIAP DIAMBIL")
    phone(page, "Pak Budi").get_by_label("Papan tombol bot").first.click()
    _move(page, WATI)
    expect(phone(page, "Ibu Wati").locator(".message")).to_have_count(2)
    expect(page.get_by_role("tabpanel", name="Kantor").locator("dd")).to_have_text(["tidak ada"] * 3)


def _letter_ready(page: Page, nik: str) -> None:
    page.locator("summary", has_text="Surat pengganti").click()
    page.locator("#letter-nik").fill(nik)
    page.get_by_role("button", name="Surat pengganti").click()


def _move(page: Page, nik: str) -> None:
    if not page.locator("#move-nik").is_visible():
        page.locator("summary", has_text="Pindahkan kartu").click()
    page.locator("#move-nik").fill(nik)
    page.locator("#move-stage").select_option(label="siap diambil")
    page.get_by_role("button", name="Pindahkan kartu").click()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
