"""What the terminal shows: what happens now, and the phones."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.text import Text

from cli.demo.cast import Cast
from cli.demo.stage import Stage

_REFRESH_SECONDS = 0.2
_PHONE_WIDTH = 46
_SHOWN_MESSAGES = 2
_SHOWN_LINES = 16


@contextmanager
def live(console: Console, stage: Stage[Cast], waiting: str, lines: list[str]) -> Iterator[None]:
    """Show the phones until the block ends. waiting: who does. lines: what happened so far, the newest last."""

    class Screen:
        def __rich__(self) -> RenderableType:
            return _screen(stage, waiting, lines)

    with Live(Screen(), console=console, refresh_per_second=1 / _REFRESH_SECONDS, screen=False):
        yield


def _screen(stage: Stage[Cast], waiting: str, lines: list[str]) -> RenderableType:
    sms = stage.simulator.sms.sent()
    head = Text.assemble(
        (f"{stage.clock():%A %d %B %Y, %H.%M} ", "bold"),
        (waiting, "dim"),
        f"\n{lines[-1] if lines else ''}\n",
        (f"SMS sent: {len(sms)} to {len({message.to for message in sms})} phones", "dim"),
    )
    return Group(Panel(head, title="Kabar KTP"), Columns(_phones(stage), width=_PHONE_WIDTH + 2))


def _phones(stage: Stage[Cast]) -> Iterator[Panel]:
    for name, person in stage.chats.items():
        yield _phone(f"{name} · Telegram", [(m.from_bot, m.text or "") for m in person.screen], "cyan")
    for name, phone in stage.cast.phones.items():
        yield _phone(f"{name} · SMS", [(True, sms.body) for sms in stage.simulator.sms.inbox(phone)], "green")


def _phone(title: str, messages: list[tuple[bool, str]], colour: str) -> Panel:
    """The newest messages; a resident's own question is not shown in full: it holds a NIK."""
    text = Text()
    for ours, body in messages[-_SHOWN_MESSAGES:]:
        shown = "\n".join(body.splitlines()[:_SHOWN_LINES]) if ours else _without_digits(body)
        text.append(shown + "\n\n", style="" if ours else "dim italic")
    return Panel(text, title=title, width=_PHONE_WIDTH, border_style=colour, title_align="left")


def _without_digits(text: str) -> str:
    return "".join("•" if letter.isdigit() else letter for letter in text)
