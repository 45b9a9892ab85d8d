"""A village official on the phones page: a box on its way to her, and her presses through a call, in a browser."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from core.rules.officials import Role
from core.store.office import OpenOffice
from tests.bot_world import text
from tests.boxing import pack, printed
from tests.browsers import phone, write
from tests.offices import BUDI, Clock, Import
from tests.official_world import VILLAGE, appoint
from tests.phones_world import PhonesWorld
from tests.test_sending import link

RINA = "Bu Rina"
HALL = "Balai Desa Sukorejo Kec. Bojonegoro"


def send_box(office: OpenOffice, home: Path, people: int) -> None:
    """Budi's card, the first, and those of so many others, of whom each has an SMS phone, but every fifth."""
    phones = {n: f"+62812990{n:05d}" for n in range(people) if n % 5}
    printed(Import(office, home), people, phones=phones)
    pack(office, Clock())


def post(world: PhonesWorld, office: OpenOffice, page: Page) -> Locator:
    """Rina is an official of the village, Budi is on Telegram; return her phone, in the first place."""
    rina, budi = world.simulator.telegram.person(RINA), world.person("Pak Budi")
    appoint(office, rina, Role.VILLAGE, VILLAGE, now=world.clock())
    link(office, BUDI, str(budi.id), Clock(world.clock()))
    page.get_by_role("tab", name="HP").click()
    page.get_by_role("button", name=RINA).click()
    page.get_by_role("tab", name="Kantor").click()
    phone(page, RINA).get_by_role("button", name="MULAI").click()
    return phone(page, RINA)


def press(her: Locator, label: str, *, shows: str) -> None:
    """Press a button on the newest screen; another takes its place, in the same message."""
    her.locator(".inline-keyboard").last.get_by_role("button", name=label, exact=True).click()
    expect(her.locator(".message.theirs").last).to_contain_text(shows)


def take_in(her: Locator, page: Page, people: int) -> None:
    """The box came, with all that is in it."""
    write(page, RINA, "/petugas")
    press(her, text("deed-in"), shows=f"{people} KTP-el, nomor 1-{people}")
    press(her, text("button-in-all"), shows=f"Datang: {people} KTP-el")
    press(her, text("button-in-note"), shows=f"{people} KTP-el siap diambil")


def preview_call(her: Locator, page: Page, *, a_day: int) -> None:
    """From the screen of the box to what the call would do."""
    press(her, text("deed-call"), shows="Mulai hari apa")
    press(her, "Kamis 28/9", shows="Pukul berapa?")
    press(her, "08.00-12.00", shows="Di mana?")
    press(her, HALL, shows="Berapa orang sehari?")
    write(page, RINA, str(a_day))
    expect(her.locator(".message.theirs").last).to_contain_text("PERIKSA DULU")
