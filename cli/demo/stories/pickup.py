"""What phones are told of printed and ready cards: once each, of all the cards behind it, with pickup numbers."""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from cli.demo.cast import Cast
from cli.demo.office_work import BY
from cli.demo.stage import DemoFailedError, Stage
from core.actions.handover import Given, hand_over
from core.files import ExportRow
from core.questions.boxes import Packing
from core.questions.handover import card_with_number
from core.questions.residents import known_resident
from core.store.words import Taken


def numbers_in(stage: Stage[Cast], boxes: Iterable[Packing], people: Iterable[ExportRow]) -> dict[str, int]:
    """Return the pickup number of each of these people by NIK; every one must be in a box."""
    numbers = {packed.resident_id: packed.number for box in boxes for packed in box.cards}

    def of_people(session: Session) -> dict[str, int]:
        return {row.nik: numbers[known_resident(session, row.nik).id] for row in people}

    return stage.office.read(of_people)


def expect_printed(stage: Stage[Cast], cards_by_phone: Mapping[str, int]) -> None:
    """Each phone must be told once that its cards are printed. cards_by_phone: of those who agreed to SMS."""
    for phone, cards in cards_by_phone.items():
        stage.expect(phone, "dicetak" if cards == 1 else f"{cards} KTP-el")


def expect_ready(stage: Stage[Cast], numbers: Mapping[str, int], people: Iterable[ExportRow]) -> None:
    """Each phone of these people must be told once, of all their cards; who shares one has numbers side by side.

    people: only those who agreed to SMS.
    """
    by_phone: dict[str, list[int]] = {}
    for row in people:
        by_phone.setdefault(row.phone or "", []).append(numbers[row.nik])
    for phone, held in by_phone.items():
        first, last = min(held), max(held)
        if len(held) == 1:
            stage.expect(phone, ("KTP-el siap diambil", f"No. ambil {first}/"))
        elif last - first == len(held) - 1:
            stage.expect(phone, (f"{len(held)} KTP-el siap diambil", f"No. ambil {first}-{last}."))
        else:
            raise DemoFailedError(f"who shares a phone got numbers apart: {sorted(held)}")


def hand_over_number(stage: Stage[Cast], point: str, number: int) -> None:
    """Hand over the card with this number to its holder, as at the counter."""

    def give(session: Session) -> Given:
        return hand_over(session, card_with_number(session, point, number), Taken.SELF, now=stage.clock(), by=BY)

    given = stage.act(give)
    if given is not Given.DONE:
        raise DemoFailedError(f"number {number} at {point} could not be handed over: {given.value}")
