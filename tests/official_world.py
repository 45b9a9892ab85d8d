"""Officials for tests: somebody who may act, and what she presses and reads."""

from datetime import datetime

from sqlalchemy.orm import Session

from core.questions.officials import telegram_index
from core.rules.officials import Role
from core.store.office import OpenOffice, seal_of
from core.store.official_tables import Official
from simulator import Message, Person
from tests.bot_world import World
from tests.offices import act

#: The office, the district and the village of SITI and BUDI, and a village of another district.
REGENCY, DISTRICT, VILLAGE, ELSEWHERE = "35.22", "35.22.15", "35.22.15.2003", "35.22.01.2001"


def _appoint(session: Session, account: str, role: Role, region: str, *, now: datetime) -> int:
    row = Official(
        telegram_index=telegram_index(session, account),
        telegram_sealed=seal_of(session).seal(account),
        role=role,
        region=region,
        invited_by="operator",
        confirmed_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def appoint(office: OpenOffice, person: Person, role: Role, region: str, *, now: datetime) -> int:
    """Make this person an official, as if an invitation had been confirmed; return the official's id."""
    return act(office, _appoint, str(person.id), role, region, now=now)


def screen(person: Person) -> Message:
    """The newest message that the bot wrote to this person, as it stands after edits."""
    return person.received[-1]


async def presses(world: World, person: Person, label: str) -> Message:
    """Press a button of the newest screen, and return the screen that takes its place."""
    shown = screen(person)
    before = (shown.message_id, shown.text, shown.labels)
    person.press(label)

    def changed() -> bool:
        now = screen(person)
        return (now.message_id, now.text, now.labels) != before

    await world.until(changed)
    return screen(person)
