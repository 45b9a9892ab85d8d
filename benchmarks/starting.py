"""How long `kabar --help` takes, beside a Python that imports nothing but the library which prints it."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

LIMIT_SECONDS, LIMIT_RATIO = 0.5, 2.0
_TIMES = 9
_HELP = "import sys; from cli.main import run; run(['--help'])"
_BARE = "import typer, typer.rich_utils"

Row = tuple[str, str, str, str]


def rows() -> Iterator[Row]:
    """What the table of benchmarks/README.md says."""
    ours, bare = _median_seconds(_HELP), _median_seconds(_BARE)
    limit = f"limit {LIMIT_SECONDS} s"
    yield "kabar --help", f"{ours:.2f} s", limit, f"{ours / LIMIT_SECONDS:.2f}"
    beside = f"importing typer alone {bare:.2f} s, limit {LIMIT_RATIO}"
    yield "the same", f"{ours:.2f} s", beside, f"{ours / bare:.2f}"


def _median_seconds(code: str) -> float:
    def once() -> float:
        began = time.monotonic()
        subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=True)
        return time.monotonic() - began

    return statistics.median(once() for _ in range(_TIMES))


def main() -> None:
    """Print the table of benchmarks/README.md."""
    print("| starting, median of 9 | measured | beside | ratio |")
    print("|---|---|---|---|")
    for row in rows():
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
