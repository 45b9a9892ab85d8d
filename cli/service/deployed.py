"""The units that deploy/ holds, for one layout of folders: python -m cli.service.deployed"""

from dataclasses import replace
from pathlib import Path

from cli.service.unit import Service, Work, unit_of

FOLDER = Path(__file__).parents[2] / "deploy"

_ALL = Path("/srv/kabar")
_WORKER = Service(
    about="works for offices",
    user="kabar",
    program=Path("/opt/kabar/bin/kabar"),
    stands_in=_ALL,
    work=Work.WORKER,
    writes=[_ALL, Path("/srv/kabar-backups")],
    keeps=[_ALL / ".env", _ALL / "offices.toml"],
    environment={"KABAR_OFFICES": str(_ALL / "offices.toml")},
)
_WEB = replace(_WORKER, about="takes in for all offices", work=Work.WEB, writes=[], keeps=[])

#: By file name.
UNITS = {"kabar-worker@.service": unit_of(_WORKER), "kabar-web.service": unit_of(_WEB)}

if __name__ == "__main__":
    for name, unit in UNITS.items():
        (FOLDER / name).write_text(unit)
