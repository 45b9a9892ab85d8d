"""What officials want many to be told: who has to agree, how often, and that it goes out once or not at all."""

import threading
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.actions.contacts import add_contact
from core.actions.proposals import (
    Decision,
    Proposed,
    TooMany,
    Verdict,
    agree,
    announce,
    refuse,
    suspend_by_official,
    withdraw,
    withdraw_stale,
)
from core.actions.suspensions import move_end, resume
from core.errors import NotFound, Refused
from core.jobs.broadcasting import prepare_broadcasts
from core.questions.cards import resident_by_nik, where_is
from core.questions.officials import telegram_index
from core.questions.proposals import proposal_line
from core.rules.announcements import Announcement, Consent, Form
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.rules.officials import Acting, Role, TellingTerms
from core.rules.suspension import Cause, Service
from core.store.delivery_tables import Broadcast, Notice
from core.store.office import OpenOffice, open_office, seal_of
from core.store.official_tables import Official
from core.store.words import ProposalState
from tests.offices import BUDI, JOKO, SITI, WATI, Clock, act, ask

pytestmark = pytest.mark.both_databases

REGENCY, DISTRICT, VILLAGE, ELSEWHERE = "35.22", "35.22.15", "35.22.15.2003", "35.22.01.2001"
USUAL, AGREED, FEW = TellingTerms(), TellingTerms(agreed=True), TellingTerms(agreed_above=1)
REMINDER = Announcement(form=Form.GENERAL_REMINDER)


@pytest.fixture
def linked(office: OpenOffice, clock: Clock) -> OpenOffice:
    """The office with all four residents on Telegram."""
    for number, nik in enumerate((SITI, BUDI, WATI, JOKO)):
        terms = {"proof": "receipt", "how": "telegram", "text": "2026-1", "now": clock(), "by": "resident"}
        act(office, add_contact, id_of(office, nik), Channel.TELEGRAM, f"90000000{number}", **terms)
    return office


def id_of(office: OpenOffice, nik: str) -> int:
    resident = ask(office, resident_by_nik, nik)
    assert resident is not None
    return resident.id


def official(office: OpenOffice, clock: Clock, role: Role, region: str, account: str) -> Acting:
    def add(session: Session) -> int:
        row = Official(
            telegram_index=telegram_index(session, account),
            telegram_sealed=seal_of(session).seal(account),
            role=role,
            region=region,
            invited_by="operator",
            confirmed_at=clock(),
        )
        session.add(row)
        session.flush()
        return row.id

    number = act(office, add)
    return Acting(number, role, region, f"official:{number}")


@pytest.fixture
def village(linked: OpenOffice, clock: Clock) -> Acting:
    return official(linked, clock, Role.VILLAGE, VILLAGE, "801")


@pytest.fixture
def first(linked: OpenOffice, clock: Clock) -> Acting:
    return official(linked, clock, Role.OFFICE, REGENCY, "802")


@pytest.fixture
def second(linked: OpenOffice, clock: Clock) -> Acting:
    return official(linked, clock, Role.OFFICE, REGENCY, "803")


@pytest.fixture
def head(linked: OpenOffice, clock: Clock) -> Acting:
    return official(linked, clock, Role.HEAD, REGENCY, "804")


OPERATOR = Acting(None, Role.OFFICE, REGENCY, "operator")


def says(
    office: OpenOffice, clock: Clock, acting: Acting, terms: TellingTerms = USUAL, region: str = VILLAGE
) -> Proposed:
    return act(office, announce, REMINDER, region=region, acting=acting, terms=terms, now=clock())


def stops(office: OpenOffice, clock: Clock, acting: Acting, terms: TellingTerms = FEW) -> Proposed:
    services = (Service.CENTRE, Service.PRINTING)
    return act(
        office,
        suspend_by_official,
        services,
        cause=Cause.SERVER,
        region=REGENCY,
        acting=acting,
        terms=terms,
        now=clock(),
    )


