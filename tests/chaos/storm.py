"""The storm: round after round of deeds and trouble, then good weather until nothing is left to say."""

import asyncio
import random
import shutil
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.actions.unanswered import follow_up_unanswered
from core.questions.health import health_of
from core.rules.window import Window
from core.store.delivery_tables import ChannelHalt, Notice
from core.store.office import OpenOffice
from core.store.words import NoticeState
from notifier.adapter import Adapter
from simulator import UNTHROTTLED, SimulatorThread
from simulator.weather import GOOD
from tests.chaos.child import kabar
from tests.chaos.houses import House, a_house, kill
from tests.chaos.keeper import Keeper
from tests.chaos.schedule import Plan, Round
from tests.chaos.town import Town
from tests.chaos.troubles import Interrupted, strike
from tests.killed_jobs import channels
from tests.killing import Child
from tests.offices import Clock
from tests.senders import send_all

#: Somebody sends again so soon after a death.
CONTINUES_WITHIN_SECONDS = 30.0
QUIET_SECONDS = 120.0
_LOOK_SECONDS = 0.1
#: When looks, retries, hours-later and silence come due, counted from the end of the storm.
_LATER_MINUTES = (2, 8, 45, 90, 300, 600, 1500, 1540, 1580, 1620)
SMS_A_DAY = 100_000


@dataclass
class Storm:
    """One office in one house, from its founding to its last word."""

    plan: Plan
    house: House
    folder: Path
    say: Callable[[str], None]
    careless: bool = False
    interruptions: list[Interrupted] = field(default_factory=list)
    keepers: list[Keeper] = field(default_factory=list)
    #: those that waited for their turn once
    standbys: list[Keeper] = field(default_factory=list)
    shadow: Path | None = None
    quiet: bool = False

    def __post_init__(self) -> None:
        self.simulator = SimulatorThread(limits=UNTHROTTLED, seed=self.plan.seed, keep_ledger=True)
        self.simulator.start()
        self.settings = _settings(self.house, self.simulator)
        self.town = Town(self.simulator, self.plan.people, self.folder, self._command)
        self._chance = random.Random(f"{self.plan.seed}/commands")
        self._starts = random.Random(f"{self.plan.seed}/starts")

    @property
    def keeper(self) -> Keeper:
        """Who keeps the office at work now."""
        return self.keepers[-1]

    def blow(self) -> None:
        """Found the town, live through every round, and wait until everybody was told."""
        with self.at_work():
            self.town.found()
            self.keep()
            for one in self.plan.rounds():
                self._live_through(one)
            self.simulator.weather.climate = GOOD
            self.quiet = self._until_quiet()
            self.keeper.end()
        self._time_goes_by()

    def close(self) -> None:
        """End whatever still runs."""
        for keeper in (*self.keepers[-1:], *self.standbys):
            keeper.cut()
        self.simulator.stop()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """The office's people can do something inside."""
        self.town.office = self.house.open()
        try:
            yield
        finally:
            self.town.office.close()

    def keep(self) -> None:
        """Have somebody keep the office at work from now on."""
        self.keepers.append(Keeper(self._start).begin())

    def _start(self) -> Child:
        """Asking Telegram for updates or, one time in four, having it bring them."""
        webhook = ("--webhook",) if self._starts.random() < 0.25 else ()
        return self._child(("run", *webhook), "office")

    def stand_by(self) -> Keeper:
        """Have a second home on the same database wait for its turn, as on another machine."""
        home = self.folder / "second"
        home.mkdir(exist_ok=True)
        shutil.copy(self.house.home / "office.key", home)
        settings = _settings(self.house, self.simulator) | {"home": str(home)}
        keeper = Keeper(lambda: self._child(("run",), "second-office", settings)).begin()
        self.standbys.append(keeper)
        said = self.folder / "second-office.said"
        until(lambda: said.exists() and "waits" in said.read_text(), QUIET_SECONDS)
        return keeper

    def do(self, one: Round) -> None:
        """Let a round's deeds be done."""
        for deed in one.deeds:
            self.town.do(deed)

    def ask(self, question: Callable[[Session], int]) -> int:
        """Ask the office that is open."""
        assert self.town.office is not None
        return self.town.office.read(question)

    def waiting(self) -> int:
        """How many notices are due now, by channels that are not stopped."""
        return self.ask(due_now)

    def continued(self, one: Interrupted) -> float | None:
        """After how many seconds the providers took something again; None: they did not yet."""
        start = one.at
        if one.dead:
            starts = [start for keeper in self.keepers for start in keeper.starts if start > one.at]
            start = min(starts, default=float("inf"))
        start += one.leeway
        return next((took.seconds - one.at for took in self.simulator.ledger.accepted if took.seconds > start), None)

    def _live_through(self, one: Round) -> None:
        self.say(f"round {one.number}: {one.trouble.value}")
        self.simulator.weather.climate = one.climate
        struck = strike(self, one)
        self.interruptions += struck
        if one.patient and struck[-1].waiting:
            until(lambda: self.continued(struck[-1]) or not self.waiting(), CONTINUES_WITHIN_SECONDS)

    def _until_quiet(self) -> bool:
        """Wait until all that was asked is answered, and all that was due has left."""
        updates = self.simulator.telegram.updates

        def quiet() -> bool:
            return not (updates.pending or self.waiting() or self.ask(unfinished))

        return until(quiet, QUIET_SECONDS)

    def _time_goes_by(self) -> None:
        with self.house.open() as office:
            time_goes_by(office, partial(channels, self.simulator.telegram_url))

    def _command(self, words: Sequence[str], killed: bool) -> None:
        if killed:
            first = self._child(words, "command").start()
            time.sleep(self._chance.uniform(0.0, 1.5))
            kill(first.process.pid)
            first.process.join()
        self._child(words, "command").finish()

    def _child(self, words: Sequence[str], name: str, settings: Mapping[str, str] | None = None) -> Child:
        arguments = (self.folder, words, self.shadow, self.careless)
        return Child(self.folder / name, kabar, arguments, settings=settings or self.settings, watched=False)


