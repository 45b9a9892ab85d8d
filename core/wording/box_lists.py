"""What stands on the list that travels with a box of cards, besides numbers and names."""

from dataclasses import dataclass
from datetime import date

from core.rules.answer import Place
from core.wording import Wording
from core.wording.dates import long_date
from core.wording.places import place_names


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxListText:
    """place, sent: lines below the title. columns: heads of number, name and signature."""

    title: str
    office: str
    place: str
    sent: str
    columns: tuple[str, str, str]
    advice: str
    page: str


def box_list_text(w: Wording, *, office: str, box: int, place: Place, sent_on: date, cards: int) -> BoxListText:
    """The words of one box's list."""
    return BoxListText(
        title=w.text("box-list-title", kotak=str(box)),
        office=office,
        place=w.text("box-list-place", tempat=place_names(w, place)[0]),
        sent=w.text("box-list-sent", tanggal=long_date(w, sent_on), jumlah=str(cards)),
        columns=(w.text("box-list-number"), w.text("box-list-name"), w.text("box-list-signature")),
        advice=w.text("box-list-advice"),
        page=w.text("box-list-page"),
    )
