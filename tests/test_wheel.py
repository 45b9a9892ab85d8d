"""Installed from the wheel: everything that a command needs at run time is inside."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel installs, and nothing else of this project."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    [wheel] = folder.glob("*.whl")
    site = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def kabar(installed: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the wheel's own `kabar` from a folder that has nothing to do with the project."""
    script = (
        "import sys, core, cli.main; assert core.__file__.startswith(sys.argv[1]), core.__file__; "
        "sys.exit(cli.main.run(sys.argv[2:]))"
    )
    return subprocess.run(
        [sys.executable, "-c", script, str(installed), *arguments],
        cwd=home.parent,
        env={**os.environ, "PYTHONPATH": str(installed), "KABAR_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_office_is_founded_filled_and_asked_from_the_wheel_in_any_folder(installed: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    export = tmp_path / "export.csv"
    export.write_text("NIK;NAMA;KODE DESA;STATUS;TGL REKAM\n3522990101800001;SATU;35.22.15.2003;PRR;05/01/2017\n")
    for arguments in (
        ("init", "--regency", "35.22"),
        ("import", str(export), "--as-of", "27-09-2017"),
        ("doctor", "--help"),
    ):
        done = kabar(installed, home, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
    told = kabar(installed, home, "status", "3522990101800001")
    assert "SIAP DICETAK" in told.stdout


def test_the_wheel_brings_the_demo_and_the_licence_of_the_region_data(installed: Path) -> None:
    assert (installed / "cli/demo/bojonegoro-2017-09.csv.xz").exists()
    assert (installed / "cli/demo/jember-2017-05.xlsx.xz").exists()
    assert (installed / "core/regions/LICENSE-wilayah").exists()


def test_the_wheel_brings_every_file_of_the_phones_page(installed: Path) -> None:
    page = Path("simulator/page/static")
    assert {file.name for file in (installed / page).iterdir()} == {file.name for file in (ROOT / page).iterdir()}
