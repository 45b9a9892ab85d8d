"""Indonesia's regions as the home ministry codes them: 38 provinces, 514 regencies, 7,285 districts, 83,762 villages.

`35` is a province, `35.22` a regency, `35.22.15` a district, `35.22.15.2003` a village. The data (MIT, see
LICENSE-wilayah) is packed from its CSV by `python -m core.regions.pack wilayah.csv`.
"""

from core.regions.lookup import (
    all_villages,
    is_district,
    name_of,
    regency,
    regions_of,
    retired_district,
    timezone_of,
    village_kind,
)
from core.regions.region import Level, Region
from core.regions.search import find_regency

__all__ = [
    "Level",
    "Region",
    "all_villages",
    "find_regency",
    "is_district",
    "name_of",
    "regency",
    "regions_of",
    "retired_district",
    "timezone_of",
    "village_kind",
]
