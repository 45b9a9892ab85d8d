"""What officials type: pickup numbers, and how those cards were taken. "147 148 keluarga", "1-60", "semua kecuali 12".

1. Every word is understood or told back (`Unread`); where one is not, nothing of the text is used.
2. Numbers may stand in any order and be written twice; a way of taking is said once, for all of them.
3. The number of an RT ("titip RT 03") would be read as a pickup number, so it is told back.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.rules.pickup_numbers import FIRST_NUMBER, LAST_NUMBER

#: A longer text is a letter, not a list; as many numbers as a point can have fit in.
LONGEST = 4000
_MOST_TOLD = 5


class How(StrEnum):
    """How cards were taken; UNDO: noted by mistake. The other words are those that the card keeps."""

    SELF = "self"
    FAMILY = "family"
    BROUGHT_HOME = "brought-home"
    LEFT_WITH_RT = "left-with-rt"
    MOVED = "moved"
    DIED = "died"
    UNDO = "undo"


class Why(StrEnum):
    """What is wrong with a word."""

    UNKNOWN = "unknown"
    NO_NUMBER = "no-number"
    BACKWARDS = "backwards"
    NO_RANGE = "no-range"
    TWO_WAYS = "two-ways"
    OF_RT = "of-rt"
    NOT_WITH_ALL = "not-with-all"
    NOTHING = "nothing"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Mistake:
    """word: as it was typed, cut where it is long; empty where the whole text is meant."""

    why: Why
    word: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """At least one mistake; nothing was understood so far that it may be acted on."""

    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class NumberList:
    """numbers: in order. all: all that there are, but these. how: None where nothing was said of it."""

    numbers: tuple[int, ...]
    all: bool = False
    how: How | None = None


_RANGE = "-"
_BETWEEN = re.compile(r"\bs\s*[/.]\s*d\b\.?|\bsd\b|\bsampai(?:\s+dengan)?\b|\bhingga\b|[-\u2010-\u2015\u2212~]+")
_RT_NUMBER = re.compile(r"\br[tw][ \t]*[.:/]?[ \t]*\d[\d/]*")
#: In the words of the table below.
_PHRASES = (
    (re.compile(r"\byang\s+bersangkutan\b"), " ybs "),
    (re.compile(r"\b(?:di)?antar(?:kan)?(?:\s+ke)?(?:\s+rumah(?:nya)?)?(?![^\W_])"), " diantar "),
    (
        re.compile(r"\b(?:di)?titip(?:kan)?(?:\s+(?:ke|di|pada|lewat))?(?:\s+pak|\s+bu)?(?:\s+(?:ketua\s+)?r[tw]\b)?"),
        " titip ",
    ),
)
_WAYS = {
    "sendiri": How.SELF,
    "ybs": How.SELF,
    "self": How.SELF,
    "keluarga": How.FAMILY,
    "kel": How.FAMILY,
    "kk": How.FAMILY,
    "family": How.FAMILY,
    "pindah": How.MOVED,
    "moved": How.MOVED,
    "meninggal": How.DIED,
    "wafat": How.DIED,
    "died": How.DIED,
    "diantar": How.BROUGHT_HOME,
    "titip": How.LEFT_WITH_RT,
    "batal": How.UNDO,
    "batalkan": How.UNDO,
    "undo": How.UNDO,
}
_ALL = frozenset({"semua", "semuanya", "all"})
_BUT = frozenset({"kecuali", "selain", "tanpa", "except", "but"})
#: What stands around numbers and changes nothing.
_AROUND = frozenset({"no", "nomor", "nomer", "dan", "serta", "and", "diambil", "oleh"})
_PART = re.compile(r"[^\s,;&+]+")
_ENDS = ".:!?()'\""


def read_numbers(text: str) -> NumberList | Unread:
    """Read a text whose digits are 0 to 9."""
    if len(text) > LONGEST:
        return Unread((Mistake(Why.LONG),))
    folded = text.casefold()
    if of_rt := _RT_NUMBER.search(folded):
        return Unread((Mistake(Why.OF_RT, _shown(of_rt[0])),))
    for phrase, word in _PHRASES:
        folded = phrase.sub(word, folded)
    reading = _Reading()
    for word in _words(_BETWEEN.sub(f" {_RANGE} ", folded)):
        reading.take(word)
    return reading.end()


def runs_of(numbers: Collection[int]) -> list[tuple[int, int]]:
    """The numbers as ranges, from first to last, in order."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs


def _words(text: str) -> Iterator[str]:
    for part in _PART.findall(text):
        word = part.strip(_ENDS)
        if word:
            yield word


class _Reading:
    """One text, word by word."""

    def __init__(self) -> None:
        self.numbers: set[int] = set()
        self.all = self.but = False
        self.how: How | None = None
        self.mistakes: list[Mistake] = []
        self._last: int | None = None  # a number that may begin a range
        self._from: int | None = None  # a number that did

    def take(self, word: str) -> None:
        if word[0].isdigit():
            self._number(word)
            return
        if self._from is not None:
            self._wrong(Why.NO_RANGE, f"{self._from}{_RANGE}")
            self._from = None
        if word == _RANGE and self._last is not None:
            self._from, self._last = self._last, None
            return
        self._last = None
        self._word(word)

    def end(self) -> NumberList | Unread:
        if self._from is not None:
            self._wrong(Why.NO_RANGE, f"{self._from}{_RANGE}")
        if not self.mistakes and not self.numbers and (self.but or not self.all):
            self._wrong(Why.NOTHING, "")
        if self.mistakes:
            return Unread(tuple(dict.fromkeys(self.mistakes))[:_MOST_TOLD])
        return NumberList(tuple(sorted(self.numbers)), self.all, self.how)

    def _number(self, word: str) -> None:
        number = (
            int(word) if word.isascii() and word.isdigit() and len(word) <= len("00") + len(str(LAST_NUMBER)) else 0
        )
        if not FIRST_NUMBER <= number <= LAST_NUMBER:
            self._wrong(Why.NO_NUMBER, word)
            self._last = self._from = None
        elif self.all and not self.but:
            self._wrong(Why.NOT_WITH_ALL, word)
        elif self._from is None:
            self.numbers.add(number)
            self._last = number
        else:
            self._range(self._from, number)
            self._from = None

    def _range(self, first: int, last: int) -> None:
        if first > last:
            self._wrong(Why.BACKWARDS, f"{first}{_RANGE}{last}")
        self.numbers.update(range(first, last + 1))

    def _word(self, word: str) -> None:
        way = _WAYS.get(word)
        if way is not None:
            if self.how not in (None, way):
                self._wrong(Why.TWO_WAYS, word)
            self.how = way
        elif word in _ALL:
            if self.numbers:
                self._wrong(Why.NOT_WITH_ALL, word)
            self.all = True
        elif word in _BUT:
            if self.numbers or self.but:
                self._wrong(Why.NOT_WITH_ALL, word)
            self.all = self.but = True
        elif word == _RANGE:
            self._wrong(Why.NO_RANGE, word)
        elif word not in _AROUND:
            self._wrong(Why.UNKNOWN, word)

    def _wrong(self, why: Why, word: str) -> None:
        self.mistakes.append(Mistake(why, _shown(word)))


def _shown(word: str, longest: int = 20) -> str:
    return word if len(word) <= longest else f"{word[: longest - 1]}…"


def said(numbers: Sequence[int]) -> str:
    """Numbers as they are said: 1-20, 23."""
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs_of(numbers))
