"""Services stop and come back: who waits is told once at each, and nobody else."""

import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from core.actions.broadcasts import CHUNK, prepare_some
from core.actions.contacts import add_contact
from core.actions.letters import ask_letter
from core.actions.suspensions import Started, resume, suspend
from core.errors import NotFound, Overtaken, Refused
from core.jobs.broadcasting import prepare_broadcasts
from core.questions.cards import resident_by_nik, where_is
from core.rules.answer import LetterKind
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.rules.suspension import Cause, Service
from core.store.delivery_tables import Broadcast, Notice
from core.store.office import OpenOffice, open_office
from core.store.tables import Card, Contact, Resident
from core.store.words import BroadcastState, NoticeState
from tests.offices import BUDI, JOKO, MORNING, SITI, WATI, Clock, act, ask

pytestmark = pytest.mark.both_databases

EVERYBODY = (SITI, BUDI, WATI, JOKO)


@pytest.fixture
def linked(office: OpenOffice, clock: Clock) -> OpenOffice:
    """The office with all four residents on Telegram."""
    for number, nik in enumerate(EVERYBODY):
        terms = {"proof": "receipt", "how": "telegram", "text": "2026-1", "now": clock(), "by": "resident"}
        act(office, add_contact, id_of(office, nik), Channel.TELEGRAM, f"90000000{number}", **terms)
    return office


def id_of(office: OpenOffice, nik: str) -> int:
    resident = ask(office, resident_by_nik, nik)
    assert resident is not None
    return resident.id


def stop(office: OpenOffice, clock: Clock, *services: Service, **terms: object) -> Started:
    return act(office, suspend, services, cause=Cause.SERVER, now=clock(), by="operator", **terms)


def told(office: OpenOffice, clock: Clock, kind: Kind = Kind.SUSPENDED) -> set[str]:
    """Who is owed this kind of news once every audience is prepared."""
    prepare_broadcasts(office, now=clock)
    ids = ask(office, lambda session: set(session.scalars(select(Notice.resident_id).where(Notice.kind == kind))))
    return {nik for nik in EVERYBODY if id_of(office, nik) in ids}


# Whom it concerns


def test_when_printing_stops_those_are_told_whose_card_waits_for_it(linked: OpenOffice, clock: Clock) -> None:
    stop(linked, clock, Service.PRINTING)
    assert told(linked, clock) == {SITI}


def test_when_the_centre_stops_those_are_told_who_wait_for_it(linked: OpenOffice, clock: Clock) -> None:
    stop(linked, clock, Service.CENTRE)
    assert told(linked, clock) == {WATI, JOKO}


def test_when_letters_stop_those_are_told_who_asked_for_one(linked: OpenOffice, clock: Clock) -> None:
    act(linked, ask_letter, BUDI, LetterKind.SUKET, now=clock(), by="operator")
    stop(linked, clock, Service.LETTERS)
    assert told(linked, clock) == {BUDI}


def test_when_everything_stops_everybody_who_waits_is_told_once(linked: OpenOffice, clock: Clock) -> None:
    act(linked, ask_letter, SITI, LetterKind.SUKET, now=clock(), by="operator")
    stop(linked, clock, *Service)
    assert told(linked, clock) == {SITI, WATI, JOKO}
    assert len(ask(linked, lambda session: session.scalars(select(Notice)).all())) == 3


def test_a_stop_in_one_district_concerns_that_district(linked: OpenOffice, clock: Clock) -> None:
    stop(linked, clock, Service.CENTRE, Service.PRINTING, region="35.22.01")
    assert told(linked, clock) == {WATI, JOKO}


def test_a_stop_for_those_recorded_since_a_day_concerns_nobody_recorded_before(
    linked: OpenOffice, clock: Clock
) -> None:
    stop(linked, clock, Service.CENTRE, recorded_since=date(2017, 9, 21))
    assert told(linked, clock) == {JOKO}


def test_who_has_only_a_phone_is_told_when_the_office_pays_for_it(office: OpenOffice, clock: Clock) -> None:
    stop(office, clock, Service.PRINTING)
    assert told(office, clock) == set()
    stop(office, clock, Service.PRINTING, sms=True)
    assert told(office, clock) == {SITI}


@pytest.mark.parametrize(("days", "who"), [(0, set()), (1, {SITI}), (30, {SITI})])
def test_a_stop_shorter_than_a_working_day_is_in_the_answers_only(
    linked: OpenOffice, clock: Clock, days: int, who: set[str]
) -> None:
    today = date(2017, 9, 26)
    stop(linked, clock, Service.PRINTING, until=today + timedelta(days=days))
    assert told(linked, clock) == who
    answer = ask(linked, where_is, SITI, now=clock())
    assert answer is not None
    assert [note.expected_until for note in answer.suspensions] == [today + timedelta(days=days)]


# What is refused


def test_an_end_that_is_past_a_place_elsewhere_and_no_service_are_refused(office: OpenOffice, clock: Clock) -> None:
    with pytest.raises(Refused, match="is past"):
        stop(office, clock, Service.PRINTING, until=date(2017, 9, 25))
    with pytest.raises(Refused, match="not a region of this office"):
        stop(office, clock, Service.PRINTING, region="35.09")
    with pytest.raises(Refused, match="at least one service"):
        stop(office, clock)


