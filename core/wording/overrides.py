"""An office's own texts: every `<language>.ftl` or `<language>.<topic>.ftl` in its folder of overrides.

A file that cannot be used is refused at start with file and text named, never found out by a resident:
it must be Fluent, name texts that exist, use only their variables, and keep what every notice promises.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from fluent.runtime import FluentResource
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from core.errors import WordingError
from core.wording import Wording, languages
from core.wording.rehearsal import broken_notices

_NAME = re.compile(r"\s*(-?[A-Za-z][\w-]*)")

Texts = Mapping[str, ast.Message | ast.Term]


class _Used(Visitor):
    """Collects the variables and the texts that a text uses, in all its variants."""

    def __init__(self, entry: ast.Message | ast.Term) -> None:
        self.variables: set[str] = set()
        self.texts: set[str] = set()
        self.visit(entry)

    def generic_visit(self, node: ast.BaseNode) -> None:
        if isinstance(node, ast.VariableReference):
            self.variables.add(node.id.name)
        elif isinstance(node, ast.MessageReference):
            self.texts.add(node.id.name)
        elif isinstance(node, ast.TermReference):
            self.texts.add(f"-{node.id.name}")
        super().generic_visit(node)


def read_overrides(folder: Path, *, language: str, shipped: ast.Resource) -> dict[Path, ast.Resource]:
    """The office's files for one language, each checked against the texts that ship."""
    if not folder.is_dir():
        raise WordingError(f"the folder of wording overrides {folder} does not exist; create it or unset KABAR_WORDING")
    files = sorted(folder.glob("*.ftl"))
    for file in files:
        if file.name.split(".")[0] not in languages():
            raise WordingError(f"{file}: the name must begin with a language, such as id.ftl or id.office.ftl")
    known = _texts(shipped)
    return {file: _read(file, known) for file in files if file.name.split(".")[0] == language}


def check_notices(w: Wording, sources: Mapping[Path, ast.Resource]) -> None:
    """Refuse overrides with which a notice, filled with the longest values, no longer fits or breaks a promise."""
    for name, reason in broken_notices(w):
        file = next((file for file, resource in sources.items() if name in _texts(resource)), None)
        raise WordingError(f"{file or ', '.join(map(str, sources))}: {name}: {reason}")


def _read(file: Path, known: Texts) -> ast.Resource:
    try:
        resource = FluentResource(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise WordingError(f"{file} cannot be read as UTF-8 text: {type(error).__name__}") from None
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            begun = _NAME.match(entry.content or "")
            told = begun[1] if begun else "a line"
            raise WordingError(f"{file}: {told} is not Fluent: {entry.annotations[0].message}")
    own = _texts(resource)
    for name in own:
        if fault := _fault(name, own=own, known=known):
            raise WordingError(f"{file}: {name}: {fault}")
    return resource


def _fault(name: str, *, own: Texts, known: Texts) -> str | None:
    if name not in known and not name.startswith("-"):
        return "there is no such text to replace; the names stand in core/wording/id.ftl"
    if own[name].value is None:
        return "it is empty; write the sentence after the ="
    merged = {**known, **own}
    used = _used(name, merged)
    if missing := used.texts - merged.keys():
        return f"it refers to {_listed(missing)}, which does not exist"
    if name in used.texts:
        return "it refers to itself"
    allowed = _used(name, known).variables if name in known else set()
    if foreign := used.variables - allowed:
        return f"it uses ${_listed(foreign)}; it may use: {_listed(allowed) or 'no variable'}"
    return None


def _used(name: str, texts: Texts, *, above: frozenset[str] = frozenset()) -> _Used:
    """Variables and texts of a text and of all that it refers to."""
    used = _Used(texts[name])
    above |= {name}
    for other in (used.texts & texts.keys()) - above:
        deeper = _used(other, texts, above=above)
        used.variables |= deeper.variables
        used.texts |= deeper.texts
    return used


def _texts(resource: ast.Resource) -> Texts:
    return {
        f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name: entry
        for entry in resource.body
        if isinstance(entry, ast.Message | ast.Term)
    }


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))
