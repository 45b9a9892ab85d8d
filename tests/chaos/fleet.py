"""Many offices in one storm: workers that share them, in schemas of one PostgreSQL, with a Redis between them."""

import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from core.regions.lookup import regions_of
from core.regions.region import Level
from simulator import Limits, SimulatorThread
from simulator.sms_state import SmsNetwork
from simulator.telegram_state import Telegram
from simulator.weather import GOOD
from tests.chaos import leases
from tests.chaos.cast import Place
from tests.chaos.child import kabar, lawless
from tests.chaos.fleet_schedule import FleetPlan
from tests.chaos.fleet_troubles import strike
from tests.chaos.houses import InSchema, kill
from tests.chaos.keeper import Keeper
from tests.chaos.schedule import Round, Trouble
from tests.chaos.storm import (
    CONTINUES_WITHIN_SECONDS,
    QUIET_SECONDS,
    SMS_A_DAY,
    due_now,
    time_goes_by,
    unfinished,
    until,
)
from tests.chaos.town import Town
from tests.chaos.troubles import Interrupted
from tests.fleet import free_port
from tests.killed_jobs import channels
from tests.killing import Child
from tests.postgres import Postgres
from tests.redis_server import RedisServer

_CODES = ("35.22", "35.23", "35.24", "35.01", "35.02", "35.03", "35.04", "35.05")
MOST_OFFICES = len(_CODES)
#: Real for the whole bot; a chat's own second would make one who asks again and again wait for a minute.
_LIMITS = Limits(chat_per_second=None, group_per_minute=None)
#: Who asks each office after each trouble, so that somebody has to go on.
_ASKING = 3


@dataclass(slots=True)
class Seat:
    """One office: its town, where it lives, and how it speaks. webhook: its updates are brought to the door."""

    place: Place
    house: InSchema
    telegram: Telegram
    sms: SmsNetwork
    webhook: bool
    town: Town = field(init=False)

    @property
    def sender(self) -> str:
        """What its SMS are from."""
        return f"KTP{self.place.code.replace('.', '')}"

    def section(self) -> str:
        """What the list of offices says of it."""
        settings = {
            "home": str(self.house.home),
            "database_url": self.house.address,
            "telegram_token": self.telegram.token,
            "sms_sender": self.sender,
            "webhook": self.webhook,
        }
        return "\n".join(
            [f'["{self.place.code}"]', *(f"{name} = {json.dumps(value)}" for name, value in settings.items())]
        )


@dataclass(frozen=True, slots=True)
class Fallen:
    """A process that was killed, stopped or told to stop. back: when it went on, if it did."""

    pid: int
    how: Interrupted
    back: float | None


