"""Figures on the screen: a section for each part of the work."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from cli.show import counted, facts, listed, moment, say, table
from core.files.figure_rows import Row
from core.rules.card import Stage
from core.rules.figures import STAGES, Cards, DayFigures, OfficeFigures, Stop, usual_output

#: Short enough for all stages to stand beside one another.
_SHORT = {
    Stage.RECORDED: "recorded",
    Stage.AT_CENTRE: "centre",
    Stage.NEEDS_OFFICER: "officer",
    Stage.PRINT_READY: "print",
    Stage.PRINTED: "printed",
    Stage.SHIPPED: "shipped",
    Stage.READY_FOR_PICKUP: "ready",
    Stage.HANDED_OVER: "handed",
    Stage.CLOSED: "closed",
}
_LETTERS = ("asked", "issued", "ready", "collected", "expired", "void")
#: What becomes of a notice, in as many columns as a screen has; the rest are overtaken, cancelled, or of the trial.
_OUTCOMES = {
    "waiting": ("waiting", "sending"),
    "told": ("told", "told-on-shared-phone"),
    "in doubt": ("in-doubt",),
    "unreachable": ("unreachable",),
    "expired": ("expired",),
}


def show_office(figures: OfficeFigures, names: Mapping[str, str], zone: ZoneInfo) -> list[Row]:
    """Everything; returns no rows, because it was shown."""
    brief = figures.brief
    say(f"Data per {brief.data_as_of or 'no import yet'}; counted on {brief.today}", "")
    _stages(figures.cards, title="Cards")
    _places(figures.cards.by_district(), {code: f"{name} ({code})" for code, name in names.items()}, "District")
    _letters(figures.letters)
    _blanks(figures)
    _output(figures)
    _notices(figures.notices)
    oldest = moment(brief.boxes.oldest, zone)
    boxes = f"{brief.boxes.under_way:,} under way, {brief.boxes.late:,} late" + (f", since {oldest}" if oldest else "")
    facts((("Boxes", boxes), ("Unclaimed over 30 days", brief.unclaimed)))
    _stops(brief.stops)
    return []


def show_district(cards: Cards, name: str, villages: Mapping[str, str], as_of: date | None) -> list[Row]:
    """The cards of one district; letters, blanks and output are the office's."""
    say(f"Data per {as_of or 'no import yet'}; cards of {name} alone", "")
    _stages(cards, title="Cards")
    _places(cards.by_village(), {code: f"{village} ({code})" for code, village in villages.items()}, "Village")
    return []


def show_day(day: DayFigures, zone: ZoneInfo) -> list[Row]:
    """What a day brought."""
    say(f"What {day.day} brought, from 0.00 to 24.00 {zone.key}", "")
    came = listed((f"to {_SHORT[stage]}", day.came.get(stage, 0)) for stage in STAGES)
    facts(
        (
            ("Cards first seen", day.seen),
            ("Cards that moved", came),
            ("Handed over", day.handed_over),
            ("Printed", f"{day.printed:,}, of these {day.printed_urgent:,} as urgent"),
            ("Blanks", listed((kind, abs(quantity)) for kind, quantity in sorted(day.blanks.items()))),
            ("Stock at its end", day.stock),
            ("Letters issued", day.letters_issued),
            ("Letters", listed((kind.removeprefix("letter-"), count) for kind, count in sorted(day.letters.items()))),
            ("Boxes", f"{day.boxes_sent:,} sent, {day.boxes_arrived:,} arrived"),
            ("Notices owed", listed(sorted(day.owed.items()))),
        )
    )
    _notices(day.ended)
    _stops(day.stops)
    return []


def _stages(cards: Cards, *, title: str) -> None:
    counts = cards.by_stage()
    table(
        ("Stage", "Cards#", "Oldest"),
        [(stage, counts[stage], cards.oldest(stage)) for stage in STAGES] + [("all", counts.total(), None)],
        title=title,
    )
    say(f"Printed as urgent, before their turn: {cards.printed_urgent:,}", "")


def _places(places: Mapping[str, Counter[Stage]], names: Mapping[str, str], what: str) -> None:
    table(
        (what, *(f"{_SHORT[stage]}#" for stage in STAGES), "all#"),
        [(names.get(code, code), *(counts[s] for s in STAGES), counts.total()) for code, counts in places.items()],
        title=f"By {what.lower()}",
    )


def _letters(letters: Mapping[tuple[str, str], int]) -> None:
    kinds = sorted({kind for kind, _ in letters})
    rows = [(kind, *(letters.get((kind, state), 0) for state in _LETTERS)) for kind in kinds]
    if rows:
        table(("Letter", *(f"{state}#" for state in _LETTERS)), rows, title="Letters")


def _blanks(figures: OfficeFigures) -> None:
    blanks = figures.brief.blanks
    if not blanks.kept:
        say("Blanks: none were ever noted here, so nobody knows the stock.", "")
        return
    names = ("received", "used", "spoiled", "adjusted", "stock", "promised")
    table([f"{name}#" for name in names], [[getattr(blanks, name) for name in names]], title="Blanks")


def _output(figures: OfficeFigures) -> None:
    brief = figures.brief
    usual = usual_output(brief.output)
    said = f"{usual[0]:,} to {usual[1]:,} on a usual working day" if usual else "nothing printed in that time"
    say(
        f"Printed today: {brief.printed_today:,}. The last {counted(len(brief.output), 'working day')}, newest first: "
        + (", ".join(f"{printed:,}" for _, printed in sorted(brief.output.items(), reverse=True)) or "none")
        + f"; {said}.",
        "",
    )


def _notices(notices: Mapping[tuple[str, str], int]) -> None:
    rows = []
    for kind in sorted({kind for kind, _ in notices}):
        total = sum(count for (of, _), count in notices.items() if of == kind)
        told = [sum(notices.get((kind, state), 0) for state in states) for states in _OUTCOMES.values()]
        rows.append((kind, *told, total - sum(told)))
    if rows:
        table(("Notice", *(f"{outcome}#" for outcome in _OUTCOMES), "other#"), rows, title="Notices")


def _stops(stops: Iterable[Stop]) -> None:
    rows = [(stop.id, ", ".join(stop.note.services), stop.region, stop.note.since, stop.note.cause) for stop in stops]
    if rows:
        table(("No#", "Services", "Region", "Since", "Cause"), rows, title="Suspended")
    else:
        say("Suspended: nothing.")
