"""Fields of NoticeWords that a kind of notice cannot do without."""

from typing import TypeVar

from core.errors import WordingError
from core.rules.notices import NoticeWords

Field = TypeVar("Field")


def given(words: NoticeWords, field: str, value: Field | None) -> Field:
    if value is None:
        raise WordingError(f"a notice of kind {words.kind} needs NoticeWords.{field}; it was None")
    return value
