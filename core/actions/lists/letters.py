"""A list of letters that the office makes out with a program of its own: a letter is known by its holder and number.

1. It only ever moves a letter on, so an older list changes nothing.
2. A number takes the place of a letter that was asked for, or noted here without one.
3. While letters are stopped none is ready, and what was made out since is refused; give the list again afterwards.
4. Of a letter that is ready she is told; that it was issued or collected is told to nobody.
"""

from sqlalchemy.orm import Session

from core.actions.letter_steps import (
    Paper,
    awaited_letter,
    locked_resident,
    make_ready,
    mark_collected,
    new_letter,
    prolong,
    put_on_paper,
)
from core.actions.lists.taker import OVER, UNCHANGED, Does, Judged, ListTerms
from core.errors import NotFound, Refused
from core.files.lists.letters import LetterIs, ListedLetter
from core.questions.cards import newest_card, resident_by_nik
from core.questions.letters import IN_FORCE, letters_of, letters_stopped, number_holder
from core.questions.regions import office_zone
from core.rules.card import Stage
from core.rules.notices import Kind
from core.store.office import seal_of
from core.store.tables import Letter, Resident
from core.store.words import LetterState

_RANK = {LetterState.ASKED: 0, LetterState.ISSUED: 1, LetterState.READY: 2, LetterState.COLLECTED: 3}
_SAID = {
    LetterIs.ISSUED: LetterState.ISSUED,
    LetterIs.READY: LetterState.READY,
    LetterIs.COLLECTED: LetterState.COLLECTED,
}


class LetterTaker:
    """Remembers, where it only looks ahead, the rows and numbers before."""

    def __init__(self, terms: ListTerms) -> None:
        self.terms = terms
        self._rows: set[ListedLetter] = set()
        self._holders: dict[str, str] = {}

    def pass_over(self, value: ListedLetter) -> None:
        """Every row says by itself whether it is done already."""

    def judge(self, session: Session, value: ListedLetter, card_id: int | None) -> Judged:
        """What a row would do."""
        resident = resident_by_nik(session, value.nik)
        if resident is None:
            raise NotFound("nobody is known with this NIK; import the office's export first, or check the digits")
        if value.issued_on > self.terms.today:
            raise Refused("the day of issue is still to come; check its year")
        letter = _same(session, resident, value)
        if letter is not None and letter.state is LetterState.VOID:
            return OVER
        if self._again(value) or (letter is not None and not _moves_on(letter, value)):
            return UNCHANGED
        if letter is None and self._has_ended(session, resident, value):
            return OVER
        self._refuse(session, resident, value, letter)
        is_new = letter is None or _RANK[letter.state] < _RANK[LetterState.READY]
        tells = is_new and value.state is LetterIs.READY and self._is_valid(value)
        return Judged(Does.TAKEN, Kind.LETTER_READY, resident.id) if tells else Judged(Does.TAKEN)

    def take(self, session: Session, value: ListedLetter, card_id: int | None) -> None:
        """Bring the letter as far as the row says."""
        terms = self.terms
        who = {"now": terms.now, "by": terms.by}
        resident = locked_resident(session, value.nik)
        letter = _same(session, resident, value)
        if letter is None:
            awaited = awaited_letter(session, resident.id, value.kind, **who)  # type: ignore[arg-type]
            letter = awaited if awaited is not None and awaited.number_index is None else None
            letter = letter or new_letter(session, resident.id, value.kind, now=terms.now)
            paper = Paper(number=value.number, issued_on=value.issued_on, valid_until=value.valid_until)
            put_on_paper(session, letter, value.kind, paper, validity=terms.validity, now=terms.now, by=terms.by)
        rank = _RANK[letter.state]
        if value.state is LetterIs.READY and rank < _RANK[LetterState.READY]:
            tell = terms.tell and self._is_valid(value)
            make_ready(
                session, letter, value.kind, terms.validity, tell=tell, now=terms.now, by=terms.by, batch=terms.batch
            )
        if value.state is LetterIs.COLLECTED and rank < _RANK[LetterState.COLLECTED]:
            mark_collected(session, letter, now=terms.now, by=terms.by)
        if value.valid_until and letter.valid_until and value.valid_until > letter.valid_until:
            prolong(session, letter, value.valid_until, now=terms.now, by=terms.by)

    def _again(self, value: ListedLetter) -> bool:
        again = value in self._rows
        if self.terms.ahead:
            self._rows.add(value)
        return again

    def _is_valid(self, value: ListedLetter) -> bool:
        until = value.valid_until or self.terms.validity.until(value.kind, value.issued_on)
        return until >= self.terms.today

    def _refuse(self, session: Session, resident: Resident, value: ListedLetter, letter: Letter | None) -> None:
        made_out = letter is None or letter.state is LetterState.ASKED
        readies = value.state is LetterIs.READY and (letter is None or letter.state is not LetterState.READY)
        issues = made_out and value.state is LetterIs.ISSUED
        if (readies and letters_stopped(session, resident)) or (
            issues and letters_stopped(session, resident, on=value.issued_on)
        ):
            raise Refused("letters are suspended; resume them first (kabar resume ID), then give the list again")
        index = seal_of(session).index("letter-number", value.number)
        other = number_holder(session, index, today=self.terms.today) not in (None, resident.id)
        if other or self._holders.get(value.number, value.nik) != value.nik:
            raise Refused("another person's letter in force has this number; check it on the paper")
        if self.terms.ahead:
            self._holders[value.number] = value.nik

    def _has_ended(self, session: Session, resident: Resident, value: ListedLetter) -> bool:
        """Her card was handed over since it was made out, or she has a letter of this kind that is newer."""
        card = newest_card(session, resident.id)
        if card is not None and card.stage is Stage.HANDED_OVER:
            since = card.stage_since.astimezone(office_zone(session)).date()
            if value.issued_on <= since:
                return True
        return any(
            one.state in IN_FORCE and one.number_index and one.issued_on and one.issued_on > value.issued_on
            for one in letters_of(session, resident.id, value.kind)
        )


def _same(session: Session, resident: Resident, value: ListedLetter) -> Letter | None:
    """The letter that this row is about, if it is known by its number."""
    index = seal_of(session).index("letter-number", value.number)
    known = [one for one in letters_of(session, resident.id, value.kind) if one.number_index == index]
    return known[-1] if known else None


def _moves_on(letter: Letter, value: ListedLetter) -> bool:
    later = value.valid_until is not None and letter.valid_until is not None and value.valid_until > letter.valid_until
    return later or _RANK[_SAID[value.state]] > _RANK[letter.state]
