"""A batch in an operator's words: what it is about, how far it is, how it stands."""

from zoneinfo import ZoneInfo

from core.questions.batches import Batch
from core.rules.notices import Kind
from core.store.words import BatchOrderWord

_OF_A_STOP = {
    Kind.SUSPENDED: "stopped",
    Kind.SUSPENSION_MOVED: "expected back on another day",
    Kind.RESUMED: "back",
}
_BY_NAME = {"sfe": "needs an officer: too long at the centre,", "pickup": "another pickup day, because of suspension"}
_BAR = 10


def about(batch: Batch, zone: ZoneInfo) -> str:
    """What it tells people of."""
    told = batch.about
    if told.as_of is not None:
        return f"import, data of {told.as_of}"
    if told.plan_id is not None:
        return f"printed, plan {told.plan_id}"
    if told.call_id is not None:
        return f"{'called to' if told.kind is Kind.CALLED else 'called off at'} {told.point}, call {told.call_id}"
    if told.kind is None:
        origin, _, number = batch.name.partition(":")
        return f"{_BY_NAME[origin]} {number}" if origin in _BY_NAME else "–"
    if told.form is not None:
        return f"announcement, {told.form}, in {told.region}"
    if told.since is None:
        return told.kind
    since = told.since.astimezone(zone).date()
    what = _OF_A_STOP.get(told.kind, told.kind)
    return f"{', '.join(told.services)} {what} (suspension {told.suspension_id}, since {since})"


def percent(batch: Batch) -> str:
    """How much of it has ended; what is being put has no end to measure by."""
    if batch.preparing:
        return "…"
    return f"{100 * batch.ended // batch.total}%" if batch.total else "–"


def bar(batch: Batch, width: int = _BAR) -> str:
    """The same as a bar."""
    filled = width * batch.ended // batch.total if batch.total and not batch.preparing else 0
    return "█" * filled + "░" * (width - filled)


def standing(batch: Batch) -> str:
    """What holds for it now."""
    if batch.order is BatchOrderWord.CANCELLED:
        return "cancelled"
    if not batch.is_open:
        return "done"
    waits = f"{batch.waiting:,} wait" if batch.waiting else "in flight"
    if batch.order is BatchOrderWord.PAUSED:
        return f"paused, {waits}"
    return f"being put, {waits}" if batch.preparing else waits