def told(office: OpenOffice, clock: Clock, kind: Kind = Kind.ANNOUNCED) -> int:
    prepare_broadcasts(office, now=clock)
    return ask(office, lambda session: session.scalar(select(func.count(Notice.id)).where(Notice.kind == kind))) or 0


def state_of(office: OpenOffice, proposal_id: int | None) -> ProposalState:
    line = ask(office, proposal_line, proposal_id)
    assert line is not None
    return line.state


def decide(office: OpenOffice, clock: Clock, action: object, proposed: Proposed, acting: Acting) -> Decision:
    return act(office, action, proposed.id, acting=acting, now=clock())


def remove(office: OpenOffice, clock: Clock, acting: Acting, **how: object) -> None:
    values = how or {"removed_at": clock()}
    act(office, lambda session: session.execute(update(Official).where(Official.id == acting.id).values(**values)))


# Who has to agree


def test_a_village_tells_its_own_people_without_asking_where_nothing_else_is_set(
    linked: OpenOffice, clock: Clock, village: Acting
) -> None:
    proposed = says(linked, clock, village)
    assert proposed.consent is Consent.NOBODY
    assert told(linked, clock) == proposed.people > 0


def test_the_office_agrees_first_where_it_wants_to(
    linked: OpenOffice, clock: Clock, village: Acting, first: Acting
) -> None:
    proposed = says(linked, clock, village, AGREED)
    assert (proposed.consent, told(linked, clock)) == (Consent.OFFICE, 0)
    assert decide(linked, clock, agree, proposed, first).verdict is Verdict.DONE
    assert told(linked, clock) == proposed.people


def test_an_official_of_the_office_needs_nobody_for_few_and_another_for_many(
    linked: OpenOffice, clock: Clock, first: Acting, second: Acting
) -> None:
    assert says(linked, clock, first, AGREED, DISTRICT).consent is Consent.NOBODY
    proposed = says(linked, clock, first, FEW, REGENCY)
    assert proposed.consent is Consent.SECOND
    assert decide(linked, clock, agree, proposed, first) == Decision(Verdict.OWN)
    assert decide(linked, clock, agree, proposed, second).verdict is Verdict.DONE


def test_an_operator_is_a_second_official_unless_an_operator_proposed_it(
    linked: OpenOffice, clock: Clock, first: Acting
) -> None:
    hers, ours = says(linked, clock, first, FEW, REGENCY), says(linked, clock, OPERATOR, FEW, REGENCY)
    assert decide(linked, clock, agree, hers, OPERATOR).verdict is Verdict.DONE
    assert decide(linked, clock, agree, ours, OPERATOR).verdict is Verdict.OWN


def test_a_village_official_agrees_to_nothing(linked: OpenOffice, clock: Clock, village: Acting) -> None:
    other = official(linked, clock, Role.VILLAGE, VILLAGE, "809")
    proposed = says(linked, clock, village, AGREED)
    for action in (agree, refuse, withdraw):
        assert decide(linked, clock, action, proposed, other).verdict is Verdict.NOT_HERS
    assert state_of(linked, proposed.id) is ProposalState.OPEN


def test_nobody_tells_a_foreign_region_anything(linked: OpenOffice, clock: Clock, village: Acting) -> None:
    with pytest.raises(Refused):
        says(linked, clock, village, region=ELSEWHERE)


def test_what_is_refused_or_withdrawn_does_not_go_out(
    linked: OpenOffice, clock: Clock, village: Acting, first: Acting
) -> None:
    one, two = says(linked, clock, village, AGREED), says(linked, clock, village, AGREED)
    decide(linked, clock, refuse, one, first)
    decide(linked, clock, withdraw, two, village)
    assert (state_of(linked, one.id), state_of(linked, two.id)) == (ProposalState.REFUSED, ProposalState.WITHDRAWN)
    assert decide(linked, clock, agree, one, first).verdict is Verdict.DECIDED
    assert decide(linked, clock, agree, two, first).verdict is Verdict.DECIDED
    assert told(linked, clock) == 0


