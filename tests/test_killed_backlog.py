"""A night's backlog, killed anywhere, ends as one that nobody disturbed: all heard, the newest few answered, once.

As always one reply that Telegram took and that was not noted yet may come a second time.
"""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from core.actions.inbox import store_updates
from core.store.inbox_tables import InboxUpdate
from core.store.office import open_office
from core.store.words import UpdateState
from simulator import UNTHROTTLED, Person, SimulatorThread
from tests.dumps import Dump, dump
from tests.inbox_work import written
from tests.killed_jobs import answer_all
from tests.killing import Child, Executioner, chosen
from tests.offices import MORNING, Clock, act

#: What Siti wrote at night: more than is answered, and a flood of greetings that is not even read.
SAID = (*["halo"] * 70, "/jam", "/bahasa", "/bantuan", "/berhenti", "/data")
ANSWERS = 3
AT_NIGHT = MORNING - timedelta(hours=8)


@dataclass
class Night:
    """An office whose bot slept, and the chat of the one who wrote."""

    home: Path
    simulator: SimulatorThread
    executioner: Executioner
    siti: Person

    def answering(self, die_before: int | None = None) -> Child:
        return Child(self.home, answer_all, (self.home, self.simulator.telegram_url, MORNING), die_before)

    def texts(self) -> list[str]:
        return [message.text for message in self.siti.received]

    def held(self) -> tuple[Dump, Counter[UpdateState]]:
        """Without the updates, of which only how many ended how is the same each time."""
        with open_office(self.home) as office:
            held = dump(office)
            del held["inbox_update"]
            query = select(InboxUpdate.state, func.count()).group_by(InboxUpdate.state)
            return held, Counter(dict(office.read(lambda session: [tuple(row) for row in session.execute(query)])))


@contextmanager
def night(template: Path, home: Path) -> Iterator[Night]:
    shutil.copytree(template, home)
    with SimulatorThread(limits=UNTHROTTLED, now=Clock(), seed=1) as simulator:
        siti = simulator.telegram.person("Siti", started=True)
        raw = [written(siti.id, said, number=number, at=AT_NIGHT) for number, said in enumerate(SAID, start=1)]
        with open_office(home) as office:
            stored = [(update["update_id"], str(siti.id), json.dumps(update)) for update in raw]
            act(office, store_updates, stored, now=AT_NIGHT)
        yield Night(home, simulator, Executioner(simulator), siti)


def test_a_backlog_killed_between_any_two_steps_goes_on_where_it_was(founded_home: Path, tmp_path: Path) -> None:
    with night(founded_home, tmp_path / "uncut") as here:
        child = here.answering()
        child.finish()
        steps, texts, held = child.steps, here.texts(), here.held()
    assert (len(texts), held[1]) == (ANSWERS, {UpdateState.DONE: ANSWERS, UpdateState.OVERTAKEN: len(SAID) - ANSWERS})
    for number in chosen(steps, ("committed",), sample=3):
        with night(founded_home, tmp_path / f"step-{number}") as here:
            here.answering(number).die()
            here.executioner.hear_out()
            here.answering().finish()
            said = here.texts()
            assert set(said) == set(texts), number
            assert len(said) <= ANSWERS + 1, number
            assert said[0] == texts[0], number
            assert here.held() == held, number
