"""What is in doubt, as an operator decides about it: all that is known, and what to do."""

from zoneinfo import ZoneInfo

from cli.edge import OPERATOR, Here, utc_now
from cli.show import counted, facts, moment, say
from core.actions.resolving import Resolution, resolve_notice
from core.questions.batches import orders
from core.questions.doubts import Doubt, count_in_doubt, in_doubt
from core.questions.notices import Try, notice_line
from core.rules.delivery import Channel


def show_doubts(here: Here, *, limit: int) -> None:
    """Every notice in doubt, one below the other, with what to do about it."""
    now = utc_now()
    number = here.office.read(count_in_doubt)
    doubts = here.office.read(lambda session: in_doubt(session, now=now, most=limit))
    say(f"{counted(number, 'notice')} in doubt: nobody knows whether she has it.")
    if len(doubts) < number:
        say(f"The newest {len(doubts):,} of them; for more give --limit.")
    zone = here.zone
    for doubt in doubts:
        say("")
        _show(doubt, zone)


def resolve_and_say(here: Here, notice_id: int, as_: Resolution) -> None:
    """End the doubt, and say what follows from it."""
    moved = here.office.write(lambda session: resolve_notice(session, notice_id, as_, now=utc_now(), by=OPERATOR))
    with_it = f", and with it {_numbers(moved[1:])}, which went in the same message" if moved[1:] else ""
    if as_ is Resolution.SENT:
        say(f"Notice {notice_id} counts as told{with_it}.")
        return
    say(f"Notice {notice_id} waits to be sent again{with_it}.")
    batch = here.office.read(lambda session: notice_line(session, notice_id)).batch
    if batch in here.office.read(orders):
        say(f"Its batch {batch} is paused, so it leaves when that goes on: kabar batch resume {batch}")


def _show(doubt: Doubt, zone: ZoneInfo) -> None:
    facts(
        [
            ("notice", str(doubt.id)),
            ("kind", doubt.kind),
            ("channel", doubt.channel),
            ("in doubt since", moment(doubt.since, zone)),
            ("because", doubt.why or "the provider's answer was lost"),
            ("tries", "; ".join(_try(one, zone) for one in doubt.tries) or "none that we know of"),
            ("looked for", _looks(doubt)),
            ("receipt", _receipt(doubt)),
            ("provider's id", doubt.provider_id),
            ("in one message with", _numbers([id_ for id_ in doubt.together if id_ != doubt.id])),
            ("worthless after", moment(doubt.worthless_after, zone)),
            ("still holds", "yes" if doubt.against is None else "no"),
            ("what to do", _advice(doubt)),
        ]
    )


def _try(one: Try, zone: ZoneInfo) -> str:
    said = f" ({one.code})" if one.code else ""
    return f"{moment(one.started_at, zone)} {one.channel} {one.outcome or 'in flight'}{said}"


def _receipt(doubt: Doubt) -> str:
    if doubt.channel is not Channel.SMS:
        return "not possible on Telegram, which sends none"
    return "came" if doubt.receipt else "none came"


def _looks(doubt: Doubt) -> str:
    if doubt.channel is not Channel.SMS:
        return "not possible on Telegram, which has no list"
    return f"{counted(doubt.looks, 'time')} in the provider's own list, in vain" if doubt.looks else "not yet"


def _advice(doubt: Doubt) -> str:
    if doubt.against is not None:
        return doubt.against
    sent, again = (f"kabar notice resolve {doubt.id} {word}" for word in Resolution)
    if not doubt.tries:
        return f"it may have left after the backup was made; to tell her whether or not: {again}"
    if doubt.channel is Channel.SMS:
        which = f"message {doubt.provider_id}" if doubt.provider_id else "an SMS of that minute"
        return f"look in the provider's log for {which}. There it is: {sent}. There is none: {again}"
    return f"to have it twice harms nobody: {again}"


def _numbers(ids: list[int]) -> str:
    return ", ".join(str(id_) for id_ in ids)
