"""The SFE trap: who is at the centre for too long needs an officer; a centre that stood still is nobody's trouble."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from cli.batch_words import about
from core.actions import stuck_cards
from core.actions.cards import move_card_of
from core.actions.excused_cards import take_back_excused
from core.actions.stuck_cards import A_DAY, send_stuck_to_officer
from core.actions.suspensions import resume, suspend
from core.questions.batches import newest_batches
from core.questions.cards import current_card, where_is, where_is_proven
from core.questions.regions import office_words
from core.questions.trouble import kind_named, trouble_counts, troubles
from core.rules.card import Stage
from core.rules.siak import Siak, stage_of
from core.rules.suspension import Cause, Service
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice, open_office
from core.store.tables import Card, Fact, Resident
from core.wording import Wording
from core.wording.answers import _TROUBLE_TEXTS, card_answer
from tests.cli_world import Terminal
from tests.listings import DAY, NEW, card, happened
from tests.offices import MORNING, WATI, Clock, Import, act, ask

pytestmark = pytest.mark.both_databases

#: Wati was recorded and sent to the centre on 20 September 2017.
DAY_60 = datetime(2017, 11, 19, 2, 0, tzinfo=MORNING.tzinfo)
DAY_61 = DAY_60 + timedelta(days=1)


def look(office: OpenOffice, now: datetime) -> int:
    total = 0
    while looked := act(office, send_stuck_to_officer, now=now):
        total += looked
    return total


def stage(office: OpenOffice) -> Stage:
    card = ask(office, current_card, WATI)
    assert card is not None
    return card.stage


def sent(office: OpenOffice, day: date) -> int:
    query = select(func.count(Notice.id)).where(Notice.batch == f"sfe:{day}")
    return ask(office, lambda session: session.scalar(query))


def stop(office: OpenOffice, since: datetime, now: datetime, **terms: object) -> int:
    kept = {"cause": Cause.CENTRE, "since": since, "now": now, "by": "operator"} | terms
    return act(office, suspend, [Service.CENTRE], **kept).suspension_id


def test_after_sixty_days_at_the_centre_a_card_needs_an_officer_and_its_resident_is_told(office: OpenOffice) -> None:
    look(office, DAY_60)
    assert stage(office) is Stage.AT_CENTRE
    look(office, DAY_61)
    assert stage(office) is Stage.NEEDS_OFFICER
    assert sent(office, DAY_61.date()) == 1
    fact = ask(office, lambda session: session.scalars(select(Fact).order_by(Fact.id.desc())).first())
    assert fact.details == {"from": "AT_CENTRE", "to": "NEEDS_OFFICER"} and fact.by == "kabar"
    look(office, DAY_61 + timedelta(days=1))
    assert sent(office, (DAY_61 + timedelta(days=1)).date()) == 0


def test_an_operator_sees_what_the_batch_is_about(office: OpenOffice) -> None:
    look(office, DAY_61)
    [batch] = ask(office, newest_batches)
    assert about(batch, DAY_61.tzinfo) == "needs an officer: too long at the centre, 2017-11-20"  # type: ignore[arg-type]


def test_days_on_which_the_centre_stood_still_do_not_count_even_when_noted_late(office: OpenOffice) -> None:
    since = datetime(2017, 9, 25, 2, 0, tzinfo=MORNING.tzinfo)
    stop(office, since, DAY_61)
    assert look(office, DAY_61) == 1
    assert stage(office) is Stage.AT_CENTRE
    assert ask(office, where_is, WATI, now=DAY_61).stage is Stage.AT_CENTRE  # type: ignore[union-attr]


def test_after_the_centre_is_back_the_days_go_on_to_count(office: OpenOffice) -> None:
    id_ = stop(office, datetime(2017, 9, 25, 2, 0, tzinfo=MORNING.tzinfo), MORNING)
    act(office, resume, id_, now=datetime(2017, 10, 5, 2, 0, tzinfo=MORNING.tzinfo), by="operator")
    look(office, DAY_61 + timedelta(days=9))
    assert stage(office) is Stage.AT_CENTRE
    look(office, DAY_61 + timedelta(days=10))
    assert stage(office) is Stage.NEEDS_OFFICER


@pytest.mark.parametrize("terms", [{"region": "35.22.15"}, {"recorded_since": date(2017, 9, 21)}])
def test_a_stop_that_does_not_touch_her_excuses_nothing(office: OpenOffice, terms: dict[str, object]) -> None:
    stop(office, datetime(2017, 9, 25, 2, 0, tzinfo=MORNING.tzinfo), DAY_61, **terms)
    assert ask(office, where_is, WATI, now=DAY_61).stage is Stage.NEEDS_OFFICER  # type: ignore[union-attr]
    look(office, DAY_61)
    assert stage(office) is Stage.NEEDS_OFFICER


def test_a_stop_for_those_recorded_since_her_day_excuses_her(office: OpenOffice) -> None:
    stop(
        office,
        datetime(2017, 9, 25, 2, 0, tzinfo=MORNING.tzinfo),
        DAY_61,
        recorded_since=date(2017, 9, 20),
        region="35.22.01",
    )
    look(office, DAY_61)
    assert stage(office) is Stage.AT_CENTRE


def test_when_the_centre_speaks_after_all_the_card_goes_on(office: OpenOffice, take: Import) -> None:
    look(office, DAY_61)
    row = f"{WATI};SRI WATI;35.22.01.2001;PRR;20/09/2017;+6281200000003;YA;BJN-000003-R81"
    take(row, as_of=DAY_61.date() + timedelta(days=1))
    assert stage(office) is Stage.PRINT_READY


def test_the_same_word_again_leaves_it_with_the_officer(office: OpenOffice, take: Import) -> None:
    look(office, DAY_61)
    row = f"{WATI};SRI WATI;35.22.01.2001;SFE;20/09/2017;+6281200000003;YA;BJN-000003-R81"
    take(row, as_of=DAY_61.date() + timedelta(days=1))
    assert stage(office) is Stage.NEEDS_OFFICER


CROWD = 2 * A_DAY + 50


def crowd(office: OpenOffice) -> None:
    people = range(2001, 2001 + CROWD)

    def fill(session) -> None:  # type: ignore[no-untyped-def]
        person = {"nik_sealed": b"", "name_sealed": b"", "village": "35.22.15.2003"}
        session.execute(Resident.__table__.insert(), [{"id": n, "nik_index": b"%d" % n, **person} for n in people])
        card = {
            "stage": "AT_CENTRE",
            "stage_since": MORNING,
            "reason": "first",
            "siak_status": "SENT_FOR_ENROLLMENT",
            "siak_since": date(2017, 1, 5),
        }
        session.execute(Card.__table__.insert(), [{"id": n, "resident_id": n, **card} for n in people])

    office.write(fill)


def moved(office: OpenOffice) -> int:
    query = select(func.count(Card.id)).where(Card.stage == Stage.NEEDS_OFFICER)
    return ask(office, lambda session: session.scalar(query))


def test_a_counter_is_not_sent_more_people_in_a_day_than_it_can_take(office: OpenOffice) -> None:
    crowd(office)
    days = []
    for number in range(4):
        look(office, MORNING + timedelta(days=number))
        days.append(moved(office))
    assert days == [A_DAY, 2 * A_DAY, CROWD, CROWD]


def test_a_program_that_is_started_again_on_the_same_day_sends_no_more(
    office: OpenOffice, home: Path, address: str | None
) -> None:
    crowd(office)
    look(office, MORNING)
    with open_office(home, address) as again:
        look(again, MORNING)
    assert moved(office) == A_DAY


def test_who_is_excused_is_looked_at_once_a_day(office: OpenOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd(office)
    monkeypatch.setattr(stuck_cards, "_LOOK", 100)
    stop(office, datetime(2017, 1, 6, 2, 0, tzinfo=MORNING.tzinfo), MORNING)
    assert look(office, MORNING) == CROWD
    assert look(office, MORNING) == 0
    assert look(office, MORNING + timedelta(days=1)) == CROWD
    assert moved(office) == 0


def test_an_office_may_wait_longer_and_its_answers_wait_as_long(
    office: OpenOffice, home: Path, address: str | None
) -> None:
    with open_office(home, address, centre_days=90) as patient:
        assert ask(patient, where_is, WATI, now=DAY_61).stage is Stage.AT_CENTRE  # type: ignore[union-attr]
        look(patient, DAY_61)
        assert stage(patient) is Stage.AT_CENTRE


# The list, and what is told after proof


@pytest.mark.parametrize(
    "status", [status for status in Siak if stage_of(status) is Stage.NEEDS_OFFICER] + [Siak.SENT_FOR_ENROLLMENT]
)
def test_every_trouble_has_an_explanation_of_its_own_after_proof_only(office: OpenOffice, status: Siak) -> None:
    change = update(Card).values(siak_status=status.value, stage=Stage.NEEDS_OFFICER)
    office.write(lambda session: session.execute(change))
    card = ask(office, current_card, WATI)
    assert card is not None
    words = ask(office, office_words)
    proven = ask(office, where_is_proven, card.resident_id, now=DAY_61)
    anyone = ask(office, where_is, WATI, now=DAY_61)
    assert proven and anyone
    said, plain = card_answer(Wording(), words, proven), card_answer(Wording(), words, anyone)
    assert status in _TROUBLE_TEXTS
    assert anyone.trouble is None
    assert said.split("\n\n")[1] != plain.split("\n\n")[1]


def test_the_list_says_who_needs_an_officer_and_why(office: OpenOffice, take: Import) -> None:
    rows = (
        "3522990101800001;ADI;35.22.15.2003;DUP;05/01/2017;;;A-1",
        "3522990101800002;IDA;35.22.15.2003;EFAC;05/01/2017;;;A-2",
        "3522990101800003;UDI;35.22.01.2001;SFE;05/01/2017;;;A-3",
    )
    take(*rows)
    today = date(2017, 9, 26)
    counts = ask(office, trouble_counts, today=today)
    assert {(place.split("(")[1], why): number for (place, why), number in counts.items()} == {
        ("35.22.01)", "SFE"): 1,
        ("35.22.15)", "DUP"): 1,
        ("35.22.15)", "EFAC"): 1,
    }
    found = ask(office, troubles, today=today)
    assert [one.why for one in found] == ["SFE", "DUP", "EFAC"]
    assert not any(one.nik.isdigit() for one in found)
    assert [one.why for one in ask(office, troubles, kind="DUP", today=today)] == ["DUP"]
    assert [one.why for one in ask(office, troubles, region="35.22.01", today=today)] == ["SFE"]


def test_who_waits_too_long_is_on_the_list_before_the_daily_look(office: OpenOffice) -> None:
    [one] = ask(office, troubles, today=DAY_61.date())
    assert (one.why, one.since, one.waits) == ("SFE", date(2017, 9, 20), True)
    look(office, DAY_61)
    [one] = ask(office, troubles, today=DAY_61.date())
    assert (one.why, one.since, one.waits) == ("SFE", DAY_61.date(), False)


def test_a_kind_may_be_typed_short_or_long() -> None:
    assert kind_named("dup") == kind_named("DUPLICATE_RECORD") == "DUP"
    assert kind_named("sfe") == "SFE"
    assert kind_named("adjudicate_record") == "ADJUDICATE_RECORD"


def test_niks_are_masked_unless_they_are_revealed(
    founded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kabar = Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)
    kabar("import", kabar.export("3522990101800001;ADI;35.22.15.2003;DUP;05/01/2017;;;A-1"), "--as-of", "27-09-2017")
    said = kabar("trouble", "--kind", "DUP")
    assert said.code == 0
    assert "Need an officer: 1 person." in said.out and "DUP" in said.out
    said = kabar("trouble", "--kind", "DUP", "--reveal", "--csv", "dup.csv")
    assert "3522 9901 0180 0001;ADI;DUP" in (tmp_path / "dup.csv").read_text("utf-8-sig")
    assert "personal-data-shown" in kabar("history", "3522990101800001").out
    assert kabar("trouble", "--kind", "coffee").code == 1


def take_back(office: OpenOffice, now: datetime) -> None:
    while act(office, take_back_excused, now=now):
        pass


def test_a_list_taken_in_before_the_stop_was_noted_sends_nobody_to_an_officer_for_good(
    office: OpenOffice, take: Import
) -> None:
    """As in Jember, where 70,000 people had been at a centre that was down for half a year."""
    row = f"{NEW};WARGA BARU;35.22.15.2003;SFE;05/01/2017;;;"
    take(row, as_of=DAY)
    assert card(office, NEW).stage is Stage.NEEDS_OFFICER
    take_back(office, MORNING)
    assert card(office, NEW).stage is Stage.NEEDS_OFFICER  # no stop is known: she waited for all that time
    stop(office, datetime(2017, 1, 2, 1, tzinfo=MORNING.tzinfo), MORNING)
    take_back(office, MORNING)
    assert card(office, NEW).stage is Stage.AT_CENTRE
    assert happened(office, NEW)[-1] == "card-moved"
    look(office, MORNING)
    assert card(office, NEW).stage is Stage.AT_CENTRE
    assert take(row, as_of=DAY) == {"unchanged": 1}


def test_whom_the_office_itself_sent_to_an_officer_is_not_taken_back(office: OpenOffice, clock: Clock) -> None:
    act(office, move_card_of, WATI, Stage.NEEDS_OFFICER, now=clock(), by="operator")
    stop(office, datetime(2017, 1, 2, 1, tzinfo=MORNING.tzinfo), MORNING)
    take_back(office, MORNING)
    assert stage(office) is Stage.NEEDS_OFFICER
