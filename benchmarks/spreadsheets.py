"""What the same list of 100,000 rows costs as CSV, as a workbook and as a web page, beside its limit of memory.

Memory is that of all processes of the command together, looked at every tenth of a second.
"""

import csv
import html
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

from core.regions import Level, regions_of

LIMIT_MEGABYTES = 250.0
ROWS = 100_000
#: The system adds up what is shared page by page, which is no small work itself.
_LOOK_SECONDS = 0.1
_HEADER: list[object] = [
    *("NO", "NIK", "NAMA", "KODE DESA", "STATUS", "TGL REKAM"),
    *("TGL LAHIR", "NO HP", "SETUJU DIHUBUNGI", "RESI", "KETERANGAN"),
]
_NAMES = ("SITI", "BUDI", "AMINAH", "SANTOSO", "WATI", "JOKO", "RAHAYU", "PRATAMA", "NUR", "HIDAYAT")


class Cost(NamedTuple):
    """processor: seconds. memory: MB."""

    processor: float
    memory: float


def main() -> None:
    """Print the table of benchmarks/README.md."""
    with tempfile.TemporaryDirectory(prefix="kabar-bench-") as name:
        folder = Path(name)
        rows = list(_people())
        files = {
            "CSV": _csv(folder / "list.csv", rows),
            "XLSX": _xlsx(folder / "list.xlsx", rows),
            "HTML": _html(folder / "list.xls", rows),
        }
        costs = {kind: _import(folder / kind, file) for kind, file in files.items()}
    print(
        f"| kabar import, {ROWS:,} rows | processor | to CSV | peak memory | to the limit, {LIMIT_MEGABYTES:.0f} MB |"
    )
    print("|---|---|---|---|---|")
    for kind, (processor, memory) in costs.items():
        time_ratio, memory_ratio = processor / costs["CSV"].processor, memory / LIMIT_MEGABYTES
        print(f"| {kind} | {processor:.1f} s | {time_ratio:.2f} | {memory:.0f} MB | {memory_ratio:.2f} |")


def _people() -> Iterator[list[object]]:
    """Rows of a list of Bojonegoro; the NIKs are of the district that is nobody's."""
    chance = random.Random(1)
    villages = [region.code for region in regions_of("35.22") if region.level is Level.VILLAGE]
    for number in range(ROWS):
        birthday, serial = divmod(number, 9999)
        yield [
            number + 1,
            f"352299{birthday + 1:02}0180{serial + 1:04}",
            " ".join(chance.sample(_NAMES, 3)),
            chance.choice(villages),
            chance.choice(["PRR", "SFE", "CARD_PRINTED"]),
            f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/2017",
            f"{birthday + 1:02}/01/1980",
            f"08120{number:07}",
            chance.choice(["YA", ""]),
            f"BJN-{number:06}-K07",
            chance.choice(["", "HILANG"]),
        ]


def _csv(path: Path, rows: list[list[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([_HEADER, *rows])
    return path


def _xlsx(path: Path, rows: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate([_HEADER, *rows]):
            sheet.write_row(number, 0, row)
    return path


def _html(path: Path, rows: list[list[object]]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write("<html><body><table border=1>\n")
        for row in [_HEADER, *rows]:
            file.write("<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>\n")
        file.write("</table></body></html>")
    return path


def _import(home: Path, file: Path) -> Cost:
    """Found an office and import the file, telling nobody."""
    command = [sys.executable, "-c", "import sys; from cli.main import run; sys.exit(run(sys.argv[1:]))"]
    environment = os.environ | {"KABAR_HOME": str(home)}
    subprocess.run([*command, "init", "--regency", "35.22"], env=environment, capture_output=True, check=True)
    before = os.times()
    with subprocess.Popen(
        [*command, "import", str(file), "--quiet"], env=environment, stdout=subprocess.DEVNULL
    ) as importing:
        memory = memory_of(importing)
    if importing.returncode:
        raise RuntimeError(f"{file.name} was not imported")
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(processor, memory)


def memory_of(running: subprocess.Popen[bytes]) -> float:
    """Wait for a command to end; return the most MB that all its processes together had at a time."""
    memory = 0.0
    while running.poll() is None:
        memory = max(memory, sum(map(_megabytes, _family(running.pid))))
        time.sleep(_LOOK_SECONDS)
    return memory


def _family(process: int) -> Iterator[int]:
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            yield from map(int, children.read_text().split())
        except OSError:  # it has just ended
            continue


def _megabytes(process: int) -> float:
    """What a process needs; of what it shares with others its part, so that nothing is counted twice."""
    try:
        used = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:  # likewise
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in used.splitlines() if line.startswith("Pss:")), 0.0)


if __name__ == "__main__":
    main()
