"""An office outgrows its one server while its residents go on asking: moved, and nobody notices but by the wait.

It runs on SQLite; it is killed in the middle of answering; its file is moved into PostgreSQL, which is killed in the
middle as well; two workers go on with it. Then all books are held against each other, as after a storm.
"""

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.actions.batches import go_on_with_batch, pause_batch
from core.questions.batches import open_names
from core.questions.health import health_of
from core.rules.officials import Role
from core.store.delivery_tables import Message, Notice
from core.store.inbox_tables import InboxUpdate
from core.store.office import OpenOffice, open_office
from core.store.words import MessageState, NoticeState, UpdateState
from simulator import UNTHROTTLED, Person, SimulatorThread
from simulator import Message as Shown
from tests.bot_world import text
from tests.calling_world import press
from tests.chaos.cast import Resident
from tests.chaos.comparison import compare
from tests.chaos.evidence import Evidence, kind_of
from tests.chaos.town import Town
from tests.fleet import Branch, Fleet, free_port, until
from tests.killed_jobs import command
from tests.killing import KILLED, Child
from tests.offices import found
from tests.official_world import VILLAGE, appoint
from tests.postgres import Postgres
from tests.redis_server import RedisServer
from tests.rows import everything

CODE = "35.22"
#: Of these the first twenty cards are ready, and the others wait to be printed.
PEOPLE, READY = 30, 20
PATIENCE_SECONDS = 60.0
#: Somewhere in the middle of the tables, counted in what is read of the file.
_IN_THE_MIDDLE = 60
_BY = "operator"
_FOREVER_SECONDS = 3600.0


@dataclass
class Story:
    """The office, wherever it lives, its residents, and whoever works for it."""

    folder: Path
    simulator: SimulatorThread
    address: str
    redis: RedisServer
    port: int = field(default_factory=free_port)
    town: Town = field(init=False)
    rina: Person = field(init=False)
    children: list[Child] = field(default_factory=list)

    def __post_init__(self) -> None:
        found(self.home)
        self.town = Town(self.simulator, PEOPLE, self.folder, self._command)
        self.rina = self.simulator.telegram.person("Rina", started=True)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def people(self) -> list[Resident]:
        return self.town.residents

    @property
    def schema(self) -> str:
        return f"{self.address}{'&' if '?' in self.address else '?'}options=-csearch_path%3Dk3522"

    @property
    def office(self) -> OpenOffice:
        assert self.town.office is not None
        return self.town.office

    def settings(self, **changes: str) -> dict[str, str]:
        """Of the one server. Its public address ends with the code already, so that it can stay what it is."""
        usual = {
            "home": str(self.home),
            "http": f"127.0.0.1:{self.port}",
            "public_url": f"http://127.0.0.1:{self.port}/{CODE}",
            "telegram_token": self.simulator.bot_token,
            "telegram_api": self.simulator.telegram_url,
            "twilio_account_sid": self.simulator.account_sid,
            "twilio_auth_token": self.simulator.auth_token,
            "twilio_api": self.simulator.twilio_url,
            "sms_sender": "BOJONEGORO",
            "send_window": "always",
            "live": "yes",
        }
        return usual | changes

    def begin(self, *words: str, watched: bool = False, die_before: int | None = None, **settings: str) -> Child:
        """Start a command; it is ended at the end of the test, if it is still there."""
        folder = self.folder / f"{words[0]}-{len(self.children)}"
        child = Child(
            folder,
            command,
            (self.folder, words),
            die_before=die_before,
            settings=self.settings(**settings),
            watched=watched,
        )
        child.folder.with_suffix(".said").write_text("")
        self.children.append(child)
        return child.start()

    def at_work(self, **settings: str) -> Child:
        """The office on its one server."""
        child = self.begin("run", **settings)
        until(child, lambda: "is at work" in child.said)
        return child

    def moving(self, **terms: int) -> Child:
        """Begin the move."""
        return self.begin("move-database", self.address, "--schema", "k3522", watched=bool(terms), **terms)  # type: ignore[arg-type]

    def see(self, happened: object) -> None:
        """Wait for it."""
        self.simulator.wait_until(happened, PATIENCE_SECONDS)  # type: ignore[arg-type]

    def until(self, ask: object) -> None:
        """Wait for what the office says, which no phone shows."""
        child = next(one for one in reversed(self.children) if one.process.is_alive())
        until(child, lambda: self.office.read(ask))  # type: ignore[arg-type]

    def quiet(self, child: Child) -> None:
        """All that was asked is answered, and all that was due has left."""
        until(child, lambda: not self.simulator.telegram.updates.pending and self.office.read(_is_quiet))

    def _command(self, words: Sequence[str], _: bool) -> None:
        child = self.begin(*words)
        assert child.end() == 0, child.said


def _is_quiet(session: Session) -> bool:
    health = health_of(session)
    open_ones = (NoticeState.WAITING, NoticeState.SENDING)
    notices = session.scalar(select(func.count(Notice.id)).where(Notice.state.in_(open_ones))) or 0
    return not (health.updates_waiting or health.broadcasts_preparing or notices)


