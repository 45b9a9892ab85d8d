"""Taking back a letter's last step, where a clerk mistyped; what somebody was told of stays.

1. One step, the last one. Asking, issuing, being ready, collecting and extending can be taken back.
2. "It is ready" stays once that was told, or may have been: she may be on her way.
3. A letter that is void because the card was handed over comes back when that hand-over is undone.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened
from core.actions.letter_steps import HANDED_OVER, last_step, letter_fact, locked_resident, set_letter
from core.errors import Refused
from core.questions.letters import letters_of
from core.rules.answer import LetterKind
from core.rules.letters import WARNED_BEFORE
from core.rules.notices import Kind
from core.store.delivery_tables import Message, Notice
from core.store.tables import Fact, Letter
from core.store.words import REACHED, LetterState, NoticeState

_STEPS = (
    Happened.LETTER_ASKED,
    Happened.LETTER_ISSUED,
    Happened.LETTER_READY,
    Happened.LETTER_COLLECTED,
    Happened.LETTER_EXTENDED,
)
_NO_NUMBER = {"number_sealed": None, "number_index": None, "secret_index": None}
_NOT_ISSUED = {"issued_on": None, "valid_until": None}


def undo_letter(session: Session, nik: str, kind: LetterKind, *, now: datetime, by: str) -> tuple[Letter, Happened]:
    """Take back the last step of a person's newest letter; return the letter and what was taken back.

    Raises Refused, saying what stays, when that cannot be.
    """
    resident = locked_resident(session, nik)
    letters = letters_of(session, resident.id, kind)
    if not letters:
        raise Refused(f"no {kind} of hers is known, so there is nothing to take back")
    letter = letters[-1]
    fact = last_step(session, letter)
    step = Happened(fact.kind) if fact else None
    if fact is None or step not in _STEPS:
        raise Refused(_stays(letter, step))
    if step is Happened.LETTER_READY:
        _untell(session, fact, now=now)
    set_letter(session, letter, **_before(session, letter, fact, step, now=now))
    letter_fact(session, Happened.LETTER_UNDONE, letter, now=now, by=by, dates={"undone": step})
    return letter, step


def restore_letters(session: Session, resident_id: int, *, handed_over_at: datetime, now: datetime, by: str) -> None:
    """Put letters that a hand-over made void back in force: it was noted by mistake."""
    void = (Letter.resident_id == resident_id, Letter.state == LetterState.VOID, Letter.state_since >= handed_over_at)
    for letter in session.scalars(select(Letter).where(*void)).all():
        fact = last_step(session, letter)
        if fact is not None and fact.details.get("why") == HANDED_OVER:
            set_letter(session, letter, state=LetterState(fact.details["from"]), state_since=now)
            letter_fact(session, Happened.LETTER_UNDONE, letter, now=now, by=by, dates={"undone": Happened(fact.kind)})


def _stays(letter: Letter, step: Happened | None) -> str:
    if step is Happened.LETTER_UNDONE:
        return f"the last step was taken back already, and the {letter.kind} is {letter.state}; that stays"
    if letter.state is LetterState.VOID:
        return f"the {letter.kind} is void, and that stays; where a hand-over was mistyped, undo that"
    return f"of this {letter.kind} it is not known what happened last; it stays {letter.state}"


def _before(session: Session, letter: Letter, fact: Fact, step: Happened, *, now: datetime) -> dict[str, Any]:
    """What the letter was before its last step."""
    if step is Happened.LETTER_EXTENDED:
        was = date.fromisoformat(fact.details["was"]) if fact.details["was"] else None
        return {"valid_until": was, "expiry_told": was if was and _was_warned(session, letter, was) else None}
    if step is Happened.LETTER_ASKED:
        return {"state": LetterState.VOID, "state_since": now}
    came_from = LetterState(fact.details["from"])
    changes: dict[str, Any] = {"state": came_from, "state_since": now}
    if step is Happened.LETTER_ISSUED:
        changes |= _NO_NUMBER
    if came_from is LetterState.ASKED:
        changes |= _NOT_ISSUED | _NO_NUMBER
        if not _was_asked(session, letter):
            changes["state"] = LetterState.VOID
    return changes


def _was_asked(session: Session, letter: Letter) -> bool:
    of_letter = (Fact.resident_id == letter.resident_id, Fact.letter_id == letter.id)
    return session.scalar(select(Fact.id).where(*of_letter, Fact.kind == Happened.LETTER_ASKED).limit(1)) is not None


def _was_warned(session: Session, letter: Letter, last_day: date) -> bool:
    """Whether she was told, or may have been, that this day is the last one."""
    query = select(Notice.created_at).where(
        Notice.resident_id == letter.resident_id,
        Notice.letter_id == letter.id,
        Notice.kind == Kind.LETTER_EXPIRING,
        Notice.state.in_(REACHED),
    )
    return any(at.date() >= last_day - WARNED_BEFORE for at in session.scalars(query))


def _untell(session: Session, fact: Fact, *, now: datetime) -> None:
    """End the notice that waits. Raises Refused when it left, or may have: the sender waits for this, or we for it."""
    of_step = (Notice.resident_id == fact.resident_id, Notice.fact_id == fact.id)
    in_doubt = exists().where(Message.id == Notice.message_id, Message.doubts > 0)
    ended = {"state": NoticeState.OVERTAKEN, "ended_at": now, "why": "undone"}
    waiting = (*of_step, Notice.state == NoticeState.WAITING, ~in_doubt)
    session.execute(update(Notice).where(*waiting).values(ended).execution_options(synchronize_session=False))
    still = or_(Notice.state.in_(REACHED), Notice.state == NoticeState.WAITING)
    told = session.execute(select(Notice.channel).where(*of_step, still)).first()
    if told is not None:
        raise Refused(
            f"she was told by {told.channel} that it is ready, or may have been, so that stays; "
            "put it at the counter, or call her"
        )
