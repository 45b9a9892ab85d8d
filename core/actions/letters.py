"""Substitute letters: asked for, issued, ready, collected, extended, and void once the card is handed over.

1. A person waits for one letter. One that was collected or ran out makes room for another only when she asks anew.
2. Its number is nobody else's while it is in force. It is sealed, and found by a keyed index.
3. While letters are suspended none is issued and none is ready. Asking, collecting and extending go on: they note what
   happened at the counter, and a letter that dies of an outage helps nobody.
4. Each step compares and sets, and appends a fact that says from where, so that a slip of the hand can be undone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actions.facts import Happened
from core.actions.letter_steps import (
    HANDED_OVER,
    Paper,
    awaited_letter,
    letter_fact,
    locked_resident,
    make_ready,
    mark_collected,
    new_letter,
    office_day,
    prolong,
    put_on_paper,
    void,
)
from core.errors import Refused
from core.questions.letters import IN_FORCE, letter_number, letters_of, letters_stopped
from core.rules.answer import LetterKind
from core.rules.letters import USUAL, Validity
from core.store.tables import Letter
from core.store.words import LetterState

_IDS_PER_QUERY = 500
_NOT_VOID = (LetterState.ASKED, *IN_FORCE)
_STOPPED = "letters are suspended; resume them first (kabar resume ID)"


@dataclass(frozen=True, slots=True)
class Step:
    """A letter after an action. done: whether the action changed anything; else the letter was so already."""

    letter: Letter
    done: bool


def ask_letter(session: Session, nik: str, kind: LetterKind, *, now: datetime, by: str) -> Letter:
    """Note that a person asked for a letter; one that she waits for already is returned as it is."""
    resident = locked_resident(session, nik)
    letter = awaited_letter(session, resident.id, kind, now=now, by=by)
    if letter is None:
        letter = new_letter(session, resident.id, kind, now=now)
        letter_fact(session, Happened.LETTER_ASKED, letter, now=now, by=by)
    return letter


def issue_letter(
    session: Session, nik: str, kind: LetterKind, paper: Paper, *, validity: Validity = USUAL, now: datetime, by: str
) -> Step:
    """Make out a person's letter, whether or not she asked; nobody is told before it is ready.

    Raises Refused while letters are suspended, when the number is somebody else's, or she has another letter in force.
    """
    resident = locked_resident(session, nik)
    letter = awaited_letter(session, resident.id, kind, now=now, by=by)
    held = letter_number(session, letter) if letter else None
    if letter is not None and held == paper.number:
        return Step(letter, done=False)
    if held is not None:
        raise Refused(
            f"she has a {kind} with another number that is {letter.state if letter else ''} already; "
            "if that number was mistyped: kabar letter undo NIK"
        )
    _refuse_collected(session, resident.id, kind, asked=letter is not None)
    if letters_stopped(session, resident):
        raise Refused(_STOPPED)
    letter = letter or new_letter(session, resident.id, kind, now=now)
    put_on_paper(session, letter, kind, paper, validity=validity, now=now, by=by)
    return Step(letter, done=True)


def letter_ready(
    session: Session, nik: str, kind: LetterKind, *, validity: Validity = USUAL, now: datetime, by: str
) -> Letter:
    """Note that a person's letter waits at the counter, and tell her; one that is ready already is left alone.

    Nobody need have asked for it, and then no fact says so; nor issued it, and then it is issued today, unnumbered.
    """
    resident = locked_resident(session, nik)
    letter = awaited_letter(session, resident.id, kind, now=now, by=by)
    if letter is not None and letter.state is LetterState.READY:
        return letter
    _refuse_collected(session, resident.id, kind, asked=letter is not None)
    if letters_stopped(session, resident):
        raise Refused(_STOPPED)
    letter = letter or new_letter(session, resident.id, kind, now=now)
    make_ready(session, letter, kind, validity, tell=True, now=now, by=by)
    return letter


def letter_collected(session: Session, nik: str, kind: LetterKind, *, now: datetime, by: str) -> Step:
    """Note that a person took her letter; a notice that it is ready does not leave any more."""
    resident = locked_resident(session, nik)
    letter = _in_force(session, resident.id, kind)
    if letter.state is LetterState.COLLECTED:
        return Step(letter, done=False)
    mark_collected(session, letter, now=now, by=by)
    return Step(letter, done=True)


def extend_letter(
    session: Session, nik: str, kind: LetterKind, *, validity: Validity = USUAL, now: datetime, by: str
) -> Step:
    """Let a person's letter be valid from today as long as a new one. Raises Refused when it is void or ran out."""
    resident = locked_resident(session, nik)
    letter = _in_force(session, resident.id, kind)
    today = office_day(session, now)
    if letter.valid_until is not None and letter.valid_until < today:
        raise Refused(
            f"her {kind} ran out on {letter.valid_until}, so it cannot be extended; issue another: "
            "kabar letter ask NIK, then kabar letter issue NIK --number NUMBER"
        )
    until = validity.until(kind, today)
    if letter.valid_until is not None and until <= letter.valid_until:
        return Step(letter, done=False)
    prolong(session, letter, until, now=now, by=by)
    return Step(letter, done=True)


def void_letters(session: Session, resident_ids: Collection[int], *, now: datetime, by: str) -> None:
    """A letter is handed back for the card, and void from then on."""
    ids = sorted(resident_ids)
    for start in range(0, len(ids), _IDS_PER_QUERY):
        some = ids[start : start + _IDS_PER_QUERY]
        query = select(Letter).where(Letter.resident_id.in_(some), Letter.state.in_(_NOT_VOID))
        void(session, session.scalars(query.with_for_update()).all(), HANDED_OVER, now=now, by=by)


def _refuse_collected(session: Session, resident_id: int, kind: LetterKind, *, asked: bool) -> None:
    """A list that is given twice must not make a second letter for whoever has hers."""
    if asked:
        return
    for letter in letters_of(session, resident_id, kind):
        if letter.state is LetterState.COLLECTED:
            raise Refused(
                f"she collected a {kind} that is valid until {letter.valid_until}; extend that one "
                "(kabar letter extend NIK), or note that she asks for another (kabar letter ask NIK)"
            )


def _in_force(session: Session, resident_id: int, kind: LetterKind) -> Letter:
    letters = letters_of(session, resident_id, kind)
    made_out = [letter for letter in letters if letter.state in IN_FORCE]
    if not made_out:
        stands = f"her last {kind} is {letters[-1].state}" if letters else f"no {kind} of hers is known"
        raise Refused(f"{stands}; make one out first: kabar letter issue NIK --number NUMBER")
    return made_out[-1]
