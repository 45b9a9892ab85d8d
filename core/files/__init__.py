"""Reading an office's export and writing back what was refused; knows files, no database.

1. A bad row never stops good ones: each row comes out as an ExportRow, maybe with warnings, or as a RefusedRow.
2. Refused is what cannot be attributed or would be attributed wrongly: NIK, name, village, status missing or
   unreadable, and a recording or application date that cannot be read, because it orders the print queue.
3. Warned is what the row can do without: a phone number, a birth date, a status word not known yet.
4. A file is read as a stream, however large; only a workbook is unfolded first, by a process of its own.
5. A row is the same in whatever kind of file it stands, and whether that came from the office or from us.
"""

from core.files.export import ExportFile, ListHead, open_export
from core.files.refused import RefusedFile, write_refused
from core.files.rows import ExportRow, RefusedRow, RowWarning
from core.files.villages import VillageNames

__all__ = [
    "ExportFile",
    "ExportRow",
    "ListHead",
    "RefusedFile",
    "RefusedRow",
    "RowWarning",
    "VillageNames",
    "open_export",
    "write_refused",
]
