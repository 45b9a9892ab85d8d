"""The phones page in a real browser, with the real bot and the real sender behind it."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from core.rules.officials import Role
from core.store.office import OpenOffice
from tests.browsers import PATIENCE_MS, attach, chromium, phone, watched_page, write
from tests.offices import BUDI, BUDI_RECEIPT, SITI, SITI_PHONE, WATI
from tests.official_world import appoint
from tests.phones_world import PhonesWorld, phones_world
from tests.village_page import post, press, preview_call, send_box, take_in

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def world(office: OpenOffice, home: Path) -> Iterator[PhonesWorld]:
    with phones_world(office, home) as world:
        yield world


@pytest.fixture
def page(browser: Browser, world: PhonesWorld) -> Iterator[Page]:
    with watched_page(browser, world.url) as page:
        yield page


def test_a_resident_links_her_chat_and_is_told_when_the_office_moves_the_card(page: Page) -> None:
    budi = phone(page, "Pak Budi")
    write(page, "Pak Budi", f"{BUDI} {BUDI_RECEIPT}")
    expect(budi.get_by_role("log")).to_contain_text("SUDAH DICETAK")
    budi.get_by_role("button", name="Setuju").click()
    expect(budi.get_by_role("button", name="Setuju")).to_have_count(0)
    office = page.get_by_role("tabpanel", name="Kantor")
    office.get_by_text("Pindahkan kartu").first.click()
    office.get_by_label("NIK").first.fill(BUDI)
    office.get_by_label("Ke tahap").select_option(label="siap diambil")
    office.get_by_role("button", name="Pindahkan kartu").click()
    expect(office.get_by_role("status").first).to_contain_text("Pemberitahuan: Telegram")
    expect(budi.get_by_role("log")).to_contain_text("SIAP DIAMBIL")
    office.get_by_role("button", name="Pindahkan kartu").click()
    expect(office.locator(".refused")).to_contain_text("Kartu tidak dapat dipindahkan ke tahap itu.")
    expect(page.locator("#toast")).to_be_hidden()


def test_a_printed_receipt_is_opened_on_the_phone_of_whoever_it_is_for(page: Page) -> None:
    office, budi = page.get_by_role("tabpanel", name="Kantor"), phone(page, "Pak Budi")
    office.get_by_text("Cetak resi").first.click()
    office.locator("#slip-nik").fill(BUDI)
    office.get_by_role("button", name="Cetak resi").click()
    expect(office.get_by_label("Buka di HP").locator("option:checked")).to_have_text("Pak Budi")
    office.get_by_role("button", name="Buka").click()
    expect(budi.get_by_role("log")).to_contain_text("SUDAH DICETAK")
    expect(budi.locator(".quote b").first).to_have_text("Anda")
    assert set(budi.locator(".quote span").all_text_contents()) == {"/start"}


def test_a_photo_and_a_number_are_quoted_in_indonesian(page: Page) -> None:
    siti = phone(page, "Ibu Siti")
    siti.get_by_role("button", name="MULAI").click()
    expect(siti.get_by_role("log")).to_contain_text("GRATIS")
    attach(page, "Ibu Siti", "Foto")
    expect(siti.locator(".quote span").last).to_have_text("Foto")
    attach(page, "Ibu Siti", "Kontak orang lain")
    siti.get_by_label("Nomor HP orang lain").fill("0812 0000 0077")
    siti.get_by_role("button", name="Buka").click()
    expect(siti.locator(".quote span").last).to_have_text("Kontak")


def test_what_waits_at_the_desk_is_shown_and_settled(page: Page) -> None:
    office, budi = page.get_by_role("tabpanel", name="Kantor"), phone(page, "Pak Budi")
    write(page, "Pak Budi", f"{BUDI} {BUDI_RECEIPT}")
    budi.get_by_role("button", name="Setuju").click()
    expect(budi.get_by_role("button", name="Setuju")).to_have_count(0)
    office.get_by_text("Pindahkan kartu").first.click()
    office.locator("#move-nik").fill(BUDI)
    office.get_by_label("Ke tahap").select_option(label="siap diambil")
    office.get_by_role("button", name="Pindahkan kartu").click()
    budi.get_by_role("button", name="Bukan Saya").click()
    budi.get_by_role("button", name="Ya, bukan saya").click()
    waits = office.get_by_role("list", name="Menunggu petugas").get_by_role("listitem")
    expect(waits).to_have_count(1)
    expect(waits).to_contain_text("Bukan Saya")
    expect(page.get_by_role("tab", name="Kantor").locator(".badge")).to_have_text("1")
    expect(office).not_to_contain_text(BUDI)
    waits.get_by_role("button", name="Selesai").click()
    expect(waits).to_have_count(0)


def test_who_has_no_telegram_reads_an_sms_and_its_segments(page: Page) -> None:
    office = page.get_by_role("tabpanel", name="Kantor")
    office.get_by_text("Surat pengganti").first.click()
    office.locator("#letter-nik").fill(WATI)
    office.get_by_role("button", name="Surat pengganti").click()
    page.get_by_role("tab", name="HP").click()
    page.get_by_label("Cari HP").fill("wati")
    page.get_by_role("button", name="Ibu Wati").click()
    expect(phone(page, "Ibu Wati").get_by_role("log")).to_contain_text("surat pengganti")
    expect(phone(page, "Ibu Wati").get_by_role("log")).to_contain_text("1 segmen")


def test_a_phone_number_is_shared_and_a_blocked_bot_is_silent(page: Page, world: PhonesWorld) -> None:
    siti, person = phone(page, "Ibu Siti"), world.person("Ibu Siti")
    siti.get_by_role("button", name="MULAI").click()
    expect(siti.get_by_role("log")).to_contain_text("GRATIS")
    attach(page, "Ibu Siti", "Kontak saya")
    expect(siti.locator(".message.mine.contact")).to_contain_text(SITI_PHONE)
    [contact] = [message.extra["contact"] for message in person.screen if message.kind == "contact"]
    assert contact["user_id"] == person.id
    attach(page, "Ibu Siti", "Kontak orang lain")
    siti.get_by_label("Nomor HP orang lain").fill("0812 0000 0077")
    siti.get_by_role("button", name="Buka").click()
    expect(siti.get_by_role("log")).to_contain_text("+6281200000077")
    siti.get_by_label("Menu percakapan").click()
    siti.get_by_role("button", name="Blokir bot").click()
    siti.get_by_role("button", name="MULAI LAGI").wait_for()
    assert person.has_blocked
    siti.get_by_role("button", name="MULAI LAGI").click()
    siti.get_by_label("Tulis pesan").wait_for()
    assert not person.has_blocked


def test_what_a_resident_writes_stays_text_and_so_does_her_name(page: Page, world: PhonesWorld) -> None:
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    page.get_by_role("tab", name="HP").click()
    page.get_by_text("Tambah HP").click()
    page.get_by_label("Nama").fill(f"{attack} Rini")
    page.get_by_label("Nomor HP").fill("0812 0000 0088")
    page.get_by_role("button", name="Tambah", exact=True).click()
    rini = page.locator(".phone", has_text="Rini")
    rini.get_by_role("button", name="MULAI").click()
    rini.get_by_label("Tulis pesan").fill(attack)
    rini.get_by_label("Kirim", exact=True).click()
    expect(rini.locator(".mine .words").last).to_have_text(attack)
    world.simulator.sms.carry(
        world.simulator.sms.accept(
            to="+6281200000088", sender=attack, service_sid=None, body=attack, callback="", validity=60
        )
    )
    expect(rini.locator(".sms .words")).to_have_text(attack)
    assert page.locator("script:not([src]), img").count() == 0


def test_the_clock_moves_and_a_fault_makes_a_429_happen(page: Page, world: PhonesWorld) -> None:
    page.get_by_label("Maju 1 hari").click()
    expect(page.locator("#clock")).to_contain_text("Kamis, 28 Sep 2017")
    page.get_by_role("tab", name="Gangguan").click()
    page.get_by_role("button", name="429").click()
    expect(page.get_by_role("list", name="Gangguan yang menunggu")).to_contain_text("Telegram 429 1 kali lagi")
    phone(page, "Ibu Siti").get_by_role("button", name="MULAI").click()
    expect(page.get_by_role("tabpanel", name="Gangguan")).to_contain_text("Jawaban 429 sejauh ini: 1")
    expect(page.get_by_role("list", name="Gangguan yang menunggu").get_by_role("listitem")).to_have_count(0)
    assert world.simulator.telegram.throttled == 1


def test_everything_that_a_bot_can_show_is_shown(page: Page, world: PhonesWorld) -> None:
    person = world.person("Ibu Siti")
    telegram = world.simulator.telegram
    siti = phone(page, "Ibu Siti")
    siti.get_by_role("button", name="MULAI").click()
    expect(siti.get_by_role("log")).to_contain_text("GRATIS")
    with telegram.lock:
        file = telegram.files.keep("documents", "resi.pdf", b"%PDF")
        question = next(message for message in person.screen if not message.from_bot)
        keyboard = {"inline_keyboard": [[{"text": "Peta", "url": "https://example.org"}]]}
        telegram.new_message(person, telegram.bot, kind="document", file=file, text="Resi Anda", reply_to=question)
        entities = [{"type": "bold", "offset": 0, "length": 5}, {"type": "italic", "offset": 2, "length": 6}]
        telegram.new_message(person, telegram.bot, text="tebal miring", entities=entities, keyboard=keyboard)
        person.reply_keyboard = {"keyboard": [[{"text": "Kirim nomor saya", "request_contact": True}]]}
        telegram.changes.announce()
    expect(siti.get_by_role("link", name="resi.pdf")).to_be_visible()
    expect(siti.locator(".quote").last).to_contain_text("/start")
    expect(siti.locator("b.rich-bold i.rich-italic")).to_have_text("bal")
    siti.get_by_role("button", name="Peta").click()
    expect(page.locator("#toast")).to_contain_text("di luar simulator")
    siti.get_by_role("button", name="Kirim nomor saya").click()
    expect(siti.locator(".message.mine.contact")).to_contain_text(SITI_PHONE)
    siti.get_by_role("button", name="Menu", exact=True).click()
    siti.get_by_role("button", name="/cek").click()
    expect(siti.locator(".mine .words").last).to_have_text("/cek")


def test_it_fits_a_tablet_and_is_worked_with_the_keyboard_alone(browser: Browser, world: PhonesWorld) -> None:
    with watched_page(browser, world.url, width=820, height=1180) as page:
        for name in ("Ibu Siti", "Pak Budi"):
            expect(phone(page, name)).to_be_in_viewport(ratio=1)
        expect(phone(page, "Pak Joko")).not_to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_role("tab", name="Kantor").focus()
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("tabpanel", name="Gangguan")).to_be_visible()
        phone(page, "Ibu Siti").get_by_role("button", name="MULAI").focus()
        page.keyboard.press("Enter")
        phone(page, "Ibu Siti").get_by_label("Tulis pesan").wait_for()
        phone(page, "Ibu Siti").get_by_label("Tulis pesan").focus()
        page.keyboard.type(SITI)
        page.keyboard.press("Enter")
        expect(phone(page, "Ibu Siti").get_by_role("log")).to_contain_text("SIAP DICETAK")


def test_an_official_works_on_a_screen_that_changes_in_its_place(
    page: Page, world: PhonesWorld, office: OpenOffice
) -> None:
    person = world.person("Ibu Siti")
    phone(page, "Ibu Siti").get_by_role("button", name="MULAI").click()
    appoint(office, person, Role.VILLAGE, "35.22.15.2003", now=world.clock())
    write(page, "Ibu Siti", "/petugas")
    siti = phone(page, "Ibu Siti")
    menu = siti.get_by_role("button", name="Kartu Jumat")
    expect(menu).to_be_visible()
    menu.click()
    expect(siti.get_by_role("log")).to_contain_text("Masih menunggu")
    shown = next(message for message in person.received if any("Kartu Jumat" in row for row in message.labels))
    before = siti.locator(".message.theirs").count()
    edit = {"chat_id": person.id, "message_id": shown.message_id, "text": "Layar kedua"}
    edit["reply_markup"] = {"inline_keyboard": [[{"text": "Ya", "callback_data": "x"}]]}
    address = f"{world.simulator.telegram_url}/bot{world.simulator.bot_token}/editMessageText"
    request = Request(address, json.dumps(edit).encode(), {"Content-Type": "application/json"})  # noqa: S310
    urlopen(request).close()  # noqa: S310  # the simulator on this machine
    expect(siti.locator(".message.theirs").filter(has_text="Layar kedua")).to_have_count(1)
    expect(siti.get_by_role("button", name="Ya", exact=True)).to_be_visible()
    expect(menu).to_have_count(0)
    expect(siti.locator(".message.theirs")).to_have_count(before)


def test_a_document_of_the_bot_is_downloaded_and_one_is_sent_from_the_phone(
    page: Page, world: PhonesWorld, tmp_path: Path
) -> None:
    person, telegram = world.person("Ibu Siti"), world.simulator.telegram
    siti = phone(page, "Ibu Siti")
    siti.get_by_role("button", name="MULAI").click()
    expect(siti.get_by_role("log")).to_contain_text("GRATIS")
    with telegram.lock:
        file = telegram.files.keep("documents", "serah-terima.pdf", b"%PDF-1.4 paper")
        telegram.new_message(person, telegram.bot, kind="document", file=file, text="Berita acara")
        telegram.changes.announce()
    with page.expect_download() as download:
        siti.get_by_role("link", name="serah-terima.pdf").click()
    assert download.value.path().read_bytes() == b"%PDF-1.4 paper"
    export = tmp_path / "daftar.csv"
    export.write_text("NIK;NAMA\n")
    siti.get_by_label("Lampirkan").click()
    with page.expect_file_chooser() as chooser:
        siti.get_by_role("button", name="Berkas").click()
    chooser.value.set_files(export)
    expect(siti.locator(".message.mine.document")).to_contain_text("daftar.csv")
    [sent] = [message for message in person.screen if message.kind == "document" and not message.from_bot]
    assert sent.file is not None
    assert sent.file.content == b"NIK;NAMA\n"
    empty = tmp_path / "kosong.csv"
    empty.write_text("")
    siti.get_by_label("Berkas untuk dikirim").set_input_files(empty)
    expect(page.locator("#toast")).to_contain_text("kosong")


def test_a_long_screen_scrolls_and_many_buttons_stay_on_a_small_phone(browser: Browser, world: PhonesWorld) -> None:
    person, telegram = world.person("Ibu Siti"), world.simulator.telegram
    with watched_page(browser, world.url, width=360, height=640) as page:
        siti = phone(page, "Ibu Siti")
        siti.get_by_role("button", name="MULAI").click()
        expect(siti.get_by_role("log")).to_contain_text("GRATIS")
        days = [
            [{"text": f"{n} September", "callback_data": f"x{n}"} for n in range(row, row + 5)] for row in (1, 6, 11)
        ]
        name = "Balai Desa Kemuningsarikidul Kec. Jenggawah"
        places = [[{"text": f"{name} {n}", "callback_data": f"y{n}"}] for n in range(8)]
        lines = "\n".join(f"{n}. Balai Desa Kemuningsarikidul: tiba 3, menunggu 37" for n in range(60))
        with telegram.lock:
            telegram.new_message(person, telegram.bot, text=lines, keyboard={"inline_keyboard": [*days, *places]})
            telegram.changes.announce()
        last = siti.get_by_role("button", name="Jenggawah 7")
        expect(last).to_be_in_viewport()
        log = siti.get_by_role("log")
        assert log.evaluate("log => log.scrollHeight > log.clientHeight && log.scrollWidth <= log.clientWidth")
        right = log.evaluate("log => log.getBoundingClientRect().right")
        for box in siti.locator(".inline-keyboard button").evaluate_all(
            "buttons => buttons.map(b => [b.getBoundingClientRect().right, b.scrollWidth - b.clientWidth])"
        ):
            assert box[0] <= right + 1
            assert box[1] <= 1
        siti.get_by_role("button", name="1 September", exact=True).scroll_into_view_if_needed()
        expect(siti.get_by_role("button", name="1 September", exact=True)).to_be_in_viewport()


def test_an_official_presses_through_a_call_on_screens_that_change_in_place(
    browser: Browser, office: OpenOffice, home: Path
) -> None:
    send_box(office, home, 9)
    with phones_world(office, home) as world, watched_page(browser, world.url) as page:
        rina, budi = post(world, office, page), phone(page, "Pak Budi")
        take_in(rina, page, 10)
        messages = rina.locator(".message.theirs")
        before = messages.count()
        preview_call(rina, page, a_day=6)
        assert messages.count() == before + 1, "a number that is typed is answered below, a press in its place"
        expect(messages.last).to_contain_text("Dipanggil: 10 orang dalam 2 hari")
        expect(messages.last).to_contain_text("BUNYI SMS")
        press(rina, "Kirim", shows="Menunggu dikabari: 8")
        expect(messages).to_have_count(before + 1)
        page.get_by_label("Maju 1 jam").click(click_count=7)
        expect(budi.get_by_role("log")).to_contain_text("Hari: Kamis 28/9")
        expect(messages.last).to_contain_text("Sudah dikabari: 5")
        press(rina, "Jeda", shows="DIJEDA")
        press(rina, "Lanjutkan", shows="Sedang berjalan")
        expect(messages).to_have_count(before + 1)
