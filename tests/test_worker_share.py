"""How workers share offices out, by their real rules and made-up heartbeats: evenly, none left alone, no to and fro."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from cli.worker.share import GRACE_SECONDS, may_take, part_of, surplus
from notifier.roster import Other

#: Until the workers that are there have settled, and for how long it is then looked at whether they stay so.
ROUNDS, STILL = 40, 20


@dataclass
class Hand:
    """A worker. most: offices that it may hold. keys: how many of the offices it can open, from the first one on."""

    most: int
    keys: int
    holds: set[int] = field(default_factory=set)
    leaves: set[int] = field(default_factory=set)

    @property
    def staying(self) -> set[int]:
        return self.holds - self.leaves

    def says(self) -> Other:
        can_open_more = bool(set(range(self.keys)) - self.holds)
        return Other(len(self.staying), has_room=len(self.holds) < self.most and can_open_more)


@dataclass
class Fleet:
    """Offices 0 to n, and since when each is free; a round is a second in which every worker looks once."""

    offices: int
    hands: list[Hand]
    free: dict[int, int] = field(default_factory=dict)
    second: int = 0
    moves: int = 0

    def __post_init__(self) -> None:
        self.free = dict.fromkeys(range(self.offices), 0)

    def round(self) -> None:
        self.second += 1
        said = [hand.says() for hand in self.hands]
        for number, hand in enumerate(self.hands):
            self._hand_over(hand)
            others = [one for other, one in enumerate(said) if other != number]
            part = part_of(self.offices, others)
            more = surplus(held=len(hand.staying), part=part, others=others)
            hand.leaves |= set(sorted(hand.staying)[:more])
            self._take(hand, part, others)
            said[number] = hand.says()

    def _hand_over(self, hand: Hand) -> None:
        for office in hand.leaves:
            hand.holds.remove(office)
            self.free[office] = self.second
        hand.leaves.clear()

    def _take(self, hand: Hand, part: int, others: list[Other]) -> None:
        for office in sorted(self.free):
            free_seconds = self.second - self.free[office]
            able = office < hand.keys and len(hand.holds) < hand.most
            if able and may_take(held=len(hand.holds), part=part, others=others, free_seconds=free_seconds):
                hand.holds.add(office)
                del self.free[office]
                self.moves += 1


def settled(fleet: Fleet) -> Fleet:
    for _ in range(ROUNDS):
        fleet.round()
    return fleet


ANY = st.builds(Hand, most=st.integers(1, 40), keys=st.integers(0, 40))
ABLE = st.builds(Hand, most=st.just(100), keys=st.just(100))


@given(st.integers(0, 30), st.lists(ABLE, min_size=1, max_size=6))
def test_workers_that_can_take_all_end_with_equal_parts_and_stay_there(offices: int, hands: list[Hand]) -> None:
    fleet = settled(Fleet(offices, hands))
    held = [len(hand.holds) for hand in hands]
    assert sum(held) == offices
    assert max(held) - min(held) <= 1
    moves = fleet.moves
    for _ in range(STILL):
        fleet.round()
    assert fleet.moves == moves


@given(st.integers(1, 30), st.integers(1, 5))
def test_who_joins_gets_a_part_and_nobody_gives_away_more_than_that(offices: int, others: int) -> None:
    fleet = settled(Fleet(offices, [Hand(100, 100) for _ in range(others)]))
    fleet.moves = 0
    fleet.hands.append(Hand(100, 100))
    settled(fleet)
    part = len(fleet.hands[-1].holds)
    assert part >= offices // (others + 1)
    # Of the others each may let go of one more than is wanted, which somebody takes; never of all.
    assert fleet.moves <= part + 2 * others


@given(st.integers(0, 30), st.lists(ANY, min_size=1, max_size=6))
def test_no_office_stays_alone_while_somebody_has_room_and_its_key(offices: int, hands: list[Hand]) -> None:
    fleet = settled(Fleet(offices, hands))
    for hand in hands:
        assert len(hand.holds) <= hand.most
        if len(hand.holds) < hand.most and not hand.leaves:
            long_free = {one for one, since in fleet.free.items() if fleet.second - since > GRACE_SECONDS}
            assert not {one for one in long_free if one < hand.keys}


@given(st.integers(1, 30), st.lists(ABLE, min_size=2, max_size=5))
def test_the_offices_of_one_that_died_are_shared_by_the_others(offices: int, hands: list[Hand]) -> None:
    fleet = settled(Fleet(offices, hands))
    dead = fleet.hands.pop()
    fleet.free |= dict.fromkeys(dead.holds, fleet.second)
    settled(fleet)
    held = [len(hand.holds) for hand in fleet.hands]
    assert sum(held) == offices
    assert max(held) - min(held) <= 1
