"""What a call's preview says will leave is what leaves: played to its end, to whomever it goes."""

from collections import Counter
from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actions.calls import cancel_call
from core.actions.contacts import close_contact
from core.questions.calls import call_plan
from core.questions.cards import resident_by_nik
from core.rules.calls import CallTerms
from core.rules.delivery import Channel, OptedOut
from core.rules.notices import Kind
from core.store.delivery_tables import Message
from core.store.office import OpenOffice
from core.store.tables import Contact
from core.store.words import LEFT
from tests.call_world import BY, FRIDAY, TERMS, THURSDAY, TUESDAY, WEDNESDAY, Village, phone
from tests.offices import Clock, Import, act, ask
from tests.test_sending import link

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]

CHAT = "900000009"
_ONE, _OTHER = phone(1), phone(2)


@pytest.fixture
def village(office: OpenOffice, clock: Clock, take: Import) -> Village:
    return Village(office, clock, take)


def at(village: Village, phones: dict[int, str], chats: dict[int, str], *, people: int) -> list[str]:
    niks = village.receive(people, phones=phones)
    for place, chat in chats.items():
        link(village.office, niks[place], chat, village.clock)
    return niks


def left(village: Village) -> Counter[Channel]:
    """Messages of calls that the providers took."""
    of_calls = (Message.kind.in_((Kind.CALLED, Kind.PICKUP_MOVED)), Message.state.in_(LEFT))
    query = select(Message.channel).where(*of_calls)
    return ask(village.office, lambda session: Counter(session.scalars(query)))


async def played(village: Village) -> Counter[Channel]:
    """Every afternoon until nobody is left to be told."""
    await village.send()  # that numbers were registered is no part of a call
    for day in (TUESDAY, WEDNESDAY, THURSDAY, FRIDAY):
        village.at(day, 15)
        village.time_goes_by()
        await village.send()
        village.at(day, 18)
        village.time_goes_by()
    return left(village)


@dataclass(frozen=True)
class Case:
    """phones, chats: by the person's place. telegram, sms: what leaves, and what the preview says of it."""

    people: int
    phones: dict[int, str]
    chats: dict[int, str]
    telegram: int
    sms: int
    unreached: int = 0
    per_day: int = 100


CASES = {
    "three on one phone": Case(3, dict.fromkeys(range(3), _ONE), {}, 0, 1),
    "three on one phone, two a day": Case(3, dict.fromkeys(range(3), _ONE), {}, 0, 1, per_day=2),
    "a phone and telegram": Case(1, {0: _ONE}, {0: CHAT}, 1, 0),
    "one has telegram, all share the phone": Case(3, dict.fromkeys(range(3), _ONE), {0: CHAT}, 1, 1),
    "three in one chat": Case(3, {}, dict.fromkeys(range(3), CHAT), 1, 0),
    "eight in one chat, three a day": Case(8, {}, dict.fromkeys(range(8), CHAT), 3, 0, per_day=3),
    "no address": Case(2, {0: _ONE}, {}, 0, 1, unreached=1),
    "a clerk's phone": Case(7, dict.fromkeys(range(7), _ONE), {}, 0, 0, unreached=7),
    "two phones on two days": Case(2, {0: _ONE, 1: _OTHER}, {}, 0, 2, per_day=1),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
async def test_what_leaves_is_what_the_preview_said(village: Village, case: Case) -> None:
    at(village, case.phones, case.chats, people=case.people)
    terms = CallTerms(
        **{name: getattr(TERMS, name) for name in ("point", "first_day", "opens", "closes")}, per_day=case.per_day
    )
    plan = ask(village.office, call_plan, terms, now=village.clock())
    village.call(terms)
    gone = await played(village)
    assert (gone[Channel.TELEGRAM], gone[Channel.SMS]) == (case.telegram, case.sms)
    assert (plan.by_channel[Channel.TELEGRAM], plan.sms, plan.unreachable) == (case.telegram, case.sms, case.unreached)


async def test_who_has_a_clerks_phone_and_her_own_is_told_at_her_own(village: Village) -> None:
    niks = at(village, dict.fromkeys(range(7), _ONE), {}, people=7)
    link(village.office, niks[0], _OTHER, village.clock, channel=Channel.SMS)
    plan = ask(village.office, call_plan, TERMS, now=village.clock())
    village.call()
    assert await played(village) == {Channel.SMS: 1} == {Channel.SMS: plan.sms}
    assert plan.unreachable == 6


@pytest.mark.parametrize("known", [True, False])
async def test_who_blocked_the_bot_is_told_by_sms_and_the_preview_says_how_many_that_may_be(
    village: Village, known: bool
) -> None:
    niks = at(village, {0: _ONE}, {0: CHAT, 1: "900000010"}, people=2)
    if known:
        resident = ask(village.office, resident_by_nik, niks[0])
        assert resident is not None
        hers = (Contact.resident_id == resident.id, Contact.channel == Channel.TELEGRAM)

        def block(session: Session) -> None:
            close_contact(
                session,
                session.scalars(select(Contact).where(*hers)).one(),
                why="opted-out",
                now=village.clock(),
                by="resident",
            )

        act(village.office, block)
    else:
        village.telegram.answers = [OptedOut("blocked")]
    plan = ask(village.office, call_plan, TERMS, now=village.clock())
    village.call()
    gone = await played(village)
    assert gone == {Channel.TELEGRAM: 1, Channel.SMS: 1}
    assert (plan.sms, plan.sms_in_place) == ((1, 0) if known else (0, 1))


async def test_who_was_told_already_is_not_told_again_and_a_change_promises_no_less_than_it_sends(
    village: Village,
) -> None:
    at(village, {0: _ONE, 1: _OTHER}, {}, people=2)
    call_id = village.call(per_day=1)
    await village.send()
    village.at(TUESDAY, 15)
    await village.send()
    assert left(village) == {Channel.SMS: 1}
    changed = CallTerms(point=TERMS.point, first_day=TERMS.first_day, opens=TERMS.opens, closes=TERMS.closes, per_day=2)
    village.at(TUESDAY, 15, 30)
    plan = ask(village.office, call_plan, changed, now=village.clock(), changing=call_id)
    village.change(call_id, changed)
    assert await played(village) == {Channel.SMS: 2}  # the first keeps her day, the second hears of hers
    assert plan.sms >= 1


async def test_a_new_call_after_one_that_was_called_off_counts_what_it_sends(village: Village) -> None:
    at(village, {0: _ONE, 1: _ONE, 2: _OTHER}, {}, people=3)
    call_id = village.call()
    await village.send()
    village.at(TUESDAY, 15)
    await village.send()
    act(village.office, cancel_call, call_id, now=village.clock(), by=BY)
    village.carry_on()
    await village.send()
    before = left(village)
    assert before == {Channel.SMS: 4}  # told, and told that it is off
    terms = CallTerms(point=TERMS.point, first_day=FRIDAY, opens=TERMS.opens, closes=TERMS.closes, per_day=100)
    plan = ask(village.office, call_plan, terms, now=village.clock())
    village.call(terms)
    assert await played(village) - before == {Channel.SMS: plan.sms}
    assert plan.sms == 2
