"""`kabar worker` as an operator starts it: processes of their own, a real PostgreSQL, a real Redis, real HTTP."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.actions.cards import move_card_of
from core.rules.card import Stage
from tests.fleet import CODES, Branch, Fleet, a_fleet, free_port, until
from tests.offices import act
from tests.postgres import Postgres
from tests.redis_server import RedisServer


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with tempfile.TemporaryDirectory(prefix="kabar-redis-") as folder, RedisServer(Path(folder), free_port()) as server:
        yield server


@pytest.fixture
def fleet(tmp_path: Path, postgres: Postgres, redis: RedisServer) -> Iterator[Fleet]:
    with a_fleet(tmp_path, postgres.create("fleet"), CODES[:4], redis_url=redis.address) as fleet:
        yield fleet
    postgres.drop("fleet")
    redis.empty()


def hand_ready(branch: Branch) -> str:
    """A card becomes ready; return the phone of whom that concerns."""
    nik, phone = next(iter(branch.residents.items()))
    with branch.open() as office:
        act(office, move_card_of, nik, Stage.READY_FOR_PICKUP, now=datetime.now(UTC), by="operator")
    return phone


def test_two_workers_share_the_offices_and_each_answers_and_tells_for_its_own(fleet: Fleet) -> None:
    one, two = fleet.worker(), fleet.worker()
    until(one, lambda: len(fleet.held_by(one)) == len(fleet.held_by(two)) == 2)
    assert fleet.held_by(one) | fleet.held_by(two) == set(fleet.branches)
    for branch in fleet.branches.values():
        siti = branch.simulator.telegram.person("Ibu Siti")
        branch.asks(siti)
        branch.simulator.wait_until(lambda siti=siti: any("SUDAH DICETAK" in (m.text or "") for m in siti.received))
        phone = hand_ready(branch)
        branch.simulator.wait_until(lambda phone=phone, branch=branch: branch.simulator.sms.inbox(phone))
        assert len(branch.simulator.sms.inbox(phone)) == 1


def test_the_offices_of_a_killed_worker_go_on_elsewhere(fleet: Fleet) -> None:
    one, two = fleet.worker(), fleet.worker()
    until(one, lambda: len(fleet.held_by(one)) == len(fleet.held_by(two)) == 2)
    orphans = [fleet.branches[code] for code in fleet.held_by(one)]
    one.kill()
    asking = [(branch, branch.simulator.telegram.person("Pak Budi")) for branch in orphans]
    for branch, person in asking:
        branch.asks(person)
    for branch, person in asking:
        branch.simulator.wait_until(lambda person=person: person.received, 60)
    assert fleet.held_by(two) == set(fleet.branches)


def test_a_worker_that_is_told_to_stop_hands_over_at_once_and_ends_well(fleet: Fleet) -> None:
    one, two = fleet.worker(), fleet.worker()
    until(one, lambda: len(fleet.held_by(one)) == len(fleet.held_by(two)) == 2)
    one.terminate()
    assert one.end() == 0, one.said
    fleet.until_held(two)
    assert "Traceback" not in one.said
