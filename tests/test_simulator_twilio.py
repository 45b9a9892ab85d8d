"""The simulated Twilio, spoken to by its own client library as it is, over real HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web
from twilio.base.exceptions import TwilioRestException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from simulator import Simulator, SimulatorThread
from simulator.segments import count_segments

pytestmark = [
    pytest.mark.anyio,
    # twilio's own asynchronous client still uses what aiohttp 4 will drop
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The 'auth' parameter is deprecated:DeprecationWarning"),
]

SITI = "+6281200000001"
BUDI = "+6281200000002"


class Clock:
    """Stands still until told to go on."""

    def __init__(self) -> None:
        self.moment = datetime(2017, 9, 4, 2, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def sim(clock: Clock) -> AsyncIterator[Simulator]:
    async with Simulator(now=clock.now) as simulator:
        yield simulator


@pytest.fixture
async def client(sim: Simulator) -> AsyncIterator[Client]:
    async with AsyncTwilioHttpClient() as http:
        client = Client(sim.account_sid, sim.auth_token, http_client=http)
        client.api.base_url = sim.twilio_url
        yield client


class Receipts:
    """An office's receipt address: keeps every form and whether its signature is Twilio's."""

    def __init__(self, auth_token: str) -> None:
        self.validator = RequestValidator(auth_token)
        self.public = ""
        self.forms: list[dict[str, str]] = []
        self.valid: list[bool] = []

    async def handle(self, request: web.BaseRequest) -> web.Response:
        form = {key: str(value) for key, value in (await request.post()).items()}
        signature = request.headers["X-Twilio-Signature"]
        self.valid.append(self.validator.validate(self.public + request.raw_path, form, signature))
        self.forms.append(form)
        return web.Response()

    def told(self) -> list[str]:
        return [form["MessageStatus"] for form in self.forms]


@asynccontextmanager
async def receipts_for(sim: Simulator) -> AsyncIterator[Receipts]:
    receipts = Receipts(sim.auth_token)
    runner = web.ServerRunner(web.Server(receipts.handle))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receipts.public = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield receipts
    finally:
        await runner.cleanup()


async def test_an_sms_is_accepted_and_reaches_the_phone(sim: Simulator, client: Client, clock: Clock) -> None:
    message = await client.messages.create_async(to=SITI, from_="DUKCAPIL", body="KTP-el jadi", validity_period=3600)
    assert (message.status, message.num_segments, message.date_created) == ("queued", "1", clock.now())
    assert message.date_sent is None
    (sms,) = sim.sms.inbox(SITI)
    assert (sms.body, sms.sender, sms.sent_at, sms.segments, sms.status) == (
        "KTP-el jadi",
        "DUKCAPIL",
        clock.now(),
        1,
        "delivered",
    )
    fetched = await client.messages(message.sid).fetch_async()
    assert (fetched.status, fetched.to, fetched.body, fetched.date_sent) == (
        "delivered",
        SITI,
        "KTP-el jadi",
        clock.now(),
    )


async def test_the_synchronous_client_works_too() -> None:
    with SimulatorThread() as sim:

        def send() -> str:
            client = Client(sim.account_sid, sim.auth_token)
            client.api.base_url = sim.twilio_url
            return str(client.messages.create(to=SITI, from_="DUKCAPIL", body="halo").sid)

        sid = await asyncio.to_thread(send)
        assert sim.wait_until(lambda: sim.sms.inbox(SITI))[0].sid == sid


async def test_a_messaging_service_chooses_the_sender_later(sim: Simulator, client: Client) -> None:
    service = "MG" + "0" * 32
    message = await client.messages.create_async(to=SITI, messaging_service_sid=service, body="halo")
    assert (message.status, message.from_, message.messaging_service_sid) == ("accepted", None, service)
    assert sim.sms.inbox(SITI)[0].sender == "DUKCAPIL"


async def test_each_receipt_is_a_signed_form(sim: Simulator, client: Client) -> None:
    sim.sms.set_final(BUDI, "undelivered", 30003)
    async with receipts_for(sim) as receipts:
        callback = f"{receipts.public}/sms?message=17&blank="
        sent = await client.messages.create_async(to=BUDI, from_="DUKCAPIL", body="halo", status_callback=callback)
        await sim.wait_until(lambda: len(sim.sms.sent(BUDI)[0].receipts) == 2)
    assert receipts.valid == [True, True]
    assert receipts.told() == ["sent", "undelivered"]
    assert receipts.forms[1] == {
        "SmsSid": sent.sid,
        "MessageSid": sent.sid,
        "SmsStatus": "undelivered",
        "MessageStatus": "undelivered",
        "To": BUDI,
        "From": "DUKCAPIL",
        "AccountSid": sim.account_sid,
        "ApiVersion": "2010-04-01",
        "ErrorCode": "30003",
    }
    assert sim.sms.inbox(BUDI) == []


async def test_receipts_are_held_repeated_or_out_of_order_on_request(sim: Simulator, client: Client) -> None:
    async with receipts_for(sim) as receipts:
        for mode, told in (
            ("held", ["sent", "delivered"]),
            ("repeated", ["sent", "sent", "delivered", "delivered"]),
            ("out of order", ["delivered", "sent"]),
        ):
            receipts.forms.clear()
            sim.sms.receipts = mode
            await client.messages.create_async(
                to=SITI, from_="DUKCAPIL", body=mode, status_callback=f"{receipts.public}/sms"
            )
            sms = sim.sms.inbox(SITI)[-1]
            if mode == "held":
                assert sms.receipts == []
                sim.sms.release_receipts()
            await sim.wait_until(lambda sms=sms, told=told: len(sms.receipts) == len(told))
            assert receipts.told() == told


async def test_a_public_address_is_signed_as_given_and_reached_on_this_machine(clock: Clock) -> None:
    async with Simulator(now=clock.now) as probe, receipts_for(probe) as receipts:
        local, receipts.public = receipts.public, "https://kabar.example.id"
        async with Simulator(reached_at={receipts.public: local}) as sim, AsyncTwilioHttpClient() as http:
            client = Client(sim.account_sid, sim.auth_token, http_client=http)
            client.api.base_url = sim.twilio_url
            for callback in ("https://kabar.example.id/sms?m=1", "https://elsewhere.example.id/sms"):
                await client.messages.create_async(to=SITI, from_="D", body="halo", status_callback=callback)
            await sim.wait_until(lambda: all(len(sms.receipts) == 2 for sms in sim.sms.sent()))
            assert [status for sms in sim.sms.sent() for _, status in sms.receipts] == [200, 200, 0, 0]
        assert receipts.valid == [True, True]


async def test_what_waited_in_the_queue_longer_than_its_validity_expires(
    sim: Simulator, client: Client, clock: Clock
) -> None:
    sim.sms.hold_queue()
    await client.messages.create_async(to=SITI, from_="D", body="lama", validity_period=60)
    await client.messages.create_async(to=SITI, from_="D", body="awet", validity_period=7200)
    assert [sms.status for sms in sim.sms.sent(SITI)] == ["queued", "queued"]
    clock.moment += timedelta(hours=1)
    sim.sms.release_queue()
    assert [(sms.status, sms.error_code) for sms in sim.sms.sent(SITI)] == [("failed", 30036), ("delivered", None)]
    assert [sms.body for sms in sim.sms.inbox(SITI)] == ["awet"]


async def test_the_list_is_newest_first_filtered_and_paged_without_callbacks(
    sim: Simulator, client: Client, clock: Clock
) -> None:
    for number in range(5):
        await client.messages.create_async(to=SITI, from_="D", body=str(number), status_callback="http://127.0.0.1:9/x")
        clock.moment += timedelta(days=1)
    await client.messages.create_async(to=BUDI, from_="E", body="lain")
    sim.sms.hold_queue()
    await client.messages.create_async(to=SITI, from_="D", body="antre")
    async with asyncio.timeout(5):
        listed = await client.messages.list_async(to=SITI, page_size=2)
    assert [m.body for m in listed] == ["antre", "4", "3", "2", "1", "0"]
    assert [m.body for m in await client.messages.list_async(from_="E")] == ["lain"]
    assert len(await client.messages.list_async(limit=3)) == 3
    since = await client.messages.list_async(to=SITI, date_sent_after=datetime(2017, 9, 6, tzinfo=UTC))
    assert [m.body for m in since] == ["4", "3", "2"]
    until = await client.messages.list_async(date_sent_before=datetime(2017, 9, 5, 2, 0, tzinfo=UTC))
    assert [m.body for m in until] == ["1", "0"]
    that_day = await client.messages.list_async(date_sent=datetime(2017, 9, 7, tzinfo=UTC))
    assert [m.body for m in that_day] == ["3"]


async def test_the_account_and_only_its_owner_can_be_asked(sim: Simulator, client: Client) -> None:
    account = await client.api.accounts(sim.account_sid).fetch_async()
    assert (account.sid, account.status) == (sim.account_sid, "active")
    async with AsyncTwilioHttpClient() as http:
        thief = Client(sim.account_sid, "wrong", http_client=http)
        thief.api.base_url = sim.twilio_url
        with pytest.raises(TwilioRestException) as refused:
            await thief.messages.create_async(to=SITI, from_="D", body="halo")
    assert (refused.value.status, refused.value.code) == (401, 20003)
    with pytest.raises(TwilioRestException) as unknown:
        await client.messages("SM" + "f" * 32).fetch_async()
    assert (unknown.value.status, unknown.value.code) == (404, 20404)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"to": "081200000001", "from_": "D", "body": "x"}, 21211),
        ({"to": "", "from_": "D", "body": "x"}, 21604),
        ({"to": SITI, "body": "x"}, 21603),
        ({"to": SITI, "from_": "D", "body": ""}, 21602),
        ({"to": SITI, "from_": "D", "body": "x" * 1601}, 21617),
    ],
)
async def test_a_message_twilio_refuses_is_refused_with_its_code(
    sim: Simulator, client: Client, message: dict[str, str], code: int
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        await client.messages.create_async(**message)
    assert (refused.value.status, refused.value.code) == (400, code)
    assert sim.sms.sent() == []


async def test_faults_strike_one_number_or_one_kind_of_request(sim: Simulator, client: Client) -> None:
    sim.faults.answer("twilio", 400, code=21610, text="Attempt to send to unsubscribed recipient", to=BUDI)
    sim.faults.answer("twilio", 429, code=20429, method="list")
    await client.messages.create_async(to=SITI, from_="D", body="halo")
    with pytest.raises(TwilioRestException) as refused:
        await client.messages.create_async(to=BUDI, from_="D", body="halo")
    assert (refused.value.code, refused.value.msg) == (
        21610,
        "Unable to create record: Attempt to send to unsubscribed recipient",
    )
    await client.messages.create_async(to=BUDI, from_="D", body="halo")
    assert len(sim.sms.sent()) == 2


async def test_an_sms_is_there_though_the_answer_was_lost(sim: Simulator, client: Client) -> None:
    sim.faults.drop_before("twilio")
    with pytest.raises(aiohttp.ClientError):
        await client.messages.create_async(to=SITI, from_="D", body="satu")
    sim.faults.drop_after("twilio")
    async with receipts_for(sim) as receipts:
        with pytest.raises(aiohttp.ClientError):
            await client.messages.create_async(
                to=SITI, from_="D", body="dua", status_callback=f"{receipts.public}/sms?m=2"
            )
        await sim.wait_until(lambda: len(sim.sms.sent(SITI)[0].receipts) == 2)
    assert [sms.body for sms in sim.sms.inbox(SITI)] == ["dua"]


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("{" * 80, 1),
        ("{" * 81, 2),
        ("’" * 70, 1),
        ("’" + "a" * 70, 2),
        ("👍" * 35, 1),
        ("👍" * 36, 2),
        ("", 1),
    ],
)
async def test_segments_are_counted_as_the_networks_count_them(text: str, segments: int) -> None:
    assert count_segments(text) == segments
