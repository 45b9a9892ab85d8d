"""The office's work on the phones page: blanks come, the next cards are printed, boxes go out and arrive."""

from functools import partial

from cli.demo.clock import ZONE, DemoClock
from cli.demo.office_work import BY, arrive_all, print_plan, put_plan, ship_all
from core.actions.blanks import move_blanks
from core.errors import InputError, Refused
from core.questions.regions import office_row
from core.rules.print_queue import PrintPolicy
from core.store.office import OpenOffice
from core.store.words import BlankKind
from simulator.page import Action, Done, Field, Values

#: On this page one print tells at most as many people as a day's caps of SMS let through.
_MOST_PRINTS = 450
_MOST_BLANKS = 100_000


class WorkActions:
    """policy: by which the office prints."""

    def __init__(self, office: OpenOffice, clock: DemoClock, policy: PrintPolicy) -> None:
        self._office = office
        self._clock = clock
        self._policy = policy

    def actions(self) -> list[Action]:
        """What the page offers, in the order of a day's work."""
        blanks = Field(name="blanks", label="Keping", options=(("10000", ""), ("36000", "")))
        count = Field(name="count", label="Berapa kartu", options=(("40", ""), ("450", "")))
        return [
            Action(
                "blanks",
                "Blangko datang",
                "Dicatat sebagai stok; warga membacanya dengan /stok.",
                (blanks,),
                self._come,
            ),
            Action("print", "Cetak berikutnya", "Rencana menurut antrean, lalu dicetak.", (count,), self._print),
            Action(
                "ship", "Kirim yang sudah dicetak", "Satu kotak untuk tiap tempat, dengan nomor ambil.", (), self._ship
            ),
            Action("arrive", "Kotak tiba", "Semua kotak di jalan tiba; warga dikabari.", (), self._arrive),
        ]

    def _come(self, values: Values) -> Done:
        blanks, now = _number(values, "blanks", most=_MOST_BLANKS), self._clock()
        today = now.astimezone(ZONE).date()
        came = partial(move_blanks, kind=BlankKind.RECEIVED, blanks=blanks, day=today, now=now, by=BY)
        return Done(f"Blangko dicatat: {_said(blanks)} keping. Stok: {_said(self._office.write(came))}.")

    def _print(self, values: Values) -> Done:
        count = _number(values, "count", most=_MOST_PRINTS)
        plan_id = put_plan(self._office, self._policy, count, now=self._clock)
        noted = print_plan(self._office, plan_id, now=self._clock())
        return Done(f"Rencana {plan_id}: {_said(noted.printed)} kartu dicetak menurut antrean. Pemiliknya dikabari.")

    def _ship(self, _: Values) -> Done:
        region = self._office.read(lambda session: office_row(session).regency)
        boxes = ship_all(self._office, region, now=self._clock())
        if not boxes:
            raise Refused("no printed card waits to be shipped")
        cards = sum(len(held.cards) for held in boxes.values())
        return Done(f"{_said(cards)} kartu dikirim dalam {_said(len(boxes))} kotak. Belum ada yang dikabari.")

    def _arrive(self, _: Values) -> Done:
        arrived = arrive_all(self._office, now=self._clock())
        if not arrived:
            raise Refused("no box is under way")
        return Done(f"{_said(len(arrived))} kotak tiba: {_said(sum(arrived.values()))} kartu siap diambil.")


def _number(values: Values, name: str, *, most: int) -> int:
    typed = str(values.get(name) or "").replace(".", "").strip()
    if not (typed.isascii() and typed.isdecimal() and 1 <= int(typed) <= most):
        raise InputError(f"give a number from 1 to {most:,}")
    return int(typed)


def _said(number: int) -> str:
    """10.000, as it is written in Indonesian."""
    return f"{number:,}".replace(",", ".")
