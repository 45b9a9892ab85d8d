"""Which sheet of a workbook holds the list: the only one with a header that people can see, or the one asked for."""

from collections.abc import Iterable, Sequence

from core.errors import InputError, NotFound
from core.files.columns import C, Vocabulary
from core.files.header import Header, header_in, require_columns
from core.files.template import NOTES_SHEET
from core.files.workbook import SheetTable

_MOST_NAMED = 8


def sheet_with_list(
    name: str, sheets: Sequence[SheetTable], known: Vocabulary[C], *, wanted: str | None
) -> tuple[SheetTable, Header[C]]:
    """The sheet and its header. name: the file's, for errors. wanted: a sheet's name, or its number as people count."""
    if wanted is not None:
        sheets = [_asked_for(name, sheets, wanted.strip())]
    found = [(sheet, header_in(sheet, known)) for sheet in sheets]
    complete = [(sheet, header) for sheet, header in found if not known.missing_columns(header.columns)]
    seen = [(sheet, header) for sheet, header in complete if wanted is not None or not sheet.hidden]
    if len(seen) > 1:  # in our own templates the columns are explained beside the list, by their headers
        seen = [(sheet, header) for sheet, header in seen if sheet.sheet != NOTES_SHEET] or seen
    if len(seen) > 1:
        raise InputError(
            f"{name} has a header row on {len(seen)} sheets: {_named(sheet for sheet, _ in seen)}; "
            "say which is the list with --sheet NAME, or import one after the other"
        )
    if complete and not seen:
        raise InputError(
            f"{name} has a header row on hidden sheets only: {_named(sheet for sheet, _ in complete)}; "
            "if one of them is the list, name it with --sheet NAME"
        )
    if not found:
        raise InputError(f"{name} has no sheet with cells; export it again")
    sheet, header = max(seen or found, key=lambda pair: len(pair[1].columns))
    require_columns(f"{name}, sheet {sheet.sheet}", header, known)
    return sheet, header


def _asked_for(name: str, sheets: Sequence[SheetTable], wanted: str) -> SheetTable:
    """By name first: a sheet may be called 2."""
    numbered = {str(number): sheet for number, sheet in enumerate((s for s in sheets if not s.hidden), start=1)}
    named = {sheet.sheet.strip().casefold(): sheet for sheet in sheets}
    sheet = named.get(wanted.casefold()) or numbered.get(wanted)
    if sheet is None:
        raise NotFound(f"{name} has no such sheet; it has {_named(sheets) or 'none'}")
    return sheet


def _named(sheets: Iterable[SheetTable]) -> str:
    names = [f'"{sheet.sheet}"' for sheet in sheets]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more
