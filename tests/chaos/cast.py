"""Who lives in the storm: what becomes of each one's card, and how they can be reached. Everybody is of district 99."""

from dataclasses import dataclass
from typing import Protocol

from core.rules.card import Stage
from simulator import Person
from simulator.sms_state import SmsNetwork
from simulator.telegram_state import Telegram

#: The way of a card; of every seventh person it is taken back once when it was ready.
_WAY = (Stage.PRINTED, Stage.READY_FOR_PICKUP, Stage.HANDED_OVER)
_WAY_BACK = (Stage.PRINTED, Stage.READY_FOR_PICKUP, Stage.PRINTED, Stage.READY_FOR_PICKUP, Stage.HANDED_OVER)
#: Numbers that nothing ever arrives at: unknown to the operator, or switched off.
_FINALS = {8: 30005, 18: 30003}


class Providers(Protocol):
    """The bot of one office and the people who know it, and the network of all phones."""

    telegram: Telegram
    sms: SmsNetwork


@dataclass(frozen=True, slots=True)
class Place:
    """A regency, and two of its villages."""

    code: str
    villages: tuple[str, str]


BOJONEGORO = Place("35.22", ("35.22.15.2003", "35.22.01.2001"))


@dataclass(slots=True, eq=False, repr=False)
class Resident:
    """phone: in E.164. chat: her Telegram; linked: known to the office from the start. steps: her card's, so far."""

    number: int
    nik: str
    receipt: str
    phone: str | None
    chat: Person | None
    linked: bool
    village: str
    steps: int = 0
    has_letter: bool = False

    @property
    def stage(self) -> Stage:
        return self._way[self.steps - 1] if self.steps else Stage.PRINT_READY

    @property
    def next_stage(self) -> Stage | None:
        return self._way[self.steps] if self.steps < len(self._way) else None

    @property
    def _way(self) -> tuple[Stage, ...]:
        return _WAY if self.number % 7 else _WAY_BACK

    def row(self, status: str) -> str:
        """Her line in the office's list."""
        consent = "YA" if self.phone else ""
        cells = (self.nik, f"WARGA {self.number}", self.village, status, "05/01/2017", self.phone or "", consent)
        return ";".join((*cells, self.receipt))


def cast(simulator: Providers, people: int, place: Place = BOJONEGORO) -> list[Resident]:
    """Of ten: four with both, one with Telegram only and one more who has to prove herself, four with SMS or nothing.

    Two of each ten share a phone; one in twenty cannot be reached at all. Whoever lives in another place has the same
    phone and the same Telegram there: what one office sends by another's bot or sender would arrive.
    """
    everybody = [_resident(simulator, number, place) for number in range(people)]
    for one in everybody:
        if one.phone and (code := _FINALS.get(one.number % 20)):
            simulator.sms.set_final(one.phone, "undelivered", code)
    return everybody


def _resident(simulator: Providers, number: int, place: Place) -> Resident:
    kind = number % 10
    telegram, sms = kind in (0, 1, 2, 3, 4, 8), kind not in (3, 4) and number % 20 != 9
    shared = number - 1 if kind == 7 else number
    day, rest = 1 + number % 28, number // 28
    chat = None
    if telegram:
        chat_id = 990_000_000 + number
        chat = simulator.telegram.person(f"Warga {number}", chat_id=chat_id, started=kind != 4)
    return Resident(
        number=number,
        nik=f"{place.code.replace('.', '')}99{day:02d}{1 + rest % 12:02d}90{1 + rest // 12:04d}",
        receipt=f"BJN-{number:06d}-{chr(65 + number % 26)}{number % 100:02d}",
        phone=f"+62812{70_000_000 + shared:08d}" if sms else None,
        chat=chat,
        linked=telegram and kind != 4,
        village=place.villages[number % 2],
    )
