"""One region: its code and name; level and parent follow from the code."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    PROVINCE = "province"
    REGENCY = "regency"
    DISTRICT = "district"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class Region:
    """code: dotted, as the home ministry writes it. name: regencies begin with Kabupaten or Kota."""

    code: str
    name: str

    @property
    def level(self) -> Level:
        return tuple(Level)[self.code.count(".")]

    @property
    def parent(self) -> str | None:
        """The code of the region around it; None for a province."""
        return self.code.rpartition(".")[0] or None
