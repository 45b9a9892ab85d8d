"""The single steps of a letter, for one person's and for a list: each compares and sets, and appends a fact.

A fact says from which state the step went, so that a slip of the hand can be undone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.actions.notices import Debt, owe
from core.errors import NotFound, Overtaken, Refused
from core.questions.letters import IN_FORCE, letters_of, number_holder
from core.questions.regions import office_zone
from core.rules.answer import LetterKind
from core.rules.letters import Validity
from core.rules.notices import Kind
from core.store.office import seal_of
from core.store.per_database import alone_with
from core.store.tables import Fact, Letter, Resident
from core.store.words import LetterState

#: Why a letter is void.
HANDED_OVER, REPLACED, RAN_OUT = "handed-over", "replaced", "ran-out"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Paper:
    """What stands on a letter. number: as read_number gives it. secret: a code as drawn, or None if it has none.

    issued_on, valid_until: None for today, and as long as the settings say. Without a representation: no log gets it.
    """

    number: str
    secret: str | None = None
    issued_on: date | None = None
    valid_until: date | None = None


def put_on_paper(
    session: Session, letter: Letter, kind: LetterKind, paper: Paper, *, validity: Validity, now: datetime, by: str
) -> None:
    """Give a letter that has none its number. Raises Refused when somebody else's letter in force has it."""
    seal = seal_of(session)
    index = seal.index("letter-number", paper.number)
    alone_with(session, index)
    if number_holder(session, index, today=office_day(session, now)) not in (None, letter.resident_id):
        raise Refused("another person's letter in force has this number; check it on the paper")
    void_replaced(session, letter, kind, now=now, by=by)
    came_from = letter.state
    issued_on = paper.issued_on or letter.issued_on or office_day(session, now)
    changes: dict[str, Any] = {
        "kind": kind,
        "number_sealed": seal.seal(paper.number),
        "number_index": index,
        "secret_index": seal.index("letter-secret", paper.secret) if paper.secret else None,
        "issued_on": issued_on,
        "valid_until": paper.valid_until or letter.valid_until or validity.until(kind, issued_on),
    }
    if came_from is LetterState.ASKED:
        changes |= {"state": LetterState.ISSUED, "state_since": now}
    set_letter(session, letter, **changes)
    letter_fact(session, Happened.LETTER_ISSUED, letter, came_from, now=now, by=by)


def make_ready(
    session: Session,
    letter: Letter,
    kind: LetterKind,
    validity: Validity,
    *,
    tell: bool,
    now: datetime,
    by: str,
    batch: str | None = None,
) -> None:
    """Let an asked-for or issued letter be ready. batch: of the list that says so of many."""
    came_from = letter.state
    today = office_day(session, now)
    changes: dict[str, Any] = {"state": LetterState.READY, "state_since": now}
    if letter.issued_on is None:
        void_replaced(session, letter, kind, now=now, by=by)
        changes |= {"kind": kind, "issued_on": today, "valid_until": validity.until(kind, today)}
    set_letter(session, letter, **changes)
    fact_id = letter_fact(session, Happened.LETTER_READY, letter, came_from, now=now, by=by)
    if tell:
        debt = Debt(kind=Kind.LETTER_READY, resident_id=letter.resident_id, fact_id=fact_id, letter_id=letter.id)
        owe(session, [debt], now=now, batch=batch)


def mark_collected(session: Session, letter: Letter, *, now: datetime, by: str) -> None:
    """Let an issued or ready letter be collected."""
    came_from = letter.state
    set_letter(session, letter, state=LetterState.COLLECTED, state_since=now)
    letter_fact(session, Happened.LETTER_COLLECTED, letter, came_from, now=now, by=by)


def prolong(session: Session, letter: Letter, until: date, *, now: datetime, by: str) -> None:
    """Let a letter be valid until another day."""
    was = letter.valid_until.isoformat() if letter.valid_until else None
    set_letter(session, letter, valid_until=until)
    dates = {"was": was, "until": until.isoformat()}
    letter_fact(session, Happened.LETTER_EXTENDED, letter, letter.state, now=now, by=by, dates=dates)


