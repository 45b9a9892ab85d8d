"""Founding an office, killed at any point, twice, or with its key lost."""

import sqlite3
import stat
from pathlib import Path

import pytest

from core.questions.regions import office_row, office_words
from core.store.engine import database_url
from core.store.sealing import make_key_file
from migrations import migrate
from tests.cli_world import Terminal

BOJONEGORO = ("init", "--regency", "35.22")


@pytest.fixture
def kabar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_an_office_is_founded_with_names_made_from_its_regency(kabar: Terminal) -> None:
    said = kabar(*BOJONEGORO)
    assert said.code == 0
    assert "28 districts, 430 villages, time zone Asia/Jakarta" in said.flat
    assert "apart from the backups" in said.flat
    assert all(step in said.out for step in ("kabar import FILE", ".env", "kabar doctor", "kabar run"))
    with kabar.office() as office:
        words = office.read(office_words)
    assert words.name == "Dispendukcapil Kabupaten Bojonegoro"
    assert words.short_name == "Dukcapil Bojonegoro"
    assert words.hours == "Senin-Jumat 08.00-15.00"


def test_home_and_key_belong_to_their_owner_alone(kabar: Terminal) -> None:
    kabar(*BOJONEGORO)
    assert _mode(kabar.home) == 0o700
    assert _mode(kabar.home / "office.key") == 0o600


def test_an_operator_may_name_everything_herself(kabar: Terminal) -> None:
    names = ("--name", "Dispendukcapil Kota Malang", "--short-name", "Dukcapil Malang", "--hours", "Senin 08.00-12.00")
    assert kabar("init", "--regency", "kota malang", *names, "--pickup", "district").code == 0
    with kabar.office() as office:
        row = office.read(office_row)
        assert (row.regency, row.short_name, row.hours) == ("35.73", "Dukcapil Malang", "Senin 08.00-12.00")


@pytest.mark.parametrize(
    ("regency", "hint"),
    [
        ("malang", "35.07 Kabupaten Malang, 35.73 Kota Malang"),
        ("kota malang", "'Dukcapil Kota Malang' has 20 characters"),
        ("tapanuli tengah", "--short-name"),
        ("99.99", "no regency has this code"),
        ("nowhere", "no regency has this name"),
    ],
)
def test_what_cannot_be_founded_is_said_and_leaves_nothing_behind(kabar: Terminal, regency: str, hint: str) -> None:
    said = kabar("init", "--regency", regency)
    assert said.code == 1
    assert hint in said.err
    assert not kabar.home.exists()


@pytest.mark.parametrize(
    ("option", "value"), [("--short-name", "Dukcapil Бо"), ("--name", "x" * 81), ("--hours", "x" * 61)]
)
def test_a_name_that_fits_nowhere_is_refused(kabar: Terminal, option: str, value: str) -> None:
    said = kabar(*BOJONEGORO, option, value)
    assert said.code == 1
    assert option in said.err
    assert not kabar.home.exists()


def test_a_second_office_is_refused_kindly(kabar: Terminal) -> None:
    kabar(*BOJONEGORO)
    key = (kabar.home / "office.key").read_bytes()
    said = kabar("init", "--regency", "35.07", "--short-name", "Dukcapil Malang")
    assert said.code == 1
    assert "Dispendukcapil Kabupaten Bojonegoro (35.22)" in said.err
    assert "KABAR_HOME" in said.err
    assert (kabar.home / "office.key").read_bytes() == key


def test_a_lost_key_is_never_replaced_while_there_is_data(kabar: Terminal) -> None:
    kabar(*BOJONEGORO)
    (kabar.home / "office.key").unlink()
    for command in (BOJONEGORO, ("status", "-"), ("notices",)):
        said = kabar(*command, typed="3522990101800001\n")
        assert said.code == 2
        assert "the key file" in said.err
        assert "put it back" in said.err
    assert not (kabar.home / "office.key").exists()


def _home_only(home: Path) -> None:
    home.mkdir()


def _half_a_key(home: Path) -> None:
    home.mkdir()
    (home / "office.key.unfinished").write_text("kabar-key 1 ")


def _key_only(home: Path) -> None:
    home.mkdir()
    make_key_file(home / "office.key")


def _empty_database(home: Path) -> None:
    _key_only(home)
    (home / "kabar.sqlite3").touch()


def _tables_without_an_office(home: Path) -> None:
    _key_only(home)
    migrate(database_url(None, home))


@pytest.mark.parametrize(
    "killed_after", [_home_only, _half_a_key, _key_only, _empty_database, _tables_without_an_office]
)
def test_founding_that_was_killed_goes_on_when_it_is_run_again(kabar: Terminal, killed_after) -> None:  # type: ignore[no-untyped-def]
    killed_after(kabar.home)
    key = kabar.home / "office.key"
    before = key.read_bytes() if key.exists() else None
    assert kabar(*BOJONEGORO).code == 0
    assert before in (None, key.read_bytes())
    assert "tidak kami temukan" in kabar("status", "-", typed="3522990101800001\n").out
    assert sorted(path.name for path in kabar.home.iterdir()) == ["kabar.sqlite3", "office.key"]


def test_every_command_says_when_there_is_no_office_yet(kabar: Terminal) -> None:
    for command in (("status", "3522990101800001"), ("notices",), ("suspensions",), ("migrate",), ("import", "x.csv")):
        said = kabar(*command)
        assert said.code == 2
        assert "kabar init --regency CODE" in said.err
    assert not kabar.home.exists()


def test_migrate_has_nothing_to_do_after_init(kabar: Terminal) -> None:
    kabar(*BOJONEGORO)
    said = kabar("migrate")
    assert said.code == 0
    assert "nothing to do" in said.out


def test_a_database_of_a_newer_program_is_left_alone(kabar: Terminal) -> None:
    kabar(*BOJONEGORO)
    with sqlite3.connect(kabar.home / "kabar.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    for command in (("migrate",), ("notices",)):
        said = kabar(*command)
        assert said.code == 2
        assert "9999" in said.err
