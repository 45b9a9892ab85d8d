"""Takes the README's pictures of the phones page: python -m tests.screenshot docs

The real page, with the real bot and sender behind it, on the small office that the tests use: phones.png, and a call
of a village official in three pictures.
"""

import logging
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from cli.demo.captions import YOURS
from core.store.office import OpenOffice, open_office
from tests.bot_world import text
from tests.browsers import PATIENCE_MS, chromium, phone, watched_page, write
from tests.offices import BUDI, BUDI_RECEIPT, ROWS, SITI, WATI, Import, found
from tests.phones_world import PhonesWorld, phones_world
from tests.village_page import RINA, post, press, preview_call, send_box, take_in

#: Of the official's pictures; a phone grows no further.
_TALL = 1000
_MARGIN = 12
_PEOPLE, _A_DAY = 350, 100


def main(folder: Path) -> None:
    """Take every picture anew."""
    logging.disable(logging.CRITICAL)
    expect.set_options(timeout=PATIENCE_MS)
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        _phones(browser, folder / "phones.png")
        _calls(browser, folder)


def _phones(browser: Browser, picture: Path) -> None:
    """Let residents ask and the clerk act."""
    with (
        _office() as (office, home),
        phones_world(office, home) as world,
        watched_page(browser, world.url) as page,
    ):
        _act(page, world)
        _save(page.screenshot(), picture)


def _calls(browser: Browser, folder: Path) -> None:
    """An official takes a box in, calls its people, and hands over."""
    with _office() as (office, home):
        send_box(office, home, _PEOPLE - 1)
        with phones_world(office, home) as world, watched_page(browser, world.url, height=_TALL) as page:
            rina, budi = post(world, office, page), phone(page, "Pak Budi")
            take_in(rina, page, _PEOPLE)
            preview_call(rina, page, a_day=_A_DAY)
            rina.get_by_label("Papan tombol bot").first.click()
            page.mouse.move(0, 0)
            end = _seen(page, rina)
            rina.locator(".message.theirs").last.evaluate("preview => preview.scrollIntoView()")
            _save(_side_by_side(_seen(page, rina), end), folder / "call-1.png")
            press(rina, text("call-button-send"), shows="Sedang berjalan")
            page.get_by_label("Maju 1 jam").click(click_count=7)
            expect(budi.get_by_role("log")).to_contain_text("SIAP DIAMBIL")
            expect(rina.get_by_role("log")).to_contain_text("Sudah dikabari: 80")
            _save(_seen(page, rina, budi), folder / "call-2.png")
            page.get_by_label("Maju 1 hari").click()
            write(page, RINA, "/petugas")
            press(rina, text("deed-hand"), shows="SERAH TERIMA")
            write(page, RINA, "1-20")
            expect(rina.get_by_role("log")).to_contain_text("Catat sekarang?")
            press(rina, text("button-hand-note"), shows="20 KTP-el: diambil sendiri")
            write(page, RINA, "147 148 keluarga")
            expect(rina.get_by_role("log")).to_contain_text("diambil keluarga")
            write(page, RINA, "batal 7 12")
            expect(rina.get_by_role("log")).to_contain_text(text("hand-back", nomor="7, 12"))
            _save(_seen(page, rina), folder / "call-3.png")


@contextmanager
def _office() -> Iterator[tuple[OpenOffice, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        found(home)
        with open_office(home) as office:
            Import(office, home)(*ROWS)
            yield office, home


def _seen(page: Page, *phones: Locator) -> bytes:
    """These phones, side by side, and a little around them."""
    boxes = [box for one in phones if (box := one.bounding_box())]
    left, top = min(box["x"] for box in boxes) - _MARGIN, min(box["y"] for box in boxes) - _MARGIN
    right = max(box["x"] + box["width"] for box in boxes) + _MARGIN
    bottom = max(box["y"] + box["height"] for box in boxes) + _MARGIN
    return page.screenshot(clip={"x": left, "y": top, "width": right - left, "height": bottom - top})


def _side_by_side(left: bytes, right: bytes) -> bytes:
    """One screen that is longer than the phone: its beginning, and its end."""
    with Image.open(BytesIO(left)) as first, Image.open(BytesIO(right)) as second:
        both = Image.new("RGB", (first.width + second.width, first.height))
        both.paste(first, (0, 0))
        both.paste(second, (first.width, 0))
    saved = BytesIO()
    both.save(saved, "PNG")
    return saved.getvalue()


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
