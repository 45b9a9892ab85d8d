"""Where the story is played: an office in a folder, the simulator, and `kabar run` in a thread."""

import asyncio
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from cli.demo.cast import Cast
from cli.demo.clock import DemoClock
from cli.embedded import Embedded
from cli.holding import locked_home
from core.errors import KabarError
from core.questions.health import health_of
from core.rules.print_queue import PrintPolicy
from core.settings import Settings
from core.store.office import OpenOffice
from simulator import Person, SimulatorThread

T = TypeVar("T")
C_co = TypeVar("C_co", bound=Cast, covariant=True)

#: The longest that any step may take to arrive on the phones.
_PATIENCE_SECONDS = 60.0
_LOOK_SECONDS = 0.02


class DemoFailedError(KabarError):
    """A phone received too little, too much, or something else than the story says."""


class Stage(Generic[C_co]):
    """What a step of the story works with, and the ledger of what every phone should have received."""

    def __init__(
        self,
        office: OpenOffice,
        cast: C_co,
        simulator: SimulatorThread,
        clock: DemoClock,
        folder: Path,
        policy: PrintPolicy,
    ) -> None:
        """policy: by which the office prints, and answers."""
        self.office = office
        self.cast = cast
        self.simulator = simulator
        self.clock = clock
        self.folder = folder
        self.policy = policy
        self.chats: dict[str, Person] = {
            name: simulator.telegram.person(name, phone=cast.people[name].phone) for name in cast.chats
        }
        #: Pickup numbers by NIK, once boxes were packed.
        self.numbers: dict[str, int] = {}
        self.expected: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)

    def act(self, action: Callable[[Session], T]) -> T:
        """Do something as the office, durably."""
        return self.office.write(action)

    def say(self, who: str, text: str) -> None:
        """Have somebody write to the bot."""
        self.chats[who].say(text)

    def nik(self, who: str) -> str:
        """Return the NIK of somebody in the story."""
        return self.cast.people[who].nik

    def expect(self, phone: str, *messages: str | tuple[str, ...]) -> None:
        """So many more messages must arrive on a phone (or a name, for Telegram), each with its phrase or phrases."""
        self.expected[phone] += [(said,) if isinstance(said, str) else said for said in messages]

    def received(self, phone: str) -> list[str]:
        """The texts that arrived on a phone, or for a name on Telegram, in order."""
        if phone in self.chats:
            return [message.text or "" for message in self.chats[phone].received]
        return [sms.body for sms in self.simulator.sms.inbox(phone)]

    def settle(self) -> None:
        """Wait until everything expected has arrived and nothing is on its way, then compare phone by phone."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not self._settled():
            if time.monotonic() > deadline:
                break
            time.sleep(_LOOK_SECONDS)
        self.check()

    def _settled(self) -> bool:
        if any(len(self.received(phone)) < len(due) for phone, due in self.expected.items()):
            return False
        health = self.office.read(health_of)
        return not (health.notices_open or health.updates_waiting or health.broadcasts_preparing)

    def check(self) -> None:
        """Raise DemoFailedError unless every phone received exactly what the story says, in its order."""
        phones = set(self.expected) | set(self.chats) | {sms.to for sms in self.simulator.sms.sent()}
        for phone in sorted(phones):
            due, texts = self.expected.get(phone, []), self.received(phone)
            wrong = [
                f"'{phrase}' in '{text.splitlines()[0]}…'"
                for phrases, text in zip(due, texts, strict=False)
                for phrase in phrases
                if phrase not in text
            ]
            if len(texts) != len(due) or wrong:
                who = phone if phone in self.chats else "an SMS phone"
                raise DemoFailedError(
                    f"{who} received {len(texts)} messages instead of {len(due)}"
                    + (f"; missing: {', '.join(wrong)}" if wrong else "")
                )


@contextmanager
def running(office: OpenOffice, settings: Settings, clock: DemoClock) -> Iterator[Embedded]:
    """`kabar run` in a thread of its own, on the demo's clock."""
    embedded = Embedded(office, settings, now=clock)
    started = threading.Event()
    trouble: list[BaseException] = []

    def work() -> None:
        try:
            asyncio.run(embedded.run(ready=started.set))
        except BaseException as error:  # noqa: BLE001  # told to the thread that waits for it
            trouble.append(error)
        finally:
            started.set()

    with locked_home(settings):
        thread = threading.Thread(target=work, name="kabar-run")
        thread.start()
        try:
            started.wait()
            if trouble:
                raise trouble[0]
            yield embedded
        finally:
            started.wait()  # whoever is interrupted earlier could not stop it yet
            embedded.stop()
            thread.join()


def demo_settings(
    home: Path, simulator: SimulatorThread, *, sms_sender: str = "BOJONEGORO", print_policy: Path | None = None
) -> Settings:
    """Settings that name only the simulator, whatever the environment says."""
    port = _free_port()
    return Settings(
        _env_file=None,
        home=home,
        database_url=None,
        telegram_token=simulator.bot_token,
        telegram_api=simulator.telegram_url,
        telegram_rate=27,
        twilio_account_sid=simulator.account_sid,
        twilio_auth_token=simulator.auth_token,
        twilio_api=simulator.twilio_url,
        sms_sender=sms_sender,
        sms_daily_cap=500,
        sms_per_second=50,  # nobody has to wait for a provider that is not there
        live=True,
        public_url=f"http://127.0.0.1:{port}",
        send_window="08:00-18:00",
        wording=None,
        print_policy=print_policy,
        http=f"127.0.0.1:{port}",
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
