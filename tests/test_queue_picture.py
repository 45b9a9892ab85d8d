"""A place in the print queue, told from a picture that a whole process shares: never more wrong than what changed."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from core.actions.cards import move_card_of
from core.actions.suspensions import resume, suspend
from core.jobs.queue_picture import PictureKeeper
from core.questions.cards import current_card, where_is
from core.questions.public_stock import public_stock
from core.questions.queue_picture import picture_of
from core.rules.card import Stage
from core.rules.expectation import TOO_YOUNG, Expectation, PrintTerms, Unit, Wait
from core.rules.print_queue import USUAL_POLICY, CardReason, Line, PrintPolicy, Urgency, Waiting, rank
from core.rules.suspension import Cause, Service
from core.store.office import OpenOffice, known_of
from core.store.tables import Card
from core.store.words import PlanOutcome
from core.store.work_tables import PlanCard
from tests.offices import BUDI, MORNING, SITI, Clock, act, ask
from tests.printing import TERMS, WORKING_DAYS, crowd, expected, plan, printed, received
from tests.statements import statements

pytestmark = pytest.mark.both_databases

#: Siti's list has no reason and no day of application: she was recorded on 5 January 2017.
EARLIER, LATER = date(2016, 12, 1), date(2017, 2, 1)


def look_anew(office: OpenOffice) -> None:
    """As the office's own chore does, now."""
    ask(office, lambda session: known_of(session).pop("queue picture", None))


def siti_s_card(office: OpenOffice) -> int:
    return ask(office, current_card, SITI).id


def set_card(office: OpenOffice, **values: object) -> int:
    """Change Siti's card as no action does; return its id."""
    card_id = siti_s_card(office)
    act(office, lambda session: session.execute(update(Card).where(Card.id == card_id).values(**values)))
    return card_id


# Silence


def test_an_office_that_noted_no_print_tells_nobody_a_place(office: OpenOffice, clock: Clock) -> None:
    crowd(office, 30)
    assert expected(office, clock()) is None


def test_four_days_of_prints_say_nothing_yet_and_five_do(office: OpenOffice, clock: Clock) -> None:
    printed(office, [450] * 4)
    assert expected(office, clock()) is None
    printed(office, {WORKING_DAYS[-5]: 450})
    look_anew(office)
    assert expected(office, clock()) == Expectation(
        ahead=0, wait=Wait(1, 1, Unit.DAYS), pace_days=5, lines=(Line.URGENT, Line.FIRST, Line.ELDERLY_FIRST)
    )


def test_who_does_not_wait_for_a_print_is_told_no_place(office: OpenOffice, clock: Clock) -> None:
    printed(office, [450] * 20)
    assert expected(office, clock(), BUDI) is None
    act(office, move_card_of, SITI, Stage.PRINTED, now=clock(), by="operator")
    assert expected(office, clock()) is None


def test_without_terms_nobody_is_told_a_place(office: OpenOffice, clock: Clock) -> None:
    printed(office, [450] * 20)
    assert ask(office, where_is, SITI, now=clock()).expectation is None


# The place


def test_whoever_applied_earlier_or_goes_first_by_the_policy_is_before_her(office: OpenOffice, clock: Clock) -> None:
    printed(office, [10] * 20)
    crowd(office, 7, queued_on=EARLIER)
    crowd(office, 5, queued_on=LATER)
    crowd(office, 3, queued_on=LATER, reason=CardReason.FIRST)
    crowd(office, 2, queued_on=LATER, urgent=Urgency.SICK)
    crowd(office, 11, queued_on=EARLIER, reason=CardReason.REPLACEMENT)
    assert expected(office, clock()).ahead == 7 + 3 + 2


