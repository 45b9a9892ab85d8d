"""What the operators hear by themselves: each Monday how the office is, and of a suspension that promised today.

What was told stands in the database under its own key, so a restart, a second look and another day's first look tell
nothing twice.
"""

import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from core.actions.facts import Happened
from core.actions.telling import tell_operators
from core.questions.facts import last_time
from core.questions.regions import office_words, office_zone
from core.questions.suspensions import note_of
from core.questions.telling import untold
from core.questions.week import office_week, promised_back
from core.rules.week import is_morning, week_to_tell
from core.store.office import OpenOffice
from core.wording import Wording
from core.wording.operators import promise_text, week_text

#: What it is about, and how it is put into words.
Message = tuple[str, Callable[[], str]]

#: A reminder still makes sense when nothing ran on the promised day itself; later, Monday's message names it.
_REMINDED_WITHIN = timedelta(days=2)


def tell_what_is_due(
    office: OpenOffice, operators: Collection[str], *, wording: Wording, home: Path, sms_cap: int, now: datetime
) -> int:
    """Tell each operator what she was not told yet; return how many messages that are. sms_cap: a day's."""
    disk_free = shutil.disk_usage(home).free

    def due(session: Session) -> dict[str, str]:
        messages = [
            *_week(session, wording=wording, disk_free=disk_free, sms_cap=sms_cap, now=now),
            *_promises(session, wording=wording, now=now),
        ]
        return {key: say() for key, say in messages if untold(session, operators, key=key)}

    def tell(session: Session, texts: Mapping[str, str]) -> int:
        return sum(tell_operators(session, operators, text, key=key, now=now) for key, text in texts.items())

    # Found and put into words by a reader: the one writer of a small office waits neither each minute nor on Mondays.
    texts = office.read(due) if operators else {}
    return office.write(partial(tell, texts=texts)) if texts else 0


def _week(session: Session, *, wording: Wording, disk_free: int, sms_cap: int, now: datetime) -> Iterator[Message]:
    zone = office_zone(session)

    def say() -> str:
        backup = last_time(session, Happened.BACKUP_MADE)
        week = office_week(session, now=now, today=now.astimezone(zone).date(), last_backup=backup)
        words = office_words(session)
        return week_text(wording, words, week, zone=zone, disk_free=disk_free, sms_cap=sms_cap)

    if (name := week_to_tell(now, zone)) is not None:
        yield f"week {name}", say


def _promises(session: Session, *, wording: Wording, now: datetime) -> Iterator[Message]:
    zone = office_zone(session)
    today = now.astimezone(zone).date()
    if is_morning(now, zone):
        for row in promised_back(session, first=today - _REMINDED_WITHIN, last=today):
            say = partial(promise_text, wording, row.id, note_of(row, zone))
            yield f"promised {row.id} {row.expected_until}", say
