"""One frame: everything that is known at this moment, drawn for a screen of any size."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from cli.batch_words import about, bar, percent
from cli.watch.sender import SenderSays
from core.questions.batches import Batch
from core.questions.lanes import InLane, Lane
from core.questions.watching import OUTCOMES_OVER, Lately, Scene
from core.rules.delivery import Channel, Sent
from core.rules.window import Window
from core.store.words import BatchOrderWord

#: Lines that all but the batches need.
_OTHER_LINES = 17


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one frame shows. at_work: whether somebody holds the office; sender: what it tells of itself, if it does.

    trouble: the kind of error that kept the database from being read just now; what is shown is older then.
    """

    office: str
    zone: ZoneInfo
    now: datetime
    window: Window
    live: bool
    scene: Scene
    lately: Lately
    at_work: bool
    sender: SenderSays | None
    trouble: str | None = None


def frame(seen: Seen, *, lines: int | None = None) -> RenderableType:
    """Draw what was seen. lines: of the screen; of more batches than fit the newest are drawn. None: all of them."""
    most = None if lines is None else max(1, lines - _OTHER_LINES)
    return Group(*_top(seen), Text(), _lanes(seen), Text(), *_batches(seen, most), Text(), _rest(seen), *_alarms(seen))


def _top(seen: Seen) -> Iterator[RenderableType]:
    title = Table.grid(expand=True)
    title.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    title.add_column(no_wrap=True, justify="right")
    title.add_row(Text(seen.office, "bold"), Text(f"{seen.now.astimezone(seen.zone):%a %d %b %H:%M:%S}", "bold"))
    yield title
    yield _work(seen)
    yield Text(_hours(seen), no_wrap=True, overflow="ellipsis")


def _work(seen: Seen) -> Text:
    if not seen.at_work:
        return Text("○ nobody is at work, so nothing is answered or sent; start it: kabar run", "bold red")
    holders = seen.scene.signs.holders
    name = holders[0].name if holders else (seen.sender and seen.sender.holder) or "kabar run"
    since = f" since {_moment(holders[0].since, seen)}" if holders else ""
    said = [f"● at work: {name}{since}", f"{seen.scene.in_flight:,} in flight"]
    if seen.sender and seen.sender.answers_waiting:
        said.append(f"{seen.sender.answers_waiting:,.0f} answers in line")
    if seen.sender and seen.sender.chats_held:
        said.append(f"{seen.sender.chats_held:,.0f} chats held")
    if seen.sender and seen.sender.bot_held_seconds:
        said.append(f"the whole bot held for {seen.sender.bot_held_seconds:,.0f} s")
    return Text(" · ".join(said), "green", no_wrap=True, overflow="ellipsis")


def _hours(seen: Seen) -> str:
    said = "" if seen.live else "trial: only trial addresses get anything · "
    closes = seen.window.end(seen.now, seen.zone)
    if closes is None:
        return f"{said}people are written to at any hour"
    if seen.window.is_open(seen.now, seen.zone):
        return f"{said}people are written to until {closes:%H:%M}"
    return f"{said}people are written to from {_moment(seen.window.next_opening(seen.now, seen.zone), seen)} on"


def _lanes(seen: Seen) -> Table:
    found = {(one.channel, one.lane): one for one in seen.scene.signs.lanes}
    grid = Table.grid(padding=(0, 2), expand=False)
    grid.add_column(no_wrap=True, min_width=9)
    for _ in Channel:
        grid.add_column(no_wrap=True, justify="right", min_width=10)
        grid.add_column(no_wrap=True, justify="right", min_width=9)
    grid.add_row(Text("waiting", "bold"), *(Text(word, "bold") for one in Channel for word in (one, "oldest")))
    for lane in Lane:
        of_lane = [found[channel, lane] for channel in Channel]
        if lane in (Lane.SINGLE, Lane.BATCH) or any(one.waiting for one in of_lane):
            grid.add_row(Text(lane), *(cell for one in of_lane for cell in _waiting(one, seen.now)))
    grid.add_row(Text("a second"), *(cell for channel in Channel for cell in (Text(_speed(seen, channel)), Text())))
    return grid


def _waiting(one: InLane, now: datetime) -> tuple[Text, Text]:
    if not one.waiting:
        return Text("–", "dim"), Text()
    oldest = Text(lasting(timedelta(seconds=one.oldest_seconds(now)))) if one.due_since else Text("not due", "dim")
    return Text(f"{one.waiting:,}"), oldest


