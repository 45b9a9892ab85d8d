"""What regions and pickup places are called: in full, shorter, and nameless, so that every SMS finds one that fits."""

from functools import lru_cache

from core.rules.answer import Place, PlaceKind, VillageKind
from core.wording import Wording

#: Village kind -> its texts, longest first.
_VILLAGE_TEXTS = {
    VillageKind.DESA: ("place-desa", "place-desa-short", "place-desa-yours"),
    VillageKind.KELURAHAN: (
        "place-kelurahan",
        "place-kelurahan-abbreviated",
        "place-kelurahan-short",
        "place-kelurahan-yours",
    ),
    VillageKind.DESA_ADAT: ("place-desa-adat", "place-desa-adat-short", "place-desa-adat-yours"),
}
_TEXTS = {
    PlaceKind.DISTRICT: ("place-district", "place-district-yours"),
    PlaceKind.OFFICE: ("place-office", "place-office-yours"),
}

#: The region data writes a desa adat's kind into its name.
_DESA_ADAT = "Desa Adat "


@lru_cache(maxsize=2048)
def place_names(w: Wording, place: Place) -> tuple[str, ...]:
    """The names a place may be called by, the most telling first and the shortest, nameless one last."""
    texts = _TEXTS.get(place.kind) or _VILLAGE_TEXTS[place.village_kind or VillageKind.DESA]
    values = tidy_names(place)
    return tuple(w.text(text, **values) for text in texts)


def tidy_names(place: Place) -> dict[str, str]:
    """The names around a place, as texts ask for them."""
    return {
        "nama": _tidy(place.village).removeprefix(_DESA_ADAT),
        "kecamatan": _tidy(place.district),
        "wilayah": _tidy(place.regency),
    }


def region_name(w: Wording, place: Place | None, *, short: bool = False) -> str:
    """Desa Pajeng, Kec. Gondang; Kecamatan Gondang; the regency. short: Desa Pajeng; Kec. Gondang."""
    if place is None:
        return ""
    end = "-short" if short else ""
    if place.village is not None:
        return w.text(f"region-{place.village_kind or VillageKind.DESA}{end}", **tidy_names(place))
    if place.district is not None:
        return w.text(f"region-district{end}", **tidy_names(place))
    return place.regency


def general_place(w: Wording, kind: PlaceKind) -> str:
    """What anybody may know of a pickup place: its kind."""
    return w.text(f"general-place-{kind}")


def report_to(w: Wording, place: Place | None) -> str:
    """Where somebody who was registered by mistake says so: at most 12 characters."""
    kind = place.village_kind if place else None
    return w.text(f"report-to-{kind or 'office'}")


def _tidy(name: str | None) -> str:
    return " ".join((name or "").split())