@dataclass
class FleetStorm:
    """All offices and all workers, from the founding to the last word.

    lawless: workers take no heed of who holds an office, and know of no other; to prove that this would be found out.
    """

    plan: FleetPlan
    server: Postgres
    redis: RedisServer
    folder: Path
    say: Callable[[str], None]
    lawless: bool = False
    fallen: list[Fallen] = field(default_factory=list)
    interruptions: list[Interrupted] = field(default_factory=list)
    #: how long each took to end that was told to
    drained: list[float] = field(default_factory=list)
    quiet: bool = False

    def __post_init__(self) -> None:
        lines = [f"127.0.0.{2 + number}" for number in range(self.plan.workers)]
        self.simulator = SimulatorThread(limits=_LIMITS, seed=self.plan.seed, keep_ledger=True, also_at=lines)
        self.simulator.start()
        self._chance = random.Random(f"{self.plan.seed}/commands")
        self.clock_began = time.time() - time.monotonic()
        database = self.server.create(f"fleet{self.folder.name.replace('-', '_')}_{free_port()}")
        self.seats = [self._seat(database, code) for code in _CODES[: self.plan.offices]]
        self.struck = self.seats[0]
        self.list = self.folder / "offices.toml"
        self._door_at = f"127.0.0.1:{free_port()}"
        self._write_list()
        self.door = Keeper(self._web)
        self.keepers = {line: Keeper(partial(self._worker, line, free_port())) for line in lines}
        self.keeper = self.keepers[lines[0]]

    @property
    def everybody(self) -> list[Keeper]:
        """Who keeps each process at work: the workers', and then that of the door."""
        return [*self.keepers.values(), self.door]

    @property
    def town(self) -> Town:
        """Where trouble strikes now."""
        return self.struck.town

    @property
    def house(self) -> InSchema:
        """Where trouble strikes now."""
        return self.struck.house

    def blow(self) -> None:
        """Found the towns, live through every round, and wait until everybody was told."""
        with self.at_work():
            self.begin()
            for one in self.plan.rounds():
                self._live_through(one)
            self.simulator.weather.climate = GOOD
            self.quiet = until(self._is_quiet, QUIET_SECONDS)
            for keeper in self.everybody:
                keeper.end()
        for seat in self.seats:
            with seat.house.open() as office:
                senders = {"token": seat.telegram.token, "sender": seat.sender}
                time_goes_by(office, partial(channels, self.simulator.telegram_url, **senders))

    def begin(self) -> None:
        """Found the towns, and have every worker at work."""
        with ThreadPoolExecutor(len(self.seats)) as founding:
            list(founding.map(lambda seat: seat.town.found(), self.seats))
        for keeper in self.everybody:
            keeper.begin()
        until(self._all_held, QUIET_SECONDS)

    def close(self) -> None:
        """End whatever still runs."""
        for keeper in self.everybody:
            keeper.cut()
        self.simulator.stop()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """The people of every office can do something inside."""
        with ExitStack() as offices:
            for seat in self.seats:
                seat.town.office = offices.enter_context(seat.house.open())
            yield

    def do(self, one: Round) -> None:
        """Let a round's deeds be done, each in its town."""
        for deed in one.deeds:
            self.seats[deed.town].town.do(deed)

    def waiting(self) -> int:
        """How many notices are due now, in all offices."""
        return sum(self._ask(seat, due_now) for seat in self.seats)

    def is_left(self, pid: int) -> bool:
        """Whether no office is held by this process any more, and each by another."""
        holders = [leases.holder(seat.house.address) for seat in self.seats]
        return None not in holders and pid not in holders

    def log_of(self, seat: Seat) -> list[leases.Turn]:
        """Who held this office when."""
        return leases.turns(seat.house.address, clock_began=self.clock_began)

    def said_by(self, line: str) -> Path:
        """What the workers at this address said, one after another."""
        return self.folder / f"worker-{line.rpartition('.')[2]}.said"

    def line_of(self, pid: int) -> str | None:
        """The address by which this process speaks; None for none of ours."""
        return next((line for line, keeper in self.keepers.items() if pid in keeper.pids), None)

    def _live_through(self, one: Round) -> None:
        self.struck = self.seats[one.town]
        self.keeper = self._keeper_of(self.struck)
        pid = self.keeper.pid()
        self.say(f"round {one.number}: {one.trouble.value} ({self.struck.place.code})")
        self.simulator.weather.climate = one.climate
        struck, back = strike(self, one)
        self.interruptions.append(struck)
        for seat in self.seats:
            seat.town.they_ask(seat.town.residents[:_ASKING])
        if (struck.dead or back) and one.trouble is not Trouble.DOOR:
            self.fallen.append(Fallen(pid, struck, back))
            if one.patient:
                until(lambda: self.is_left(pid), CONTINUES_WITHIN_SECONDS)

    def _keeper_of(self, seat: Seat) -> Keeper:
        """Whoever holds this office; anybody where nobody does at this moment."""
        pid = leases.holder(seat.house.address)
        return next((one for one in self.keepers.values() if one.pids[-1:] == [pid]), next(iter(self.keepers.values())))

    def _all_held(self) -> bool:
        return all(leases.holder(seat.house.address) for seat in self.seats)

    def _is_quiet(self) -> bool:
        return not any(seat.telegram.updates.pending for seat in self.seats) and not any(
            self._ask(seat, due_now) or self._ask(seat, unfinished) for seat in self.seats
        )

    @staticmethod
    def _ask(seat: Seat, question: Callable[..., int]) -> int:
        assert seat.town.office is not None
        return seat.town.office.read(question)

    def _seat(self, database: str, code: str) -> Seat:
        first = code == _CODES[0]
        one, two, *_ = (region.code for region in regions_of(code) if region.level is Level.VILLAGE)
        seat = Seat(
            place=Place(code, (one, two)),
            house=InSchema(self.folder, self.server, database, code),
            telegram=self.simulator.telegram if first else self.simulator.add_bot(),
            sms=self.simulator.sms,
            webhook=not first,
        )
        leases.watch(seat.house.address)
        folder = self.folder / f"town-{code}"
        folder.mkdir()
        seat.town = Town(seat, self.plan.people, folder, partial(self._command, code), place=seat.place)
        return seat

    def _command(self, code: str, words: Sequence[str], killed: bool) -> None:
        settings = self._apis("127.0.0.1") | {"offices": str(self.list), "office": code}
        name = self.folder / f"command-{code}".replace(".", "-")
        if killed:
            first = self._child(name, kabar, words, settings).start()
            time.sleep(self._chance.uniform(0.0, 1.5))
            kill(first.process.pid)
            first.process.join()
        self._child(name, kabar, words, settings).finish()

    def _worker(self, line: str, port: int) -> Child:
        settings = self._apis(line) | {"offices": str(self.list), "http": f"127.0.0.1:{port}"}
        return self._child(
            self.said_by(line).with_suffix(""), lawless if self.lawless else kabar, ("worker",), settings
        )

    def _web(self) -> Child:
        settings = self._apis("127.0.0.1") | {"offices": str(self.list), "http": self._door_at}
        return self._child(self.folder / "door", kabar, ("web",), settings)

    def _child(self, name: Path, job: Callable[..., object], words: Sequence[str], settings: dict[str, str]) -> Child:
        return Child(name, job, (self.folder, words, None, False), settings=settings, watched=False)

    def _apis(self, line: str) -> dict[str, str]:
        api = self.simulator.telegram_url.replace("127.0.0.1", line)
        return {"telegram_api": api, "twilio_api": api}

    def _write_list(self) -> None:
        shared = {
            **({} if self.lawless else {"redis_url": self.redis.address}),
            "public_url": f"http://{self._door_at}",
            "twilio_account_sid": self.simulator.account_sid,
            "twilio_auth_token": self.simulator.auth_token,
            "sms_per_second": 200,
            "sms_daily_cap": SMS_A_DAY,
            "send_window": "always",
            "live": True,
        }
        lines = ["[all]", *(f"{name} = {json.dumps(value)}" for name, value in shared.items())]
        self.list.write_text("\n".join([*lines, *(seat.section() for seat in self.seats)]) + "\n")
        self.list.chmod(0o600)


@contextmanager
def a_fleet_storm(
    plan: FleetPlan, folder: Path, *, lawless: bool = False, say: Callable[[str], None] = lambda _: None
) -> Iterator[FleetStorm]:
    """A storm over newly founded offices in a new folder, which can be looked at as long as it lasts."""
    folder.mkdir(parents=True)
    with ExitStack() as servers:
        pg, red = (
            Path(servers.enter_context(tempfile.TemporaryDirectory(prefix=f"kabar-{n}-"))) for n in ("pg", "redis")
        )
        server = servers.enter_context(Postgres(pg, durable=True))
        redis = servers.enter_context(RedisServer(red, free_port()))
        storm = FleetStorm(plan, server, redis, folder, say, lawless)
        servers.callback(storm.close)
        yield storm
