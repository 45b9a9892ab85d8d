"""Who may act in the chat: invited by a link that works once, bound by somebody else's word, stopped at once."""

import threading
from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from core.actions.facts import Happened
from core.actions.invites import (
    NotOpened,
    draw_invite_secret,
    invite,
    open_invite,
    void_invite,
)
from core.actions.officials import (
    confirm_official,
    refuse_official,
    remove_official,
    suspend_official,
    take_official_back,
)
from core.actions.showing_officials import show_officials
from core.errors import NotFound, Refused
from core.jobs.inviting import invite_many
from core.questions.official_list import (
    OfficialLine,
    Standing,
    live_official,
    names_of,
    official_line,
    official_lines,
    officials_of,
    open_invites,
    villages_with_official,
)
from core.questions.officials import acting_of, official_name
from core.questions.region_names import regions_called, regions_within
from core.rules.asking import WRONG_TRIES
from core.rules.invites import REGION_LENGTH, fits, has_charge_of, may_confirm
from core.rules.officials import INVITE_LASTS, INVITES, MAY, Acting, Deed, Role
from core.rules.suspension import within
from core.store.office import OpenOffice
from core.store.official_tables import Invite, Official, Proposal
from core.store.tables import Fact
from core.store.words import ProposalKind, ProposalState
from tests.offices import Clock, act, ask
from tests.official_world import DISTRICT, ELSEWHERE, REGENCY, VILLAGE

pytestmark = pytest.mark.both_databases

BY = "operator"
RINA, BUDI = "700000001", "700000002"


