"""What a story is: an office and its lists, who appears, and the steps that are played and checked one after the other.

To add a story: a folder beside this file, and a line in `STORIES`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Generic, TypeVar

from cli.demo.cast import Cast
from cli.demo.stage import Stage
from core.rules.answer import PlaceKind

C = TypeVar("C", bound=Cast)


@dataclass(frozen=True, slots=True)
class OfficeList:
    """A list that the office takes in before the story begins. as_of: its day, where its title does not say it."""

    path: Path
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(Generic[C]):
    """What the screen and the page say of it, and how it is played.

    name: as after --story. title: as a heading. waiting: who waits, in the terminal. steps: the first paragraph of
    each docstring is what the screen says, and `captions` what the page says, by the step's name.
    policy: of the print queue, as the office's file; empty for the usual one.
    """

    name: str
    title: str
    waiting: str
    regency: str
    office: str
    short_name: str
    sms_sender: str
    pickup: PlaceKind
    begins: datetime
    preparing: str
    captions: Mapping[str, str]
    lists: Callable[[Path], Sequence[OfficeList]]
    cast: Callable[[Sequence[OfficeList]], C]
    steps: tuple[Callable[[Stage[C]], None], ...]
    policy: str = ""
