"""The link of an invitation, opened: whoever invited is asked whether it was the right person; nobody is bound yet."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendMessage
from aiogram.types import Message, User

from bot.officials.inviting.words import task_of
from bot.officials.news import who_decides
from bot.officials.screens import Button, DeedPress, keyboard
from bot.reading import invite_secret_in
from bot.replies import as_json
from bot.talk import Talk
from core.actions.invites import NotOpened, open_invite
from core.actions.telling import leave_calls
from core.questions.languages import language_of
from core.questions.official_list import OfficialLine, Standing, live_official, names_of
from core.questions.regions import place
from core.rules.delivery import Channel
from core.rules.officials import Deed
from core.wording.places import region_name

CONFIRM, REFUSE = "yes", "no"


class HoldsInvite(Filter):
    """The link of an invitation; hands over `secret`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        secret = invite_secret_in(message.text or "")
        return {"secret": secret} if secret else False


def routes() -> Router:
    """Before the plain /start."""
    router = Router(name="an invitation opened")
    router.message.register(opened, HoldsInvite())
    return router


async def opened(message: Message, secret: str, talk: Talk, state: FSMContext) -> SendMessage:
    """One answer for a link that nobody knows, one that was used, one taken back and one past its day."""
    talk.forget_later(message)
    await state.clear()
    account = str(message.chat.id)
    found = open_invite(talk.session, account, secret, _name(message.from_user), now=talk.now)
    if isinstance(found, OfficialLine):
        _ask_whoever_invited(talk, found)
        return talk.answer(message, talk.text("invite-wait", **task_of(talk, found)))
    if found is NotOpened.ALREADY:
        return talk.answer(message, _already(talk, account))
    return talk.answer(message, talk.text("invite-locked" if found is NotOpened.LOCKED else "invite-not-good"))


def _already(talk: Talk, account: str) -> str:
    line = live_official(talk.session, account)
    if line is None or line.standing is Standing.WAITING:
        return talk.text("invite-waiting")
    return talk.text("invite-already", **task_of(talk, line))


def _name(user: User | None) -> str:
    """What Telegram shows of an account: its name, and its username, which nobody else has."""
    if user is None:
        return "?"
    return f"{user.full_name} (@{user.username})" if user.username else user.full_name


def _ask_whoever_invited(talk: Talk, line: OfficialLine) -> None:
    """Each in her own language; durably, because nobody else will be asked."""
    name = names_of(talk.session, [line.id])[line.id]
    for account in who_decides(talk.session, line, talk.house.operators):
        w = talk.house.wordings.of(language_of(talk.session, Channel.TELEGRAM, account))
        area = region_name(w, place(talk.session, line.region))
        text = w.text("invite-opened", peran=w.text(f"role-{line.role}"), daerah=area, akun_nama=name)
        row: list[Button] = [
            (w.text("button-right-one"), DeedPress(deed=Deed.INVITE, act=CONFIRM, about=line.id)),
            (w.text("button-wrong-one"), DeedPress(deed=Deed.INVITE, act=REFUSE, about=line.id)),
        ]
        said = as_json(SendMessage(chat_id=int(account), text=text, reply_markup=keyboard([row])))
        leave_calls(talk.session, account, [said], key=f"official {line.id} opened", now=talk.now)
