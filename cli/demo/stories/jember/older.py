"""Who was recorded before the centre went down, and is not in the sample: invented for the story, district 99.

The report speaks of old recordings that are printed first. The sample holds recordings since October 2016 only.
"""

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

#: One a day, so that everybody's place in the queue is known.
PEOPLE = 120
_FIRST = date(2016, 5, 2)
#: Two villages each in Sumbersari, Kaliwates and Patrang; four neighbours after each other in one village.
_VILLAGES = ("35.09.21.1001", "35.09.19.1001", "35.09.20.1001", "35.09.21.1002", "35.09.19.1002", "35.09.20.1002")
_NEIGHBOURS = 4
#: Every third has a phone and agreed to SMS; the family's three have one together.
_EVERY = 3
FAMILY = range(8, 11)
FAMILY_PHONE = "+6281200000508"
_GIVEN = ("SITI", "AGUS", "SRI", "BAMBANG", "DEWI", "HERI", "LASTRI", "UMAR", "YULI", "HADI")
_FAMILY_NAMES = ("WAHYUNI", "SANTOSO", "RAHAYU", "PRASETYO", "HANDAYANI", "SUGIARTO", "LESTARI", "HIDAYAT")
_HEADER = ("NIK", "NAMA LENGKAP", "KODE DESA", "STATUS", "TGL REKAM", "NO HP", "SETUJU DIHUBUNGI", "NO BUKTI REKAM")


def write_older(path: Path) -> Path:
    """Write the list of those who wait for a print, the oldest recording first; its day is in its title."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["DAFTAR PEREKAMAN KTP-EL KABUPATEN JEMBER PER 19 MEI 2017"])
        writer.writerow(_HEADER)
        writer.writerows(map(_row, range(PEOPLE)))
    return path


def _row(place: int) -> Iterable[str]:
    recorded = _FIRST + timedelta(days=place)
    name = f"{_GIVEN[place % len(_GIVEN)]} {_FAMILY_NAMES[place % len(_FAMILY_NAMES)]}"
    village = _VILLAGES[place // _NEIGHBOURS % len(_VILLAGES)]
    phone = FAMILY_PHONE if place in FAMILY else f"+62812000009{place:02}" if place % _EVERY == 1 else ""
    return (
        f"350999{place % 28 + 1:02}0180{place + 1:04}",
        name,
        village,
        "PRINT_READY_RECORD",
        f"{recorded:%d/%m/%Y}",
        phone,
        "YA" if phone else "",
        f"JBR-{900_001 + place}-{'ABCDEFGHJK'[place % 10]}{place % 90 + 10}",
    )