def test_a_proposal_that_does_not_exist_is_said_not_to(linked: OpenOffice, clock: Clock, first: Acting) -> None:
    with pytest.raises(NotFound, match="kabar proposals"):
        act(linked, agree, 99, acting=first, now=clock())


def test_who_is_removed_or_suspended_before_it_went_out_has_nothing_sent(
    linked: OpenOffice, clock: Clock, village: Acting, first: Acting
) -> None:
    one, two = says(linked, clock, village, AGREED), says(linked, clock, village, AGREED)
    remove(linked, clock, village, suspended_at=clock())
    assert decide(linked, clock, agree, one, first).verdict is Verdict.GONE
    remove(linked, clock, village)
    assert decide(linked, clock, agree, two, first).verdict is Verdict.GONE
    assert state_of(linked, one.id) is state_of(linked, two.id) is ProposalState.WITHDRAWN
    assert told(linked, clock) == 0


# How often


def test_a_region_announces_twice_a_week_and_is_told_when_again(
    linked: OpenOffice, clock: Clock, village: Acting
) -> None:
    began = clock()
    says(linked, clock, village)
    clock.move(days=2)
    says(linked, clock, village)
    with pytest.raises(TooMany) as refused:
        says(linked, clock, village)
    assert refused.value.again_at == began + timedelta(days=7)
    clock.now = began + timedelta(days=7)
    says(linked, clock, village)


def test_what_is_open_counts_and_what_was_refused_does_not(
    linked: OpenOffice, clock: Clock, village: Acting, first: Acting
) -> None:
    one = says(linked, clock, village, AGREED)
    says(linked, clock, village, AGREED)
    with pytest.raises(TooMany):
        says(linked, clock, village, AGREED)
    decide(linked, clock, refuse, one, first)
    says(linked, clock, village, AGREED)


def test_other_regions_have_their_own_week(linked: OpenOffice, clock: Clock, village: Acting, first: Acting) -> None:
    says(linked, clock, village)
    says(linked, clock, village)
    says(linked, clock, first, region=DISTRICT)


def test_an_office_that_wants_none_has_none(linked: OpenOffice, clock: Clock, village: Acting) -> None:
    with pytest.raises(TooMany) as refused:
        says(linked, clock, village, TellingTerms(a_week=0))
    assert refused.value.again_at is None


def test_what_nobody_agreed_to_for_a_week_is_withdrawn(
    linked: OpenOffice, clock: Clock, village: Acting, first: Acting
) -> None:
    proposed = says(linked, clock, village, AGREED)
    clock.move(days=6, hours=23)
    assert act(linked, withdraw_stale, now=clock()) == 0
    clock.move(hours=1)
    assert act(linked, withdraw_stale, now=clock()) == 1
    assert act(linked, withdraw_stale, now=clock()) == 0
    assert decide(linked, clock, agree, proposed, first).verdict is Verdict.DECIDED


# A stop that many are told of


def test_the_answers_say_at_once_what_people_are_told_only_when_a_second_official_agrees(
    linked: OpenOffice, clock: Clock, first: Acting, second: Acting
) -> None:
    proposed = stops(linked, clock, first)
    answer = ask(linked, where_is, SITI, now=clock())
    assert answer is not None and answer.suspensions
    assert told(linked, clock, Kind.SUSPENDED) == 0
    assert decide(linked, clock, agree, proposed, second).verdict is Verdict.DONE
    assert told(linked, clock, Kind.SUSPENDED) == proposed.people


