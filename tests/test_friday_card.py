"""The Friday card: what a village's week was, in counts; by itself on Friday morning, and whenever it is asked for."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

import bot.officials.week  # noqa: F401  (its paper)
from bot.papers import PAPERS
from bot.talk import open_house
from core.actions.handover import close_card, hand_over
from core.jobs.friday_cards import tell_friday_cards
from core.questions.inbox import waiting_updates
from core.questions.regions import office_zone, place
from core.questions.village_week import weeks_of_points
from core.rules.friday import PointWeek, friday_to_tell, together, week_begins
from core.rules.officials import Role
from core.store.delivery_tables import Notice
from core.store.inbox_tables import InboxUpdate
from core.store.office import OpenOffice
from core.store.official_tables import Official
from core.store.tables import Card, Resident
from core.store.words import NoticeState, Taken
from core.wording import languages
from core.wording.friday import FridayCard, friday_text
from tests.bot_world import WORDINGS, W, bot_world, text
from tests.boxing import bring, in_box, pack, printed
from tests.offices import Clock, Import, act, ask
from tests.official_world import DISTRICT, ELSEWHERE, REGENCY, appoint, screen
from tests.telling import done

pytestmark = [pytest.mark.both_databases, pytest.mark.anyio]

#: A village of the district in which nobody has a card yet.
HERE = "35.22.15.1001"
#: Friday, 29 September 2017, eight in the morning in Bojonegoro.
FRIDAY = datetime(2017, 9, 29, 1, 0, tzinfo=UTC)


def weeks(office: OpenOffice, clock: Clock, region: str = HERE) -> list[PointWeek]:
    since = week_begins(clock(), ask(office, office_zone))
    return ask(office, weeks_of_points, region, since=since)


def card_of(office: OpenOffice, clock: Clock, region: str) -> str:
    house = ask(office, open_house, WORDINGS, live=True, trial_addresses=frozenset())
    drawn = office.read(partial(PAPERS["friday"], house=house, about={"region": region, "at": clock().isoformat()}))
    assert isinstance(drawn, str)
    return drawn


def takes(office: OpenOffice, clock: Clock, card: Card, taken: Taken) -> None:
    act(office, lambda session: hand_over(session, session.get(Card, card.id), taken, now=clock(), by="operator"))


def arrived(office: OpenOffice, take: Import, clock: Clock, people: int, **more: int) -> list[Card]:
    printed(take, people, village=HERE, **more)
    box = pack(office, clock, point=HERE)
    bring(office, clock, box)
    return in_box(office, box)


def test_arrived_taken_and_left_are_counted_for_the_last_seven_days(
    office: OpenOffice, take: Import, clock: Clock
) -> None:
    before = arrived(office, take, clock, 3)
    takes(office, clock, before[0], Taken.SELF)
    clock.move(days=10)
    new = arrived(office, take, clock, 4, first=10)
    takes(office, clock, before[1], Taken.FAMILY)
    takes(office, clock, new[0], Taken.SELF)
    clock.move(days=2)
    [week] = weeks(office, clock)
    assert (week.arrived, week.waiting) == (4, 4)
    assert week.taken == {"family": 1, "self": 1}
    assert week.taken_ever == {"family": 1, "self": 2}
    assert week.oldest_since == before[2].stage_since
    assert "terlama 12 hari" in card_of(office, clock, HERE)


def test_who_is_told_and_who_is_not_reached_are_told_apart(office: OpenOffice, take: Import, clock: Clock) -> None:
    cards = arrived(office, take, clock, 3)

    def tell(session: Session) -> None:
        session.execute(update(Notice).values(state=NoticeState.UNREACHABLE))
        if not session.scalars(select(Notice)).first():  # a village that calls: nobody was told yet
            return
        told = select(Notice.id).where(Notice.card_id == cards[0].id)
        session.execute(update(Notice).where(Notice.id.in_(told)).values(state=NoticeState.TOLD))

    office.write(tell)
    [week] = weeks(office, clock)
    assert (week.told, week.unreached) == (week.waiting_told, week.waiting_unreached) == (1, 2)
    takes(office, clock, cards[0], Taken.SELF)
    [week] = weeks(office, clock)
    assert (week.told, week.unreached, week.waiting_told, week.waiting_unreached) == (1, 2, 0, 2)


def test_a_closed_card_is_no_longer_waited_for(office: OpenOffice, take: Import, clock: Clock) -> None:
    niks = printed(take, 2, village=HERE)
    bring(office, clock, pack(office, clock, point=HERE))
    act(office, close_card, niks[0], Taken.DIED, now=clock(), by="operator")
    [week] = weeks(office, clock)
    assert (week.arrived, week.waiting, week.taken) == (1, 1, {})


def test_another_village_s_cards_are_not_hers_and_a_district_counts_its_own(
    office: OpenOffice, take: Import, clock: Clock
) -> None:
    arrived(office, take, clock, 2)
    printed(take, 3, village=ELSEWHERE, first=20)
    bring(office, clock, pack(office, clock, point=ELSEWHERE))
    assert [(week.code, week.waiting) for week in weeks(office, clock, ELSEWHERE)] == [(ELSEWHERE, 3)]
    assert [(week.code, week.waiting) for week in weeks(office, clock, DISTRICT)] == [(HERE, 2)]
    assert {week.code: week.waiting for week in weeks(office, clock, REGENCY)} == {HERE: 2, ELSEWHERE: 3}
    assert "Kantor Kecamatan" in card_of(office, clock, REGENCY)


def test_the_card_names_nobody_and_no_number_of_a_card(office: OpenOffice, take: Import, clock: Clock) -> None:
    arrived(office, take, clock, 2)
    said = card_of(office, clock, HERE)
    assert "GRATIS" in said
    assert "WARGA" not in said


@pytest.mark.parametrize("language", languages())
def test_a_card_of_many_villages_fits_one_message_and_sums_the_rest(language: str, office: OpenOffice) -> None:
    w, zone = WORDINGS.of(language), ask(office, office_zone)
    parts = [PointWeek(code=f"{n}", arrived=1, waiting=n, oldest_since=FRIDAY) for n in range(430)]
    region = FridayCard(
        region=ask(office, lambda session: place(session, HERE)),
        whole=together("35.22", parts),
        parts=parts,
        names={part.code: "Balai Desa Kemuningsarikidul" for part in parts},
    )
    said = friday_text(w, region, now=FRIDAY, zone=zone)
    assert 3500 < len(said) <= 4096
    named = said.count("Kemuningsarikidul")
    rest = sum(part.waiting for part in sorted(parts, key=lambda part: -part.waiting)[named:])
    assert w.text("friday-others", jumlah=430 - named) in said
    assert f"{rest:,}".replace(",", "." if language == "id" else ",") in said


def test_it_comes_on_friday_between_eight_and_three_only(office: OpenOffice) -> None:
    zone = ask(office, office_zone)
    assert friday_to_tell(FRIDAY, zone) == "2017-09-29"
    for other in (-timedelta(minutes=1), timedelta(hours=7), timedelta(days=1), -timedelta(days=1)):
        assert friday_to_tell(FRIDAY + other, zone) is None


async def test_on_friday_morning_she_is_sent_her_card_once(office: OpenOffice, take: Import, clock: Clock) -> None:
    arrived(office, take, clock, 2)
    async with bot_world(office, clock) as world:
        rina, tono, head = (
            world.person("Rina", started=True),
            world.person("Tono", started=True),
            world.person("Kepala"),
        )
        for person, role, region in (
            (rina, Role.VILLAGE, HERE),
            (tono, Role.VILLAGE, ELSEWHERE),
            (head, Role.HEAD, REGENCY),
        ):
            appoint(office, person, role, region, now=clock())
        assert tell_friday_cards(office, now=clock()) == 0, "it is Tuesday"
        clock.now = FRIDAY
        assert tell_friday_cards(office, now=clock()) == 2, "of Tono it is decided that there is nothing"
        for _ in range(2):
            clock.move(minutes=1)
            assert tell_friday_cards(office, now=clock()) == 0
        world.start()
        await world.until(lambda: rina.received)
        await done(world)
        assert screen(rina).text == card_of(office, Clock(FRIDAY), HERE)
        assert "Tiba: 2" in screen(rina).text
        assert (len(rina.received), tono.received, head.received) == (1, [], [])


async def test_who_is_removed_or_suspended_or_not_confirmed_is_sent_none(
    office: OpenOffice, take: Import, clock: Clock
) -> None:
    arrived(office, take, clock, 2)
    clock.now = FRIDAY
    async with bot_world(office, clock) as world:
        for name, change in (
            ("Removed", {"removed_at": clock()}),
            ("Suspended", {"suspended_at": clock()}),
            ("Not confirmed", {"confirmed_at": None}),
        ):
            one = appoint(office, world.person(name), Role.VILLAGE, HERE, now=clock())
            act(office, lambda session, one=one, change=change: session.execute(
                update(Official).where(Official.id == one).values(change)
            ))  # fmt: skip
    assert tell_friday_cards(office, now=clock()) == 0
    assert ask(office, waiting_updates) == []


async def test_of_many_officials_it_is_decided_bit_by_bit(office: OpenOffice, take: Import, clock: Clock) -> None:
    arrived(office, take, clock, 1)
    clock.now = FRIDAY
    async with bot_world(office, clock) as world:
        for n in range(45):
            appoint(office, world.person(f"Petugas {n}"), Role.VILLAGE, HERE, now=clock())
    assert [tell_friday_cards(office, now=clock()) for _ in range(4)] == [20, 20, 5, 0]
    assert len(ask(office, lambda session: list(session.scalars(select(InboxUpdate.id))))) == 45


async def test_at_any_time_it_comes_by_the_button_and_by_the_word(
    office: OpenOffice, take: Import, clock: Clock
) -> None:
    arrived(office, take, clock, 2)
    async with bot_world(office, clock) as world:
        rina = world.person("Rina")
        world.start()
        appoint(office, rina, Role.VILLAGE, HERE, now=clock())
        assert await world.says(rina, "/jumat") == card_of(office, clock, HERE)
        await world.says(rina, "/petugas")
        assert await world.presses(rina, text("deed-week")) == card_of(office, clock, HERE)
        assert screen(rina).labels == (), "what is forwarded has no buttons"
        siti = world.person("Siti")
        assert await world.says(siti, "/jumat") == W.text("not-understood")


def test_an_empty_week_is_told_as_such(office: OpenOffice, clock: Clock) -> None:
    assert weeks(office, clock, ELSEWHERE) == []
    assert "Masih menunggu: 0" in card_of(office, clock, ELSEWHERE)
    assert ask(office, lambda session: session.scalars(select(Resident.id)).first()) is not None
