"""What stands on a slip: nothing of whose it is. Printed, so always in Indonesian, the language of the counter."""

from dataclasses import dataclass
from datetime import date

from core.rules.receipt import TAIL, grouped
from core.wording import Wording
from core.wording.dates import long_date


@dataclass(frozen=True, slots=True, repr=False)
class SlipText:
    """From top to bottom. use: how to reach us. It has no representation, because it holds the code."""

    title: str
    office: str
    code_label: str
    code: str
    use: tuple[str, ...]
    advice: tuple[str, ...]
    free: str
    made: str


def slip_text(w: Wording, *, office: str, code: str, bot: str | None, made_on: date) -> SlipText:
    """office: its name. bot: what Telegram calls the bot; None while nobody knows."""
    return SlipText(
        title=w.text("slip-title"),
        office=office,
        code_label=w.text("slip-code"),
        code=grouped(code),
        use=_use(w, bot),
        advice=(w.text("slip-genuine", akhir=code[-TAIL:]), w.text("slip-bring"), w.text("slip-keep")),
        free=w.text("slip-free"),
        made=w.text("slip-made", tanggal=long_date(w, made_on)),
    )


def _use(w: Wording, bot: str | None) -> tuple[str, ...]:
    if bot is None:
        return (w.text("slip-use-without-bot"),)
    return w.text("slip-scan"), w.text("slip-bot", bot=bot), w.text("slip-use", bot=bot)
