"""A place that an official types, to be read by many: short, and nothing that could pass for a link or a phone."""

import re
from enum import StrEnum

#: What stands in one SMS beside the rest.
LONGEST_PLACE = 40

_LINK = re.compile(r"://|www\.|@|\w\.[a-z]{2}", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d(?:[ ().+/-]{0,2}\d){4}")
_LETTERS = re.compile(r"[^\W\d_]")
_FEWEST_LETTERS = 3


class PlaceFault(StrEnum):
    """Why a place that was typed cannot stand in a message to many."""

    EMPTY = "empty"
    LONG = "long"
    LINK = "link"
    NUMBER = "number"
    LETTERS = "letters"


class UnfitPlace(ValueError):
    """A place that cannot stand in a message to many; says why."""

    def __init__(self, fault: PlaceFault) -> None:
        super().__init__(fault)
        self.fault = fault


def read_place(text: str) -> str:
    """The place, tidied. Raise UnfitPlace for what could pass for a link or a phone number, or does not fit.

    Whether every sign can stand in an SMS is for the caller to see: it depends on the alphabet of SMS.
    """
    place = " ".join(text.split())
    if not place:
        raise UnfitPlace(PlaceFault.EMPTY)
    if _LINK.search(place):
        raise UnfitPlace(PlaceFault.LINK)
    if _LONG_NUMBER.search(place):
        raise UnfitPlace(PlaceFault.NUMBER)
    if len(_LETTERS.findall(place)) < _FEWEST_LETTERS:
        raise UnfitPlace(PlaceFault.LETTERS)
    if len(place) > LONGEST_PLACE:
        raise UnfitPlace(PlaceFault.LONG)
    return place
