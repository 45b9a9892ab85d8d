"""What must hold between offices after a storm over many of them; within each, see comparison.py.

1. Nobody speaks for an office but who holds it: a request comes from its holder's address, or was on its way.
2. What a process held that was killed, stopped or told to stop is another's within thirty seconds, and spoken for.
3. No office speaks by another's bot or sender, or has its receipts brought to another.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulator.ledger import Accepted
from simulator.sms_state import Sms
from tests.chaos.comparison import compare
from tests.chaos.evidence import Evidence, SentBy
from tests.chaos.houses import short_name_of
from tests.chaos.leases import Turn, followed, held_at
from tests.chaos.schedule import Trouble
from tests.chaos.storm import CONTINUES_WITHIN_SECONDS

if TYPE_CHECKING:
    from tests.chaos.fleet import Fallen, FleetStorm, Seat

#: In which what was on its way may still arrive, after another took the office or its maker could go on.
ON_ITS_WAY_SECONDS = 3.0
#: What only a holder does; commands and whoever looks ask other things.
_SPEAKING = ("sendMessage", "getUpdates", "answerCallbackQuery", "editMessageReplyMarkup", "deleteMessage", "create")
#: Nobody can take an office while the database is away.
_NOBODY_CAN = (Trouble.CRASH, Trouble.FULL)


@dataclass(slots=True)
class FleetBooks:
    """Both sides' books of all offices, and who held which one when."""

    storm: "FleetStorm"
    accepted: list[Accepted]
    sms: list[Sms]
    of: "dict[str, Evidence]" = field(default_factory=dict)
    turns: dict[str, list[Turn]] = field(default_factory=dict)

    @classmethod
    def look(cls, storm: "FleetStorm") -> "FleetBooks":
        """As they are now."""
        books = cls(storm, list(storm.simulator.ledger.accepted), storm.simulator.sms.sent())
        for seat in storm.seats:
            ledger = storm.simulator.ledger.of(seat.telegram.bot_id, seat.sender)
            evidence = Evidence(seat.town.residents, ledger, SentBy(storm.simulator.sms, seat.sender))
            with seat.house.open() as office:
                books.of[seat.place.code] = office.read(evidence.read)
            books.turns[seat.place.code] = storm.log_of(seat)
        return books

    def seats(self) -> "Iterator[tuple[Seat, Evidence, list[Turn]]]":
        """Each office with its own."""
        for seat in self.storm.seats:
            yield seat, self.of[seat.place.code], self.turns[seat.place.code]


def senders(storm: "FleetStorm") -> list[str]:
    """Every bot and every sender that there may be."""
    return [name for seat in storm.seats for name in (seat.telegram.bot_id, seat.sender)]


def compare_all(books: FleetBooks) -> list[str]:
    """Every difference; none is what it should be."""
    within = [
        f"{seat.place.code}: {off}" for seat, evidence, _ in books.seats() for off in compare(evidence, seat.town)
    ]
    return within + [f"{check.__name__}: {off}" for check in CHECKS for off in check(books)]


def nobody_speaks_but_who_holds_the_office(books: FleetBooks) -> Iterator[str]:
    storm = books.storm
    back = [(storm.line_of(one.pid), one.back) for one in storm.fallen if one.back is not None]
    for seat, evidence, turns in books.seats():
        begins = [turn.began for turn in turns]
        lines = [storm.line_of(turn.pid) for turn in turns]
        strange = 0
        for request in evidence.ledger.requests:
            place = bisect_right(begins, request.seconds) - 1
            if request.method not in _SPEAKING or request.line not in storm.keepers:
                continue
            if place >= 0 and lines[place] == request.line:
                continue
            was_last = place > 0 and lines[place - 1] == request.line
            leaving = was_last and request.seconds - begins[place] <= ON_ITS_WAY_SECONDS
            woken = any(line == request.line and 0 <= request.seconds - at <= ON_ITS_WAY_SECONDS for line, at in back)
            strange += not (leaving or woken)
        if strange:
            yield f"{strange} requests for {seat.place.code} came from who did not hold it"


