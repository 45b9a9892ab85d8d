"""Every setting, from the environment or a `.env` file; a bad one is refused at start with a hint."""

import re
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.errors import SetupError
from core.offices import OfficeList, chosen_office
from core.rules.answer import LetterKind
from core.rules.hours import EXAMPLE, Hours
from core.rules.letters import USUAL_DAYS, Validity
from core.rules.officials import TellingTerms
from core.rules.phone import PhoneError, read_phone
from core.rules.window import Window

TELEGRAM_API = "https://api.telegram.org"
#: What PostgreSQL takes without quotes; its own schemas begin with pg_.
_SCHEMA = re.compile(r"(?!pg_)[a-z_][a-z0-9_]{0,62}")
#: What pydantic says in a programmer's words, by its name for it.
_SAID = {
    "bool_parsing": "must be yes or no",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_parsing": "must be a number",
    "finite_number": "must be a number",
    "literal_error": "must be one of its words",
    "string_too_long": "is too long",
    "string_pattern_mismatch": "must be one line",
}


class Settings(BaseSettings):
    """One installation. Secrets never show in a representation."""

    model_config = SettingsConfigDict(env_prefix="KABAR_", env_file=".env", extra="ignore", env_ignore_empty=True)

    home: Path = Field(Path("var"), description="folder of the database, the key file and the run lock")
    database_url: SecretStr | None = Field(None, description="empty: one SQLite file in the home folder")
    database_schema: str | None = Field(
        None, description="the office's own schema in that PostgreSQL database, as in k3522; empty: the default one"
    )
    offices: Path | None = Field(
        None, description="file that lists several offices, each with its own settings; empty: this is one office"
    )
    office: str | None = Field(None, description="which office of that file, as in 35.22; or: kabar --office 35.22")
    redis_url: SecretStr | None = Field(None, description="only for many workers; nothing uses it on one server")
    telegram_token: SecretStr | None = Field(None, description="from @BotFather; without it Telegram notices wait")
    telegram_api: str = Field(TELEGRAM_API, description="base address of the Bot API")
    telegram_rate: float = Field(27, gt=0, le=1000, description="messages a second, answers included")
    twilio_account_sid: str | None = Field(None, description="AC…; without it SMS notices wait")
    twilio_auth_token: SecretStr | None = Field(None, description="belongs to the account")
    twilio_api: str | None = Field(None, description="base address of Twilio's API; empty: Twilio's own")
    sms_sender: str | None = Field(None, description="a registered name, a number, or MG… of a messaging service")
    sms_daily_cap: int = Field(500, ge=0, description="SMS a day; what exceeds it waits for the next day")
    sms_price: Decimal | None = Field(
        None, gt=0, description="what one SMS costs in your currency, as in 450; empty: no cost is shown"
    )
    sms_per_second: float = Field(10, gt=0, le=1000, description="SMS a second; each is one segment")
    sms_in_flight: int = Field(8, ge=1, le=100, description="SMS on their way to Twilio at once")
    live: bool = Field(False, description="no: only the trial addresses get anything")
    trial_addresses: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="phone numbers and Telegram account numbers, separated by commas"
    )
    public_url: str | None = Field(None, description="https://… under which the web part is reached from outside")
    webhook: bool = Field(
        False, description="yes: Telegram brings updates to the public address; no: it is asked for them"
    )
    send_window: Annotated[Window, NoDecode] = Field(
        Window(time(8), time(18)), description="HH:MM-HH:MM in the office's zone, or: always"
    )
    backup_folder: Path | None = Field(
        None, description="folder for a backup each night; empty: none is made by itself"
    )
    operators: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(),
        description="Telegram account numbers told how the office is, and when SMS stop, separated by commas",
    )
    operator_phones: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="phone numbers told by SMS when Telegram stopped, separated by commas"
    )
    office_hours: Annotated[Hours | None, NoDecode] = Field(
        None, description=f"when the office is open, as in {EXAMPLE}; empty: as kabar init wrote it"
    )
    office_address: str | None = Field(
        None, max_length=160, pattern=r"^[^\r\n]*$", description="where the office is, in one line; empty: not told"
    )
    closed_days: Path | None = Field(
        None,
        description="file of the office's own closed days, one in a line: 28/12/2026, Pindah kantor; read at start",
    )
    print_policy: Path | None = Field(
        None, description="file that says who is printed before whom; empty: first-timers before replacements"
    )
    suket_days: int = Field(
        USUAL_DAYS, ge=1, le=1830, description="days for which a suket is valid, and by which it is extended"
    )
    biodata_days: int = Field(
        USUAL_DAYS, ge=1, le=1830, description="days for which a biodata WNI is valid, and by which it is extended"
    )
    centre_days: int = Field(
        60, ge=1, le=3650, description="days of the centre's work after which a card sent there needs an officer"
    )
    pickup_per_day: int = Field(
        60, ge=1, le=999, description="people whom one counter, or one village hall, hands cards to on a day"
    )
    call_after_days: int = Field(
        5,
        ge=0,
        le=60,
        description="working days after which a village's people are called though nobody called them; 0: never",
    )
    announcements_a_week: int = Field(2, ge=0, le=50, description="announcements that one region may make in a week")
    announcements_agreed: bool = Field(
        False, description="yes: the office has to agree to every announcement of a village or district"
    )
    agreed_above: int = Field(
        5000, ge=1, description="people above whom a second official has to agree to what they are told"
    )
    wording: Path | None = Field(None, description="folder of .ftl files that override single texts")
    log: Literal["text", "json"] = Field("text", description="text or json")
    http: str = Field("127.0.0.1:8080", description="address and port of the web part")

    @field_validator("database_schema")
    @classmethod
    def _is_a_schema(cls, value: str | None, known: ValidationInfo) -> str | None:
        if value is None:
            return None
        address = known.data.get("database_url")
        if address is None or "options=" in address.get_secret_value():
            raise ValueError("needs KABAR_DATABASE_URL, and that without options of its own")
        if not _SCHEMA.fullmatch(value):
            raise ValueError("must be small letters, digits and _, as in k3522")
        return value

    @field_validator("send_window", mode="before")
    @classmethod
    def _read_window(cls, value: object) -> object:
        return Window.read(value) if isinstance(value, str) else value

    @field_validator("office_hours", mode="before")
    @classmethod
    def _read_hours(cls, value: object) -> object:
        return Hours.read(value) if isinstance(value, str) else value

    @field_validator("trial_addresses", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        words = (word.strip() for word in value.split(","))
        return frozenset(cls._trial_address(word) for word in words if word)

    @staticmethod
    def _trial_address(text: str) -> str:
        if text.isascii() and text.isdigit() and not text.startswith("0"):
            return text
        if not text.startswith(("0", "+")):
            raise ValueError(
                "must be phone numbers and account numbers of Telegram, as in +6281200000001,99000001; "
                "what is neither reaches nobody"
            )
        try:
            return read_phone(text)
        except PhoneError as error:
            raise ValueError(str(error)) from None

    @field_validator("operator_phones", mode="before")
    @classmethod
    def _phones(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return frozenset(read_phone(word.strip()) for word in value.split(",") if word.strip())
        except PhoneError as error:
            raise ValueError(str(error)) from None

    @field_validator("operators", mode="before")
    @classmethod
    def _account_numbers(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        numbers = frozenset(word.strip() for word in value.split(",") if word.strip())
        if not all(number.isascii() and number.isdigit() for number in numbers):
            raise ValueError("must be account numbers of Telegram, as in 990000001,990000002")
        return numbers

    @field_validator("telegram_api", "twilio_api", "public_url")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("https://", "http://")):
            raise ValueError("must begin with https:// or http://")
        return value.rstrip("/") if value else value

    @field_validator("http")
    @classmethod
    def _has_a_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or int(port) > 65535:
            raise ValueError("must be HOST:PORT, as in 127.0.0.1:8080")
        return value

    @property
    def letter_validity(self) -> Validity:
        """For how long letters are valid here."""
        return Validity({LetterKind.SUKET: self.suket_days, LetterKind.BIODATA_WNI: self.biodata_days})

    @property
    def telling_terms(self) -> TellingTerms:
        """What holds for what officials have many told."""
        return TellingTerms(
            a_week=self.announcements_a_week,
            agreed=self.announcements_agreed,
            agreed_above=self.agreed_above,
            sms_price=self.sms_price,
        )

    @property
    def http_address(self) -> tuple[str, int]:
        """Host and port of the web part."""
        host, _, port = self.http.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def redis_address(self) -> str | None:
        """The address of Redis in clear, for its client only."""
        return self.redis_url.get_secret_value() if self.redis_url else None

    @property
    def database_address(self) -> str | None:
        """The database's address in clear, for the engine only; libpq keeps every connection to the schema it names."""
        if self.database_url is None:
            return None
        address = self.database_url.get_secret_value()
        if self.database_schema is None:
            return address
        return f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3D{self.database_schema}"


def read_settings() -> Settings:
    """Read the settings of the office that is meant.

    Raises SetupError that names each bad one, what is wrong, and what it should be; or that no office is named.
    """
    here = settings_from({})
    code, path = chosen_office()
    code, path = code or here.office, path or here.offices
    if path is None:
        if code is not None:
            raise SetupError(f"office {code} is one of no list; set KABAR_OFFICES, or: kabar office add {code}")
        return here
    listed = read_offices(path)
    if code is None:
        example = listed.codes[0] if listed.codes else "35.22"
        raise SetupError(f"{path} lists {len(listed.codes)} offices; name one, as in: kabar --office {example} COMMAND")
    return settings_from(listed.settings_of(code))


def read_offices(path: Path) -> OfficeList:
    """Read the list of offices; raise SetupError where it cannot be used."""
    return OfficeList(path, Settings.model_fields)


def settings_from(listed: dict[str, Any]) -> Settings:
    """Read the environment and `.env`, with what the list of offices says before them."""
    try:
        return Settings(**listed)
    except ValidationError as error:
        # Only the message and the setting's own help are shown: the value could be a token.
        problems = [_problem(str(wrong["loc"][0]), wrong["type"], wrong["msg"]) for wrong in error.errors()]
        raise SetupError("a setting is wrong: " + "; ".join(problems)) from None


def _problem(name: str, kind: str, message: str) -> str:
    setting = f"KABAR_{name.upper()}"
    if kind == "value_error":  # by our own hand, and with what it should be
        return f"{setting}: {message.removeprefix('Value error, ')}"
    said = _SAID.get(kind) or message.replace("Input should be", "must be")
    return f"{setting}: {said} ({Settings.model_fields[name].description})"
