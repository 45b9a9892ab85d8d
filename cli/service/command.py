"""Installing the program as a service."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from cli.service.planning import Planned, planned
from cli.service.unit import Service, Work, unit_of
from cli.show import say
from core.errors import InputError, Refused, SetupError
from core.settings import Settings

_UNITS = Path("/etc/systemd/system")
_SYSTEMD_IS_AT_WORK = Path("/run/systemd/system")
_WorkArgument = Annotated[Work, typer.Argument(help="what is installed: one office, or a part of many")]

app = typer.Typer(
    name="service",
    help="The office at work from boot on, under systemd.\n\nExample:\n\n  sudo kabar service install --user kabar",
    add_completion=False,
    rich_markup_mode="rich",
)


@app.command()
def install(
    work: _WorkArgument = Work.RUN,
    user: Annotated[str, typer.Option(help="who it runs as; else the owner of the home")] = "",
    show: Annotated[bool, typer.Option("--print", help="only show the unit")] = False,
    folder: Annotated[Path, typer.Option(help="where the unit goes; anywhere but here it is only written")] = _UNITS,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="where it listens; else as KABAR_HTTP")] = None,
) -> None:
    """Have the program started at boot, and started again when it ends.

    Writes a systemd unit with the .env of the folder where you stand:
    for kabar run on this home, or for kabar worker or kabar web on all
    offices of the list. It can change nothing but the homes and
    KABAR_BACKUP_FOLDER. Again after every change of folders or offices.
    Of workers there can be several, each on a port of its own.

    Examples:

      sudo kabar service install --user kabar
      sudo kabar service install worker --user kabar --port 8081
      sudo systemctl enable --now kabar-worker@8082
      kabar service install web --print
    """
    plan = planned(work, user, port)
    unit, service = unit_of(plan.service), plan.service
    if show:
        _refuse_root(service)
        say(unit.rstrip())
        return
    if folder == _UNITS:
        _need_systemd("kabar service install")
        must_be_theirs(service, plan.offices)
    else:
        _refuse_root(service)
        if not folder.is_dir():
            raise SetupError(f"there is no folder {folder}; create it, or give another one with --folder")
    path = folder / plan.name
    path.write_text(unit)
    path.chmod(0o644)
    if folder != _UNITS:
        say(f"{path} is written. It runs as {service.user}, who must be a user of the machine it is for.")
        return
    _systemctl("daemon-reload")
    _systemctl("enable", "--now", plan.starts)
    say(f"{plan.starts} is at work, and will be after every boot.", f"Its log: journalctl -u {plan.starts}")
    _tell_of_shell_settings()


@app.command()
def status(work: _WorkArgument = Work.RUN) -> None:
    """Whether the service is at work, as systemctl says it.

    Examples:

      kabar service status
      kabar service status worker
    """
    _need_systemctl()
    raise typer.Exit(_systemctl("status", "--no-pager", _every(planned(work)), check=False))


@app.command()
def uninstall(work: _WorkArgument = Work.RUN) -> None:
    """Stop the service and take its unit away; the offices themselves stay.

    Examples:

      sudo kabar service uninstall
      sudo kabar service uninstall worker
    """
    plan = planned(work)
    _need_systemd("kabar service uninstall")
    if not (_UNITS / plan.name).exists():
        raise Refused(f"{plan.name} is not installed")
    _systemctl("stop", _every(plan))
    _systemctl("disable", plan.name)
    (_UNITS / plan.name).unlink()
    _systemctl("daemon-reload")
    say(f"{plan.name} is stopped and gone; what is in the homes and databases is untouched.")


def _every(plan: Planned) -> str:
    """The service, or all that were started of a template."""
    return plan.name.replace("@.", "@*.")


def must_be_theirs(service: Service, offices: Sequence[Settings]) -> None:
    """Raise when the service's user is none, may do too much, or could not work with what is there."""
    try:
        number = pwd.getpwnam(service.user).pw_uid
    except KeyError:
        raise InputError(f"there is no user {service.user}; run: useradd --system {service.user}") from None
    _refuse_root(service)
    listed = service.environment.get("KABAR_OFFICES")
    theirs = [Path(".env"), Path(listed) if listed else None]
    for office in offices:
        theirs += [office.home / "office.key", office.home, office.backup_folder]
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
