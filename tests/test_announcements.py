"""Announcements: what may be filled in, who belongs to the audience, and when one is worth nothing any more."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.actions.contacts import add_contact
from core.actions.proposals import announce
from core.jobs.broadcasting import prepare_broadcasts
from core.questions.audiences import announcement_audience
from core.questions.batches import newest_batches
from core.questions.cards import resident_by_nik
from core.questions.notice_words import Speech
from core.questions.overtaken import why_overtaken
from core.questions.regions import office_zone
from core.rules.announcements import (
    BROUGHT_ALONG,
    Announcement,
    Consent,
    Form,
    announcement_from,
    consent_needed,
    next_allowed,
)
from core.rules.card import Stage
from core.rules.delivery import Channel
from core.rules.officials import Acting, Role, TellingTerms
from core.rules.suspension import Service
from core.rules.typed_places import LONGEST_PLACE, PlaceFault, UnfitPlace, read_place
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice
from core.store.tables import Card
from tests.offices import BUDI, SITI, WATI, Clock, act, ask

both = pytest.mark.both_databases

OFFICE = Acting(None, Role.OFFICE, "35.22", "operator")
NOW = datetime(2017, 9, 26, 2, tzinfo=UTC)


@pytest.fixture
def linked(office: OpenOffice, clock: Clock) -> OpenOffice:
    for number, nik in enumerate((SITI, BUDI, WATI)):
        terms = {"proof": "receipt", "how": "telegram", "text": "2026-1", "now": clock(), "by": "resident"}
        act(office, add_contact, id_of(office, nik), Channel.TELEGRAM, f"90000000{number}", **terms)
    return office


def id_of(office: OpenOffice, nik: str) -> int:
    resident = ask(office, resident_by_nik, nik)
    assert resident is not None
    return resident.id


def village_of(office: OpenOffice, nik: str) -> str:
    resident = ask(office, resident_by_nik, nik)
    assert resident is not None
    return resident.village


def tell(office: OpenOffice, clock: Clock, region: str, announcement: Announcement | None = None) -> None:
    reminder = announcement or Announcement(form=Form.GENERAL_REMINDER)
    act(office, announce, reminder, region=region, acting=OFFICE, terms=TellingTerms(), now=clock())
    prepare_broadcasts(office, now=clock)


def notices(office: OpenOffice) -> list[Notice]:
    return ask(office, lambda session: list(session.scalars(select(Notice).order_by(Notice.id))))


# Who is told


@both
def test_those_of_the_region_are_told_who_wait_for_a_card_and_can_be_reached(linked: OpenOffice, clock: Clock) -> None:
    expected = {id_of(linked, nik) for nik in (SITI, BUDI, WATI)}
    counts = ask(linked, announcement_audience, "35.22", sms=False)
    tell(linked, clock, "35.22")
    assert {one.resident_id for one in notices(linked)} == expected
    assert counts[Channel.TELEGRAM] == 3
    assert counts[None] == 1, "Joko has no address"


@both
def test_another_village_is_not_told(linked: OpenOffice, clock: Clock) -> None:
    village = village_of(linked, WATI)
    tell(linked, clock, village)
    there = {id_of(linked, nik) for nik in (SITI, BUDI, WATI) if village_of(linked, nik) == village}
    assert {one.resident_id for one in notices(linked)} == there
    assert len(there) < 3


@both
def test_whoever_has_her_card_meanwhile_is_not_told(linked: OpenOffice, clock: Clock) -> None:
    tell(linked, clock, "35.22")
    act(linked, took_hers, BUDI, now=clock())
    reasons = ask(linked, lambda session: why_overtaken(session, session.scalars(select(Notice)).all()))
    assert list(reasons.values()) == ["handed over"]


def took_hers(session: Session, nik: str, *, now: datetime) -> None:
    resident = resident_by_nik(session, nik)
    assert resident is not None
    gone = {"stage": Stage.HANDED_OVER, "stage_since": now}
    session.execute(update(Card).where(Card.resident_id == resident.id).values(gone))


@both
def test_a_service_day_is_worthless_when_the_day_is_over(linked: OpenOffice, clock: Clock) -> None:
    day = clock().date() + timedelta(days=1)
    visit = Announcement(
        form=Form.SERVICE_DAY, day=day, hours=(time(8), time(12)), place="Balai RW 03", services=BROUGHT_ALONG
    )
    tell(linked, clock, "35.22", visit)
    zone = ask(linked, office_zone)
    assert {one.worthless_after for one in notices(linked)} == {datetime.combine(day + timedelta(days=1), time(), zone)}
    words = ask(
        linked,
        lambda session: Speech(session, session.scalars(select(Notice)).all(), zone).words(
            list(session.scalars(select(Notice)).all())
        )[0],
    )
    assert words.announcement == visit


@both
def test_a_batch_says_what_is_announced_where(linked: OpenOffice, clock: Clock) -> None:
    tell(linked, clock, "35.22.15")
    (batch,) = ask(linked, newest_batches)
    assert (batch.about.form, batch.about.region) == ("general-reminder", "35.22.15")


# What may be filled in


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        ("", PlaceFault.EMPTY),
        ("  \n ", PlaceFault.EMPTY),
        ("B" * (LONGEST_PLACE + 1), PlaceFault.LONG),
        ("lihat kabar.id", PlaceFault.LINK),
        ("http://balai", PlaceFault.LINK),
        ("www.balai", PlaceFault.LINK),
        ("hubungi @petugas", PlaceFault.LINK),
        ("Balai, WA 081234567890", PlaceFault.NUMBER),
        ("Balai 0812 3456 7890", PlaceFault.NUMBER),
        ("Balai (0353) 88-12", PlaceFault.NUMBER),
        ("12 34", PlaceFault.LETTERS),
    ],
)
def test_a_place_that_could_pass_for_something_else_is_refused(place: str, fault: PlaceFault) -> None:
    with pytest.raises(UnfitPlace) as refused:
        read_place(place)
    assert refused.value.fault is fault


@pytest.mark.parametrize("place", ["Balai Desa Pajeng", "Balai RT 03 RW 05", "SDN 2 Pajeng, Jl. Merdeka 14"])
def test_a_place_as_people_write_it_is_taken(place: str) -> None:
    assert read_place(f" {place.replace(' ', '  ')} ") == place


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_tidy_place_or_refused(text: str) -> None:
    try:
        place = read_place(text)
    except UnfitPlace:
        return
    assert 0 < len(place) <= LONGEST_PLACE
    assert "\n" not in place and "://" not in place and "@" not in place
    assert read_place(place) == place


@given(
    st.builds(
        Announcement,
        form=st.sampled_from(Form),
        day=st.none() | st.dates(date(2017, 1, 1), date(2100, 1, 1)),
        hours=st.none() | st.just((time(8, 5), time(14, 30))),
        place=st.none() | st.just("Balai Desa"),
        services=st.sampled_from([(), BROUGHT_ALONG, (Service.PICKUP,)]),
    )
)
def test_what_was_filled_in_is_read_back_as_it_was(announcement: Announcement) -> None:
    assert announcement_from(announcement.form, announcement.details()) == announcement


# Who has to agree, and how often


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("agreed", [True, False])
def test_above_so_many_people_a_second_official_is_needed_whoever_asks(role: Role, *, agreed: bool) -> None:
    terms = TellingTerms(agreed=agreed, agreed_above=100)
    assert consent_needed(role, 101, terms) is Consent.SECOND
    below = Consent.OFFICE if agreed and role in (Role.VILLAGE, Role.DISTRICT) else Consent.NOBODY
    assert consent_needed(role, 100, terms) is below


@given(st.lists(st.integers(0, 14 * 24), max_size=8), st.integers(1, 4))
def test_when_the_next_is_possible_the_limit_holds_and_not_a_moment_earlier(hours: list[int], a_week: int) -> None:
    made = [NOW - timedelta(hours=ago) for ago in hours]
    again = next_allowed(made, a_week, NOW)
    if again is None:
        assert sum(moment > NOW - timedelta(days=7) for moment in made) < a_week
        return
    assert again > NOW
    assert next_allowed(made, a_week, again) is None
    assert next_allowed(made, a_week, again - timedelta(seconds=1)) is not None
