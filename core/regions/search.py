"""Finding a regency the way an operator types it: 35.22, 3522, Bojonegoro, kab. bojonegoro, Kota Malang."""

import re
from difflib import get_close_matches

from core.errors import InputError, NotFound
from core.regions.lookup import all_regencies, regency
from core.regions.region import Region

_KIND = re.compile(r"(KABUPATEN|KAB|KOTA)\b[. ]*(?:(?:ADMINISTRASI|ADM)\b[. ]*)?")


def find_regency(text: str) -> Region:
    """The one regency meant by a code or a name; names the candidates when several share it."""
    digits = re.sub(r"[.\s]", "", text)
    if digits.isdecimal():
        return regency(f"{digits[:2]}.{digits[2:]}")
    kind, name = _folded(text)
    regencies = [(region, *_folded(region.name)) for region in all_regencies()]
    found = [region for region, its_kind, its_name in regencies if its_name == name and kind in (None, its_kind)]
    # "Kota Baru" may be how somebody writes Kabupaten Kotabaru.
    found = found or [region for region, _, its_name in regencies if its_name == _letters(text)]
    if not found:
        near = get_close_matches(name, {its_name for _, _, its_name in regencies}, n=3)
        candidates = [region for region, _, its_name in regencies if its_name in near]
        raise NotFound(f"no regency has this name; {_did_you_mean(candidates)}write its code, like 35.22")
    if len(found) > 1:
        raise InputError(f"several regencies have this name; {_did_you_mean(found)}write the code of yours")
    return found[0]


def _folded(name: str) -> tuple[str | None, str]:
    """(KAB or KOTA if it was said, the bare name): kinds, spaces, case and punctuation folded away."""
    upper = name.strip().upper()
    kind = _KIND.match(upper)
    return kind and kind[1][:3], _letters(upper[kind.end() if kind else 0 :])


def _letters(name: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", name.upper())


def _did_you_mean(candidates: list[Region]) -> str:
    if not candidates:
        return ""
    return f"did you mean {', '.join(f'{region.code} {region.name}' for region in candidates)}? "
