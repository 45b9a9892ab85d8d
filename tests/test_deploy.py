"""What lies in deploy/ and in the guide names only what the program has."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
import typer.main

from cli.main import COMMANDS, load
from core.settings import Settings

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "from-one-server-to-many.md"
COMPOSE = ROOT / "deploy" / "compose.yaml"
DOCKERFILE = ROOT / "deploy" / "Dockerfile"
_BLOCK = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(kabar [^`]+)`")
_OFFICE = re.compile(r"--office[ =]\d\d\.\d\d")
_SETTINGS = {f"KABAR_{name.upper()}" for name in Settings.model_fields}


def spoken() -> Iterator[str]:
    """Every `kabar …` in the guide, in blocks (a line each) and in sentences, from that word on."""
    text = GUIDE.read_text()
    for block in _BLOCK.findall(text):
        for line in block.splitlines():
            if found := re.match(r"(?:sudo |[A-Z_]+=\S+ )*(kabar\s.+)", line.partition("#")[0]):
                yield re.split(r"\s[|&;<>]", found[1])[0].strip()
    yield from _INLINE.findall(_BLOCK.sub("", text))


def unknown_in(line: str) -> str | None:
    """What in a command line the program does not have."""
    words = shlex.split(_OFFICE.sub("", line))[1:]
    if not words or words[0] in ("…", "COMMAND", "--help"):
        return None
    if words[0] not in COMMANDS:
        return words[0]
    command = load(words[0])
    rest = words[1:]
    while isinstance(command, typer.core.TyperGroup) and rest and not rest[0].startswith("-"):
        if rest[0] not in command.commands:
            return rest[0]
        command, rest = command.commands[rest[0]], rest[1:]
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    return next((w for w in rest if w.startswith("--") and w.partition("=")[0] not in options | {"--help"}), None)


def test_the_guide_says_many_commands() -> None:
    assert len(list(spoken())) > 40


@pytest.mark.parametrize("line", sorted(set(spoken())))
def test_each_command_of_the_guide_exists_with_its_options(line: str) -> None:
    assert unknown_in(line) is None


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("kabar fly", "fly"),
        ("kabar office fly", "fly"),
        ("kabar move-database - --skema k3522", "--skema"),
        ("kabar --office 35.22 backup --sealed", "--sealed"),
        ("kabar --office 35.22 backup /mnt/backups", None),
        ("kabar office migrate --all", None),
    ],
)
def test_what_does_not_exist_is_noticed(line: str, wrong: str | None) -> None:
    assert unknown_in(line) == wrong


@pytest.mark.parametrize("path", [GUIDE, COMPOSE, DOCKERFILE], ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"KABAR_[A-Z_]+", path.read_text()))
    assert named
    assert named <= _SETTINGS


def test_every_setting_of_a_list_of_offices_exists() -> None:
    """Lists are written in the guide's blocks of TOML, and in the head of the compose file."""
    lists = re.findall(r"^```toml\n(.*?)^```$", GUIDE.read_text(), re.MULTILINE | re.DOTALL)
    lists.append(re.sub(r"^# *", "", COMPOSE.read_text().partition("\nname:")[0], flags=re.MULTILINE))
    named = {name for text in lists for name in re.findall(r"^(\w+) = ", text, re.MULTILINE)}
    assert "database_schema" in named
    assert named <= set(Settings.model_fields)


@pytest.mark.parametrize("path", [COMPOSE, DOCKERFILE], ids=lambda path: path.name)
def test_what_was_never_run_says_so_first(path: Path) -> None:
    assert path.read_text().startswith("# NOT RUN HERE")


def test_the_image_takes_in_every_folder_of_the_program_and_nothing_else() -> None:
    packages = set(re.findall(r'"(\w+)"', re.search(r"^packages = \[(.*bot.*web.*)\]$", _project(), re.MULTILINE)[1]))  # type: ignore[index]
    copied = set(re.findall(r"^COPY (\w+) \./\1$", DOCKERFILE.read_text(), re.MULTILINE))
    let_in = set(re.findall(r"^!(\w+)$", (ROOT / "deploy" / "Dockerfile.dockerignore").read_text(), re.MULTILINE))
    assert copied == packages - {"benchmarks"}
    assert let_in == copied | {"LICENSE"}


def _project() -> str:
    text = (ROOT / "pyproject.toml").read_text()
    return text[text.index("[tool.hatch.build.targets.wheel]") :]


def test_the_commands_that_containers_start_exist() -> None:
    started = re.findall(r"^    command: \[(\w+)\]$", COMPOSE.read_text(), re.MULTILINE)
    started += re.findall(r'^CMD \["(\w+)"\]$', DOCKERFILE.read_text(), re.MULTILINE)
    assert started == ["worker", "web", "worker"]
    assert set(started) <= set(COMMANDS)
