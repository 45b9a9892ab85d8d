"""What will happen, all of it from the seed: what the office and its residents do, the weather, and each trouble."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from simulator.weather import GOOD, Climate

T = TypeVar("T")

WINDY = Climate(
    refused=0.002,
    throttled=0.01,
    reset=0.01,
    forgotten=0.01,
    broken=0.01,
    slow=0.1,
    early=0.1,
    receipts_lost=0.1,
    receipts_doubled=0.1,
    receipts_out_of_order=0.2,
    receipts_late=0.1,
)
STORM = Climate(
    refused=0.01,
    throttled=0.05,
    reset=0.04,
    forgotten=0.04,
    silent=0.01,
    broken=0.06,
    slow=0.2,
    early=0.2,
    receipts_lost=0.3,
    receipts_doubled=0.3,
    receipts_out_of_order=0.4,
    receipts_late=0.3,
)
_CLIMATES = ((GOOD, 3), (WINDY, 4), (STORM, 5))


class Trouble(Enum):
    KILL = "killed after a while"
    KILL_AS_IT_ASKS = "killed as a request of its comes"
    KILL_AS_IT_IS_ANSWERED = "killed as a request of its was processed"
    STOP = "stopped, and let go on"
    FULL = "disk full"
    POWER = "power cut"
    CRASH = "PostgreSQL stopped at once, and started again"
    DRAIN = "told to stop, and started again"
    EMPTIED = "Redis emptied"
    REDIS = "Redis killed, and started again"
    DOOR = "kabar web killed, and started again"


KILLS = (Trouble.KILL, Trouble.KILL_AS_IT_ASKS, Trouble.KILL_AS_IT_IS_ANSWERED)
_METHODS = (("sendMessage", 5), ("create", 5), ("getUpdates", 2), ("answerCallbackQuery", 1))
#: What happens in a round, how likely, and to how many people.
_DEEDS = (
    ("cards_go_on", 10, 24),
    ("letters_are_ready", 4, 12),
    ("a_list_is_imported", 2, 30),
    ("printing_stops_or_is_back", 2, 1),
    ("they_ask", 6, 6),
    ("somebody_asks_again_and_again", 1, 1),
    ("they_prove_themselves", 3, 4),
    ("they_agree", 4, 4),
    ("they_press_coming", 3, 5),
    ("they_press_another_day", 2, 3),
    ("one_has_enough", 1, 1),
    ("one_blocks_the_bot", 1, 1),
)


@dataclass(frozen=True, slots=True)
class Deed:
    """name: a method of Town. people: their numbers. town: which of several."""

    name: str
    people: tuple[int, ...]
    town: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Deeds, then trouble after so many seconds (or at the nth request of a method, whichever is first).

    lasts: seconds, where the trouble lasts. patient: wait until the office goes on before the next round.
    town: where it strikes, of several.
    """

    number: int
    climate: Climate
    deeds: tuple[Deed, ...]
    trouble: Trouble
    after: float
    method: str
    nth: int
    lasts: float
    patient: bool
    town: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much of everything. stops: how long the holder is stopped, each time, in seconds."""

    seed: int
    kills: int
    people: int
    stops: tuple[float, ...]
    others: int
    sqlite: bool

    def rounds(self) -> Iterator[Round]:
        """The same for the same plan, always."""
        chance = random.Random(f"{self.seed}/{self.sqlite}")
        troubles = list(self._troubles(chance))
        chance.shuffle(troubles)
        for number, (trouble, lasts) in enumerate(troubles, start=1):
            yield self._round(chance, number, trouble, lasts)

    def _troubles(self, chance: random.Random) -> Iterator[tuple[Trouble, float]]:
        """Each with how long it lasts, in seconds."""
        yield from [(chance.choice(KILLS), 0.0) for _ in range(self.kills)]
        yield from [(Trouble.STOP, seconds) for seconds in self.stops]
        for _ in range(self.others):
            yield Trouble.FULL, chance.uniform(1.5, 5.0)
            yield Trouble.POWER if self.sqlite else Trouble.CRASH, chance.uniform(0.2, 1.5)

    def _round(self, chance: random.Random, number: int, trouble: Trouble, lasts: float) -> Round:
        return Round(
            number=number,
            climate=_weighed(chance, _CLIMATES),
            deeds=tuple(self._deeds(chance)),
            trouble=trouble,
            after=chance.choice((0.05, 0.3, 1.0, 2.0)) * chance.random(),
            method=_weighed(chance, _METHODS),
            nth=chance.randint(1, 12),
            lasts=lasts,
            patient=chance.random() < 0.7,
        )

    def _deeds(self, chance: random.Random) -> Iterator[Deed]:
        names = [name for name, _, _ in _DEEDS]
        weights = [weight for _, weight, _ in _DEEDS]
        sizes = {name: most for name, _, most in _DEEDS}
        for name in chance.choices(names, weights, k=4):
            people = chance.sample(range(self.people), min(self.people, chance.randint(1, sizes[name])))
            yield Deed(name, tuple(people))


def _weighed(chance: random.Random, choices: tuple[tuple[T, int], ...]) -> T:
    return chance.choices([one for one, _ in choices], [weight for _, weight in choices])[0]
