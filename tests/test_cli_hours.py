"""The operator's side: hours and closed days at start and at the doctor's, and erasing at the desk."""

from datetime import UTC, datetime, timedelta

import pytest

from cli.doctor.hours import look_at_hours
from cli.edge import utc_now
from core.actions.retention import forget_what_is_over
from core.errors import SetupError
from core.questions.regions import office_row
from core.questions.residents import held_addresses
from core.settings import Settings, read_settings
from tests.cli_world import Terminal
from tests.offices import SITI, act, ask


@pytest.fixture
def kabar(tmp_path, monkeypatch, capsys, founded_home):
    return Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)


def found(said, name):
    """The doctor's line of this name, with its hint."""
    lines = said.out.splitlines()
    at = next(number for number, line in enumerate(lines) if f" {name} " in f"{line} ")
    return " ".join(" ".join(lines[at : at + 2]).split())


def test_the_doctor_says_what_is_open_and_until_when_holidays_are_known(kabar):
    said = kabar("doctor")
    assert "✓ office hours Senin-Jumat 08.00-15.00" in found(said, "office hours")
    assert "closed days holidays are known until 2027-12-31" in found(said, "closed days")


def test_hours_of_long_ago_that_cannot_be_read_are_shown_and_the_doctor_says_so(kabar):
    with kabar.office() as office:
        office.write(lambda session: _set_hours(session, "setiap hari kerja"))
    said = found(kabar("doctor"), "office hours")
    assert "! office hours 'setiap hari kerja' is shown, but nobody can be told" in said
    kabar.set(office_hours="Senin-Jumat 08.00-14.00")
    assert "✓ office hours Senin-Jumat 08.00-14.00" in found(kabar("doctor"), "office hours")
    assert "Senin-Jumat 08.00-14.00" in kabar("status", "3522990101800009").out


def _set_hours(session, hours):
    office_row(session).hours = hours


def test_hours_that_cannot_be_read_refuse_every_start(kabar):
    kabar.set(office_hours="jam kerja")
    said = kabar("status", SITI)
    assert said.code == 2
    assert "KABAR_OFFICE_HOURS: 'jam kerja' cannot be read; write days and hours as in Senin-Kamis" in said.flat


def test_an_office_is_not_founded_with_such_hours(kabar):
    kabar.home.rename(kabar.folder / "elsewhere")
    said = kabar("init", "--regency", "35.09", "--hours", "setiap hari")
    assert said.code == 1 and "--hours: 'setiap hari' cannot be read" in said.flat
    assert not kabar.home.exists()


def test_a_bad_line_in_the_own_list_refuses_the_start_with_its_number(kabar):
    (kabar.folder / "libur.csv").write_text("28/12/2026, Pindah kantor\n31/02/2026, Tidak ada\n")
    kabar.set(closed_days="libur.csv", http="127.0.0.1:0")
    said = kabar("run")
    assert said.code == 2
    assert "KABAR_CLOSED_DAYS, libur.csv: line 2: there is no such day in the calendar" in said.flat
    assert "✗ closed days" in found(kabar("doctor"), "closed days")


@pytest.mark.parametrize(
    ("day", "mark"), [(datetime(2027, 11, 1, tzinfo=UTC), "✓"), (datetime(2027, 11, 3, tzinfo=UTC), "!")]
)
def test_the_doctor_warns_sixty_days_before_the_calendar_ends(kabar, day, mark):
    with kabar.office() as office:
        *_, finding = look_at_hours(office, Settings(_env_file=None), day)
        assert (finding.name, finding.mark) == ("closed days", mark)


def test_an_address_of_two_lines_is_refused(kabar):
    kabar.set(office_address="Jl. Panglima Polim 1\nBojonegoro")
    with pytest.raises(SetupError, match="KABAR_OFFICE_ADDRESS"):
        read_settings()


def test_erasing_at_the_desk_asks_first(kabar):
    said = kabar("contact", "erase", SITI)
    assert said.code == 3 and "1 sms stand at" in said.flat
    with kabar.office() as office:
        assert ask(office, held_addresses, SITI).total() == 1


def test_erased_at_the_desk_the_phone_is_gone_within_the_hour(kabar):
    said = kabar("contact", "erase", "-", "--yes", typed=SITI)
    assert said.code == 0 and "Addresses erased at" in said.out and ": 1 sms." in said.out
    with kabar.office() as office:
        act(office, forget_what_is_over, now=utc_now() + timedelta(minutes=2))
        assert ask(office, held_addresses, SITI).total() == 0
    assert "Nothing to do" in kabar("contact", "erase", SITI, "--yes").out
    assert "closed" in kabar("status", SITI, "--office").out
