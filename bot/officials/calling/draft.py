"""A call that is being put together in a conversation: what is known of it so far."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from aiogram.fsm.state import State, StatesGroup

from bot.officials.screens import Screens
from core.questions.regions import place
from core.rules.calls import CallTerms
from core.rules.hours import Shift
from core.wording.places import place_names

#: The parts of a call, in the order in which they are asked for.
DAY, HOURS, PLACE, PEOPLE = PARTS = ("day", "hours", "place", "people")
#: For judging a day before its hours are known: nothing of any working day is left out.
_ALL_DAY = (time(8), time(15))
_ANY_PEOPLE = 1


class Calling(StatesGroup):
    """What may be typed now."""

    day = State()
    hours = State()
    place = State()
    people = State()


def day_of(known: Mapping[str, Any]) -> date:
    """The first day."""
    return date.fromisoformat(known[DAY])


def hours_of(known: Mapping[str, Any]) -> Shift:
    """From when to when."""
    opens, closes = (time.fromisoformat(one) for one in known[HOURS])
    return opens, closes


def keep_hours(known: dict[str, Any], hours: Shift) -> None:
    """Note from when to when."""
    known[HOURS] = [f"{one:%H:%M}" for one in hours]


def terms_of_draft(known: Mapping[str, Any], *, day: date | None = None) -> CallTerms:
    """The call as it stands; what is not known yet as it would stand in no call's way. day: in place of its own."""
    opens, closes = hours_of(known) if HOURS in known else _ALL_DAY
    return CallTerms(
        point=known["point"],
        first_day=day or day_of(known),
        opens=opens,
        closes=closes,
        place=known.get(PLACE),
        per_day=known.get(PEOPLE, _ANY_PEOPLE),
    )


def known_of_terms(terms: CallTerms, changing: int) -> dict[str, Any]:
    """A call that was made, to be changed."""
    known: dict[str, Any] = {
        "point": terms.point,
        DAY: terms.first_day.isoformat(),
        PLACE: terms.place,
        PEOPLE: terms.per_day,
        "changing": changing,
    }
    keep_hours(known, (terms.opens, terms.closes))
    return known


def point_name(screens: Screens) -> str:
    """The pickup point, in full."""
    return place_names(screens.talk.words, place(screens.talk.session, screens.known["point"]))[0]


def said_place(screens: Screens) -> str:
    """Where people come, as it is told to them."""
    return screens.known.get(PLACE) or point_name(screens)
