"""An update killed anywhere between its arrival and its end is answered, and answered once.

The one exception, which Telegram leaves no way around: a reply that Telegram took and we had not yet noted comes a
second time, and only that one.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.store.inbox_tables import InboxUpdate
from core.store.office import open_office
from core.store.words import UpdateState
from simulator import UNTHROTTLED, Person, SimulatorThread
from tests.bot_world import W
from tests.dumps import Dump, dump
from tests.killed_jobs import answer, forget
from tests.killing import KILLED, Child, Executioner
from tests.offices import MORNING, SITI, SITI_RECEIPT, Clock

#: Siti proves whose card it is and agrees to be told: two updates, answered with so many calls.
CALLS = (2, 3)
SPEAKING = ("sendMessage", "answerCallbackQuery", "editMessageReplyMarkup")
LATER = MORNING + timedelta(hours=2)


@dataclass
class Chat:
    """Siti's chat with the bot of an office that is killed."""

    home: Path
    simulator: SimulatorThread
    executioner: Executioner
    siti: Person
    agreed: bool = False

    def agree(self) -> None:
        """Press Setuju, once, as soon as it is there."""
        if not self.agreed and self.siti.received and self.siti.received[-1].labels[:1] == ((AGREE, DECLINE),):
            self.agreed = True
            self.siti.press(AGREE)

    def answering(self, die_before: int | None = None) -> Child:
        return Child(self.home, answer, (self.home, self.simulator.telegram_url, len(CALLS)), die_before)

    def spoken(self) -> int:
        """How many calls of the bot Telegram processed."""
        return sum(method in SPEAKING for method in self.executioner.processed)

    def noted(self) -> int:
        """How many of its calls the office knows to have been processed."""
        with open_office(self.home) as office:
            rows = office.read(lambda session: list(session.scalars(select(InboxUpdate).order_by(InboxUpdate.id))))
        return sum(
            calls if row.state is UpdateState.DONE else row.replies_sent for row, calls in zip(rows, CALLS, strict=False)
        )

    def held(self) -> Dump:
        with open_office(self.home) as office:
            return dump(office)


AGREE, DECLINE = W.text("button-agree"), W.text("button-decline")


@contextmanager
def chat(founded_home: Path, home: Path) -> Iterator[Chat]:
    """Siti has written, and the bot has not been started yet."""
    shutil.copytree(founded_home, home)
    with SimulatorThread(limits=UNTHROTTLED, now=Clock(), seed=1) as simulator:
        siti = simulator.telegram.person("Siti")
        siti.say(f"{SITI} {SITI_RECEIPT}")
        yield Chat(home, simulator, Executioner(simulator), siti)


@dataclass
class Uncut:
    """What an undisturbed bot did."""

    steps: int
    requests: Counter[str]
    texts: list[str]
    held: Dump
    home: Path


@pytest.fixture(scope="module")
def uncut(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Uncut:
    with chat(founded_home, tmp_path_factory.mktemp("uncut") / "home") as here:
        here.executioner.watch(meanwhile=here.agree)
        child = here.answering()
        assert child.run() == 0, child.said
        assert here.spoken() == sum(CALLS)
        print("\n".join(child.steps))
        texts = [message.text for message in here.siti.received]
        return Uncut(len(child.steps), Counter(here.executioner.processed), texts, here.held(), here.home)


def finish(here: Chat, uncut: Uncut) -> None:
    """Start the bot again, and compare."""
    here.executioner.hear_out()
    again = here.spoken() - here.noted()
    assert again in (0, 1)
    here.executioner.watch(meanwhile=here.agree)
    child = here.answering()
    assert child.run() == 0, child.said
    assert here.spoken() == sum(CALLS) + again
    texts = [message.text for message in here.siti.received]
    assert list(dict.fromkeys(texts)) == uncut.texts
    assert len(texts) <= len(uncut.texts) + again
    assert here.held() == uncut.held


def test_a_conversation_killed_between_any_two_steps_goes_on_where_it_was(
    founded_home: Path, uncut: Uncut, tmp_path: Path
) -> None:
    import time
    t=time.perf_counter()
    print(uncut.steps, uncut.requests)
    for number in range(1, uncut.steps + 1):
        with chat(founded_home, tmp_path / f"step-{number}") as here:
            here.executioner.watch(meanwhile=here.agree)
            child=here.answering(number)
            code=child.run()
            here.executioner.hear_out()
            print(number, code, child.steps[-1], here.spoken(), here.noted(), time.perf_counter()-t)
            finish(here, uncut)


@pytest.mark.parametrize("processed", [False, True], ids=["lost", "processed"])
def test_a_conversation_killed_at_any_request_goes_on_where_it_was(
    founded_home: Path, uncut: Uncut, tmp_path: Path, processed: bool
) -> None:
    points = [(method, nth + 1) for method, count in uncut.requests.items() for nth in range(count)]
    print(points)
    for method, nth in points:
        with chat(founded_home, tmp_path / f"{method}-{nth}") as here:
            child = here.answering()
            here.executioner.watch(child, method=method, nth=nth, processed=processed, meanwhile=here.agree)
            code=child.run()
            here.executioner.hear_out()
            print(method, nth, code, here.spoken(), here.noted())
            finish(here, uncut)
