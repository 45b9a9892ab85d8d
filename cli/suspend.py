"""Services stop: who waits for them is counted, shown beforehand, and told once."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, time
from functools import partial
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlalchemy.orm import Session

from cli.audience import SMS_WITHOUT_ASKING, Audience, ask_for_sms, prepare, show_audience, show_texts
from cli.edge import OPERATOR, Here, opened, typed_date, utc_now
from cli.show import counted, say
from core.actions.suspensions import Started, suspend_regions, whole_or, worth_telling
from core.errors import InputError
from core.jobs.pickup_days import move_all_pickup_days
from core.questions.announcing import start_words
from core.questions.audiences import SuspensionLine, others_stopping, suspension_audience
from core.rules.delivery import Channel
from core.rules.notices import NoticeWords
from core.rules.suspension import Cause, Service

_TIME = re.compile(r"(\d{1,2})[:.](\d\d)", re.ASCII)


def suspend(
    services: Annotated[str, typer.Option(help=f"separated by commas: {', '.join(Service)}")],
    cause: Annotated[Cause, typer.Option(case_sensitive=False, help="why, in every text about it")],
    until: Annotated[str, typer.Option(help="the day they are expected back, as in 2026-12-31")] = "",
    since: Annotated[str, typer.Option(help="when they stopped, if not now: 2026-12-24, or with a time, 10:30")] = "",
    region: Annotated[
        list[str] | None, typer.Option(help="code of a district or village, once for each; else the whole regency")
    ] = None,
    recorded_since: Annotated[str, typer.Option(help="only who was recorded from this day on")] = "",
    sms: Annotated[bool, typer.Option("--sms", help="tell by SMS whom Telegram does not reach; costs money")] = False,
    tell: Annotated[bool, typer.Option("--tell", help="tell people of a stop of less than a day too")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="yes, also more than 100 SMS")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="show who would be told what; change nothing")] = False,
) -> None:
    """Services stop: answers say so from now on, and who waits for them is told once.

    A stop that is expected to end today, or before the office opens again,
    changes the answers only, unless --tell. Telegram is free; SMS leave only
    with --sms, and more than 100 only with --yes (exit code 3 otherwise).
    Whoever has a pickup day while pickup stops gets another one, and is told.
    Stopped in the middle, kabar run goes on with it.

    Examples:

      kabar suspend --services printing,letters --cause blanks
      kabar suspend --services centre --cause server --until 2017-10-31
      kabar suspend --services pickup --cause power --region 35.22.15
      kabar suspend --services letters --cause server --since 2017-09-25
    """
    wanted, expected, recorded = services_named(services), typed_date(until), typed_date(recorded_since)
    if not wanted:
        raise InputError("name at least one service, as in --services printing,letters")
    with opened() as here:
        began = _moment(since, here.zone)
        regions = region or []
        audience = _audience(here, wanted, regions, expected, recorded, sms)
        quiet = not (tell or here.office.read(partial(worth_telling, until=expected, now=utc_now())))
        if dry_run:
            words = partial(start_words, services=wanted, cause=cause, since=began or utc_now(), until=expected)
            _preview(here, audience, words, sms=sms, quiet=quiet)
            return
        if audience[Channel.SMS] > SMS_WITHOUT_ASKING and not yes and not quiet:
            ask_for_sms(here, audience)
        others = [line for place in whole_or(regions) for line in _others(here, wanted, place)]
        begin = partial(
            suspend_regions,
            services=wanted,
            regions=regions,
            cause=cause,
            until=expected,
            since=began,
            recorded_since=recorded,
            sms=sms,
            tell=tell,
        )
        started = here.office.write(lambda session: begin(session, now=utc_now(), by=OPERATOR))
        for one, place in zip(started, whole_or(regions), strict=True):
            where = f" in {place}" if place else ""
            say(f"Suspension {one.suspension_id} stands{where}: {', '.join(wanted)}; cause: {cause}.")
        for both, other in in_common(wanted, others):
            say(f"! {both} stopped already by suspension {other}; what both stop runs again when both are over.")
        _tell(here, wanted, started, audience)


def _tell(here: Here, services: Collection[Service], started: Collection[Started], audience: Audience) -> None:
    show_audience(here, audience)
    told = [one.broadcast_id for one in started if one.broadcast_id is not None]
    prepare(here, told, people=audience.total() - audience[None])
    move_days(here, services)
    say(f"When they are back: {'; '.join(f'kabar resume {one.suspension_id}' for one in started)}")


def move_days(here: Here, services: Collection[Service]) -> None:
    """Give other days to those whom pickup stands still for on theirs, and say how many."""
    if Service.PICKUP in services and (moved := move_all_pickup_days(here.office, now=utc_now, polite=here.polite)):
        say(f"{counted(moved, 'pickup day')} moved; whoever was told of hers is told.")


def in_common(services: Collection[Service], others: list[SuspensionLine]) -> Iterator[tuple[str, str]]:
    """What another suspension stops as well, and which one that is."""
    for other in others:
        both = [service for service in other.services if service in services]
        yield f"{', '.join(both)} {'is' if len(both) == 1 else 'are'}", f"{other.id} in {other.region}"


def _others(here: Here, services: Collection[Service], region: str | None) -> list[SuspensionLine]:
    return here.office.read(lambda session: others_stopping(session, services, region=region))


def _audience(
    here: Here,
    services: Collection[Service],
    regions: Collection[str],
    until: date | None,
    recorded_since: date | None,
    sms: bool,
) -> Audience:
    audience: Audience = Counter()
    for place in whole_or(regions):
        ask = partial(
            suspension_audience, services=services, region=place, recorded_since=recorded_since, sms=sms, until=until
        )
        audience.update(here.office.read(ask))
    return audience


def _preview(
    here: Here, audience: Audience, words: Callable[[Session], NoticeWords], *, sms: bool, quiet: bool
) -> None:
    show_audience(here, audience)
    if quiet:
        say("It is shorter than a working day: nobody would be written to; only the answers would say it.")
    else:
        show_texts(here, here.office.read(words), sms=sms)
    say("", "Nothing was changed.")


def services_named(words: str, option: str = "--services") -> tuple[Service, ...]:
    """The services that were typed, in their usual order."""
    try:
        named = {Service(word.strip().lower()) for word in words.split(",") if word.strip()}
    except ValueError:
        raise InputError(f"{option} knows only: {', '.join(Service)}; separate several with commas") from None
    return tuple(service for service in Service if service in named)


def _moment(words: str, zone: ZoneInfo) -> datetime | None:
    """A day, from its beginning on, or a moment of it, on the office's clock; none: now."""
    if not words.strip():
        return None
    day, _, clock = words.strip().partition(" ")
    found = _TIME.fullmatch(clock.strip()) if clock.strip() else None
    try:
        at = time(int(found[1]), int(found[2])) if found else time()
    except ValueError:
        found = None
    if clock.strip() and not found:
        raise InputError("the time of --since cannot be read; write it like 2026-12-24 10:30")
    return datetime.combine(typed_date(day) or date.min, at, zone)
