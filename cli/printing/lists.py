"""Writing the printer's list of a plan: whose NIK and name are opened is noted before, for each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cli.edge import OPERATOR, Here, utc_now
from cli.show import say
from core.actions.showing import PersonalData, show_names
from core.errors import Refused
from core.files.print_list import PrintRow, check_free, write_print_list
from core.files.print_policy import read_policy
from core.files.whole import written_whole
from core.questions.print_plans import PlanPlace, places_of
from core.questions.regions import office_words, places
from core.store.words import PlanOutcome

_OUTCOMES = {
    None: "",
    PlanOutcome.PRINTED: "dicetak",
    PlanOutcome.SPOILED: "rusak",
    PlanOutcome.ELSEWHERE: "di luar rencana",
    PlanOutcome.RELEASED: "kembali antre",
}
#: So many names at once are opened and noted within what one transaction may hold of SQLite's writer.
_NAMES_AT_ONCE = 300


@dataclass(frozen=True, slots=True)
class ListFiles:
    """Where the two papers go; None for one that nobody asked for."""

    xlsx: Path | None
    pdf: Path | None

    @classmethod
    def beside(cls, plan_id: int) -> "ListFiles":
        """Both, under the plan's own name, in the current folder."""
        return cls(Path(f"plan-{plan_id}.xlsx"), Path(f"plan-{plan_id}.pdf"))

    def check(self) -> None:
        """Raise Refused where one of them is already."""
        for path in self.named:
            check_free(path)

    @property
    def named(self) -> list[Path]:
        return [path for path in (self.xlsx, self.pdf) if path is not None]


def write_lists(here: Here, plan_id: int, files: ListFiles) -> None:
    """Write the lists of a plan that stands; whatever keeps a file from being written does not undo the plan."""
    try:
        files.check()
    except Refused as error:
        raise Refused(f"plan {plan_id} stands, its list was not written: {error}") from None
    rows = list(_rows(here, plan_id))
    name = here.office.read(office_words).name
    title = f"{name}: rencana cetak {plan_id}, {len(rows)} KTP-el"
    if files.xlsx:
        write_print_list(rows, files.xlsx, title=title)
    if files.pdf:
        from cli.printing.page import print_list_pdf  # drawing takes 0.3 s to import

        content = print_list_pdf(rows, title=title)
        with written_whole(files.pdf) as file:
            file.write(content)
    say(f"The list is in {' and '.join(map(str, files.named))}: it names people, so keep it, and shred it after use.")


def _rows(here: Here, plan_id: int) -> Sequence[PrintRow]:
    policy = read_policy(here.settings.print_policy)
    found = here.office.read(partial(places_of, plan_id=plan_id, policy=policy))
    where = here.office.read(partial(places, codes={place.village for place in found}))
    people: dict[int, PersonalData] = {}
    for start in range(0, len(found), _NAMES_AT_ONCE):
        ids = [place.resident_id for place in found[start : start + _NAMES_AT_ONCE]]
        people |= here.office.write(partial(show_names, resident_ids=ids, now=utc_now(), by=OPERATOR))

    def row(place: PlanPlace) -> PrintRow:
        person, home = people[place.resident_id], where.get(place.village)
        district, village = (home.district, home.village) if home else (None, None)
        return PrintRow(
            place.place,
            person.nik,
            person.name,
            district or "",
            village or place.village,
            place.line,
            _OUTCOMES[place.outcome],
        )

    return [row(place) for place in found]
