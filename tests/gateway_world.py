"""Two offices in schemas of one PostgreSQL database, a list of them, and whoever brings something to their doors."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from core.store.engine import database_url, ensure_schema
from core.store.inbox_tables import InboxUpdate
from core.store.office import open_office, seal_of
from simulator.sms_receipts import sign
from tests.killed_jobs import command
from tests.killing import Child
from tests.offices import found
from tests.test_run import free_port, until

BASE = "https://kabar.example.id"
CODES = ("35.22", "35.09")
HEADER = "X-Telegram-Bot-Api-Secret-Token"
#: Of nobody; two offices never share a bot.
BOT_TOKENS = {"35.22": "990000001:TEST-TOKEN-of-nobody", "35.09": "990000002:TEST-TOKEN-of-nobody"}
AUTH_TOKENS = {"35.22": "a-token-of-nobody", "35.09": "another-token-of-nobody"}


def schema_address(address: str | None, code: str) -> str | None:
    """The database's address for one office, as the settings make it."""
    return f"{address}&options=-csearch_path%3D{schema_of(code)}" if address else None


def schema_of(code: str) -> str:
    return f"k{code.replace('.', '')}"


@dataclass
class Listed:
    """The offices of a list. address: of their database; None: a SQLite file in each home."""

    folder: Path
    address: str | None
    codes: tuple[str, ...] = CODES
    base: str = BASE
    #: settings of single offices, as they stand in the list
    own: dict[str, dict[str, str]] = field(default_factory=dict)

    def found(self) -> "Listed":
        """Found them all."""
        for code in self.codes:
            address = schema_address(self.address, code)
            if address:
                ensure_schema(database_url(address, self.home(code)))
            found(self.home(code), address, regency=code)
        return self

    def home(self, code: str) -> Path:
        return self.folder / code

    def write(self, path: Path) -> Path:
        """Write the list."""
        shared = {"public_url": self.base, **({"database_url": self.address} if self.address else {})}
        lines = ["[all]", *(f"{name} = {json.dumps(value)}" for name, value in shared.items())]
        for code in self.codes:
            settings = {
                "home": str(self.home(code)),
                "telegram_token": BOT_TOKENS.get(code, f"{code.replace('.', '99')}:TEST-TOKEN-of-nobody"),
                "twilio_auth_token": AUTH_TOKENS.get(code, "a-token-of-nobody"),
                **({"database_schema": schema_of(code)} if self.address else {}),
                **self.own.get(code, {}),
            }
            lines += [f'["{code}"]', *(f"{name} = {json.dumps(value)}" for name, value in settings.items())]
        path.write_text("\n".join(lines) + "\n")
        path.chmod(0o600)
        return path

    def spoil(self, path: Path) -> None:
        """Write a list that cannot be read."""
        path.write_text("nonsense")

    def secrets(self, code: str) -> tuple[str, str]:
        """What Telegram was told: the end of the address, and the header's word."""
        with open_office(self.home(code), schema_address(self.address, code)) as office:
            seal = office.read(seal_of)
        return seal.index("webhook", "path").hex(), seal.index("webhook", "header").hex()

    def stored(self, code: str) -> list[int]:
        """The numbers of the updates in an office's inbox."""
        with open_office(self.home(code), schema_address(self.address, code)) as office:
            query = select(InboxUpdate.update_id).order_by(InboxUpdate.update_id)
            return office.read(lambda session: list(session.scalars(query)))


def update(number: int, *, chat: int = 990_000_100) -> bytes:
    """Somebody writes "halo"."""
    who = {"id": chat, "first_name": "Siti", "is_bot": False}
    message = {"message_id": number, "date": 1506391200, "chat": {"id": chat, "type": "private"}, "from": who}
    return json.dumps({"update_id": number, "message": {**message, "text": "halo"}}).encode()


def receipt(code: str, number: int) -> tuple[dict[str, str], dict[str, str]]:
    """The fields and headers of a receipt, signed for the office's own address."""
    fields = {"MessageSid": "SM1", "MessageStatus": "delivered"}
    return fields, {"X-Twilio-Signature": sign(AUTH_TOKENS[code], f"{BASE}/{code}/twilio/{number}", fields)}


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Bring something; return the status, or 0 when nobody answered."""
    asked = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310  # this machine
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@contextmanager
def web_process(folder: Path, offices: Path, *, port: int = 0, die_before: int | None = None) -> Iterator[Child]:
    """`kabar web` in a process of its own, from when it listens until SIGTERM; `child.at` is where."""
    port = port or free_port()
    folder.mkdir(exist_ok=True)
    settings = {"offices": str(offices), "http": f"127.0.0.1:{port}"}
    home = folder / f"web-{port}"
    home.with_suffix(".said").write_text("")
    watched = die_before is not None
    child = Child(home, command, (folder, ("web",)), die_before, settings=settings, watched=watched).start()
    child.at = f"http://127.0.0.1:{port}"  # type: ignore[attr-defined]
    until(child, lambda: "at work" in child.said)
    try:
        yield child
    finally:
        child.terminate()
        child.end()
    assert "Traceback" not in child.said, child.said
