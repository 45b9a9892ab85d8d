"""Taking rows of an office's export into the database, a chunk in one transaction.

What a row means is `core.rules.imports`; here it becomes inserts, compare-and-set updates, facts and notices.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, update
from sqlalchemy.orm import Session

from core.actions.desk import settle_gone
from core.actions.facts import Happened
from core.actions.letters import void_letters
from core.actions.listed_phones import CONSENT, listed_consent, replace_listed_phone
from core.actions.notices import Debt, owe
from core.actions.outside_plans import note_prints_of_import, print_changes
from core.actions.sealed_rows import ADDRESS, CARD, PERSON, SealedRow
from core.actions.slips import void_slips
from core.questions.centre import Centre
from core.questions.imports import Known, known_people
from core.questions.regions import office_row, office_zone, pickup_points
from core.rules.card import OPEN, PRINTED_FROM, Stage, is_print
from core.rules.imports import Verdict, judge
from core.rules.notices import ON_ARRIVAL, Kind
from core.rules.siak import read_status
from core.store.bulk import insert_rows, json_text, moment_text
from core.store.ids import reserve_ids
from core.store.tables import Card, Contact, Fact, ImportRun, Resident

_AT_A_PLACE = frozenset({Stage.SHIPPED, Stage.READY_FOR_PICKUP})
_PLACED = ("stage", "stage_since", "pickup_point")
_SEEN = ("siak_status", "siak_as_of", "siak_since")
_FACT = ("id", "at", "kind", "by", "resident_id", "card_id", "details")
#: Columns of a row that hold days, for the few rows that are written one by one.
_DAYS = frozenset({"applied_on", "recorded_on", "queued_on", "print_not_before"})
_CARDS = cast(Table, Card.__table__)
_IDS_PER_QUERY = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportTerms:
    """What holds for a whole import. announce_new: also tell people whose card is seen for the first time."""

    run_id: int
    as_of: date
    now: datetime
    by: str
    tell: bool
    announce_new: bool = False


def begin_import(session: Session, *, file_digest: str, as_of: date, now: datetime, by: str) -> int:
    """Note that an import began; return its id."""
    run = ImportRun(file_digest=file_digest, as_of=as_of, by=by, started_at=now, cursor=0, counts={})
    session.add(run)
    session.flush()
    return run.id


def end_import(session: Session, run_id: int, *, now: datetime) -> Counter[str]:
    """Note that every row is in, so that answers may say "data as of" its day; return the counts by verdict."""
    run = session.get_one(ImportRun, run_id)
    run.ended_at = run.ended_at or now  # two may come to the end of one
    return Counter(run.counts)


def verdict_of(sealed: SealedRow, known: Known | None, as_of: date) -> Verdict:
    """Return what a row does to the person we have."""
    seen = known.card if known else None
    return judge(seen, status=sealed.status, stage=sealed.stage, as_of=as_of, applied_on=sealed.applied_on)


def first_stage(sealed: SealedRow, as_of: date, centre: Centre) -> Stage:
    """Return the stage of a card seen for the first time: one that is stuck at the centre needs an officer."""
    row = sealed.row
    stuck = centre.is_stuck(
        read_status(sealed.status),
        since=row.recorded_on or as_of,
        today=as_of,
        village=row.village,
        recorded_on=row.recorded_on,
    )
    return Stage.NEEDS_OFFICER if stuck else (sealed.stage or Stage.RECORDED)


def told_kind(verdict: Verdict, stage: Stage | None, *, announce_new: bool) -> Kind | None:
    """Return the notice that a row makes us owe, if any."""
    observed = verdict is Verdict.MOVED or (announce_new and verdict in (Verdict.NEW, Verdict.REISSUED))
    return ON_ARRIVAL.get(stage) if observed and stage else None


def take_rows(session: Session, rows: Sequence[SealedRow], terms: ImportTerms, *, cursor: int) -> Counter[str]:
    """Take a chunk of rows and move the import's cursor with them; return how many of each verdict."""
    office_row(session, lock=True)  # two imports at once would both see a person for the first time
    run = session.get_one(ImportRun, terms.run_id)
    rows = [row for row in rows if row.row.number > run.cursor]  # of one file, too: what the other took is counted once
    if not rows:
        return Counter()
    taking = _Taking(session, terms)
    known = known_people(session, [row.nik_index for row in rows], lock=True)
    counts: Counter[str] = Counter()
    for row in rows:
        counts[taking.take(row, known.get(row.nik_index))] += 1
    taking.write()
    run.cursor = cursor
    run.counts = dict(Counter(run.counts) + counts)
    session.flush()
    return counts