def _speed(seen: Seen, channel: Channel) -> str:
    pace = seen.sender.pace.get(channel) if seen.sender else None
    measured = f"{seen.scene.speed.get(channel, 0):.1f}"
    return f"{measured} of {pace:g}" if pace else measured


def _batches(seen: Seen, most: int | None) -> Iterator[RenderableType]:
    batches = seen.scene.batches
    if not batches:
        yield Text("no batch is open", "dim")
        return
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    for _ in range(5):
        grid.add_column(no_wrap=True, justify="right")
    for batch in batches[:most]:
        grid.add_row(*(Text(cell) for cell in _batch(batch, seen)))
    yield grid
    if len(batches[:most]) < len(batches):
        yield Text(f"and {len(batches) - len(batches[:most]):,} more: kabar batches", "dim")


def _batch(batch: Batch, seen: Seen) -> Iterator[str]:
    yield batch.name
    yield about(batch, seen.zone)
    yield bar(batch)
    yield percent(batch)
    yield f"{batch.ended:,}/{batch.total:,}"
    speed, left = seen.scene.batch_speed.get(batch.name), seen.scene.left(batch) if seen.at_work else None
    yield f"{speed:.1f}/s" if speed else ""
    if batch.order is not None:
        yield batch.order
    elif batch.preparing:
        yield "being put"
    else:
        yield f"{lasting(left)} left" if left is not None else "waits" if batch.waiting else "in flight"


def _rest(seen: Seen) -> Table:
    signs = seen.scene.signs
    grid = Table.grid(padding=(0, 2), expand=True)
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(ratio=1)
    minutes = round(OUTCOMES_OVER.total_seconds() / 60)
    grid.add_row(f"last {minutes} minutes", Text(_outcomes(seen)))
    oldest = f", oldest for {lasting(seen.now - signs.updates_since)}" if signs.updates_since else ""
    grid.add_row("inbox", Text(f"{signs.updates_waiting:,} waiting{oldest}; {signs.updates_set_aside:,} set aside"))
    hint = " (kabar notices --doubt)" if signs.in_doubt else ""
    grid.add_row("in doubt", Text(f"{signs.in_doubt:,}{hint}"))
    lately = seen.lately
    data = f", data of {lately.import_as_of}" if lately.import_as_of else ""
    grid.add_row("last import", Text(f"{_moment(lately.imported_at, seen) or 'never'}{data}"))
    grid.add_row("last backup", Text(_moment(lately.backed_up_at, seen) or "never"))
    return grid


def _outcomes(seen: Seen) -> str:
    said = []
    for channel in Channel:
        mine = {outcome: number for (of, outcome), number in seen.scene.outcomes.items() if of is channel}
        if mine:
            order = sorted(mine, key=lambda outcome: (outcome != Sent.__name__, outcome or ""))
            said.append(f"{channel} " + ", ".join(f"{mine[one]:,} {one or 'not back'}" for one in order))
    return "; ".join(said) or "nothing was sent"


def _alarms(seen: Seen) -> Iterator[Text]:
    for one in seen.scene.signs.stopped:
        trial = " It is being tried again, one message at a time." if one.on_trial else ""
        yield Text(f"! {one.channel} stopped, since {_moment(one.since, seen)}: {one.hint}{trial}", "bold red")
    paused = [batch.name for batch in seen.scene.batches if batch.order is BatchOrderWord.PAUSED]
    if paused:
        yield Text(f"! paused by an operator: {', '.join(paused)} (kabar batch resume NAME)", "yellow")
    if seen.trouble is not None:
        yield Text(f"! the database does not answer ({seen.trouble}); shown is what was known before", "bold red")


def _moment(at: datetime | None, seen: Seen) -> str:
    """As short as it can be understood today."""
    if at is None:
        return ""
    local = at.astimezone(seen.zone)
    same_day = local.date() == seen.now.astimezone(seen.zone).date()
    return f"{local:%H:%M}" if same_day else f"{local:%Y-%m-%d %H:%M}"


def lasting(span: timedelta) -> str:
    """How long, in one unit: 42 s, 7 min, 5 h, 3 days."""
    seconds = max(0, round(span.total_seconds()))
    if seconds < 120:
        return f"{seconds} s"
    if seconds < 2 * 3600:
        return f"{seconds // 60} min"
    return f"{seconds // 3600} h" if seconds < 48 * 3600 else f"{seconds // 86400} days"
