"""The simulated Telegram, spoken to by aiogram and python-telegram-bot as they are, over real HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
import telegram
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from aiohttp import web

from simulator import UNTHROTTLED, Limits, Simulator, SimulatorThread

pytestmark = pytest.mark.anyio

YES = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Ya", callback_data="ya")]])


class Clock:
    """Stands still until told to go on."""

    def __init__(self) -> None:
        self.moment = datetime(2017, 9, 4, 2, 0, tzinfo=UTC)
        self.seconds = 0.0

    def now(self) -> datetime:
        return self.moment + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def sim(clock: Clock) -> AsyncIterator[Simulator]:
    async with Simulator(
        now=clock.now, monotonic=clock.monotonic, limits=UNTHROTTLED, webhook_retry_seconds=0.001
    ) as simulator:
        yield simulator


@pytest.fixture
async def bot(sim: Simulator) -> AsyncIterator[Bot]:
    async with aiogram_bot(sim) as bot:
        yield bot


@asynccontextmanager
async def aiogram_bot(sim: Simulator | SimulatorThread, token: str | None = None) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(sim.telegram_url))
    bot = Bot(token or sim.bot_token, session=session)
    try:
        yield bot
    finally:
        # aiogram's own close sleeps for a quarter of a second after this.
        await (await session.create_session()).close()


def ptb_bot(sim: Simulator) -> telegram.Bot:
    return telegram.Bot(sim.bot_token, base_url=f"{sim.telegram_url}/bot", base_file_url=f"{sim.telegram_url}/file/bot")


async def test_a_resident_starts_the_bot_behind_a_deep_link(sim: Simulator, bot: Bot, clock: Clock) -> None:
    siti = sim.telegram.person("Ibu Siti", username="siti")
    siti.start("k_abc")
    (update,) = await bot.get_updates()
    message = update.message
    assert message.text == "/start k_abc"
    assert (message.entities[0].type, message.entities[0].length) == ("bot_command", 6)
    assert (message.chat.id, message.from_user.id, message.chat.type) == (siti.id, siti.id, "private")
    assert (message.from_user.first_name, message.from_user.last_name, message.from_user.language_code) == (
        "Ibu",
        "Siti",
        "id",
    )
    assert message.date == clock.now()


async def test_the_same_person_has_the_same_chat_in_every_run(sim: Simulator) -> None:
    async with Simulator() as other:
        other.telegram.person("Pak Budi")
        assert other.telegram.person("Ibu Siti").id == sim.telegram.person("Ibu Siti").id
    assert sim.telegram.person("Ibu Siti") is sim.telegram.person("Ibu Siti")
    assert sim.telegram.person("Pak Budi", chat_id=77).id == 77


async def test_html_is_shown_plain_with_entities_counted_in_utf16(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti", started=True)
    sent = await bot.send_message(
        siti.id,
        "👍 <b>Hai</b> &amp; <a href='https://x.id'>ya</a> &nbsp;",
        parse_mode="HTML",
        disable_notification=True,
    )
    assert sent.text == "👍 Hai & ya &nbsp;"
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 3, 3), ("text_link", 9, 2)]
    (shown,) = siti.received
    assert (shown.text, shown.silent) == ("👍 Hai & ya &nbsp;", True)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("é <x>a</x>", 'can\'t parse entities: Unsupported start tag "x" at byte offset 3'),
        ("1 < 2", 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
        ("<b", "can't parse entities: Unclosed start tag at byte offset 0"),
        ("<b>a", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("a</b>", "can't parse entities: Unexpected end tag at byte offset 1"),
        (
            "<b><i>a</b></i>",
            'can\'t parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("", "message text is empty"),
        ("   ", "text must be non-empty"),
        ("<b></b>", "text must be non-empty"),
        ("a" * 4097, "message is too long"),
        ("👍" * 2049, "message is too long"),
    ],
)
async def test_a_text_that_telegram_refuses_is_refused_in_its_words(
    sim: Simulator, bot: Bot, text: str, complaint: str
) -> None:
    siti = sim.telegram.person("Ibu Siti", started=True)
    with pytest.raises(TelegramBadRequest) as refused:
        await bot.send_message(siti.id, text, parse_mode="HTML")
    assert refused.value.message == f"Bad Request: {complaint}"
    assert siti.screen == []


async def test_markup_does_not_count_towards_the_longest_text(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti", started=True)
    await bot.send_message(siti.id, f"<b>{'a' * 4096}</b>", parse_mode="HTML")
    assert len(siti.received[0].text) == 4096


async def test_a_button_is_pressed_answered_and_its_message_edited(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti", started=True)
    await bot.send_message(siti.id, "Mau diberi tahu?", reply_markup=YES)
    assert siti.received[0].labels == (("Ya",),)
    siti.press("Ya")
    (update,) = await bot.get_updates(allowed_updates=["message", "callback_query"])
    query = update.callback_query
    assert (query.data, query.from_user.id, query.message.text) == ("ya", siti.id, "Mau diberi tahu?")
    await query.answer("Baik").as_(bot)
    await bot.edit_message_text("Baik.", chat_id=siti.id, message_id=query.message.message_id)
    assert (siti.received[0].text, siti.received[0].labels, siti.popups) == ("Baik.", (), ["Baik"])
    with pytest.raises(LookupError):
        siti.press("Ya")
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("Baik.", chat_id=siti.id, message_id=query.message.message_id)


async def test_buttons_alone_can_be_changed_and_only_the_bots_own_messages(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti")
    own = siti.say("halo")
    sent = await bot.send_message(siti.id, "Mau?")
    await bot.edit_message_reply_markup(chat_id=siti.id, message_id=sent.message_id, reply_markup=YES)
    assert siti.received[0].labels == (("Ya",),)
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("x", chat_id=siti.id, message_id=own.message_id)
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("x", chat_id=siti.id, message_id=999)


async def test_a_press_can_be_answered_for_150_seconds_only(sim: Simulator, bot: Bot, clock: Clock) -> None:
    siti = sim.telegram.person("Ibu Siti", started=True)
    await bot.send_message(siti.id, "Mau?", reply_markup=YES)
    siti.press("Ya")
    (update,) = await bot.get_updates()
    clock.seconds += 150
    await bot.answer_callback_query(update.callback_query.id)
    clock.seconds += 1
    with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired or query ID is inv"):
        await bot.answer_callback_query(update.callback_query.id)


async def test_button_data_beyond_64_bytes_is_refused(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti", started=True)
    for data, fits in (("a" * 64, True), ("é" * 33, False)):
        markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Ya", callback_data=data)]])
        if fits:
            await bot.send_message(siti.id, "Mau?", reply_markup=markup)
        else:
            with pytest.raises(TelegramBadRequest, match="Bad Request: BUTTON_DATA_INVALID"):
                await bot.send_message(siti.id, "Mau?", reply_markup=markup)


async def test_the_keyboard_below_shares_a_phone_or_types_its_label(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti", phone="+6281200000001", started=True)
    rows = [[KeyboardButton(text="Cek KTP"), KeyboardButton(text="Bagikan nomor", request_contact=True)]]
    await bot.send_message(siti.id, "Silakan", reply_markup=ReplyKeyboardMarkup(keyboard=rows))
    siti.press("Cek KTP")
    siti.press("Bagikan nomor")
    typed, shared = await bot.get_updates()
    assert typed.message.text == "Cek KTP"
    assert (shared.message.contact.phone_number, shared.message.contact.user_id) == ("+6281200000001", siti.id)
    await bot.send_message(siti.id, "Selesai", reply_markup=ReplyKeyboardRemove())
    with pytest.raises(LookupError):
        siti.press("Cek KTP")


async def test_a_phone_of_somebody_else_or_passed_on_can_be_told_from_an_own_one(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti")
    siti.share_contact("+6281200000002", own=False)
    siti.share_contact("+6281200000001", forwarded=True)
    other, forwarded = await bot.get_updates()
    assert other.message.contact.user_id != siti.id
    assert other.message.forward_origin is None
    assert forwarded.message.contact.user_id == siti.id
    assert forwarded.message.forward_origin.sender_user.id == siti.id


async def test_everything_a_person_can_send_is_read_by_both_libraries(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti")
    siti.send_photo("foto")
    siti.send_sticker()
    siti.send_voice()
    siti.send_document("daftar.csv", b"nik\n")
    siti.say("salah")
    siti.edit_last("benar")
    siti.forward("dari grup")
    updates = await bot.get_updates()
    kinds = [update.event.content_type for update in updates]
    assert kinds == ["photo", "sticker", "voice", "document", "text", "text", "text"]
    assert updates[0].message.caption == "foto"
    assert updates[5].edited_message.text == "benar"
    assert updates[6].message.forward_origin.type == "user"
    async with ptb_bot(sim) as other:
        again = await other.get_updates()
        assert [update.update_id for update in again] == [update.update_id for update in updates]
        assert again[3].message.document.file_name == "daftar.csv"
        file = await other.get_file(again[3].message.document.file_id)
        assert bytes(await file.download_as_bytearray()) == b"nik\n"


async def test_the_bot_sends_photos_and_documents_with_either_library(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti", started=True)
    sent = await bot.send_document(siti.id, BufferedInputFile(b"x" * 2_000_000, "rekap.csv"), caption="<b>Rekap</b>")
    file = await bot.get_file(sent.document.file_id)
    assert len((await bot.download_file(file.file_path)).read()) == 2_000_000
    async with ptb_bot(sim) as other:
        await other.send_photo(siti.id, b"\xff\xd8\xff\xe0", caption="<b>Foto</b>", parse_mode="HTML")
        await other.send_document(siti.id, sent.document.file_id)
    assert [(m.kind, m.text) for m in siti.received] == [
        ("document", "<b>Rekap</b>"),
        ("photo", "Foto"),
        ("document", ""),
    ]
    assert siti.received[2].file.name == "rekap.csv"


async def test_a_message_is_deleted_once_and_within_two_days(sim: Simulator, bot: Bot, clock: Clock) -> None:
    siti = sim.telegram.person("Ibu Siti")
    question = siti.say("3522990101800001")
    old = siti.say("halo")
    assert await bot.delete_message(siti.id, question.message_id)
    assert question.deleted
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(siti.id, question.message_id)
    clock.seconds += 48 * 3600 + 1
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(siti.id, old.message_id)
    new = siti.say("lagi")
    assert await bot.delete_messages(siti.id, [new.message_id, 999])
    assert new.deleted


async def test_an_answer_can_point_at_its_question(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti")
    question = siti.say("kapan?")
    sent = await bot.send_message(siti.id, "besok", reply_parameters=ReplyParameters(message_id=question.message_id))
    assert sent.reply_to_message.text == "kapan?"
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(siti.id, "besok", reply_parameters=ReplyParameters(message_id=999))


async def test_who_cannot_be_written_to_is_refused_in_telegrams_words(sim: Simulator, bot: Bot) -> None:
    stranger, blocker, gone = (sim.telegram.person(name) for name in ("Orang", "Pak Budi", "Bu Ani"))
    group = sim.telegram.group("Warga", added_by=blocker)
    blocker.start()
    blocker.block()
    gone.start()
    gone.deactivate()
    for chat, error, words in (
        (stranger.id, TelegramBadRequest, "Bad Request: chat not found"),
        (12345, TelegramBadRequest, "Bad Request: chat not found"),
        (blocker.id, TelegramForbiddenError, "Forbidden: bot was blocked by the user"),
        (gone.id, TelegramForbiddenError, "Forbidden: user is deactivated"),
    ):
        with pytest.raises(error) as refused:
            await bot.send_message(chat, "halo")
        assert refused.value.message == words
    stranger.say_in_group(group, "halo")
    with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation with a user"):
        await bot.send_message(stranger.id, "halo")
    blocker.unblock()
    await bot.send_message(blocker.id, "halo")
    changes = [u.my_chat_member for u in await bot.get_updates() if u.my_chat_member]
    assert [(c.chat.type, c.old_chat_member.status, c.new_chat_member.status) for c in changes] == [
        ("group", "left", "member"),
        ("private", "member", "kicked"),
        ("private", "kicked", "member"),
    ]


async def test_a_group_that_became_a_supergroup_names_its_new_chat(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti")
    group = sim.telegram.group("Warga Desa")
    siti.say_in_group(group, "halo")
    new = group.upgrade()
    with pytest.raises(TelegramMigrateToChat) as moved:
        await bot.send_message(group.id, "halo")
    assert moved.value.migrate_to_chat_id == new.id
    await bot.send_message(new.id, "halo")
    assert [m.text for m in new.received] == ["halo"]
    async with ptb_bot(sim) as other:
        with pytest.raises(telegram.error.ChatMigrated):
            await other.send_message(group.id, "halo")
    new.kick_bot(siti.user)
    with pytest.raises(TelegramForbiddenError, match="bot was kicked from the supergroup chat"):
        await bot.send_message(new.id, "halo")


async def test_a_long_poll_waits_until_somebody_writes(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti")
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await sim.wait_until(lambda: sim.telegram.requests["getUpdates"])
    siti.say("halo")
    (update,) = await poll
    assert update.message.text == "halo"


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti")
    for text in "abc":
        siti.say(text)
    first = await bot.get_updates(limit=2)
    assert [u.message.text for u in first] == ["a", "b"]
    assert [u.message.text for u in await bot.get_updates()] == ["a", "b", "c"]
    rest = await bot.get_updates(offset=first[-1].update_id + 1)
    assert [u.message.text for u in rest] == ["c"]
    assert [u.message.text for u in await bot.get_updates(offset=-1)] == ["c"]
    assert await bot.get_updates(offset=rest[-1].update_id + 1) == []


async def test_update_ids_go_on_from_anywhere_after_a_quiet_week(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti")
    siti.say("lama")
    (old,) = await bot.get_updates()
    assert await bot.get_updates(offset=old.update_id + 1) == []
    while True:
        sim.telegram.updates.renumber()
        siti.say("baru")
        if max(sim.telegram.updates.pending) < old.update_id:
            break
        sim.telegram.updates.clear()
    assert [u.message.text for u in await bot.get_updates(offset=old.update_id + 1)] == ["baru"]


async def test_kinds_of_updates_once_asked_for_are_remembered(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti")
    await bot.get_updates(allowed_updates=["my_chat_member"])
    siti.say("halo")
    siti.block()
    assert [u.event_type for u in await bot.get_updates()] == ["my_chat_member"]
    assert (await bot.get_webhook_info()).allowed_updates == ["my_chat_member"]
    await bot.get_updates(allowed_updates=[])
    siti.say("halo")
    assert [u.event_type for u in await bot.get_updates()] == ["my_chat_member", "message"]


async def test_a_raw_update_is_handed_over_as_it_is(sim: Simulator) -> None:
    number = sim.telegram.inject({"update_id": 5, "future_thing": {"a": 1}})
    address = f"{sim.telegram_url}/bot{sim.bot_token}/getUpdates"
    async with aiohttp.ClientSession() as client, client.get(address) as answer:
        assert (await answer.json())["result"] == [{"update_id": number, "future_thing": {"a": 1}}]


async def test_a_second_poll_ends_the_first_with_a_conflict(sim: Simulator, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await sim.wait_until(lambda: sim.telegram.requests["getUpdates"])
    second = asyncio.create_task(bot.get_updates(timeout=30))
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await first
    sim.telegram.person("Ibu Siti").say("halo")
    assert len(await second) == 1


@asynccontextmanager
async def webhook_server(handler) -> AsyncIterator[str]:
    runner = web.ServerRunner(web.Server(handler))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


async def test_a_webhook_gets_the_secret_and_the_same_update_until_it_says_yes(sim: Simulator, bot: Bot) -> None:
    siti, budi = sim.telegram.person("Ibu Siti"), sim.telegram.person("Pak Budi")
    seen: list[tuple[int, str]] = []
    broken = True

    async def handler(request: web.BaseRequest) -> web.Response:
        assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == "rahasia_1"
        message = (await request.json())["message"]
        seen.append((message["chat"]["id"], message["text"]))
        return web.Response(status=500 if broken and message["chat"]["id"] == siti.id else 200)

    siti.say("satu")
    async with webhook_server(handler) as url:
        assert await bot.set_webhook(url, secret_token="rahasia_1")
        with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        siti.say("dua")
        budi.say("tiga")
        await sim.wait_until(lambda: (budi.id, "tiga") in seen and seen.count((siti.id, "satu")) > 2)
        info = await bot.get_webhook_info()
        assert (info.pending_update_count, info.last_error_message) == (2, "Wrong response from the webhook: 500")
        assert (siti.id, "dua") not in seen
        broken = False
        await sim.wait_until(lambda: not sim.telegram.updates.pending)
        assert seen.count((siti.id, "dua")) == seen.count((budi.id, "tiga")) == 1
        assert await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_a_webhook_elsewhere_is_never_called(sim: Simulator, bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="bad webhook"):
        await bot.set_webhook("https://kabar.example.id/telegram")
    with pytest.raises(ValueError, match="loopback"):
        Simulator(host="192.0.2.1")


async def test_the_thirty_first_message_within_any_second_must_wait(clock: Clock) -> None:
    async with (
        Simulator(monotonic=clock.monotonic, limits=Limits(chat_per_second=None)) as sim,
        aiogram_bot(sim) as bot,
    ):
        siti = sim.telegram.person("Ibu Siti", started=True)
        for number in range(30):
            clock.seconds = number / 100
            await bot.send_message(siti.id, "halo")
        clock.seconds = 0.99
        with pytest.raises(TelegramRetryAfter) as wait:
            await bot.send_message(siti.id, "halo")
        assert wait.value.retry_after == 1
        assert "Too Many Requests: retry after 1" in str(wait.value)
        clock.seconds = 1.0
        await bot.send_message(siti.id, "halo")
        with pytest.raises(TelegramRetryAfter):
            await bot.send_message(siti.id, "halo")
        assert sim.telegram.throttled == 2
        assert len(siti.received) == 31


async def test_one_chat_gets_one_message_a_second_and_a_group_twenty_a_minute(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # or the library warns of itself
    async with Simulator(monotonic=clock.monotonic) as sim:
        siti, budi = (sim.telegram.person(name, started=True) for name in ("Ibu Siti", "Pak Budi"))
        group = sim.telegram.group("Warga")
        async with ptb_bot(sim) as bot:
            await bot.send_message(siti.id, "halo")
            await bot.send_message(budi.id, "halo")
            with pytest.raises(telegram.error.RetryAfter) as wait:
                await bot.send_message(siti.id, "halo")
            assert wait.value.retry_after == timedelta(seconds=1)
            for _ in range(20):
                await bot.send_message(group.id, "halo")
                clock.seconds += 1
            with pytest.raises(telegram.error.RetryAfter) as wait:
                await bot.send_message(group.id, "halo")
            assert wait.value.retry_after == timedelta(seconds=40)
            sim.telegram.limit(UNTHROTTLED)
            await bot.send_message(group.id, "halo")


async def test_faults_strike_the_next_fitting_requests_and_no_other(sim: Simulator, bot: Bot) -> None:
    siti, budi = (sim.telegram.person(name, started=True) for name in ("Ibu Siti", "Pak Budi"))
    sim.faults.answer("telegram", 429, retry_after=7, method="sendMessage", to=siti.id)
    sim.faults.answer("telegram", 502, times=2, to=siti.id)
    await bot.send_message(budi.id, "halo")
    with pytest.raises(TelegramRetryAfter) as wait:
        await bot.send_message(siti.id, "halo")
    assert wait.value.retry_after == 7
    for _ in range(2):
        with pytest.raises(TelegramServerError, match="Bad Gateway"):
            await bot.send_message(siti.id, "halo")
    await bot.send_message(siti.id, "halo")
    assert sim.faults.outstanding == 0
    assert len(siti.received) == 1


async def test_a_dropped_request_was_processed_or_not_as_ordered(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti", started=True)
    seen: list[tuple[str, str, str]] = []
    sim.faults.on_request = lambda service, method: seen.append(("before", service, method))
    sim.faults.on_answered = lambda service, method: seen.append(("after", service, method))
    sim.faults.drop_before("telegram")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(siti.id, "satu")
    assert siti.received == []
    assert seen == [("before", "telegram", "sendMessage")]
    sim.faults.drop_after("telegram")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(siti.id, "dua")
    assert [m.text for m in siti.received] == ["dua"]
    assert seen[1:] == [("before", "telegram", "sendMessage"), ("after", "telegram", "sendMessage")]


async def test_a_late_answer_runs_into_the_callers_timeout_though_it_was_processed(sim: Simulator) -> None:
    siti = sim.telegram.person("Ibu Siti", started=True)
    sim.faults.delay("telegram", 60, after=True, method="sendMessage")
    async with ptb_bot(sim) as bot:
        with pytest.raises(telegram.error.TimedOut):
            await bot.send_message(siti.id, "halo", read_timeout=0.02)
    assert [m.text for m in siti.received] == ["halo"]


async def test_telegram_goes_away_and_comes_back_at_the_same_address(sim: Simulator, bot: Bot) -> None:
    siti = sim.telegram.person("Ibu Siti")
    siti.say("sebelum")
    await sim.stop()
    with pytest.raises(TelegramNetworkError):
        await bot.get_updates()
    siti.say("selama")
    await sim.start()
    assert [u.message.text for u in await bot.get_updates()] == ["sebelum", "selama"]


async def test_latency_holds_up_every_request_until_it_is_switched_off(sim: Simulator, bot: Bot) -> None:
    loop = asyncio.get_running_loop()
    sim.faults.latency("telegram", 20, 30)
    started = loop.time()
    await bot.get_me()
    assert loop.time() - started >= 0.02
    sim.faults.clear()
    assert sim.faults.latency_seconds("telegram") == 0


async def test_a_wrong_token_or_method_is_told_as_telegram_tells_it(sim: Simulator) -> None:
    async with aiogram_bot(sim, token="99000001:wrong") as bot:
        with pytest.raises(TelegramUnauthorizedError, match="Unauthorized"):
            await bot.get_me()
    base = f"{sim.telegram_url}/bot{sim.bot_token}"
    async with aiohttp.ClientSession() as client:
        async with client.get(f"{base}/sendFax") as answer:
            assert answer.status == 404
            assert await answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}
        async with client.post(f"{base}/SENDMESSAGE", data="{", headers={"Content-Type": "application/json"}) as answer:
            assert answer.status == 400
        siti = sim.telegram.person("Ibu Siti", started=True)
        async with client.post(f"{base}/sendmessage", json={"chat_id": siti.id, "text": "halo"}) as answer:
            assert (await answer.json())["result"]["chat"]["id"] == siti.id
        async with client.get(f"{base}/sendMessage?chat_id={siti.id}&text=halo") as answer:
            assert answer.status == 200


async def test_commands_are_kept_per_language(sim: Simulator, bot: Bot) -> None:
    commands = [BotCommand(command="berhenti", description="Berhenti diberi tahu")]
    await bot.set_my_commands(commands, language_code="id")
    assert [c.command for c in await bot.get_my_commands(language_code="id")] == ["berhenti"]
    assert await bot.get_my_commands() == []


async def test_the_simulator_in_a_thread_is_used_from_other_threads() -> None:
    with SimulatorThread() as sim:
        siti = sim.telegram.person("Ibu Siti")

        async def poll() -> str:
            async with aiogram_bot(sim) as bot:
                (update,) = await bot.get_updates(timeout=30)
                await bot.send_message(update.message.chat.id, "halo juga")
                return str(update.message.text)

        polling = asyncio.create_task(poll())
        siti.say("halo")
        assert await polling == "halo"
        (message,) = await asyncio.to_thread(sim.wait_until, lambda: siti.received)
        assert message.text == "halo juga"
        with pytest.raises(TimeoutError):
            sim.wait_until(lambda: sim.sms.sent(), timeout_seconds=0.01)
