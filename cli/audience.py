"""Whom the news of a stop or of its end reaches: shown beforehand with its text, asked about, and put."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from cli.edge import Here, can_ask, utc_now
from cli.show import counted, listed, say, screen
from core.jobs.broadcasting import prepare_broadcasts
from core.questions.notices import reach_of
from core.questions.regions import office_words
from core.rules.delivery import Channel
from core.rules.notices import NoticeWords
from core.wording import Wording
from core.wording.notices import sms_text, telegram_text

#: More SMS than this at once cost enough to be asked about (design.md, "Speaking first").
SMS_WITHOUT_ASKING = 100
ASKS_FIRST = 3

Audience = Counter[Channel | None]


def show_audience(here: Here, audience: Audience) -> None:
    """How many are told by which channel, and what the SMS cost."""
    say(f"{counted(audience.total(), 'person waits', 'people wait')}: {by_channel(audience)}.{_cost(here, audience)}")


def show_texts(here: Here, words: NoticeWords, *, sms: bool) -> None:
    """The exact text; of what differs from one to the other it shows the fullest."""
    wording, office = Wording(here.settings.wording), here.office.read(office_words)
    say("", "On Telegram:", "", telegram_text(wording, office, words))
    if sms:
        say("", "By SMS:", "", sms_text(wording, office, words))


def ask_for_sms(here: Here, audience: Audience) -> None:
    """Go on only if somebody says yes to so many SMS; exit code 3 otherwise."""
    show_audience(here, audience)
    question = f"{audience[Channel.SMS]:,} SMS cost money. Send them?"
    if can_ask() and typer.confirm(question, err=True):
        return
    say(
        f"{audience[Channel.SMS]:,} SMS would leave, more than {SMS_WITHOUT_ASKING}; nothing was changed. "
        "Run it again with --yes, or without --sms."
    )
    raise typer.Exit(ASKS_FIRST)


def prepare(here: Here, broadcast_ids: Collection[int], *, people: int | None) -> None:
    """Put the notices of these broadcasts, and say how many leave by which channel."""
    if not broadcast_ids:
        say("Nobody is written to about this; the answers say it.")
        return
    with _bar(people) as progress:
        prepare_broadcasts(here.office, now=utc_now, polite=here.polite, progress=progress)
    reach: Audience = Counter()
    for id_ in broadcast_ids:
        reach += here.office.read(lambda session, id_=id_: reach_of(session, id_))  # type: ignore[misc]
    say(f"To be told: {by_channel(reach)}.")


def by_channel(reach: Audience) -> str:
    """12 by Telegram, 3 by SMS, 4 not reached."""
    return listed(
        [("by Telegram", reach[Channel.TELEGRAM]), ("by SMS", reach[Channel.SMS]), ("not reached", reach[None])]
    )


def _cost(here: Here, audience: Audience) -> str:
    price = here.settings.sms_price
    if price is None or not audience[Channel.SMS]:
        return ""
    return f" The SMS cost about {price * audience[Channel.SMS]:,} ({price:,} each)."


@contextmanager
def _bar(people: int | None) -> Iterator[Callable[[int], None]]:
    """A bar on standard error; nothing where nobody looks."""
    console = screen(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("notices", total=people)
        yield lambda put: progress.update(task, completed=put)
