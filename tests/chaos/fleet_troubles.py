"""Each kind of trouble, as it strikes workers who share many offices, their database and their Redis."""

import time
from typing import TYPE_CHECKING

from core.actions.lease import LEASE_SECONDS
from tests.chaos.houses import go_on, kill
from tests.chaos.schedule import Round, Trouble
from tests.chaos.storm import CONTINUES_WITHIN_SECONDS, until
from tests.chaos.troubles import AT_REQUEST, STRIKES, Interrupted, halt_in_the_middle, kill_at_request

if TYPE_CHECKING:
    from tests.chaos.fleet import FleetStorm

#: How long the one who was stopped and those who followed are all there before the next trouble.
_BOTH_SECONDS = 1.0


def strike(storm: "FleetStorm", one: Round) -> tuple[Interrupted, float | None]:
    """Let a round's deeds be done and its trouble come.

    Return what others have to go on after and, of a process that was there all the time, when it could go on itself.
    """
    if one.trouble in AT_REQUEST:
        return kill_at_request(storm, one)[-1], None
    storm.do(one)
    if one.trouble is Trouble.STOP:
        return _stop(storm, one)
    if one.trouble is Trouble.DRAIN:
        return _drain(storm), None
    if one.trouble is Trouble.DOOR:
        return _door(storm, one), None
    if one.trouble in (Trouble.EMPTIED, Trouble.REDIS):
        return _redis(storm, one), None
    return STRIKES[one.trouble](storm, one)[-1], None


def _stop(storm: "FleetStorm", one: Round) -> tuple[Interrupted, float | None]:
    """For longer than its lease, until others have what it held; or for an instant."""
    pid = storm.keeper.pid()
    halt_in_the_middle(storm, pid)
    at = time.monotonic()
    for seat in storm.seats:
        seat.town.they_ask(seat.town.residents[:5])
    time.sleep(one.lasts)
    if one.lasts >= LEASE_SECONDS:
        until(lambda: storm.is_left(pid), CONTINUES_WITHIN_SECONDS)
    waiting = storm.waiting()
    go_on(pid)
    back = time.monotonic()
    time.sleep(_BOTH_SECONDS)
    return Interrupted(at, at, one.trouble, waiting, dead=False), back


def _drain(storm: "FleetStorm") -> Interrupted:
    at = time.monotonic()
    storm.keeper.gone(storm.keeper.drain())
    storm.drained.append(time.monotonic() - at)
    return Interrupted(at, at, Trouble.DRAIN, storm.waiting())


def _door(storm: "FleetStorm", one: Round) -> Interrupted:
    """Whoever wrote meanwhile is brought again by Telegram; a receipt of Twilio's is not, and is lost."""
    time.sleep(one.after)
    pid, at = storm.door.pid(), time.monotonic()
    kill(pid)
    storm.door.gone(pid)
    return Interrupted(at, at, Trouble.DOOR, storm.waiting())


def _redis(storm: "FleetStorm", one: Round) -> Interrupted:
    began = time.monotonic()
    if one.trouble is Trouble.EMPTIED:
        storm.redis.empty()
    else:
        storm.redis.crash()
        time.sleep(one.lasts)
        storm.redis.recover()
    return Interrupted(began, time.monotonic(), one.trouble, storm.waiting(), dead=False)
