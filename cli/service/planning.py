"""What a service is made for, from this installation and its settings."""

import pwd
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import core
from cli.service.unit import Service, Work
from core.errors import SetupError
from core.offices import chosen, chosen_office
from core.questions.databases import database_state
from core.settings import Settings, read_offices, read_settings, settings_from
from core.store.engine import database_url


@dataclass(frozen=True, slots=True)
class Planned:
    """The unit's file, what of it starts at boot, what it is made for, and the settings of every office it serves."""

    name: str
    starts: str
    service: Service
    offices: Sequence[Settings]


def planned(work: Work, user: str = "", port: int | None = None) -> Planned:
    """Return what to install. user: who it runs as; else the owner of the first home. port: else that of KABAR_HTTP.

    Raises SetupError where there is no office yet, or settings cannot be used.
    """
    return _for_one(user, port) if work is Work.RUN else _for_all(work, user, port)


def _for_one(user: str, port: int | None) -> Planned:
    settings = read_settings()
    state = database_state(database_url(settings.database_address, settings.home))
    if state.regency is None:
        raise SetupError(f"there is no office in {settings.home} yet; run: kabar init --regency CODE")
    home = settings.home.resolve()
    environment = {"KABAR_HOME": str(home)}
    if (code := chosen_office()[0]) is not None:
        environment["KABAR_OFFICE"] = code
    host, usual = settings.http_address
    if port is not None:
        environment["KABAR_HTTP"] = f"{host}:{port}"
    service = Service(
        about=str(state.name),
        user=user or _owner(settings.home),
        program=_program(),
        stands_in=Path.cwd(),
        home=home,
        writes=[path for path in _resolved(_data(settings), settings.backup_folder) if path != home],
        reads=_read_by(settings),
        environment=environment,
        port=port or usual,
    )
    name = f"kabar-{state.regency}.service"
    return Planned(name, name, service, [settings])


def _for_all(work: Work, user: str, port: int | None) -> Planned:
    here = settings_from({})
    offices = list(_settings_of_all(here.offices))
    if not offices:
        raise SetupError(f"{here.offices} lists no office yet; run: kabar office add 35.22")
    host, usual = here.http_address
    environment = {"KABAR_OFFICES": str(here.offices.resolve())} if here.offices else {}
    if port is not None and work is Work.WEB:
        environment["KABAR_HTTP"] = f"{host}:{port}"
    port = port or usual
    service = Service(
        about="works for offices" if work is Work.WORKER else "takes in for all offices",
        user=user or _owner(offices[0].home),
        program=_program(),
        stands_in=Path.cwd(),
        work=work,
        writes=_resolved(*(path for one in offices for path in _changed(one, work))),
        reads=_resolved(here.offices, *(path for one in offices for path in (one.home, *_read_by(one)))),
        environment=environment,
        host=host,
        port=port,
    )
    if work is Work.WORKER:
        return Planned("kabar-worker@.service", f"kabar-worker@{port}.service", service, offices)
    return Planned("kabar-web.service", "kabar-web.service", service, offices)


def _settings_of_all(listed: Path | None) -> Iterator[Settings]:
    if listed is None:
        yield read_settings()
        return
    for code in read_offices(listed).codes:
        with chosen(code):
            yield read_settings()


def _changed(settings: Settings, work: Work) -> tuple[Path | None, ...]:
    """What faces the world changes a folder only where an office's database is a file in it."""
    if work is Work.WEB:
        return (_data(settings),)
    return settings.home, _data(settings), settings.backup_folder


def _data(settings: Settings) -> Path | None:
    url = database_url(settings.database_address, settings.home)
    return Path(str(url.database)).parent if url.get_backend_name() == "sqlite" else None


def _read_by(settings: Settings) -> list[Path]:
    folders = (Path(sys.prefix), Path(sys.base_prefix), Path(core.__file__))
    return _resolved(*folders, settings.wording, settings.closed_days, settings.print_policy)


def _program() -> Path:
    return Path(sys.prefix).absolute() / "bin" / "kabar"


def _resolved(*paths: Path | None) -> list[Path]:
    return list(dict.fromkeys(path.resolve() for path in paths if path is not None))


def _owner(home: Path) -> str:
    try:
        return pwd.getpwuid(home.stat().st_uid).pw_name
    except OSError:
        raise SetupError(f"there is no folder {home}; say who it runs as: --user kabar") from None
