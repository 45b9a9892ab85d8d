"""The record of hand-over of one place and one day, as a file to print and sign."""

from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from cli.edge import Here, opened, typed_date, utc_now
from cli.show import counted, say
from cli.slip.file import check_place, finish, write_unfinished
from core.errors import InputError, NotFound
from core.papers.handover_record import handover_record_pdf
from core.questions.handed import handed_on
from core.questions.regions import office_row, places
from core.wording import Wording
from core.wording.handover_records import HandoverRecordText, record_text


def write_record(at: str, day: str, pdf: Path | None) -> None:
    """Write it; a file that is there already stays as it is."""
    if not at or pdf is None:
        raise InputError("say of which place, and into which file: kabar handover record --at CODE --pdf record.pdf")
    with opened() as here:
        on = typed_date(day) or utc_now().astimezone(here.zone).date()
        text = here.office.read(partial(_record, here=here, point=at, day=on))
        check_place(pdf)
        finish(write_unfinished(handover_record_pdf(text), pdf.parent, prefix="record"), pdf, what="record is written")
    say(f"{pdf.name}: {counted(len(text.rows), 'card')} handed over or closed on {on} (numbers only).")


def _record(session: Session, *, here: Here, point: str, day: date) -> HandoverRecordText:
    where = places(session, [point]).get(point)
    if where is None:
        raise NotFound(f"{point} is no place of this office; give a code like 35.22.15.2003")
    words, handed = Wording(here.settings.wording), handed_on(session, point, day)
    return record_text(words, office=office_row(session).name, place=where, day=day, handed=handed, zone=here.zone)
