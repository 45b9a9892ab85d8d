"""Letters: a person's, whose a number is, whether they are stopped for her, and what a bank may know of one."""

import hmac
from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.questions.cards import newest_card
from core.questions.regions import office_zone
from core.questions.suspensions import open_suspensions, services_of, touches
from core.rules.answer import LetterKind
from core.rules.letters import Checked, read_number
from core.rules.receipt import read_slip_code
from core.rules.suspension import Service
from core.rules.unreadable import Unreadable
from core.store.office import seal_of
from core.store.tables import Letter, Resident, Suspension
from core.store.words import LetterState

#: Made out, and worth something until it is void or runs out.
IN_FORCE = (LetterState.ISSUED, LetterState.READY, LetterState.COLLECTED)
#: Waited for: its holder hears when letters stop.
NOT_READY = (LetterState.ASKED, LetterState.ISSUED)


def letters_of(session: Session, resident_id: int, kind: LetterKind | None = None) -> Sequence[Letter]:
    """Return a person's letters, oldest first."""
    query = select(Letter).where(Letter.resident_id == resident_id).order_by(Letter.id)
    return session.scalars(query.where(Letter.kind == kind) if kind else query).all()


def letter_number(session: Session, letter: Letter) -> str | None:
    """Return the number that stands on a letter."""
    return seal_of(session).open(letter.number_sealed) if letter.number_sealed else None


def number_holder(session: Session, number_index: bytes, *, today: date) -> int | None:
    """Return the resident whose letter in force has this number."""
    in_force = (Letter.state.in_(IN_FORCE), or_(Letter.valid_until.is_(None), Letter.valid_until >= today))
    return session.scalar(select(Letter.resident_id).where(Letter.number_index == number_index, *in_force).limit(1))


def letters_stopped(session: Session, resident: Resident, *, on: date | None = None) -> bool:
    """Whether letters are suspended for this person. on: only by what stopped on that day or before."""
    card = newest_card(session, resident.id)
    recorded_on = card.recorded_on if card else None
    stops = letter_stops(session)
    return stopped_by(stops, office_zone(session), village=resident.village, recorded_on=recorded_on, on=on)


def stopped_by(
    stops: Iterable[Suspension], zone: ZoneInfo, *, village: str, recorded_on: date | None, on: date | None = None
) -> bool:
    """The same, of some suspensions of letters that are known already."""
    return any(
        touches(stop, village=village, recorded_on=recorded_on)
        for stop in stops
        if on is None or stop.since.astimezone(zone).date() <= on
    )


def letter_stops(session: Session) -> list[Suspension]:
    """Return the open suspensions of letters."""
    return [one for one in open_suspensions(session) if Service.LETTERS in services_of(one)]


def check_letter(session: Session, number: str, secret: str, *, today: date) -> Checked:
    """Return what whoever is shown a letter may be told of it, by both its number and the secret printed on it.

    Both as typed. One answer for a number that is nobody's, a wrong secret and a letter that has none.
    """
    try:
        read = read_number(number)
    except Unreadable:
        return Checked.UNKNOWN
    seal = seal_of(session)
    told = seal.index("letter-secret", read_slip_code(secret) or "")
    query = select(Letter).where(Letter.number_index == seal.index("letter-number", read)).order_by(Letter.id.desc())
    for letter in session.scalars(query):
        if letter.secret_index and hmac.compare_digest(letter.secret_index, told):
            return _worth(letter, today)
    return Checked.UNKNOWN


def _worth(letter: Letter, today: date) -> Checked:
    if letter.state not in IN_FORCE:
        return Checked.VOID
    expired = letter.valid_until is not None and letter.valid_until < today
    return Checked.EXPIRED if expired else Checked.VALID
