"""The project guards itself: its README is true, and nothing in it points where it must not."""

import re
import subprocess
from pathlib import Path

from cli.main import COMMANDS
from core.rules.diagram import diagram

ROOT = Path(__file__).parent.parent
#: 16 digits that are somebody's: any NIK whose district is not the unallocated 99.
_NIK = re.compile(r"(?<!\d)\d{4}(?!99)\d{2}(?:0[1-9]|[12]\d|3[01]|[4-7]\d)(?:0[1-9]|1[0-2])\d{6}(?!\d)")


def tracked() -> list[Path]:
    """Every file that git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607  # whichever git this machine has
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def texts() -> dict[str, str]:
    """The tracked files that are text."""
    found = {}
    for path in tracked():
        try:
            found[str(path.relative_to(ROOT))] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


def test_the_readme_shows_the_stages_as_the_table_has_them() -> None:
    assert diagram() in (ROOT / "README.md").read_text()


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text()
    assert [name for name in COMMANDS if f"kabar {name}" not in readme] == []


def test_the_readme_names_every_folder_of_code() -> None:
    readme = (ROOT / "README.md").read_text()
    folders = {path.relative_to(ROOT).parts[0] for path in tracked() if path.suffix == ".py" and path.parent != ROOT}
    assert [folder for folder in sorted(folders) if f"`{folder}/" not in readme] == []


def test_no_file_holds_the_address_of_a_package_registry() -> None:
    addresses = re.compile(r"pypi\.org|pythonhosted|--(extra-)?index-url[ =]http|--find-links[ =]")
    assert [name for name, text in texts().items() if name != "tests/test_project.py" and addresses.search(text)] == []


def test_every_nik_in_the_project_is_of_the_district_that_is_nobodys() -> None:
    # Other 16-digit numbers are Twilio's or hashes; what reads as a NIK must be one of ours.
    code = {name: text for name, text in texts().items() if name.endswith((".py", ".md", ".csv", ".ftl"))}
    assert {name: _NIK.findall(text) for name, text in code.items() if _NIK.search(text)} == {}


def test_code_files_stay_small_enough_to_hold_one_idea() -> None:
    long = {
        name: lines
        for name, text in texts().items()
        if name.endswith(".py") and not name.startswith(("tests/", "migrations/versions/", "benchmarks/"))
        if (lines := text.count("\n")) > 300
    }
    assert long == {}
