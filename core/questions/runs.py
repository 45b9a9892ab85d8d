"""Runs that take a file in: of exports, and of the office's other lists, whose digest begins with their kind."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core.store.tables import ImportRun

_MARK = ":"
_LONGEST = 64


def is_export() -> ColumnElement[bool]:
    """Whether a run took an export in: only those say of which day the office's data is."""
    return ImportRun.file_digest.not_like(f"%{_MARK}%")


def list_digest(kind: str, digest: str) -> str:
    """Return what the run of a list is known by. digest: of its content."""
    return f"{kind}{_MARK}{digest}"[:_LONGEST]


def unfinished_list(session: Session, digest: str) -> ImportRun | None:
    """Return the run of this very list that was begun, on whatever day, and not finished."""
    query = select(ImportRun).where(ImportRun.file_digest == digest, ImportRun.ended_at.is_(None))
    return session.scalar(query.order_by(ImportRun.id.desc()).limit(1))
