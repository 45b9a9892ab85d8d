"""Noting that a backup was made and that the key was copied: an office that has neither must be told so."""

from datetime import datetime

from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact


def note_backup(session: Session, *, size: int, now: datetime, by: str) -> None:
    """A backup is whole and in its place. size: in bytes."""
    append_fact(session, Happened.BACKUP_MADE, now=now, by=by, details={"bytes": size})


def note_key_copied(session: Session, *, now: datetime, by: str) -> None:
    """A copy of the key file was written and read back."""
    append_fact(session, Happened.KEY_COPIED, now=now, by=by)
