"""Pack the region table for shipping: `python -m core.regions.pack wilayah.csv` writes wilayah.csv.gz beside this file.

Sorted by code, without the header and stray spaces; the same input gives the same bytes.
"""

import csv
import gzip
import sys
from pathlib import Path

PACKED = Path(__file__).with_name("wilayah.csv.gz")


def pack(source: Path) -> int:
    """Write the packed table from a CSV of code and name; returns how many regions it holds."""
    with source.open(encoding="utf-8", newline="") as file:
        lines = sorted(f"{row['code']},{row['name'].strip()}\n" for row in csv.DictReader(file))
    PACKED.write_bytes(gzip.compress("".join(lines).encode(), compresslevel=9, mtime=0))
    return len(lines)


if __name__ == "__main__":
    sys.stdout.write(f"{pack(Path(sys.argv[1])):,} regions packed into {PACKED.name}\n")
