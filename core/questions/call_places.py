"""A place that an official types for a call: it is put into an SMS, and must not look like a fraud."""

from core.rules.calls import Problem
from core.rules.typed_places import LONGEST_PLACE, PlaceFault, UnfitPlace, read_place
from core.wording.gsm import fold, septets
from core.wording.promises import broken_promises


def tidy_place(typed: str | None) -> str | None:
    """Return a place as it is kept: in GSM-7 where its marks have a twin there; None for nothing."""
    return " ".join(fold(typed or "").split()) or None


def trouble_with_place(typed: str | None) -> Problem | None:
    """Return why a place cannot be put into a message; None when it can."""
    place = tidy_place(typed)
    if place is None:
        return None
    length = septets(place)
    if length is None or any(sign in place for sign in "{}\n\x1b"):
        return Problem.PLACE_SIGNS
    if length > LONGEST_PLACE:
        return Problem.PLACE_LONG
    try:
        read_place(place)
    except UnfitPlace as unfit:
        return Problem.PLACE_LONG if unfit.fault is PlaceFault.LONG else Problem.PLACE_LOOKS_LIKE_FRAUD
    return Problem.PLACE_LOOKS_LIKE_FRAUD if broken_promises(f"{place} GRATIS") else None
