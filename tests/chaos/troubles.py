"""Each kind of trouble, as it strikes an office at work."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import psycopg

from simulator import SimulatorThread
from tests.chaos import power
from tests.chaos.houses import House, OnPostgres, OnSqlite, go_on, halt, kill
from tests.chaos.keeper import Keeper
from tests.chaos.schedule import Round, Trouble
from tests.chaos.town import Town

if TYPE_CHECKING:
    from tests.chaos.storm import Storm

#: A request that does not come within so many seconds is not waited for any longer.
_REQUEST_SECONDS = 1.5
#: Who is stopped for longer than this is replaced, where another can: well after its lease ended.
TAKEN_OVER_SECONDS = 25.0
_ON_ITS_WAY_SECONDS = 3.0
#: To catch it in the middle, and how long a look takes: longer than a transaction that goes on.
_TRIES = 100
_LOOK_SECONDS = 0.01
_HOLDS_THE_LEASE = (
    "SELECT lock.pid FROM pg_locks lock JOIN pg_class ON pg_class.oid = lock.relation "
    "WHERE relname = 'lease' AND mode = 'RowShareLock'"
)
#: How long the one who was stopped and the one who replaced it are both there.
_BOTH_SECONDS = 4.0


class Struck(Protocol):
    """What a trouble needs of the storm it belongs to. keeper: of whom it strikes; town and house: where."""

    simulator: SimulatorThread
    say: Callable[[str], None]

    @property
    def keeper(self) -> Keeper: ...

    @property
    def town(self) -> Town: ...

    @property
    def house(self) -> House: ...

    def do(self, one: Round) -> None: ...

    def waiting(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The office died, or could do nothing until that moment.

    began: when it was struck; at: from when on it, or another in its place, could go on; both by a clock that never
    jumps. waiting: how many notices were due then. dead: another has to be started first.
    leeway: seconds in which what left before may still arrive.
    """

    began: float
    at: float
    how: Trouble
    waiting: int
    dead: bool = True
    leeway: float = 0.0


def strike(storm: "Storm", one: Round) -> list[Interrupted]:
    """Let a round's deeds be done and its trouble come; return what the office has to go on after."""
    if one.trouble is Trouble.POWER:
        return _power_cut(storm, one)
    if one.trouble in AT_REQUEST:
        return kill_at_request(storm, one)
    storm.do(one)
    return _stop(storm, one) if one.trouble is Trouble.STOP else STRIKES[one.trouble](storm, one)


def kill_at_request(storm: Struck, one: Round) -> list[Interrupted]:
    """Let the deeds be done, and kill at a request that comes of them."""
    watched = _KillAtRequest(storm, one)
    storm.do(one)
    return watched()


def _killed(storm: Struck, one: Round, pid: int, at: float) -> list[Interrupted]:
    storm.keeper.gone(pid)
    return [Interrupted(at, at, one.trouble, storm.waiting())]


def _kill(storm: Struck, one: Round) -> list[Interrupted]:
    time.sleep(one.after)
    pid, at = storm.keeper.pid(), time.monotonic()
    kill(pid)
    return _killed(storm, one, pid, at)


class _KillAtRequest:
    """Stands beside the simulator, and kills at the nth request for a method, before or after it is processed."""

    def __init__(self, storm: Struck, one: Round) -> None:
        self._storm, self._round = storm, one
        self._left = one.nth
        self._done = threading.Event()
        self._at = 0.0
        self._pid = storm.keeper.pid()
        faults = storm.simulator.faults
        if one.trouble is Trouble.KILL_AS_IT_ASKS:
            faults.on_request = self._watch
        else:
            faults.on_answered = self._watch

    def __call__(self) -> list[Interrupted]:
        """Wait for it; when nothing of the kind comes, kill all the same."""
        faults = self._storm.simulator.faults
        came = self._done.wait(_REQUEST_SECONDS)
        faults.on_request = faults.on_answered = None
        if not came and not self._done.is_set():
            return _kill(self._storm, self._round)
        return _killed(self._storm, self._round, self._pid, self._at)

    def _watch(self, service: str, method: str) -> None:
        if method != self._round.method or self._done.is_set():
            return
        self._left -= 1
        if self._left == 0:
            if self._round.trouble is Trouble.KILL_AS_IT_ASKS:
                self._storm.simulator.faults.drop_before(service, method=method)  # type: ignore[arg-type]
            self._at = time.monotonic()
            kill(self._pid)
            self._done.set()


