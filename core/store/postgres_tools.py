"""pg_dump and pg_restore, PostgreSQL's own programs, as they are found on the PATH.

The address goes to them as an argument, which everybody on the machine can read; the password goes in the environment,
which only the same user can.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from sqlalchemy import URL

from core.errors import InputError, SetupError

#: Secrets that an address may carry and that libpq takes from nowhere else.
_SECRETS = ("sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key")
_VERSIONS = "alembic_version"
_VERSION_ROW = re.compile(rf"^COPY (?P<schema>\w+)\.{_VERSIONS} .*\n(?P<version>\w+)$", re.MULTILINE)


@contextmanager
def dumping(url: URL, schema: str, *, emptied: Collection[str]) -> Iterator[BinaryIO]:
    """Yield what pg_dump says of one schema, in its own compressed format, from a single snapshot.

    emptied: tables whose rows do not come along.
    """
    wish = ["--format=custom", "--no-owner", "--no-privileges", f"--schema={schema}"]
    wish += [f"--exclude-table-data={schema}.{table}" for table in emptied]
    with TemporaryFile() as said:
        program = subprocess.Popen(  # noqa: S603  # the program that the PATH names; nothing of it comes from outside
            [*_program("pg_dump"), *wish, _address(url)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            env=_environment(url),
        )
        with program:
            try:
                yield cast(BinaryIO, program.stdout)
            except BaseException:
                program.kill()
                raise
        said.seek(0)
        _check("pg_dump", program.returncode, said.read())


def dumped_schema(dump: Path) -> tuple[str, str]:
    """Return the name of the schema that a dump holds, and the newest migration that was applied to it."""
    said = _run("pg_restore", ["--data-only", f"--table={_VERSIONS}", "--file=-", str(dump)])
    found = _VERSION_ROW.search(said)
    if found is None:
        raise InputError("this backup holds no office; take another one")
    return found["schema"], found["version"]


def load_dump(url: URL, dump: Path, schema: str, *, replace: bool) -> None:
    """Load a dump whole or not at all, but for the mark which migration was applied: without it nobody can use it yet.

    replace: first drop what it holds, of a load that was not finished.
    """
    listing = _run("pg_restore", ["--list", str(dump)]).splitlines()
    chosen = dump.with_suffix(".list")
    chosen.write_text("\n".join(line for line in listing if not (f" {_VERSIONS} " in line and "TABLE DATA" in line)))
    wish = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", f"--schema={schema}"]
    wish += ["--clean", "--if-exists"] if replace else []
    try:
        _run("pg_restore", [*wish, f"--use-list={chosen}", f"--dbname={_address(url)}", str(dump)], url)
    finally:
        chosen.unlink()


def _program(name: str) -> list[str]:
    found = shutil.which(name)
    if found is None:
        raise SetupError(
            f"{name} is not on the PATH; install PostgreSQL's client programs, as in: apt install postgresql-client"
        )
    return [found]


def _run(name: str, arguments: list[str], url: URL | None = None) -> str:
    done = subprocess.run(  # noqa: S603  # the program that the PATH names; nothing of it comes from outside
        [*_program(name), *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env=_environment(url),
    )
    _check(name, done.returncode, done.stderr)
    return done.stdout.decode()


def _address(url: URL) -> str:
    for secret in _SECRETS:
        if secret in url.query:
            raise SetupError(
                f"pg_dump and pg_restore would show everybody on this machine the {secret} in KABAR_DATABASE_URL; "
                "take it out, and use a password or a client key that has none"
            )
    # Not url.set: to it, no password means the one that was there.
    bare = url._replace(drivername="postgresql", password=None).difference_update_query(["password"])
    return bare.render_as_string(hide_password=False)


def _environment(url: URL | None) -> dict[str, str]:
    if url is None:
        return dict(os.environ)
    password = url.query.get("password", url.password)  # in this order the driver takes them too
    return dict(os.environ) if password is None else {**os.environ, "PGPASSWORD": str(password)}


def _check(name: str, code: int, said: bytes) -> None:
    if code != 0:
        # The first line names the fault; further ones may quote statements, and with them rows.
        line = (said.decode(errors="replace").splitlines() or ["it ended without a word"])[0]
        raise SetupError(f"{name} could not do it ({line.removeprefix(f'{name}: error: ')}); see: kabar doctor")
