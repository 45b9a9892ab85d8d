"""What an import would do and did, in numbers."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from cli.show import counted, listed, say, table
from core.jobs.import_plan import ImportPlan
from core.jobs.remarks import Remarks, Sort

#: In the order of the summary; the first five are rows that changed something.
_MEANINGS = {
    "new": "seen for the first time",
    "reissued": "a new card of somebody known",
    "moved": "the card moved",
    "noted": "a new status that moves no card",
    "corrected": "the same status, other details",
    "unchanged": "as we have it",
    "older": "older than what we have",
}
_TAKEN = tuple(_MEANINGS)[:5]
_SHOWN_REASONS = 8
_LONG_WITHOUT_RECORDING = timedelta(days=30)


def told(plan: ImportPlan) -> int:
    """How many people would be told: those whom a channel reaches."""
    return sum(count for (_, channel), count in plan.would_tell.items() if channel)


def show_assumed_day(plan: ImportPlan) -> None:
    """That the list is taken for today's, said before anything is done: an old one would move cards to old stages."""
    if not plan.day_assumed or not plan.rows:
        return
    say(f"! no date in the title: taken as of {plan.as_of}; give --as-of DAY if the list is older")
    newest = plan.newest_recorded or plan.as_of
    if plan.as_of - newest > _LONG_WITHOUT_RECORDING:
        days = (plan.as_of - newest).days
        say(f"! nobody in it was recorded after {newest}, {days} days before: is the list that old?")


def show_plan(plan: ImportPlan) -> None:
    """What the file would do."""
    say(f"{_list(plan)}: data per {plan.as_of}")
    _show_counts(plan, plan.verdicts)
    if not plan.would_tell:
        say("Nobody would be told.")
        return
    rows = [
        (kind, channel or "not reached", count) for (kind, channel), count in sorted(plan.would_tell.items(), key=str)
    ]
    table(("who would be told of", "by", "people#"), rows)


def show_result(plan: ImportPlan, counts: Mapping[str, int], *, tells: bool) -> None:
    """What the import did."""
    say(f"{_list(plan)}: data per {plan.as_of}")
    _show_counts(plan, counts)
    show_refused(plan)
    taken = sum(counts.get(word, 0) for word in _TAKEN)
    same = sum(counts.get(word, 0) for word in ("unchanged", "older"))
    say("", f"{counted(taken, 'row')} taken, {same:,} changed nothing, {len(plan.refused):,} refused.")
    by_channel: Counter[str] = Counter()
    for (_, channel), count in plan.would_tell.items():
        by_channel[channel or "not reached by any channel"] += count
    if by_channel:
        say(f"To be told: {listed(sorted(by_channel.items()))}." if tells else "Nobody is told of it, as you asked.")


def _list(plan: ImportPlan) -> str:
    return f"{plan.path.name}, sheet {plan.sheet}" if plan.sheet else plan.path.name


def _show_counts(plan: ImportPlan, counts: Mapping[str, int]) -> None:
    rows = [(word, counts[word], meaning) for word, meaning in _MEANINGS.items() if counts.get(word)]
    rows += [("refused", len(plan.refused), "see below")] if plan.refused else []
    if rows:
        table(("what", "rows#", "meaning"), rows)
    show_grouped("taken, but look at these", plan.warnings)


def show_refused(plan: ImportPlan) -> None:
    """Why rows were refused, and where they lie to be corrected."""
    if not plan.refused:
        return
    show_grouped("refused", plan.refused)
    say(f"The refused rows are in {plan.refused_path}: correct them there and import that file.")


def show_grouped(title: str, remarks: Remarks) -> None:
    """Remarks of the same sort together, the most frequent first, with the rows they begin with."""
    sorts = remarks.sorts()
    if not sorts:
        return
    lines = [(sort.rows_in_all, _rows(sort), sort.column, sort.why) for sort in sorts[:_SHOWN_REASONS]]
    table(("number#", "rows", "column", "why"), lines, title=title)
    if len(sorts) > _SHOWN_REASONS:
        say(f"… and {counted(len(sorts) - _SHOWN_REASONS, 'reason')} more.")


def _rows(sort: Sort) -> str:
    first = ", ".join(map(str, sort.rows))
    return f"{first} …" if sort.rows_in_all > len(sort.rows) else first
