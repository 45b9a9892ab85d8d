"""Every sentence a person reads, from one Fluent file per language; an office may replace any of them.

1. A text is whole or an error: a missing text or variable never reaches anybody half rendered.
2. An empty variable leaves no trace: a line that holds nothing else goes, elsewhere the space before it goes, or the
   one after it where it begins a line.
3. Nothing is parsed at import; a language is parsed once per process.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import WordingError

if TYPE_CHECKING:  # fluent takes 0.1 s to import, and `kabar --help` needs none of it
    from fluent.syntax.ast import Resource

    from core.wording.entries import Entry

#: Which consent text a resident agreed to; changes whenever the meaning of `consent` does. What each one says:
#: 2026-1: what is kept, what for, how long, and how to stop; data is seen and corrected at the counter.
#: 2026-2: the same, but data is seen and corrected in the chat, with /data.
#: Beside these stands "office": the office noted the consent in its own list, in its own words.
CONSENT_VERSION = "2026-2"

#: Stands for an empty value while a text is being rendered; no sentence can contain it.
_GAP = "\x7f"
_GAP_LINE = re.compile(f"^[ {_GAP}]*{_GAP}[ {_GAP}]*\n?", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")


@cache
def languages() -> tuple[str, ...]:
    """The languages that have files here, which together hold every text: `id.ftl`, `id.calls.ftl` and so on."""
    return tuple(sorted({name.partition(".")[0] for name in _files()}))


def _files() -> list[str]:
    names = (file.name for file in resources.files(__package__).iterdir())
    return sorted(name for name in names if name.endswith(".ftl"))


class Wording:
    """The texts of one language, with an office's own in front.

    Raises WordingError, naming file and text, when a file in the folder of overrides cannot be used.
    """

    def __init__(self, overrides: Path | None = None, language: str = "id") -> None:
        from fluent.runtime import FluentBundle

        self.language = language
        self.keys: frozenset[str] = frozenset()
        self.entries: dict[str, Entry] = {}
        self._variables: dict[str, frozenset[str]] = {}
        self._constant: dict[str, str] = {}
        self._bundle = FluentBundle([language], use_isolating=False)
        for resource in _shipped(language):
            self.put(resource)
        if overrides is not None:
            self._take_in(overrides)

    @property
    def consent_version(self) -> str:
        """Which consent text these words hold, and in which language it is read: both stand beside a consent."""
        return f"{CONSENT_VERSION} {self.language}"

    def put(self, resource: Resource) -> None:
        """Have these texts stand in front of those that are there."""
        from core.wording.entries import entries_of

        self._bundle.add_resource(resource, allow_overrides=True)
        self.entries |= entries_of(resource)
        self._variables.clear()
        self._constant.clear()
        self.keys |= {name for name in self.entries if not name.startswith("-")}

    def _take_in(self, overrides: Path) -> None:
        from core.wording.overrides import put_in_front

        if complaints := put_in_front(self, overrides).complaints:
            more = f"; and {len(complaints) - 1} more: kabar wording check" if len(complaints) > 1 else ""
            raise WordingError(f"{complaints[0]}{more}")

    def variables(self, key: str) -> frozenset[str]:
        """The variables that a text, or one that it refers to, uses."""
        from core.wording.entries import used_by

        if key not in self._variables:
            self._variables[key] = frozenset(used_by(key, self.entries).variables)
        return self._variables[key]

    def text(self, key: str, /, **values: str | int) -> str:
        """Raise WordingError, naming the text and what it lacks, rather than return half of it."""
        if values:
            return self._rendered(key, values)
        if key not in self._constant:
            self._constant[key] = self._rendered(key, values)
        return self._constant[key]

    def _rendered(self, key: str, values: dict[str, str | int]) -> str:
        if key not in self.keys:
            raise WordingError(f"there is no text {key!r} in language {self.language!r}; see core/wording")
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise WordingError(f"text {key!r} is empty; give it a sentence")
        empty = "" in values.values()
        if empty:
            values = {name: _GAP if value == "" else value for name, value in values.items()}
        rendered, errors = self._bundle.format_pattern(pattern, values)
        if errors:
            raise WordingError(f"text {key!r} cannot be rendered: {_reasons(errors)}")
        return _without_gaps(str(rendered)) if empty else str(rendered)


def _without_gaps(text: str) -> str:
    text = _GAP_LINE.sub("", text)
    text = text.replace(f" {_GAP}", "").replace(f"\n{_GAP} ", "\n").replace(_GAP, "")
    return _BLANK_LINES.sub("\n\n", text).strip()


def _reasons(errors: list[Exception]) -> str:
    said = {str(error).replace("Unknown external:", "variable is missing:") for error in errors}
    return "; ".join(sorted(said))


@cache
def _shipped(language: str) -> tuple[Resource, ...]:
    from fluent.runtime import FluentResource

    names = [name for name in _files() if name.partition(".")[0] == language]
    if not names:
        raise WordingError(f"there is no language {language!r}; there are: {', '.join(languages())}")
    folder = resources.files(__package__)
    return tuple(FluentResource((folder / name).read_text(encoding="utf-8")) for name in names)
