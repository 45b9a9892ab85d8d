"""A send killed anywhere: nobody goes without, and nobody is told twice, save on Telegram what was in flight.

Telegram cannot be asked what it took, so what was in flight comes again, once. Twilio can, and an SMS costs money and
trust: it never leaves twice; what Twilio has no trace of after three looks is left to an operator, in doubt.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.rules.delivery import Channel
from core.rules.retry import LOOKS
from core.store.delivery_tables import Attempt, Notice
from core.store.office import open_office
from core.store.words import NoticeState
from simulator import UNTHROTTLED, Person, SimulatorThread
from tests.killed_jobs import send, send_and_look
from tests.killing import Child, Executioner, chosen
from tests.offices import MORNING, SITI, WATI, WATI_PHONE, Clock
from tests.test_sending import link, ready

METHODS = {Channel.TELEGRAM: "sendMessage", Channel.SMS: "create"}
#: When whatever the second one left in doubt is looked for.
LATER = MORNING + timedelta(minutes=5)


@dataclass
class Desk:
    """An office that owes Siti a Telegram message and Wati an SMS, and the phones of both."""

    home: Path
    simulator: SimulatorThread
    executioner: Executioner
    siti: Person

    def sending(self, die_before: int | None = None, *, at: datetime = MORNING) -> Child:
        return Child(self.home, send, (self.home, self.simulator.telegram_url, at), die_before)

    def looking(self, die_before: int | None = None, *, at: datetime = MORNING, looks: int = len(LOOKS)) -> Child:
        return Child(self.home, send_and_look, (self.home, self.simulator.telegram_url, at, looks), die_before)

    def arrived(self, channel: Channel) -> int:
        """How many messages are on the phone."""
        if channel is Channel.TELEGRAM:
            return len(self.siti.received)
        assert len(self.simulator.sms.sent()) == len(self.simulator.sms.inbox(WATI_PHONE))
        return len(self.simulator.sms.sent())

    def attempts(self, channel: Channel) -> list[str | None]:
        """The outcome of each attempt; None for one that is in flight, or was."""
        query = select(Attempt.outcome).where(Attempt.channel == channel).order_by(Attempt.id)
        with open_office(self.home) as office:
            return office.read(lambda session: list(session.scalars(query)))

    def state(self, channel: Channel) -> NoticeState:
        """How the notice that went out by this channel stands."""
        with open_office(self.home) as office:
            [notice] = office.read(
                lambda session: session.scalars(select(Notice).where(Notice.channel == channel)).all()
            )
        return notice.state


@contextmanager
def desk(template: Path, home: Path) -> Iterator[Desk]:
    shutil.copytree(template, home)
    with SimulatorThread(limits=UNTHROTTLED, now=Clock(), seed=1) as simulator:
        siti = simulator.telegram.person("Siti", started=True)
        yield Desk(home, simulator, Executioner(simulator), siti)


@pytest.fixture(scope="module")
def owing(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office with both cards ready and nobody told."""
    home = tmp_path_factory.mktemp("owing") / "home"
    with desk(founded_home, home) as here, open_office(home) as office:
        link(office, SITI, str(here.siti.id), Clock())
        ready(office, SITI, Clock())
        ready(office, WATI, Clock())
    return home


@pytest.fixture(scope="module")
def steps(owing: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What an undisturbed sender does, step by step."""
    with desk(owing, tmp_path_factory.mktemp("undisturbed") / "home") as here:
        child = here.sending()
        child.finish()
        for channel in Channel:
            assert (here.arrived(channel), here.attempts(channel)) == (1, ["Sent"])
        return child.steps


def go_on(here: Desk) -> None:
    """Start a sender again, let it look for what is in doubt, and hold what came against what had been in flight."""
    here.executioner.hear_out()
    in_flight = {channel: here.attempts(channel) == [None] for channel in Channel}
    arrived = {channel: here.arrived(channel) for channel in Channel}
    here.executioner.watch()
    lost = in_flight[Channel.SMS] and not arrived[Channel.SMS]
    here.looking(looks=len(LOOKS) if lost else 1).finish()
    check_telegram(here, in_flight=in_flight[Channel.TELEGRAM], arrived=arrived[Channel.TELEGRAM])
    check_sms(here, in_flight=in_flight[Channel.SMS], lost=lost)


def check_telegram(here: Desk, *, in_flight: bool, arrived: int) -> None:
    assert here.arrived(Channel.TELEGRAM) == (arrived + 1 if in_flight else 1)
    assert here.attempts(Channel.TELEGRAM) == (["Unsure", "Sent"] if in_flight else ["Sent"])
    assert here.state(Channel.TELEGRAM) is NoticeState.TOLD


def check_sms(here: Desk, *, in_flight: bool, lost: bool) -> None:
    assert here.arrived(Channel.SMS) == (0 if lost else 1)
    assert here.attempts(Channel.SMS) == (["Unsure"] if in_flight else ["Sent"])
    assert here.state(Channel.SMS) is (NoticeState.IN_DOUBT if lost else NoticeState.TOLD)


def test_a_send_killed_between_any_two_steps_tells_each_person_once(
    owing: Path, steps: list[str], tmp_path: Path
) -> None:
    for number in chosen(steps, ("committed", "INSERT INTO attempt"), sample=7):
        with desk(owing, tmp_path / f"step-{number}") as here:
            here.executioner.watch()
            here.sending(number).die()
            go_on(here)


@pytest.mark.parametrize("processed", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("channel", Channel)
def test_what_was_in_flight_when_the_sender_was_killed_comes_again_on_telegram_only(
    owing: Path, tmp_path: Path, channel: Channel, processed: bool
) -> None:
    with desk(owing, tmp_path / "home") as here:
        child = here.sending()
        here.executioner.watch(child, method=METHODS[channel], processed=processed)
        child.die()
        assert here.attempts(channel) == [None]
        assert here.arrived(channel) == processed
        go_on(here)


def killed_in_flight(here: Desk) -> None:
    """Twilio took the SMS, Telegram the message, and a kill kept both from being noted."""
    child = here.sending()
    here.executioner.watch(child, method="create", processed=True)
    child.die()
    here.executioner.hear_out()
    here.executioner.watch()


def test_a_second_kill_while_the_doubt_is_cleared_makes_nothing_come_a_third_time(owing: Path, tmp_path: Path) -> None:
    with desk(owing, tmp_path / "undisturbed") as here:
        killed_in_flight(here)
        child = here.looking(looks=1)
        child.finish()
    for number in chosen(child.steps, ("committed",), sample=0):
        with desk(owing, tmp_path / f"step-{number}") as here:
            killed_in_flight(here)
            here.looking(number, looks=1).die()
            here.looking(at=LATER, looks=1).finish()
            assert 1 <= here.arrived(Channel.TELEGRAM) <= 2
            assert None not in here.attempts(Channel.TELEGRAM)
            assert here.arrived(Channel.SMS) == 1
            assert here.attempts(Channel.SMS) == ["Unsure"]
            assert here.state(Channel.SMS) is NoticeState.TOLD
