"""Residents on their way to being told in a chat: what they read, and whether they are linked."""

from core.actions.slips import draw_secrets, make_slip
from core.questions.cards import history, where_is_proven
from core.questions.contacts import linked_residents
from core.rules.delivery import Channel
from core.wording.answers import card_answer
from tests.bot_world import W, text
from tests.offices import SITI, SITI_RECEIPT, act, ask

CONSENT = text("consent", simpan=W.text("contact-kept"))


def linked(world, person):
    return ask(world.office, linked_residents, Channel.TELEGRAM, str(person.id))


def own_answer(world, resident_id=1):
    answer = ask(world.office, where_is_proven, resident_id, now=world.clock())
    return card_answer(W, world.runner.house.office, answer)


async def link(world, person, nik=SITI, receipt=SITI_RECEIPT):
    await world.says(person, f"{nik} {receipt}", answers=2)
    await world.presses(person, "Setuju")


def slip_of(world, nik=SITI):
    """What stands on a new slip from the counter."""
    drawn = draw_secrets()
    act(world.office, make_slip, nik, drawn, now=world.clock(), by="operator")
    return drawn


def scan(person, drawn):
    """What a person does who scans a slip."""
    return lambda: person.open_link(f"https://t.me/kabar_simulator_bot?start=r_{drawn.link}")


def proofs(world, resident_id=1):
    """How each address of a resident was proven that was added in a chat."""
    added = [fact.details for fact in ask(world.office, history, resident_id) if fact.kind == "contact-added"]
    return [details["proof"] for details in added if details["how"] == "telegram"]
