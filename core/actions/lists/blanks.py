"""A list of movements of blanks: a movement has no name, so equal ones are counted.

An office keeps one running list and gives it again each week, longer. So the second row that says "500 received on
5 January" is a second movement only if one of those is noted so far, whether a list said so or somebody typed it.
Two lists that each hold one of two equal deliveries are taken for one; the report says that a row was noted already,
and the other delivery is typed in: kabar blanks. Counting one twice would promise cards that cannot be printed.
"""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.actions.blanks import move_blanks
from core.actions.lists.taker import UNCHANGED, Does, Judged, ListTerms
from core.errors import Refused
from core.files.lists.blanks import ListedBlanks, Moved
from core.questions.blanks import blank_stock
from core.store.words import BlankKind
from core.store.work_tables import BlankMovement

_KINDS = {
    Moved.RECEIVED: BlankKind.RECEIVED,
    Moved.SPOILED: BlankKind.SPOILED,
    Moved.USED: BlankKind.USED,
    Moved.ADJUSTED: BlankKind.ADJUSTED,
}
_TAKES = frozenset({Moved.SPOILED, Moved.USED})


class BlanksTaker:
    """Counts equal rows as it goes."""

    at_least = 1

    def __init__(self, terms: ListTerms) -> None:
        self.terms = terms
        self._equal: Counter[ListedBlanks] = Counter()
        self._moved = 0

    def begin(self, session: Session, values: Sequence[ListedBlanks], card_ids: Sequence[int | None]) -> None:
        """Movements are few: each is looked at by itself."""
        self._session = session

    def judge(self, value: ListedBlanks, card_id: int | None) -> Judged:
        """What a row would do."""
        self._equal[value] += 1
        if value.on > self.terms.today:
            raise Refused("this day is still to come; check its year")
        if self._equal[value] <= _noted(self._session, value):
            return UNCHANGED
        signed = -value.quantity if value.kind in _TAKES else value.quantity
        stock = blank_stock(self._session) + self._moved
        if value.kind is not Moved.USED and signed < 0 and stock + signed < min(stock, 0):
            self._equal[value] -= 1
            raise Refused(f"there would be {stock:,} blanks, so {-signed:,} cannot be taken; check the rows above")
        if self.terms.ahead:
            self._moved += signed
        return Judged(Does.TAKEN)

    def take(self, value: ListedBlanks, card_id: int | None) -> None:
        """Note the movement."""
        day, now, by = value.on, self.terms.now, self.terms.by
        move_blanks(self._session, _KINDS[value.kind], value.quantity, day=day, now=now, by=by)

    def end(self, session: Session) -> None:
        """Each movement is noted already."""
        del self._session

    def pass_over(self, value: ListedBlanks) -> None:
        """An equal row that an earlier run took is one of those that are noted."""
        self._equal[value] += 1


def _noted(session: Session, value: ListedBlanks) -> int:
    """How many equal movements there are that no card and no plan made."""
    signed = -value.quantity if value.kind in _TAKES else value.quantity
    equal = (
        BlankMovement.day == value.on,
        BlankMovement.kind == _KINDS[value.kind],
        BlankMovement.quantity == signed,
        BlankMovement.card_id.is_(None),
        BlankMovement.plan_id.is_(None),
    )
    return session.scalar(select(func.count(BlankMovement.id)).where(*equal)) or 0
