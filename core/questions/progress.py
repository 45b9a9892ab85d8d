"""How far a batch is, as its live message shows it."""

from sqlalchemy.orm import Session

from core.questions.batches import batch_by_name
from core.rules.progress import Progress
from core.store.words import BatchOrderWord, NoticeState

_MISSED = (NoticeState.UNREACHABLE, NoticeState.EXPIRED)


def batch_progress(session: Session, name: str) -> Progress:
    """Return how far a batch is; raise NotFound if there is no such batch. One notice counts as one person."""
    batch = batch_by_name(session, name)
    return Progress(
        told=batch.reached,
        waiting=batch.waiting,
        missed=sum(batch.states[state] for state in _MISSED),
        dropped=batch.states[NoticeState.OVERTAKEN] + batch.states[NoticeState.CANCELLED],
        trial=batch.states[NoticeState.TRIAL],
        paused=batch.order is BatchOrderWord.PAUSED,
        cancelled=batch.order is BatchOrderWord.CANCELLED,
        preparing=batch.preparing and batch.order is not BatchOrderWord.CANCELLED,
    )
