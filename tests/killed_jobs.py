"""What is killed: commands, and the parts of `kabar run`, as functions that a child process can begin."""

import asyncio
import os
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageReplyMarkup,
    GetMe,
    GetWebhookInfo,
    Response,
    SendMessage,
    SetMyCommands,
)
from sqlalchemy import func, select
from sqlalchemy.orm import Session, configure_mappers
from twilio.rest import Client as TwilioClient

from bot.receive import Poll
from bot.runner import BotRunner
from bot.talk import open_house
from cli.main import run
from core.jobs.broadcasting import prepare_broadcasts
from core.questions.inbox import waiting_people
from core.rules.retry import LOOKS
from core.store.inbox_tables import InboxUpdate, QuestionToDelete
from core.store.office import OpenOffice, open_office
from core.store.words import UpdateState
from core.wording.wordings import Wordings
from notifier.adapter import Adapter
from notifier.pace import Pace
from notifier.sms import SmsAdapter
from notifier.telegram import TelegramAdapter
from simulator import Simulator
from tests.offices import Clock, ask
from tests.senders import send_all
from tests.thrift import save_work

# What each library builds at its first use is built here, in the server that children are forked from.
configure_mappers()
TwilioClient(Simulator.account_sid, Simulator.auth_token).api  # noqa: B018  # imports what it needs when first asked for
Wordings().all()
for call in (
    GetMe,
    GetWebhookInfo,
    Poll,
    SendMessage,
    SetMyCommands,
    EditMessageReplyMarkup,
    AnswerCallbackQuery,
    DeleteMessage,
):
    Response[call.__returning__]
save_work()


def command(folder: Path, words: Sequence[str], **settings: str) -> None:
    """A command of the operator, in her folder, with these settings and no others."""
    for name in [name for name in os.environ if name.startswith("KABAR_")]:
        del os.environ[name]
    os.environ.update({f"KABAR_{name.upper()}": value for name, value in settings.items()})
    os.chdir(folder)
    raise SystemExit(run(list(words)))


def prepare(home: Path) -> None:
    """The preparing of whatever broadcast is not complete."""
    with open_office(home) as office:
        prepare_broadcasts(office, now=Clock())


def answer(home: Path, api: str, updates: int) -> None:
    """The bot, until so many updates are done."""

    def done(session: Session) -> bool:
        count = select(func.count(InboxUpdate.id)).where(InboxUpdate.state == UpdateState.DONE)
        return (session.scalar(count) or 0) >= updates

    with open_office(home) as office:
        asyncio.run(_bot(office, api, until=done, now=Clock()))


def answer_all(home: Path, api: str, at: datetime) -> None:
    """The bot, until so much as nothing waits; there must be something at the beginning, stored or at Telegram."""

    def done(session: Session) -> bool:
        known = session.scalar(select(func.count(InboxUpdate.id))) or 0
        return known > 0 and not waiting_people(session, most=1)

    with open_office(home) as office:
        asyncio.run(_bot(office, api, until=done, now=Clock(at)))


def forget(home: Path, api: str, at: datetime) -> None:
    """The bot, until every question whose hour is over is deleted."""

    def done(session: Session) -> bool:
        return session.scalar(select(QuestionToDelete.id).limit(1)) is None

    with open_office(home) as office:
        asyncio.run(_bot(office, api, until=done, now=Clock(at)))


async def _bot(office: OpenOffice, api: str, *, until: Callable[[Session], bool], now: Clock) -> None:
    house = ask(office, open_house, Wordings(), live=True, trial_addresses=frozenset())
    pace = Pace(per_second=10_000, per_chat_seconds=0)
    runner = BotRunner(office, house, token=Simulator.bot_token, pace=pace, now=now, api_base=api)
    running = asyncio.create_task(runner.run())
    while not office.read(until):
        await _look_again()
    runner.stop()
    await running


async def _look_again() -> None:
    """After so long that looking costs little beside what is looked at."""
    await asyncio.sleep(0.01)


def send(home: Path, api: str, at: datetime) -> None:
    """The sender, until nothing is left to send at this moment."""
    with open_office(home) as office:
        asyncio.run(send_all(office, *channels(api, Clock(at)), now=Clock(at)))


def send_and_look(home: Path, api: str, at: datetime, looks: int = len(LOOKS)) -> None:
    """The sender at this moment, and then at each of those at which it looks for messages in doubt."""
    send(home, api, at)
    for pause in LOOKS[:looks]:
        at += pause + timedelta(seconds=1)
        send(home, api, at)


def channels(
    api: str, now: Clock, *, token: str = Simulator.bot_token, sender: str = "BOJONEGORO"
) -> tuple[Adapter, ...]:
    """Both, with the simulator behind them."""
    simulator = Simulator
    sms = SmsAdapter(
        account_sid=simulator.account_sid,
        auth_token=simulator.auth_token,
        sender=sender,
        api_base=api,
        now=now,
    )
    return TelegramAdapter(token=token, api_base=api), sms
