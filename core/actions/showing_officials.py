"""Showing the office who its officials are: what Telegram calls them, and that it was shown."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.questions.official_list import names_of


def show_officials(session: Session, official_ids: Collection[int], *, now: datetime, by: str) -> dict[int, str]:
    """Return the names of several officials, and note once that they were shown, and whose."""
    if official_ids:
        details = {"shown": ["telegram-name"], "officials": sorted(official_ids)}
        append_fact(session, Happened.PERSONAL_DATA_SHOWN, now=now, by=by, details=details)
    return names_of(session, official_ids)