def test_the_office_s_own_policy_counts(office: OpenOffice, clock: Clock) -> None:
    printed(office, [10] * 20)
    crowd(office, 7, queued_on=EARLIER, recorded_on=date(2017, 1, 1))
    jember = PrintPolicy((Line.RECORDED_BEFORE, *USUAL_POLICY.order), recorded_before=date(2017, 1, 6))
    told = expected(office, clock(), terms=PrintTerms(TERMS.calendar, jember))
    assert (told.ahead, told.lines[0]) == (7, Line.RECORDED_BEFORE)
    set_card(office, queued_on=None)
    assert expected(office, clock()).ahead == 7, "a picture by other terms is not used"
    set_card(office, recorded_on=date(2017, 1, 7), queued_on=date(2010, 1, 1))
    look_anew(office)
    assert expected(office, clock(), terms=PrintTerms(TERMS.calendar, jember)).ahead == 7


def test_every_place_of_a_mixed_queue_is_where_a_sorted_list_has_it(office: OpenOffice, clock: Clock) -> None:
    chance = random.Random(5)
    for number in range(60):
        crowd(
            office,
            1,
            queued_on=EARLIER + timedelta(days=number),
            reason=chance.choice(list(CardReason)),
            elderly=chance.random() < 0.3,
            urgent=chance.choice([None, None, Urgency.WORK]),
            spoiled=chance.random() < 0.1,
        )
    picture = ask(office, picture_of, TERMS, now=clock())
    query = select(Card).where(Card.stage == Stage.PRINT_READY)
    cards = {
        card.id: Waiting(
            reason=card.reason,
            elderly=card.elderly,
            urgent=card.urgent is not None,
            spoiled=card.spoiled,
            queued_on=card.queued_on,
        )
        for card in ask(office, lambda session: session.scalars(query).all())
    }
    order = sorted(cards, key=lambda card_id: (rank(cards[card_id], USUAL_POLICY), card_id))
    places = {card_id: picture.place_of(card_id, cards[card_id], in_plan=False).ahead for card_id in order}
    assert places == {card_id: before for before, card_id in enumerate(order)}


def test_cards_of_open_plans_come_before_everybody_and_of_older_plans_first(office: OpenOffice, clock: Clock) -> None:
    printed(office, [10] * 20)
    older, newer = crowd(office, 4, queued_on=LATER), crowd(office, 5, queued_on=LATER)
    plan(office, older)
    siti = siti_s_card(office)
    assert expected(office, clock()).ahead == 4
    plan(office, [*newer[:2], siti, *newer[2:]])
    look_anew(office)
    assert expected(office, clock()).ahead == 4 + 2
    gone = update(PlanCard).where(PlanCard.card_id.in_(older[:3])).values(outcome=PlanOutcome.PRINTED)
    act(office, lambda session: session.execute(gone))
    look_anew(office)
    assert expected(office, clock()).ahead == 1 + 2


def test_whom_a_plan_took_since_is_told_where_she_stood_before(office: OpenOffice, clock: Clock) -> None:
    printed(office, [10] * 20)
    crowd(office, 7, queued_on=EARLIER)
    assert expected(office, clock()).ahead == 7
    plan(office, [siti_s_card(office)])
    assert expected(office, clock()).ahead == 7
    look_anew(office)
    assert expected(office, clock()).ahead == 0


def test_who_is_seventeen_tomorrow_is_told_so_instead_of_a_place_and_is_before_nobody(
    office: OpenOffice, clock: Clock
) -> None:
    printed(office, [10] * 20)
    crowd(office, 6, queued_on=EARLIER, print_not_before=MORNING.date() + timedelta(days=1))
    assert expected(office, clock()).ahead == 0
    set_card(office, print_not_before=MORNING.date() + timedelta(days=1))
    assert expected(office, clock()) == TOO_YOUNG
    clock.move(days=1)
    assert expected(office, clock()).ahead == 6


# How much longer


