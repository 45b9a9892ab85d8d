"""The steps of many letters, as a list brings them: done in memory on letters that are locked, and written at once.

Each step is one of `core.actions.letter_steps`, which is for a single letter: the same changes, facts and news, in the
same order.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from core.actions.facts import Happened
from core.actions.letter_steps import RAN_OUT, REPLACED, Paper
from core.actions.lists.taker import ListTerms
from core.actions.notices import Debt, owe
from core.questions.letter_holders import HeldLetter, LetterHolder, LetterHolders
from core.questions.letters import IN_FORCE
from core.rules.answer import LetterKind
from core.rules.notices import Kind
from core.store.bulk import insert_rows, json_text, moment_text
from core.store.ids import reserve_ids
from core.store.ready import run_all, table_of
from core.store.sealing import Seal
from core.store.tables import Fact, Letter
from core.store.words import LetterState

_FACT = ("id", "at", "kind", "by", "resident_id", "letter_id", "details")
_LETTER = (
    *("id", "resident_id", "kind", "state", "state_since", "number_sealed", "number_index"),
    *("issued_on", "valid_until"),
)
_letters = table_of(Letter)
_STATE: dict[str, Any] = {"state": bindparam("to"), "state_since": bindparam("since")}
_UNTIL: dict[str, Any] = {"valid_until": bindparam("until")}
_PAPER: dict[str, Any] = {
    "kind": bindparam("said"),
    "number_sealed": bindparam("sealed"),
    "number_index": bindparam("number"),
    "secret_index": None,
    "issued_on": bindparam("issued"),
}
_OF_LETTER = update(_letters).where(_letters.c.id == bindparam("letter"))
_STEPPED, _PROLONGED = _OF_LETTER.values(_STATE), _OF_LETTER.values(_UNTIL)
_PAPERED = _OF_LETTER.values(_PAPER | _UNTIL)


@dataclass(frozen=True, slots=True)
class _Happened:
    """A fact that is still to be written. tell: its holder is owed the news."""

    kind: Happened
    letter: HeldLetter
    details: dict[str, Any]
    tell: bool = False


class LetterBook:
    """Letters that change. Nothing of it is in the database before `write`."""

    def __init__(self, holders: LetterHolders, seal: Seal, terms: ListTerms) -> None:
        self._holders, self._seal, self._terms = holders, seal, terms
        self._new: list[HeldLetter] = []
        self._stepped: dict[HeldLetter, None] = {}
        self._papered: dict[HeldLetter, None] = {}
        self._prolonged: dict[HeldLetter, None] = {}
        self._facts: list[_Happened] = []

    def with_paper(self, holder: LetterHolder, kind: LetterKind, paper: Paper) -> HeldLetter:
        """Put a number on the letter that she waits for, or on a new one, and return it."""
        letter = self._awaited(holder, kind)
        if letter is None or letter.number_index is not None:
            letter = HeldLetter(None, holder.id, kind, LetterState.ASKED)
            holder.letters.append(letter)
            self._new.append(letter)
        others = [one for one in holder.letters_of(kind) if one is not letter and one.state in IN_FORCE]
        self._void(others, REPLACED)
        came_from, issued_on = letter.state, paper.issued_on or self._terms.today
        letter.kind, letter.issued_on = kind, issued_on
        letter.valid_until = paper.valid_until or letter.valid_until or self._terms.validity.until(kind, issued_on)
        letter.number_sealed = self._seal.seal(paper.number)
        letter.number_index = self._seal.index("letter-number", paper.number)
        self._holders.number_given(letter)
        self._papered[letter] = None
        if came_from is LetterState.ASKED:
            self._step(letter, LetterState.ISSUED)
        self._fact(Happened.LETTER_ISSUED, letter, {"from": came_from})
        return letter

    def ready(self, letter: HeldLetter, *, tell: bool) -> None:
        """Let a letter with its number be ready."""
        came_from = self._step(letter, LetterState.READY)
        self._fact(Happened.LETTER_READY, letter, {"from": came_from}, tell=tell)

    def collected(self, letter: HeldLetter) -> None:
        """Let an issued or ready letter be collected."""
        came_from = self._step(letter, LetterState.COLLECTED)
        self._fact(Happened.LETTER_COLLECTED, letter, {"from": came_from})

    def prolong(self, letter: HeldLetter, until: date) -> None:
        """Let a letter be valid until another day."""
        was = letter.valid_until.isoformat() if letter.valid_until else None
        letter.valid_until = until
        self._prolonged[letter] = None
        details = {"from": letter.state, "was": was, "until": until.isoformat()}
        self._fact(Happened.LETTER_EXTENDED, letter, details)

    def write(self, session: Session) -> None:
        """Write new letters, changed ones, the facts, and what is owed for them."""
        now = self._terms.now
        at = moment_text(session, now)
        self._change(session, now)
        for letter, id_ in zip(self._new, reserve_ids(session, Letter, len(self._new)), strict=True):
            letter.id = id_
        insert_rows(session, Letter, _LETTER, [_row(letter, at) for letter in self._new])
        self._tell(session, at)

    def _change(self, session: Session, now: datetime) -> None:
        """What was there already, that is has an id."""
        steps = [{"letter": one.id, "to": one.state, "since": now} for one in self._stepped if one.id]
        papers = [
            {
                "letter": one.id,
                "said": one.kind,
                "sealed": one.number_sealed,
                "number": one.number_index,
                "issued": one.issued_on,
                "until": one.valid_until,
            }
            for one in self._papered
            if one.id
        ]
        ends = [{"letter": one.id, "until": one.valid_until} for one in self._prolonged if one.id]
        for statement, rows in ((_PAPERED, papers), (_PROLONGED, ends), (_STEPPED, steps)):
            if rows:
                run_all(session, statement, rows)

    def _tell(self, session: Session, at: str) -> None:
        ids = reserve_ids(session, Fact, len(self._facts))
        by = self._terms.by
        facts, debts = [], []
        for id_, fact in zip(ids, self._facts, strict=True):
            letter = fact.letter
            details = json_text(fact.details)
            facts.append((id_, at, fact.kind.value, by, letter.resident_id, letter.id, details))
            if fact.tell:
                debts.append(
                    Debt(kind=Kind.LETTER_READY, resident_id=letter.resident_id, fact_id=id_, letter_id=letter.id)
                )
        insert_rows(session, Fact, _FACT, facts)
        owe(session, debts, now=self._terms.now, batch=self._terms.batch)

    def _awaited(self, holder: LetterHolder, kind: LetterKind) -> HeldLetter | None:
        """As `awaited_letter` says: of this kind and not collected, else asked for; what ran out is void."""
        today = self._terms.today
        in_force = [one for one in holder.letters_of(kind) if one.state in IN_FORCE]
        self._void([one for one in in_force if one.valid_until and one.valid_until < today], RAN_OUT)
        made_out = [one for one in in_force if one.state in (LetterState.READY, LetterState.ISSUED)]
        asked = [one for one in holder.letters if one.state is LetterState.ASKED]
        return next(iter(made_out or asked), None)

    def _void(self, letters: list[HeldLetter], why: str) -> None:
        for letter in letters:
            came_from = self._step(letter, LetterState.VOID)
            self._fact(Happened.LETTER_VOIDED, letter, {"from": came_from, "why": why})

    def _step(self, letter: HeldLetter, to: LetterState) -> LetterState:
        came_from, letter.state = letter.state, to
        self._stepped[letter] = None
        return came_from

    def _fact(self, kind: Happened, letter: HeldLetter, details: dict[str, Any], *, tell: bool = False) -> None:
        self._facts.append(_Happened(kind, letter, {"letter": letter.kind, **details}, tell))


def _row(letter: HeldLetter, at: str) -> tuple[Any, ...]:
    issued, until = letter.issued_on, letter.valid_until
    return (
        *(letter.id, letter.resident_id, letter.kind.value, letter.state.value, at),
        *(letter.number_sealed, letter.number_index),
        *(issued.isoformat() if issued else None, until.isoformat() if until else None),
    )