AT_REQUEST = (Trouble.KILL_AS_IT_ASKS, Trouble.KILL_AS_IT_IS_ANSWERED)


def _stop(storm: "Storm", one: Round) -> list[Interrupted]:
    """Where it lasts, and the office lives in a server, another one stands by, and goes on instead of it."""
    taken_over = one.lasts >= TAKEN_OVER_SECONDS and isinstance(storm.house, OnPostgres)
    standby = storm.stand_by() if taken_over else None
    busy = threading.Thread(target=storm.town.cards_go_on, args=(storm.town.residents[::3],))
    busy.start()
    time.sleep(one.after)
    pid = storm.keeper.pid()
    halt_in_the_middle(storm, pid)
    at = time.monotonic()
    storm.town.they_ask(storm.town.residents)
    time.sleep(one.lasts)
    waiting = storm.waiting() + len(storm.simulator.telegram.updates.pending)
    storm.say(f"  {waiting} notices and updates waited for who was stopped")
    go_on(pid)
    busy.join()
    went_on = Interrupted(at, time.monotonic(), one.trouble, waiting, dead=False)
    if standby is None:
        return [went_on]
    time.sleep(_BOTH_SECONDS)
    standby.end()
    return [Interrupted(at, at, one.trouble, 1, dead=False, leeway=_ON_ITS_WAY_SECONDS)]


def halt_in_the_middle(storm: Struck, pid: int) -> None:
    """Stop it where it hurts most: in a transaction that says who holds the office. On SQLite, anywhere."""
    halt(pid)
    if not isinstance(storm.house, OnPostgres):
        return
    with psycopg.connect(storm.house.address, autocommit=True) as watching:
        for _ in range(_TRIES):
            locks = [watching.execute(_HOLDS_THE_LEASE).fetchall() for _ in range(2) if not time.sleep(_LOOK_SECONDS)]
            if set(locks[0]) & set(locks[1]):
                storm.say("  stopped in the middle of a transaction")
                return
            go_on(pid)
            time.sleep(_LOOK_SECONDS)
            halt(pid)


def _full_disk(storm: Struck, one: Round) -> list[Interrupted]:
    began = time.monotonic()
    with storm.house.full_disk(storm.keeper.pid()):
        storm.town.they_ask(storm.town.residents[:10])
        time.sleep(one.lasts)
        waiting = storm.waiting()
    return [Interrupted(began, time.monotonic(), one.trouble, waiting, dead=False)]


def _crash(storm: Struck, one: Round) -> list[Interrupted]:
    """The office lives on without its database; whoever starts it meanwhile fails, and is started again."""
    assert isinstance(storm.house, OnPostgres)
    time.sleep(one.after)
    began = time.monotonic()
    storm.house.server.crash()
    storm.town.they_ask(storm.town.residents[:10])
    time.sleep(one.lasts)
    storm.house.server.recover()
    return [Interrupted(began, time.monotonic(), one.trouble, storm.waiting(), dead=False)]


def _power_cut(storm: "Storm", one: Round) -> list[Interrupted]:
    """The whole machine is without power: the office, and whoever works on it by command, which is us."""
    house = storm.house
    assert isinstance(house, OnSqlite)
    storm.keeper.cut()
    office = storm.town.office
    assert office is not None
    office.close()
    house.keep_all()
    with power.shadowed(house.shadow):
        storm.shadow = house.shadow
        with storm.at_work():
            storm.keep()
            storm.do(one)
            time.sleep(one.lasts)
            at, waiting = time.monotonic(), storm.waiting()
            storm.keeper.cut()
            durable = house.snapshot()
    storm.shadow = None
    house.cut(durable)
    storm.town.office = house.open()
    storm.keep()
    return [Interrupted(at, at, one.trouble, waiting)]


STRIKES: dict[Trouble, Callable[[Struck, Round], list[Interrupted]]] = {
    Trouble.KILL: _kill,
    Trouble.FULL: _full_disk,
    Trouble.CRASH: _crash,
}
