"""Settings: each bad one is refused at start, by name, with what it should be, and without showing a secret."""

from pathlib import Path

import pytest

from cli.misspelt import misspelt_settings
from core.errors import SetupError
from core.settings import Settings, read_settings
from core.store.engine import database_url

SECRET = "not-to-be-shown-12345"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither this machine's settings nor a .env file."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"KABAR_{name.upper()}", raising=False)


def test_without_any_setting_an_office_starts_safely(tmp_path: Path) -> None:
    settings = read_settings()
    assert (settings.live, settings.sms_daily_cap, settings.telegram_rate) == (False, 500, 27)
    assert settings.http_address == ("127.0.0.1", 8080)
    assert not settings.trial_addresses


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TELEGRAM_RATE", "fast", "messages a second"),
        ("TELEGRAM_RATE", "0", "greater than 0"),
        ("TELEGRAM_RATE", "nan", "messages a second"),
        ("SMS_DAILY_CAP", "-1", "greater than or equal to 0"),
        ("SMS_DAILY_CAP", "many", "SMS a day"),
        ("LIVE", "maybe", "only the trial addresses get anything"),
        ("SEND_WINDOW", "8-18", "must be HH:MM-HH:MM, as in 08:00-18:00"),
        ("SEND_WINDOW", "18:00-08:00", "must open before it closes"),
        ("HTTP", "8080", "must be HOST:PORT"),
        ("HTTP", "127.0.0.1:99999", "must be HOST:PORT"),
        ("PUBLIC_URL", "kabar.example", "must begin with https://"),
        ("TELEGRAM_API", "api.telegram.org", "must begin with https://"),
        ("TWILIO_API", "twilio", "must begin with https://"),
        ("LOG", "xml", "text or json"),
        ("TRIAL_ADDRESSES", "0812abc", "one number"),
        ("TRIAL_ADDRESSES", "99000001,foo", "phone numbers and account numbers of Telegram"),
        ("SMS_DAILY_CAP", "1.5", "must be a whole number"),
        ("LIVE", "maybe", "must be yes or no"),
    ],
)
def test_a_bad_setting_is_named_with_what_it_should_be(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"KABAR_{name}", value)
    with pytest.raises(SetupError, match="a setting is wrong") as refusal:
        read_settings()
    assert f"KABAR_{name}:" in str(refusal.value)
    assert said in str(refusal.value)


def test_every_bad_setting_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP", "LIVE", "LOG"):
        monkeypatch.setenv(f"KABAR_{name}", SECRET)
    with pytest.raises(SetupError) as refusal:
        read_settings()
    assert all(f"KABAR_{name}" in str(refusal.value) for name in ("HTTP", "LIVE", "LOG"))
    assert SECRET not in str(refusal.value)


@pytest.mark.parametrize("name", ["TELEGRAM_TOKEN", "TWILIO_AUTH_TOKEN", "DATABASE_URL", "REDIS_URL"])
def test_a_secret_shows_in_no_representation(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"KABAR_{name}", SECRET)
    settings = read_settings()
    assert SECRET not in f"{settings!r} {settings} {settings.model_dump()}"


def test_every_setting_says_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_an_empty_line_in_the_file_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KABAR_TELEGRAM_TOKEN", "")
    monkeypatch.setenv("KABAR_TELEGRAM_RATE", "")
    settings = read_settings()
    assert (settings.telegram_token, settings.telegram_rate) == (None, 27)


def test_the_file_beside_the_office_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("KABAR_SMS_DAILY_CAP=7\nKABAR_LIVE=yes\n")
    settings = read_settings()
    assert (settings.sms_daily_cap, settings.live) == (7, True)


def test_trial_phones_may_be_written_as_people_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KABAR_TRIAL_ADDRESSES", "0812-0000-0001, 900000001,,+62 812 0000 0002")
    assert read_settings().trial_addresses == {"+6281200000001", "900000001", "+6281200000002"}


def test_an_address_ends_without_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KABAR_PUBLIC_URL", "https://kabar.example/")
    assert read_settings().public_url == "https://kabar.example"


@pytest.mark.parametrize("address", ["nonsense", f"mysql://u:{SECRET}@h/kabar", f"postgresql://u:{SECRET}@h"])
def test_an_address_of_no_database_is_refused_without_its_password(tmp_path: Path, address: str) -> None:
    with pytest.raises(SetupError, match="KABAR_DATABASE_URL") as refusal:
        database_url(address, tmp_path)
    assert SECRET not in str(refusal.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_usual_way_to_write_a_postgresql_address_is_understood(tmp_path: Path, scheme: str) -> None:
    assert database_url(f"{scheme}://u:p@h/kabar", tmp_path).drivername == "postgresql+psycopg"


def test_without_an_address_the_data_is_one_file_at_home(tmp_path: Path) -> None:
    assert database_url(None, tmp_path).database == str(tmp_path / "kabar.sqlite3")


def test_what_a_setting_should_be_is_said_once_and_in_no_programmers_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SEND_WINDOW", "LIVE", "SMS_DAILY_CAP", "TELEGRAM_RATE", "LOG", "HTTP"):
        monkeypatch.setenv(f"KABAR_{name}", "noon")
    with pytest.raises(SetupError) as refusal:
        read_settings()
    said = str(refusal.value)
    assert said.count("HH:MM-HH:MM") == 1
    assert not [word for word in ("Input", "Value error", "parse", "integer", "boolean") if word in said]


def test_a_misspelt_setting_is_named_with_the_one_that_was_meant(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert not list(misspelt_settings())
    (tmp_path / ".env").write_text(f"KABAR_LIV=yes\nKABAR_TELEGRAM_TOKN={SECRET}\nKABAR_LOG=json\nOTHER=1\n")
    monkeypatch.setenv("KABAR_BREAKFAST", "rice")
    monkeypatch.setenv("KABAR_DEBUG", "1")
    found = {one.name: one for one in misspelt_settings()}
    assert {name: one.meant for name, one in found.items()} == {
        "KABAR_BREAKFAST": "",
        "KABAR_LIV": "KABAR_LIVE",
        "KABAR_TELEGRAM_TOKN": "KABAR_TELEGRAM_TOKEN",
    }
    assert SECRET not in repr(found)
