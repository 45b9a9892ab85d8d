"""An address is forgotten thirty days after its resident's card was handed over, as the consent promises."""

from sqlalchemy import select

from core.actions.cards import move_card_of
from core.actions.retention import forget_finished_contacts
from core.rules.card import Stage
from core.store.office import OpenOffice
from core.store.tables import Contact, Fact
from tests.offices import SITI, Clock, act, ask


def siti_s_contact(office: OpenOffice) -> Contact:
    return ask(office, lambda session: session.scalars(select(Contact).order_by(Contact.id)).first())


def test_a_phone_is_kept_while_the_card_is_awaited(office: OpenOffice, clock: Clock) -> None:
    clock.move(days=400)
    assert act(office, forget_finished_contacts, now=clock()) == 0


def test_thirty_days_after_the_hand_over_the_phone_is_erased_and_that_is_noted(
    office: OpenOffice, clock: Clock
) -> None:
    act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by="operator")
    before = siti_s_contact(office)
    clock.move(days=30)
    assert act(office, forget_finished_contacts, now=clock()) == 0
    clock.move(seconds=1)
    assert act(office, forget_finished_contacts, now=clock()) == 1
    after = siti_s_contact(office)
    assert (after.address_sealed, after.closed_why) == (b"", "forgotten")
    assert after.address_index != before.address_index
    assert ask(office, lambda session: session.scalars(select(Fact.details).order_by(Fact.id.desc())).first()) == {
        "channel": "sms",
        "why": "forgotten",
    }
    assert act(office, forget_finished_contacts, now=clock()) == 0
