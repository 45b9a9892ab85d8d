"""Installing an office as a service."""

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

import core
from cli.service.unit import Service, unit_of
from cli.show import say
from core.errors import InputError, Refused, SetupError
from core.questions.databases import database_state
from core.settings import Settings, read_settings
from core.store.engine import database_url

_UNITS = Path("/etc/systemd/system")
_SYSTEMD_IS_AT_WORK = Path("/run/systemd/system")

app = typer.Typer(
    name="service",
    help="The office at work from boot on, under systemd.\n\nExample:\n\n  sudo kabar service install --user kabar",
    add_completion=False,
    rich_markup_mode="rich",
)


@app.command()
def install(
    user: Annotated[str, typer.Option(help="who it runs as; else the owner of the home")] = "",
    show: Annotated[bool, typer.Option("--print", help="only show the unit")] = False,
    folder: Annotated[Path, typer.Option(help="where the unit goes; anywhere but here it is only written")] = _UNITS,
) -> None:
    """Have kabar run started at boot, and started again when it fails.

    Writes a systemd unit for this home, with the .env of the folder where
    you stand. The service can change nothing but the home and
    KABAR_BACKUP_FOLDER. Again after every change of folders.

    Examples:

      sudo kabar service install --user kabar
      kabar service install --print
    """
    settings = read_settings()
    name, service = _service(settings, user)
    if show:
        _refuse_root(service)
        say(unit_of(service).rstrip())
        return
    if folder == _UNITS:
        _need_systemd("kabar service install")
        must_be_theirs(service, settings)
    else:
        _refuse_root(service)
        if not folder.is_dir():
            raise SetupError(f"there is no folder {folder}; create it, or give another one with --folder")
    path = folder / name
    path.write_text(unit_of(service))
    path.chmod(0o644)
    if folder != _UNITS:
        say(f"{path} is written. It runs as {service.user}, who must be a user of the machine it is for.")
        return
    _systemctl("daemon-reload")
    _systemctl("enable", "--now", name)
    say(f"{name} is at work, and will be after every boot.", f"Its log: journalctl -u {name}")
    _tell_of_shell_settings()


@app.command()
def status() -> None:
    """Whether the service of this home is at work, as systemctl says it.

    Example:

      kabar service status
    """
    _need_systemctl()
    raise typer.Exit(_systemctl("status", "--no-pager", _name(read_settings()), check=False))


@app.command()
def uninstall() -> None:
    """Stop the service and take its unit away; the office itself stays.

    Example:

      sudo kabar service uninstall
    """
    name = _name(read_settings())
    _need_systemd("kabar service uninstall")
    if not (_UNITS / name).exists():
        raise Refused(f"{name} is not installed")
    _systemctl("disable", "--now", name)
    (_UNITS / name).unlink()
    _systemctl("daemon-reload")
    say(f"{name} is stopped and gone; the office in its home is untouched.")


def _service(settings: Settings, user: str) -> tuple[str, Service]:
    """The unit's name, and what it is made for."""
    url = database_url(settings.database_address, settings.home)
    state = database_state(url)
    if state.regency is None:
        raise SetupError(f"there is no office in {settings.home} yet; run: kabar init --regency CODE")
    data = Path(str(url.database)).parent if url.get_backend_name() == "sqlite" else None
    return f"kabar-{state.regency}.service", Service(
        office=str(state.name),
        user=user or _owner(settings.home),
        program=Path(sys.prefix).absolute() / "bin" / "kabar",
        stands_in=Path.cwd(),
        writes=_resolved(settings.home, data, settings.backup_folder),
        reads=_resolved(
            Path(sys.prefix), Path(sys.base_prefix), Path(core.__file__), settings.wording, settings.closed_days
        ),
        port=settings.http_address[1],
    )


def _resolved(*paths: Path | None) -> list[Path]:
    return list(dict.fromkeys(path.resolve() for path in paths if path is not None))


def _name(settings: Settings) -> str:
    return _service(settings, "")[0]


def _owner(home: Path) -> str:
    return pwd.getpwuid(home.stat().st_uid).pw_name


def must_be_theirs(service: Service, settings: Settings) -> None:
    """Raise when the service's user is none, may do too much, or could not work with what is there."""
    try:
        number = pwd.getpwnam(service.user).pw_uid
    except KeyError:
        raise InputError(f"there is no user {service.user}; run: useradd --system {service.user}") from None
    _refuse_root(service)
    theirs = [settings.home / "office.key", settings.home, Path(".env"), settings.backup_folder]
    for path in theirs:
        if path is not None and path.exists() and path.stat().st_uid != number:
            raise Refused(f"{path} is not {service.user}'s; run: chown -R {service.user}: {path.resolve()}")


def _refuse_root(service: Service) -> None:
    try:
        may_do_all = pwd.getpwnam(service.user).pw_uid == 0
    except KeyError:  # a user of another machine
        may_do_all = False
    if may_do_all:
        raise Refused(
            f"it would run as {service.user}, who may change anything on this machine; make a user for it "
            "(useradd --system kabar), give it the home (chown -R kabar: HOME), and say --user kabar"
        )


def _need_systemd(command: str) -> None:
    _need_systemctl()
    if os.geteuid() != 0:
        program = Path(sys.prefix) / "bin" / command
        raise Refused(f"that needs root; run: sudo {program}, or take the unit from: kabar service install --print")


def _need_systemctl() -> None:
    if not _SYSTEMD_IS_AT_WORK.is_dir() or shutil.which("systemctl") is None:
        raise SetupError(
            "systemd is not at work here; have whatever starts programs on this machine start: kabar run "
            "(as the owner of the home, in this folder), and start it again when it ends"
        )


def _systemctl(*words: str, check: bool = True) -> int:
    done = subprocess.run(["systemctl", *words], check=False)  # noqa: S603, S607  # root's own PATH, and our own words
    if check and done.returncode != 0:
        raise SetupError(f"systemctl {' '.join(words)} failed; see what it said above")
    return done.returncode


def _tell_of_shell_settings() -> None:
    """Settings of this shell are not the service's: it reads .env only."""
    lines = Path(".env").read_text().splitlines() if Path(".env").exists() else []
    written = {line.partition("=")[0].strip() for line in lines}
    only_here = sorted(
        name for name in os.environ if name.startswith("KABAR_") and name not in written | {"KABAR_HOME"}
    )
    if only_here:
        say(f"Only this shell knows {', '.join(only_here)}: write them into {Path('.env').resolve()} and restart it.")
