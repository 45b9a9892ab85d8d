"""The office's lists within a story: as it would export them, and taken in while everything runs."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from cli.demo.cast import Cast
from cli.demo.clock import ZONE
from cli.demo.office_work import BY
from cli.demo.stage import Stage
from core.files import ExportRow
from core.jobs.import_plan import ImportPlan, plan_import
from core.jobs.importing import apply_import

_HEADER = (
    "NIK",
    "NAMA LENGKAP",
    "TGL LAHIR",
    "KODE DESA",
    "STATUS",
    "TGL REKAM",
    "NO HP",
    "SETUJU DIHUBUNGI",
    "NO BUKTI REKAM",
)


def write_export(path: Path, title: str, people: Iterable[ExportRow], status: str) -> Path:
    """Write a list of these people, all with this status. title: ends in the list's day, as offices write it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([title])
        writer.writerow(_HEADER)
        writer.writerows(_cells(row, status) for row in people)
    return path


def take_in(stage: Stage[Cast], path: Path, *, as_of: date | None = None, tell: bool = True) -> ImportPlan:
    """Take in a list; return what was found in it. tell: whoever has news by it."""
    now = stage.clock()
    today = now.astimezone(ZONE).date()
    plan = plan_import(stage.office, path, as_of=as_of, today=today, announce_new=False, progress=lambda *_: None)
    apply_import(
        stage.office,
        plan,
        now=now,
        by=BY,
        tell=tell,
        announce_new=False,
        polite=True,
        progress=lambda *_: None,
    )
    return plan


def _cells(row: ExportRow, status: str) -> tuple[str, ...]:
    consent = "YA" if row.consent else ""
    days = _day(row.born_on), row.village, status, _day(row.recorded_on)
    return row.nik, row.name, *days, row.phone or "", consent, row.receipt or ""


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""
