"""What stands on the poster in a village hall. Printed, so always in Indonesian."""

from dataclasses import dataclass

from core.rules.answer import Place, PlaceKind, VillageKind
from core.rules.notices import OfficeWords
from core.wording import Wording
from core.wording.places import place_names, tidy_names


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterText:
    """From top to bottom. where: whose poster it is. ask, genuine: a head, then its lines. office: with its address."""

    title: str
    where: str
    ask: tuple[str, ...]
    register: tuple[str, str]
    genuine: tuple[str, ...]
    doubt: str
    pickup: tuple[str, str, str]
    office: str
    hours: str
    free: str


def poster_text(
    w: Wording, office: OfficeWords, *, region: Place, pickup: Place | None, bot: str, address: str | None
) -> PosterText:
    """region: for which it is. pickup: where its cards are handed over; None where that is not one place."""
    return PosterText(
        title=w.text("poster-title"),
        where=_where(w, region),
        ask=(
            w.text("poster-ask"),
            w.text("poster-ask-scan", bot=bot),
            w.text("poster-ask-nik"),
            w.text("poster-ask-told"),
        ),
        register=(w.text("poster-register"), w.text("poster-register-how")),
        genuine=tuple(w.text(f"poster-genuine{line}") for line in ("", "-link", "-nik", "-receipt")),
        doubt=w.text("poster-genuine-doubt"),
        pickup=(w.text("poster-pickup"), _pickup(w, region, pickup), w.text("poster-bring")),
        office=", ".join([office.name, *([address] if address else [])]),
        hours=w.text("poster-hours", jam_kantor=office.hours),
        free=w.text("poster-free"),
    )


def _where(w: Wording, region: Place) -> str:
    kind = region.kind if region.kind is not PlaceKind.VILLAGE else region.village_kind or VillageKind.DESA
    return w.text(f"poster-for-{kind}", **tidy_names(region))


def _pickup(w: Wording, region: Place, pickup: Place | None) -> str:
    if pickup is not None:
        return place_names(w, pickup)[0]
    return w.text("poster-pickup-said" if region.kind is PlaceKind.OFFICE else "poster-pickup-villages")
