"""An update killed anywhere between its arrival and its end is answered, and answered once.

The one exception, which Telegram leaves no way around: a reply that Telegram took and that was not noted yet comes a
second time, and only that one.
"""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.store.inbox_tables import InboxUpdate
from core.store.office import open_office
from core.store.words import UpdateState
from simulator import UNTHROTTLED, Message, Person, SimulatorThread
from tests.bot_world import W
from tests.dumps import Dump, dump
from tests.killed_jobs import answer, forget
from tests.killing import Child, Executioner, chosen
from tests.offices import MORNING, SITI, SITI_RECEIPT, Clock

#: Siti proves whose card it is, and agrees to be told: two updates, answered with so many calls.
CALLS = (2, 3)
#: Asked before anybody is listened to, and of nobody's update.
INTRODUCING = ("getMe", "getMyCommands", "setMyCommands", "getWebhookInfo")
SPEAKING = ("sendMessage", "answerCallbackQuery", "editMessageReplyMarkup")
AGREE = W.text("button-agree")
LATER = MORNING + timedelta(hours=2)


@dataclass
class Chat:
    """Siti's chat with the bot of an office that is killed."""

    home: Path
    simulator: SimulatorThread
    executioner: Executioner
    siti: Person
    question: Message
    agreed: bool = False

    def agree(self) -> None:
        """Press Setuju, once, as soon as it is there."""
        if not self.agreed and any(AGREE in row for message in self.siti.received for row in message.labels):
            self.agreed = True
            self.siti.press(AGREE)

    def answering(self, die_before: int | None = None) -> Child:
        return Child(self.home, answer, (self.home, self.simulator.telegram_url, len(CALLS)), die_before)

    def forgetting(self, die_before: int | None = None) -> Child:
        return Child(self.home, forget, (self.home, self.simulator.telegram_url, LATER), die_before)

    def spoken(self) -> int:
        """How many of the bot's calls Telegram processed."""
        return sum(method in SPEAKING for method in self.executioner.processed)

    def noted(self) -> int:
        """How many of them the office knows of."""
        with open_office(self.home) as office:
            rows = office.read(lambda session: list(session.scalars(select(InboxUpdate).order_by(InboxUpdate.id))))
        return sum(
            calls if row.state is UpdateState.DONE else row.replies_sent
            for row, calls in zip(rows, CALLS, strict=False)
        )

    def texts(self) -> list[str]:
        return [message.text for message in self.siti.received]

    def held(self) -> Dump:
        with open_office(self.home) as office:
            return dump(office)


@contextmanager
def chat(template: Path, home: Path) -> Iterator[Chat]:
    """Siti has written, and the bot is not at work."""
    shutil.copytree(template, home)
    with SimulatorThread(limits=UNTHROTTLED, now=Clock(), seed=1) as simulator:
        siti = simulator.telegram.person("Siti")
        question = siti.say(f"{SITI} {SITI_RECEIPT}")
        yield Chat(home, simulator, Executioner(simulator), siti, question)


@dataclass
class Uncut:
    """What an undisturbed bot did, and what it left."""

    steps: list[str]
    requests: Counter[str]
    texts: list[str]
    held: Dump
    home: Path


@pytest.fixture(scope="module")
def uncut(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Uncut:
    with chat(founded_home, tmp_path_factory.mktemp("uncut") / "home") as here:
        here.executioner.watch(meanwhile=here.agree)
        child = here.answering()
        child.finish()
        assert here.spoken() == sum(CALLS)
        return Uncut(child.steps, Counter(here.executioner.processed), here.texts(), here.held(), here.home)


@pytest.fixture(scope="module")
def uncut_forgetting(uncut: Uncut, tmp_path_factory: pytest.TempPathFactory) -> Uncut:
    with chat(uncut.home, tmp_path_factory.mktemp("forgotten") / "home") as here:
        here.executioner.watch()
        child = here.forgetting()
        child.finish()
        assert here.question.deleted
        return Uncut(child.steps, Counter(here.executioner.processed), [], here.held(), here.home)


def requests_of(uncut: Uncut) -> Iterator[tuple[str, int, bool]]:
    """Each request as it is answered, to nobody; each call to people also as it comes, and lost with the bot."""
    for method, count in uncut.requests.items():
        if method in INTRODUCING:
            continue
        for nth in range(1, count + 1):
            yield method, nth, True
            if method in SPEAKING:
                yield method, nth, False


def finish_answering(here: Chat, uncut: Uncut) -> None:
    """Start the bot again, and compare with what an undisturbed one said and left."""
    here.executioner.hear_out()
    again = here.spoken() - here.noted()
    assert again in (0, 1)  # a call between its being processed and our commit
    here.executioner.watch(meanwhile=here.agree)
    here.answering().finish()
    assert here.spoken() == sum(CALLS) + again
    assert list(dict.fromkeys(here.texts())) == uncut.texts
    assert len(here.texts()) <= len(uncut.texts) + again
    assert here.held() == uncut.held


def finish_forgetting(here: Chat, uncut: Uncut) -> None:
    here.forgetting().finish()
    assert here.question.deleted
    assert not here.siti.received
    assert here.held() == uncut.held


def test_a_conversation_killed_between_any_two_steps_goes_on_where_it_was(
    founded_home: Path, uncut: Uncut, tmp_path: Path
) -> None:
    for number in chosen(uncut.steps, ("committed",), sample=3):
        with chat(founded_home, tmp_path / f"step-{number}") as here:
            here.executioner.watch(meanwhile=here.agree)
            here.answering(number).die()
            finish_answering(here, uncut)


def test_a_conversation_killed_at_any_request_goes_on_where_it_was(
    founded_home: Path, uncut: Uncut, tmp_path: Path
) -> None:
    for place, (method, nth, processed) in enumerate(requests_of(uncut)):
        with chat(founded_home, tmp_path / f"request-{place}") as here:
            child = here.answering()
            here.executioner.watch(child, method=method, nth=nth, processed=processed, meanwhile=here.agree)
            child.die()
            finish_answering(here, uncut)


def test_a_question_is_deleted_from_the_chat_wherever_its_deleting_was_killed(
    uncut: Uncut, uncut_forgetting: Uncut, tmp_path: Path
) -> None:
    for number in chosen(uncut_forgetting.steps, ("committed",), sample=4):
        with chat(uncut.home, tmp_path / f"step-{number}") as here:
            here.forgetting(number).die()
            finish_forgetting(here, uncut_forgetting)
    for processed in (False, True):
        with chat(uncut.home, tmp_path / f"request-{processed}") as here:
            child = here.forgetting()
            here.executioner.watch(child, method="deleteMessage", processed=processed)
            child.die()
            assert here.question.deleted is processed
            finish_forgetting(here, uncut_forgetting)
