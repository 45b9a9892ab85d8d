"""Telegram and Twilio, asked who we are; and the clock, compared with theirs. Three seconds each, nothing is sent."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, encode_basic_auth

from cli.doctor.finding import Finding, broken, look, well
from cli.edge import utc_now
from core.settings import TELEGRAM_API, Settings

_PATIENCE_SECONDS = 3
_CLOCK_OFF_SECONDS = 30
_TWILIO_API = "https://api.twilio.com"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider said. status: 0 when nobody answered; date: its clock, and ours when it came."""

    status: int
    body: dict[str, Any]
    date: str | None
    came_at: datetime


def look_at_providers(settings: Settings) -> Iterator[Finding]:
    """Ask each provider that is set up."""
    answers = []
    if settings.telegram_token is None:
        yield look("telegram", "not set up; its notices wait", "set KABAR_TELEGRAM_TOKEN, from @BotFather")
    else:
        token = settings.telegram_token.get_secret_value()
        answers.append(asyncio.run(_ask(f"{settings.telegram_api}/bot{token}/getMe")))
        yield _telegram(answers[-1], settings.telegram_api)
    if settings.twilio_account_sid is None or settings.twilio_auth_token is None:
        yield _half_set_up(settings)
    else:
        sid, secret = settings.twilio_account_sid, settings.twilio_auth_token.get_secret_value()
        address = f"{settings.twilio_api or _TWILIO_API}/2010-04-01/Accounts/{sid}.json"
        answers.append(asyncio.run(_ask(address, {"Authorization": encode_basic_auth(sid, secret)})))
        yield _twilio(answers[-1], settings.twilio_api)
        yield _sender(settings)
        yield _receipts(settings)
    yield clock(next((answer for answer in answers if answer.date), None))


async def _ask(address: str, headers: dict[str, str] | None = None) -> Answer:
    """One GET. No error's text is kept: it would carry the address, and with it the token."""
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=_PATIENCE_SECONDS)) as session,
            session.get(address, headers=headers, allow_redirects=False) as response,
        ):
            body = await response.json(content_type=None) if response.content_length != 0 else {}
            date = response.headers.get("Date")
            return Answer(response.status, body if isinstance(body, dict) else {}, date, utc_now())
    except (ClientError, OSError, ValueError):
        return Answer(0, {}, None, utc_now())


def _telegram(answer: Answer, api: str) -> Finding:
    if answer.status == 0:
        return broken(
            "telegram", f"{api} does not answer as Telegram would", "check the network, and KABAR_TELEGRAM_API"
        )
    if answer.status in (401, 404):
        return broken("telegram", "the token is not known", "copy KABAR_TELEGRAM_TOKEN from @BotFather again")
    bot = answer.body.get("result")
    if answer.status != 200 or not isinstance(bot, dict):
        return broken("telegram", f"refused with HTTP {answer.status}", "check KABAR_TELEGRAM_API and any proxy")
    said = f"@{bot.get('username')} answers"
    if api != TELEGRAM_API:
        return look("telegram", f"{said} at {api}", "that is not Telegram itself: a simulator, or a server of your own")
    return well("telegram", said)


def _half_set_up(settings: Settings) -> Finding:
    if settings.twilio_account_sid is None and settings.twilio_auth_token is None:
        return look("sms", "not set up; its notices wait", "set KABAR_TWILIO_ACCOUNT_SID and KABAR_TWILIO_AUTH_TOKEN")
    missing = "KABAR_TWILIO_AUTH_TOKEN" if settings.twilio_account_sid else "KABAR_TWILIO_ACCOUNT_SID"
    return broken("sms", f"half set up: {missing} is empty", f"set {missing}, from Twilio's console")


def _twilio(answer: Answer, api: str | None) -> Finding:
    if answer.status == 0:
        return broken("sms", "Twilio does not answer", "check the network, and KABAR_TWILIO_API")
    if answer.status in (401, 403, 404):
        hint = "copy KABAR_TWILIO_ACCOUNT_SID and KABAR_TWILIO_AUTH_TOKEN from Twilio's console again"
        return broken("sms", "Twilio does not know this account and token", hint)
    state = answer.body.get("status")
    if answer.status != 200 or state not in ("active", "suspended", "closed"):
        return broken("sms", f"refused with HTTP {answer.status}", "check KABAR_TWILIO_API and any proxy")
    if state != "active":
        return broken("sms", f"the Twilio account is {state}", "see Twilio's console for the reason")
    if api is not None and api != _TWILIO_API:
        return look("sms", f"an account answers at {api}", "that is not Twilio itself: a simulator")
    if answer.body.get("type") == "Trial":
        return look("sms", "a trial account of Twilio: only verified numbers get anything", "upgrade it with Twilio")
    return well("sms", "the Twilio account is active")


def _sender(settings: Settings) -> Finding:
    if not settings.sms_sender:
        return broken("sms sender", "none is set, so no SMS can leave", "set KABAR_SMS_SENDER")
    if settings.sms_daily_cap == 0:
        return look("sms sender", "the daily cap is 0, so every SMS waits", "set KABAR_SMS_DAILY_CAP")
    return well("sms sender", f"{settings.sms_sender}, at most {settings.sms_daily_cap:,} a day")


def _receipts(settings: Settings) -> Finding:
    if settings.public_url is None:
        return look("receipts", "cannot come: nobody learns whether an SMS arrived", "set KABAR_PUBLIC_URL")
    if settings.public_url.startswith("http://"):
        return look("receipts", "come unencrypted", "let KABAR_PUBLIC_URL begin with https://")
    return well("receipts", f"come to {settings.public_url}")


def clock(answer: Answer | None) -> Finding:
    """Compare this machine's clock with a provider's, whose date is exact to the second."""
    if answer is None or answer.date is None:
        return look("clock", "nobody was there to compare it with", "check it against the time of day")
    try:
        theirs = parsedate_to_datetime(answer.date)
    except ValueError:
        return look("clock", "the provider's date cannot be read", "check it against the time of day")
    off = round((answer.came_at - theirs).total_seconds())
    if abs(off) > _CLOCK_OFF_SECONDS:
        said = f"{abs(off):,} seconds {'ahead' if off > 0 else 'behind'}"
        return broken("clock", said, "let this machine set its clock by NTP: receipts, windows and facts go by it")
    return well("clock", "right to within 30 seconds")
