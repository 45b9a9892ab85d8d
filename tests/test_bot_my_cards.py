"""Several cards in one chat: a family's eight, and KTP-el Saya that lists them."""

from sqlalchemy import select

from core.actions.cards import move_card_of
from core.questions.contacts import MOST_RESIDENTS_PER_CHAT
from core.questions.desk import desk_list
from core.rules.card import Stage
from core.store.desk_tables import DeskItem
from core.wording.wordings import Wordings
from tests.bot_world import bot_world, text
from tests.linking import CONSENT, link, linked, own_answer, scan, slip_of
from tests.offices import BUDI, BUDI_RECEIPT, SITI, act, ask

FAMILY = [f"352299550690{number:04d}" for number in range(101, 111)]
TELEGRAM_CHARACTERS = 4096


def a_family(take):
    take(*(f"{nik};WARGA;35.22.15.2003;PRR;05/01/2017;;;BJN-000{nik[-3:]}-F{nik[-2:]}" for nik in FAMILY))


async def link_all(world, person, niks):
    for nik in niks:
        await link(world, person, nik, f"BJN-000{nik[-3:]}-F{nik[-2:]}")


def listed(office):
    return ask(office, lambda session: session.scalars(select(DeskItem).order_by(DeskItem.id)).all())


async def test_a_chat_without_cards_hears_how_to_get_one(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        assert await world.says(siti, "/kartu") == text("my-cards-none")
        assert "KTP-el Saya" not in str(siti.received[-1].labels)


async def test_one_card_is_answered_in_full_and_says_which_it_is(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await link(world, siti)
        assert await world.presses(siti, "KTP-el Saya") == f"Resi berakhiran V87\n\n{own_answer(world)}"
        act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=clock(), by="operator")
        said = await world.presses(siti, "KTP-el Saya")
        assert (said, said.count("V87")) == (own_answer(world), 1)


async def test_several_cards_are_a_line_each_by_their_receipts(office, clock):
    async with bot_world(office, clock) as world:
        family = world.start().person("Keluarga")
        await link(world, family)
        await link(world, family, BUDI, BUDI_RECEIPT)
        drawn = slip_of(world, BUDI)
        clock.move(days=2)
        act(office, move_card_of, BUDI, Stage.READY_FOR_PICKUP, now=clock(), by="operator")
        lines = (await world.says(family, "/kartu")).split("\n")
        assert lines[2:4] == [
            "- resi berakhiran V87: siap dicetak, sejak 26 September 2017 (data per 26 September 2017)",
            f"- resi berakhiran {drawn.code[-3:]}: siap diambil, sejak 28 September 2017 (data per 28 September 2017)",
        ]
        assert lines[-1] == "Ketik NIK untuk jawaban lengkap. Layanan ini GRATIS."


async def test_a_card_without_a_receipt_and_one_that_is_closed_are_listed_honestly(office, clock, take):
    a_family(take)
    async with bot_world(office, clock) as world:
        family = world.start().person("Keluarga", phone="+6281200009999")
        take(f"{FAMILY[0]};WARGA;35.22.15.2003;PRR;05/01/2017;+6281200009999;YA;")
        await world.after(family, lambda: family.share_contact("+6281200009999"), answers=2)
        await world.presses(family, "Setuju")
        await link_all(world, family, FAMILY[1:3])
        act(office, move_card_of, FAMILY[2], Stage.CLOSED, now=clock(), by="operator")
        assert (await world.presses(family, "KTP-el Saya")).split("\n")[2:5] == [
            "- siap dicetak, sejak 26 September 2017 (data per 26 September 2017)",
            "- resi berakhiran F02: siap dicetak, sejak 26 September 2017 (data per 26 September 2017)",
            "",
        ]


async def test_the_ninth_card_is_answered_but_not_added_and_the_desk_hears_of_it_once_a_day(office, clock, take):
    a_family(take)
    async with bot_world(office, clock) as world:
        rt = world.start().person("RT")
        await link_all(world, rt, FAMILY[:8])
        assert len(linked(world, rt)) == MOST_RESIDENTS_PER_CHAT == 8
        for nik in (FAMILY[8], FAMILY[9], FAMILY[8]):
            said = await world.after(rt, scan(rt, slip_of(world, nik)), answers=2)
            assert said.startswith("Langkah 3")
            assert said.endswith(text("too-many-cards", n=8))
        assert len(linked(world, rt)) == 8
        assert [item.kind for item in listed(office)] == ["many-cards"]
        assert [line.nik[-4:] for line in ask(office, desk_list)] == [FAMILY[8][-4:]]
        clock.move(days=1)
        await world.after(rt, scan(rt, slip_of(world, FAMILY[9])), answers=2)
        assert len(listed(office)) == 2
        assert len(await world.presses(rt, "KTP-el Saya")) < TELEGRAM_CHARACTERS


async def test_who_stops_has_room_again(office, clock, take):
    a_family(take)
    async with bot_world(office, clock) as world:
        rt = world.start().person("RT")
        await link_all(world, rt, FAMILY[:8])
        await world.says(rt, "/berhenti")
        assert (await world.after(rt, scan(rt, slip_of(world)), answers=2)).endswith(CONSENT)
        await world.presses(rt, "Setuju")
        assert linked(world, rt) == {1}


async def test_a_card_of_hers_is_no_ninth(office, clock, take):
    a_family(take)
    async with bot_world(office, clock) as world:
        rt = world.start().person("RT")
        await link_all(world, rt, FAMILY[:8])
        assert (await world.after(rt, scan(rt, slip_of(world, FAMILY[0])))).startswith("Langkah 3")
        await world.stays_silent(rt, lambda: None)
        assert listed(office) == []


def test_every_language_names_every_stage_of_a_list():
    for words in Wordings().all():
        for stage in set(Stage) - {Stage.CLOSED}:
            said = {"tahap": words.text(f"story-{stage}"), "sejak": "29 September 2017", "data": "29 September 2017"}
            line = words.text("my-card", resi="R81", **said)
            assert len(line) * MOST_RESIDENTS_PER_CHAT < TELEGRAM_CHARACTERS - 600


async def test_asking_by_nik_still_answers_in_full(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await link(world, siti)
        await link(world, siti, BUDI, BUDI_RECEIPT)
        assert await world.says(siti, SITI) == own_answer(world)
