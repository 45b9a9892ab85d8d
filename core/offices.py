"""The list of offices: one TOML file, for a machine that works for several. All other code knows exactly one office.

[all]                                # any setting, in small letters and without KABAR_: what all offices share
database_url = "postgresql://kabar:PASSWORD@db/kabar"
live = true
public_url = "https://kabar.example.id"   # each office's own is this one with /CODE behind it

["35.22"]                            # one office, by its regency; what stands here goes before [all]
home = "35.22"                       # the folder of its key file, seen from the list
database_schema = "k3522"
telegram_token = "…"
"""

import difflib
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from core.errors import NotFound, SetupError
from core.regions.lookup import find_region
from core.regions.region import Level

SHARED = "all"
#: Settings that name a file or a folder: seen from where the list lies.
_PATHS = ("home", "backup_folder", "closed_days", "print_policy", "wording")
#: They say where the list is, and cannot stand in it.
_NOT_HERE = frozenset({"offices", "office"})
_EXAMPLE = '["35.22"]'
_CODE_AT_END = re.compile(r"/([0-9]{2}\.[0-9]{2})/?\Z", re.ASCII)

_chosen: ContextVar[tuple[str, Path | None] | None] = ContextVar("chosen office", default=None)


class OfficeList:
    """What the file says, checked. names: of all settings."""

    def __init__(self, path: Path, names: Collection[str]) -> None:
        self.path = path
        self._sections = _read(path)
        self._shared = _checked(path, SHARED, self._sections.pop(SHARED, {}), names)
        for code, section in self._sections.items():
            region = find_region(code)
            if region is None or region.level is not Level.REGENCY:
                raise SetupError(f"{path}: [{code}] is no regency; write its code like {_EXAMPLE}, or [{SHARED}]")
            _checked(path, code, section, names)
        _refuse_shared_things(path, [self.settings_of(code) for code in self.codes])

    @property
    def codes(self) -> tuple[str, ...]:
        """The offices, by the codes of their regencies."""
        return tuple(sorted(self._sections))

    @property
    def shares_a_database(self) -> bool:
        """Whether all offices are in one database server, each in a schema of its own."""
        return "database_url" in self._shared

    @property
    def shared(self) -> Mapping[str, Any]:
        """What holds for whoever works for all of them: where it listens, its Redis, how it logs."""
        return self._shared

    def settings_of(self, code: str) -> dict[str, Any]:
        """Return what the file sets for an office. Raises NotFound when it is not in it."""
        if code not in self._sections:
            near = difflib.get_close_matches(code, self.codes, n=1)
            hint = f"did you mean {near[0]}?" if near else "see: kabar office list"
            raise NotFound(f"there is no office {code} in {self.path}; {hint}")
        section = self._sections[code]
        if "home" not in section:
            section = {"home": code, **section}
        values = {**self._shared, **section}
        if self._shared.get("public_url") and "public_url" not in section:
            values["public_url"] = f"{self._shared['public_url'].rstrip('/')}/{code}"
        return values | {name: self.path.parent / values[name] for name in _PATHS if values.get(name)}


def code_at_end(public_url: str | None) -> str | None:
    """Return the office's code that its public address ends with, if it ends with one, as the list puts it there."""
    found = _CODE_AT_END.search(public_url or "")
    return found[1] if found else None


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_mode & 0o077:
            raise SetupError(f"others may read {path}, which holds tokens; run: chmod 600 {path}")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SetupError(f"{path} cannot be read ({reason}); check KABAR_OFFICES, or: kabar office add 35.22") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SetupError(f"{path} is not TOML: {_place_of(error)}; see the example in .env.example") from None


def _place_of(error: Exception) -> str:
    """Where it stands, never what: that line may hold a token."""
    said = str(error)
    return said[said.rfind("(at ") :].strip("()") if "(at " in said else type(error).__name__


def _checked(path: Path, name: str, section: object, names: Collection[str]) -> Mapping[str, Any]:
    if not isinstance(section, dict):
        raise SetupError(f"{path}: {name} must be a section, as in {_EXAMPLE}, with settings below it")
    for setting in section:
        if setting not in names or setting in _NOT_HERE:
            near = difflib.get_close_matches(setting.removeprefix("KABAR_").lower(), names, n=1)
            hint = f"did you mean {near[0]}?" if near else "the names are those of .env.example in small letters"
            raise SetupError(f"{path}: [{name}] has {setting}, which is no setting; {hint}")
    return section


def _refuse_shared_things(path: Path, offices: list[dict[str, Any]]) -> None:
    """Two offices in one place would each answer for the other's residents."""
    for name, what in (("telegram_token", "the same bot token"), ("home", "the same home")):
        given = [office[name] for office in offices if office.get(name)]
        if len(given) != len(set(given)):
            raise SetupError(f"{path}: two offices have {what}; each needs its own")
    servers = [
        (office["database_url"], office.get("database_schema")) for office in offices if "database_url" in office
    ]
    if len(servers) != len(set(servers)):
        raise SetupError(f"{path}: two offices have the same database and schema; give each a database_schema")


@contextmanager
def chosen(code: str, path: Path | None = None) -> Iterator[None]:
    """Within the block, settings are those of this office. path: of the list; None: the one of the settings."""
    token = _chosen.set((code, path))
    try:
        yield
    finally:
        _chosen.reset(token)


def chosen_office() -> tuple[str | None, Path | None]:
    """Return which office was chosen, and of which list, if any was."""
    return _chosen.get() or (None, None)
