"""One backup a night, made by whatever runs all night. One that fails is said, tried again, and stops nothing."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from core.errors import KabarError, SetupError
from core.jobs.backing_up import Backup, make_backup, nightlies_in
from core.questions.regions import office_row
from core.rules.backups import is_due, superfluous
from core.store.office import OpenOffice

log = logging.getLogger("kabar.backup")

#: Trying again at once would read the whole office again and again.
_AFTER_FAILURE = timedelta(hours=1)


class NightlyBackup:
    """Whether tonight's was made is told by the folder, so neither a restart nor another disk in it is a puzzle."""

    def __init__(
        self,
        office: OpenOffice,
        folder: Path,
        *,
        home: Path,
        address: str | None,
        now: Callable[[], datetime],
        stopped: Callable[[], bool],
    ) -> None:
        self._office = office
        self._folder = folder
        self._home = home
        self._address = address
        self._now = now
        self._stopped = stopped
        row = office.read(office_row)
        self._code, self._zone = row.regency, ZoneInfo(row.timezone)
        self._not_before: datetime | None = None
        #: why the last try failed; None when all is well
        self.trouble: str | None = None

    def look(self) -> bool:
        """Make a backup if one is due, and delete those that are too old; return whether one was made."""
        now = self._now()
        if self._not_before is not None and now < self._not_before:
            return False
        try:
            made = self._make(now)
        except Exception as error:  # noqa: BLE001  # whatever it is, residents are still to be answered
            if self._stopped():
                return False
            self.trouble = str(error) if isinstance(error, KabarError) else type(error).__name__
            log.error("no backup could be made (%s); trying again in an hour", self.trouble)
            self._not_before = now + _AFTER_FAILURE
            return False
        self.trouble = self._not_before = None
        return made

    def _make(self, now: datetime) -> bool:
        if not self._folder.is_dir():
            raise SetupError(f"there is no folder {self._folder} for backups; connect the disk that it is on")
        try:
            return self._make_if_due(now)
        finally:
            # Also when none can be made: what was promised to be forgotten by now does not wait for another disk.
            self._delete_old(now)

    def _make_if_due(self, now: datetime) -> bool:
        if not is_due([backup.made_at for backup in self._there()], now=now, zone=self._zone):
            return False
        made = make_backup(
            self._office,
            self._folder,
            home=self._home,
            address=self._address,
            now=now,
            by="kabar",
            nightly=True,
            stopped=self._stopped,
        )
        log.info("backup %s is whole", made.path.name)
        return True

    def _delete_old(self, now: datetime) -> None:
        there = self._there()
        old = superfluous([backup.made_at for backup in there], now=now)
        for backup in there:
            if backup.made_at in old:
                backup.path.unlink(missing_ok=True)

    def _there(self) -> list[Backup]:
        return nightlies_in(self._folder, self._code, self._zone)
