"""Has charts drawn in a process of its own: neither matplotlib's memory nor its imports come into this one."""

import base64
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping

from core.charts import drawing_process
from core.charts.picture import Picture
from core.errors import SetupError

#: The first drawing on a machine looks for its fonts; then three charts take about three seconds.
LONGEST_SECONDS = 120


def draw(pictures: Mapping[str, Picture], *, longest_seconds: float = LONGEST_SECONDS) -> dict[str, bytes]:
    """Return a PNG for each picture, by its name; SetupError, with what to do, when there are none."""
    asked = json.dumps({name: picture.plain() for name, picture in pictures.items()}).encode()
    with tempfile.TemporaryDirectory(prefix="kabar-charts-") as folder:
        try:
            done = subprocess.run(  # noqa: S603  # our own program
                [sys.executable, "-P", drawing_process.__file__],
                input=asked,
                capture_output=True,
                timeout=longest_seconds,
                env=_surroundings(folder),
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise SetupError(
                f"the charts were not drawn within {longest_seconds:.0f} s; try again when the machine is less busy"
            ) from None
    if done.returncode:
        raise SetupError(_reason(done.returncode, done.stderr))
    return {name: base64.b64decode(png) for name, png in json.loads(done.stdout).items()}


def _surroundings(folder: str) -> dict[str, str]:
    """What the process may know: none of our settings, and no folder but its own to write to."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # each would reserve memory that the limit counts
    return kept | threads | {"HOME": folder, "MPLCONFIGDIR": folder, "MPLBACKEND": "Agg"}


def _reason(code: int, said: bytes) -> str:
    if code < 0 or code == drawing_process.TOO_LARGE:
        return "drawing the charts took more memory or time than it may; ask for them again, maybe with fewer districts"
    last = said.decode(errors="replace").strip().splitlines()[-1:] or ["no reason was given"]
    return f"the charts could not be drawn ({last[0][:200]}); reinstall Kabar KTP with its libraries, then try again"
