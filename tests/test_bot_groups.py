"""In a group never a word about a NIK; in the trial never a word to outsiders."""

from tests.bot_world import bot_world, text
from tests.offices import SITI


async def test_a_group_is_refused_when_it_asks_and_at_most_once_an_hour(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        group = world.simulator.telegram.group("RT 05", added_by=siti.user and siti)
        siti.say_in_group(group, f"pak RT, ktp {SITI} sudah jadi?")
        await world.until(lambda: group.received)
        clock.move(minutes=59)
        siti.say_in_group(group, SITI)
        siti.say_in_group(group, "/start")
        await world.stays_silent(siti, lambda: None)
        clock.move(minutes=2)
        siti.say_in_group(group, SITI[:15])
        await world.until(lambda: len(group.received) == 2)
        assert {message.text for message in group.received} == {text("group-refusal")}
        assert [message.reply_to for message in group.received] == [None, None]


async def test_talk_among_neighbours_is_none_of_our_business(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti", started=True)
        group = world.simulator.telegram.group("RT 05")
        for said in ("kerja bakti hari minggu", "bantuan", "PRR", "/start@bot_lain", "0812 0000 0001"):
            siti.say_in_group(group, said)
        await world.stays_silent(siti, lambda: None)
        assert group.received == []
        siti.say_in_group(group, "/start@kabar_simulator_bot")
        await world.until(lambda: group.received)


async def test_each_group_has_an_hour_of_its_own_also_after_it_moved(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        groups = [world.simulator.telegram.group(f"RT 0{number}") for number in range(3)]
        for group in groups:
            siti.say_in_group(group, SITI)
            await world.until(lambda group=group: group.received)
        bigger = groups[0].upgrade()
        siti.say_in_group(bigger, SITI)
        await world.until(lambda: bigger.received)


async def test_in_the_trial_an_outsider_gets_her_account_number_once_an_hour_and_nothing_else(office, clock):
    async with bot_world(office, clock, house={"live": False}) as world:
        siti = world.start().person("Siti")
        assert await world.says(siti, SITI) == text("trial", akun=str(siti.id))
        for said in ("/start", "bantuan", SITI):
            siti.say(said)
        clock.move(minutes=61)
        assert await world.says(siti, "halo?") == text("trial", akun=str(siti.id))
        assert len(siti.received) == 2


async def test_in_the_trial_whoever_is_listed_is_served(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.person("Siti")
        world.house = {"live": False, "trial_addresses": frozenset({str(siti.id)})}
        assert (await world.says(world.start().person("Siti"), SITI)).startswith("Langkah 3")


async def test_in_the_trial_a_group_hears_nothing(office, clock):
    async with bot_world(office, clock, house={"live": False}) as world:
        siti = world.start().person("Siti")
        group = world.simulator.telegram.group("RT 05")
        siti.say_in_group(group, SITI)
        await world.says(siti, "halo")
        assert group.received == []