def test_resuming_twice_or_what_never_stopped_is_refused(office: OpenOffice, clock: Clock) -> None:
    started = stop(office, clock, Service.PRINTING)
    act(office, resume, started.suspension_id, now=clock(), by="operator")
    with pytest.raises(Refused, match="over already"):
        act(office, resume, started.suspension_id, now=clock(), by="operator")
    with pytest.raises(NotFound, match="no suspension 99"):
        act(office, resume, 99, now=clock(), by="operator")


# When it is over


def end_notices(office: OpenOffice, state: NoticeState, clock: Clock, *niks: str) -> None:
    ids = [id_of(office, nik) for nik in niks]
    change = update(Notice).where(Notice.resident_id.in_(ids)).values(state=state, ended_at=clock())
    office.write(lambda session: session.execute(change))


def test_only_whom_the_start_reached_hears_that_it_is_over(linked: OpenOffice, clock: Clock) -> None:
    started = stop(linked, clock, Service.CENTRE)
    assert told(linked, clock) == {WATI, JOKO}
    end_notices(linked, NoticeState.TOLD, clock, WATI)
    end_notices(linked, NoticeState.UNREACHABLE, clock, JOKO)
    act(linked, resume, started.suspension_id, now=clock(), by="operator")
    assert told(linked, clock, Kind.RESUMED) == {WATI}


def test_a_short_stop_that_nobody_was_told_of_ends_as_quietly(linked: OpenOffice, clock: Clock) -> None:
    started = stop(linked, clock, Service.PRINTING, until=date(2017, 9, 26))
    assert act(linked, resume, started.suspension_id, now=clock(), by="operator").broadcast_id is None
    assert told(linked, clock, Kind.RESUMED) == set()


def test_a_stop_that_is_over_before_its_audience_is_complete_is_told_to_nobody_further(
    linked: OpenOffice, clock: Clock
) -> None:
    started = stop(linked, clock, Service.CENTRE)
    act(linked, resume, started.suspension_id, now=clock(), by="operator")
    assert told(linked, clock) == set()
    states = ask(linked, lambda session: session.scalars(select(Broadcast.state).order_by(Broadcast.id)).all())
    assert states == [BroadcastState.CANCELLED, BroadcastState.READY]


# Chunks, kills, and two at once

CROWD = 2 * CHUNK + 300


@pytest.fixture
def crowd(office: OpenOffice) -> OpenOffice:
    """An office with a crowd that waits for printing, all on Telegram."""
    people = range(1001, 1001 + CROWD)

    def fill(session) -> None:  # type: ignore[no-untyped-def]
        new = {"nik_sealed": b"", "name_sealed": b"", "village": "35.22.15.2003"}
        session.execute(Resident.__table__.insert(), [{"id": n, "nik_index": b"%d" % n, **new} for n in people])
        card = {"stage": "PRINT_READY", "stage_since": MORNING, "reason": "first"}
        session.execute(Card.__table__.insert(), [{"id": n, "resident_id": n, **card} for n in people])
        contact = {"channel": "telegram", "address_sealed": b"", "proof": "receipt", "added_at": MORNING}
        session.execute(
            Contact.__table__.insert(),
            [{"id": n, "resident_id": n, "address_index": b"%d" % n, "consent_at": MORNING, **contact} for n in people],
        )

    office.write(fill)
    return office


def owed_once(office: OpenOffice) -> bool:
    query = select(Notice.resident_id).where(Notice.kind == Kind.SUSPENDED)
    residents = ask(office, lambda session: list(session.scalars(query)))
    return len(residents) == len(set(residents)) == CROWD


def test_an_audience_prepared_in_chunks_and_killed_between_them_is_complete_and_told_once(
    crowd: OpenOffice, clock: Clock
) -> None:
    started = stop(crowd, clock, Service.PRINTING)
    act(crowd, prepare_some, started.broadcast_id, now=clock())
    act(crowd, prepare_some, started.broadcast_id, now=clock())  # and here it was killed
    assert not owed_once(crowd)
    prepare_broadcasts(crowd, now=clock)
    assert owed_once(crowd)
    assert prepare_broadcasts(crowd, now=clock) == 0


def test_a_chunk_that_fails_is_as_if_it_had_not_begun(crowd: OpenOffice, clock: Clock) -> None:
    started = stop(crowd, clock, Service.PRINTING)

    def fail(session) -> None:  # type: ignore[no-untyped-def]
        prepare_some(session, started.broadcast_id, now=clock())
        raise OSError

    with pytest.raises(OSError):
        crowd.write(fail)
    prepare_broadcasts(crowd, now=clock)
    assert owed_once(crowd)


def test_two_that_prepare_at_once_do_no_harm(crowd: OpenOffice, home: Path, address: str | None, clock: Clock) -> None:
    stop(crowd, clock, Service.PRINTING)
    with open_office(home, address) as other:
        threads = [
            threading.Thread(target=prepare_broadcasts, args=(each,), kwargs={"now": clock}) for each in (crowd, other)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    prepare_broadcasts(crowd, now=clock)
    assert owed_once(crowd)


def test_of_two_chunks_begun_from_the_same_cursor_one_is_refused(crowd: OpenOffice, clock: Clock) -> None:
    started = stop(crowd, clock, Service.PRINTING)

    def behind(session) -> None:  # type: ignore[no-untyped-def]
        broadcast = session.get_one(Broadcast, started.broadcast_id)
        session.execute(update(Broadcast).values(cursor=CHUNK).execution_options(synchronize_session=False))
        assert broadcast.cursor == 0
        prepare_some(session, broadcast.id, now=clock())

    with pytest.raises(Overtaken):
        crowd.write(behind)
