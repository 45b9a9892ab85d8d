"""Who needs an officer, and why: the national system's word for it, or that no word came for too long."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, or_, select
from sqlalchemy.orm import Session

from core.errors import InputError, NotFound
from core.questions.centre import Centre
from core.questions.regions import DISTRICT_LENGTH, example_village, office_zone
from core.questions.residents import region_name
from core.rules.card import Stage
from core.rules.nik import mask
from core.rules.siak import SHORT_FORMS, Siak, read_status, stage_of
from core.store.office import seal_of
from core.store.tables import Card, Region, Resident

#: Too long at the centre: the status is that of a card that is well.
OVERDUE = "SFE"
#: Moved there by hand, or by a word that is not known here.
OTHER = "other"
_Found = Row[*tuple[Any, ...]]
_SHORT = {status: short for short, status in SHORT_FORMS.items()}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One person who needs an officer. nik: masked; village, district: by name and code; why: as `word_for` says it.

    waits: no card was moved for it yet; only the answers say so.
    """

    resident_id: int
    district: str
    village: str
    nik: str
    why: str
    since: date
    waits: bool


def word_for(status: str | None) -> str:
    """The short form of what the national system says, the long one where there is none; else OTHER."""
    known = read_status(status or "")
    if known is Siak.SENT_FOR_ENROLLMENT:
        return OVERDUE
    if known is None or stage_of(known) is not Stage.NEEDS_OFFICER:
        return OTHER
    return _SHORT.get(known, known.value)


def kind_named(word: str) -> str:
    """The kind of trouble that was typed, short or long; InputError names all there are."""
    kinds = [OVERDUE, *(word_for(status) for status in Siak if stage_of(status) is Stage.NEEDS_OFFICER), OTHER]
    known = read_status(word)
    named = word_for(known.value) if known else word.strip().lower()
    if named not in kinds or (known and named == OTHER):
        raise InputError(f"--kind knows only: {', '.join(kinds)}")
    return named


def trouble_counts(session: Session, *, region: str | None = None, today: date) -> Counter[tuple[str, str]]:
    """Return how many need an officer, by district (name and code) and by why."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in _moved(session, region):
        counts[row.village[:DISTRICT_LENGTH], word_for(row.siak_status)] += 1
    for row in _overdue(session, region, today):
        counts[row.village[:DISTRICT_LENGTH], OVERDUE] += 1
    named = {code: region_name(session, code) for code, _ in counts}
    return Counter({(named[code], why): number for (code, why), number in counts.items()})


def troubles(session: Session, *, kind: str | None = None, region: str | None = None, today: date) -> list[Trouble]:
    """Return who needs an officer, by district and village, who has waited longest first."""
    zone = office_zone(session)
    found = [(row, row.stage_since.astimezone(zone).date(), False) for row in _moved(session, region)]
    found += [(row, row.siak_since, True) for row in _overdue(session, region, today)]
    names: dict[str, str] = {}
    for row, _, _ in found:
        for code in (row.village, row.village[:DISTRICT_LENGTH]):
            if code not in names:
                names[code] = region_name(session, code)
    seal = seal_of(session)
    return [
        Trouble(
            row.resident_id,
            names[row.village[:DISTRICT_LENGTH]],
            names[row.village],
            mask(seal.open(row.nik_sealed)),
            word_for(row.siak_status),
            since,
            waits,
        )
        for row, since, waits in sorted(found, key=lambda one: (one[0].village, one[1], one[0].id))
        if kind in (None, word_for(row.siak_status))
    ]


def _moved(session: Session, region: str | None) -> Sequence[_Found]:
    return session.execute(_cards(session, region).where(Card.stage == Stage.NEEDS_OFFICER)).all()


def _overdue(session: Session, region: str | None, today: date) -> Iterator[_Found]:
    """Those at the centre for too long whose card the daily look has not moved yet."""
    centre = Centre(session)
    query = _cards(session, region).where(
        Card.stage == Stage.AT_CENTRE, Card.siak_status == Siak.SENT_FOR_ENROLLMENT.value, Card.siak_since.is_not(None)
    )
    for row in session.execute(query):
        terms = {"since": row.siak_since, "village": row.village, "recorded_on": row.recorded_on}
        if centre.is_stuck(Siak.SENT_FOR_ENROLLMENT, today=today, **terms):
            yield row


def _cards(session: Session, region: str | None) -> Select[*tuple[Any, ...]]:
    query = select(
        Card.id,
        Card.resident_id,
        Card.siak_status,
        Card.stage_since,
        Card.siak_since,
        Card.recorded_on,
        Resident.village,
        Resident.nik_sealed,
    ).join(Resident, Resident.id == Card.resident_id)
    if region is None:
        return query
    if session.get(Region, region) is None:
        raise NotFound(f"{region} is not a region of this office; a code looks like {example_village(session)}")
    return query.where(or_(Resident.village == region, Resident.village.startswith(f"{region}.", autoescape=True)))
