"""Some people and their letters, read at once for a chunk of a list: what they hold, and whose a number is."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.questions.letters import IN_FORCE
from core.rules.answer import LetterKind
from core.rules.card import Stage
from core.store.per_database import alone_with_each
from core.store.ready import table_of
from core.store.tables import Card, Letter, Resident
from core.store.words import LetterState

_residents, _cards, _letters = (table_of(table).c for table in (Resident, Card, Letter))
_HELD = (
    *(_letters.id, _letters.resident_id, _letters.kind, _letters.state, _letters.number_index),
    *(_letters.issued_on, _letters.valid_until),
)


@dataclass(slots=True, eq=False, repr=False)
class HeldLetter:
    """A letter as it is within the transaction. id: None until it is written. number_sealed: where it got one now."""

    id: int | None
    resident_id: int
    kind: LetterKind
    state: LetterState
    number_index: bytes | None = None
    issued_on: date | None = None
    valid_until: date | None = None
    number_sealed: bytes | None = None


@dataclass(frozen=True, slots=True)
class NewestCard:
    """What a letter asks of its holder's newest card."""

    stage: Stage
    stage_since: datetime
    recorded_on: date | None


@dataclass(frozen=True, slots=True, eq=False)
class LetterHolder:
    """letters: oldest first, of every kind; whoever changes them keeps the list."""

    id: int
    village: str
    card: NewestCard | None
    letters: list[HeldLetter]

    def letters_of(self, kind: LetterKind) -> Iterator[HeldLetter]:
        """Her letters of one kind, oldest first."""
        return (letter for letter in self.letters if letter.kind is kind)


class LetterHolders:
    """By the keyed indexes of their NIKs; and the letters in force by the indexes of their numbers."""

    def __init__(
        self, session: Session, niks: Collection[bytes], numbers: Collection[bytes], *, today: date, lock: bool
    ) -> None:
        """lock: nobody else changes their letters, or gives one of the numbers, until the transaction ends."""
        self._today = today
        people = select(_residents.id, _residents.nik_index, _residents.village).where(_residents.nik_index.in_(niks))
        people = people.order_by(_residents.id)
        found = session.execute(people.with_for_update() if lock else people).all()
        if lock:
            alone_with_each(session, numbers)
        ids = [row.id for row in found]
        letters = select(*_HELD).where(_letters.resident_id.in_(ids)).order_by(_letters.id)
        held = [HeldLetter(*row) for row in session.execute(letters.with_for_update() if lock else letters)]
        of_person: defaultdict[int, list[HeldLetter]] = defaultdict(list)
        for letter in held:
            of_person[letter.resident_id].append(letter)
        cards = _newest_cards(session, ids)
        self._by_nik = {
            row.nik_index: LetterHolder(row.id, row.village, cards.get(row.id), of_person[row.id]) for row in found
        }
        self._numbered = self._in_force(session, numbers, {letter.id: letter for letter in held})

    def find(self, nik_index: bytes) -> LetterHolder | None:
        """Return the person with this NIK."""
        return self._by_nik.get(nik_index)

    def is_anothers(self, number_index: bytes, resident_id: int) -> bool:
        """Whether another person's letter in force has this number."""
        return any(
            letter.resident_id != resident_id and self._is_in_force(letter) for letter in self._numbered[number_index]
        )

    def number_given(self, letter: HeldLetter) -> None:
        """Know a letter by the number that it was given just now."""
        if letter.number_index is not None:
            self._numbered[letter.number_index].append(letter)

    def _is_in_force(self, letter: HeldLetter) -> bool:
        return letter.state in IN_FORCE and (letter.valid_until is None or letter.valid_until >= self._today)

    def _in_force(
        self, session: Session, numbers: Iterable[bytes], known: dict[int | None, HeldLetter]
    ) -> defaultdict[bytes, list[HeldLetter]]:
        """With the same objects for the people's own letters, so that what becomes of these is seen here."""
        numbered: defaultdict[bytes, list[HeldLetter]] = defaultdict(list)
        query = select(*_HELD).where(_letters.number_index.in_(set(numbers)), _letters.state.in_(IN_FORCE))
        for row in session.execute(query):
            numbered[row.number_index].append(known.get(row.id) or HeldLetter(*row))
        return numbered


def _newest_cards(session: Session, ids: Collection[int]) -> dict[int, NewestCard]:
    query = select(_cards.resident_id, _cards.stage, _cards.stage_since, _cards.recorded_on)
    rows = session.execute(query.where(_cards.resident_id.in_(ids)).order_by(_cards.id))
    return {row.resident_id: NewestCard(*row[1:]) for row in rows}
