"""Who stands on the phones page with the demo's office: the cast of the story, and more people for whoever tries it."""

from collections.abc import Iterator
from contextlib import contextmanager

from cli.demo.cast import Cast
from cli.demo.official import HINTS
from cli.demo.panel import Panel
from cli.demo.stage import Stage
from core.files import ExportRow
from core.rules.window import Window
from simulator import Person
from simulator.page import Director, Role


def story_director(stage: Stage[Cast], window: Window) -> Director:
    """The story's phones."""
    return _panel(stage, window).director(_story_roles(stage))


def play_director(stage: Stage[Cast], window: Window) -> Director:
    """People who have done nothing yet, the official second, with what they can type; then those of the story."""
    players = [
        _role(stage.simulator.telegram.person(name, phone=row.phone), row) for name, row in stage.cast.players.items()
    ]
    return _panel(stage, window).director([*players[:1], *_posted(stage), *players[1:], *_story_roles(stage)])


@contextmanager
def directing(stage: Stage[Cast], director: Director) -> Iterator[None]:
    """Let this director drive the office on the page, and finish what it does before the office closes."""
    stage.simulator.page.show(director=director)
    try:
        yield
    finally:
        director.end()


def _panel(stage: Stage[Cast], window: Window) -> Panel:
    return Panel(
        stage.office,
        stage.clock,
        stage.folder,
        people={**stage.cast.players, **stage.cast.people},
        bot=stage.simulator.bot_username,
        window=window,
        policy=stage.policy,
    )


def _story_roles(stage: Stage[Cast]) -> list[Role]:
    chats = [_role(person, stage.cast.people[name]) for name, person in stage.chats.items()]
    return chats + [Role(phone=f"s{phone}", name=name) for name, phone in stage.cast.phones.items()]


def _posted(stage: Stage[Cast]) -> list[Role]:
    posting = stage.cast.posting
    if posting is None:
        return []
    return [Role(phone=stage.simulator.telegram.person(posting.name).phone_key, name=posting.name, hints=HINTS)]


def _role(person: Person, row: ExportRow) -> Role:
    hints = [("NIK", row.nik)]
    if row.receipt:
        hints += [("Resi", row.receipt), ("NIK dan resi sekaligus", f"{row.nik} {row.receipt}")]
    return Role(phone=person.phone_key, name=person.name, hints=tuple(hints))
