"""Whose turn it is in Jember, by arithmetic on the list alone: what the office's plans are compared with."""

from collections import Counter
from collections.abc import Iterable
from functools import partial

from sqlalchemy.orm import Session

from cli.demo.cast import cards_by_phone
from cli.demo.stage import DemoFailedError, Stage
from cli.demo.stories.jember.cast import HADI, UMAR, JemberCast
from core.files import ExportRow
from core.questions.print_plans import newest_plans, places_of
from core.questions.residents import known_resident

#: The story's, for a queue of 120.
A_DAYS_PRINTS = 40


def first_day(cast: JemberCast) -> list[ExportRow]:
    """Hadi, who is sick, then the oldest recordings."""
    return [cast.people[HADI], *_in_turn(cast)[: A_DAYS_PRINTS - 1]]


def second_day(cast: JemberCast) -> list[ExportRow]:
    """Umar, whose card was spoiled, then the next oldest."""
    first = A_DAYS_PRINTS - 1
    return [cast.people[UMAR], *_in_turn(cast)[first : first + A_DAYS_PRINTS - 1]]


def printed(cast: JemberCast) -> list[ExportRow]:
    """Everybody whose card is printed after both days."""
    return [row for row in first_day(cast) if row is not cast.people[UMAR]] + second_day(cast)


def by_phone(people: Iterable[ExportRow]) -> Counter[str]:
    """Return how many of these cards stand behind each phone; in this list nobody's is a clerk's."""
    return cards_by_phone(people, Counter())


def newest_plan(stage: Stage[JemberCast]) -> int:
    """Return the id of the plan that was made last."""
    return stage.office.read(partial(newest_plans, most=1))[0].id


def check_plan(stage: Stage[JemberCast], people: Iterable[ExportRow]) -> None:
    """Raise DemoFailedError unless the newest plan is of these people, in this order."""
    plan_id = newest_plan(stage)

    def same(session: Session) -> bool:
        planned = [place.resident_id for place in places_of(session, plan_id, stage.policy)]
        return planned == [known_resident(session, row.nik).id for row in people]

    if not stage.office.read(same):
        raise DemoFailedError("a plan has other people in it than the story says, or another order")


def _in_turn(cast: JemberCast) -> list[ExportRow]:
    return [row for row in cast.older if row is not cast.people[HADI]]
