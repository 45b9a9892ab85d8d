"""How many cards are at which stage, and where their people live.

Of a million cards, 7 in 10 handed over, on SQLite / PostgreSQL: GROUP BY stage takes 78 / 102 ms, sums over CASE
440 / 122 ms, one count for each stage 52 / 92 ms, and that without the most numerous stage, which is what is left of
all cards, 22 / 77 ms. With the oldest day of each stage every card has to be read: 440 / 115 ms. By village, with each
card's resident looked up, 0.9 / 0.55 s; by district in the database 1.2 / 0.6 s, because it would cut a million codes
instead of some hundred. benchmarks/figures.py measures what is used.
"""

from collections import Counter

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core.rules.card import Stage
from core.rules.figures import CardGroup, Cards
from core.store.tables import Card, Resident

#: In every office the most, after a few years; where it is not, all this is only slower.
_MOST = Stage.HANDED_OVER
_COUNTED = tuple(stage for stage in Stage if stage is not _MOST)


def cards_by_stage(session: Session) -> Counter[Stage]:
    """Return how many cards are at each stage: one statement, so one moment, also among writers."""
    counts = [select(func.count()).where(Card.stage == stage).scalar_subquery() for stage in _COUNTED]
    everything = select(func.count()).select_from(Card).scalar_subquery()
    total, *each = session.execute(select(everything, *counts)).one()
    return Counter(dict(zip(_COUNTED, each, strict=True)) | {_MOST: total - sum(each)})


def cards_by_village(session: Session, *, region: str | None = None) -> Cards:
    """Return all cards by village and stage. region: only of this district or village.

    For a reader's snapshot: in a writer's transaction it would keep others waiting.
    """
    query = (
        select(Resident.village, Card.stage, func.count(), func.min(Card.queued_on), func.count(Card.urgent))
        .join(Resident, Resident.id == Card.resident_id)
        .group_by(Resident.village, Card.stage)
    )
    if region is not None:
        inside = Resident.village.startswith(f"{region}.", autoescape=True)
        query = query.where(or_(Resident.village == region, inside))
    return Cards([CardGroup(*row) for row in session.execute(query)])
