"""The `kabar` command line inside a test: an operator's terminal, with an office of four residents behind it."""

import io
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.main import run
from core.store.office import OpenOffice, open_office
from tests.offices import HEADER

_NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def flat(self) -> str:
        """Both streams as one line of words, however they were wrapped."""
        return " ".join((self.out + " " + self.err).split())


class Terminal:
    """Runs commands in a folder of its own, on a home of its own; no command may print a NIK unless it is revealed."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        for name in [name for name in os.environ if name.startswith("KABAR_")]:
            monkeypatch.delenv(name)
        monkeypatch.chdir(folder)
        self.folder = folder
        self.home = folder / "var"
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: str, typed: str = "") -> Said:
        self._monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        self._capsys.readouterr()
        code = run(list(words))
        out, err = self._capsys.readouterr()
        if not {"--reveal", "--help"} & set(words):
            assert not _NIK.search(out + err)
        assert "Traceback" not in out + err
        return Said(code, out, err)

    def set(self, **settings: str) -> None:
        """Set KABAR_… settings."""
        for name, value in settings.items():
            self._monkeypatch.setenv(f"KABAR_{name.upper()}", value)

    def settle(self, founded_home: Path) -> "Terminal":
        """Put the office of four residents here."""
        shutil.copytree(founded_home, self.home)
        self.home.chmod(0o700)
        return self

    def export(self, *rows: str, name: str = "export.csv") -> str:
        """Write an export of the office; return its name."""
        (self.folder / name).write_text("\n".join((HEADER, *rows)) + "\n")
        return name

    @contextmanager
    def office(self) -> Iterator[OpenOffice]:
        """The office behind the terminal, between two commands."""
        with open_office(self.home) as office:
            yield office
