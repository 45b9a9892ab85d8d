"""Who may do what in the chat, tried at every command and every button that there is: they are found, not listed.

Each room is walked through as each role. At every button, and wherever something may be typed, the same is tried by
whoever may not: nothing changes, and the answer is a kind one.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

import pytest

from bot.officials.menu import SHOWN
from bot.officials.screens import HOME, DeedPress, DoesDeed, OnScreen, ScreenPress
from core.rules.officials import MAY, Deed, Role
from core.store.office import OpenOffice
from tests.bot_world import text
from tests.boxing import bring, pack, printed
from tests.guard_world import GUARDS, Left, Theatre, commands, filters, handlers, play
from tests.offices import Clock, Import
from tests.official_world import DISTRICT, ELSEWHERE, REGENCY, VILLAGE

SHE, FOREIGN, RESIDENT, OFFICE = 810_000_001, 810_000_002, 810_000_003, 810_000_004
REGIONS = {Role.VILLAGE: VILLAGE, Role.DISTRICT: DISTRICT, Role.OFFICE: REGENCY, Role.HEAD: REGENCY}
#: The same role elsewhere; who acts for the office has no elsewhere.
FOREIGN_REGIONS = {Role.VILLAGE: ELSEWHERE, Role.DISTRICT: "35.22.01"}
#: What only whoever asks the database herself may have instead of a guard.
WITHOUT_GUARD = {
    ("bot.officials.menu", "menu"): "asks who acts; to everybody else the word says nothing",
    ("bot.officials.inviting.opening", "opened"): "whoever opens an invitation is no official yet",
}
#: Typed wherever a room waits for something: numbers, days, hours, places, names, nonsense.
TYPED = ("1", "1-3", "semua kecuali 1", "Kamis 8-12", "Balai RW 3", "x" * 300, "' OR 1=1 --", "٣")
RUBBISH = (
    "",
    "x",
    "y" * 64,
    "o1:",
    "o1::::",
    "d1:",
    "o1:fly:home::",
    "d1:fly:away:1",
    "d1:call:ok:-1",
    f"d1:call:ok:{10**18}",
    f"d1:hand:undo:{2**63}",
    "d1:call:ok:1:2",
    "o1:call:home:a:b:c",
    "o1:call:home::00000000",
    "\u0000\u0001",
    "🪪" * 16,
)
NUMBERS = (0, -1, 1, 2**31 - 1, 2**31, 2**63, -(2**63) - 1, 10**30)
VALUES = ("", "0", "-1", "page--1", "page-99999", "35.22.99.9999", "rubbish", "9" * 30, "2017-13-45", "None")
#: Of buttons that differ in their value only, the first few are pressed.
_MOST_VALUES = 3


def scenery(office: OpenOffice, take: Import, clock: Clock) -> None:
    """A box that arrived and one under way, for a village here and one elsewhere."""
    for first, village in ((0, VILLAGE), (40, ELSEWHERE)):
        for more in (0, 10):
            printed(take, 3, village=village, first=first + more)
            box = pack(office, clock, point=village)
            if not more:
                bring(office, clock, box)


def appoint_all(theatre: Theatre, role: Role) -> None:
    theatre.appoint(SHE, role, REGIONS[role])
    theatre.appoint(FOREIGN, role if role in FOREIGN_REGIONS else Role.VILLAGE, FOREIGN_REGIONS.get(role, ELSEWHERE))
    theatre.appoint(OFFICE, Role.OFFICE, REGENCY)


@dataclass
class Walk:
    """Through all rooms as one official: every button once, from the state in which it was shown."""

    theatre: Theatre
    visit: Callable[[Theatre, str], None]
    seen: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def from_(self, words: str) -> None:
        with self.theatre.undone():
            self._go_on(self.theatre.says(SHE, words), f"{words!r}")

    def _go_on(self, left: Left, where: str) -> None:
        if left.raised:
            self.faults.append(f"{where}: {left.raised}")
            return
        for data in left.buttons:
            self._press(data, where)
        awaited = self.theatre.state(SHE)
        if awaited and awaited not in self.seen:
            self.seen.add(awaited)
            self.visit(self.theatre, "")
            for words in TYPED:
                with self.theatre.undone():
                    self._go_on(self.theatre.says(SHE, words), f"{where} > {words[:20]!r}")

    def _press(self, data: str, where: str) -> None:
        name, kind = _shape(data), _kind(data)
        if name in self.seen or self.kinds[kind] >= _MOST_VALUES:
            return
        self.seen.add(name)
        self.kinds[kind] += 1
        self.visit(self.theatre, data)
        with self.theatre.undone():
            self._go_on(self.theatre.presses(SHE, data), f"{where} > {name}")


def _shape(data: str) -> str:
    """A button without its ticket: it is the same one each time it is shown."""
    if data.startswith("o1:"):
        press = ScreenPress.unpack(data)
        return f"o1:{press.deed}:{press.screen}:{press.value}"
    return data


def _kind(data: str) -> str:
    """The same without what it chooses."""
    return ":".join(data.split(":")[:3])


def walk(theatre: Theatre, role: Role, visit: Callable[[Theatre, str], None]) -> Walk:
    appoint_all(theatre, role)
    way = Walk(theatre, visit)
    for words in commands():
        way.from_(words)
    assert len(way.seen) >= len([deed for deed in SHOWN if role in MAY[deed]]), "the rooms were found"
    return way


def refused(theatre: Theatre, account: int, data: str) -> Iterator[str]:
    """What is wrong with how this press, or whatever may be typed or sent here, is taken of somebody who may not."""
    before = theatre.content()
    with theatre.undone():
        if data:
            left = theatre.presses(account, data)
            # Of what is another's she may be told that it is; what is no button of hers at all is only outdated.
            if not (left.is_outdated or (account == FOREIGN and data.startswith("d1:") and left.is_popup)):
                yield f"{_shape(data)} answers {left.raised or [call.get('text') for call in left.calls]}"
            if theatre.content() != before:
                yield f"{_shape(data)} changes {_changed(before, theatre)}"
            return
    acts: list[Callable[[], Left]] = [partial(theatre.says, account, words) for words in TYPED]
    for act in (*acts, partial(theatre.sends, account, "x.csv")):
        with theatre.undone():
            left = act()
            if left.raised:
                yield f"typed at {theatre.state(account)}: {left.raised}"
            if theatre.content() != before:
                yield f"typed at {theatre.state(account)} changes {_changed(before, theatre)}"


def _changed(before: dict[str, list[tuple[object, ...]]], theatre: Theatre) -> list[str]:
    return [name for name, rows in theatre.content().items() if rows != before[name]]


# The table of handlers


def test_every_handler_of_officials_has_a_guard_or_a_reason() -> None:
    bare = {
        (handler.callback.__module__, handler.callback.__name__)
        for _, handler in handlers()
        if not any(filters(handler, guard) for guard in GUARDS)
    }
    assert sorted(bare - WITHOUT_GUARD.keys()) == []


def test_whoever_asks_the_database_is_asked_last() -> None:
    for _, handler in handlers():
        kinds = [type(one.callback).__name__ for one in handler.filters or ()]
        if "MayDo" in kinds:
            assert kinds[-1] == "MayDo", f"{handler.callback.__module__}: {kinds}"


def test_what_can_be_done_is_found_at_all() -> None:
    assert {"petugas", "angka", "jumat"} <= set(commands())


# The table of deeds


@pytest.mark.parametrize("role", Role)
def test_the_menu_has_a_button_for_what_the_table_allows(office: OpenOffice, clock: Clock, role: Role) -> None:
    def scene(theatre: Theatre) -> None:
        appoint_all(theatre, role)
        shown = [ScreenPress.unpack(data) for data in theatre.says(SHE, "/petugas").buttons]
        assert [press.deed for press in shown] == [deed for deed in SHOWN if role in MAY[deed]]

    play(office, clock, scene)


@pytest.mark.parametrize("role", Role)
def test_a_button_of_a_deed_that_is_not_hers_does_nothing_even_with_her_own_ticket(
    office: OpenOffice, clock: Clock, role: Role
) -> None:
    def scene(theatre: Theatre) -> None:
        appoint_all(theatre, role)
        ticket = theatre.ticket(SHE)
        pressed = [ScreenPress(deed=deed, screen=HOME, ticket=ticket).pack() for deed in Deed if role not in MAY[deed]]
        for _, handler in handlers():
            for on in filters(handler, OnScreen):
                if on._deed and role not in MAY[on._deed]:
                    pressed.append(ScreenPress(deed=on._deed, screen=on._screen, ticket=ticket).pack())
            for does in filters(handler, DoesDeed):
                if role not in MAY[does._deed]:
                    pressed.append(DeedPress(deed=does._deed, act=does._act, about=1).pack())
        assert "\n".join(fault for data in pressed for fault in refused(theatre, SHE, data)) == ""

    play(office, clock, scene)


# Every button and every place where something is typed


def by_who_was_removed(theatre: Theatre, data: str) -> Iterator[str]:
    """In the middle of a conversation, with a ticket that was right a moment ago."""
    now = theatre.clock()
    changes: dict[str, dict[str, object]] = {
        "removed": {"removed_at": now},
        "suspended": {"suspended_at": now},
        "not confirmed": {"confirmed_at": None},
    }
    for name, change in changes.items():
        with theatre.undone():
            theatre.change(SHE, **change)
            yield from (f"{name}: {fault}" for fault in refused(theatre, SHE, data))


def on_another_s_phone(theatre: Theatre, data: str, *, has_no_elsewhere: bool) -> Iterator[str]:
    """Of a resident, and of an official elsewhere, who also is in a conversation of her own."""
    for name, account in (("resident", RESIDENT), ("foreign", FOREIGN)) if data else ():
        if account == FOREIGN and data.startswith("d1:") and has_no_elsewhere:
            continue  # to the office no region is foreign: this may well be of hers
        with theatre.undone():
            theatre.says(account, "/petugas")
            yield from (f"{name}: {fault}" for fault in refused(theatre, account, data))


def of_yesterday(theatre: Theatre, data: str) -> Iterator[str]:
    """Another conversation was begun since; what holds for longer has no ticket."""
    if data.startswith("o1:"):
        with theatre.undone():
            theatre.says(SHE, "/petugas")
            yield from (f"yesterday: {fault}" for fault in refused(theatre, SHE, data))


def forged_with_a_ticket_of_her_own(theatre: Theatre, data: str) -> Iterator[str]:
    """What can be made up at most: whatever it leaves is her own, and no row that was there is another one."""
    if not data.startswith("o1:"):
        return
    name = f"forged: {_shape(data)}"
    with theatre.undone():
        forged = ScreenPress.unpack(data).model_copy(update={"ticket": theatre.ticket(FOREIGN)}).pack()
        before = theatre.content()
        if raised := theatre.presses(FOREIGN, forged).raised:
            yield f"{name} raises {raised}"
        for table, rows in theatre.content().items():
            known, now = set(map(repr, before[table])), set(map(repr, rows))
            if not known <= now:
                yield f"{name} changes {table}"
            if any(f"'{VILLAGE}'" in row for row in now - known):
                yield f"{name} adds to {table} of a region that is not hers"


@pytest.mark.parametrize("role", Role)
def test_no_button_and_nothing_typed_does_anything_for_whoever_may_not(
    office: OpenOffice, take: Import, clock: Clock, role: Role
) -> None:
    scenery(office, take, clock)
    faults: list[str] = []

    def visit(theatre: Theatre, data: str) -> None:
        faults.extend(by_who_was_removed(theatre, data))
        faults.extend(on_another_s_phone(theatre, data, has_no_elsewhere=role not in FOREIGN_REGIONS))
        faults.extend(of_yesterday(theatre, data))
        if role in FOREIGN_REGIONS:
            faults.extend(forged_with_a_ticket_of_her_own(theatre, data))

    def scene(theatre: Theatre) -> None:
        faults.extend(f"herself: {fault}" for fault in walk(theatre, role, visit).faults)

    play(office, clock, scene)
    assert "\n".join(faults) == ""


# Made up


@pytest.mark.both_databases
@pytest.mark.parametrize("role", [*Role, None])
def test_rubbish_in_a_button_is_answered_kindly(office: OpenOffice, clock: Clock, role: Role | None) -> None:
    def scene(theatre: Theatre) -> None:
        if role:
            appoint_all(theatre, role)
            theatre.says(SHE, "/petugas")
        assert "\n".join(fault for data in RUBBISH for fault in _unmoved(theatre, data)) == ""

    play(office, clock, scene)


@pytest.mark.both_databases
@pytest.mark.parametrize("role", [*Role, None])
def test_numbers_that_are_nothing_s_are_answered_kindly(office: OpenOffice, clock: Clock, role: Role | None) -> None:
    def scene(theatre: Theatre) -> None:
        if role:
            appoint_all(theatre, role)
        acts = {(does._deed, does._act) for _, handler in handlers() for does in filters(handler, DoesDeed)}
        pressed = [
            f"d1:{deed}:{act}:{about}"
            for deed, act in sorted(acts)
            for about in NUMBERS
            if len(f"d1:{deed}:{act}:{about}") <= 64
        ]
        assert "\n".join(fault for data in pressed for fault in _unmoved(theatre, data)) == ""

    play(office, clock, scene)


@pytest.mark.both_databases
@pytest.mark.parametrize("role", Role)
def test_a_screen_pressed_out_of_the_blue_with_any_value_breaks_nothing(
    office: OpenOffice, take: Import, clock: Clock, role: Role
) -> None:
    """With a ticket that is right, in a conversation that never came there."""
    scenery(office, take, clock)

    def scene(theatre: Theatre) -> None:
        appoint_all(theatre, role)
        ticket = theatre.ticket(SHE)
        screens = {(on._deed, on._screen) for _, handler in handlers() for on in filters(handler, OnScreen)}
        faults = []
        for deed, name in sorted(screens, key=str):
            for value in VALUES:
                data = ScreenPress(deed=deed or Deed.TAKE_IN, screen=name, value=value, ticket=ticket).pack()
                with theatre.undone():
                    if raised := theatre.presses(SHE, data).raised:
                        faults.append(f"{_shape(data)} raises {raised}")
        assert "\n".join(faults) == ""

    play(office, clock, scene)


def _unmoved(theatre: Theatre, data: str) -> Iterator[str]:
    """Any answer will do that is one, as long as nothing changes."""
    before = theatre.content()
    with theatre.undone():
        left = theatre.presses(SHE, data)
        if left.raised or not left.calls:
            yield f"{data!r}: {left.raised or 'no answer'}"
        if theatre.content() != before:
            yield f"{data!r} changes {_changed(before, theatre)}"


@pytest.mark.parametrize("words", commands())
def test_what_officials_type_says_nothing_to_a_resident(office: OpenOffice, clock: Clock, words: str) -> None:
    def scene(theatre: Theatre) -> None:
        before = theatre.content()
        for typed in (words, f"/{words}"):
            with theatre.undone():
                left = theatre.says(RESIDENT, typed)
                assert not left.raised
                assert left.buttons == []
                assert [call["text"] for call in left.calls] == [text("not-understood")]
                assert theatre.content() == before

    play(office, clock, scene)
