"""Settings that nothing reads: a misspelt name must not look as if it were set."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from core.settings import Settings

_PREFIX = "KABAR_"
#: Read by cli/failures.py before there are settings.
_NO_SETTINGS = {"KABAR_DEBUG"}


@dataclass(frozen=True, slots=True)
class Misspelt:
    """meant: the setting that is spelt most like it; nothing when none is."""

    name: str
    meant: str

    @property
    def hint(self) -> str:
        return f"did you mean {self.meant}?" if self.meant else "take it out, or find its name in .env.example"


def misspelt_settings() -> Iterator[Misspelt]:
    """Yield every KABAR_… of the environment and of .env that is no setting; by name only, it may hold a token."""
    fields = [field.upper() for field in Settings.model_fields]
    known = {f"{_PREFIX}{field}" for field in fields}
    given = {name.upper() for source in (EnvSettingsSource, DotEnvSettingsSource) for name in source(Settings).env_vars}
    for name in sorted(given - known - _NO_SETTINGS):
        if name.startswith(_PREFIX):
            near = difflib.get_close_matches(name.removeprefix(_PREFIX), fields, n=1)
            yield Misspelt(name, f"{_PREFIX}{near[0]}" if near else "")
