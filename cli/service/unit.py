"""The systemd units: started at boot, started again whenever they end, and able to touch their own folders only.

One text for all three ways in which the program works; they differ in a few lines. What is closed to it was tried with
everything it does (`systemd-analyze security` rates it); what is not closed has its reason here.
MemoryDenyWriteExecute stays on: neither Python nor its libraries here write code at run time. Its own processes, which
read lists and draw charts, are closed in likewise. PrivateDevices leaves /dev/shm, where a list lies while it is read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

#: Longer than the sender's 30 seconds and the bot's 5 for what is in flight.
_STOP_SECONDS = 60
_FIRST_FREE_PORT = 1024


class Work(StrEnum):
    """What a service does: one office with all it needs; many offices; taking in for many offices."""

    RUN = "run"
    WORKER = "worker"
    WEB = "web"


#: From the first limit on it is slowed down, at the second one it is ended: a leak must not take the machine with it.
#: One office alone has the machine for itself. A list that is read and a chart that is drawn count too.
_MEMORY = {Work.WORKER: ("2G", "3G"), Work.WEB: ("512M", "1G")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What the unit is made for. All paths are absolute.

    program: this installation's `kabar`. stands_in: the folder whose .env it reads. home: without it nothing starts.
    writes: the other folders it may change, where they are there. keeps: files among those that it may not change.
    reads: what else it must be able to see. environment: settings that go before the .env.
    """

    about: str
    user: str
    program: Path
    stands_in: Path
    work: Work = Work.RUN
    home: Path | None = None
    writes: Sequence[Path] = ()
    keeps: Sequence[Path] = ()
    reads: Sequence[Path] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    host: str = "127.0.0.1"
    port: int = 8080

    @property
    def sees(self) -> Iterator[Path]:
        if self.home:
            yield self.home
        yield from (*self.writes, *self.keeps, *self.reads, self.program, self.stands_in)


def unit_of(service: Service) -> str:
    """Return the unit's text."""
    sections = (("Unit", _unit(service)), ("Service", _service(service)), ("Install", _install()))
    return "\n".join(
        f"[{name}]\n" + "".join(f"{key}={value}\n" for key, value in entries) for name, entries in sections
    )


def _unit(service: Service) -> Iterator[tuple[str, str]]:
    yield "Description", f"Kabar KTP: {service.about}".replace("%", "%%")
    yield "Wants", "network-online.target"
    yield "After", "network-online.target time-sync.target postgresql.service redis-server.service"
    # Nobody is there at night to start it again, and a clock or a network may be away for long: it never gives up.
    yield "StartLimitIntervalSec", "0"


def _service(service: Service) -> Iterator[tuple[str, str]]:
    yield "Type", "exec"
    yield "User", service.user
    yield "WorkingDirectory", _path(service.stands_in)
    for name, value in service.environment.items():
        yield "Environment", _quoted(f"{name}={value}")
    if service.work is Work.WORKER:
        # Several on one machine: each is named by the port on which it tells its health.
        yield "Environment", f'"KABAR_HTTP={service.host}:%i"'
    yield "ExecStart", f"{_quoted(service.program)} {service.work}"
    yield "Restart", "always"
    yield "RestartSec", "10"
    yield "TimeoutStopSec", str(_STOP_SECONDS)
    yield "UMask", "0077"
    # A reader of a list or a drawer of a chart that needs too much ends alone.
    yield "OOMPolicy", "continue"
    if service.work in _MEMORY:
        high, most = _MEMORY[service.work]
        yield "MemoryHigh", high
        yield "MemoryMax", most
    yield from _closed(service)


def _closed(service: Service) -> Iterator[tuple[str, str]]:
    yield "ProtectSystem", "strict"
    if service.home:
        yield "ReadWritePaths", _quoted(service.home)
    for folder in service.writes:
        # A disk that is not connected today must not keep residents from being answered.
        yield "ReadWritePaths", _quoted(folder, optional=True)
    for path in service.keeps:
        yield "ReadOnlyPaths", _quoted(path, optional=True)
    yield "ProtectHome", _home(service)
    yield "PrivateTmp", "no" if _any_below(service, "/tmp", "/var/tmp") else "yes"  # noqa: S108  # asked, not used
    yield from _CLOSED
    if service.port < _FIRST_FREE_PORT:
        yield "AmbientCapabilities", "CAP_NET_BIND_SERVICE"
        yield "CapabilityBoundingSet", "CAP_NET_BIND_SERVICE"
    else:
        yield "CapabilityBoundingSet", ""
        yield "PrivateUsers", "yes"  # with a low port it would have no right to that


_CLOSED = (
    ("NoNewPrivileges", "yes"),
    ("PrivateDevices", "yes"),
    ("PrivateMounts", "yes"),
    ("ProtectKernelTunables", "yes"),
    ("ProtectKernelModules", "yes"),
    ("ProtectKernelLogs", "yes"),
    ("ProtectControlGroups", "yes"),
    ("ProtectClock", "yes"),
    ("ProtectHostname", "yes"),
    ("ProtectProc", "invisible"),
    ("ProcSubset", "pid"),
    ("RestrictNamespaces", "yes"),
    ("RestrictRealtime", "yes"),
    ("RestrictSUIDSGID", "yes"),
    ("LockPersonality", "yes"),
    ("MemoryDenyWriteExecute", "yes"),
    ("RemoveIPC", "yes"),
    ("RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX"),
    ("SystemCallArchitectures", "native"),
    ("SystemCallFilter", "@system-service"),
    ("SystemCallFilter", "~@privileged @resources"),
    ("SystemCallErrorNumber", "EPERM"),
)


def _install() -> Iterator[tuple[str, str]]:
    yield "WantedBy", "multi-user.target"


def _home(service: Service) -> str:
    """People's homes are hidden, unless something of this office lies in one: then they can only be read."""
    return "read-only" if _any_below(service, "/home", "/root", "/run/user") else "yes"


def _any_below(service: Service, *folders: str) -> bool:
    return any(path.is_relative_to(folder) for path in service.sees for folder in folders)


def _path(path: Path | str) -> str:
    """A path where systemd takes the rest of the line."""
    return str(path).replace("%", "%%")


def _quoted(path: Path | str, *, optional: bool = False) -> str:
    """A path where systemd splits at spaces. optional: it need not be there."""
    escaped = _path(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"-" if optional else ""}{escaped}"'