@contextmanager
def a_storm(
    plan: Plan, folder: Path, *, careless: bool = False, say: Callable[[str], None] = lambda _: None
) -> Iterator[Storm]:
    """A storm over a newly founded office in a new folder, which can be looked at as long as it lasts."""
    folder.mkdir(parents=True)
    with a_house(folder, sqlite=plan.sqlite) as house:
        storm = Storm(plan, house, folder, say, careless)
        try:
            yield storm
        finally:
            storm.close()


def until(happened: Callable[[], object], seconds: float) -> bool:
    """Look again and again: what is waited for happens in another process, which tells nobody."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(_LOOK_SECONDS)
    return False


def due_now(session: Session) -> int:
    """How many notices are due now, by channels that are not stopped."""
    query = select(func.count(Notice.id)).where(
        Notice.state == NoticeState.WAITING,
        Notice.due_at <= datetime.now(UTC),
        Notice.channel.not_in(select(ChannelHalt.channel)),
    )
    return session.scalar(query) or 0


def unfinished(session: Session) -> int:
    """How much was begun and did not come to its end yet."""
    health = health_of(session)
    sending = select(func.count(Notice.id)).where(Notice.state == NoticeState.SENDING, Notice.message_id.is_(None))
    return health.updates_waiting + health.broadcasts_preparing + (session.scalar(sending) or 0)


def time_goes_by(office: OpenOffice, channels_of: Callable[[Clock], tuple[Adapter, ...]]) -> None:
    """A day and more, without waiting for it: a sender of our own, on the same database, by a clock moved on."""
    end, terms = datetime.now(UTC), {"window": Window(None, None), "sms_daily_cap": SMS_A_DAY}
    for minutes in _LATER_MINUTES:
        clock = Clock(end + timedelta(minutes=minutes))
        while office.write(partial(follow_up_unanswered, now=clock())):
            pass
        asyncio.run(send_all(office, *channels_of(clock), now=clock, **terms))


def _settings(house: House, simulator: SimulatorThread) -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        web = f"127.0.0.1:{probe.getsockname()[1]}"
    return {
        "home": str(house.home),
        **({"database_url": house.address} if house.address else {}),
        "http": web,
        "public_url": f"http://{web}",
        "telegram_token": simulator.bot_token,
        "telegram_api": simulator.telegram_url,
        "telegram_rate": "500",
        "sms_per_second": "200",
        "twilio_account_sid": simulator.account_sid,
        "twilio_auth_token": simulator.auth_token,
        "twilio_api": simulator.twilio_url,
        "sms_sender": "BOJONEGORO",
        "sms_daily_cap": str(SMS_A_DAY),
        "send_window": "always",
        "live": "yes",
    }
