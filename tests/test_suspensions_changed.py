"""A stop in several regions, noted late, over in part, expected back on another day; and stops within stops."""

import threading
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import delete, select, update

from core.actions.broadcasts import prepare_some
from core.actions.cards import move_card_of
from core.actions.letters import ask_letter
from core.actions.suspensions import Started, move_end, resume, suspend, suspend_regions
from core.errors import Refused
from core.jobs.broadcasting import prepare_broadcasts
from core.questions.audiences import resumption_audience, suspension_audience
from core.questions.cards import where_is
from core.questions.health import unprepared
from core.questions.overtaken import back_for, why_overtaken
from core.questions.suspensions import stopped_services, stops_of, suspensions_touching
from core.rules.answer import LetterKind
from core.rules.card import Stage
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.rules.suspension import Cause, Service, outermost
from core.store.delivery_tables import Broadcast, Notice
from core.store.office import OpenOffice, open_office
from core.store.tables import Card, Fact, Resident, Suspension
from core.store.words import NoticeState
from tests.offices import BUDI, JOKO, MORNING, SITI, WATI, Clock, act, ask
from tests.senders import FakeChannel, send_all
from tests.test_sending import SITI_CHAT, link

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]

PRINTING, LETTERS, CENTRE, PICKUP = Service.PRINTING, Service.LETTERS, Service.CENTRE, Service.PICKUP
CHATS = {SITI: SITI_CHAT, BUDI: "900000002", WATI: "900000003", JOKO: "900000004"}
NAMES = {chat: nik for nik, chat in CHATS.items()}


class Town:
    """The four residents, all on Telegram: Siti waits for printing; Wati and Joko, elsewhere, for the centre."""

    def __init__(self, office: OpenOffice, clock: Clock) -> None:
        self.office = office
        self.clock = clock
        self.telegram = FakeChannel(Channel.TELEGRAM)
        for nik, chat in CHATS.items():
            link(office, nik, chat, clock)

    def do(self, action: object, *args: object, **terms: object) -> Started:
        self.clock.move(minutes=5)
        return act(self.office, action, *args, now=self.clock(), by="operator", **terms)  # type: ignore[arg-type]

    def stop(self, *services: Service, **terms: object) -> int:
        return self.do(suspend, services, cause=Cause.SERVER, **terms).suspension_id

    async def read(self) -> list[tuple[str, str]]:
        """Return who reads what now."""
        prepare_broadcasts(self.office, now=self.clock)
        before = len(self.telegram.given)
        await send_all(self.office, self.telegram, now=self.clock)
        return [(NAMES[one.address], one.text) for one in self.telegram.given[before:]]

    async def readers(self) -> list[str]:
        return [nik for nik, _ in await self.read()]


@pytest.fixture
def town(office: OpenOffice, clock: Clock) -> Town:
    return Town(office, clock)


# Several regions


async def test_a_stop_in_two_districts_is_told_once_to_everybody_in_either(town: Town) -> None:
    started = town.do(
        suspend_regions, [PRINTING, CENTRE], regions=["35.22.15", "35.22.01", "35.22.01.2001"], cause=Cause.POWER
    )
    assert len(started) == 2  # the village lies in one of the districts
    assert sorted(await town.readers()) == sorted([SITI, WATI, JOKO])
    assert await town.readers() == []


async def test_one_region_that_is_none_refuses_all_of_them(town: Town) -> None:
    with pytest.raises(Refused, match="not a region"):
        town.do(suspend_regions, [PRINTING], regions=["35.22.15", "35.09"], cause=Cause.POWER)
    assert ask(town.office, stops_of, PRINTING) == []


@given(some.lists(some.sampled_from(["35.22", "35.22.1", "35.22.01", "35.22.01.2001", "35.22.15", "35.22.15.2003"])))
def test_no_region_of_several_lies_within_another(regions: list[str]) -> None:
    chosen = outermost(regions)
    covers = [[f"{region}.".startswith(f"{one}.") for one in chosen] for region in regions]
    assert all(sum(of_region) == 1 for of_region in covers)


async def test_what_is_stopped_for_whom_can_be_asked(town: Town) -> None:
    town.stop(PRINTING)
    town.stop(CENTRE, region="35.22.01", recorded_since=date(2017, 9, 21))
    assert ask(town.office, stopped_services, village="35.22") == {PRINTING}
    assert ask(town.office, stopped_services, village="35.22.01.2001") == {PRINTING}
    assert ask(town.office, stopped_services, village="35.22.01.2001", recorded_on=date(2017, 9, 21)) == {
        PRINTING,
        CENTRE,
    }


# A stop within a stop


