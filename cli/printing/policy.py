"""The print policy: which it is, and how many stand in each of its lines now."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cli.edge import opened, utc_now
from cli.printing.words import stopped
from cli.show import counted, say, table
from core.files.print_list import check_free
from core.files.print_policy import read_policy
from core.files.whole import written_whole
from core.questions.next_prints import print_stops, too_young
from core.questions.print_queue import print_queue
from core.rules.print_policy import MEANINGS, example_policy


def policy(
    example: Annotated[Path | None, typer.Option(help="write an annotated policy to this file, to change")] = None,
) -> None:
    """Who is printed before whom, and how many stand in each line now.

    Without KABAR_PRINT_POLICY: urgent, first-timers, elderly first-timers,
    whose list says no reason, replacements; in each the oldest application
    first. What was spoiled heads them all.

    Examples:

      kabar print policy
      kabar print policy --example policy.toml
    """
    if example is not None:
        check_free(example)
        with written_whole(example) as file:
            file.write(example_policy().encode())
        say(f"{example} is written. Change it, and name it in KABAR_PRINT_POLICY.")
        return
    with opened() as here:
        order = read_policy(here.settings.print_policy)
        today = utc_now().astimezone(here.zone).date()
        queue = here.office.read(partial(print_queue, policy=order, today=today))
        young = here.office.read(partial(too_young, today=today))
        stops = here.office.read(print_stops)
    say(f"The policy of {here.settings.print_policy}." if here.settings.print_policy else "The usual policy.")
    if order.recorded_before:
        say(f"A line of its own: who was recorded before {order.recorded_before}.")
    rows = [
        (place, line or "spoiled before", number, MEANINGS[line] if line else "its owner had her turn")
        for place, (line, number) in enumerate(queue.by_line().items())
    ]
    table(("turn#", "line", "waiting#", "who"), rows)
    say(f"{counted(len(queue), 'card waits', 'cards wait')} to be printed, and {young:,} for a birthday.")
    if len(queue) and not queue.knows_reasons:
        say("! no list said why anybody gets a card, so everybody is ordinary")
    for stop in stops:
        say("! printing is suspended for everybody" if stop.for_all else stopped(stop))
