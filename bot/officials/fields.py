"""Fields that officials fill in by buttons: a day, and choices that are switched on and off."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from bot.officials.screens import Button, Screens
from core.rules.calendar import is_working_day
from core.rules.suspension import Service
from core.wording.dates import day_date

Word = TypeVar("Word", bound=StrEnum)

_IN_A_ROW = 2
#: On a toggle that is on.
_ON = "✓ "


def pressed_day(value: str) -> date | None:
    """The day of a button; None of one that was made up."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def word_of(kind: type[Word], value: str) -> Word | None:
    """The word of a button; None of one that was made up."""
    return kind(value) if value in [str(word) for word in kind] else None


def day_buttons(screens: Screens, then: str, *, days: int = 6, today: bool = True) -> list[list[Button]]:
    """The next days on which the office works, two in a row; the press comes to the screen `then`."""
    talk, day = screens.talk, screens.talk.local.date()
    found: list[date] = [day] if today else []
    while len(found) < days:
        day += timedelta(days=1)
        if is_working_day(talk.house.calendar, day):
            found.append(day)
    return in_rows([screens.button(day_date(talk.words, one), then, one.isoformat()) for one in found])


def service_buttons(
    screens: Screens, services: Sequence[Service], on: Collection[str], then: str
) -> list[list[Button]]:
    """A toggle for each service, and Lanjut."""
    talk = screens.talk
    toggles = [
        screens.button(
            f"{_ON if service in on else ''}{talk.text(f'service-{service}')}",
            then,
            service,
        )
        for service in services
    ]
    return [*in_rows(toggles), [screens.button(talk.text("button-next"), then, "next")]]


def toggled(on: Collection[str], value: str, services: Sequence[Service]) -> list[str]:
    """What is on after this press, in the usual order; a value that is no service changes nothing."""
    return [str(service) for service in services if (service in on) != (service == value)]


def in_rows(buttons: Sequence[Button]) -> list[list[Button]]:
    """Two in a row."""
    return [list(buttons[start : start + _IN_A_ROW]) for start in range(0, len(buttons), _IN_A_ROW)]
