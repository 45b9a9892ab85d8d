"""Which village a row means: by code, with or without dots, or by the names of district and village.

Names repeat inside a regency (Bojonegoro: 37), so the district decides; a village name alone counts only if unique.
"""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import TypeVar

from core.regions import Level, Region
from core.rules.unreadable import Unreadable

_PREFIX = re.compile(r"(?:DESA|DS|KELURAHAN|KEL|KECAMATAN|KEC)\b[\s.:]*", re.IGNORECASE)
_CODE = re.compile(r"\d\d\.?\d\d\.?\d\d\.?\d{4}", re.ASCII)

_Found = TypeVar("_Found")


class VillageError(Unreadable):
    """No village of this regency is meant, or several are."""


class DistrictError(VillageError):
    """The district beside the village is none of this regency."""


class VillageNames:
    """The districts and villages of one regency, by code and by name."""

    def __init__(self, regions: Iterable[Region]) -> None:
        """regions: as from core.regions.regions_of; the regency itself is passed over."""
        self._names: dict[str, str] = {}
        self._districts: dict[str, str] = {}
        self._villages: dict[str, dict[str, list[str]]] = {}
        for region in regions:
            self._names[region.code] = region.name
            if region.level is Level.DISTRICT:
                self._districts[_letters(region.name)] = region.code
            elif region.level is Level.VILLAGE:
                district = self._villages.setdefault(region.code[:8], {})
                district.setdefault(_letters(region.name), []).append(region.code)
        self._example = max(self._names, key=len, default="")  # the first of the villages
        # Failures are cached as well: a wrong file asks for the same unknown village thousands of times.
        self._found = lru_cache(maxsize=8192)(self._find)

    def code_of(self, *, code: str, village: str, district: str) -> str:
        """The dotted code of the village meant; a code wins over names. VillageError if there is none, or several."""
        found = self._found(code, village, district)
        if isinstance(found, VillageError):
            raise type(found)(found.reason, found.fix)
        return found

    def _find(self, code: str, village: str, district: str) -> str | VillageError:
        # Offices also put the code into the column that should hold the name.
        coded = code or (village if _CODE.fullmatch(village) else "")
        try:
            if coded:
                return self._by_code(coded)
            return self._in_district(village, district) if district else self._anywhere(village)
        except VillageError as error:
            return error

    def _by_code(self, code: str) -> str:
        digits = re.sub(r"[.\s]", "", code)
        dotted = f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"
        if dotted not in self._names:
            raise VillageError("no village of this regency has this code", f"write a code like {self._example}")
        return dotted

    def _in_district(self, village: str, district: str) -> str:
        district_code = _named(self._districts, district)
        if district_code is None:
            near = [self._districts[name] for name in get_close_matches(_letters(district), self._districts, n=1)]
            raise DistrictError("no district of this regency has this name", self._did_you_mean(near))
        names = self._villages[district_code]
        codes = _named(names, village) or []
        if not codes:
            near = [names[name][0] for name in get_close_matches(_letters(village), names, n=1)]
            raise VillageError("the district has no village of this name", self._did_you_mean(near))
        return _the_only(codes, fix="write the village's code instead")

    def _anywhere(self, village: str) -> str:
        codes = [code for names in self._villages.values() for code in _named(names, village) or []]
        if not codes:
            raise VillageError("no village of this regency has this name", "write its code, or its name and district")
        return _the_only(codes, fix="write the district beside it, or its code")

    def _did_you_mean(self, codes: list[str]) -> str:
        return f"did you mean {self._names[codes[0]]}?" if codes else "write the village's code instead"


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).upper()


def _named(names: Mapping[str, _Found], text: str) -> _Found | None:
    """What the name stands for; DESA, KEL. or KEC. in front are dropped unless they belong to the name itself."""
    whole = names.get(_letters(text))
    return whole if whole is not None else names.get(_letters(_PREFIX.sub("", text.strip(), count=1)))


def _the_only(codes: list[str], *, fix: str) -> str:
    if len(codes) > 1:
        raise VillageError("several villages have this name", fix)
    return codes[0]
