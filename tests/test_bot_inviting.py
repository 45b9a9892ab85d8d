"""Officials are invited in the chat: a link, somebody who opens it, a press that confirms her, and an end at once."""

import re

import pytest
from sqlalchemy import select

from bot.command_names import COMMANDS
from bot.officials.commands import commands_for
from bot.officials.news import News
from bot.officials.screens import DeedPress, ScreenPress
from core.actions.invites import invite
from core.questions.official_list import Standing, live_official, open_invites
from core.questions.officials import acting_of
from core.rules.invites import invite_link
from core.rules.officials import INVITE_LASTS, Deed, Role
from core.store.official_tables import Official
from core.store.tables import Fact
from simulator import Person
from tests.bot_world import WORDINGS, World, bot_world, text
from tests.offices import act, ask
from tests.official_world import DISTRICT, REGENCY, VILLAGE, appoint, presses, screen

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]

BOT = "kabar_simulator_bot"
RIGHT, WRONG = text("button-right-one"), text("button-wrong-one")
OPERATOR = 990000001
AREA = {VILLAGE: "Desa Sukorejo, Kec. Bojonegoro", DISTRICT: "Kecamatan Bojonegoro", REGENCY: "Kabupaten Bojonegoro"}
BEYOND = "35.22.01"
_LINK = re.compile(r"https://t\.me/\S+")


def tasked(key: str, role: Role = Role.VILLAGE, region: str = VILLAGE, **values: str) -> str:
    return text(key, peran=text(f"role-{role}"), daerah=AREA[region], **values)


def link_by_operator(world: World, role: Role = Role.VILLAGE, region: str = VILLAGE) -> str:
    """What the command line prints for one official."""
    made = act(world.office, invite, role, region, now=world.clock(), by="operator")
    return invite_link(BOT, made.secret)


def acts(world: World, person: Person) -> bool:
    return ask(world.office, acting_of, str(person.id)) is not None


def standing(world: World, person: Person) -> Standing | None:
    line = ask(world.office, live_official, str(person.id))
    return line.standing if line else None


def menu_of(world: World, person: Person) -> list[str]:
    """The commands that Telegram shows in her chat."""
    return [command["command"] for command in world.simulator.telegram.commands.shown_to(person.user)]


async def hears(world: World, person: Person, part: str) -> str:
    """Wait for a message that was left for somebody; whatever is written to the bot has it look for such."""
    world.person("Joko").say("bantuan")
    await world.until(lambda: any(part in message.text for message in person.received))
    return next(message.text for message in reversed(person.received) if part in message.text)


async def turns_to(world: World, person: Person, label: str) -> None:
    """Press a button, on whichever page it is."""
    while label not in str(screen(person).labels):
        await presses(world, person, text("button-page-after"))
    await presses(world, person, label)


async def make_link(world: World, inviter: Person, *labels: str) -> str:
    """Go through the screens of inviting, and return the link that can be handed on."""
    await world.says(inviter, "undang")
    for label in labels:
        await turns_to(world, inviter, label)
    before = len(inviter.received)
    inviter.press(text("button-invite-make"))
    await world.until(lambda: len(inviter.received) > before)
    [link] = _LINK.findall(screen(inviter).text)
    return link


async def test_invited_opened_and_confirmed_by_a_press_she_may_act(office, clock):
    async with bot_world(office, clock) as world:
        camat, rina = world.person("Pak Camat"), world.person("Rina Wulandari", username="rina_p")
        world.start()
        appoint(office, camat, Role.DISTRICT, DISTRICT, now=clock())
        link = await make_link(world, camat, text("role-village"), AREA[VILLAGE])
        assert screen(camat).text == tasked("invite-letter", tautan=link, hingga="3 Oktober 2017")

        waiting = await world.after(rina, lambda: rina.open_link(link))
        assert waiting == tasked("invite-wait")
        assert not acts(world, rina)
        assert await world.says(rina, "petugas") == text("not-understood")

        asked = await hears(world, camat, "dibuka oleh")
        assert asked == tasked("invite-opened", akun_nama="Rina Wulandari (@rina_p)")
        await presses(world, camat, RIGHT)
        assert screen(camat).text == tasked("official-is-confirmed")
        assert "/panggil" in await hears(world, rina, "Selamat bertugas")
        assert acts(world, rina)
        await world.until(lambda: menu_of(world, rina) == list(commands_for(Role.VILLAGE)))
        assert await world.says(rina, "petugas") == text("official-menu")