async def test_who_knows_that_printing_stopped_everywhere_is_not_told_that_it_stopped_here(town: Town) -> None:
    town.stop(PRINTING)
    assert await town.readers() == [SITI]
    audience = ask(
        town.office, suspension_audience, [PRINTING], region="35.22.15", recorded_since=None, sms=False, until=None
    )
    assert not +audience
    town.stop(PRINTING, region="35.22.15")
    assert await town.readers() == []


async def test_who_is_told_a_later_end_by_the_second_stop_hears_of_it(town: Town) -> None:
    town.stop(PRINTING, until=date(2017, 10, 2))
    await town.read()
    town.stop(PRINTING, region="35.22.15", until=date(2017, 10, 9))
    [(nik, text)] = await town.read()
    assert nik == SITI and "9 Oktober 2017" in text


async def test_two_stops_of_one_night_are_told_once(town: Town) -> None:
    """Both wait for the morning; what the second says was just said."""
    town.stop(PRINTING)
    town.stop(PRINTING, region="35.22.15")
    assert await town.readers() == [SITI]


async def test_after_the_outer_stop_ends_the_inner_one_is_said_to_be_over_by_its_own_end(town: Town) -> None:
    outer = town.stop(PRINTING)
    await town.read()
    inner = town.stop(PRINTING, region="35.22.15")
    await town.read()
    town.do(resume, outer)
    assert await town.readers() == []
    town.do(resume, inner)
    [(nik, text)] = await town.read()
    assert nik == SITI and "berjalan lagi: cetak" in text


# Noted late


async def test_a_stop_noted_late_is_told_from_the_day_on_which_it_began(town: Town) -> None:
    town.stop(PRINTING, since=MORNING - timedelta(days=3))
    [(_, text)] = await town.read()
    assert "23 September 2017" in text


async def test_who_moved_on_before_it_was_noted_is_not_told(town: Town) -> None:
    town.do(move_card_of, SITI, Stage.PRINTED)
    await town.read()
    town.stop(PRINTING, since=MORNING - timedelta(days=3))
    assert await town.readers() == []


async def test_a_stop_cannot_begin_in_the_future(town: Town) -> None:
    with pytest.raises(Refused, match="in the future"):
        town.stop(PRINTING, since=MORNING + timedelta(days=1))


async def test_a_stop_noted_late_does_not_make_an_older_end_be_told_twice(town: Town) -> None:
    first = town.stop(PRINTING)
    await town.read()
    town.do(resume, first)
    assert await town.readers() == [SITI]
    began = town.clock() - timedelta(hours=1)
    town.clock.move(hours=2)
    second = town.stop(PRINTING, since=began, until=town.clock().date())  # told to nobody: it ends today
    town.do(resume, second)
    assert await town.readers() == []


# In part


async def test_what_is_back_first_is_told_and_the_rest_later_to_the_same_people(town: Town) -> None:
    town.do(ask_letter, SITI, LetterKind.SUKET)
    both = town.stop(PRINTING, LETTERS, until=date(2017, 10, 2))
    assert await town.readers() == [SITI]
    part = town.do(resume, both, services=[PRINTING])
    [(nik, text)] = await town.read()
    assert nik == SITI and "berjalan lagi: cetak." in text
    answer = ask(town.office, where_is, SITI, now=town.clock())
    [note] = answer.suspensions  # type: ignore[union-attr]
    assert note.services == (LETTERS,) and note.expected_until == date(2017, 10, 2)
    assert part.suspension_id != both
    town.do(resume, both)
    [(nik, text)] = await town.read()
    assert nik == SITI and "berjalan lagi: suket." in text
    with pytest.raises(Refused, match="over already"):
        town.do(resume, both, services=[LETTERS])


async def test_only_what_it_stops_can_be_back(town: Town) -> None:
    stop = town.stop(PRINTING)
    with pytest.raises(Refused, match="does not stop letters"):
        town.do(resume, stop, services=[LETTERS])


async def test_all_services_named_one_by_one_end_the_whole(town: Town) -> None:
    stop = town.stop(PRINTING, CENTRE)
    assert town.do(resume, stop, services=[CENTRE, PRINTING]).suspension_id == stop
    assert ask(town.office, stops_of, PRINTING) == []


async def test_what_is_shown_beforehand_is_who_is_told(town: Town) -> None:
    stop = town.stop(PRINTING, CENTRE)
    await town.read()
    shown = ask(town.office, resumption_audience, stop, [CENTRE], now=town.clock())
    town.do(resume, stop, services=[CENTRE])
    assert shown == {Channel.TELEGRAM: 3}
    assert len(await town.readers()) == 3


