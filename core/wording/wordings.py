"""The texts of every language at once, each with the office's own in front; who chose none is told in Indonesian."""

from functools import cache
from pathlib import Path

from core.wording import Wording, languages

INDONESIAN = "id"


@cache
def shipped_wordings() -> "Wordings":
    """The texts as they are shipped: the same for all offices of a process that have none of their own."""
    return Wordings()


class Wordings:
    """Parses a language when it is first spoken; with overrides all at once, so that a bad one is refused at start."""

    def __init__(self, overrides: Path | None = None) -> None:
        self._overrides = overrides
        self._parsed: dict[str, Wording] = {}
        self._labels: dict[str, frozenset[str]] = {}
        if overrides is not None:
            for language in languages():
                self.of(language)

    def of(self, language: str | None) -> Wording:
        """The texts of a language; of None, and of one whose file is gone, the Indonesian ones."""
        spoken = language if language in languages() else INDONESIAN
        if spoken not in self._parsed:  # two threads may both parse it, to the same end
            self._parsed[spoken] = Wording(self._overrides, spoken)
        return self._parsed[spoken]

    def all(self) -> tuple[Wording, ...]:
        """Indonesian first."""
        others = (language for language in languages() if language != INDONESIAN)
        return tuple(map(self.of, (INDONESIAN, *others)))

    def labels(self, button: str) -> frozenset[str]:
        """What a button is called in any language, in small letters: a keyboard may be older than the choice."""
        if button not in self._labels:
            self._labels[button] = frozenset(w.text(button).casefold() for w in self.all())
        return self._labels[button]
