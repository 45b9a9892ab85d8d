"""The open office: its database, its keys, and one transaction around whatever is done or asked.

An action or a question is a plain function on a Session. `write` runs it in the writer's thread and returns once
it is durable; `read` runs it here on a snapshot; `seal_of(session)` is the office's seal inside either.
"""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Literal, TypeVar

from sqlalchemy import URL, Connection, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from core.errors import SetupError
from core.store.connections import Connections, SharedServers, shared_schema_of, use_schema
from core.store.engine import database_url
from core.store.moved import IS_FROZEN, is_frozen, moved_away
from core.store.sealing import WRONG_KEY, Seal, read_key_file
from core.store.tables import Office as OfficeRow

T = TypeVar("T")

KEY_CHECK = "kabar-ktp"
#: The newest migration; a test holds it against the migrations folder.
SCHEMA = "0006"


def seal_of(session: Session) -> Seal:
    """Return the seal of the office this session belongs to."""
    seal: Seal = session.info["seal"]
    return seal


def known_of(session: Session) -> dict[str, Any]:
    """Return what was read before of what never changes in an office; the same for all its sessions."""
    known: dict[str, Any] = session.info["known"]
    return known


class OpenOffice:
    """An office whose database and key fit together. Close it, or use it as a context manager."""

    def __init__(self, connections: Connections, seal: Seal, *, schema: str | None = None, **terms: Any) -> None:
        """schema: named by each transaction, on connections that are shared; None: the connections are its own.

        terms: what the settings say and questions ask for, as `known_of` gives it.
        """
        self._connections = connections
        self._seal = seal
        self._schema = schema
        self._known: dict[str, Any] = dict(terms)
        self.backend = connections.backend

    def _session(self, connection: Connection) -> Session:
        if self._schema is not None:
            use_schema(connection, self._schema)
        info = {"seal": self._seal, "known": self._known}
        # Where acts share a transaction (core/store/writer.py), each needs a savepoint to be undone alone.
        joining: Literal["create_savepoint", "rollback_only"]
        joining = "create_savepoint" if self.backend == "sqlite" else "rollback_only"
        return Session(connection, join_transaction_mode=joining, expire_on_commit=False, info=info)

    def submit(self, act: Callable[[Session], T]) -> "Future[T]":
        """Queue an action for the writer; the future is done once it is durable."""
        return self._connections.writer.submit(act, self._session)

    def write(self, act: Callable[[Session], T]) -> T:
        """Run an action in a transaction of its own and return its result once it is durable."""
        return self.submit(act).result()

    def read(self, ask: Callable[[Session], T]) -> T:
        """Run a question on one snapshot of the data."""
        with self._connections.reader.connect() as connection, self._session(connection) as session:
            return ask(session)

    def close(self) -> None:
        """Finish what was submitted and close every connection, unless others use them too."""
        if self._schema is None:
            self._connections.close()

    def __enter__(self) -> "OpenOffice":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def office_at(url: URL, seal: Seal) -> OpenOffice:
    """Return what is at this address, on connections of its own, in whatever state: for founding and restoring."""
    return OpenOffice(Connections(url), seal)


def open_office(
    home: Path, address: str | None = None, *, servers: SharedServers | None = None, **terms: Any
) -> OpenOffice:
    """Open the office in this home folder; raise SetupError with a hint when its parts are missing or do not fit.

    servers: of a process that works for many offices. terms: what the settings say and questions ask for: centre_days,
    office_hours, closed_days.
    """
    url = database_url(address, home)
    if url.get_backend_name() == "sqlite" and not (file := Path(str(url.database))).exists():
        raise SetupError(moved_away(file) or f"there is no office in {home} yet; run: kabar init --regency CODE")
    shared = servers.connections(url) if servers else None
    connections = shared or Connections(url)
    schema = shared_schema_of(url) if shared else None
    try:
        row = _read_office_row(connections, schema)
        office = OpenOffice(connections, Seal(read_key_file(home / "office.key"), row.regency), schema=schema, **terms)
        if office.read(lambda session: seal_of(session).open(row.key_check)) != KEY_CHECK:
            raise SetupError(WRONG_KEY)
    except BaseException:
        if not shared:
            connections.close()
        raise
    return office


def _read_office_row(connections: Connections, schema: str | None) -> OfficeRow:
    try:
        with connections.reader.connect() as connection, Session(connection) as session:
            if schema is not None:
                use_schema(connection, schema)
            version = session.scalar(text("SELECT version_num FROM alembic_version"))
            if version is None:
                raise SetupError("a restore into this database was not finished; run the same kabar restore again")
            if version != SCHEMA:
                raise SetupError(
                    f"the database is at schema {version}, this program needs {SCHEMA}; run: kabar migrate"
                )
            if is_frozen(connection):
                raise SetupError(IS_FROZEN)
            row: OfficeRow | None = session.scalar(select(OfficeRow))
    except DatabaseError as error:
        if "disk" in _plain(error):  # full or broken; that is no matter of the settings
            raise
        raise SetupError(
            f"the database cannot be used ({_plain(error)}); check KABAR_DATABASE_URL and KABAR_HOME, "
            "or begin with: kabar init --regency CODE"
        ) from None
    if row is None:
        raise SetupError("the database holds no office yet; run: kabar init --regency CODE")
    return row


def _plain(error: DatabaseError) -> str:
    return str(error.orig).splitlines()[0]
