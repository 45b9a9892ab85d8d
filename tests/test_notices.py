"""One message for what one phone is owed: how many cards it speaks of, where they wait, and where it goes next."""

from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actions.cards import move_card_of
from core.actions.contacts import add_contact, close_address
from core.actions.letters import letter_ready
from core.actions.receipts import note_receipt
from core.questions.cards import current_card, resident_by_nik
from core.questions.notice_words import Speech
from core.questions.regions import place
from core.rules.answer import LetterKind, PlaceKind
from core.rules.card import Stage
from core.rules.delivery import Channel, OptedOut, TryLater
from core.rules.notices import NoticeWords
from core.store.delivery_tables import Message, Notice
from core.store.office import OpenOffice
from core.store.tables import Card, Region
from core.store.words import MessageState, NoticeState
from tests.offices import SITI, SITI_PHONE, Clock, Import, act, ask
from tests.senders import FakeChannel, send_all

pytestmark = [pytest.mark.anyio, pytest.mark.both_databases]

SISTER = "3522995506900009"
NEW_PHONE = "+6281200000088"


@pytest.fixture
def sister(office: OpenOffice, take: Import) -> str:
    """Another woman on Siti's phone."""
    take(f"{SISTER};SITI RUKMINI;35.22.15.2003;PRR;05/01/2017;{SITI_PHONE};YA;BJN-000009-K07")
    return SISTER


def move(office: OpenOffice, nik: str, to: Stage, clock: Clock, **terms: object) -> None:
    act(office, move_card_of, nik, to, now=clock(), by="operator", **terms)


def states(office: OpenOffice) -> list[NoticeState]:
    return ask(office, lambda session: list(session.scalars(select(Notice.state).order_by(Notice.id))))


async def test_a_card_that_was_printed_spoiled_and_printed_again_overnight_is_one_card(
    office: OpenOffice, clock: Clock
) -> None:
    sms = FakeChannel(Channel.SMS)
    for to in (Stage.PRINTED, Stage.PRINT_READY, Stage.PRINTED):
        move(office, SITI, to, clock)
    await send_all(office, sms, now=clock)
    [message] = sms.given
    assert "2 KTP-el" not in message.text
    assert states(office) == [NoticeState.OVERTAKEN, NoticeState.TOLD]


async def test_a_card_without_a_pickup_place_waits_where_its_district_hands_cards_over(
    office: OpenOffice, clock: Clock
) -> None:
    sms = FakeChannel(Channel.SMS)
    move(office, SITI, Stage.PRINTED, clock)
    await send_all(office, sms, now=clock)
    card = ask(office, current_card, SITI)
    assert card is not None

    def said(session: Session) -> NoticeWords:
        notices = list(session.scalars(select(Notice)))
        return Speech(session, notices, ZoneInfo("Asia/Jakarta")).words(notices)[0]

    words = ask(office, said)
    assert card.pickup_point is None
    assert words.place == ask(office, place, "35.22.15.2003")


async def test_a_letter_waits_where_its_district_hands_things_over(office: OpenOffice, clock: Clock) -> None:
    def at_the_district(session) -> None:  # type: ignore[no-untyped-def]
        session.get_one(Region, "35.22.15").pickup = PlaceKind.DISTRICT

    sms = FakeChannel(Channel.SMS)
    office.write(at_the_district)
    act(office, letter_ready, SITI, LetterKind.SUKET, now=clock(), by="operator")
    await send_all(office, sms, now=clock)
    assert "Kec" in sms.given[0].text
    assert "Desa" not in sms.given[0].text


async def test_two_cards_at_two_places_are_two_messages_even_when_the_first_try_failed(
    office: OpenOffice, clock: Clock, sister: str
) -> None:
    sms = FakeChannel(Channel.SMS, TryLater("connect"))
    move(office, SITI, Stage.READY_FOR_PICKUP, clock)
    move(office, sister, Stage.READY_FOR_PICKUP, clock)
    await send_all(office, sms, now=clock)
    assert "2 KTP-el" in sms.given[0].text
    move(office, sister, Stage.SHIPPED, clock)
    move(office, sister, Stage.READY_FOR_PICKUP, clock, at="35.22")
    clock.move(minutes=1)
    await send_all(office, sms, now=clock)
    await send_all(office, sms, now=clock)
    assert len({message.message_id for message in sms.given}) == 2
    assert not [message.text for message in sms.given[1:] if "2 KTP-el" in message.text]
    assert states(office) == [NoticeState.TOLD, NoticeState.OVERTAKEN, NoticeState.TOLD]
    ends = ask(office, lambda session: set(session.scalars(select(Message.state))))
    assert ends == {MessageState.SENT}


