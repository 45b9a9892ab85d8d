"""What the office's operators are told: each Monday how it is, and on the day that a suspension promised."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from core.rules.delivery import Channel
from core.rules.notices import OfficeWords
from core.rules.suspension import SuspensionNote
from core.rules.week import Week
from core.wording import Wording
from core.wording.dates import clock_time, long_date
from core.wording.gsm import fold
from core.wording.suspensions import stopped_services

_MEGABYTE = 1_000_000
#: Numbers that are named; a regency has rarely two at once.
_LISTED = 10


def week_text(w: Wording, office: OfficeWords, week: Week, *, zone: ZoneInfo, disk_free: int, sms_cap: int) -> str:
    """At most 1000 characters, with nobody's data. disk_free: bytes; sms_cap: a day's."""
    to_see = "\n".join(_to_see(w, week))
    return w.text(
        "operators-week",
        kantor=office.name,
        impor=_import(w, week, zone),
        cadangan=_backup(w, week.last_backup, zone),
        ruang=w.text("operators-disk", mb=disk_free // _MEGABYTE),
        sms=w.text("operators-sms", n=week.sms, batas=7 * sms_cap),
        perlu=to_see or w.text("operators-nothing"),
    )


def promise_text(w: Wording, suspension_id: int, note: SuspensionNote) -> str:
    """A reminder that today people were told to expect news of a suspension."""
    return w.text("operators-promised", nomor=str(suspension_id), henti=stopped_services(w, note))


def stopped_text(w: Wording, channel: Channel, code: str, hint: str) -> str:
    """That a channel stopped, and the provider's word for it. hint: what to mend, as the log has it."""
    return w.text("operators-stopped", saluran=channel, kode=code, petunjuk=hint)


def stopped_sms(w: Wording, office: OfficeWords, channel: Channel) -> str:
    """The same as one SMS."""
    return fold(w.text("operators-stopped-sms", k=office.short_name, saluran=channel))


def goes_on_text(w: Wording, channel: Channel) -> str:
    """That it works again, and sends what waited."""
    return w.text("operators-goes-on", saluran=channel)


def _import(w: Wording, week: Week, zone: ZoneInfo) -> str:
    last = week.last_import
    if last is None:
        return w.text("operators-import-never")
    return w.text(
        "operators-import",
        kapan=_moment(w, last.ended_at, zone),
        data=long_date(w, last.as_of),
        baris=last.rows,
        pindah=last.moved,
    )


def _backup(w: Wording, made: datetime | None, zone: ZoneInfo) -> str:
    return w.text("operators-backup", kapan=_moment(w, made, zone)) if made else w.text("operators-backup-never")


def _to_see(w: Wording, week: Week) -> Iterator[str]:
    for key, count in (
        ("operators-waiting", week.waiting),
        ("operators-unreachable", week.unreachable),
        ("operators-in-doubt", week.in_doubt),
        ("operators-set-aside", week.set_aside),
        ("operators-desk", week.on_desk),
    ):
        if count:
            yield w.text(key, n=count)
    if week.halted:
        yield w.text("operators-halted", saluran=", ".join(week.halted))
    if week.overdue:
        yield w.text("operators-overdue", nomor=", ".join(map(str, week.overdue[:_LISTED])), n=len(week.overdue))


def _moment(w: Wording, at: datetime, zone: ZoneInfo) -> str:
    return w.text("operators-moment", tanggal=long_date(w, at.astimezone(zone).date()), pukul=clock_time(at, zone))
