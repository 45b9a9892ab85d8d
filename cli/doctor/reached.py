"""How an office is reached from outside, and how processes reach each other: its public address, its webhook, Redis."""

import asyncio
from collections.abc import Iterator

from cli.doctor.finding import Finding, broken, look, well
from core.errors import KabarError
from core.offices import chosen_office, code_at_end
from core.settings import TELEGRAM_API, Settings, read_offices, settings_from
from notifier.wakes import Wakes


def look_at_ways_in(settings: Settings) -> Iterator[Finding]:
    """What the settings say of it; only Redis is asked."""
    yield from _webhook(settings)
    yield from _listed(settings)
    if settings.redis_url is not None:
        yield asyncio.run(_redis(settings.redis_url.get_secret_value()))


def _webhook(settings: Settings) -> Iterator[Finding]:
    if not settings.webhook:
        return
    if settings.public_url is None:
        hint = "set KABAR_PUBLIC_URL, or KABAR_WEBHOOK=no and Telegram is asked for them"
        yield broken("webhook", "Telegram is to bring updates, and there is no address for them", hint)
    elif settings.public_url.startswith("http://") and settings.telegram_api == TELEGRAM_API:
        yield broken("webhook", "Telegram brings nothing to http://", "let KABAR_PUBLIC_URL begin with https://")
    else:
        yield well("webhook", "Telegram brings updates to the public address")


def _listed(settings: Settings) -> Iterator[Finding]:
    """Of one of a list: two that are reached at the same address would get each other's receipts."""
    here = settings_from({})
    code, path = chosen_office()
    code, path = code or here.office, path or here.offices
    if path is None or code is None or settings.public_url is None:
        return
    name, at_end = "public address", code_at_end(settings.public_url)
    if at_end == code:
        yield well(name, settings.public_url)
    elif "public_url" not in read_offices(path).settings_of(code):
        said = "is set in the environment, the same for all offices: they would get each other's receipts"
        yield broken(name, said, f"move KABAR_PUBLIC_URL into {path}, as public_url under [all]")
    elif at_end is not None:
        hint = f"let public_url in its section end with /{code}, or remove it there"
        yield broken(name, f"ends with the code of another office, {at_end}", hint)
    else:
        hint = f"let it end with /{code}, or leave it to public_url under [all]"
        yield look(name, f"does not end with /{code}, so kabar web takes nothing in for it", hint)


async def _redis(address: str) -> Finding:
    name = "redis"
    try:
        wakes = Wakes(address)
    except KabarError as error:
        return broken(name, "the address cannot be read", str(error))
    try:
        trouble = await wakes.trouble()
    finally:
        await wakes.close()
    if trouble is None:
        return well(name, "answers")
    if "Authentication" in trouble or "Response" in trouble:
        return broken(name, "refuses us", "check the name and the password in KABAR_REDIS_URL")
    said = f"does not answer ({trouble}): workers share no jobs, and look for work by themselves"
    return look(name, said, "start it, or check KABAR_REDIS_URL")