async def test_two_operators_who_bring_back_a_service_each_at_once_end_the_whole(
    town: Town, home: Path, address: str | None
) -> None:
    stop = town.stop(PRINTING, CENTRE)
    await town.read()
    with open_office(home, address) as other:
        terms = {"now": town.clock.move(hours=1), "by": "operator"}
        threads = [
            threading.Thread(target=act, args=(each, resume, stop), kwargs={**terms, "services": [service]})
            for each, service in ((town.office, PRINTING), (other, CENTRE))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert ask(town.office, stops_of, PRINTING) == ask(town.office, stops_of, CENTRE) == []
    texts = [text for _, text in await town.read()]
    assert len(texts) == 6  # each of the three was told of both, and each end is told once
    assert sum("berjalan lagi: cetak." in text for text in texts) == 3


# Another end


async def test_another_end_is_told_to_those_who_know_of_the_stop(town: Town) -> None:
    stop = town.stop(PRINTING, until=date(2017, 10, 2))
    await town.read()
    town.do(move_card_of, BUDI, Stage.PRINT_READY)  # she came later
    await town.read()
    town.do(move_end, stop, date(2017, 10, 9))
    [(nik, text)] = await town.read()
    assert nik == SITI
    assert "Perkiraan baru: 9 Oktober 2017 (semula 2 Oktober 2017)" in text


async def test_an_earlier_end_and_an_unknown_one_are_told_too(town: Town) -> None:
    stop = town.stop(PRINTING, until=date(2017, 10, 9))
    await town.read()
    town.do(move_end, stop, date(2017, 10, 2))
    [(_, text)] = await town.read()
    assert "2 Oktober 2017 (semula 9 Oktober 2017)" in text
    town.do(move_end, stop, None)
    [(_, text)] = await town.read()
    assert "belum diketahui (semula 2 Oktober 2017)" in text


async def test_the_same_end_again_changes_nothing(town: Town) -> None:
    stop = town.stop(PRINTING, until=date(2017, 10, 2))
    await town.read()
    assert town.do(move_end, stop, date(2017, 10, 2)).broadcast_id is None
    assert await town.readers() == []


async def test_a_second_move_before_the_first_was_told_takes_its_place(town: Town) -> None:
    stop = town.stop(PRINTING, until=date(2017, 10, 2))
    await town.read()
    town.do(move_end, stop, date(2017, 10, 9))
    prepare_broadcasts(town.office, now=town.clock)
    town.do(move_end, stop, date(2017, 10, 16))
    [(_, text)] = await town.read()
    assert "16 Oktober 2017 (semula 2 Oktober 2017)" in text


async def test_an_end_that_moved_there_and_back_untold_is_no_news(town: Town) -> None:
    stop = town.stop(PRINTING, until=date(2017, 10, 2))
    await town.read()
    for day in (9, 2):
        town.do(move_end, stop, date(2017, 10, day))
        prepare_broadcasts(town.office, now=town.clock)
    assert await town.readers() == []


async def test_an_end_cannot_move_to_a_day_that_is_past_nor_of_what_is_over(town: Town) -> None:
    stop = town.stop(PRINTING)
    with pytest.raises(Refused, match="is past"):
        town.do(move_end, stop, date(2017, 9, 25))
    town.do(resume, stop)
    with pytest.raises(Refused, match="over already"):
        town.do(move_end, stop, date(2017, 10, 2))


async def test_a_short_stop_that_lasts_after_all_is_told_as_one_that_starts(town: Town) -> None:
    stop = town.stop(PRINTING, until=date(2017, 9, 26))
    assert await town.readers() == []
    town.do(move_end, stop, date(2017, 9, 29))
    [(nik, text)] = await town.read()
    assert nik == SITI and text.startswith("PEMBERITAHUAN GANGGUAN LAYANAN")


async def test_who_waits_for_it_no_longer_is_not_told_of_another_end(town: Town) -> None:
    stop = town.stop(PRINTING, until=date(2017, 10, 2))
    await town.read()
    town.do(move_card_of, SITI, Stage.PRINTED)
    await town.read()
    town.do(move_end, stop, date(2017, 10, 9))
    assert await town.readers() == []


# Shorter than a working day


@pytest.mark.parametrize(
    ("now", "until", "told"),
    [
        (datetime.fromisoformat("2017-09-29T16:00+07:00"), date(2017, 10, 2), False),  # after closing, until Monday
        (datetime.fromisoformat("2017-09-29T10:00+07:00"), date(2017, 10, 2), True),  # Friday itself is lost
        (datetime.fromisoformat("2017-09-30T10:00+07:00"), date(2017, 10, 2), False),  # Saturday, until Monday
        (datetime.fromisoformat("2017-09-30T10:00+07:00"), date(2017, 10, 3), True),
    ],
)
async def test_a_stop_that_ends_before_the_office_opens_again_is_in_the_answers_only(
    town: Town, now: datetime, until: date, told: bool
) -> None:
    town.clock.now = now
    started = town.do(suspend, [PRINTING], cause=Cause.POWER, until=until)
    assert (started.broadcast_id is not None) is told


# Whatever happens, in whatever order

REGIONS = (None, "35.22.15", "35.22.15.2003", "35.22.01")
SERVICES = some.sets(some.sampled_from([PRINTING, LETTERS, CENTRE]), min_size=1).map(sorted)
STEPS = some.lists(
    some.tuples(some.just("stop"), SERVICES, some.sampled_from(REGIONS), some.booleans())
    | some.tuples(some.just("resume"), SERVICES, some.integers(0, 5), some.booleans())
    | some.tuples(some.just("move"), some.integers(0, 9), some.integers(0, 5), some.booleans()),
    min_size=2,
    max_size=10,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_nobody_is_told_twice_of_one_start_nor_of_an_end_while_something_still_stops_it(
    office: OpenOffice, steps: list[tuple]
) -> None:
    clock = Clock()
    town = _new_town(office, clock)
    told_stopped: dict[tuple[int, int], int] = {}
    for what, first, second, leaves in steps:
        clock.move(hours=1)
        still = [stop.id for service in Service for stop in ask(office, stops_of, service)]
        if what == "stop":
            act(office, suspend, first, cause=Cause.SERVER, now=clock(), by="operator", region=second)
        elif still and what == "resume":
            id_ = still[second % len(still)]
            stops = ask(office, lambda session, id_=id_: session.get(Suspension, id_).services.split(","))
            some_of = [service for service in first if service in stops]
            act(office, resume, id_, now=clock(), by="operator", services=some_of)
        elif still:
            until = clock().date() + timedelta(days=first) if first else None
            act(office, move_end, still[second % len(still)], until, now=clock(), by="operator")
        _prepare(office, clock)
        if leaves:
            _send(office, clock, told_stopped)
    _send(office, clock, told_stopped)
    assert all(times == 1 for times in told_stopped.values())
    for id_ in sorted({stop.id for service in Service for stop in ask(office, stops_of, service)}):
        clock.move(hours=1)
        act(office, resume, id_, now=clock(), by="operator")
        _prepare(office, clock)
        _send(office, clock, told_stopped)
    assert town


def _new_town(office: OpenOffice, clock: Clock) -> bool:
    def clear(session) -> None:  # type: ignore[no-untyped-def]
        for table in (Notice, Broadcast):
            session.execute(delete(table))
        session.execute(delete(Fact).where(Fact.suspension_id.is_not(None)))
        session.execute(delete(Suspension).where(Suspension.part_of.is_not(None)))
        session.execute(delete(Suspension))

    office.write(clear)
    for nik, chat in CHATS.items():
        link(office, nik, chat, clock)
    act(office, ask_letter, SITI, LetterKind.SUKET, now=clock(), by="operator")
    return True


def _prepare(office: OpenOffice, clock: Clock) -> None:
    for broadcast in ask(office, unprepared):
        while act(office, prepare_some, broadcast, now=clock()) is not None:
            pass


def _send(office: OpenOffice, clock: Clock, told_stopped: dict[tuple[int, int], int]) -> None:
    """One after the other, as they left; whoever is told that something runs again must not be stopped by another."""

    def one(session) -> bool:  # type: ignore[no-untyped-def]
        notice = session.scalar(select(Notice).where(Notice.state == NoticeState.WAITING).order_by(Notice.id).limit(1))
        if notice is None:
            return False
        if why_overtaken(session, [notice]):
            state = NoticeState.OVERTAKEN
        else:
            state = NoticeState.TOLD
            broadcast = session.get_one(Broadcast, notice.broadcast_id)
            if notice.kind is Kind.SUSPENDED:
                key = notice.resident_id, broadcast.suspension_id
                told_stopped[key] = told_stopped.get(key, 0) + 1
            if notice.kind is Kind.RESUMED:
                _check_runs(session, notice)
        session.execute(update(Notice).where(Notice.id == notice.id).values(state=state, ended_at=clock()))
        return True

    while office.write(one):
        pass


def _check_runs(session, notice: Notice) -> None:  # type: ignore[no-untyped-def]
    village = session.get_one(Resident, notice.resident_id).village
    card = session.scalar(select(Card).where(Card.resident_id == notice.resident_id).order_by(Card.id.desc()).limit(1))
    notes = suspensions_touching(session, village=village, recorded_on=card.recorded_on)
    stopped = {service for note in notes for service in note.services}
    back = back_for(session, [notice])[notice.id]
    assert back and not stopped & set(back)
    reached = select(Notice.id).where(
        Notice.resident_id == notice.resident_id, Notice.kind == Kind.SUSPENDED, Notice.state == NoticeState.TOLD
    )
    assert session.scalar(reached.limit(1)) is not None, "told of an end without a start"
