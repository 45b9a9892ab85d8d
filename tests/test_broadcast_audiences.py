"""Whom the news of a stop and of its end is for: what the database decides is what plain Python would."""

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import Table, delete, insert, select, update

from core.actions.broadcasts import prepare_some
from core.actions.suspensions import resume, suspend
from core.jobs.broadcasting import prepare_broadcasts
from core.questions.audiences import suspension_audience
from core.questions.suspensions import touches
from core.rules.answer import LetterKind
from core.rules.card import Stage
from core.rules.delivery import Channel
from core.rules.suspension import WAITS_FOR, Cause, Service
from core.store.delivery_tables import Broadcast, Notice
from core.store.office import OpenOffice
from core.store.tables import Card, Contact, Fact, Letter, Resident, Suspension
from core.store.words import REACHED, LetterState, NoticeState
from tests.offices import MORNING, Clock, act, ask

pytestmark = pytest.mark.both_databases

FIRST_ID = 5000
VILLAGES = ("35.22.15.2003", "35.22.15.2004", "35.22.01.2001")
REGIONS = (None, "35.22.15", "35.22.15.2003", "35.22.01")
DAYS = (date(2017, 9, 1), date(2017, 9, 20))
CHUNKS = some.integers(1, 5)


@dataclass(frozen=True)
class Person:
    """cards: oldest first, with the day of recording. contacts: with consent or without, open or closed."""

    village: str
    cards: tuple[tuple[Stage, date | None], ...]
    letter: LetterState | None
    contacts: tuple[tuple[Channel, bool, bool], ...]
    told: NoticeState

    def first_channel(self, *, sms: bool) -> Channel | None:
        usable = {channel for channel, consented, still_open in self.contacts if consented and still_open}
        return next((word for word in Channel if word in usable and (sms or word is Channel.TELEGRAM)), None)

    def waits(self, stop: "Stop") -> bool:
        if not self.cards or not stop.touches(self):
            return False
        stages = {stage for service in set(stop.services) - {Service.PICKUP} for stage in WAITS_FOR[service]}
        asked = Service.LETTERS in stop.services and self.letter in (LetterState.ASKED, LetterState.ISSUED)
        return self.cards[-1][0] in stages or asked


@dataclass(frozen=True)
class Stop:
    services: tuple[Service, ...]
    region: str | None
    recorded_since: date | None
    sms: bool

    def touches(self, person: Person) -> bool:
        row = Suspension(region=self.region or "35.22", recorded_since=self.recorded_since)
        return touches(row, village=person.village, recorded_on=person.cards[-1][1] if person.cards else None)

    def begin(self, office: OpenOffice) -> tuple[int, int | None]:
        terms = {"region": self.region, "recorded_since": self.recorded_since, "sms": self.sms}
        started = act(office, suspend, self.services, cause=Cause.SERVER, now=MORNING, by="operator", **terms)
        return started.suspension_id, started.broadcast_id