async def test_who_is_not_the_one_meant_is_refused_and_the_link_is_used_up(office, clock):
    async with bot_world(office, clock, house={"operators": frozenset({str(OPERATOR)})}) as world:
        operator = world.person("Operator", chat_id=OPERATOR, started=True)
        stranger, rina = world.person("Rina Wulandari"), world.person("Rina Wulandari")
        world.start()
        link = link_by_operator(world)
        await world.after(stranger, lambda: stranger.open_link(link))
        await hears(world, operator, "dibuka oleh")
        await presses(world, operator, WRONG)
        assert screen(operator).text == tasked("official-is-refused")
        assert "tidak dibenarkan" in await hears(world, stranger, "tidak dibenarkan")
        assert standing(world, stranger) is None
        assert await world.after(rina, lambda: rina.open_link(link)) == text("invite-not-good")


async def test_every_operator_is_asked_and_only_the_first_press_counts(office, clock):
    both = {"operators": frozenset({str(OPERATOR), str(OPERATOR + 1)})}
    async with bot_world(office, clock, house=both) as world:
        first, second = (world.person("Operator", chat_id=OPERATOR + n, started=True) for n in range(2))
        rina = world.person("Rina")
        world.start()
        link = link_by_operator(world, Role.HEAD, REGENCY)
        await world.after(rina, lambda: rina.open_link(link))
        await hears(world, first, "dibuka oleh")
        await hears(world, second, "dibuka oleh")
        await presses(world, first, RIGHT)
        await presses(world, second, WRONG)
        assert screen(second).text == text("official-was-decided", keadaan=text("standing-active"))
        assert acts(world, rina)


async def test_nobody_confirms_herself_or_another_ones_officials(office, clock):
    async with bot_world(office, clock) as world:
        camat, other, rina = (world.person(name) for name in ("Pak Camat", "Bu Camat", "Rina"))
        world.start()
        appoint(office, camat, Role.DISTRICT, DISTRICT, now=clock())
        appoint(office, other, Role.DISTRICT, BEYOND, now=clock())
        link = await make_link(world, camat, text("role-village"), AREA[VILLAGE])
        await world.after(rina, lambda: rina.open_link(link))
        await hears(world, camat, "dibuka oleh")
        [(row,)] = [message.keyboard["inline_keyboard"] for message in camat.received if RIGHT in str(message.labels)]
        data = row[0]["callback_data"]
        for somebody in (rina, other):
            await forges(world, somebody, data)
            assert somebody.popups[-1] == text("button-outdated")
        assert standing(world, rina) is Standing.WAITING


async def forges(world: World, person: Person, data: str) -> None:
    """A press with data that no button of hers has, as a program of her own could send it."""
    if not person.received:
        await world.says(person, "bantuan")
    below, before = person.received[-1], len(person.popups)
    kept = below.keyboard
    below.keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}
    person.press("x")
    below.keyboard = kept
    await world.until(lambda: len(person.popups) > before)


async def test_a_link_that_is_used_void_old_or_made_up_gets_one_same_answer(office, clock):
    async with bot_world(office, clock) as world:
        camat = world.person("Pak Camat")
        world.start()
        appoint(office, camat, Role.DISTRICT, DISTRICT, now=clock())
        used, void, old = link_by_operator(world), None, link_by_operator(world)
        first = world.person("Rina")
        await world.after(first, lambda: first.open_link(used))
        void = await make_link(world, camat, text("role-village"), AREA[VILLAGE])
        camat.press(text("button-invite-void"))
        await world.until(lambda: "dibatalkan" in camat.received[-2].text)
        answers = []
        for link in (used, void, invite_link(BOT, "A" * 22)):
            somebody = world.person("Budi")
            answers.append(await world.after(somebody, lambda link=link, who=somebody: who.open_link(link)))
        clock.move(seconds=INVITE_LASTS.total_seconds())
        late = world.person("Wati")
        answers.append(await world.after(late, lambda: late.open_link(old)))
        assert answers == [text("invite-not-good")] * 4


async def test_who_opens_it_twice_is_told_to_wait_and_an_official_keeps_the_link_for_another(office, clock):
    async with bot_world(office, clock) as world:
        rina, budi = world.person("Rina"), world.person("Budi")
        world.start()
        appoint(office, budi, Role.VILLAGE, VILLAGE, now=clock())
        link = link_by_operator(world)
        said = await world.after(budi, lambda: budi.open_link(link))
        assert said == tasked("invite-already")
        await world.after(rina, lambda: rina.open_link(link))
        assert await world.after(rina, lambda: rina.open_link(link)) == text("invite-waiting")
        assert standing(world, rina) is Standing.WAITING


