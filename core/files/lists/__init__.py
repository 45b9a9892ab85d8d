"""The office's other lists: arrivals, hand-overs, letters, blanks; each with columns and a row of its own.

What core.files says of an export holds for them too: a bad row stops no good one, and says what to do.
"""

from core.files.lists.kinds import ListKind, open_list
from core.files.lists.list_file import ListFile, ListRow

__all__ = ["ListFile", "ListKind", "ListRow", "open_list"]
