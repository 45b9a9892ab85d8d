"""How a process reaches a database: who reads, who writes, and the threads that do.

An office alone has its own. Many offices of one PostgreSQL server share them, and each transaction names the schema of
the office that it is for: 500 offices with a few connections each would be more than a server can hold. The
connections themselves know no schema, so a transaction that named none would find no table rather than another
office's.
"""

import threading
from types import TracebackType
from typing import Self

from sqlalchemy import URL, Connection

from core.store.engine import READERS, WRITERS, reader_engine, schema_of, without_schema, writer_engine
from core.store.writer import Writer

#: Of a process that works for many offices, to each server. Those who read are mostly short looks, many at once.
_SHARED_WRITERS, _SHARED_READERS = 8, 16


class Connections:
    """Readers and writers of one database. Close them, once every office that uses them is closed."""

    def __init__(self, url: URL, *, writers: int = WRITERS, readers: int = READERS) -> None:
        self.backend = url.get_backend_name()
        threads = 1 if self.backend == "sqlite" else writers
        self.reader = reader_engine(url, connections=readers)
        self._writing = writer_engine(url, connections=writers)
        self.writer = Writer(self._writing, threads=threads)

    def close(self) -> None:
        """Finish what was submitted and close every connection."""
        self.writer.close()
        self.reader.dispose()
        self._writing.dispose()


class SharedServers:
    """The servers that a process's offices live in; a context manager that closes every connection at its end."""

    def __init__(self) -> None:
        self._servers: dict[URL, Connections] = {}
        self._one_at_a_time = threading.Lock()

    def connections(self, url: URL) -> Connections | None:
        """Return those shared by all offices of this server; None for a SQLite file, which is one office's alone."""
        if url.get_backend_name() == "sqlite":
            return None
        server = without_schema(url)
        with self._one_at_a_time:
            if server not in self._servers:
                self._servers[server] = Connections(server, writers=_SHARED_WRITERS, readers=_SHARED_READERS)
            return self._servers[server]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for connections in self._servers.values():
            connections.close()


def use_schema(connection: Connection, schema: str) -> None:
    """Keep to this schema until the end of the transaction, whoever has the connection after it."""
    connection.exec_driver_sql(f"SET LOCAL search_path TO {schema}")


def shared_schema_of(url: URL) -> str:
    """The schema that an office's transactions name where they share connections."""
    return schema_of(url) or "public"