def test_the_range_comes_from_the_quartiles_of_the_days_before_today(office: OpenOffice, clock: Clock) -> None:
    printed(office, {MORNING.date(): 5_000} | dict(zip(WORKING_DAYS, [4] * 10 + [5] * 10, strict=True)))
    crowd(office, 40)
    assert expected(office, clock()).wait == Wait(8, 10, Unit.DAYS)


def test_a_working_day_without_a_print_counts_as_none(office: OpenOffice, clock: Clock) -> None:
    printed(office, [5] * 14 + [0] * 6)
    crowd(office, 40)
    assert expected(office, clock()).wait == Wait(8, None, Unit.DAYS)


def test_days_of_a_suspension_everywhere_do_not_count_and_those_of_one_district_do(
    office: OpenOffice, clock: Clock
) -> None:
    printed(office, [5] * 14 + [0] * 6)
    crowd(office, 40)
    began = clock() - timedelta(days=8)
    for region, wait in (("35.22.01", Wait(8, None, Unit.DAYS)), (None, Wait(8, 8, Unit.DAYS))):
        stop = act(office, suspend, (Service.PRINTING,), cause=Cause.SERVER, now=began, by="operator", region=region)
        act(office, resume, stop.suspension_id, now=clock() - timedelta(hours=1), by="operator")
        look_anew(office)
        assert expected(office, clock()).wait == wait


def test_while_printing_is_suspended_for_her_only_her_place_is_told(office: OpenOffice, clock: Clock) -> None:
    printed(office, [5] * 20)
    crowd(office, 40)
    elsewhere = {"cause": Cause.POWER, "now": clock(), "by": "operator"}
    act(office, suspend, (Service.PRINTING,), region="35.22.01", **elsewhere)
    assert expected(office, clock()).wait == Wait(8, 8, Unit.DAYS)
    act(office, suspend, (Service.PRINTING, Service.LETTERS), region="35.22.15", **elsewhere)
    assert expected(office, clock()) == Expectation(ahead=40)


def test_blanks_that_plans_hold_do_not_reach_anybody_else(office: OpenOffice, clock: Clock) -> None:
    received(office, 200 + 31)
    printed(office, [10] * 20)
    crowd(office, 20)
    assert expected(office, clock()).wait, "31 blanks for 21 people"
    plan(office, crowd(office, 11, queued_on=LATER))
    look_anew(office)
    assert expected(office, clock()) == Expectation(ahead=31, blanks=20), "20 blanks for the 20 before her"


def test_an_office_that_counts_no_blanks_is_not_out_of_them(office: OpenOffice, clock: Clock) -> None:
    printed(office, [10] * 20)
    crowd(office, 20)
    assert expected(office, clock()).wait == Wait(2, 2, Unit.DAYS)


# The picture


def test_a_warm_question_asks_the_database_nothing_more_than_one_without_a_place(
    office: OpenOffice, clock: Clock
) -> None:
    printed(office, [10] * 20)
    crowd(office, 20)
    expected(office, clock())
    with statements() as bare:
        ask(office, where_is, SITI, now=clock())
    with statements() as warm:
        assert expected(office, clock()).ahead == 20
    assert warm == bare


def test_a_cold_question_takes_the_picture_in_a_few_statements(office: OpenOffice, clock: Clock) -> None:
    printed(office, [10] * 20)
    with statements() as asked:
        expected(office, clock())
    assert len(asked) <= 16


def test_of_many_threads_that_find_no_picture_one_takes_it(office: OpenOffice, clock: Clock) -> None:
    printed(office, [10] * 20)
    crowd(office, 20)
    with statements() as asked, ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: expected(office, clock()).ahead, range(24)))
    assert told == [20] * 24
    assert sum("min(card.id)" in statement for statement in asked) == 1


def test_a_picture_is_told_until_a_new_one_is_taken_and_nobody_is_told_an_hour_old_one(
    office: OpenOffice, clock: Clock
) -> None:
    printed(office, [10] * 20)
    assert expected(office, clock()).ahead == 0
    crowd(office, 20)
    clock.move(minutes=59)
    assert expected(office, clock()).ahead == 0
    clock.move(minutes=2)
    assert expected(office, clock()).ahead == 20


