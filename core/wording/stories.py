"""What happened to a card, a line for each thing with its day, the newest last; never more than one message holds."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from core.rules.story import Chapter, StoryLine
from core.wording import Wording
from core.wording.dates import long_date
from core.wording.numbers import receipt_line
from core.wording.paragraphs import paragraphs

#: Telegram takes 4,096; heading, closing line and an office's own longer words need some room.
LONGEST_LINES = 3_500


def story_text(
    w: Wording, lines: Sequence[StoryLine], *, receipt_tail: str | None, data_as_of: date | None, zone: ZoneInfo
) -> str:
    """Older lines than one message holds are only counted. data_as_of: of the last import; a later line is newer."""
    written = [_line(w, line, zone) for line in lines]
    kept = _newest(written)
    if len(kept) < len(written):
        kept.insert(0, w.text("story-earlier", n=str(len(written) - len(kept))))
    days = [day for day in (data_as_of, *(line.at.astimezone(zone).date() for line in lines[-1:])) if day]
    closing = w.text("data-as-of", data=long_date(w, max(days))) if days else w.text("data-as-of-unknown")
    which = receipt_line(w, (receipt_tail,) if receipt_tail else ())
    return paragraphs(w.text("story-heading", resi=which), "\n".join(kept), closing)


def _newest(written: list[str]) -> list[str]:
    room, kept = LONGEST_LINES, list[str]()
    for line in reversed(written):
        room -= len(line) + 1
        if room < 0:
            break
        kept.insert(0, line)
    return kept


def _line(w: Wording, line: StoryLine, zone: ZoneInfo) -> str:
    return w.text("story-line", tanggal=long_date(w, line.at.astimezone(zone).date()), apa=_said(w, line))


def _said(w: Wording, line: StoryLine) -> str:
    match line.chapter:
        case Chapter.STAGE:
            return w.text(f"story-{line.stage}")
        case Chapter.LETTER_EXTENDED:
            return w.text("story-letter-extended", surat=_letter(w, line), berlaku=long_date(w, line.until or line.at))
        case Chapter.STOPPED:
            return w.text("story-stopped", layanan=_services(w, line), sebab=w.text(f"cause-{line.cause}"))
        case Chapter.RESUMED:
            return w.text("story-resumed", layanan=_services(w, line))
        case Chapter.TOLD:
            return w.text(f"story-told-{line.channel}", tentang=w.text(f"told-{line.kind}"))
        case Chapter.RECORDED:
            return w.text("story-recorded")
        case _:
            return w.text(f"story-{line.chapter}", surat=_letter(w, line))


def _letter(w: Wording, line: StoryLine) -> str:
    return w.text(f"letter-{line.letter}-short")


def _services(w: Wording, line: StoryLine) -> str:
    return ", ".join(w.text(f"service-{service}") for service in line.services)
