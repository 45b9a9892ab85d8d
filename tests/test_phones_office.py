"""The office's panel of the phones page: each action on a real office, and what then arrives on a phone."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.store.office import OpenOffice
from simulator.bodies import Upload
from simulator.page import Refusal
from tests.offices import BUDI, SITI, WATI, WATI_PHONE
from tests.phones_world import PhonesWorld, phones_world


@pytest.fixture
def world(office: OpenOffice, home: Path) -> Iterator[PhonesWorld]:
    with phones_world(office, home) as world:
        yield world


def test_the_example_export_is_taken_in_told_and_taken_only_once(world: PhonesWorld) -> None:
    world.clock.forward(timedelta(days=1))
    [field] = [field for field in world.director.actions["import"].fields if field.sample]
    sample = field.sample()
    said = world.director.act("import", {"file": sample, "tell": "yes"})
    assert ("Data per 28-09-2017" in said, "0 ditolak" in said, "Dikabari: 2 orang" in said) == (True, True, True)
    inbox = world.simulator.wait_until(lambda: world.simulator.sms.inbox(WATI_PHONE))
    assert "dicetak" in inbox[0].body
    assert "4 tidak mengubah apa pun" in world.director.act("import", {"file": sample, "tell": "yes"})


def test_what_is_no_export_is_refused_with_what_to_do(world: PhonesWorld) -> None:
    for file in (Upload("../../x.csv", b"\x00\x01"), Upload("", b""), "not a file"):
        with pytest.raises(Refusal):
            world.director.act("import", {"file": file, "tell": "yes"})
    with pytest.raises(Refusal, match="Isilah dahulu: Berkas"):
        world.director.act("import", {"tell": "yes"})
    with pytest.raises(Refusal, match="16"):
        world.director.act("move", {"nik": "3522", "stage": "PRINTED"})


def test_services_stop_and_come_back_and_the_page_says_so(world: PhonesWorld) -> None:
    stop = {"service": "printing", "cause": "blanks", "until": ""}
    assert "pencetakan" in world.director.act("suspend", stop)
    assert ("Layanan berhenti", "pencetakan") in world.director.status()
    with pytest.raises(Refusal, match="past"):
        world.director.act("suspend", stop | {"until": "2017-09-01"})
    assert "berakhir: 1" in world.director.act("resume", {})
    assert "Tidak ada" in world.director.act("resume", {})
    assert ("Layanan berhenti", "tidak ada") in world.director.status()


def test_the_link_on_a_printed_receipt_proves_whose_card_it_is(world: PhonesWorld) -> None:
    [link] = re.findall(r"t\.me/\S+", world.director.act("slip", {"nik": BUDI}))
    budi = world.person("Pak Budi")
    budi.open_link(link)
    world.simulator.wait_until(lambda: any("SUDAH DICETAK" in message.text for message in budi.received))


def test_a_letter_that_was_asked_for_is_told_when_it_is_ready(world: PhonesWorld) -> None:
    assert "Tidak ada pemberitahuan" in world.director.act("letter", {"nik": WATI, "step": "asked"})
    assert "Pemberitahuan: SMS" in world.director.act("letter", {"nik": WATI, "step": "ready"})


def test_what_has_to_wait_for_the_morning_says_until_when(world: PhonesWorld) -> None:
    world.clock.forward(timedelta(hours=12))
    world.director.act("letter", {"nik": SITI, "step": "ready"})
    lines = dict(world.director.status())
    assert (lines["Menunggu dikirim"], lines["Jam kirim"]) == ("1 SMS", "tutup sampai 08.00")
    assert world.simulator.sms.sent() == []
    world.clock.forward(timedelta(hours=12))
    world.simulator.wait_until(lambda: world.simulator.sms.sent())
