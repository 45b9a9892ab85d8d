"""`.env.example` names every setting there is, with its help and its default."""

from pathlib import Path

import pytest

from core.settings import Settings

_FILE = Path(__file__).parent.parent / ".env.example"


def _named() -> dict[str, str]:
    """Each setting in the file, with the comments above it."""
    named: dict[str, str] = {}
    comment = ""
    for line in _FILE.read_text().splitlines():
        if line.startswith("#"):
            comment += line.lstrip("# ") + "\n"
        elif "=" in line:
            named[line.partition("=")[0]] = comment
        else:
            comment = ""
    return named


def test_it_names_exactly_the_settings_that_exist() -> None:
    assert list(_named()) == [f"KABAR_{name.upper()}" for name in Settings.model_fields]


@pytest.mark.parametrize("name", Settings.model_fields)
def test_each_setting_has_its_help(name: str) -> None:
    assert (Settings.model_fields[name].description or "?") in _named()[f"KABAR_{name.upper()}"]


def test_a_copy_of_it_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _named():
        monkeypatch.delenv(name, raising=False)
    assert Settings(_env_file=_FILE) == Settings(_env_file=None)