def void_replaced(session: Session, letter: Letter, kind: LetterKind, *, now: datetime, by: str) -> None:
    """Of one kind a person has one letter: with another one made out, the one before is void."""
    others = [one for one in letters_of(session, letter.resident_id, kind) if one.id != letter.id]
    void(session, [one for one in others if one.state in IN_FORCE], REPLACED, now=now, by=by)


def void(session: Session, letters: Sequence[Letter], why: str, *, now: datetime, by: str) -> None:
    """Let letters be worth nothing any more."""
    if not letters:
        return
    facts = [
        {
            "at": now,
            "kind": Happened.LETTER_VOIDED,
            "by": by,
            "resident_id": letter.resident_id,
            "letter_id": letter.id,
            "details": {"letter": letter.kind, "from": letter.state, "why": why},
        }
        for letter in letters
    ]
    for letter in letters:
        letter.state, letter.state_since = LetterState.VOID, now
    session.flush()
    session.execute(insert(Fact), facts)


def locked_resident(session: Session, nik: str) -> Resident:
    """Return the person with this NIK; of two acts on her letters at once, one waits for the other."""
    index = seal_of(session).index("nik", nik)
    resident = session.scalar(select(Resident).where(Resident.nik_index == index).with_for_update())
    if resident is None:
        raise NotFound("nobody is known with this NIK; import the office's export first, or check the digits")
    return resident


def new_letter(session: Session, resident_id: int, kind: LetterKind, *, now: datetime) -> Letter:
    """Add a letter that somebody wants."""
    letter = Letter(resident_id=resident_id, kind=kind, state=LetterState.ASKED, state_since=now)
    session.add(letter)
    session.flush()
    return letter


def awaited_letter(session: Session, resident_id: int, kind: LetterKind, *, now: datetime, by: str) -> Letter | None:
    """Return the letter that is asked for, or one of this kind that was not collected; void what ran out meanwhile."""
    today = office_day(session, now)
    letters = letters_of(session, resident_id)
    ran_out = [one for one in letters if one.state in IN_FORCE and one.valid_until and one.valid_until < today]
    void(session, [one for one in ran_out if one.kind is kind], RAN_OUT, now=now, by=by)
    made_out = (LetterState.READY, LetterState.ISSUED)
    asked = [one for one in letters if one.state is LetterState.ASKED]
    return next(iter([one for one in letters if one.state in made_out and one.kind is kind] or asked), None)


def last_step(session: Session, letter: Letter) -> Fact | None:
    """Return the last thing that happened to a letter itself; that its end was told is none of them."""
    told = (Happened.LETTER_EXPIRING,)
    query = select(Fact).where(
        Fact.resident_id == letter.resident_id, Fact.letter_id == letter.id, Fact.kind.not_in(told)
    )
    return session.scalar(query.where(Fact.kind.startswith("letter-")).order_by(Fact.id.desc()).limit(1))


def letter_fact(
    session: Session,
    kind: Happened,
    letter: Letter,
    came_from: LetterState | None = None,
    *,
    now: datetime,
    by: str,
    dates: dict[str, str | None] | None = None,
) -> int:
    """Append what happened to a letter: from which state, and for an extension from and to which day."""
    details = {"letter": letter.kind} | ({"from": came_from} if came_from else {}) | (dates or {})
    ids = {"resident_id": letter.resident_id, "letter_id": letter.id}
    return append_fact(session, kind, now=now, by=by, details=details, **ids)


def set_letter(session: Session, letter: Letter, **changes: object) -> None:
    """Compare and set. Raises Overtaken when it changed meanwhile, as by the hand-over of the card."""
    same = (
        Letter.id == letter.id,
        Letter.state == letter.state,
        Letter.valid_until.is_not_distinct_from(letter.valid_until),
    )
    changed = session.execute(update(Letter).where(*same).values(changes).execution_options(synchronize_session=False))
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has a row count
        raise Overtaken(
            "the letter was changed by somebody else meanwhile; look at it again: kabar status NIK --office"
        )
    session.refresh(letter)


def office_day(session: Session, now: datetime) -> date:
    """Return the day that it is at the office."""
    return now.astimezone(office_zone(session)).date()
