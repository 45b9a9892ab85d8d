"""The office's panel of the phones page: each action on a real office, and what then arrives on a phone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cli.demo.office_words import DESK
from core.rules.nik import mask
from core.store.office import OpenOffice
from core.store.words import DeskKind
from simulator.bodies import Upload
from simulator.page import Refusal
from tests.offices import BUDI, SITI, SITI_PHONE, WATI, WATI_PHONE
from tests.phones_world import PhonesWorld, phones_world


@pytest.fixture
def world(office: OpenOffice, home: Path) -> Iterator[PhonesWorld]:
    with phones_world(office, home) as world:
        yield world


def test_the_example_export_is_taken_in_told_and_taken_only_once(world: PhonesWorld) -> None:
    world.clock.forward(timedelta(days=1))
    [field] = [field for field in world.director.actions["import"].fields if field.sample]
    sample = field.sample()
    said = world.director.act("import", {"file": sample, "tell": "yes"}).said
    assert ("Data per 28-09-2017" in said, "0 ditolak" in said, "Dikabari: 2 orang" in said) == (True, True, True)
    inbox = world.simulator.wait_until(lambda: world.simulator.sms.inbox(WATI_PHONE))
    assert "dicetak" in inbox[0].body
    assert "4 tidak mengubah apa pun" in world.director.act("import", {"file": sample, "tell": "yes"}).said


def test_what_is_no_export_is_refused_with_what_to_do(world: PhonesWorld) -> None:
    for file in (Upload("../../x.csv", b"\x00\x01"), Upload("", b""), "not a file"):
        with pytest.raises(Refusal):
            world.director.act("import", {"file": file, "tell": "yes"})
    with pytest.raises(Refusal, match="Isilah dahulu: Berkas"):
        world.director.act("import", {"tell": "yes"})


def test_what_the_office_refuses_is_said_in_indonesian_first(world: PhonesWorld) -> None:
    for values, words in (
        ({"nik": "3522", "stage": "PRINTED"}, "NIK tidak terbaca: harus 16 angka"),
        ({"nik": "3522990101800009", "stage": "PRINTED"}, "Tidak ada di kantor ini."),
        ({"nik": BUDI, "stage": "PRINTED"}, "Kartu tidak dapat dipindahkan ke tahap itu."),
    ):
        with pytest.raises(Refusal, match=rf"^{words}.*[a-z]"):
            world.director.act("move", values)


def test_services_stop_and_come_back_and_the_page_says_so(world: PhonesWorld) -> None:
    stop = {"service": "printing", "cause": "blanks", "until": ""}
    assert "pencetakan" in world.director.act("suspend", stop).said
    assert ("Layanan berhenti", "pencetakan") in world.director.status()
    with pytest.raises(Refusal, match="past"):
        world.director.act("suspend", stop | {"until": "2017-09-01"})
    assert "berakhir: 1" in world.director.act("resume", {}).said
    assert "Tidak ada" in world.director.act("resume", {}).said
    assert ("Layanan berhenti", "tidak ada") in world.director.status()


def test_the_link_on_a_printed_receipt_proves_whose_card_it_is(world: PhonesWorld) -> None:
    done = world.director.act("slip", {"nik": BUDI})
    assert done.link in done.said
    budi = world.person("Pak Budi")
    budi.open_link(done.link)
    world.simulator.wait_until(lambda: any("SUDAH DICETAK" in message.text for message in budi.received))


def test_a_letter_that_was_asked_for_is_told_when_it_is_ready(world: PhonesWorld) -> None:
    assert "Tidak ada pemberitahuan" in world.director.act("letter", {"nik": WATI, "step": "asked"}).said
    assert "Pemberitahuan: SMS" in world.director.act("letter", {"nik": WATI, "step": "ready"}).said


def test_what_has_to_wait_for_the_morning_says_until_when(world: PhonesWorld) -> None:
    world.clock.forward(timedelta(hours=12))
    world.director.act("letter", {"nik": SITI, "step": "ready"})
    lines = dict(world.director.status())
    assert (lines["Menunggu dikirim"], lines["Jam kirim"]) == ("1 SMS", "tutup sampai 08.00")
    assert world.simulator.sms.sent() == []
    world.clock.forward(timedelta(hours=12))
    world.simulator.wait_until(lambda: world.simulator.sms.sent())


def test_what_a_resident_says_below_a_notice_waits_at_the_desk_until_somebody_settles_it(world: PhonesWorld) -> None:
    budi = world.person("Pak Budi")
    budi.open_link(world.director.act("slip", {"nik": BUDI}).link)
    world.simulator.wait_until(lambda: any("Setuju" in str(message.labels) for message in budi.received))
    budi.press("Setuju")
    world.simulator.wait_until(lambda: any("Begitu ada perubahan" in message.text for message in budi.received))
    world.director.act("move", {"nik": BUDI, "stage": "READY_FOR_PICKUP"})
    world.simulator.wait_until(lambda: any("Hari Lain" in str(message.labels) for message in budi.received))
    assert world.director.tasks() == []
    budi.press("Hari Lain")
    world.simulator.wait_until(world.director.tasks)
    [(key, text)] = world.director.tasks()
    assert text.startswith(f"Hari Lain: kartu tetap disimpan · {mask(BUDI)} · ")
    assert world.director.settle(key).said == "Selesai dicatat."
    assert world.director.tasks() == []
    assert "sebelumnya" in world.director.settle(key).said
    for wrong in ("", "x", "999"):
        with pytest.raises(Refusal):
            world.director.settle(wrong)


def test_blanks_come_cards_are_printed_shipped_and_arrive_and_each_step_says_what_it_did(world: PhonesWorld) -> None:
    act = world.director.act
    with pytest.raises(Refusal, match=r"^Tidak dapat dilakukan.*no blank is free"):
        act("print", {"count": "1"})
    assert "Stok: 10.000" in act("blanks", {"blanks": "10.000"}).said
    assert "1 kartu dicetak" in act("print", {"count": "40"}).said
    world.simulator.wait_until(lambda: len(world.simulator.sms.inbox(SITI_PHONE)) == 1)
    assert "2 kartu dikirim dalam 1 kotak" in act("ship", {}).said
    assert "1 kotak tiba: 2 kartu siap diambil" in act("arrive", {}).said
    inbox = world.simulator.wait_until(lambda: world.simulator.sms.inbox(SITI_PHONE)[1:])
    assert "siap diambil" in inbox[0].body
    assert "No. ambil " in inbox[0].body


def test_nothing_is_printed_shipped_or_awaited_where_there_is_nothing(world: PhonesWorld) -> None:
    world.director.act("blanks", {"blanks": "5"})
    world.director.act("print", {"count": "5"})
    world.director.act("ship", {})
    world.director.act("arrive", {})
    for name, values in (("print", {"count": "5"}), ("ship", {}), ("arrive", {})):
        with pytest.raises(Refusal, match="Tidak dapat dilakukan"):
            world.director.act(name, values)
    for typed in ("0", "-4", "empat puluh", "451", "\u0664"):
        with pytest.raises(Refusal, match="Isian tidak terbaca"):
            world.director.act("print", {"count": typed})


def test_everything_that_can_wait_at_the_desk_has_its_words() -> None:
    assert set(DESK) == set(DeskKind)
