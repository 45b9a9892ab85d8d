"""All that an office's database holds, comparable between two that came to it by different ways.

Sealed columns are opened. An id says nothing but what was written first, so rows point at each other by their content;
a moment of this machine's clock is only "now" (the tests' own days are in 2017).
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

import core.store.delivery_tables
import core.store.inbox_tables  # noqa: F401  (registers its tables)
from core.store.base import Base
from core.store.office import OpenOffice, seal_of
from core.store.sealing import Seal

Content = tuple[tuple[str, Any], ...]
Dump = dict[str, Counter[Content]]

_LAST_YEAR_OF_THE_TESTS = 2017


def dump(office: OpenOffice) -> Dump:
    """Every table as a bag of rows."""
    return office.read(_dump)


def _dump(session: Session) -> Dump:
    seal = seal_of(session)
    rows: dict[str, dict[Any, Content]] = {}
    bags: Dump = {}
    for table in Base.metadata.sorted_tables:
        contents = rows[table.name] = {}
        bags[table.name] = Counter()
        for row in session.execute(select(table)).mappings():
            content = _content(table, row, rows, seal)
            contents[row.get("id")] = content
            bags[table.name][content] += 1
    return bags


def _content(table: Table, row: Mapping[str, Any], rows: dict[str, dict[Any, Content]], seal: Seal) -> Content:
    return tuple(
        (column.name, _value(column, row[column.name], rows, seal)) for column in table.c if column.name != "id"
    )


def _value(column: Column[Any], value: Any, rows: dict[str, dict[Any, Content]], seal: Seal) -> Any:
    if value is None:
        return None
    for key in column.foreign_keys:
        return rows[key.column.table.name][value]
    if isinstance(value, datetime):
        return value if value.year <= _LAST_YEAR_OF_THE_TESTS else "now"
    if isinstance(value, dict):
        return repr(sorted(value.items()))
    if column.name.endswith("_sealed") or column.name == "key_check":
        return seal.open(value) if value else ""
    return value
