"""An office's export comes in: what each row does, and to whom it is told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.actions.cards import move_card_of
from core.actions.suspensions import resume, suspend
from core.questions.cards import current_card, resident_by_nik
from core.questions.regions import data_as_of
from core.rules.card import Stage
from core.rules.delivery import Channel
from core.rules.imports import SeenCard, Verdict, judge
from core.rules.notices import Kind
from core.rules.print_queue import CardReason
from core.rules.siak import Siak, stage_of
from core.rules.suspension import Cause, Service
from core.store.office import OpenOffice, seal_of
from tests.listings import DAY, NEW, NEXT, WIDE, card, happened, kinds, phones, siti, someone
from tests.offices import BUDI, JOKO, ROWS, SITI, SITI_PHONE, WATI, Clock, Import, act, ask
from tests.rows import everything

both = pytest.mark.both_databases


# What a row means


seen_cards = st.builds(
    SeenCard,
    stage=st.sampled_from(Stage),
    siak_status=st.sampled_from(Siak).map(str),
    siak_as_of=st.dates(date(2017, 1, 1), date(2017, 12, 31)),
    ended_on=st.none() | st.dates(date(2017, 1, 1), date(2017, 12, 31)),
)


@given(seen_cards, st.sampled_from(Siak), st.dates(date(2017, 1, 1), date(2017, 12, 31)))
def test_an_export_older_than_what_the_card_has_does_nothing(seen: SeenCard, status: Siak, as_of: date) -> None:
    verdict = judge(seen, status=status, stage=stage_of(status), as_of=as_of, applied_on=None)
    assert seen.siak_as_of is not None
    assert (verdict is Verdict.OLDER) is (as_of < seen.siak_as_of)


@given(seen_cards, st.sampled_from(Siak))
def test_the_status_that_was_imported_last_never_moves_a_card(seen: SeenCard, status: Siak) -> None:
    same = SeenCard(seen.stage, status, seen.siak_as_of, seen.ended_on)
    assert seen.siak_as_of is not None
    verdict = judge(same, status=status, stage=stage_of(status), as_of=seen.siak_as_of, applied_on=None)
    assert verdict is Verdict.UNCHANGED


@given(seen_cards, st.sampled_from(Siak), st.dates(date(2016, 1, 1), date(2019, 12, 31)))
def test_whatever_a_row_did_the_same_row_again_does_nothing(seen: SeenCard, status: Siak, applied_on: date) -> None:
    as_of = date(2018, 1, 1)
    terms = {"status": status, "stage": stage_of(status), "as_of": as_of, "applied_on": applied_on}
    verdict = judge(seen, **terms)
    moves = verdict in (Verdict.MOVED, Verdict.REISSUED)
    stage = stage_of(status) if moves else seen.stage
    ended = (as_of if stage in (Stage.HANDED_OVER, Stage.CLOSED) else None) if moves else seen.ended_on
    assert judge(SeenCard(stage, status, as_of, ended), **terms) is Verdict.UNCHANGED


# New, moved, noted, unchanged, older, corrected, reissued


@both
def test_a_card_seen_for_the_first_time_is_silent(office: OpenOffice) -> None:
    assert not kinds(office)
    assert happened(office, BUDI) == ["card-seen"]
    assert [card(office, nik).stage for nik in (SITI, BUDI, WATI, JOKO)] == [
        Stage.PRINT_READY,
        Stage.PRINTED,
        Stage.AT_CENTRE,
        Stage.RECORDED,
    ]


@both
def test_since_when_a_card_is_recorded_is_known_and_of_any_other_stage_only_that_it_is_there(
    office: OpenOffice,
) -> None:
    assert card(office, JOKO).stage_since.astimezone().date() <= date(2017, 9, 21)
    assert ask(office, current_card, SITI).stage_since.isoformat() == "2017-09-25T17:00:00+00:00"  # type: ignore[union-attr]


@both
def test_a_change_that_we_observed_moves_the_card_and_is_told(office: OpenOffice, take: Import) -> None:
    assert take(siti("CARD_PRINTED"), as_of=NEXT) == {"moved": 1}
    assert card(office, SITI).stage is Stage.PRINTED
    assert kinds(office) == [Kind.PRINTED]


@both
def test_quietly_it_moves_and_nobody_is_told(office: OpenOffice, take: Import) -> None:
    take(siti("CARD_PRINTED"), as_of=NEXT, tell=False)
    assert card(office, SITI).stage is Stage.PRINTED
    assert not kinds(office)


@both
def test_with_announce_those_seen_for_the_first_time_are_told_too(office: OpenOffice, take: Import) -> None:
    take(someone(status="CARD_PRINTED"), announce_new=True)
    assert kinds(office) == [Kind.PRINTED]


@both
@pytest.mark.parametrize("status", ["PRR", "SFE", "BC"])
def test_once_printed_an_import_only_notes_what_it_says(office: OpenOffice, take: Import, status: str) -> None:
    row = f"{BUDI};BUDI SANTOSO;35.22.15.2003;{status};05/02/2017;;;BJN-000002-K07"
    assert take(row, as_of=NEXT) == {"noted": 1}
    assert card(office, BUDI).stage is Stage.PRINTED
    assert happened(office, BUDI) == ["card-seen", "status-noted"]
    assert take(row, as_of=NEXT) == {"unchanged": 1}


@both
def test_what_the_office_did_by_hand_stands_until_siak_says_something_new(
    office: OpenOffice, take: Import, clock: Clock
) -> None:
    act(office, move_card_of, SITI, Stage.PRINTED, now=clock(), by="operator")
    assert take(siti("PRR"), as_of=NEXT) == {"unchanged": 1}
    assert card(office, SITI).stage is Stage.PRINTED
    assert take(siti("CARD_SHIPPED"), as_of=NEXT) == {"moved": 1}
    assert card(office, SITI).pickup_point == "35.22.15.2003"


@both
def test_before_printing_an_import_may_take_a_card_back(office: OpenOffice, take: Import) -> None:
    take(siti("SFE"), as_of=NEXT)
    assert card(office, SITI).stage is Stage.AT_CENTRE
    assert not kinds(office)


@both
def test_trouble_at_the_centre_needs_an_officer_and_she_is_told_so(office: OpenOffice, take: Import) -> None:
    take(siti("DUP"), as_of=NEXT)
    assert card(office, SITI).stage is Stage.NEEDS_OFFICER
    assert kinds(office) == [Kind.NEEDS_OFFICER]


@both
def test_an_older_export_is_ignored_and_counted(office: OpenOffice, take: Import) -> None:
    before = everything(office, but={"import_run"})
    older = siti("CARD_PRINTED", phone="+6281200000099")
    assert take(older, as_of=DAY - timedelta(days=1)) == {"older": 1}
    assert everything(office, but={"import_run"}) == before


@both
def test_the_same_file_again_changes_nothing(office: OpenOffice, take: Import) -> None:
    before = everything(office, but={"import_run"})
    assert take(*ROWS) == {"unchanged": 4}
    assert everything(office, but={"import_run"}) == before


@both
def test_a_newer_export_that_says_the_same_only_makes_the_answer_newer(office: OpenOffice, take: Import) -> None:
    before = everything(office, but={"import_run"})
    assert take(*ROWS, as_of=NEXT) == {"unchanged": 4}
    after = everything(office, but={"import_run"})
    assert {row.pop("siak_as_of") for row in after["card"]} == {NEXT}
    assert {row.pop("siak_as_of") for row in before["card"]} == {DAY}
    assert after == before
    assert ask(office, data_as_of) == NEXT


@both
def test_who_moved_to_another_village_is_corrected(office: OpenOffice, take: Import) -> None:
    assert take(siti(village="35.22.01.2001", name="SITI AMINAH B")) == {"corrected": 1}
    resident = ask(office, resident_by_nik, SITI)
    assert resident is not None
    assert resident.village == "35.22.01.2001"
    assert ask(office, lambda session: seal_of(session).open(resident.name_sealed)) == "SITI AMINAH B"
    assert happened(office, SITI)[-1] == "resident-corrected"
    assert take(siti(village="35.22.01.2001", name="SITI AMINAH B")) == {"unchanged": 1}


@both
def test_a_status_not_known_here_is_kept_and_moves_no_card(office: OpenOffice, take: Import) -> None:
    strange = "SOMETHING_THAT_SIAK_SAYS_AT_GREAT_LENGTH_AND_THAT_NOBODY_KNOWS_HERE"
    assert take(siti(strange), someone(status=strange), as_of=NEXT) == {"noted": 1, "new": 1}
    assert card(office, SITI).stage is Stage.PRINT_READY
    assert card(office, SITI).siak_status == strange[:60]
    assert card(office, NEW).stage is Stage.RECORDED
    assert take(siti(strange), someone(status=strange), as_of=NEXT) == {"unchanged": 2}


def replaced(applied: str, status: str = "PRO", *, phone: str = "", village: str = "35.22.15.2003") -> str:
    consent = "YA" if phone else ""
    return f"{SITI};SITI AMINAH;{village};{status};05/01/2017;{applied};16/06/1990;{phone};{consent};BJN-9;HILANG"


@both
def test_an_application_after_the_hand_over_is_a_new_card_with_all_that_its_row_says(
    office: OpenOffice, take: Import, clock: Clock
) -> None:
    act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by="operator")
    row = replaced("27/09/2017", phone="+6281200000077", village="35.22.01.2001")
    assert take(row, as_of=NEXT, header=WIDE) == {"reissued": 1}
    newest = card(office, SITI)
    assert (newest.stage, newest.reason, newest.applied_on) == (Stage.RECORDED, CardReason.REPLACEMENT, NEXT)
    assert newest.print_not_before is None
    resident = ask(office, resident_by_nik, SITI)
    assert resident is not None
    assert resident.village == "35.22.01.2001"
    assert phones(office, SITI) == [
        (SITI_PHONE, True, "replaced by a newer list"),
        ("+6281200000077", True, None),
    ]
    assert not kinds(office)
    assert take(row, as_of=NEXT, header=WIDE) == {"unchanged": 1}


@both
def test_an_application_before_the_hand_over_is_the_card_she_has(
    office: OpenOffice, take: Import, clock: Clock
) -> None:
    act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by="operator")
    assert take(replaced("20/09/2017"), as_of=NEXT, header=WIDE) == {"noted": 1}
    assert card(office, SITI).stage is Stage.HANDED_OVER


@both
def test_a_date_of_application_that_has_not_come_yet_makes_no_card_however_often_it_is_imported(
    office: OpenOffice, take: Import
) -> None:
    row = f"{NEW};WARGA;35.22.15.2003;CARD_ISSUED;05/01/2017;05/01/2071;;;;;"
    assert take(row, header=WIDE) == {"new": 1}
    assert take(row, header=WIDE) == {"unchanged": 1}


@both
def test_a_card_that_is_handed_over_when_first_seen_ended_on_the_day_of_the_data(
    office: OpenOffice, take: Import
) -> None:
    take(someone(status="CARD_ISSUED"))
    assert card(office, NEW).stage is Stage.HANDED_OVER
    row = f"{NEW};WARGA BARU;35.22.15.2003;PRO;05/01/2017;{{}};;;;;"
    assert take(row.format("26/09/2017"), as_of=NEXT, header=WIDE)["noted"] == 1
    assert take(row.format("27/09/2017"), as_of=NEXT, header=WIDE)["reissued"] == 1


@both
def test_who_is_born_on_a_leap_day_may_be_printed_from_the_first_of_march(office: OpenOffice, take: Import) -> None:
    take(f"{NEW};WARGA;35.22.15.2003;PRR;05/01/2017;;29/02/2004;;;;PEMULA", header=WIDE)
    assert card(office, NEW).print_not_before == date(2021, 3, 1)
    assert card(office, NEW).reason is CardReason.FIRST


@both
def test_of_two_rows_for_one_person_the_more_cautious_is_believed_and_it_is_said(
    office: OpenOffice, take: Import
) -> None:
    plan = take.plan(someone(status="CARD_PRINTED"), someone(status="DUP"), someone(status="PRR"))
    take.apply(plan)
    assert card(office, NEW).stage is Stage.NEEDS_OFFICER
    (remarks,) = plan.warnings.sorts()
    assert (remarks.rows, remarks.column) == ([2, 4], "NIK")
    assert "more cautious status is believed" in remarks.why


# The SFE trap


def stuck(take: Import, recorded: date, as_of: date = DAY) -> None:
    take(someone(status="SFE", recorded=recorded.strftime("%d/%m/%Y")), as_of=as_of)


@both
def test_an_enrolment_that_the_centre_never_answers_needs_an_officer(office: OpenOffice, take: Import) -> None:
    stuck(take, DAY - timedelta(days=61))
    assert card(office, NEW).stage is Stage.NEEDS_OFFICER


@both
def test_sixty_days_are_not_too_long(office: OpenOffice, take: Import) -> None:
    stuck(take, DAY - timedelta(days=60))
    assert card(office, NEW).stage is Stage.AT_CENTRE


@both
def test_days_on_which_the_centre_stood_still_do_not_count(office: OpenOffice, take: Import, clock: Clock) -> None:
    started = clock.move(days=-200)
    stop = act(office, suspend, [Service.CENTRE], cause=Cause.SERVER, now=started, by="operator")
    act(office, resume, stop.suspension_id, now=clock.move(days=150), by="operator")
    stuck(take, DAY - timedelta(days=200))
    assert card(office, NEW).stage is Stage.AT_CENTRE


@both
def test_an_announced_import_counts_those_who_are_stuck_as_it_will_tell_them(office: OpenOffice, take: Import) -> None:
    plan = take.plan(someone(status="SFE", recorded="01/01/2017", phone="+6281200000055"), announce_new=True)
    assert plan.would_tell == {(Kind.NEEDS_OFFICER, Channel.SMS): 1}
    take.apply(plan, announce_new=True)
    assert kinds(office) == [Kind.NEEDS_OFFICER]
