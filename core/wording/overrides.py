"""An office's own texts: every `<language>.ftl` or `<language>.<topic>.ftl` in its folder of overrides.

A file that cannot be used is refused at start with file and text named, never found out by a resident:
it must be Fluent, name texts that exist, use only their variables, and keep what every text promises.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fluent.runtime import FluentResource
from fluent.syntax import ast

from core.errors import WordingError
from core.wording import Wording, languages
from core.wording.entries import Entries, Entry, name_of, source_of, used_by
from core.wording.rehearsal import broken_notices
from core.wording.review import broken_texts

_NAME = re.compile(r"\s*(-?[A-Za-z][\w-]*)")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with an office's file, or with one text; file: where to look, several where any may be it."""

    file: str
    name: str | None
    what: str

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.file, self.name, self.what)))


@dataclass(frozen=True, slots=True)
class OwnTexts:
    """An office's own texts of one language, sound or not. files: in which each stands; entries: as it stands there.

    remarks: what is allowed and has a price.
    """

    files: dict[str, Path]
    entries: Entries
    complaints: tuple[Complaint, ...]
    remarks: tuple[Complaint, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All there is to say of an office's folder, in every language. texts: how many it holds."""

    texts: int
    complaints: tuple[Complaint, ...]
    remarks: tuple[Complaint, ...]


def report_on(folder: Path) -> Report:
    """Everything that is wrong in a folder at once; raise WordingError when there is no folder."""
    found = [put_in_front(Wording(language=language), folder) for language in languages()]
    complaints = dict.fromkeys(complaint for own in found for complaint in own.complaints)
    remarks = tuple(remark for own in found for remark in own.remarks)
    return Report(sum(len(own.files) for own in found), tuple(complaints), remarks)


def put_in_front(w: Wording, folder: Path) -> OwnTexts:
    """Put the office's sound texts in front of those that ship, and tell everything that is wrong with the others."""
    if not folder.is_dir():
        raise WordingError(f"the folder of wording overrides {folder} does not exist; create it or unset KABAR_WORDING")
    shipped = dict(w.entries)
    reading = OwnFiles(folder, w.language)
    sound = {}
    for name, entry in reading.own.items():
        faults = list(_faults(name, own=reading.own, shipped=shipped))
        reading.complain(name, faults)
        if not faults:
            sound[name] = entry
    if not sound:
        return OwnTexts(reading.files, reading.own, tuple(reading.complaints), ())
    w.put(ast.Resource(list(sound.values())))
    for name, what in (*broken_notices(w), *broken_texts(w)):
        reading.complain(name, [what])
    remarks = [
        Complaint(str(reading.files[name]), name, what)
        for name in sound
        for what in _remarks(name, own=w.entries, shipped=shipped)
    ]
    return OwnTexts(reading.files, reading.own, tuple(reading.complaints), tuple(remarks))


class OwnFiles:
    """The office's files of one language, read: their texts, where each stands, and what cannot be read."""

    def __init__(self, folder: Path, language: str) -> None:
        self.own: dict[str, Entry] = {}
        self.files: dict[str, Path] = {}
        self.complaints: list[Complaint] = []
        for file in sorted(folder.glob("*.ftl")):
            spoken = file.name.split(".")[0]
            if spoken == language:
                self._read(file)
            elif spoken not in languages():
                what = f"the name must begin with a language ({', '.join(languages())}), such as id.ftl"
                self.complaints.append(Complaint(str(file), None, what))

    def complain(self, name: str, faults: list[str]) -> None:
        """About a text; of one that ships but is spoilt by another of the office's, any of its files may be it."""
        file = self.files.get(name) or ", ".join(dict.fromkeys(map(str, self.files.values())))
        self.complaints += [Complaint(str(file), name, fault) for fault in faults]

    def _read(self, file: Path) -> None:
        try:
            resource = FluentResource(file.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            what = f"it cannot be read as UTF-8 text: {type(error).__name__}"
            self.complaints.append(Complaint(str(file), None, what))
            return
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                begun = _NAME.match(entry.content or "")
                what = f"it is not Fluent: {entry.annotations[0].message}"
                self.complaints.append(Complaint(str(file), begun[1] if begun else "a line", what))
            elif isinstance(entry, Entry):
                self._keep(file, entry)

    def _keep(self, file: Path, entry: Entry) -> None:
        name = name_of(entry)
        if name in self.own:
            what = f"it stands in {self.files[name].name} too; keep one of them"
            self.complaints.append(Complaint(str(file), name, what))
        self.own[name], self.files[name] = entry, file


def _faults(name: str, *, own: Entries, shipped: Entries) -> Iterator[str]:
    if name not in shipped and not name.startswith("-"):
        yield "there is no such text to replace; the names: kabar wording show"
        return
    if own[name].value is None:
        yield "it is empty; write the sentence after the ="
        return
    merged = {**shipped, **own}
    used = used_by(name, merged)
    if missing := used.texts - merged.keys():
        yield f"it refers to {_listed(missing)}, which does not exist"
    if name in used.texts:
        yield "it refers to itself"
    allowed = used_by(name, shipped).variables if name in shipped else set()
    if foreign := used.variables - allowed:
        yield f"it uses {_listed(foreign, sign='$')}; it may use: {_listed(allowed, sign='$') or 'no variable'}"


def _remarks(name: str, *, own: Entries, shipped: Entries) -> Iterator[str]:
    if name in shipped and source_of(name, own) == source_of(name, shipped):
        return
    if name in shipped and (left_out := used_by(name, shipped).variables - used_by(name, own).variables):
        yield f"it leaves out {_listed(left_out, sign='$')}: residents will not be told"
    if name.endswith("-sms"):
        yield "it is part of an SMS: register the changed format again with the operators"
    if name == "consent":
        yield "it is not the text whose version stands beside a consent: keep each wording, with the days of its use"


def _listed(names: set[str], *, sign: str = "") -> str:
    return ", ".join(f"{sign}{name}" for name in sorted(names))