def test_the_chore_takes_a_new_picture_when_something_happened_and_only_then(office: OpenOffice, clock: Clock) -> None:
    printed(office, [10] * 20)
    keeper = PictureKeeper(office, TERMS, now=clock)
    assert keeper.look() == 0
    first = ask(office, picture_of, TERMS, now=clock())
    crowd(office, 20)
    clock.move(seconds=30)
    keeper.look()
    assert ask(office, picture_of, TERMS, now=clock()) is first, "nothing that is noted happened"
    act(office, move_card_of, BUDI, Stage.SHIPPED, now=clock(), by="operator")
    clock.move(seconds=30)
    keeper.look()
    assert expected(office, clock()).ahead == 20


def test_a_new_day_is_looked_at_anew_although_nothing_happened(office: OpenOffice, clock: Clock) -> None:
    keeper = PictureKeeper(office, TERMS, now=clock)
    clock.move(hours=14, minutes=45)  # 23.45 in Bojonegoro
    keeper.look()
    clock.move(minutes=20)
    keeper.look()
    assert ask(office, picture_of, TERMS, now=clock()).today == date(2017, 9, 27)


def test_after_a_picture_that_took_long_the_chore_rests_twenty_times_as_long(office: OpenOffice, clock: Clock) -> None:
    def slow() -> object:
        return clock.move(seconds=1)  # each look at the clock takes a second

    keeper = PictureKeeper(office, TERMS, now=slow)
    keeper.look()
    first = ask(office, picture_of, TERMS, now=clock())
    act(office, move_card_of, BUDI, Stage.SHIPPED, now=clock(), by="operator")
    keeper.look()
    assert ask(office, picture_of, TERMS, now=clock()) is first
    clock.move(seconds=60)
    keeper.look()
    assert ask(office, picture_of, TERMS, now=clock()) is not first


def test_a_clock_that_is_set_back_keeps_nobody_from_a_new_picture(office: OpenOffice, clock: Clock) -> None:
    printed(office, [10] * 20)
    keeper = PictureKeeper(office, TERMS, now=clock)
    keeper.look()
    crowd(office, 20)
    clock.move(hours=-5)
    keeper.look()
    assert expected(office, clock()).ahead == 20


# What is published


def test_stock_prints_queue_and_urgent_cases_are_published(office: OpenOffice, clock: Clock) -> None:
    received(office, 1_000)
    printed(office, [10] * 19 + [12])
    siti = set_card(office, urgent=Urgency.STUDY)
    alone = crowd(office, 1, urgent=Urgency.SICK)
    crowd(office, 20)
    made = plan(office, [siti, *crowd(office, 1)])
    printed(office, {MORNING.date(): 1}, card_id=alone[0])
    printed(office, {MORNING.date(): 1}, plan_id=made)
    done = update(PlanCard).where(PlanCard.card_id == siti).values(outcome=PlanOutcome.PRINTED)
    act(office, lambda session: session.execute(done))
    stock = ask(office, public_stock, TERMS, now=clock())
    assert (stock.blanks, stock.planned, stock.last_day, stock.printed_last_day) == (796, 1, date(2017, 9, 25), 12)
    assert (stock.urgent, stock.printed) == (2, 204)
    assert stock.waiting == 1 + 1 + 20
    assert stock.suspensions == ()


def test_what_an_office_does_not_note_is_not_made_up(office: OpenOffice, clock: Clock) -> None:
    stock = ask(office, public_stock, TERMS, now=clock())
    assert (stock.blanks, stock.printed, stock.waiting) == (None, None, 1)
    printed(office, [10])
    look_anew(office)
    stock = ask(office, public_stock, TERMS, now=clock())
    assert (stock.blanks, stock.printed, stock.printed_last_day) == (None, 10, 10)
