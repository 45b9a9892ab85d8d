"""What to bring: for the cards of a chat that proved them, and in general."""

from collections.abc import Sequence

from core.rules.answer import CardAnswer
from core.rules.card import Stage
from core.rules.notices import OfficeWords
from core.rules.suspension import Service
from core.wording import Wording
from core.wording.numbers import receipt_line
from core.wording.paragraphs import paragraphs
from core.wording.places import place_names


def what_to_bring(w: Wording, office: OfficeWords, cards: Sequence[CardAnswer], *, closing: str) -> str:
    """cards: only those that were proven here. closing: that the office is about to close, if it is."""
    lines = [line for card in cards for line in _of_card(w, card)]
    general = w.text("bring", kantor=office.name, jam_kantor=office.hours, tutup=closing)
    return paragraphs(w.text("bring-heading"), "\n".join(lines), general)


def _of_card(w: Wording, card: CardAnswer) -> list[str]:
    which = receipt_line(w, (card.receipt_tail,) if card.receipt_tail else ()) or w.text("cards-one")
    said = [_stage(w, card)]
    if card.letter_ready:
        said.append(w.text("bring-letter", surat=w.text(f"letter-{card.letter_ready}-short")))
    return [w.text("bring-for", resi=which, apa=what) for what in said]


def _stage(w: Wording, card: CardAnswer) -> str:
    if card.stage is not Stage.READY_FOR_PICKUP:
        return w.text(f"bring-{card.stage}")
    if any(Service.PICKUP in note.services for note in card.suspensions):
        return w.text("bring-pickup-stopped")
    place = place_names(w, card.place)[0] if card.place else w.text("place-unknown")
    return w.text("bring-READY_FOR_PICKUP", tempat=place)