def what_fell_is_held_by_another(books: FleetBooks) -> Iterator[str]:
    for fallen in books.storm.fallen:
        if _nobody_could(books.storm, fallen.how.at):
            continue
        for code, seconds in taken_over_after(books, fallen):
            if seconds > CONTINUES_WITHIN_SECONDS:
                yield f"after a worker was {fallen.how.how.value}, {code} was nobody's for {seconds:.0f} s"


def who_took_it_speaks_for_it(books: FleetBooks) -> Iterator[str]:
    for fallen in books.storm.fallen:
        if _nobody_could(books.storm, fallen.how.at):
            continue
        for seat, evidence, turns in books.seats():
            turn = _lost(turns, fallen)
            after = followed(turns, turn) if turn else None
            if after is None:
                continue
            spoken = (one.seconds for one in evidence.ledger.requests if one.seconds >= after.began and one.line)
            seconds = min(spoken, default=float("inf")) - fallen.how.at
            if _fell_too(books, after, before=fallen.how.at + seconds):
                continue  # whoever followed it had no time to speak; its own fall is looked at by itself
            if seconds > CONTINUES_WITHIN_SECONDS:
                how = fallen.how.how.value
                yield f"after a worker was {how}, nobody spoke for {seat.place.code} for {seconds:.0f} s"


def no_office_speaks_for_another(books: FleetBooks) -> Iterator[str]:
    known = set(senders(books.storm))
    for one in books.accepted:
        if one.sender not in known:
            yield f"request {one.request} was made by a bot or sender that is no office's"
    for seat, evidence, _ in books.seats():
        others = [short_name_of(other.place.code) for other in books.storm.seats if other is not seat]
        for one in evidence.ledger.accepted:
            if any(other in one.text for other in others):
                yield f"request {one.request} was made for {seat.place.code}, and speaks for another office"


def receipts_come_to_who_sent(books: FleetBooks) -> Iterator[str]:
    codes = {seat.sender: seat.place.code for seat in books.storm.seats}
    for sms in books.sms:
        if sms.callback and f"/{codes.get(sms.sender)}/twilio/" not in sms.callback:
            yield f"a receipt of {codes.get(sms.sender)} is brought to another office"


def nobody_ends_by_itself(books: FleetBooks) -> Iterator[str]:
    for keeper in books.storm.everybody:
        yield from (f"a process ended with code {end.code}: {end.said[:80]}" for end in keeper.own_ends)


def taken_over_after(books: FleetBooks, fallen: "Fallen") -> Iterator[tuple[str, float]]:
    """Each office that it held, and after how many seconds another had it; infinite: never."""
    for seat, _, turns in books.seats():
        if turn := _lost(turns, fallen):
            after = followed(turns, turn)
            yield seat.place.code, (after.began if after else float("inf")) - fallen.how.at


def _lost(turns: list[Turn], fallen: "Fallen") -> Turn | None:
    """The turn that it had when it fell, unless it could go on before anybody noticed."""
    turn = held_at(turns, fallen.how.at)
    if turn is None or turn.pid != fallen.pid:
        return None
    after = followed(turns, turn)
    in_time = fallen.back is not None and fallen.back - fallen.how.at <= CONTINUES_WITHIN_SECONDS
    kept = in_time and (after is None or after.began > (fallen.back or 0))
    return None if kept else turn


def _fell_too(books: FleetBooks, turn: Turn, *, before: float) -> bool:
    """Whether whoever had this turn fell within it, and before that moment."""
    return any(one.pid == turn.pid and turn.began <= one.how.at < before for one in books.storm.fallen)


def _nobody_could(storm: "FleetStorm", at: float) -> bool:
    """Whether the database was away, for one or all, before the time was over."""
    return any(
        one.how in _NOBODY_CAN and one.at > at and one.began <= at + CONTINUES_WITHIN_SECONDS
        for one in storm.interruptions
    )


CHECKS: tuple[Callable[[FleetBooks], Iterator[str]], ...] = (
    nobody_speaks_but_who_holds_the_office,
    what_fell_is_held_by_another,
    who_took_it_speaks_for_it,
    no_office_speaks_for_another,
    receipts_come_to_who_sent,
    nobody_ends_by_itself,
)
