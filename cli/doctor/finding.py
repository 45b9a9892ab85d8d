"""One line of what the doctor finds."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    WELL = "✓"
    LOOK = "!"
    BROKEN = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """hint: what to do about it; empty when all is well. No token, no address of a person ever stands here."""

    mark: Mark
    name: str
    said: str
    hint: str = ""


def well(name: str, said: str) -> Finding:
    return Finding(Mark.WELL, name, said)


def look(name: str, said: str, hint: str) -> Finding:
    return Finding(Mark.LOOK, name, said, hint)


def broken(name: str, said: str, hint: str) -> Finding:
    return Finding(Mark.BROKEN, name, said, hint)
