"""A pickup number for one card that comes back to where it waited."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from core.questions.boxes import numbers_taken
from core.questions.regions import office_row
from core.rules.pickup_numbers import assign_numbers


def free_number(session: Session, point: str, *, wanted: int | None) -> int | None:
    """Return the wanted number if nobody has it at this point, else the smallest free one; None when all are taken.

    Whoever packs a box waits until this transaction ends, so that the number is still free when it is given.
    """
    office_row(session, lock=True)
    return free_among(numbers_taken(session, point), wanted=wanted)


def free_among(taken: Collection[int], *, wanted: int | None) -> int | None:
    """The same, of a point where these numbers are taken."""
    if wanted is not None and wanted not in taken:
        return wanted
    return assign_numbers([["card"]], frozenset(taken)).get("card")