async def test_five_made_up_links_lock_a_chat_for_a_day_and_nobody_else(office, clock):
    async with bot_world(office, clock) as world:
        guesser, rina = world.person("Tamu"), world.person("Rina")
        world.start()
        for digit in range(5):
            wrong = invite_link(BOT, str(digit) * 22)
            said = await world.after(guesser, lambda wrong=wrong: guesser.open_link(wrong))
        assert said == text("invite-locked")
        link = link_by_operator(world)
        assert await world.after(guesser, lambda: guesser.open_link(link)) == text("invite-locked")
        assert await world.after(rina, lambda: rina.open_link(link)) == tasked("invite-wait")


async def test_an_inviter_who_is_suspended_is_not_asked_the_operators_are(office, clock):
    async with bot_world(office, clock, house={"operators": frozenset({str(OPERATOR)})}) as world:
        operator = world.person("Operator", chat_id=OPERATOR, started=True)
        camat, rina = world.person("Pak Camat"), world.person("Rina")
        world.start()
        camat_id = appoint(office, camat, Role.DISTRICT, DISTRICT, now=clock())
        link = await make_link(world, camat, text("role-village"), AREA[VILLAGE])
        act(office, news(world).suspend, camat_id, now=clock(), by="operator")
        await world.after(rina, lambda: rina.open_link(link))
        await hears(world, operator, "dibuka oleh")
        await presses(world, operator, RIGHT)
        assert acts(world, rina)


def news(world: World) -> News:
    return News(WORDINGS, world.runner.house.office)


async def test_removed_in_the_middle_of_inviting_she_may_go_on_with_nothing(office, clock):
    async with bot_world(office, clock) as world:
        camat = world.person("Pak Camat")
        world.start()
        camat_id = appoint(office, camat, Role.DISTRICT, DISTRICT, now=clock())
        await world.says(camat, "undang")
        await presses(world, camat, text("role-village"))
        await turns_to(world, camat, AREA[VILLAGE])
        act(office, news(world).remove, camat_id, now=clock(), by="operator")
        camat.press(text("button-invite-make"))
        await world.until(lambda: camat.popups)
        assert camat.popups == [text("button-outdated")]
        assert ask(office, open_invites, now=clock()) == []
        assert await hears(world, camat, "sudah berakhir") == tasked("official-removed", Role.DISTRICT, DISTRICT)
        assert await world.says(camat, "sukorejo") == text("not-understood")
        await world.until(lambda: menu_of(world, camat) == list(COMMANDS))


async def test_suspended_her_menu_goes_and_back_at_work_it_comes(office, clock):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina", started=True)
        world.start()
        official_id = appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        act(office, news(world).suspend, official_id, now=clock(), by="operator")
        await hears(world, rina, "dihentikan sementara")
        assert await world.says(rina, "petugas") == text("not-understood")
        act(office, news(world).take_back, official_id, now=clock(), by="operator")
        await hears(world, rina, "sudah aktif kembali")
        await world.until(lambda: menu_of(world, rina) == list(commands_for(Role.VILLAGE)))
        assert [message.text for message in rina.received].count(tasked("official-suspended")) == 1


async def test_a_restart_leaves_her_menu_as_it_is(office, clock):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina", started=True)
        world.start()
        official_id = appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        act(office, news(world).suspend, official_id, now=clock(), by="operator")
        act(office, news(world).take_back, official_id, now=clock(), by="operator")
        await hears(world, rina, "sudah aktif kembali")
        await world.until(lambda: menu_of(world, rina) == list(commands_for(Role.VILLAGE)))
        await world.stop()
        world.start()
        await world.says(rina, "bantuan")
        assert menu_of(world, rina) == list(commands_for(Role.VILLAGE))


async def test_a_district_official_suspends_takes_back_and_removes_in_the_chat(office, clock):
    async with bot_world(office, clock) as world:
        camat, rina = world.person("Pak Camat"), world.person("Rina", started=True)
        world.start()
        appoint(office, camat, Role.DISTRICT, DISTRICT, now=clock())
        rina_id = appoint(office, rina, Role.VILLAGE, VILLAGE, now=clock())
        await world.says(camat, "undang")
        await presses(world, camat, text("button-own-officials"))
        [label] = [label for row in screen(camat).labels for label in row if "Sukorejo" in label]
        await presses(world, camat, label)
        await presses(world, camat, text("button-official-suspend"))
        assert text("standing-suspended") in screen(camat).text
        assert not acts(world, rina)
        await presses(world, camat, text("button-official-back"))
        assert acts(world, rina)
        await presses(world, camat, text("button-official-remove"))
        assert acts(world, rina)  # asked again first
        await presses(world, camat, text("button-official-remove-sure"))
        assert not acts(world, rina)
        assert text("standing-removed") in screen(camat).text
        assert await hears(world, rina, "sudah berakhir") == tasked("official-removed")
        shown = facts(world, "personal-data-shown")
        assert all(fact.details == {"shown": ["telegram-name"], "officials": [rina_id]} for fact in shown)
        assert {fact.by for fact in shown} == {"official:1"}


