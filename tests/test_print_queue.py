"""The order of the print queue, by any policy and whoever waits; and the file that a policy is written in."""

import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.printing.places import shown_places, typed_places
from core.errors import InputError, SetupError
from core.files.print_policy import read_policy
from core.rules.card import PRINTED_FROM, TO_BE_PRINTED, Stage, is_print
from core.rules.print_policy import PolicyFault, example_policy, policy_of
from core.rules.print_queue import (
    USUAL_POLICY,
    Alike,
    CardReason,
    Line,
    PrintPolicy,
    Queue,
    Waiting,
    line_of,
    rank,
)

DAY = date(2016, 11, 1)


@st.composite
def policies(draw: st.DrawFn) -> PrintPolicy:
    day = draw(st.none() | st.just(DAY))
    lines = [line for line in Line if day or line is not Line.RECORDED_BEFORE]
    return PrintPolicy(tuple(draw(st.permutations(lines))), day)


@st.composite
def cards(draw: st.DrawFn, *, before: bool = True) -> Waiting:
    days = st.integers(0, 3).map(lambda days: DAY + timedelta(days=days))
    return Waiting(
        reason=draw(st.sampled_from(CardReason)),
        elderly=draw(st.booleans()),
        urgent=draw(st.booleans()),
        spoiled=draw(st.booleans()),
        recorded_before=before and draw(st.booleans()),
        queued_on=draw(st.none() | days),
    )


def grouped(waiting: Iterable[Waiting]) -> list[Alike]:
    ids: dict[Waiting, list[int]] = {}
    for id_, card in enumerate(waiting, start=1):
        ids.setdefault(card, []).append(id_)
    return [Alike(card, len(those), those[0], those[-1]) for card, those in ids.items()]


@given(policies(), cards(before=False))
def test_every_card_stands_in_exactly_one_line(policy: PrintPolicy, card: Waiting) -> None:
    assert line_of(card, policy) in policy.order


@given(policies(), st.lists(cards(before=False), min_size=2))
def test_what_was_spoiled_comes_first_then_line_by_line_the_oldest(policy: PrintPolicy, waiting: list[Waiting]) -> None:
    for one, next_ in pairwise(sorted(waiting, key=lambda card: rank(card, policy))):
        if one.spoiled != next_.spoiled:
            assert one.spoiled
            continue
        lines = [0 if card.spoiled else policy.order.index(line_of(card, policy)) for card in (one, next_)]
        assert lines == sorted(lines)
        if lines[0] == lines[1]:
            assert (one.queued_on or date.max) <= (next_.queued_on or date.max)


@given(policies(), st.lists(cards(before=False), min_size=1, max_size=60))
def test_a_place_agrees_with_the_whole_queue_sorted(policy: PrintPolicy, waiting: list[Waiting]) -> None:
    groups = grouped(waiting)
    queue = Queue(groups, policy)
    of = {group.card: group for group in groups}
    ordered = sorted(enumerate(waiting, start=1), key=lambda card: (rank(card[1], policy), card[0]))
    for place, (id_, card) in enumerate(ordered):
        tied = [group for group in groups if rank(group.card, policy) == rank(card, policy)]
        unsure = sum(group.cards for group in tied if group.first_id < id_ <= group.last_id)
        assert abs(queue.ahead_of(card, id_) - place) <= unsure
        if of[card].cards == len(tied) == 1:
            assert queue.ahead_of(card, id_) == place


@given(policies(), st.lists(cards(before=False)))
def test_the_lines_count_everybody_once_and_ties_keep_the_order(policy: PrintPolicy, waiting: list[Waiting]) -> None:
    queue = Queue(grouped(waiting), policy)
    assert sum(queue.by_line().values()) == len(queue) == len(waiting)
    ties = list(queue.ties())
    assert [group for tie in ties for group in tie] == list(queue.groups)
    ranks = [{rank(group.card, policy) for group in tie} for tie in ties]
    assert all(len(tie) == 1 for tie in ranks)
    assert all(min(one) < min(next_) for one, next_ in pairwise(ranks))


