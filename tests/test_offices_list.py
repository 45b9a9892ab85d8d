"""Several offices on one machine: the list of them, and a command line that takes one."""

import json
from pathlib import Path

import pytest

from cli.offices import Offices
from core.errors import KabarError
from core.settings import read_offices
from tests.cli_world import Terminal
from tests.offices import SITI

TOKEN = "990000001:TEST-TOKEN-of-nobody"


@pytest.fixture
def kabar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys)


def listed(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "offices.toml"
    path.write_text(text)
    path.chmod(mode)
    return path


def test_two_offices_on_one_machine_know_nothing_of_each_other(kabar: Terminal) -> None:
    assert kabar("office", "add", "35.22").code == 0
    kabar.set(offices="offices.toml")
    assert kabar("office", "add", "35.09").code == 0
    kabar("import", kabar.export(f"{SITI};SITI AMINAH;35.22.15.2003;PRR;05/01/2017;;;"), "--office", "35.22")
    assert kabar("--office", "35.22", "status", SITI).code == 0
    assert kabar("--office=35.09", "status", SITI).code == 1
    said = kabar("office", "list")
    assert "Kabupaten Bojonegoro" in said.out
    assert "2 offices" in said.out
    assert (kabar.folder / "35.22" / "office.key").read_bytes() != (kabar.folder / "35.09" / "office.key").read_bytes()


def test_who_names_no_office_of_several_is_told_how(kabar: Terminal) -> None:
    kabar("office", "add", "35.22")
    kabar.set(offices="offices.toml")
    said = kabar("status", SITI)
    assert said.code == 2
    assert "kabar --office 35.22 COMMAND" in said.flat


def test_an_office_that_is_not_listed_is_refused_with_the_nearest(kabar: Terminal) -> None:
    kabar("office", "add", "35.22")
    kabar.set(offices="offices.toml")
    assert "did you mean 35.22?" in kabar("--office", "35.23", "doctor").flat


def test_the_flag_of_status_is_still_a_flag(kabar: Terminal) -> None:
    kabar("init", "--regency", "35.22")
    kabar("import", kabar.export(f"{SITI};SITI AMINAH;35.22.15.2003;PRR;05/01/2017;;;"))
    assert kabar("status", SITI, "--office").code == 0


def test_an_office_that_cannot_be_founded_is_not_in_the_list(kabar: Terminal) -> None:
    said = kabar("office", "add", "35.22", "--short-name", "Dinas Kependudukan dan Pencatatan Sipil")
    assert said.code == 1
    assert not (kabar.folder / "offices.toml").exists()


def test_one_that_is_there_is_not_added_again(kabar: Terminal) -> None:
    kabar("office", "add", "35.22")
    kabar.set(offices="offices.toml")
    before = (kabar.folder / "offices.toml").read_text()
    assert kabar("office", "add", "35.22").code == 1
    assert (kabar.folder / "offices.toml").read_text() == before


def test_what_a_person_wrote_into_the_list_stays(kabar: Terminal) -> None:
    listed(kabar.folder, "# ours\n[all]\nlive = false  # until May\n")
    kabar.set(offices="offices.toml")
    kabar("office", "add", "35.22")
    assert (kabar.folder / "offices.toml").read_text().startswith("# ours\n[all]\nlive = false  # until May\n\n[")


def test_the_doctor_looks_at_all_of_them(kabar: Terminal) -> None:
    kabar("office", "add", "35.22")
    kabar.set(offices="offices.toml")
    (kabar.folder / "35.22" / "office.key").unlink()
    said = kabar("office", "check")
    assert said.code == 1
    assert "1 office: 1 broken" in said.out
    assert json.loads(kabar("office", "check", "--json").out)["35.22"]


def test_all_are_migrated_and_one_that_cannot_be_stops_no_other(kabar: Terminal) -> None:
    for code in ("35.22", "35.09"):
        kabar("office", "add", code)
        kabar.set(offices="offices.toml")
    (kabar.folder / "35.09" / "kabar.sqlite3").unlink()
    said = kabar("office", "migrate", "--all")
    assert said.code == 1
    assert "35.22: at schema" in said.out
    assert "35.09: it was never founded" in said.out


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[all]\ndatbase_url = 'x'", "did you mean database_url"),
        ("['35.22.15']", "is no regency"),
        ("['35.22']\nlive = ", "is not TOML"),
        ("office = 1", "must be a section|is no regency"),
        (f"['35.22']\ntelegram_token='{TOKEN}'\n['35.09']\ntelegram_token='{TOKEN}'", "the same bot token"),
        ("['35.22']\nhome='x'\n['35.09']\nhome='x'", "the same home"),
        ("[all]\ndatabase_url='postgresql://h/d'\n['35.22']\n['35.09']", "the same database and schema"),
        ("[all]\noffices='x'", "is no setting"),
    ],
)
def test_a_list_that_would_mix_two_offices_or_is_misspelt_is_refused(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(KabarError, match=why) as refused:
        read_offices(listed(tmp_path, text))
    assert TOKEN not in str(refused.value)


def test_a_list_that_others_may_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KabarError, match="chmod 600"):
        read_offices(listed(tmp_path, "['35.22']", mode=0o644))


def test_what_an_office_says_goes_before_what_all_share(tmp_path: Path) -> None:
    path = listed(tmp_path, "[all]\nsms_sender='JATIM'\nlive=true\n['35.22']\nsms_sender='BOJONEGORO'\n['35.09']\n")
    offices = read_offices(path)
    assert offices.settings_of("35.22")["sms_sender"] == "BOJONEGORO"
    assert offices.settings_of("35.09")["sms_sender"] == "JATIM"
    assert offices.settings_of("35.09")["home"] == tmp_path / "35.09"


def test_several_workers_of_one_list_each_listen_where_their_own_environment_says(
    kabar: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    kabar("office", "add", "35.22")
    path = kabar.folder / "offices.toml"
    path.write_text('[all]\nhttp = "127.0.0.1:8090"\nlog = "json"\n' + path.read_text())
    kabar.set(offices="offices.toml")
    monkeypatch.delenv("KABAR_HTTP", raising=False)
    with Offices() as offices:
        assert offices.process.http_address == ("127.0.0.1", 8090)
    monkeypatch.setenv("KABAR_HTTP", "127.0.0.1:8091")
    with Offices() as offices:
        assert offices.process.http_address == ("127.0.0.1", 8091)
        assert offices.process.log == "json"
