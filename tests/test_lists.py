"""The office's other lists: what they say is done once, however often they are given."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from core.actions.arrivals import ArrivalTerms, arrive_box
from core.actions.blanks import move_blanks
from core.actions.cards import move_card_of
from core.actions.facts import Happened
from core.actions.letters import ask_letter, letter_ready
from core.actions.suspensions import suspend
from core.files.lists import ListKind
from core.jobs import taking_lists
from core.questions.blanks import blank_stock
from core.questions.cards import resident_by_nik
from core.questions.desk import desk_list
from core.questions.letters import letter_number
from core.questions.regions import data_as_of
from core.rules.answer import LetterKind
from core.rules.card import Stage
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.rules.suspension import Cause, Service
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice
from core.store.tables import Card, Fact, ImportRun, Letter
from core.store.words import BlankKind, DeskKind, LetterState, PlanState, Taken
from core.store.work_tables import BlankMovement, Box, PlanCard, PrintPlan
from tests.list_world import Lists
from tests.listings import card
from tests.offices import BUDI, BUDI_RECEIPT, JOKO, MORNING, SITI, WATI, Clock, act, ask

pytestmark = pytest.mark.both_databases

ARRIVALS, HANDOVERS, LETTERS, BLANKS = ListKind
UNKNOWN = "3522990101900001"


@pytest.fixture
def give(office: OpenOffice, tmp_path: Path, clock: Clock) -> Lists:
    return Lists(office, tmp_path, clock)


def notices(office: OpenOffice) -> list[tuple[Kind, str | None]]:
    query = select(Notice.kind, Notice.batch).order_by(Notice.id)
    return ask(office, lambda session: [tuple(row) for row in session.execute(query)])


def letters(office: OpenOffice) -> list[tuple[LetterState, str | None, date | None]]:
    def read(session):  # type: ignore[no-untyped-def]
        found = session.scalars(select(Letter).order_by(Letter.id))
        return [(one.state, letter_number(session, one), one.valid_until) for one in found]

    return office.read(read)


def arrival(nik: str = "", receipt: str = "", box: str = "", number: str = "", place: str = "", on: str = ""):  # type: ignore[no-untyped-def]
    return nik, receipt, box, number, place, on


def letter(nik: str, number: str, state: str, *, on: str = "20/09/2017", until: str = "", kind: str = ""):  # type: ignore[no-untyped-def]
    return nik, kind, number, on, until, state


# Arrivals and hand-overs


def test_a_list_of_arrivals_makes_cards_ready_and_tells_once(give: Lists, office: OpenOffice) -> None:
    rows = arrival(SITI), arrival(receipt=BUDI_RECEIPT, on="25/09/2017"), arrival(UNKNOWN)
    assert give(ARRIVALS, *rows) == {"taken": 2, "refused": 1}
    assert card(office, SITI).stage is card(office, BUDI).stage is Stage.READY_FOR_PICKUP
    assert card(office, BUDI).stage_since.date() == date(2017, 9, 24), "midnight of the 25th in Bojonegoro"
    assert notices(office) == [(Kind.READY, "import:2"), (Kind.READY, "import:2")]
    assert give(ARRIVALS, *rows) == {"unchanged": 2, "refused": 1}
    assert len(notices(office)) == 2


def test_a_card_is_found_by_its_box_and_number_and_handed_over_by_its_place_and_number(
    give: Lists, office: OpenOffice
) -> None:
    def pack(session):  # type: ignore[no-untyped-def]
        box = Box(point="35.22.15.2003", packed=1, sent_at=MORNING, by="operator")
        session.add(box)
        session.flush()
        found = session.scalar(select(Card.id).where(Card.resident_id == resident_by_nik(session, SITI).id))
        session.execute(
            update(Card)
            .where(Card.id == found)
            .values(stage=Stage.SHIPPED, pickup_point=box.point, pickup_number=347, box_id=box.id)
        )
        return box.id

    box = office.write(pack)
    assert give(ARRIVALS, arrival(box=str(box), number="347"), arrival(box=str(box), number="348")) == {
        "taken": 1,
        "refused": 1,
    }
    row = "", "", "3522152003", "347", "KELUARGA", "26/09/2017"
    assert give(HANDOVERS, row) == {"taken": 1}
    assert (card(office, SITI).stage, card(office, SITI).taken) == (Stage.HANDED_OVER, Taken.FAMILY)
    give.clock.move(days=3)
    office.write(
        lambda session: session.execute(
            update(Card)
            .where(Card.resident_id == resident_by_nik(session, BUDI).id)
            .values(stage=Stage.SHIPPED, pickup_point="35.22.15.2003", pickup_number=347, stage_since=give.clock())
        )
    )
    assert give(HANDOVERS, row) == {"unchanged": 1}, "the same list, when the number is Budi's"
    assert give(HANDOVERS, (*row[:5], "28/09/2017")) == {"refused": 1}
    assert card(office, BUDI).stage is Stage.SHIPPED
    assert give(HANDOVERS, (*row[:5], "29/09/2017")) == {"taken": 1}


def test_a_list_of_hand_overs_knows_who_brought_a_card_home_and_who_left_it_with_the_rt(
    give: Lists, office: OpenOffice
) -> None:
    rows = (SITI, "", "", "", "Diantar ke rumah", "26/09/2017"), (BUDI, "", "", "", "titip RT", "")
    assert give(HANDOVERS, *rows) == {"taken": 2}
    assert (card(office, SITI).taken, card(office, BUDI).taken) == (Taken.BROUGHT_HOME, Taken.LEFT_WITH_RT)
    assert {card(office, SITI).stage, card(office, BUDI).stage} == {Stage.HANDED_OVER}


def test_a_list_of_hand_overs_notes_who_took_the_card_and_voids_the_letter(give: Lists, office: OpenOffice) -> None:
    act(office, letter_ready, BUDI, LetterKind.SUKET, now=MORNING, by="operator")
    rows = (
        (SITI, "", "", "", "SENDIRI", "26/09/2017"),
        (BUDI, "", "", "", "Keluarga", ""),
        (BUDI, "", "", "", "YBS", ""),
    )
    assert give(HANDOVERS, *rows) == {"taken": 2, "unchanged": 1}
    assert (card(office, SITI).taken, card(office, BUDI).taken) == (Taken.SELF, Taken.FAMILY)
    assert letters(office)[0][0] is LetterState.VOID
    assert give(HANDOVERS, *rows) == {"unchanged": 3}


def test_what_the_table_of_steps_refuses_is_refused_with_a_reason(give: Lists, office: OpenOffice) -> None:
    act(office, move_card_of, JOKO, Stage.CLOSED, now=MORNING, by="operator")
    assert give(HANDOVERS, (JOKO, "", "", "", "SENDIRI", ""), (SITI, "", "", "", "SENDIRI", "01/01/2018")) == {
        "refused": 2
    }
    refused = (give.folder / "handovers.ditolak.csv").read_text(encoding="utf-8-sig")
    assert "a card at CLOSED cannot go to HANDED_OVER" in refused
    assert "still to come" in refused


def test_a_box_whose_last_cards_a_list_brings_in_has_arrived(give: Lists, office: OpenOffice) -> None:
    def pack(session):  # type: ignore[no-untyped-def]
        box = Box(point="35.22.15.2003", packed=3, sent_at=MORNING, by="operator")
        session.add(box)
        session.flush()
        for number, nik in enumerate((SITI, BUDI, JOKO), start=1):
            of = Card.resident_id == resident_by_nik(session, nik).id
            changes = {"stage": Stage.SHIPPED, "pickup_point": box.point, "pickup_number": number, "box_id": box.id}
            session.execute(update(Card).where(of).values(changes))
        return box.id

    box = office.write(pack)

    def arrived():  # type: ignore[no-untyped-def]
        facts = select(Fact.details).where(Fact.kind == Happened.BOX_ARRIVED)
        return ask(office, lambda session: (session.get_one(Box, box).arrived_at, session.scalars(facts).all()))

    give(ARRIVALS, arrival(box=str(box), number="1"))
    assert arrived() == (None, []), "two are under way"
    give(HANDOVERS, (JOKO, "", "", "", "KELUARGA", ""))
    assert arrived() == (None, []), "one is"
    rows = arrival(BUDI), arrival(box=str(box), number="1")
    assert give(ARRIVALS, *rows) == {"taken": 1, "unchanged": 1}
    assert arrived() == (MORNING, [{"box": box, "cards": 3, "missing": 0}])
    give.clock.move(days=1)
    assert give(ARRIVALS, *rows) == {"unchanged": 2}
    assert arrived()[0] == MORNING
    terms = ArrivalTerms(now=give.clock(), by="operator", tell=False)
    assert act(office, arrive_box, box, terms).before == MORNING, "who notes it then is told that it is there"


def test_a_box_that_had_arrived_and_whose_missing_card_comes_with_a_list_arrives_once(
    give: Lists, office: OpenOffice
) -> None:
    def pack(session):  # type: ignore[no-untyped-def]
        box = Box(point="35.22.15.2003", packed=1, sent_at=MORNING, by="operator")
        session.add(box)
        session.flush()
        of = Card.resident_id == resident_by_nik(session, SITI).id
        changes = {"stage": Stage.SHIPPED, "pickup_point": box.point, "pickup_number": 7, "box_id": box.id}
        session.execute(update(Card).where(of).values(changes))
        return box.id

    box = office.write(pack)
    act(office, arrive_box, box, ArrivalTerms(now=MORNING, by="operator", tell=False), missing=(7,))
    assert [line.kind for line in ask(office, desk_list)] == [DeskKind.MISSING_CARD]
    give.clock.move(days=1)
    assert give(ARRIVALS, arrival(SITI)) == {"taken": 1}
    assert ask(office, desk_list) == [], "it is not missing any more"
    assert ask(office, lambda session: session.get_one(Box, box).arrived_at) == MORNING


def test_a_card_that_arrives_elsewhere_keeps_its_number_or_gets_a_free_one(give: Lists, office: OpenOffice) -> None:
    def ship(session):  # type: ignore[no-untyped-def]
        for nik, village in ((SITI, "35.22.15.2003"), (BUDI, "35.22.15.2004"), (JOKO, "35.22.15.2005")):
            of = Card.resident_id == resident_by_nik(session, nik).id
            changes = {"stage": Stage.SHIPPED, "pickup_point": village, "pickup_number": 1}
            session.execute(update(Card).where(of).values(changes))

    office.write(ship)
    assert give(ARRIVALS, arrival(BUDI, place="3522152003"), arrival(JOKO, place="3522152003"), arrival(SITI)) == {
        "taken": 3
    }
    numbers = [(card(office, nik).pickup_point, card(office, nik).pickup_number) for nik in (SITI, BUDI, JOKO)]
    assert numbers == [("35.22.15.2003", 1), ("35.22.15.2003", 2), ("35.22.15.2003", 3)]


def test_a_card_of_an_open_plan_that_arrives_by_a_list_leaves_the_plan_and_used_a_blank(
    give: Lists, office: OpenOffice
) -> None:
    cards = [card(office, nik).id for nik in (SITI, BUDI)]

    def plan(session):  # type: ignore[no-untyped-def]
        made = PrintPlan(
            state=PlanState.OPEN, made_at=MORNING, expires_at=MORNING + timedelta(days=1), planned=2, by="operator"
        )
        session.add(made)
        session.flush()
        for place, card_id in enumerate(cards, start=1):
            session.add(PlanCard(plan_id=made.id, place=place, card_id=card_id))
            session.execute(update(Card).where(Card.id == card_id).values(plan_id=made.id, stage=Stage.PRINT_READY))
        return made.id

    made = office.write(plan)
    assert give(ARRIVALS, arrival(SITI), arrival(BUDI)) == {"taken": 2}
    assert ask(office, blank_stock) == -2
    movements = select(BlankMovement.card_id, BlankMovement.quantity).order_by(BlankMovement.id)
    assert ask(office, lambda session: [tuple(row) for row in session.execute(movements)]) == [
        (cards[0], -1),
        (cards[1], -1),
    ]
    assert ask(office, lambda session: session.get_one(PrintPlan, made).state) is PlanState.DONE
    assert card(office, SITI).plan_id is None


# Letters


def test_a_list_of_letters_is_noted_and_moves_them_on(give: Lists, office: OpenOffice) -> None:
    act(office, ask_letter, SITI, LetterKind.BIODATA_WNI, now=MORNING, by="operator")
    rows = (
        letter(SITI, "471.13/1/2017", "TERBIT"),
        letter(BUDI, "471.13/2/2017", "SIAP", until="20/12/2017"),
        letter(WATI, "471.13/3/2017", "DIAMBIL", kind="BIODATA WNI"),
        letter(UNKNOWN, "471.13/4/2017", "SIAP"),
    )
    assert give(LETTERS, *rows) == {"taken": 3, "refused": 1}
    assert letters(office) == [
        (LetterState.ISSUED, "471.13/1/2017", date(2018, 3, 22)),
        (LetterState.READY, "471.13/2/2017", date(2017, 12, 20)),
        (LetterState.COLLECTED, "471.13/3/2017", date(2018, 3, 22)),
    ]
    assert [kind for kind, _ in notices(office)] == [Kind.LETTER_READY]
    assert give(LETTERS, *rows) == {"unchanged": 3, "refused": 1}
    assert give(LETTERS, letter(SITI, "471.13/1/2017", "SIAP"), letter(BUDI, "471.13/2/2017", "TERBIT")) == {
        "taken": 1,
        "unchanged": 1,
    }
    assert len(letters(office)) == 3
    assert len(notices(office)) == 2


@pytest.mark.parametrize("at_once", [1, 2, 500])
def test_however_many_rows_are_taken_at_once_each_sees_what_those_before_did(
    give: Lists, office: OpenOffice, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(taking_lists, "_FIRST", at_once)
    monkeypatch.setattr(taking_lists, "_ALONE_LARGEST", at_once)
    rows = (
        letter(SITI, "471.13/1/2017", "TERBIT"),
        letter(SITI, "471.13/1/2017", "SIAP"),
        letter(BUDI, "471.13/2/2017", "SIAP"),
        letter(SITI, "471.13/3/2017", "SIAP", on="21/09/2017"),
        letter(BUDI, "471.13/2/2017", "DIAMBIL", until="20/06/2018"),
    )
    assert give(LETTERS, *rows) == {"taken": 5}
    assert letters(office) == [
        (LetterState.VOID, "471.13/1/2017", date(2018, 3, 22)),
        (LetterState.COLLECTED, "471.13/2/2017", date(2018, 6, 20)),
        (LetterState.READY, "471.13/3/2017", date(2018, 3, 23)),
    ]
    facts = select(Fact.kind, Fact.letter_id).where(Fact.kind.startswith("letter-")).order_by(Fact.id)
    assert ask(office, lambda session: [tuple(row) for row in session.execute(facts)]) == [
        ("letter-issued", 1),
        ("letter-ready", 1),
        ("letter-issued", 2),
        ("letter-ready", 2),
        ("letter-voided", 1),
        ("letter-issued", 3),
        ("letter-ready", 3),
        ("letter-collected", 2),
        ("letter-extended", 2),
    ]
    assert [kind for kind, _ in notices(office)] == [Kind.LETTER_READY] * 3
    assert give(LETTERS, *rows) == {"over": 2, "unchanged": 3}


def test_a_number_that_somebody_gets_while_a_list_is_looked_at_is_given_once(give: Lists, office: OpenOffice) -> None:
    plan = give.plan(LETTERS, letter(SITI, "471.13/1/2017", "SIAP"), letter(BUDI, "471.13/2/2017", "SIAP"))
    give(LETTERS, letter(WATI, "471.13/1/2017", "SIAP"))
    counts = taking_lists.apply_list(office, plan, give.terms(), by="operator", polite=False, progress=lambda *_: None)
    assert counts == {"taken": 1, taking_lists.REFUSED: 1}
    assert [number for _, number, _ in letters(office)] == ["471.13/1/2017", "471.13/2/2017"]


def test_a_letter_whose_list_says_a_later_last_day_is_extended(give: Lists, office: OpenOffice) -> None:
    give(LETTERS, letter(SITI, "471.13/1/2017", "DIAMBIL", until="20/12/2017"))
    assert give(LETTERS, letter(SITI, "471.13/1/2017", "DIAMBIL", until="20/06/2018")) == {"taken": 1}
    assert letters(office)[0][2] == date(2018, 6, 20)


def test_a_letter_of_a_card_that_was_handed_over_since_is_passed_over(give: Lists, office: OpenOffice) -> None:
    rows = letter(SITI, "471.13/1/2017", "DIAMBIL"), letter(BUDI, "471.13/2/2017", "SIAP")
    give(LETTERS, rows[0])
    for nik in (SITI, BUDI):
        act(office, move_card_of, nik, Stage.HANDED_OVER, now=MORNING, by="operator")
    assert give(LETTERS, *rows) == {"over": 2}
    assert [state for state, *_ in letters(office)] == [LetterState.VOID]


def test_one_number_for_two_people_is_refused_in_one_list_and_in_two(give: Lists, office: OpenOffice) -> None:
    assert give(LETTERS, letter(SITI, "471.13/1/2017", "SIAP"), letter(BUDI, "471.13/1/2017", "SIAP")) == {
        "taken": 1,
        "refused": 1,
    }
    assert give(LETTERS, letter(BUDI, "471.13/1/2017", "SIAP")) == {"refused": 1}
    assert len(letters(office)) == 1


def test_while_letters_are_suspended_a_list_notes_what_was_before_only(give: Lists, office: OpenOffice) -> None:
    act(office, suspend, [Service.LETTERS], cause=Cause.SERVER, now=MORNING, by="operator")
    rows = (
        letter(SITI, "471.13/1/2017", "TERBIT", on="25/09/2017"),
        letter(BUDI, "471.13/2/2017", "TERBIT", on="26/09/2017"),
        letter(WATI, "471.13/3/2017", "SIAP", on="20/09/2017"),
    )
    assert give(LETTERS, *rows) == {"taken": 1, "refused": 2}
    assert not notices(office)


def test_a_ready_letter_that_ran_out_is_told_to_nobody(give: Lists, office: OpenOffice) -> None:
    plan = give.plan(LETTERS, letter(SITI, "471.13/1/2017", "SIAP", on="05/01/2017", until="05/07/2017"))
    assert not plan.would_tell
    give(LETTERS, letter(SITI, "471.13/1/2017", "SIAP", on="05/01/2017", until="05/07/2017"))
    assert not notices(office)


def test_what_would_be_told_is_known_before(give: Lists, office: OpenOffice) -> None:
    plan = give.plan(LETTERS, letter(SITI, "471.13/1/2017", "SIAP"), letter(BUDI, "471.13/2/2017", "SIAP"))
    assert plan.would_tell == {(Kind.LETTER_READY, Channel.SMS): 1, (Kind.LETTER_READY, None): 1}
    give(LETTERS, letter(SITI, "471.13/1/2017", "SIAP"), tell=False)
    assert not notices(office)


# Blanks


def test_a_running_list_of_blanks_is_counted_once_however_often_it_is_given(give: Lists, office: OpenOffice) -> None:
    week = [
        ("04/09/2017", "TERIMA", "500"),
        ("04/09/2017", "Terima", "500"),
        ("05/09/2017", "RUSAK", "12"),
        ("06/09/2017", "CETAK", "450"),
    ]
    assert give(BLANKS, *week) == {"taken": 4}
    assert ask(office, blank_stock) == 538
    assert give(BLANKS, *week) == {"unchanged": 4}
    longer = [
        *week,
        ("11/09/2017", "TERIMA", "1.000"),
        ("11/09/2017", "KOREKSI", "-8"),
        ("04/09/2017", "TERIMA", "500"),
    ]
    assert give(BLANKS, *longer) == {"unchanged": 4, "taken": 3}
    assert ask(office, blank_stock) == 2030


def test_what_somebody_typed_is_not_counted_again_by_the_list(give: Lists, office: OpenOffice) -> None:
    terms = {"day": date(2017, 9, 4), "now": MORNING, "by": "operator"}
    act(office, move_blanks, BlankKind.RECEIVED, 500, **terms)
    assert give(BLANKS, ("04/09/2017", "TERIMA", "500")) == {"unchanged": 1}


def test_a_list_that_would_leave_less_than_nothing_is_refused_from_there(give: Lists, office: OpenOffice) -> None:
    rows = ("04/09/2017", "TERIMA", "10"), ("05/09/2017", "RUSAK", "8"), ("06/09/2017", "RUSAK", "8")
    assert give.plan(BLANKS, *rows).does == {"taken": 2}
    assert give(BLANKS, *rows) == {"taken": 2, "refused": 1}
    assert ask(office, blank_stock) == 2


# Runs


def test_a_list_does_not_make_the_offices_data_newer(give: Lists, office: OpenOffice, clock: Clock) -> None:
    clock.move(days=3)
    give(BLANKS, ("27/09/2017", "TERIMA", "10"))
    assert ask(office, data_as_of) == date(2017, 9, 26)


def test_a_list_that_was_stopped_in_the_middle_goes_on_from_there(
    give: Lists, office: OpenOffice, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    rows = [("04/09/2017", "TERIMA", "500")] * 20 + [(f"{day:02}/09/2017", "RUSAK", "1") for day in range(5, 15)]
    taken = taking_lists._take_some
    calls = iter(range(100))

    def stop_at_the_second(session, **terms):  # type: ignore[no-untyped-def]
        if next(calls) == 1:
            taken(session, **terms)
            raise KeyboardInterrupt
        return taken(session, **terms)

    monkeypatch.setattr(taking_lists, "_take_some", stop_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        give(BLANKS, *rows)
    monkeypatch.undo()
    clock.move(days=1)
    assert give(BLANKS, *rows) == {"taken": 30}, "with what the first run took"
    assert ask(office, blank_stock) == 20 * 500 - 10
    runs = ask(office, lambda session: session.scalars(select(ImportRun).order_by(ImportRun.id)).all())
    assert [run.ended_at is not None for run in runs] == [True, True]
    assert ask(office, lambda session: session.scalar(select(func.count(BlankMovement.id)))) == 30


def test_a_row_that_changed_since_it_was_looked_at_stops_no_other(give: Lists, office: OpenOffice) -> None:
    plan = give.plan(HANDOVERS, (JOKO, "", "", "", "SENDIRI", ""), (SITI, "", "", "", "SENDIRI", ""))
    act(office, move_card_of, JOKO, Stage.CLOSED, now=MORNING, by="operator")
    counts = taking_lists.apply_list(office, plan, give.terms(), by="operator", polite=False, progress=lambda *_: None)
    assert counts == {"taken": 1, taking_lists.REFUSED: 1}
