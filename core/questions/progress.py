"""How far a batch is, as its live message shows it."""

from core.questions.batches import Batch
from core.rules.progress import Progress
from core.store.words import BatchOrderWord, NoticeState

_MISSED = (NoticeState.UNREACHABLE, NoticeState.EXPIRED)


def progress_of(batch: Batch) -> Progress:
    """Return how far a batch is. One notice counts as one person; who is being told right now still waits."""
    return Progress(
        told=batch.reached,
        waiting=batch.total - batch.ended,
        missed=sum(batch.states[state] for state in _MISSED),
        dropped=batch.states[NoticeState.OVERTAKEN] + batch.states[NoticeState.CANCELLED],
        trial=batch.states[NoticeState.TRIAL],
        paused=batch.order is BatchOrderWord.PAUSED,
        cancelled=batch.order is BatchOrderWord.CANCELLED,
        preparing=batch.preparing and batch.order is not BatchOrderWord.CANCELLED,
    )