def _states(session: Session) -> set[UpdateState]:
    return set(session.scalars(select(InboxUpdate.state)))


def _both_kinds(session: Session) -> bool:
    return {UpdateState.RECEIVED, UpdateState.DECIDED} <= _states(session)


def _decided(session: Session) -> int:
    return session.scalar(select(func.count()).where(InboxUpdate.state == UpdateState.DECIDED)) or 0


@pytest.fixture
def story(tmp_path: Path, postgres: Postgres) -> Iterator[Story]:
    with (
        tempfile.TemporaryDirectory(prefix="kabar-redis-") as place,
        RedisServer(Path(place), free_port()) as redis,
        SimulatorThread(limits=UNTHROTTLED, seed=2017, keep_ledger=True) as simulator,
    ):
        story = Story(tmp_path, simulator, postgres.create("outgrown"), redis)
        try:
            yield story
        finally:
            for child in story.children:
                if child.process.is_alive():
                    child.kill()
            if story.town.office:
                story.town.office.close()
    postgres.drop("outgrown")


def answers(story: Story, one: Resident) -> list[str]:
    """What this person was answered, in order; no notices."""
    assert one.chat is not None
    to = str(one.chat.id)
    return [took.text for took in story.simulator.ledger.accepted if took.to == to and kind_of(took) is None]


def counts(live: Shown) -> tuple[int, int]:
    """Told, waiting."""
    told, waiting = re.findall(r": (\d+)$", live.text or "", re.MULTILINE)[:2]
    return int(told), int(waiting)


def asks_of(story: Story, one: Resident, *whose: Resident) -> None:
    """One person asks about one card after the other."""
    for other in whose:
        story.town._says(one, f"KTP {other.nik} sudah jadi?")


def a_usual_day(story: Story) -> str:
    """Cards are printed and ready, and people are told and ask. Return the phone whose receipt is still to come."""
    town, people = story.town, story.people
    run = story.at_work()
    town.they_prove_themselves([people[4]])
    story.see(lambda: people[4].chat and "Setuju" in str([message.labels for message in people[4].chat.received]))
    town.they_agree([])
    for _ in range(2):
        town.cards_go_on(people[:READY])
        story.quiet(run)
    town.they_ask(people)
    story.quiet(run)
    story.simulator.sms.receipts = "held"
    town.letters_are_ready([people[25]])
    phone = people[25].phone
    assert phone is not None
    story.see(lambda: story.simulator.sms.sent(phone))
    story.quiet(run)
    run.terminate()
    assert run.end() == 0, run.said
    return phone


def a_call_begins(story: Story, run: Child) -> Shown:
    """Rina calls her village; those with Telegram are told, the money for SMS is used up, and she lets it wait."""
    rina, see = story.rina, story.see

    def shows(words: str) -> bool:
        return bool(rina.received) and words in f"{rina.received[-1].text}{rina.received[-1].labels}"

    def presses(label: str) -> None:
        before = (rina.received[-1].message_id, rina.received[-1].text)
        rina.press(label)
        see(lambda: (rina.received[-1].message_id, rina.received[-1].text) != before)

    rina.say("/petugas")
    see(lambda: shows(text("deed-call")))
    presses(text("deed-call"))
    for _ in ("the first day that the office is open", "the first hours", "the village hall"):
        presses(rina.received[-1].labels[0][0])
    rina.say("100")
    see(lambda: shows(text("call-preview-new")))
    rina.press(text("call-button-send"))
    live = rina.received[-1]
    until(run, lambda: text("progress-going-on") in (live.text or "") and all(counts(live)))
    return live


def killed_while_it_answers(story: Story, run: Child) -> None:
    """Some were decided and not answered, some not even decided, when the office died."""
    people = story.people
    story.simulator.faults.delay("telegram", _FOREVER_SECONDS, method="sendMessage", times=None)
    for one in people[:4]:
        asks_of(story, one, one)
    story.until(lambda session: _decided(session) == 4)
    for one in people[:4]:
        asks_of(story, one, people[21])
    story.until(_both_kinds)
    run.kill()
    story.simulator.faults.clear()


def people_go_on(story: Story) -> None:
    """Nobody is at work, and nobody knows: they ask, and press what stands on their screens."""
    town, people = story.town, story.people
    asks_of(story, people[1], people[21], people[1], people[21])
    town.they_ask(people)
    town.they_press_coming([people[0], people[2]])
    town.they_agree([])


def moved(story: Story) -> None:
    """Begun while the office is at work it is refused; killed in the middle, the same command goes on."""
    with open_office(story.home) as office:
        before = everything(office)
    cut = story.moving(die_before=_IN_THE_MIDDLE)
    assert cut.end() == KILLED, cut.said
    with open_office(story.home) as office:
        assert everything(office) == before, "until the end the file is the office"
    again = story.moving()
    assert again.end() == 0, again.said
    assert "by an earlier try; all are the same" in again.said
    assert story.address not in again.said
    with open_office(story.home, story.schema) as office:
        after = everything(office)
    facts = len(before["fact"])
    assert after["fact"][:facts] == before.pop("fact")
    assert [fact["kind"] for fact in after.pop("fact")[facts:]] == ["office-moved"]
    assert after == before
    refused = story.begin("run")
    assert refused.end() == 2
    assert "was moved into a database server" in refused.said
    assert "set KABAR_DATABASE_URL" in refused.said


