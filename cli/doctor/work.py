"""The office's work: how old the data is, what waits, what stopped, when it may leave, and to whom."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cli.doctor.finding import Finding, broken, look, well
from cli.show import counted, moment
from core.errors import KabarError
from core.files.print_policy import read_policy
from core.questions.blanks import Stock, stock_of_blanks
from core.questions.desk import desk_counts
from core.questions.health import OfficeHealth, health_of, newest_entry
from core.questions.official_list import officials_waiting
from core.questions.overview import Overview, office_overview
from core.questions.proposals import open_proposals
from core.questions.regions import office_words, office_zone
from core.rules.delivery import Channel
from core.settings import Settings
from core.store.office import OpenOffice
from core.wording.overrides import report_on

#: Offices export about once a week; an answer that is older misleads.
_STALE = timedelta(days=8)
_CLOCK_SLACK = timedelta(hours=1)

_CHANNELS = {
    Channel.TELEGRAM: ("telegram_token", "KABAR_TELEGRAM_TOKEN"),
    Channel.SMS: ("twilio_account_sid", "KABAR_TWILIO_ACCOUNT_SID, KABAR_TWILIO_AUTH_TOKEN and KABAR_SMS_SENDER"),
}


def look_at_work(office: OpenOffice, settings: Settings, now: datetime) -> Iterator[Finding]:
    """Everything that the open office tells."""
    overview = office.read(office_overview)
    zone = office.read(office_zone)
    words = office.read(office_words)
    yield well("office", f"{words.name}, {counted(overview.residents, 'resident')}; key and data fit together")
    yield _freshness(overview.data_as_of, now.astimezone(zone).date())
    yield from _unfinished(overview, office.read(health_of))
    yield from _ahead(office.read(newest_entry), now, zone)
    yield from _waiting(overview, settings)
    yield from _desk(office.read(desk_counts).total())
    yield from _officials(*office.read(officials_waiting), proposals=len(office.read(open_proposals)))
    yield from _blanks(office.read(stock_of_blanks))
    yield from (
        broken(str(halt.channel), f"stopped since {moment(halt.since, zone)}", halt.hint) for halt in overview.halted
    )
    yield from _print_policy(settings)
    yield _wording(settings)
    yield _window(settings, now, zone)
    yield _live(settings)


def _freshness(data_as_of: date | None, today: date) -> Finding:
    if data_as_of is None:
        return look("data", "no export was taken in yet", "run: kabar import FILE")
    if today - data_as_of > _STALE:
        days = (today - data_as_of).days
        return look("data", f"per {data_as_of}, {days:,} days old", "take a newer export in: kabar import FILE")
    return well("data", f"per {data_as_of}")


def _unfinished(overview: Overview, health: OfficeHealth) -> Iterator[Finding]:
    if overview.unfinished_imports:
        said = f"{counted(overview.unfinished_imports, 'import')} begun and not ended"
        yield look("import", said, "run the same kabar import again: it goes on where it stopped")
    if health.broadcasts_preparing:
        said = f"the audience of {counted(health.broadcasts_preparing, 'broadcast')} is not complete"
        yield look("broadcasts", said, "kabar run completes it")
    if health.updates_set_aside:
        said = f"{counted(health.updates_set_aside, 'update')} from Telegram failed three times and is set aside"
        yield look("inbox", said, "look into the log for the error, and report it")


def _ahead(newest: datetime | None, now: datetime, zone: ZoneInfo) -> Iterator[Finding]:
    if newest is not None and newest - now > _CLOCK_SLACK:
        said = f"behind the office's newest entry, which is from {moment(newest, zone)}"
        yield broken("clock", said, "set it: kabar run refuses to start like this")


def _waiting(overview: Overview, settings: Settings) -> Iterator[Finding]:
    for channel, (field, names) in _CHANNELS.items():
        waiting = counted(overview.waiting[channel], f"{channel} notice")
        if overview.waiting[channel] and not getattr(settings, field):
            yield look("notices", f"{waiting} cannot leave: the channel is not set up", f"set {names}")
        elif overview.waiting[channel]:
            yield well("notices", f"{waiting} waiting")


def _desk(waiting: int) -> Iterator[Finding]:
    if waiting:
        yield look("desk", f"{counted(waiting, 'thing')} to be looked into by a person", "see: kabar desk")


def _officials(active: int, waiting: int, *, proposals: int) -> Iterator[Finding]:
    if waiting:
        said = f"{counted(waiting, 'person')} opened an invitation and waits to be confirmed"
        yield look("officials", said, "see: kabar official list; then: kabar official confirm ID, or refuse ID")
    elif active:
        yield well("officials", f"{active:,} may act by Telegram")
    if proposals:
        said = f"{counted(proposals, 'proposal')} to tell many waits for a second person"
        yield look("proposals", said, "see: kabar proposals")


def _blanks(stock: Stock) -> Iterator[Finding]:
    if stock.is_kept and stock.stock < 0:
        said = f"the stock is {-stock.stock:,} below nothing: more was printed than was noted as received"
        yield look("blanks", said, "count what is there, then: kabar blanks adjust --to N")


def _print_policy(settings: Settings) -> Iterator[Finding]:
    if settings.print_policy is None:
        return
    try:
        read_policy(settings.print_policy)
    except KabarError as error:
        yield broken("print policy", str(error), "correct it, or unset KABAR_PRINT_POLICY: nothing is printed by it")
        return
    yield well("print policy", f"{settings.print_policy}; see: kabar print policy")


def _wording(settings: Settings) -> Finding:
    if settings.wording is None:
        return well("wording", "the texts that ship")
    try:
        report = report_on(settings.wording)
    except KabarError as error:
        return broken("wording", str(error), "create the folder, or unset KABAR_WORDING")
    said = f"{counted(report.texts, 'text')} of your own in {settings.wording}"
    if report.complaints:
        wrong = f"{said}, {counted(len(report.complaints), 'thing')} wrong: {report.complaints[0]}"
        return broken("wording", wrong, "see all: kabar wording check; or unset KABAR_WORDING")
    if report.remarks:
        return look("wording", f"{said}, all usable: {report.remarks[0]}", "see all: kabar wording check")
    return well("wording", f"{said}, all usable")


def _window(settings: Settings, now: datetime, zone: ZoneInfo) -> Finding:
    window = settings.send_window
    if window.opens is None or window.closes is None:
        return look("send window", "always: people are written to at night too", "set KABAR_SEND_WINDOW=08:00-18:00")
    hours = f"{window.opens:%H:%M}-{window.closes:%H:%M} {zone.key}"
    if window.is_open(now, zone):
        return well("send window", f"{hours}; open now")
    return well("send window", f"{hours}; opens {window.next_opening(now, zone).astimezone(zone):%Y-%m-%d %H:%M}")


def _live(settings: Settings) -> Finding:
    if settings.live:
        return well("live", "everybody concerned is written to")
    number = len(settings.trial_addresses)
    who = f"only {counted(number, 'trial address gets', 'trial addresses get')}" if number else "nobody gets"
    return look("live", f"trial: {who} anything", "when all is ready, set KABAR_LIVE=yes")