def test_a_step_prints_a_card_from_wherever_it_waits_to_wherever_it_goes_then() -> None:
    prints = {(seen, to) for seen in Stage for to in Stage if is_print(seen, to)}
    assert prints == {(seen, to) for seen in TO_BE_PRINTED for to in PRINTED_FROM}
    assert Stage.CLOSED not in TO_BE_PRINTED | PRINTED_FROM
    assert {Stage.RECORDED, Stage.AT_CENTRE, Stage.PRINT_READY, Stage.NEEDS_OFFICER} == TO_BE_PRINTED


# The file


@given(policies())
def test_a_policy_that_is_written_is_read_the_same(policy: PrintPolicy) -> None:
    assert policy_of(tomllib.loads(example_policy(policy))) == policy


def test_without_a_file_first_timers_come_before_replacements() -> None:
    assert read_policy(None) == USUAL_POLICY


def test_the_policy_of_jember_prints_old_recordings_first(tmp_path: Path) -> None:
    lines = ["urgent", "recorded-before", "first-timer", "elderly-first-timer", "ordinary", "replacement"]
    path = tmp_path / "policy.toml"
    path.write_bytes(f"\ufefforder = {lines}\nrecorded_before = 2016-11-01\n".encode())
    assert read_policy(path) == PrintPolicy(tuple(map(Line, lines)), DAY)


USUAL = '"urgent", "first-timer", "elderly-first-timer", "ordinary"'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("order = [", "at line 1|end of document"),
        ("# a policy\nordre = []", "line 2: ordre is no key of a policy"),
        ("order = 'urgent'", "line 1: order must be a list"),
        ("", "order must be a list"),
        (f"order = [{USUAL},\n  'replacements']", "line 2: replacements is no line; the lines are: recorded-before"),
        (f"order = [{USUAL}]", "line 1: order leaves out replacement, who would wait for ever"),
        (f"order = [{USUAL}, 'replacement',\n'ordinary']", "line 2: ordinary stands in order twice"),
        (f"order = [{USUAL}, 'replacement', 7]", "line 1: 7 is no line"),
        (f"order = [{USUAL}, 'replacement', [1]]", "is no line"),
        (f"order = [{USUAL}, 'replacement', 'recorded-before']", "recorded-before needs its day"),
        (f"order = [{USUAL}, 'replacement']\nrecorded_before = 2016-11-01", "line 1: order leaves out recorded-before"),
        (f"order = [{USUAL}, 'replacement']\nrecorded_before = '2016-11-01'", "line 2: .* without quotes"),
        (f"order = [{USUAL}, 'replacement']\nrecorded_before = 2016-11-01T00:00:00", "line 2: .* must be a day"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(text)
    with pytest.raises(SetupError, match=f"KABAR_PRINT_POLICY, .*policy.toml: .*({said})"):
        read_policy(path)


def test_a_file_that_is_not_there_or_is_no_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="cannot be read"):
        read_policy(tmp_path / "none.toml")
    (tmp_path / "policy.toml").write_bytes(b"PK\x03\x04\xff")
    with pytest.raises(SetupError, match="no plain text"):
        read_policy(tmp_path / "policy.toml")


VALUES = st.integers() | st.lists(st.sampled_from([*Line, "x"])) | st.datetimes() | st.dates()


@given(st.dictionaries(st.sampled_from(["order", "recorded_before", "x"]), VALUES))
def test_whatever_a_table_holds_it_is_a_policy_or_a_fault(written: dict[str, object]) -> None:
    try:
        assert set(policy_of(written).order) >= set(Line) - {Line.RECORDED_BEFORE}
    except PolicyFault as fault:
        assert str(fault)


# Places as they are typed


@given(st.frozensets(st.integers(1, 2000)))
def test_places_that_are_shown_are_read_the_same(places: frozenset[int]) -> None:
    assert typed_places(shown_places(places)) == places


@given(st.text(alphabet="0123456789,- x", max_size=20))
def test_whatever_is_typed_is_places_or_refused(text: str) -> None:
    try:
        assert all(place > 0 for place in typed_places(text))
    except InputError as error:
        assert "place" in str(error)


@pytest.mark.parametrize("text", ["7;31", "0", "42-40", "-3", "1-999999", "seven", "1-2-3"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        typed_places(text)


def test_places_may_stand_with_spaces_and_in_any_order() -> None:
    assert typed_places(" 31, 7,40 - 42,") == {7, 31, 40, 41, 42}