def many(story: Story) -> Fleet:
    """The list of offices, with this one in it."""
    shared = {
        "redis_url": story.redis.address,
        "public_url": f"http://127.0.0.1:{story.port}",
        "live": True,
        "send_window": "always",
    }
    folder = story.folder / "many"
    folder.mkdir()
    return Fleet(folder, {CODE: Branch(CODE, story.home, story.schema, story.simulator)}, shared)


def test_one_office_moves_while_its_residents_questions_wait_and_none_is_lost(story: Story) -> None:
    town, people, simulator = story.town, story.people, story.simulator
    with open_office(story.home) as office:
        town.office = office
        town.found()
        appoint(office, story.rina, Role.VILLAGE, VILLAGE, now=datetime.now(UTC))
        awaits_receipt = a_usual_day(story)
        run = story.at_work(sms_daily_cap=str(len(simulator.sms.sent())))
        live = a_call_begins(story, run)
        press(story.rina, live, text("progress-button-pause"))
        story.see(lambda: text("progress-paused") in (live.text or ""))
        told, waiting = counts(live)
        town.printing_stops_or_is_back([])
        paused = office.read(lambda session: list(open_names(session)))
        stop = paused[-1]
        office.write(partial(pause_batch, batch=stop, now=datetime.now(UTC), by=_BY))
        too_early = story.moving()
        assert too_early.end() == 2
        assert "is at work on" in too_early.said
        town.they_prove_themselves([people[14]])
        story.see(lambda: people[14].chat and any("Setuju" in str(m.labels) for m in people[14].chat.received))
        killed_while_it_answers(story, run)
        before = simulator.ledger.accepted[-1]
    town.office = None

    people_go_on(story)
    moved(story)
    assert simulator.ledger.accepted[-1] is before, "nobody was answered meanwhile"

    fleet = many(story)
    town.office = open_office(story.home, story.schema)
    try:
        door = fleet.begin("web", http=f"127.0.0.1:{story.port}")
        until(door, lambda: door.said)
        one, two = fleet.worker(), fleet.worker()
        fleet.until_held(one, two)
        until(one, lambda: not simulator.telegram.updates.pending and not story.office.read(health_of).updates_waiting)
        it_goes_on(story, live, stop, (told, waiting))
        simulator.sms.release_receipts()
        story.see(lambda: ("delivered", 204) in simulator.sms.sent(awaits_receipt)[0].receipts)
        story.quiet(one)
        holder, other = (one, two) if fleet.held_by(one) else (two, one)
        holder.terminate()
        assert holder.end() == 0, holder.said
        asks_of(story, people[1], people[1])
        story.quiet(other)
        all_is_told(story, awaits_receipt)
        for child in (*story.children, *fleet.workers):
            assert "Traceback" not in child.said, child.said
            for secret in (simulator.bot_token, simulator.auth_token, story.address, awaits_receipt, people[0].nik):
                assert secret not in child.said
    finally:
        fleet.end()


def it_goes_on(story: Story, live: Shown, stop: str, before: tuple[int, int]) -> None:
    """What was let wait goes on: Rina's call by the button of her old message, the suspension by an operator."""
    told, waiting = before
    assert counts(live) == before
    press(story.rina, live, text("progress-button-go-on"))
    story.see(lambda: counts(live) == (told + waiting, 0))
    story.office.write(partial(go_on_with_batch, batch=stop, now=datetime.now(UTC), by=_BY))
    story.see(lambda: text("progress-done") in (live.text or ""))


def all_is_told(story: Story, awaits_receipt: str) -> None:
    """On the phones, in the providers' ledgers, and in the office's own books."""
    town, people, simulator = story.town, story.people, story.simulator
    evidence = Evidence(people, simulator.ledger, simulator.sms).read
    assert compare(story.office.read(evidence), town) == []
    assert story.office.read(_states) == {UpdateState.DONE}
    for one in (people[1], people[3], people[10], people[22]):
        assert one.chat is not None
        assert len(answers(story, one)) == town.questions[one.chat.id]
    is_mine = ["SIAP DIAMBIL" in answer for answer in answers(story, people[1])]
    assert is_mine == [True, True, False, False, True, False, True, True]
    assert len(simulator.sms.sent(awaits_receipt)) == 1
    assert story.office.read(lambda session: _state_of(session, simulator.sms.sent(awaits_receipt)[0].sid)) is (
        MessageState.DELIVERED
    )


def _state_of(session: Session, sid: str) -> MessageState | None:
    return session.scalar(select(Message.state).where(Message.provider_id == sid))
