"""The offices' lists that come with the demo: synthetic, of the unallocated district 99, and kept compressed."""

import lzma
from importlib.resources import files
from pathlib import Path

#: 35,000 recordings, as the report of September 2017 counts them.
BOJONEGORO = "bojonegoro-2017-09.csv"
#: 2,000 of the 70,000 recordings that the report of Jember counts; in every 160th row the NIK lost its last digit.
JEMBER = "jember-2017-05.xlsx"


def unpack(sample: str, folder: Path) -> Path:
    """Put a list into a folder, as an office would have exported it there."""
    path = folder / sample
    path.write_bytes(lzma.decompress(files("cli.demo").joinpath(f"{sample}.xz").read_bytes()))
    return path
