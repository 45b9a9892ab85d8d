"""Starting `kabar`: quickly, with help for everything, from anywhere."""

import subprocess
import sys
from pathlib import Path

import pytest
import typer.core

from cli.main import COMMANDS, load
from tests.cli_world import Terminal

_ROOT = Path(__file__).parent.parent
#: `kabar --help` starts at once because none of these is imported for it.
_SLOW = ("sqlalchemy", "alembic", "aiogram", "aiohttp", "telegram", "twilio", "pydantic", "phonenumbers", "fluent")
_OURS = ("bot", "notifier", "core", "web", "cli", "simulator", "migrations")


@pytest.fixture
def kabar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys)


def _modules_after(*words: str) -> set[str]:
    code = f"import sys; from cli.main import run; run({list(words)!r}); sys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_help_imports_nothing_that_is_slow() -> None:
    assert not _modules_after("--help") & set(_SLOW)


def test_status_imports_neither_a_bot_nor_a_provider() -> None:
    assert not _modules_after("status", "--help") & {"aiogram", "aiohttp", "telegram", "twilio", "alembic"}


def test_help_reads_little_of_our_own_code() -> None:
    """Forty commands are listed by their names alone; how long that takes is benchmarks/starting.py."""
    ours = {name for name in _modules_after("--help") if name.partition(".")[0] in _OURS}
    assert ours <= {"core", "core.errors", "cli", "cli.main", "cli.edge", "cli.misspelt", "cli.show"}, sorted(ours)


def test_help_shows_every_command_and_how_to_begin(kabar: Terminal) -> None:
    said = kabar("--help")
    assert said.code == 0
    assert "kabar init --regency 35.22" in said.out
    for name, entry in COMMANDS.items():
        assert f" {name} " in said.out
        assert entry.help in said.flat.replace(" │ │ ", " ")


def test_kabar_alone_shows_its_help(kabar: Terminal) -> None:
    assert kabar() == kabar("--help")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself_with_an_example(kabar: Terminal, name: str) -> None:
    said = kabar(name, "--help")
    assert said.code == 0
    assert "Example" in said.out
    assert f"kabar {name}" in said.out.partition("Example")[2]


@pytest.mark.parametrize(
    ("group", "name"), [("letter", "ask"), ("letter", "ready"), ("contact", "add"), ("contact", "stop")]
)
def test_every_command_of_a_group_explains_itself_too(kabar: Terminal, group: str, name: str) -> None:
    said = kabar(group, name, "--help")
    assert said.code == 0
    assert f"kabar {group} {name}" in said.out.partition("Example")[2]


def _examples(help_text: str) -> list[str]:
    return [line for line in help_text.splitlines() if line.startswith(" ")]


def test_no_example_is_wider_than_a_small_terminal() -> None:
    for name in COMMANDS:
        command = load(name)
        group = isinstance(command, typer.core.TyperGroup)
        for shown in [command, *(command.commands.values() if group else ())]:
            assert all(len(line) <= 78 for line in _examples(shown.help)), shown.name


def test_a_mistyped_command_is_answered_with_the_nearest_one(kabar: Terminal) -> None:
    said = kabar("stauts")
    assert said.code == 2
    assert "status" in said.err
    assert said.out == ""


def test_a_nik_typed_as_a_command_is_not_repeated(kabar: Terminal) -> None:
    said = kabar("3522990101800001")
    assert said.code == 2
    assert "3522" not in said.flat


def test_a_missing_word_is_said_in_one_line(kabar: Terminal) -> None:
    said = kabar("status")
    assert said.code == 2
    assert said.err == "kabar: missing argument 'nik'; see: kabar status --help\n"