class _Taking:
    """Collects what a chunk changes, and writes it table by table."""

    def __init__(self, session: Session, terms: ImportTerms) -> None:
        self.session = session
        self.terms = terms
        self.zone = office_zone(session)
        self.centre = Centre(session)
        self.pickup_point_of = pickup_points(session)
        self.new: list[SealedRow] = []
        self.reissued: list[tuple[SealedRow, int]] = []
        self.seen_again: list[int] = []
        self.ended: list[int] = []
        self.handed_over: list[int] = []
        self.facts: list[tuple[Any, ...]] = []
        self.owed: list[Kind | None] = []
        self._moment = cache(lambda moment: moment_text(session, moment))
        self._details = cache(lambda came_from, stage: json_text(_steps(came_from, stage)))
        self._midnight = cache(lambda day: datetime.combine(day, time(), self.zone))
        self.left_queue: list[int] = []
        self.printed = 0

    def take(self, sealed: SealedRow, known: Known | None) -> str:
        """Note what one row changes; return the word it is counted under."""
        verdict = verdict_of(sealed, known, self.terms.as_of)
        if known and sealed.stage is Stage.HANDED_OVER and verdict in (Verdict.MOVED, Verdict.REISSUED):
            self.handed_over.append(known.resident_id)
        if known is None:
            self.new.append(sealed)
        elif verdict is Verdict.REISSUED:
            self.reissued.append((sealed, known.resident_id))
            self.printed += sealed.stage in PRINTED_FROM  # since the hand-over of the card before it, by this office
            self._renew(sealed, known.resident_id)
        elif verdict is not Verdict.OLDER:
            corrected = self._update(sealed, known, verdict)
            if verdict is Verdict.UNCHANGED and corrected:
                return "corrected"
        return verdict.value

    def _update(self, sealed: SealedRow, known: Known, verdict: Verdict) -> bool:
        change: dict[str, Any] = {}
        if known.card.siak_as_of != self.terms.as_of:
            self.seen_again.append(known.card_id)
        if verdict is not Verdict.UNCHANGED:
            change |= {"siak_status": sealed.status, "siak_since": self.terms.as_of}
        if verdict is Verdict.MOVED and sealed.stage:
            change |= self._arrival(sealed, sealed.stage, self.terms.as_of) | {"awaits_call": False}
            if known.card.stage is Stage.PRINT_READY:
                self.left_queue.append(known.card_id)
            if is_print(known.card.stage, sealed.stage):
                self.printed += 1
            change |= print_changes(known.card.stage, sealed.stage)
            if sealed.stage not in OPEN:
                self.ended.append(known.card_id)
            self._fact(
                Happened.CARD_MOVED, known.resident_id, known.card_id, sealed.stage, verdict, came_from=known.card.stage
            )
        elif verdict is Verdict.NOTED:
            self._fact(Happened.STATUS_NOTED, known.resident_id, known.card_id, None, verdict)
        corrected = known.row_index != sealed.row_index
        if corrected:
            change |= _typed(zip(CARD, sealed.card, strict=True))
            self._correct(sealed, known)
        if change:
            self.session.execute(update(Card).where(Card.id == known.card_id).values(change))
        return corrected

    def _renew(self, sealed: SealedRow, resident_id: int) -> None:
        person = {column: value for column, value in zip(PERSON, sealed.person, strict=True) if column != "nik_index"}
        self.session.execute(update(Resident).where(Resident.id == resident_id).values(person))
        replace_listed_phone(self.session, resident_id, sealed, now=self.terms.now, by=self.terms.by)

    def _correct(self, sealed: SealedRow, known: Known) -> None:
        """The office's row says something else about the person than its last row did."""
        self._renew(sealed, known.resident_id)
        self._fact(Happened.RESIDENT_CORRECTED, known.resident_id, known.card_id, None, Verdict.UNCHANGED)

    def _arrival(self, sealed: SealedRow, stage: Stage, since: date) -> dict[str, Any]:
        arrival: dict[str, Any] = {"stage": stage, "stage_since": self._midnight(since)}
        if stage in _AT_A_PLACE:
            arrival["pickup_point"] = self.pickup_point_of(sealed.row.village)
        return arrival

    def _fact(
        self,
        kind: Happened,
        resident_id: int,
        card_id: int,
        stage: Stage | None,
        verdict: Verdict,
        *,
        came_from: Stage | None = None,
    ) -> None:
        self.owed.append(told_kind(verdict, stage, announce_new=self.terms.announce_new) if self.terms.tell else None)
        self.facts.append((kind.value, self.terms.by, resident_id, card_id, self._details(came_from, stage)))

    def write(self) -> None:
        """Write the new people and cards, the facts, and what is owed for them."""
        new_ids = reserve_ids(self.session, Resident, len(self.new))
        people = list(zip(self.new, new_ids, strict=True))
        owners = people + self.reissued
        card_ids = reserve_ids(self.session, Card, len(owners))
        cards = []
        for (sealed, resident_id), card_id in zip(owners, card_ids, strict=True):
            stage, card = self._card(sealed)
            self._fact(Happened.CARD_SEEN, resident_id, card_id, stage, Verdict.NEW)
            cards.append((card_id, resident_id, *card))
        for start in range(0, len(self.seen_again), _IDS_PER_QUERY):
            ids = self.seen_again[start : start + _IDS_PER_QUERY]
            self.session.execute(update(_CARDS).where(_CARDS.c.id.in_(ids)).values(siak_as_of=self.terms.as_of))
        terms = self.terms
        note_prints_of_import(
            self.session, self.left_queue, printed=self.printed, day=terms.as_of, now=terms.now, by=terms.by
        )
        void_slips(self.session, self.ended, now=self.terms.now)
        settle_gone(self.session, self.ended, now=self.terms.now, by=self.terms.by)
        void_letters(self.session, self.handed_over, now=self.terms.now, by=self.terms.by)
        insert_rows(self.session, Resident, ("id", *PERSON), [(id_, *sealed.person) for sealed, id_ in people])
        insert_rows(self.session, Card, ("id", "resident_id", *_PLACED, *_SEEN, *CARD), cards)
        phones = [self._contact(sealed, id_) for sealed, id_ in people if sealed.address]
        insert_rows(self.session, Contact, ("resident_id", *ADDRESS, *CONSENT), phones)
        fact_ids = reserve_ids(self.session, Fact, len(self.facts))
        at = self._moment(self.terms.now)
        insert_rows(
            self.session, Fact, _FACT, [(id_, at, *fact) for id_, fact in zip(fact_ids, self.facts, strict=True)]
        )
        debts = [
            Debt(kind=kind, resident_id=resident_id, fact_id=id_, card_id=card_id)
            for kind, id_, (_, _, resident_id, card_id, _) in zip(self.owed, fact_ids, self.facts, strict=True)
            if kind
        ]
        owe(self.session, debts, now=self.terms.now, batch=f"import:{self.terms.run_id}")

    def _card(self, sealed: SealedRow) -> tuple[Stage, tuple[Any, ...]]:
        """A card seen for the first time. Since when it is at its stage nobody said; recorded is known to the day."""
        as_of = self.terms.as_of
        since = sealed.row.recorded_on or as_of
        stage = first_stage(sealed, as_of, self.centre)
        arrival = self._arrival(sealed, stage, since if stage is Stage.RECORDED else as_of)
        placed = stage.value, self._moment(arrival["stage_since"]), arrival.get("pickup_point")
        return stage, (*placed, sealed.status, as_of.isoformat(), since.isoformat(), *sealed.card)

    def _contact(self, sealed: SealedRow, resident_id: int) -> tuple[Any, ...]:
        consent = listed_consent(sealed, self._moment(self.terms.now), self.terms.by)
        return resident_id, *(sealed.address or ()), *consent


def _steps(came_from: Stage | None, stage: Stage | None) -> dict[str, Any]:
    """What a fact says of them; neither where no stage changed."""
    if came_from:
        return {"from": came_from, "to": stage}
    return {"at": stage} if stage else {}


def _typed(columns: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Columns of a row in the types of the table, for an UPDATE."""
    return {
        name: date.fromisoformat(value) if name in _DAYS and value else bool(value) if name == "elderly" else value
        for name, value in columns
    }
