"""The file of a box's list: it appears whole or not at all, for its owner's eyes only, and replaces none."""

from datetime import date
from pathlib import Path

from cli.box.page import box_list_pdf
from cli.edge import Here
from core.errors import Refused, SetupError
from core.questions.regions import office_row, place
from core.wording import Wording
from core.wording.box_lists import box_list_text


def list_path(folder: Path, box: int, point: str) -> Path:
    """Where the list of a box belongs."""
    return folder / f"kotak-{box}-{point}.pdf"


def check_folder(folder: Path) -> None:
    """Raise SetupError where no file can be, before anything is packed."""
    if not folder.is_dir():
        raise SetupError(f"there is no folder {folder}; make it, or give another with --folder")


def check_free(path: Path) -> None:
    """Raise Refused rather than replace a list."""
    if path.exists():
        raise Refused(f"{path.name} is there already and stays as it is; move it, or give another --folder")


def draw_list(here: Here, box: int, point: str, people: list[tuple[int, str]], *, sent_on: date) -> bytes:
    """Return the PDF. people: pickup number and name, by number."""
    office, where = here.office.read(lambda session: (office_row(session).name, place(session, point)))
    words = Wording(here.settings.wording)
    text = box_list_text(words, office=office, box=box, place=where, sent_on=sent_on, cards=len(people))
    return box_list_pdf(text, people)
