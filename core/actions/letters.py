"""Substitute letters: asked for, and ready. Refused while letters are suspended."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.actions.notices import Debt, owe
from core.errors import NotFound, Refused
from core.questions.cards import newest_card, resident_by_nik
from core.questions.regions import office_zone
from core.questions.suspensions import open_suspensions, services_of, touches
from core.rules.answer import LetterKind
from core.rules.notices import Kind
from core.rules.suspension import Service
from core.store.tables import Letter, Resident
from core.store.words import LetterState

#: Usually six months (Director General's letter 471.13/10231/DUKCAPIL of 29 September 2016).
VALID_DAYS = 183

_IDS_PER_QUERY = 500
_OPEN = (LetterState.ASKED, LetterState.READY)


def ask_letter(session: Session, nik: str, kind: LetterKind, *, now: datetime, by: str) -> Letter:
    """Note that a person asked for a letter; one that is asked for or ready already is returned as it is."""
    resident = _resident(session, nik)
    letter = _open_letter(session, resident.id, kind, now=now)
    if letter is None:
        letter = _new_letter(session, resident.id, kind, now=now)
        _fact(session, Happened.LETTER_ASKED, letter, now=now, by=by)
    return letter


def letter_ready(session: Session, nik: str, kind: LetterKind, *, now: datetime, by: str) -> Letter:
    """Issue a person's letter and tell her that it is ready; one that is ready already is left alone.

    Nobody need have asked for it, and then no fact says so.
    """
    resident = _resident(session, nik)
    if _stopped_for(session, resident):
        raise Refused("letters are suspended; resume them first (kabar resume ID)")
    letter = _open_letter(session, resident.id, kind, now=now) or _new_letter(session, resident.id, kind, now=now)
    if letter.state is LetterState.READY:
        return letter
    today = now.astimezone(office_zone(session)).date()
    letter.state, letter.state_since = LetterState.READY, now
    letter.issued_on, letter.valid_until = today, today + timedelta(days=VALID_DAYS)
    session.flush()
    fact_id = _fact(session, Happened.LETTER_READY, letter, now=now, by=by)
    debt = Debt(kind=Kind.LETTER_READY, resident_id=letter.resident_id, fact_id=fact_id, letter_id=letter.id)
    owe(session, [debt], now=now)
    return letter


def _stopped_for(session: Session, resident: Resident) -> bool:
    card = newest_card(session, resident.id)
    recorded_on = card.recorded_on if card else None
    return any(
        Service.LETTERS in services_of(suspension)
        and touches(suspension, village=resident.village, recorded_on=recorded_on)
        for suspension in open_suspensions(session)
    )


def _resident(session: Session, nik: str) -> Resident:
    resident = resident_by_nik(session, nik)
    if resident is None:
        raise NotFound("nobody is known with this NIK; import the office's export first, or check the digits")
    return resident


def void_letters(session: Session, resident_ids: Collection[int], *, now: datetime) -> None:
    """A letter is handed back for the card, and void from then on."""
    ids = sorted(resident_ids)
    for start in range(0, len(ids), _IDS_PER_QUERY):
        session.execute(
            update(Letter)
            .where(Letter.resident_id.in_(ids[start : start + _IDS_PER_QUERY]), Letter.state.in_(_OPEN))
            .values(state=LetterState.VOID, state_since=now)
        )


def _new_letter(session: Session, resident_id: int, kind: LetterKind, *, now: datetime) -> Letter:
    letter = Letter(resident_id=resident_id, kind=kind, state=LetterState.ASKED, state_since=now)
    session.add(letter)
    session.flush()
    return letter


def _open_letter(session: Session, resident_id: int, kind: LetterKind, *, now: datetime) -> Letter | None:
    """The letter that is asked for, or ready and of this kind; one that is no longer valid is void."""
    ready = (Letter.state == LetterState.READY) & (Letter.kind == kind)
    letter = session.scalar(
        select(Letter).where(Letter.resident_id == resident_id, (Letter.state == LetterState.ASKED) | ready)
    )
    today = now.astimezone(office_zone(session)).date()
    if letter is not None and letter.valid_until is not None and letter.valid_until < today:
        letter.state, letter.state_since = LetterState.VOID, now
        return None
    return letter


def _fact(session: Session, kind: Happened, letter: Letter, *, now: datetime, by: str) -> int:
    return append_fact(
        session,
        kind,
        now=now,
        by=by,
        resident_id=letter.resident_id,
        letter_id=letter.id,
        details={"letter": letter.kind},
    )
