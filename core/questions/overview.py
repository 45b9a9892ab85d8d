"""What an operator looks at first: what waits, what stopped, how old the data is."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.questions.halts import HaltedChannel, open_halts
from core.questions.notices import waiting_by_channel
from core.questions.regions import data_as_of
from core.rules.delivery import Channel
from core.store.tables import ImportRun, Resident


@dataclass(frozen=True, slots=True)
class Overview:
    """unfinished_imports: begun and not ended. waiting: notices by the channel they wait for."""

    residents: int
    data_as_of: date | None
    unfinished_imports: int
    waiting: Counter[Channel]
    halted: list[HaltedChannel]


def office_overview(session: Session) -> Overview:
    """Return it."""
    imports = select(func.count(ImportRun.id)).where(ImportRun.ended_at.is_(None))
    return Overview(
        session.scalar(select(func.count(Resident.id))) or 0,
        data_as_of(session),
        session.scalar(imports) or 0,
        waiting_by_channel(session),
        open_halts(session),
    )
