"""Whether so many people are told: more than a few hundred are for the operator to say."""

from collections.abc import Callable

import typer

from cli.edge import can_ask
from cli.show import say
from core.jobs.importing import TELLS_WITHOUT_ASKING

#: Exit code of a command that has shown what it would do and waits to be told.
ASKS_FIRST = 3


def may_tell(people: int, show: Callable[[], None], *, tell: bool, quiet: bool) -> bool:
    """Whether so many people are told; stops the command, having shown, when that is for the operator to say."""
    if quiet:
        return False
    if tell or people <= TELLS_WITHOUT_ASKING:
        return True
    show()
    if can_ask():
        answer = typer.prompt(f"{people:,} people would be told. tell, quiet or stop?", default="stop", err=True)
        if answer in ("tell", "quiet"):
            return bool(answer == "tell")
    say(
        "",
        f"{people:,} people would be told, more than {TELLS_WITHOUT_ASKING}; nothing was changed. Run it again with",
        "  --tell    to tell them, within the hours and the pace of the settings",
        "  --quiet   to take the rows in and tell nobody of them",
    )
    raise typer.Exit(ASKS_FIRST)
