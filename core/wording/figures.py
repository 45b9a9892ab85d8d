"""Figures in sentences: a paragraph that a journalist can print, and a short message for officials.

What nobody knows is not said: without blanks noted no word of blanks, without letters none of letters.
"""

from collections.abc import Iterator, Mapping

from core.rules.answer import Place
from core.rules.card import Stage
from core.rules.figures import ON_THE_WAY, BriefFigures, Stop, usual_output
from core.rules.notices import OfficeWords
from core.wording import Wording
from core.wording.dates import long_date
from core.wording.suspensions import stopped_services

#: More would not fit into a message; an office has rarely two at once.
_MOST_STOPS = 2


def figures_paragraph(w: Wording, office: OfficeWords, figures: BriefFigures, places: Mapping[str, Place]) -> str:
    """In the numbers of the two reports of 2017. places: the regions of its suspensions, by code.

    Of a regency for which nothing is known yet, the date alone.
    """
    sentences = [*_waiting(w, office, figures), *_work(w, figures)]
    sentences += [_stopped(w, "figures-stopped", stop, places) for stop in figures.stops]
    sentences += _beyond(w, figures)
    data = figures.data_as_of or figures.today
    return " ".join((*sentences, w.text("figures-sum", data=long_date(w, data))))


def figures_message(w: Wording, office: OfficeWords, figures: BriefFigures, places: Mapping[str, Place]) -> str:
    """At most 700 characters: with all that can stand still, and go wrong."""
    stops = [_stopped(w, "figures-line-stopped", stop, places) for stop in figures.stops[:_MOST_STOPS]]
    return w.text(
        "figures-today",
        tanggal=long_date(w, figures.today),
        kantor=office.name,
        cacah="\n".join(_lines(w, figures)),
        henti="\n".join(stops),
        data=long_date(w, figures.data_as_of or figures.today),
    )


def _waiting(w: Wording, office: OfficeWords, figures: BriefFigures) -> Iterator[str]:
    if any(figures.stages.values()):
        yield w.text("figures-waiting", wilayah=office.regency, n=figures.waiting)


def _work(w: Wording, figures: BriefFigures) -> Iterator[str]:
    blanks = figures.blanks
    if blanks.since and blanks.received:
        since = long_date(w, blanks.since)
        yield w.text("figures-blanks", sejak=since, masuk=blanks.received, cetak=blanks.used)
    elif blanks.since and blanks.used:
        yield w.text("figures-printed", sejak=long_date(w, blanks.since), cetak=blanks.used)
    if usual := usual_output(figures.output):
        low, high = usual
        even = low == high
        yield w.text("figures-pace-even", lebih=high) if even else w.text("figures-pace", kurang=low, lebih=high)
    if figures.letters_since:
        yield w.text("figures-letters", sejak=long_date(w, figures.letters_since), n=figures.letters_issued)


def _beyond(w: Wording, figures: BriefFigures) -> Iterator[str]:
    if not figures.beyond_blanks:
        return
    left = figures.blanks.stock
    if left > 0:
        yield w.text("figures-beyond", sisa=left, n=figures.beyond_blanks)
    else:
        yield w.text("figures-beyond-all", n=figures.beyond_blanks)


def _stopped(w: Wording, key: str, stop: Stop, places: Mapping[str, Place]) -> str:
    return w.text(
        key,
        sejak=long_date(w, stop.note.since),
        henti=stopped_services(w, stop.note),
        di=_where(w, places.get(stop.region)),
        sebab=w.text(f"cause-{stop.note.cause}"),
    )


def _where(w: Wording, place: Place | None) -> str:
    """Nothing where it is the whole regency, or where nobody knows that region."""
    if place is None or place.district is None:
        return ""
    if place.village is None:
        return w.text("figures-in-district", kecamatan=place.district)
    return w.text("figures-in-village", nama=place.village, kecamatan=place.district)


def _lines(w: Wording, figures: BriefFigures) -> Iterator[str]:
    """The counts that matter on any day, and those of what went wrong where anything did."""
    on_the_way = sum(figures.stages.get(stage, 0) for stage in ON_THE_WAY)
    yield w.text("figures-line-waiting", n=figures.waiting)
    yield w.text("figures-line-queue", n=figures.stages.get(Stage.PRINT_READY, 0))
    yield w.text("figures-line-printed", n=figures.printed_today)
    if usual := usual_output(figures.output):
        yield w.text("figures-line-pace", kurang=usual[0], lebih=usual[1])
    if figures.blanks.kept:
        yield w.text("figures-line-stock", n=figures.blanks.stock)
    yield w.text("figures-line-way", n=on_the_way)
    for name, count in (
        ("unclaimed", figures.unclaimed),
        ("late", figures.boxes.late),
        ("letters", figures.letters_issued),
    ):
        if count:
            yield w.text(f"figures-line-{name}", n=count)
