"""Where is my card? What anybody may know from a NIK, and what only proof opens."""

from dataclasses import fields
from datetime import date

import pytest

from core.actions.cards import move_card_of
from core.actions.letters import letter_ready
from core.actions.suspensions import resume, suspend
from core.questions.cards import resident_by_nik, where_is, where_is_proven
from core.rules.answer import CardAnswer, LetterKind, Place, PlaceKind
from core.rules.card import OPEN, Stage, may_step
from core.rules.suspension import Cause, Service
from core.store.office import OpenOffice
from core.store.tables import Region
from tests.offices import BUDI, JOKO, SITI, SITI_RECEIPT, WATI, Clock, Import, act, ask

pytestmark = pytest.mark.both_databases

NOBODY = "3522990101900001"
#: What anybody may know. Everything else in an answer needs proof.
FOR_ANYBODY = {"stage", "since", "data_as_of", "place_kind", "suspensions", "expectation", "proven"}


def anyone(office: OpenOffice, nik: str, clock: Clock) -> CardAnswer | None:
    return ask(office, where_is, nik, now=clock())


def owner(office: OpenOffice, nik: str, clock: Clock) -> CardAnswer:
    resident = ask(office, resident_by_nik, nik)
    assert resident is not None
    answer = ask(office, where_is_proven, resident.id, now=clock())
    assert answer is not None
    return answer


def move(office: OpenOffice, nik: str, to: Stage, clock: Clock, **terms: object) -> None:
    act(office, move_card_of, nik, to, now=clock(), by="operator", **terms)


@pytest.mark.parametrize("stage", sorted(OPEN))
def test_a_nik_alone_never_opens_what_only_proof_may(office: OpenOffice, clock: Clock, stage: Stage) -> None:
    act(office, letter_ready, SITI, LetterKind.SUKET, now=clock(), by="operator")
    if may_step(Stage.PRINT_READY, stage, by_import=False):
        move(office, SITI, stage, clock)
    answer = anyone(office, SITI, clock)
    assert answer is not None
    assert answer.stage is stage
    shut = {field.name: getattr(answer, field.name) for field in fields(answer) if field.name not in FOR_ANYBODY}
    assert set(shut.values()) == {None}
    assert answer.proven is False
    shown = repr(answer)
    assert not [secret for secret in ("SITI", SITI, SITI_RECEIPT, "V87", "35.22.15") if secret in shown]


def test_the_owner_is_told_the_place_and_which_receipt(office: OpenOffice, clock: Clock) -> None:
    move(office, SITI, Stage.READY_FOR_PICKUP, clock)
    answer = owner(office, SITI, clock)
    assert answer.place is not None
    assert (answer.proven, answer.receipt_tail) == (True, "V87")
    assert answer.place.kind is PlaceKind.VILLAGE
    assert answer.place.district is not None


def test_before_it_is_shipped_no_place_is_named(office: OpenOffice, clock: Clock) -> None:
    move(office, SITI, Stage.READY_FOR_PICKUP, clock)
    move(office, SITI, Stage.PRINT_READY, clock)
    assert owner(office, SITI, clock).place is None


def test_the_trouble_found_is_the_owners_affair(office: OpenOffice, take: Import, clock: Clock) -> None:
    take(f"{JOKO};JOKO;35.22.01.2001;DUP;21/09/2017;;;BJN-000004-Z12")
    assert owner(office, JOKO, clock).trouble == "DUPLICATE_RECORD"
    answer = anyone(office, JOKO, clock)
    assert answer is not None
    assert (answer.stage, answer.trouble) == (Stage.NEEDS_OFFICER, None)


def test_unknown_closed_and_handed_over_are_answered_alike(office: OpenOffice, clock: Clock) -> None:
    move(office, SITI, Stage.CLOSED, clock)
    move(office, BUDI, Stage.HANDED_OVER, clock)
    assert [anyone(office, nik, clock) for nik in (NOBODY, SITI, BUDI)] == [None] * 3


def test_the_owner_of_a_card_that_was_handed_over_is_told_so(office: OpenOffice, clock: Clock) -> None:
    move(office, BUDI, Stage.HANDED_OVER, clock)
    assert owner(office, BUDI, clock).stage is Stage.HANDED_OVER


def test_every_answer_says_of_when_the_data_is(office: OpenOffice, take: Import, clock: Clock) -> None:
    answer = anyone(office, SITI, clock)
    assert answer is not None
    assert (answer.since, answer.data_as_of) == (date(2017, 9, 26), date(2017, 9, 26))
    clock.move(days=3)
    move(office, SITI, Stage.PRINTED, clock)
    answer = anyone(office, SITI, clock)
    assert answer is not None
    assert (answer.since, answer.data_as_of) == (date(2017, 9, 29), date(2017, 9, 29))
    take(f"{SITI};SITI AMINAH;35.22.15.2003;CARD_PRINTED;05/01/2017;;;{SITI_RECEIPT}", as_of=date(2017, 10, 2))
    answer = anyone(office, SITI, clock)
    assert answer is not None
    assert (answer.since, answer.data_as_of) == (date(2017, 9, 29), date(2017, 10, 2))


def test_who_waits_at_the_centre_for_too_long_is_sent_to_an_officer(office: OpenOffice, clock: Clock) -> None:
    clock.move(days=60 - 6)
    answer = anyone(office, WATI, clock)
    assert answer is not None
    assert answer.stage is Stage.AT_CENTRE
    clock.move(days=1)
    answer = anyone(office, WATI, clock)
    assert answer is not None
    assert answer.stage is Stage.NEEDS_OFFICER


def test_while_the_centre_stands_still_nobody_waits_too_long_for_it(office: OpenOffice, clock: Clock) -> None:
    stop = act(office, suspend, [Service.CENTRE], cause=Cause.SERVER, now=clock(), by="operator")
    clock.move(days=300)
    answer = anyone(office, WATI, clock)
    assert answer is not None
    assert answer.stage is Stage.AT_CENTRE
    assert [note.services for note in answer.suspensions] == [(Service.CENTRE,)]
    act(office, resume, stop.suspension_id, now=clock(), by="operator")
    answer = anyone(office, WATI, clock)
    assert answer is not None
    assert (answer.stage, answer.suspensions) == (Stage.AT_CENTRE, ())


def test_a_stop_is_in_the_answers_of_those_whom_it_touches_only(office: OpenOffice, clock: Clock) -> None:
    act(office, suspend, [Service.PRINTING], cause=Cause.BLANKS, now=clock(), by="operator", region="35.22.15")
    touched = {nik: bool(answer.suspensions) for nik in (SITI, WATI) if (answer := anyone(office, nik, clock))}
    assert touched == {SITI: True, WATI: False}


@pytest.mark.parametrize(
    ("kind", "point"),
    [(PlaceKind.OFFICE, "35.22"), (PlaceKind.DISTRICT, "35.22.15"), (PlaceKind.VILLAGE, "35.22.15.2003")],
)
def test_where_cards_are_handed_over_is_the_districts_choice(
    office: OpenOffice, clock: Clock, kind: PlaceKind, point: str
) -> None:
    def choose(session) -> None:  # type: ignore[no-untyped-def]
        session.get_one(Region, "35.22.15").pickup = kind

    office.write(choose)
    answer = anyone(office, SITI, clock)
    assert answer is not None
    assert answer.place_kind is kind
    move(office, SITI, Stage.READY_FOR_PICKUP, clock)
    place = owner(office, SITI, clock).place
    assert isinstance(place, Place)
    assert place.kind is kind
    assert point.count(".") == 1 + (place.district is not None) + (place.village is not None)