#: More often true, or there would hardly be anybody to tell.
mostly = some.sampled_from((True, True, True, False))
stages = some.sampled_from((Stage.PRINT_READY, Stage.RECORDED)) | some.sampled_from(Stage)
recorded = some.none() | some.sampled_from(DAYS)
cards = some.builds(
    lambda older, newest: (*older, *newest),
    some.lists(some.tuples(some.just(Stage.HANDED_OVER), recorded), max_size=1),
    some.lists(some.tuples(stages, recorded), max_size=1),
)
people = some.lists(
    some.builds(
        Person,
        village=some.sampled_from(VILLAGES),
        cards=cards,
        letter=some.none() | some.sampled_from(LetterState),
        contacts=some.lists(some.tuples(some.sampled_from(Channel), mostly, mostly), max_size=3).map(tuple),
        told=some.sampled_from(REACHED) | some.sampled_from(NoticeState),
    ),
    min_size=2,
    max_size=8,
)
stops = some.builds(
    Stop,
    services=some.just(tuple(Service)) | some.sets(some.sampled_from(Service), min_size=1).map(tuple),
    region=some.none() | some.sampled_from(REGIONS),
    recorded_since=some.none() | some.sampled_from(DAYS),
    sms=mostly,
)
tried = settings(max_examples=75, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def live_only(office: OpenOffice, people: Sequence[Person]) -> dict[int, Person]:
    """Let these live in the office, and nobody else; return them by their ids."""
    by_id = {FIRST_ID + number: person for number, person in enumerate(people)}

    def fill(session) -> None:  # type: ignore[no-untyped-def]
        for table in (Notice, Broadcast, Fact, Suspension, Letter, Contact, Card, Resident):
            session.execute(delete(table))
        rows: dict[Table, list[dict[str, object]]] = {}
        for id_, person in by_id.items():
            for table, row in _rows(id_, person):
                rows.setdefault(table, []).append(row)
        for table, some_rows in rows.items():
            session.execute(insert(table), some_rows)

    office.write(fill)
    return by_id


def _rows(id_: int, person: Person):  # type: ignore[no-untyped-def]
    yield (
        Resident.__table__,
        {"id": id_, "nik_index": b"%d" % id_, "nik_sealed": b"", "name_sealed": b"", "village": person.village},
    )
    for number, (stage, recorded_on) in enumerate(person.cards):
        card = {"stage": stage, "stage_since": MORNING, "reason": "first", "recorded_on": recorded_on}
        yield Card.__table__, {"id": 2 * id_ + number, "resident_id": id_, **card}
    if person.letter:
        yield (
            Letter.__table__,
            {"id": id_, "resident_id": id_, "kind": LetterKind.SUKET, "state": person.letter, "state_since": MORNING},
        )
    for number, (channel, consented, still_open) in enumerate(person.contacts):
        contact = {"channel": channel, "address_sealed": b"", "proof": "receipt", "added_at": MORNING}
        since = {"consent_at": MORNING if consented else None, "closed_at": None if still_open else MORNING}
        yield (
            Contact.__table__,
            {"id": 4 * id_ + number, "resident_id": id_, "address_index": b"%d" % number, **contact, **since},
        )


def prepared(office: OpenOffice, broadcast_id: int, contacts: int) -> dict[int, Channel | None]:
    """Prepare an audience in chunks of so many contacts; return who is owed the news by which channel."""
    puts = []
    while (put := act(office, prepare_some, broadcast_id, now=MORNING, contacts=contacts)) is not None:
        puts.append(put)
    query = select(Notice.resident_id, Notice.channel).where(Notice.broadcast_id == broadcast_id)
    owed = ask(office, lambda session: [(row.resident_id, row.channel) for row in session.execute(query)])
    assert sum(puts) == len(owed) == len(dict(owed))
    return dict(owed)


@tried
@given(people=people, stop=stops, contacts=CHUNKS)
def test_who_waits_and_can_be_reached_is_owed_the_news_once_by_her_first_channel(
    office: OpenOffice, people: list[Person], stop: Stop, contacts: int
) -> None:
    by_id = live_only(office, people)
    _, broadcast_id = stop.begin(office)
    waiting = {id_: person.first_channel(sms=stop.sms) for id_, person in by_id.items() if person.waits(stop)}
    assert broadcast_id is not None
    assert prepared(office, broadcast_id, contacts) == {id_: channel for id_, channel in waiting.items() if channel}


@tried
@given(people=people, stop=stops)
def test_what_is_announced_beforehand_is_what_is_owed(office: OpenOffice, people: list[Person], stop: Stop) -> None:
    by_id = live_only(office, people)
    terms = {"region": stop.region, "recorded_since": stop.recorded_since, "sms": stop.sms}
    audience = ask(office, suspension_audience, stop.services, **terms)
    assert audience == Counter(person.first_channel(sms=stop.sms) for person in by_id.values() if person.waits(stop))


@tried
@given(people=people, stop=stops, others=some.lists(stops, max_size=2), contacts=CHUNKS)
def test_whom_the_start_reached_hears_of_the_end_unless_another_stop_goes_on_for_her(
    office: OpenOffice, people: list[Person], stop: Stop, others: list[Stop], contacts: int
) -> None:
    by_id = live_only(office, people)
    suspension_id, broadcast_id = stop.begin(office)
    assert broadcast_id is not None
    told = prepared(office, broadcast_id, contacts)
    for id_ in told:
        state = update(Notice).where(Notice.resident_id == id_).values(state=by_id[id_].told)
        office.write(lambda session, state=state: session.execute(state))
    for other in others:
        other.begin(office)
    ended = act(office, resume, suspension_id, now=MORNING, by="operator")
    assert ended.broadcast_id is not None
    back = {id_ for id_ in told if by_id[id_].told in REACHED and _something_is_back(by_id[id_], stop, others)}
    assert set(prepared(office, ended.broadcast_id, contacts)) == back


def _something_is_back(person: Person, stop: Stop, others: list[Stop]) -> bool:
    still = {service for other in others if other.touches(person) for service in other.services}
    return bool(set(stop.services) - still)


class Rests(threading.Event):
    """Takes no rest, and notes how long it would have been."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.taken.append(timeout or 0.0)
        return False


@pytest.mark.parametrize("polite", [True, False])
def test_others_get_the_database_between_two_chunks_where_they_would_wait_for_it(
    office: OpenOffice, clock: Clock, *, polite: bool
) -> None:
    live_only(
        office, [Person(VILLAGES[0], ((Stage.PRINT_READY, None),), None, ((Channel.SMS, True, True),), REACHED[0])]
    )
    Stop((Service.PRINTING,), None, None, sms=True).begin(office)
    rests = Rests()
    assert prepare_broadcasts(office, now=clock, polite=polite, stopping=rests) == 1
    assert [rest > 0 for rest in rests.taken] == [polite and office.backend == "sqlite"]
