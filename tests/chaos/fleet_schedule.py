"""What will happen to many offices and the workers that share them, all of it from the seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.chaos.schedule import KILLS, Plan, Round, Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetPlan(Plan):
    """How much of everything. people: in each town. others: crashes of PostgreSQL, and full disks of one office.

    drains: how often a worker is told to stop. doors: how often kabar web is killed. redis: how often Redis is emptied,
    and how often it is killed.
    """

    sqlite: bool = False
    offices: int
    workers: int
    drains: int
    doors: int = 1
    redis: int

    def rounds(self) -> Iterator[Round]:
        chance = random.Random(f"{self.seed}/towns")
        for one in Plan.rounds(self):
            deeds = tuple(replace(deed, town=chance.randrange(self.offices)) for deed in one.deeds)
            yield replace(one, deeds=deeds, town=chance.randrange(self.offices))

    def _troubles(self, chance: random.Random) -> Iterator[tuple[Trouble, float]]:
        yield from [(chance.choice(KILLS), 0.0) for _ in range(self.kills)]
        yield from [(Trouble.STOP, seconds) for seconds in self.stops]
        yield from [(Trouble.DRAIN, 0.0)] * self.drains
        yield from [(Trouble.DOOR, 0.0)] * self.doors
        for _ in range(self.redis):
            yield Trouble.EMPTIED, 0.0
            yield Trouble.REDIS, chance.uniform(0.5, 6.0)
        for _ in range(self.others):
            yield Trouble.FULL, chance.uniform(1.5, 5.0)
            yield Trouble.CRASH, chance.uniform(0.2, 1.5)
