"""What reaches this office from outside, over real HTTP: receipts, updates, and the question whether all is well."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO

import pytest
from aiohttp import ClientResponse, ClientSession

from core.errors import SetupError
from core.rules.delivery import Channel, GiveUp, Sent
from notifier.sms import Receipt
from simulator import SimulatorThread
from simulator.sms_receipts import sign
from tests.desks import NUMBER, desk_of, running_simulator
from web.app import LARGEST_BODY, create_app
from web.serve import serve
from web.telegram import LARGEST_UPDATE, TelegramUpdates
from web.twilio import TwilioReceipts

PUBLIC_URL = "https://kabar.example.id"
AUTH_TOKEN = SimulatorThread.auth_token
PATH_SECRET = "a-path-that-nobody-guesses"
HEADER_SECRET = "a-header-that-nobody-guesses"
SIGNED = {"X-Telegram-Bot-Api-Secret-Token": HEADER_SECRET}


class StoreIsFull(Exception):
    pass


@dataclass
class Office:
    """What is behind the web application; `broken` makes every store fail."""

    receipts: list[tuple[int, Receipt]] = field(default_factory=list)
    updates: list[bytes] = field(default_factory=list)
    well: bool = True
    broken: bool = False
    at: str = ""

    async def on_receipt(self, message_id: int, receipt: Receipt) -> None:
        self._may_store()
        self.receipts.append((message_id, receipt))

    async def on_update(self, raw: bytes) -> None:
        self._may_store()
        self.updates.append(raw)

    async def health(self) -> dict[str, object]:
        return {"ok": self.well, "waiting": 3}

    def _may_store(self) -> None:
        if self.broken:
            raise StoreIsFull


@asynccontextmanager
async def listening(
    office: Office, *, everything: bool = True, public_url: str = PUBLIC_URL, code: str | None = None
) -> AsyncIterator[ClientSession]:
    formerly = PUBLIC_URL if code else None
    twilio = TwilioReceipts(
        public_url=public_url, formerly=formerly, auth_token=AUTH_TOKEN, on_receipt=office.on_receipt
    )
    telegram = TelegramUpdates(path_secret=PATH_SECRET, header_secret=HEADER_SECRET, on_update=office.on_update)
    routes = {"twilio": twilio, "telegram": telegram} if everything else {}
    runner = await serve(create_app(health=office.health, code=code, **routes), host="127.0.0.1", port=0)
    office.at = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        async with ClientSession(base_url=office.at) as visitor:
            yield visitor
    finally:
        await runner.cleanup()


async def post_receipt(
    visitor: ClientSession, *, path: str = "/twilio/42", signed_for: str = f"{PUBLIC_URL}/twilio/42", **form: str
) -> ClientResponse:
    fields = {"MessageSid": "SM1", "MessageStatus": "delivered", **form}
    return await visitor.post(path, data=fields, headers={"X-Twilio-Signature": sign(AUTH_TOKEN, signed_for, fields)})


async def test_a_signed_receipt_is_stored_and_then_confirmed() -> None:
    office = Office()
    async with listening(office) as visitor:
        answer = await post_receipt(visitor, MessageStatus="undelivered", ErrorCode="30005")
        assert answer.status == 204
        ((message_id, receipt),) = office.receipts
        assert (message_id, receipt.provider_id, receipt.outcome) == (42, "SM1", GiveUp("30005"))


async def test_blank_fields_are_part_of_the_signature() -> None:
    office = Office()
    async with listening(office) as visitor:
        assert (await post_receipt(visitor, ErrorCode="", Body="")).status == 204


async def test_the_signature_is_over_the_address_in_the_settings_whatever_a_proxy_made_of_it() -> None:
    office = Office()
    async with listening(office) as visitor:
        assert (await post_receipt(visitor, signed_for=f"{office.at}/twilio/42")).status == 403
        assert office.receipts == []


@pytest.mark.parametrize("path", ["/twilio/43", "/twilio/042"])
async def test_a_signature_for_one_message_does_not_fit_another(path: str) -> None:
    office = Office()
    async with listening(office) as visitor:
        assert (await post_receipt(visitor, path=path)).status == (403 if path == "/twilio/43" else 204)
        assert [message_id for message_id, _ in office.receipts] == ([] if path == "/twilio/43" else [42])


@pytest.mark.parametrize("headers", [{}, {"X-Twilio-Signature": ""}, {"X-Twilio-Signature": "ümlaut=="}])
async def test_an_unsigned_receipt_is_refused(headers: dict[str, str]) -> None:
    office = Office()
    async with listening(office) as visitor:
        fields = {"MessageSid": "SM1", "MessageStatus": "delivered"}
        assert (await visitor.post("/twilio/42", data=fields, headers=headers)).status == 403
        assert (await visitor.post("/twilio/42", json=fields, headers=headers)).status == 403
        assert (await visitor.post("/twilio/42", data=b"\xff\x00%zz=%", headers=headers)).status == 403
        assert office.receipts == []


@pytest.mark.parametrize("path", ["/twilio/", "/twilio/x", "/twilio/-1", "/twilio/٤٢", f"/twilio/{'9' * 5000}"])
async def test_a_receipt_for_no_message_of_ours_is_not_found(path: str) -> None:
    async with listening(Office()) as visitor:
        assert (await post_receipt(visitor, path=path)).status == 404


async def test_what_cannot_be_stored_is_not_confirmed(caplog: pytest.LogCaptureFixture) -> None:
    office = Office(broken=True)
    async with listening(office) as visitor:
        assert (await post_receipt(visitor)).status == 503
        answer = await visitor.post(f"/telegram/{PATH_SECRET}", data=b"{}", headers=SIGNED)
        assert answer.status == 503
        assert PATH_SECRET not in caplog.text


async def test_an_update_is_stored_raw_and_then_confirmed() -> None:
    office = Office()
    async with listening(office) as visitor:
        raw = b'{"update_id":1, "message" : {}}\n'
        assert (await visitor.post(f"/telegram/{PATH_SECRET}", data=raw, headers=SIGNED)).status == 200
        assert office.updates == [raw]


async def test_an_update_is_confirmed_only_after_it_was_stored() -> None:
    office, may_end = Office(), asyncio.Event()
    store = office.on_update

    async def slow_store(raw: bytes) -> None:
        await may_end.wait()
        await store(raw)

    office.on_update = slow_store  # type: ignore[method-assign]
    async with listening(office) as visitor:
        posting = asyncio.ensure_future(visitor.post(f"/telegram/{PATH_SECRET}", data=b"{}", headers=SIGNED))
        assert (await visitor.get("/healthz")).status == 200
        assert not posting.done()
        may_end.set()
        assert (await posting).status == 200
        assert office.updates == [b"{}"]


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        (f"/telegram/{PATH_SECRET}", {}, 403),
        (f"/telegram/{PATH_SECRET}", {"X-Telegram-Bot-Api-Secret-Token": "ümlaut"}, 403),
        (f"/telegram/{PATH_SECRET}", {"X-Telegram-Bot-Api-Secret-Token": HEADER_SECRET[:-1]}, 403),
        ("/telegram/guess", SIGNED, 404),
        ("/telegram/%FFgu%C3%A9ss", SIGNED, 404),
    ],
)
async def test_who_does_not_know_both_secrets_brings_no_update(path: str, headers: dict[str, str], status: int) -> None:
    office = Office()
    async with listening(office) as visitor:
        assert (await visitor.post(path, data=b"{}", headers=headers)).status == status
        assert office.updates == []


async def test_of_an_update_larger_than_a_mebibyte_the_beginning_is_kept_and_it_never_comes_again() -> None:
    office = Office()
    async with listening(office) as visitor:
        for size in (LARGEST_UPDATE, LARGEST_UPDATE + 1, 9 * LARGEST_UPDATE):
            answer = await visitor.post(f"/telegram/{PATH_SECRET}", data=BytesIO(b"7" * size), headers=SIGNED)
            assert answer.status == 200
        assert [len(update) for update in office.updates] == [LARGEST_UPDATE] * 3


async def test_a_receipt_of_more_than_a_mebibyte_is_none() -> None:
    office = Office()
    async with listening(office) as visitor:
        too_large = BytesIO(b"MessageSid=" + b"7" * LARGEST_BODY)
        form = {"X-Twilio-Signature": "none", "Content-Type": "application/x-www-form-urlencoded"}
        assert (await visitor.post("/twilio/42", data=too_large, headers=form)).status == 413
        assert office.receipts == []


async def test_a_secret_that_is_not_set_lets_nobody_in() -> None:
    office = Office()
    telegram = TelegramUpdates(path_secret="x", header_secret="", on_update=office.on_update)
    runner = await serve(create_app(health=office.health, telegram=telegram), host="127.0.0.1", port=0)
    try:
        async with ClientSession() as visitor:
            answer = await visitor.post(f"http://127.0.0.1:{runner.addresses[0][1]}/telegram/x", data=b"{}")
            assert answer.status == 403
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(("well", "status"), [(True, 200), (False, 503)])
async def test_health_is_told_in_a_number_and_in_words(well: bool, status: int) -> None:
    async with listening(Office(well=well)) as visitor:
        answer = await visitor.get("/healthz")
        assert answer.status == status
        assert await answer.json() == {"ok": well, "waiting": 3}


async def test_what_the_office_does_not_use_is_not_there() -> None:
    async with listening(Office(), everything=False) as visitor:
        assert (await post_receipt(visitor)).status == 404
        assert (await visitor.post(f"/telegram/{PATH_SECRET}", headers=SIGNED)).status == 404
        assert (await visitor.get("/healthz")).status == 200


async def test_no_log_holds_an_address_that_is_a_secret(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="aiohttp.access")
    async with listening(Office()) as visitor:
        await visitor.post(f"/telegram/{PATH_SECRET}", data=b"{}", headers=SIGNED)
        await visitor.post(f"/telegram/{PATH_SECRET}", data=b"{}")
        await post_receipt(visitor)
        assert PATH_SECRET not in caplog.text
        assert HEADER_SECRET not in caplog.text


@pytest.mark.parametrize("under", ["", "/35.22"])
async def test_an_office_whose_address_ends_with_its_code_is_reached_with_it_and_without(under: str) -> None:
    office = Office()
    async with listening(office, public_url=f"{PUBLIC_URL}/35.22", code="35.22") as visitor:
        assert (await visitor.post(f"{under}/telegram/{PATH_SECRET}", data=b"{}", headers=SIGNED)).status == 200
        answer = await post_receipt(visitor, path=f"{under}/twilio/42", signed_for=f"{PUBLIC_URL}/35.22/twilio/42")
        assert answer.status == 204
        assert len(office.receipts) == len(office.updates) == 1


@pytest.mark.parametrize("under", ["", "/35.22"])
async def test_a_receipt_of_an_sms_from_before_the_code_came_to_the_address_is_taken(under: str) -> None:
    office = Office()
    async with listening(office, public_url=f"{PUBLIC_URL}/35.22", code="35.22") as visitor:
        assert (await post_receipt(visitor, path=f"{under}/twilio/42")).status == 204
        assert (await post_receipt(visitor, path=f"{under}/twilio/43")).status == 403
        assert [message_id for message_id, _ in office.receipts] == [42]


async def test_a_port_in_use_is_told_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SetupError, match="KABAR_HTTP"):
            await serve(create_app(health=Office().health), host="127.0.0.1", port=taken.getsockname()[1])


async def test_an_sms_is_sent_and_its_receipts_come_back_to_it() -> None:
    """The whole way round, through a proxy that hides the public address."""
    office = Office()
    async with listening(office):
        with running_simulator(reached_at={PUBLIC_URL: office.at}) as simulator:
            simulator.sms.set_final(NUMBER, "undelivered", 30003)
            async with desk_of(Channel.SMS, simulator, public_url=PUBLIC_URL) as desk:
                sent = await desk.adapter.send(desk.outgoing)
            (sms,) = simulator.sms.sent()
            await asyncio.to_thread(simulator.wait_until, lambda: len(sms.receipts) == 2)
    assert [status for _, status in sms.receipts] == [204, 204]
    assert [(number, receipt.status, receipt.rank) for number, receipt in office.receipts] == [
        (42, "sent", 3),
        (42, "undelivered", 4),
    ]
    assert sent == Sent(sms.sid)
    assert {receipt.provider_id for _, receipt in office.receipts} == {sms.sid}