def test_moving_the_end_of_a_stop_tells_nobody_before_somebody_agreed(
    linked: OpenOffice, clock: Clock, first: Acting, second: Acting
) -> None:
    proposed = stops(linked, clock, first)
    until = date(2017, 10, 30)
    act(linked, move_end, proposed.suspension_id, until, now=clock(), by="operator")
    assert told(linked, clock, Kind.SUSPENDED) == 0
    decision = decide(linked, clock, agree, proposed, second)
    broadcast = ask(linked, lambda session: session.get_one(Broadcast, decision.broadcast_id))
    assert broadcast.expected_until == until
    assert told(linked, clock, Kind.SUSPENDED) == proposed.people


def test_nobody_is_told_of_a_stop_that_is_over_before_somebody_agreed(
    linked: OpenOffice, clock: Clock, first: Acting, second: Acting
) -> None:
    proposed = stops(linked, clock, first)
    act(linked, resume, proposed.suspension_id, now=clock(), by="operator")
    assert decide(linked, clock, agree, proposed, second).verdict is Verdict.OVER
    assert told(linked, clock, Kind.SUSPENDED) == told(linked, clock, Kind.RESUMED) == 0


def test_the_head_of_the_office_may_go_on_alone_after_a_quarter_of_an_hour(
    linked: OpenOffice, clock: Clock, head: Acting
) -> None:
    proposed = stops(linked, clock, head)
    clock.move(minutes=14)
    assert decide(linked, clock, agree, proposed, head) == Decision(Verdict.EARLY, wait=timedelta(minutes=1))
    clock.move(minutes=1)
    assert decide(linked, clock, agree, proposed, head).verdict is Verdict.DONE
    assert told(linked, clock, Kind.SUSPENDED) == proposed.people


def test_of_an_announcement_the_head_never_does_it_alone(linked: OpenOffice, clock: Clock, head: Acting) -> None:
    proposed = says(linked, clock, head, FEW, REGENCY)
    clock.move(days=1)
    assert decide(linked, clock, agree, proposed, head).verdict is Verdict.OWN


def test_few_are_told_of_a_stop_at_once(linked: OpenOffice, clock: Clock, first: Acting) -> None:
    proposed = stops(linked, clock, first, USUAL)
    assert proposed.id is None
    assert told(linked, clock, Kind.SUSPENDED) == proposed.people > 0


# Two at once


def test_two_who_agree_at_once_send_it_once(
    linked: OpenOffice,
    clock: Clock,
    village: Acting,
    first: Acting,
    second: Acting,
    home: Path,
    address: str | None,
) -> None:
    proposed = says(linked, clock, village, AGREED)
    both = threading.Barrier(2)
    verdicts = []

    def decides(acting: Acting) -> None:
        with open_office(home, address) as office:
            both.wait()
            verdicts.append(decide(office, clock, agree, proposed, acting).verdict)

    threads = [threading.Thread(target=decides, args=(who,)) for who in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(verdicts) == sorted([Verdict.DONE, Verdict.DECIDED])
    assert ask(linked, lambda session: session.scalar(select(func.count(Broadcast.id)))) == 1


def test_two_officials_of_a_village_at_once_do_not_exceed_its_week(
    linked: OpenOffice, clock: Clock, village: Acting, home: Path, address: str | None
) -> None:
    both = threading.Barrier(4)
    outcomes = []

    def tells() -> None:
        with open_office(home, address) as office:
            both.wait()
            try:
                says(office, clock, village)
                outcomes.append("sent")
            except TooMany:
                outcomes.append("too many")

    threads = [threading.Thread(target=tells) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["sent", "sent", "too many", "too many"]


def test_an_announcement_lacking_a_field_is_refused(linked: OpenOffice, clock: Clock, village: Acting) -> None:
    half = Announcement(form=Form.SERVICE_DAY, day=date(2017, 9, 28), hours=(time(8), time(12)))
    with pytest.raises(Refused, match="place"):
        act(linked, announce, half, region=VILLAGE, acting=village, terms=USUAL, now=clock())
