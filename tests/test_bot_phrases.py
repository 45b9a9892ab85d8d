"""A question in somebody's own words gets what it asks for, and a complaint about a card never that."""

import pytest

from core.rules.hours import Hours
from tests.bot_world import bot_world, text

HOUSE = {"hours": Hours.read("Senin-Jumat 08.00-15.00")}

COMPLAINTS = (
    "ktp saya belum jadi",
    "data saya belum jadi",
    "data saya salah",
    "data saya di ktp salah, bagaimana mengubahnya",
    "data saya hilang",
    "kenapa data saya di hapus",
    "jangan hapus data saya",
    "data saya terhapus",
    "jam berapa diambil",
    "sudah saya bawa kemarin",
    "ktp saya dibawa orang",
    "sudah memenuhi syarat tapi belum jadi",
    "persyaratannya sudah lengkap kapan jadi",
    "alamat saya salah yang mana benar",
    "alamat di ktp salah harus ke mana",
)


def about(person) -> set[str]:
    """What the newest message to a person is about."""
    said, labels = person.received[-1].text, [label for row in person.received[-1].labels for label in row]
    found = {
        "held": text("held-none") in said,
        "erase": text("button-erase") in labels,
        "hours": f"{HOUSE['hours'].text} WIB" in said,
        "bring": text("bring-heading") in said,
    }
    return {topic for topic, is_it in found.items() if is_it}


async def test_a_complaint_is_not_taken_for_a_question_about_something_else(office, clock):
    async with bot_world(office, clock, house=HOUSE) as world:
        siti = world.start().person("Siti")
        for said in COMPLAINTS:
            await world.says(siti, said)
            assert (said, about(siti)) == (said, set())


@pytest.mark.parametrize(
    ("topic", "questions"),
    [
        ("held", ("data saya", "Data saya apa saja?", "lihat data saya dong min", "data apa yang disimpan")),
        ("erase", ("hapus data saya", "tolong hapus akun saya ya pak", "mau hapuskan data saya")),
        ("hours", ("jam buka", "kantornya di mana ya", "alamat kantor")),
        ("bring", ("bawa", "syaratnya", "syarat ambil ktp apa", "apa saja yang harus dibawa", "perlu bawa kk ga")),
    ],
)
async def test_a_question_is_understood_in_whatever_words(office, clock, topic, questions):
    async with bot_world(office, clock, house=HOUSE) as world:
        siti = world.start().person("Siti")
        for said in questions:
            await world.says(siti, said)
            assert (said, about(siti)) == (said, {topic})
