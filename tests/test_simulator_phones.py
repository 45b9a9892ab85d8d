"""What people can do on their simulated phones, and what a bot can put there, spoken to by aiogram over HTTP."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from simulator import UNTHROTTLED, Simulator
from tests.test_simulator_telegram import aiogram_bot

pytestmark = pytest.mark.anyio


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator(limits=UNTHROTTLED) as simulator:
        yield simulator


@pytest.fixture
async def bot(sim: Simulator) -> AsyncIterator[Bot]:
    async with aiogram_bot(sim) as bot:
        yield bot


async def test_a_link_on_paper_opens_the_bot_and_no_other(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti")
    for link in (
        "t.me/kabar_simulator_bot?start=r_aB-9_z",
        " https://t.me/Kabar_Simulator_Bot?start=r_aB-9_z ",
        "tg://resolve?domain=kabar_simulator_bot&start=r_aB-9_z",
        "https://telegram.me/kabar_simulator_bot",
    ):
        siti.open_link(link)
    assert [update.message.text for update in await bot.get_updates()] == ["/start r_aB-9_z"] * 3 + ["/start"]
    for link in (
        "t.me/another_bot?start=r_x",
        "https://evil.example/kabar_simulator_bot?start=x",
        "t.me/kabar_simulator_bot?start=a b",
        f"t.me/kabar_simulator_bot?start={'x' * 65}",
        "",
    ):
        with pytest.raises(ValueError, match="does not lead to the bot"):
            siti.open_link(link)


async def test_a_button_is_pressed_where_it_is_while_it_is_there(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti", started=True)
    same = [InlineKeyboardButton(text="Bukan Saya", callback_data=data) for data in ("first", "second")]
    link = InlineKeyboardButton(text="Buka", url="https://t.me/kabar_simulator_bot?start=r_1")
    sent = await bot.send_message(
        siti.id, "?", reply_markup=InlineKeyboardMarkup(inline_keyboard=[same, [link]]), parse_mode=None
    )
    siti.press_below(sent.message_id, row=0, column=1)
    siti.press_below(sent.message_id, row=1, column=0)
    pressed, started = await bot.get_updates()
    assert (pressed.callback_query.data, started.message.text) == ("second", "/start r_1")
    await bot.delete_message(siti.id, sent.message_id)
    with pytest.raises(LookupError):
        siti.press_below(sent.message_id, row=0, column=0)


async def test_the_keyboards_own_button_shares_the_own_number(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti", phone="+6281200000001", started=True)
    button = KeyboardButton(text="Kirim nomor saya", request_contact=True)
    keyboard = ReplyKeyboardMarkup(keyboard=[[button]], one_time_keyboard=True)
    await bot.send_message(siti.id, "Nomor Anda?", reply_markup=keyboard)
    siti.press_key("Kirim nomor saya")
    [update] = await bot.get_updates()
    assert update.message.contact.phone_number == "+6281200000001"
    assert update.message.contact.user_id == update.message.from_user.id == siti.id
    with pytest.raises(LookupError):
        siti.press_key("Kirim nomor saya")


async def test_what_pops_up_passes_by_or_waits_to_be_read(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti", started=True)
    buttons = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Ya", callback_data="ya")]])
    await bot.send_message(siti.id, "?", reply_markup=buttons)
    for alert in (False, True):
        siti.press("Ya")
        update = (await bot.get_updates())[-1]
        await bot.answer_callback_query(update.callback_query.id, text="Baik", show_alert=alert)
    assert [(popup.text, popup.alert) for popup in siti.popped_up] == [("Baik", False), ("Baik", True)]


async def test_the_menu_lists_the_commands_meant_for_this_person(sim: Simulator, bot: Bot) -> None:
    siti, joko = (sim.telegram.person(name, started=True) for name in ("Ibu Siti", "Pak Joko"))

    def shown(user: object) -> list[str]:
        return [command["command"] for command in sim.telegram.commands.shown_to(user)]

    assert shown(siti.user) == []
    private, hers = BotCommandScopeAllPrivateChats(), BotCommandScopeChat(chat_id=siti.id)
    await bot.set_my_commands([BotCommand(command="help", description="Help")])
    await bot.set_my_commands([BotCommand(command="check", description="Check")], scope=private)
    await bot.set_my_commands([BotCommand(command="cek", description="Cek")], scope=private, language_code="id")
    await bot.set_my_commands([BotCommand(command="desa", description="Desa")], scope=hers)
    assert (shown(siti.user), shown(joko.user)) == (["desa"], ["cek"])
    assert shown(joko.user | {"language_code": "en"}) == ["check"]
    await bot.delete_my_commands(scope=private)
    await bot.delete_my_commands(scope=private, language_code="id")
    assert shown(joko.user) == ["help"]


async def test_changed_buttons_alone_are_no_edited_text(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti", started=True)
    buttons = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Ya", callback_data="ya")]])
    sent = await bot.send_message(siti.id, "?", reply_markup=buttons)
    await bot.edit_message_reply_markup(chat_id=siti.id, message_id=sent.message_id)
    assert not siti.received[0].rewritten
    await bot.edit_message_text("!", chat_id=siti.id, message_id=sent.message_id)
    assert siti.received[0].rewritten
