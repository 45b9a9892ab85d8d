"""What the office and its residents do in the storm, and a book of who is owed what for it that is the town's own."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from core.actions.cards import move_card_of
from core.actions.contacts import add_contact
from core.actions.letters import letter_ready
from core.actions.suspensions import resume, suspend
from core.questions.cards import resident_by_nik
from core.questions.suspensions import open_suspensions
from core.rules.answer import LetterKind
from core.rules.card import Stage
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.rules.suspension import Cause, Service
from core.store.office import OpenOffice
from tests.chaos.cast import BOJONEGORO, Place, Providers, Resident, cast
from tests.chaos.schedule import Deed
from tests.offices import HEADER

T = TypeVar("T")

_OWED_FOR = {Stage.PRINTED: Kind.PRINTED, Stage.READY_FOR_PICKUP: Kind.READY}
_BY = "operator"

#: Runs a command of the operator: words, and whether it is killed in the middle and then run again.
Command = Callable[[Sequence[str], bool], None]


class Town:
    """An act that raises did not happen; one that returned is durable, and somebody is owed for it."""

    def __init__(
        self, simulator: Providers, people: int, folder: Path, command: Command, *, place: Place = BOJONEGORO
    ) -> None:
        self.residents = cast(simulator, people, place)
        self.folder = folder
        #: while it is open
        self.office: OpenOffice | None = None
        self._command = command
        self._lists = 0
        #: (who, what kind) -> how often it happened
        self.owed: Counter[tuple[int, Kind]] = Counter()
        #: who -> how often a card that was ready was taken back: told as such, or, to whom no word of it left, printed
        self.taken_back: Counter[int] = Counter()
        #: chat -> how many updates want a message in answer
        self.questions: Counter[int] = Counter()
        self.done: Counter[str] = Counter()

    def do(self, deed: Deed) -> None:
        """Everybody named does what the deed says, if it is for them to do."""
        act: Callable[[list[Resident]], None] = getattr(self, deed.name)
        act([self.residents[number] for number in deed.people])
        self.done[deed.name] += 1

    def write(self, act: Callable[[Session], T]) -> T:
        assert self.office is not None
        return self.office.write(act)

    def found(self) -> None:
        """Take everybody in, and link who is linked from the start."""
        self._take_in([one.row("PRR") for one in self.residents], "-1")
        for one in self.residents:
            if one.linked and one.chat:
                self.write(partial(_link, nik=one.nik, chat=str(one.chat.id)))

    # What the office does

    def cards_go_on(self, people: list[Resident]) -> None:
        for one in people:
            if (to := one.next_stage) is None:
                continue
            self.write(partial(move_card_of, nik=one.nik, to=to, now=_now(), by=_BY))
            if one.stage is Stage.READY_FOR_PICKUP and to is Stage.PRINTED:
                self.taken_back[one.number] += 1
            elif to in _OWED_FOR:
                self.owed[one.number, _OWED_FOR[to]] += 1
            one.steps += 1

    def letters_are_ready(self, people: list[Resident]) -> None:
        for one in people:
            if not one.has_letter:
                self.write(partial(letter_ready, nik=one.nik, kind=LetterKind.SUKET, now=_now(), by=_BY))
                self.owed[one.number, Kind.LETTER_READY] += 1
                one.has_letter = True

    def a_list_is_imported(self, people: list[Resident]) -> None:
        """Also of cards that are further by now, which no list takes back; half of them are cut off, and repeated."""
        self._take_in([one.row("CARD_PRINTED") for one in people], "0", killed=bool(people[0].number % 2))
        for one in people:
            if one.stage is Stage.PRINT_READY:
                self.owed[one.number, Kind.PRINTED] += 1
                one.steps += 1

    def printing_stops_or_is_back(self, _: list[Resident]) -> None:
        def change(session: Session) -> None:
            stops = open_suspensions(session)
            if stops:
                resume(session, stops[0].id, now=_now(), by=_BY)
            else:
                suspend(session, [Service.PRINTING], cause=Cause.SERVER, now=_now(), by=_BY)

        self.write(change)

    # What residents do

    def they_ask(self, people: list[Resident]) -> None:
        for one in people:
            self._says(one, f"KTP {one.nik} sudah jadi?")

    def somebody_asks_again_and_again(self, people: list[Resident]) -> None:
        for one in people:
            for _ in range(12):
                self._says(one, one.nik)

    def they_prove_themselves(self, people: list[Resident]) -> None:
        for one in people:
            if not one.linked:
                self._says(one, f"{one.nik} {one.receipt}")

    def they_agree(self, _: list[Resident]) -> None:
        """Whoever has the button, and not only those named."""
        for one in self.residents:
            if not one.linked and self._presses(one, "Setuju"):
                one.linked = True

    def they_press_coming(self, people: list[Resident]) -> None:
        for one in people:
            self._presses(one, "Saya Datang")

    def they_press_another_day(self, people: list[Resident]) -> None:
        for one in people:
            self._presses(one, "Hari Lain")

    def one_has_enough(self, people: list[Resident]) -> None:
        for one in people:
            self._says(one, "/berhenti")

    def one_blocks_the_bot(self, people: list[Resident]) -> None:
        for one in people:
            if one.chat:
                one.chat.block()

    def _says(self, one: Resident, text: str) -> None:
        if one.chat and not one.chat.has_blocked:
            one.chat.say(text)
            self.questions[one.chat.id] += 1

    def _presses(self, one: Resident, label: str) -> bool:
        if one.chat is None or one.chat.has_blocked:
            return False
        try:
            one.chat.press(label)
        except LookupError:
            return False
        return True

    def _take_in(self, rows: list[str], day: str, *, killed: bool = False) -> None:
        self._lists += 1
        path = self.folder / f"list-{self._lists}.csv"
        path.write_text("\n".join((HEADER, *rows)) + "\n")
        as_of = datetime.fromordinal(_now().toordinal() + int(day)).date()
        self._command(("import", str(path), "--as-of", str(as_of), "--tell"), killed)


def _now() -> datetime:
    return datetime.now(UTC)


def _link(session: Session, nik: str, chat: str) -> None:
    resident = resident_by_nik(session, nik)
    assert resident is not None
    consent = {"proof": "receipt", "how": "telegram", "text": "1", "now": _now(), "by": "resident"}
    add_contact(session, resident.id, Channel.TELEGRAM, chat, **consent)  # type: ignore[arg-type]
