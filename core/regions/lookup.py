"""Looking regions up by code.

The table stays one block of text, 2.3 MB, in the order of its codes: a hundred thousand objects would cost every
command 20 MB and a quarter of a second, and an office needs 500 of them.
"""

import gzip
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from core.errors import NotFound
from core.regions.region import Level, Region
from core.rules.answer import VillageKind

_VILLAGE_KINDS = {"1": VillageKind.KELURAHAN, "2": VillageKind.DESA, "3": VillageKind.DESA_ADAT}


@cache
def _table() -> bytes:
    """Lines of `code,name`, each between line breaks, the first too, so that "\\n35.22," finds exactly one."""
    return b"\n" + gzip.decompress(files(__package__).joinpath("wilayah.csv.gz").read_bytes())


def _lines(code_prefix: str) -> Iterator[Region]:
    """The regions whose codes begin so; they stand together, because the table is sorted."""
    table = _table()
    start = table.find(f"\n{code_prefix}".encode()) + 1
    last = table.rfind(f"\n{code_prefix}".encode()) + 1
    if start:
        for line in table[start : table.find(b"\n", last)].decode().split("\n"):
            code, _, name = line.partition(",")
            yield Region(code, name)


def find_region(code: str) -> Region | None:
    """The region with exactly this dotted code."""
    return next(_lines(f"{code},"), None)


def regency(code: str) -> Region:
    """The regency with this dotted code; NotFound otherwise."""
    region = find_region(code)
    if region is None or region.level is not Level.REGENCY:
        raise NotFound("no regency has this code; write it like 35.22, or write the regency's name")
    return region


def all_regencies() -> Iterator[Region]:
    """All 514 regencies, one by one."""
    return _all_with(rb"\d\d\.\d\d")


def all_villages() -> Iterator[Region]:
    """All 83,762 villages, one by one."""
    return _all_with(rb"\d\d\.\d\d\.\d\d\.\d{4}")


def _all_with(code_pattern: bytes) -> Iterator[Region]:
    found = re.finditer(rb"^(%s),(.*)$" % code_pattern, _table(), re.MULTILINE)
    return (Region(match[1].decode(), match[2].decode()) for match in found)


def regions_of(regency_code: str) -> list[Region]:
    """The regency, its districts and its villages, in the order of their codes: all that one office needs."""
    return [regency(regency_code), *_lines(f"{regency_code}.")]


def name_of(code: str) -> str:
    """The name of any region by its dotted code; NotFound if there is none."""
    region = find_region(code)
    if region is None:
        raise NotFound("no region has this code; write it with dots: 2, 2, 2 and 4 digits")
    return region.name


def timezone_of(code: str) -> str:
    """The IANA time zone, "Asia/Jakarta", of any region or NIK prefix: it goes by province, the first two digits."""
    zone = _timezones().get(code[:2])
    if zone is None:
        raise NotFound("no province has this code; the first two digits of a region code name the province")
    return zone


def village_kind(code: str) -> VillageKind:
    """Desa, kelurahan or desa adat: the first digit of a village code's last block."""
    kind = _VILLAGE_KINDS.get(code[9:10])
    if kind is None:
        raise NotFound("this is not a village's code; write it with dots: 2, 2, 2 and 4 digits")
    return kind


def is_district(code: str) -> bool:
    """Whether a district has this dotted code today."""
    return code in _districts()


@cache
def _districts() -> frozenset[str]:
    return frozenset(region.code for region in _all_with(rb"\d\d\.\d\d\.\d\d"))


def retired_district(code: str) -> str | None:
    """The last known name of a district code that stands in valid NIKs but was abolished; None if it was not."""
    return _retired().get(code)


@cache
def _retired() -> dict[str, str]:
    return {row[0]: row[1] for row in _small_table("retired_districts.csv")}


@cache
def _timezones() -> dict[str, str]:
    return {row[0]: row[3] for row in _small_table("timezones.csv")}


def _small_table(name: str) -> list[list[str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [line.split(",") for line in text.splitlines()[1:]]
