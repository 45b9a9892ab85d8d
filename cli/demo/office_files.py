"""Files of the phones page: an export that is taken in, and one to try it with."""

import csv
import secrets
from collections.abc import Iterable
from datetime import datetime
from io import StringIO
from pathlib import Path

from cli.demo.clock import ZONE
from core.errors import Refused
from core.files import ExportRow
from core.jobs.import_plan import plan_import
from core.jobs.importing import TELLS_WITHOUT_ASKING, apply_import
from core.store.office import OpenOffice
from simulator.bodies import Upload

_HEADER = ("NIK", "NAMA LENGKAP", "KODE DESA", "STATUS", "TGL REKAM", "NO HP", "SETUJU DIHUBUNGI", "NO BUKTI REKAM")
_NEWLY_PRINTED = "CARD_PRINTED"


def take_file(office: OpenOffice, file: Upload, folder: Path, *, now: datetime, tell: bool) -> str:
    """Import an uploaded export, and say what came of it; Refused where the command line would ask first."""
    path = folder / f"unggahan-{secrets.token_hex(4)}{Path(file.name).suffix[:6]}"
    path.write_bytes(file.content)
    today = now.astimezone(ZONE).date()
    plan = plan_import(office, path, as_of=None, today=today, announce_new=False, progress=lambda *_: None)
    told = sum(count for (_, channel), count in plan.would_tell.items() if channel)
    if tell and told > TELLS_WITHOUT_ASKING:
        raise Refused(f"{told:,} people would be told; choose to tell nobody, or take a smaller file")
    counts = apply_import(
        office,
        plan,
        now=now,
        by="operator",
        tell=tell,
        announce_new=False,
        polite=True,
        progress=lambda *_: None,
    )
    same = counts["unchanged"] + counts["older"]
    taken = sum(counts.values()) - same
    return (
        f"Data per {plan.as_of:%d-%m-%Y}: {taken} baris diterima, {same} tidak mengubah apa pun, "
        f"{len(plan.refused)} ditolak. Dikabari: {told if tell else 0} orang."
    )


def sample_export(people: Iterable[ExportRow], now: datetime) -> Upload:
    """An export of this moment's day in which these people's cards are printed."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow([f"DAFTAR PEREKAMAN KTP-EL PER {now.astimezone(ZONE):%d-%m-%Y}"])
    writer.writerow(_HEADER)
    for row in people:
        recorded = row.recorded_on.strftime("%d/%m/%Y") if row.recorded_on else ""
        consent = "YA" if row.consent else ""
        cells = (row.nik, row.name, row.village, _NEWLY_PRINTED, recorded, row.phone or "", consent, row.receipt or "")
        writer.writerow(cells)
    return Upload("contoh-ekspor.csv", text.getvalue().encode())
