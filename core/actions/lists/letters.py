"""A list of letters that the office makes out with a program of its own: a letter is known by its holder and number.

1. It only ever moves a letter on, so an older list changes nothing.
2. A number takes the place of a letter that was asked for, or noted here without one.
3. While letters are stopped none is ready, and what was made out since is refused; give the list again afterwards.
4. Of a letter that is ready she is told; that it was issued or collected is told to nobody.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from core.actions.letter_steps import Paper
from core.actions.lists.letter_book import LetterBook
from core.actions.lists.taker import OVER, UNCHANGED, Does, Judged, ListTerms
from core.errors import NotFound, Refused
from core.files.lists.letters import LetterIs, ListedLetter
from core.questions.letter_holders import HeldLetter, LetterHolder, LetterHolders
from core.questions.letters import IN_FORCE, letter_stops, stopped_by
from core.questions.regions import office_zone
from core.rules.card import Stage
from core.rules.notices import Kind
from core.store.office import seal_of
from core.store.words import LetterState

_RANK = {LetterState.ASKED: 0, LetterState.ISSUED: 1, LetterState.READY: 2, LetterState.COLLECTED: 3}
_SAID = {
    LetterIs.ISSUED: LetterState.ISSUED,
    LetterIs.READY: LetterState.READY,
    LetterIs.COLLECTED: LetterState.COLLECTED,
}


class _Meant(NamedTuple):
    """Whom a row speaks of, the index of its number, and the letter that has it."""

    holder: LetterHolder
    number: bytes
    letter: HeldLetter | None


class _Chunk:
    """What is read once for some rows. Where they are taken, nobody else changes it meanwhile."""

    def __init__(self, session: Session, values: Sequence[ListedLetter], terms: ListTerms) -> None:
        self.seal = seal_of(session)
        self.zone = office_zone(session)
        self.stops = letter_stops(session)
        niks = {self._index("nik", value.nik) for value in values}
        numbers = {self._index("letter-number", value.number) for value in values}
        self.holders = LetterHolders(session, niks, numbers, today=terms.today, lock=not terms.ahead)
        self.book = LetterBook(self.holders, self.seal, terms)

    def meant(self, value: ListedLetter) -> _Meant:
        """NotFound where nobody has this NIK."""
        holder = self.holders.find(self._index("nik", value.nik))
        if holder is None:
            raise NotFound("nobody is known with this NIK; import the office's export first, or check the digits")
        index = self._index("letter-number", value.number)
        known = [one for one in holder.letters_of(value.kind) if one.number_index == index]
        return _Meant(holder, index, known[-1] if known else None)

    def is_stopped(self, holder: LetterHolder, value: ListedLetter, *, since_issue: bool) -> bool:
        """Whether letters are suspended for her. since_issue: since the day of issue or before."""
        recorded_on = holder.card.recorded_on if holder.card else None
        on = value.issued_on if since_issue else None
        return stopped_by(self.stops, self.zone, village=holder.village, recorded_on=recorded_on, on=on)

    def has_ended(self, holder: LetterHolder, value: ListedLetter) -> bool:
        """Her card was handed over since it was made out, or she has a letter of this kind that is newer."""
        card = holder.card
        if card is not None and card.stage is Stage.HANDED_OVER:
            since = card.stage_since.astimezone(self.zone).date()
            if value.issued_on <= since:
                return True
        return any(
            one.state in IN_FORCE and one.number_index and one.issued_on and one.issued_on > value.issued_on
            for one in holder.letters_of(value.kind)
        )

    def _index(self, kind: str, text: str) -> bytes:
        return self.seal.index(kind, text)


class LetterTaker:
    """Remembers, where it only looks ahead, the rows and numbers before."""

    at_least = 50

    def __init__(self, terms: ListTerms) -> None:
        self.terms = terms
        self._rows: set[ListedLetter] = set()
        self._holders: dict[str, str] = {}

    def begin(self, session: Session, values: Sequence[ListedLetter], card_ids: Sequence[int | None]) -> None:
        """Read what some rows need."""
        self._chunk = _Chunk(session, values, self.terms)

    def pass_over(self, value: ListedLetter) -> None:
        """Every row says by itself whether it is done already."""

    def judge(self, value: ListedLetter, card_id: int | None) -> Judged:
        """What a row would do."""
        meant = self._chunk.meant(value)
        holder, _, letter = meant
        if value.issued_on > self.terms.today:
            raise Refused("the day of issue is still to come; check its year")
        if letter is not None and letter.state is LetterState.VOID:
            return OVER
        if self._again(value) or (letter is not None and not _moves_on(letter, value)):
            return UNCHANGED
        if letter is None and self._chunk.has_ended(holder, value):
            return OVER
        self._refuse(value, meant)
        is_new = letter is None or _RANK[letter.state] < _RANK[LetterState.READY]
        tells = is_new and value.state is LetterIs.READY and self._is_valid(value)
        return Judged(Does.TAKEN, Kind.LETTER_READY, holder.id) if tells else Judged(Does.TAKEN)

    def take(self, value: ListedLetter, card_id: int | None) -> None:
        """Bring the letter as far as the row says."""
        book = self._chunk.book
        holder, _, letter = self._chunk.meant(value)
        if letter is None:
            paper = Paper(number=value.number, issued_on=value.issued_on, valid_until=value.valid_until)
            letter = book.with_paper(holder, value.kind, paper)
        rank = _RANK[letter.state]
        if value.state is LetterIs.READY and rank < _RANK[LetterState.READY]:
            book.ready(letter, tell=self.terms.tell and self._is_valid(value))
        if value.state is LetterIs.COLLECTED and rank < _RANK[LetterState.COLLECTED]:
            book.collected(letter)
        if value.valid_until and letter.valid_until and value.valid_until > letter.valid_until:
            book.prolong(letter, value.valid_until)

    def end(self, session: Session) -> None:
        """Write what the rows changed."""
        self._chunk.book.write(session)
        del self._chunk

    def _again(self, value: ListedLetter) -> bool:
        again = value in self._rows
        if self.terms.ahead:
            self._rows.add(value)
        return again

    def _is_valid(self, value: ListedLetter) -> bool:
        until = value.valid_until or self.terms.validity.until(value.kind, value.issued_on)
        return until >= self.terms.today

    def _refuse(self, value: ListedLetter, meant: _Meant) -> None:
        holder, number, letter = meant
        made_out = letter is None or letter.state is LetterState.ASKED
        readies = value.state is LetterIs.READY and (letter is None or letter.state is not LetterState.READY)
        issues = made_out and value.state is LetterIs.ISSUED
        stopped = self._chunk.is_stopped
        if (readies and stopped(holder, value, since_issue=False)) or (
            issues and stopped(holder, value, since_issue=True)
        ):
            raise Refused("letters are suspended; resume them first (kabar resume ID), then give the list again")
        is_anothers = self._chunk.holders.is_anothers(number, holder.id)
        if is_anothers or self._holders.get(value.number, value.nik) != value.nik:
            raise Refused("another person's letter in force has this number; check it on the paper")
        if self.terms.ahead:
            self._holders[value.number] = value.nik


def _moves_on(letter: HeldLetter, value: ListedLetter) -> bool:
    later = value.valid_until is not None and letter.valid_until is not None and value.valid_until > letter.valid_until
    return later or _RANK[_SAID[value.state]] > _RANK[letter.state]