class World:
    """An office, its clock, and what can be done about its officials."""

    def __init__(self, office: OpenOffice, clock: Clock) -> None:
        self.office, self.clock = office, clock

    def invite(self, role: Role = Role.VILLAGE, region: str = VILLAGE, by: str = BY) -> str:
        return act(self.office, invite, role, region, now=self.clock(), by=by).secret

    def open(self, account: str, secret: str, name: str = "Rina") -> OfficialLine | NotOpened:
        return act(self.office, open_invite, account, secret, name, now=self.clock())

    def wanting(self, account: str = RINA, **terms: object) -> int:
        """Somebody who opened a link, and waits."""
        opened = self.open(account, self.invite(**terms))  # type: ignore[arg-type]
        assert isinstance(opened, OfficialLine)
        return opened.id

    def official(self, account: str = RINA, **terms: object) -> int:
        """Somebody at work."""
        official_id = self.wanting(account, **terms)
        self.do(confirm_official, official_id)
        return official_id

    def do(self, action: Callable[..., int | None], official_id: int) -> int | None:
        return act(self.office, action, official_id, now=self.clock(), by=BY)

    def standing(self, official_id: int) -> Standing:
        return ask(self.office, official_line, official_id).standing

    def acting(self, account: str = RINA) -> Acting | None:
        return ask(self.office, acting_of, account)

    def facts(self, *kinds: Happened) -> list[Fact]:
        return [fact for fact in ask(self.office, lambda s: s.scalars(select(Fact)).all()) if fact.kind in kinds]

    def at_once(self, *acts: Callable[[], object]) -> list[object]:
        """Do several things at the same moment; return what came of each, a refusal included."""
        start, results = threading.Barrier(len(acts)), [None] * len(acts)

        def run(place: int, one: Callable[[], object]) -> None:
            start.wait()
            try:
                results[place] = one()
            except Refused as refused:
                results[place] = refused

        threads = [threading.Thread(target=run, args=(place, one)) for place, one in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results


@pytest.fixture
def world(office: OpenOffice, clock: Clock) -> World:
    return World(office, clock)


# Inviting


def test_a_link_is_good_once_and_binds_nobody_before_it_is_confirmed(world):
    secret = world.invite()
    opened = world.open(RINA, secret)
    assert (opened.role, opened.region, opened.standing) == (Role.VILLAGE, VILLAGE, Standing.WAITING)
    assert world.acting() is None
    assert world.open(BUDI, secret) is NotOpened.NOT_GOOD
    world.do(confirm_official, opened.id)
    assert world.acting() == Acting(opened.id, Role.VILLAGE, VILLAGE, official_name(opened.id))


def test_of_a_link_only_its_keyed_hash_is_kept_and_nobody_guesses_it(world):
    secret = world.invite()
    assert len(secret) == 22  # 128 bits
    assert len({draw_invite_secret() for _ in range(1000)}) == 1000
    row = ask(world.office, lambda session: session.scalars(select(Invite)).one())
    assert secret not in repr(vars(row))
    assert secret.encode() not in row.secret_index
    assert secret not in repr(act(world.office, invite, Role.VILLAGE, VILLAGE, now=world.clock(), by=BY))


@pytest.mark.parametrize(
    ("role", "region"),
    [
        (Role.VILLAGE, DISTRICT),
        (Role.DISTRICT, VILLAGE),
        (Role.OFFICE, DISTRICT),
        (Role.HEAD, VILLAGE),
        (Role.VILLAGE, "35.09.15.2003"),
        (Role.VILLAGE, "35.22.15.9999"),
    ],
)
def test_a_role_is_for_regions_of_its_size_in_this_office(world, role, region):
    with pytest.raises(Refused, match=r"write a code like 35\.22"):
        act(world.office, invite, role, region, now=world.clock(), by=BY)
    assert ask(world.office, open_invites, now=world.clock()) == []


def test_after_seven_days_to_the_second_a_link_is_over(world):
    in_time, late = world.invite(), world.invite()
    world.clock.move(seconds=INVITE_LASTS.total_seconds() - 1)
    assert isinstance(world.open(RINA, in_time), OfficialLine)
    world.clock.move(seconds=1)
    assert world.open(BUDI, late) is NotOpened.NOT_GOOD
    assert ask(world.office, open_invites, now=world.clock()) == []


def test_a_link_taken_back_is_good_for_nothing_and_one_that_was_opened_cannot_be_taken_back(world):
    secret = world.invite()
    [line] = ask(world.office, open_invites, now=world.clock())
    assert act(world.office, void_invite, line.id, now=world.clock(), by=BY)
    assert not act(world.office, void_invite, line.id, now=world.clock(), by=BY)
    assert world.open(RINA, secret) is NotOpened.NOT_GOOD
    assert len(world.facts(Happened.INVITE_VOIDED)) == 1
    world.wanting(BUDI)
    with pytest.raises(Refused, match="opened already"):
        act(world.office, void_invite, line.id + 1, now=world.clock(), by=BY)
    with pytest.raises(NotFound, match="kabar official invites"):
        act(world.office, void_invite, 999, now=world.clock(), by=BY)


def test_only_unknown_links_are_guesses_and_five_of_them_lock_a_chat_for_a_day(world):
    used = world.invite()
    world.open(BUDI, used)
    for _ in range(WRONG_TRIES + 1):
        assert world.open(RINA, used) is NotOpened.NOT_GOOD
    said = [world.open(RINA, draw_invite_secret()) for _ in range(WRONG_TRIES)]
    assert said == [NotOpened.NOT_GOOD] * (WRONG_TRIES - 1) + [NotOpened.LOCKED]
    good = world.invite()
    assert world.open(RINA, good) is NotOpened.LOCKED
    world.clock.move(days=1)
    assert isinstance(world.open(RINA, good), OfficialLine)


def test_who_is_an_official_or_about_to_be_one_leaves_a_link_unused(world):
    waiting, suspended = world.wanting(RINA), world.official(BUDI)
    world.do(suspend_official, suspended)
    secret = world.invite()
    assert [world.open(account, secret) for account in (RINA, BUDI)] == [NotOpened.ALREADY] * 2
    world.do(refuse_official, waiting)
    assert isinstance(world.open(RINA, secret), OfficialLine)


def test_a_name_cannot_look_like_a_part_of_our_message(world):
    opened = world.open(RINA, world.invite(), "Rina\nKepala\u202e Dinas\x1b[2J" + "x" * 200)
    names = act(world.office, show_officials, [opened.id], now=world.clock(), by=BY)
    assert names[opened.id].startswith("Rina Kepala Dinas [2Jxx")
    assert len(names[opened.id]) == 100
    [fact] = world.facts(Happened.PERSONAL_DATA_SHOWN)
    assert fact.details == {"shown": ["telegram-name"], "officials": [opened.id]}


def test_many_villages_are_invited_in_one_go_and_earlier_slips_are_void(world):
    villages = ask(world.office, regions_within, DISTRICT, Role.VILLAGE)

    def all_of_them(by: str = BY) -> int:
        drawn = [(village, draw_invite_secret()) for village in villages]
        return invite_many(world.office, Role.VILLAGE, drawn, now=world.clock(), by=by, polite=False)

    opened = world.open(RINA, world.invite())
    hers = world.invite(region=villages[0], by=official_name(opened.id))
    assert all_of_them() == 0
    assert all_of_them() == len(villages)
    assert len(ask(world.office, open_invites, now=world.clock())) == len(villages) + 1
    assert isinstance(world.open(BUDI, hers), OfficialLine)  # what another one handed out is not the office's paper
    assert ask(world.office, villages_with_official) == {VILLAGE, villages[0]}


# Confirming, and its end


def test_who_is_refused_is_no_official_and_may_be_invited_again(world):
    official_id = world.wanting()
    assert world.do(refuse_official, official_id) is not None
    assert world.do(refuse_official, official_id) is None
    assert ask(world.office, names_of, [official_id]) == {official_id: ""}
    with pytest.raises(Refused, match="only by a new link"):
        world.do(confirm_official, official_id)
    assert world.official() != official_id
    assert world.acting() is not None


def test_who_is_confirmed_is_removed_and_not_refused(world):
    official_id = world.official()
    with pytest.raises(Refused, match=r"suspend ID, or remove ID"):
        world.do(refuse_official, official_id)
    assert world.acting() is not None


def test_suspended_and_removed_hold_from_the_transaction_on(world):
    official_id = world.official()
    world.do(suspend_official, official_id)
    assert world.acting() is None
    world.do(take_official_back, official_id)
    assert world.acting() is not None
    world.do(remove_official, official_id)
    assert world.acting() is None
    with pytest.raises(Refused):
        world.do(take_official_back, official_id)


@pytest.mark.parametrize("act_on_her", [suspend_official, remove_official])
def test_what_she_proposed_is_withdrawn_in_the_same_breath_and_nothing_else(world, act_on_her):
    rina, budi = world.official(RINA), world.official(BUDI)

    def propose(session, official_id: int, state: ProposalState) -> int:
        row = Proposal(
            kind=ProposalKind.GENERAL_REMINDER,
            state=state,
            region=VILLAGE,
            details={},
            people=10,
            official_id=official_id,
            by=official_name(official_id),
            made_at=world.clock(),
        )
        session.add(row)
        session.flush()
        return row.id

    hers = act(world.office, propose, rina, ProposalState.OPEN)
    agreed = act(world.office, propose, rina, ProposalState.AGREED)
    another_s = act(world.office, propose, budi, ProposalState.OPEN)
    world.do(act_on_her, rina)
    rows = ask(world.office, lambda session: {row.id: row for row in session.scalars(select(Proposal))})
    assert rows[hers].state is ProposalState.WITHDRAWN
    assert (rows[hers].decided_at, rows[hers].decided_by) == (world.clock(), BY)
    assert (rows[agreed].state, rows[another_s].state) == (ProposalState.AGREED, ProposalState.OPEN)
    [fact] = world.facts(Happened.PROPOSAL_WITHDRAWN)
    assert fact.details == {"proposal": hers, "kind": "general-reminder", "official": rina}


def test_the_links_of_who_is_removed_are_void_and_those_of_who_is_suspended_are_not(world):
    camat = world.official(role=Role.DISTRICT, region=DISTRICT)
    first, second = (world.invite(by=official_name(camat)) for _ in range(2))
    world.do(suspend_official, camat)
    assert isinstance(world.open(BUDI, first), OfficialLine)
    world.do(remove_official, camat)
    assert world.open("700000003", second) is NotOpened.NOT_GOOD


def test_every_act_is_a_fact_that_says_who_did_it_and_nothing_of_who_she_is(world):
    official_id = world.official()
    world.do(suspend_official, official_id)
    world.do(take_official_back, official_id)
    world.do(remove_official, official_id)
    kinds = (
        Happened.OFFICIAL_INVITED,
        Happened.INVITE_OPENED,
        Happened.OFFICIAL_CONFIRMED,
        Happened.OFFICIAL_SUSPENDED,
        Happened.OFFICIAL_BACK,
        Happened.OFFICIAL_REMOVED,
    )
    facts = world.facts(*kinds)
    assert [fact.kind for fact in facts] == list(kinds)
    assert {fact.by for fact in facts} == {BY, official_name(official_id)}
    assert all(set(fact.details) <= {"invite", "official", "role", "region"} for fact in facts)


def test_nobody_knows_a_number_that_was_never_given(world):
    for action in (confirm_official, refuse_official, suspend_official, take_official_back, remove_official):
        with pytest.raises(NotFound, match="kabar official list"):
            world.do(action, 999)


# At the same moment


def test_of_two_who_open_a_link_at_once_one_is_noted(world):
    secret = world.invite()
    results = world.at_once(lambda: world.open(RINA, secret), lambda: world.open(BUDI, secret))
    assert sorted(isinstance(result, OfficialLine) for result in results) == [False, True]
    assert NotOpened.NOT_GOOD in results
    assert len(ask(world.office, lambda session: session.scalars(select(Official)).all())) == 1


def test_one_account_that_opens_two_links_at_once_uses_one(world):
    secrets = [world.invite(), world.invite(Role.DISTRICT, DISTRICT)]
    results = world.at_once(*(lambda secret=secret: world.open(RINA, secret) for secret in secrets))
    assert NotOpened.ALREADY in results
    assert len(ask(world.office, open_invites, now=world.clock())) == 1


def test_of_two_who_confirm_at_once_one_did(world):
    official_id = world.wanting()
    results = world.at_once(*[lambda: world.do(confirm_official, official_id)] * 2)
    assert sorted(result is None for result in results) == [False, True]
    assert len(world.facts(Happened.OFFICIAL_CONFIRMED)) == 1


def test_of_yes_and_no_at_once_one_holds(world):
    official_id = world.wanting()
    yes, no = world.at_once(
        lambda: world.do(confirm_official, official_id), lambda: world.do(refuse_official, official_id)
    )
    assert isinstance(yes, int) != isinstance(no, int)
    assert (world.standing(official_id) is Standing.ACTIVE) == isinstance(yes, int)
    assert len(world.facts(Happened.OFFICIAL_CONFIRMED, Happened.OFFICIAL_REFUSED)) == 1


def test_opened_and_taken_back_at_once_one_holds(world):
    secret = world.invite()
    [line] = ask(world.office, open_invites, now=world.clock())
    opened, void = world.at_once(
        lambda: world.open(RINA, secret),
        lambda: act(world.office, void_invite, line.id, now=world.clock(), by=BY),
    )
    assert isinstance(opened, OfficialLine) != (void is True)


# Any order of acts, against a few lines that say what should be

_AFTER = {
    confirm_official: {Standing.WAITING: Standing.ACTIVE},
    refuse_official: {Standing.WAITING: Standing.REMOVED},
    suspend_official: {Standing.ACTIVE: Standing.SUSPENDED},
    take_official_back: {Standing.SUSPENDED: Standing.ACTIVE},
    remove_official: {one: Standing.REMOVED for one in Standing if one is not Standing.REMOVED},
}
_accounts = count(710000000)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(acts=st.lists(st.sampled_from(list(_AFTER)), max_size=8))
def test_whatever_is_done_in_whatever_order_only_who_is_confirmed_acts(world, acts):
    account = str(next(_accounts))
    official_id, should = world.wanting(account), Standing.WAITING
    for action in acts:
        try:
            done = world.do(action, official_id) is not None
        except Refused:
            done = False
        assert done == (should in _AFTER[action])
        should = _AFTER[action].get(should, should)
        assert world.standing(official_id) is should
        assert (world.acting(account) is not None) == (should is Standing.ACTIVE)
        live = ask(world.office, live_official, account)
        assert (live is None) == (should is Standing.REMOVED)


# Rules

_REGIONS = st.sampled_from([REGENCY, DISTRICT, VILLAGE, "35.22.01", ELSEWHERE, "35.2", "35.22.1", "35.09"])
_ACTING = st.builds(Acting, st.integers(1, 9), st.sampled_from(Role), _REGIONS, st.just("official:1"))


@given(_ACTING, st.sampled_from(Role), _REGIONS, st.sampled_from(["official:1", "official:2", BY]))
def test_nobody_has_charge_beyond_her_region_or_above_herself(acting, role, region, invited_by):
    order = list(Role)
    if has_charge_of(acting, role, region):
        assert within(region, acting.region)
        assert order.index(role) <= order.index(acting.role)
        assert role in INVITES[acting.role]
        assert acting.role in MAY[Deed.INVITE]
    if may_confirm(acting, role, region, invited_by=invited_by):
        assert within(region, acting.region)
        assert acting.role is not Role.VILLAGE
        assert invited_by == acting.by or acting.role in (Role.OFFICE, Role.HEAD)


def test_a_district_official_invites_villages_only_and_a_village_official_nobody():
    camat = Acting(1, Role.DISTRICT, DISTRICT, "official:1")
    kades = Acting(2, Role.VILLAGE, VILLAGE, "official:2")
    assert [role for role in Role if has_charge_of(camat, role, VILLAGE)] == [Role.VILLAGE]
    assert not has_charge_of(camat, Role.VILLAGE, ELSEWHERE)
    assert [role for role in Role if has_charge_of(kades, role, VILLAGE)] == []
    assert not may_confirm(camat, Role.VILLAGE, VILLAGE, invited_by="official:9")
    operator = Acting(None, Role.OFFICE, REGENCY, BY)
    assert may_confirm(operator, Role.HEAD, REGENCY, invited_by="official:9")
    assert not has_charge_of(operator, Role.HEAD, REGENCY)


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_size_of_region(role):
    sizes = {len(code): code for code in (REGENCY, DISTRICT, VILLAGE)}
    assert fits(role, sizes[REGION_LENGTH[role]])
    assert sum(fits(role, code) for code in sizes.values()) == 1


# Lists


def test_she_sees_those_she_has_charge_of_and_not_herself(world):
    boss = world.official("1", role=Role.OFFICE, region=REGENCY)
    world.official("2", role=Role.HEAD, region=REGENCY)
    camat = world.official("3", role=Role.DISTRICT, region=DISTRICT)
    here, there = world.official("4"), world.official("5", region=ELSEWHERE)
    gone = world.official("6")
    world.do(remove_official, gone)

    def seen_by(account: str) -> set[int]:
        acting = world.acting(account)
        assert acting is not None
        return {line.id for line in ask(world.office, officials_of, acting)}

    assert seen_by("1") == {camat, here, there}
    assert seen_by("2") == {boss, camat, here, there}
    assert seen_by("3") == {here}
    assert seen_by("4") == set()
    assert {line.id for line in ask(world.office, official_lines, DISTRICT, removed=True)} == {camat, here, gone}


def test_a_region_is_found_by_a_part_of_its_name_the_ones_that_begin_so_first(world):
    found = ask(world.office, regions_called, REGENCY, Role.VILLAGE, "  SUKO ")
    assert VILLAGE in found
    assert ask(world.office, regions_called, DISTRICT, Role.VILLAGE, "sukorejo") == [VILLAGE]
    assert ask(world.office, regions_called, DISTRICT, Role.DISTRICT, "") == []
    assert ask(world.office, regions_called, REGENCY, Role.VILLAGE, "%") == []


def test_a_live_account_is_only_one_official_whatever_writes_it(world):
    official_id = world.official()
    world.do(remove_official, official_id)
    world.official()
    with pytest.raises(Exception, match=r"(?i)unique"):
        act(world.office, lambda s: s.execute(update(Official).values(removed_at=None)))
