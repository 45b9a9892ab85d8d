"""Print plans in an operator's words."""

from collections.abc import Iterator, Mapping

from cli.show import counted, listed
from core.questions.next_prints import NextPrints, PrintStop
from core.questions.print_plans import PlanLine
from core.rules.print_queue import Line
from core.store.words import PlanOutcome, PlanState


def lines(by_line: Mapping[Line | None, int]) -> str:
    """12 spoiled before, 30 urgent, 408 first-timer."""
    return listed((line or "spoiled before", number) for line, number in by_line.items())


def remarks(chosen: NextPrints, asked: int) -> Iterator[str]:
    """What is worth knowing of how a plan was chosen."""
    stock, cards = chosen.stock, len(chosen.card_ids)
    if stock.free < asked:
        free = f"{counted(stock.free, 'blank is', 'blanks are')} free: the stock is {stock.stock:,}"
        promised = f", {stock.promised:,} of them promised to open plans" if stock.promised else ""
        yield f"! {asked:,} were asked for, and {free}{promised}"
    elif cards < asked:
        yield f"! {asked:,} were asked for, and nobody else can be printed now"
    if not chosen.knows_reasons:
        yield "! no list said why anybody gets a card, so everybody is ordinary: the oldest application comes first"
    yield from map(stopped, chosen.stops)
    if chosen.too_young:
        yield f"Left out until a birthday: {counted(chosen.too_young, 'person', 'people')}."


def stopped(stop: PrintStop) -> str:
    """That a suspension keeps people out of every plan."""
    since = f" for who was recorded from {stop.recorded_since} on" if stop.recorded_since else ""
    return f"! printing is suspended in {stop.region}{since} (suspension {stop.id}): these people are left out"


def standing(plan: PlanLine) -> str:
    """How a plan stands."""
    if plan.state is PlanState.OPEN:
        return f"open, {plan.left:,} to be printed"
    return plan.state


def outcomes(plan: PlanLine) -> str:
    """312 printed, 2 spoiled."""
    return listed((outcome, plan.outcomes[outcome]) for outcome in PlanOutcome)