async def test_a_message_that_has_to_wait_follows_her_to_her_new_number(office: OpenOffice, clock: Clock) -> None:
    sms = FakeChannel(Channel.SMS, TryLater("connect"))
    move(office, SITI, Stage.READY_FOR_PICKUP, clock)
    await send_all(office, sms, now=clock)
    resident = ask(office, resident_by_nik, SITI)
    assert resident is not None
    terms = {"proof": "counter", "how": "counter", "text": "2026-1", "now": clock(), "by": "operator"}
    act(office, close_address, Channel.SMS, SITI_PHONE, why="stopped", now=clock(), by="operator")
    act(office, add_contact, resident.id, Channel.SMS, NEW_PHONE, **terms)
    clock.move(minutes=1)
    await send_all(office, sms, now=clock)
    assert [message.address for message in sms.given] == [SITI_PHONE, NEW_PHONE]
    assert len({message.message_id for message in sms.given}) == 2
    assert states(office) == [NoticeState.TOLD]


async def test_pickup_numbers_stand_with_their_own_receipts(office: OpenOffice, clock: Clock, sister: str) -> None:
    telegram = FakeChannel(Channel.TELEGRAM)
    for nik, number in ((SITI, 348), (sister, 347)):
        resident = ask(office, resident_by_nik, nik)
        assert resident is not None
        terms = {"proof": "receipt", "how": "telegram", "text": "2026-1", "now": clock(), "by": "resident"}
        act(office, add_contact, resident.id, Channel.TELEGRAM, "900000001", **terms)
        move(office, nik, Stage.READY_FOR_PICKUP, clock)

        def give(session, id_=resident.id, number=number) -> None:  # type: ignore[no-untyped-def]
            session.scalars(select(Card).where(Card.resident_id == id_)).one().pickup_number = number

        office.write(give)
    await send_all(office, telegram, now=clock)
    [message] = telegram.given
    assert "347 (resi K07), 348 (resi V87)" in message.text


async def test_two_sisters_whose_cards_are_ready_one_after_the_other_are_told_one_after_the_other(
    office: OpenOffice, clock: Clock, sister: str
) -> None:
    sms = FakeChannel(Channel.SMS)
    for nik in (SITI, sister):
        move(office, nik, Stage.READY_FOR_PICKUP, clock)
        await send_all(office, sms, now=clock)
    assert len(sms.given) == 2
    assert states(office) == [NoticeState.TOLD, NoticeState.TOLD]


@pytest.mark.parametrize(("arrived", "end"), [(True, "told-on-shared-phone"), (False, "told")])
async def test_only_a_message_that_left_well_counts_as_told_on_the_shared_phone(
    office: OpenOffice, clock: Clock, sister: str, arrived: bool, end: str
) -> None:
    """Siti's Telegram fails after her sister's SMS went to the phone that both use."""
    telegram, sms = FakeChannel(Channel.TELEGRAM, OptedOut("blocked")), FakeChannel(Channel.SMS)
    resident = ask(office, resident_by_nik, SITI)
    assert resident is not None
    terms = {"proof": "receipt", "how": "telegram", "text": "2026-1", "now": clock(), "by": "resident"}
    act(office, add_contact, resident.id, Channel.TELEGRAM, "900000001", **terms)
    move(office, sister, Stage.READY_FOR_PICKUP, clock)
    await send_all(office, sms, now=clock)
    if not arrived:
        later = {"provider_id": "sms-1", "rank": 4, "outcome": TryLater("30003"), "resends": 0, "now": clock()}
        assert act(office, note_receipt, 1, **later)
    move(office, SITI, Stage.READY_FOR_PICKUP, clock)
    await send_all(office, telegram, sms, now=clock)
    assert states(office)[-1] == end
    assert len(sms.given) == (1 if arrived else 2)