def facts(world: World, kind: str) -> list[Fact]:
    return [fact for fact in ask(world.office, lambda s: s.scalars(select(Fact)).all()) if fact.kind == kind]


async def test_the_region_is_found_page_by_page_through_its_district_or_by_a_part_of_its_name(office, clock):
    async with bot_world(office, clock) as world:
        office_official = world.person("Pak Kabid")
        world.start()
        appoint(office, office_official, Role.OFFICE, REGENCY, now=clock())
        await world.says(office_official, "undang")
        assert text("role-head") not in str(screen(office_official).labels)
        await presses(world, office_official, text("role-village"))
        assert screen(office_official).text == text("invite-which-district-first")
        await turns_to(world, office_official, AREA[DISTRICT])
        await turns_to(world, office_official, AREA[VILLAGE])
        assert screen(office_official).text == tasked("invite-check")
        await world.says(office_official, "undang")
        await presses(world, office_official, text("role-district"))
        found = await world.says(office_official, " BOJO ")
        assert found == text("invite-found", n=1, ketikan=" BOJO ")
        assert await world.says(office_official, "xyz") == text("invite-no-region", daerah=AREA[REGENCY])
        await world.says(office_official, "bojonegoro")
        await presses(world, office_official, AREA[DISTRICT])
        assert screen(office_official).text == tasked("invite-check", Role.DISTRICT, DISTRICT)


@pytest.mark.parametrize("way", ["another region", "above her", "another's official", "no number"])
async def test_a_forged_press_does_nothing(office, clock, way):
    async with bot_world(office, clock) as world:
        camat, rina = world.person("Pak Camat"), world.person("Rina")
        world.start()
        appoint(office, camat, Role.DISTRICT, DISTRICT, now=clock())
        rina_id = appoint(office, rina, Role.VILLAGE, f"{BEYOND}.2001", now=clock())
        await world.says(camat, "undang")
        await presses(world, camat, text("role-village"))
        data = screen(camat).keyboard["inline_keyboard"][0][0]["callback_data"]
        ticket = ScreenPress.unpack(data).ticket
        screen_and_value = {
            "another region": ("make", f"{BEYOND}.2001"),
            "above her": ("role", Role.HEAD),
            "another's official": ("out", str(rina_id)),
            "no number": ("one", "x"),
        }[way]
        press = ScreenPress(deed=Deed.INVITE, screen=screen_and_value[0], value=screen_and_value[1], ticket=ticket)
        await forges(world, camat, press.pack())
        assert camat.popups == [text("button-outdated")]
        assert ask(office, open_invites, now=clock()) == []
        assert acts(world, rina)
        await forges(world, camat, DeedPress(deed=Deed.INVITE, act="yes", about=999).pack())
        assert camat.popups[-1] == text("button-outdated")


async def test_the_link_leaves_the_chat_of_whoever_opened_it_after_an_hour(office, clock):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        link = link_by_operator(world)
        opened = []
        await world.after(rina, lambda: opened.append(rina.open_link(link)))
        clock.move(hours=2)
        world.person("Joko").say("bantuan")
        await world.until(lambda: opened[0].deleted)


async def test_of_who_she_is_nothing_is_kept_in_clear(office, clock):
    async with bot_world(office, clock) as world:
        rina = world.person("Rina Wulandari")
        world.start()
        link = link_by_operator(world)
        await world.after(rina, lambda: rina.open_link(link))
        row = ask(office, lambda session: session.scalars(select(Official)).one())
        kept = f"{[str(fact.details) for fact in ask(office, lambda s: s.scalars(select(Fact)).all())]}"
        for secret in ("Rina", str(rina.id), link.partition("o_")[2]):
            assert secret not in kept
            assert secret.encode() not in row.name_sealed + row.telegram_sealed + row.telegram_index


async def test_in_the_trial_a_stranger_cannot_use_a_link(office, clock):
    async with bot_world(office, clock, house={"live": False}) as world:
        rina = world.person("Rina")
        world.start()
        link = link_by_operator(world)
        said = await world.after(rina, lambda: rina.open_link(link))
        assert str(rina.id) in said
        assert len(ask(office, open_invites, now=clock())) == 1
