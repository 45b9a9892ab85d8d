"""What stands on the record of hand-over: numbers only, for it may travel through Telegram."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Protocol

from core.rules.answer import Place
from core.wording import Wording
from core.wording.dates import clock_time, weekday_date
from core.wording.handing import way_text
from core.wording.places import place_names

_OFFICIAL = "official:"


class Handed(Protocol):
    """A card, as `core.questions.handed` has it."""

    @property
    def number(self) -> int: ...
    @property
    def taken(self) -> str | None: ...
    @property
    def at(self) -> datetime: ...
    @property
    def by(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverRecordText:
    """head: lines below the title. rows: number, time, how, by whom. sums: how many, in all and each way.

    signatures: what stands above each line to sign.
    """

    title: str
    head: tuple[str, ...]
    columns: tuple[str, str, str, str]
    rows: tuple[tuple[str, str, str, str], ...]
    sums: tuple[str, ...]
    words: str
    signatures: tuple[str, str]
    page: str


def record_text(
    w: Wording, *, office: str, place: Place, day: date, handed: Sequence[Handed], zone: tzinfo
) -> HandoverRecordText:
    """The words of one place's record of one day."""
    ways = Counter(one.taken for one in handed)
    each = [w.text("hand-way-count", jumlah=str(count), cara=way_text(w, way)) for way, count in ways.most_common()]
    return HandoverRecordText(
        title=w.text("record-title"),
        head=(
            office,
            w.text("record-place", tempat=place_names(w, place)[0]),
            w.text("record-day", tanggal=weekday_date(w, day)),
        ),
        columns=(w.text("record-number"), w.text("record-time"), w.text("record-way"), w.text("record-by")),
        rows=tuple(
            (str(one.number), clock_time(one.at, zone), way_text(w, one.taken), _by(w, one.by))
            for one in sorted(handed, key=lambda one: (one.number, one.at))
        ),
        sums=(w.text("record-count", jumlah=str(len(handed))), *each) if handed else (w.text("record-empty"),),
        words=w.text("record-words") if handed else "",
        signatures=(w.text("record-gave"), w.text("record-knew")),
        page=w.text("record-page"),
    )


def record_name(point: str, day: date) -> str:
    """What the file is called."""
    return f"berita-acara-{point}-{day.isoformat()}.pdf"


def _by(w: Wording, by: str) -> str:
    """An official by her number: what Telegram calls her stays here."""
    if by.startswith(_OFFICIAL):
        return w.text("record-official", nomor=by.removeprefix(_OFFICIAL))
    return w.text("record-office")
