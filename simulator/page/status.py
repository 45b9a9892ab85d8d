"""What the page shows besides phones: the clock, what is going on, the office, and the faults on order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from simulator.faults import Faults
from simulator.page.director import Action, Director
from simulator.page.phones import local
from simulator.page.switches import SWITCHES, orders_shown
from simulator.telegram_messages import Json
from simulator.telegram_state import Telegram


@dataclass(slots=True)
class Scene:
    """caption: what is going on. locked: why nobody may touch anything now; empty when everybody may."""

    caption: str = ""
    locked: str = ""
    director: Director | None = None
    office: Sequence[tuple[str, str]] = field(default_factory=list)
    tasks: Sequence[tuple[str, str]] = field(default_factory=list)


def status_of(scene: Scene, telegram: Telegram, faults: Faults) -> Json:
    """Everything as JSON; the clock to the minute, so that a running one is told of once a minute."""
    director = scene.director
    clock = director.clock if director else None
    return {
        "clock": {"now": _minute(telegram.now()), "movable": clock is not None, "runs": clock is None or clock.runs},
        "caption": scene.caption,
        "locked": scene.locked,
        "office": [list(line) for line in scene.office],
        "tasks": [list(task) for task in scene.tasks],
        "actions": [offered(action) for action in director.actions.values()] if director else [],
        "cast": [{"phone": role.phone, "hints": role.hints} for role in director.cast] if director else [],
        "faults": orders_shown(faults),
        "throttled": telegram.throttled,
    }


def greeting(telegram: Telegram) -> Json:
    """What never changes: who the bot is, and which faults there are."""
    bot = telegram.bot
    return {
        "bot": {"name": bot["first_name"], "username": bot["username"]},
        "switches": [{"name": name, "label": switch.label} for name, switch in SWITCHES.items()],
    }


def offered(action: Action) -> Json:
    """An action and its fields, as the page draws them."""
    return {
        "name": action.name,
        "label": action.label,
        "about": action.about,
        "fields": [
            {
                "name": field.name,
                "label": field.label,
                "kind": field.kind,
                "options": field.options,
                "optional": field.optional,
                "sample": field.sample is not None,
            }
            for field in action.fields
        ],
    }


def _minute(now: datetime) -> str:
    return local(now.replace(second=0), now.tzinfo)
