"""What is held about an account, in words that say kinds and days, and never a value."""

from collections.abc import Sequence
from datetime import date, timedelta

from core.rules.backups import KEPT_DAYS
from core.rules.held import HeldCard, HeldData, Seen
from core.rules.notices import OfficeWords
from core.rules.retention import QUESTION_KEPT, SET_ASIDE_KEPT, TEXT_KEPT, TRY_KEPT, UPDATE_KEPT
from core.wording import Wording
from core.wording.dates import long_date
from core.wording.numbers import receipt_line
from core.wording.paragraphs import paragraphs

#: Telegram takes 4,096; what stands between the parts, and a heading of an office's own, needs some room.
LONGEST = 3_700
#: Looks at the data that are told one by one.
_SEEN_TOLD = 2


def held_text(w: Wording, office: OfficeWords, held: HeldData) -> str:
    """One message, however many cards the account stands at."""
    account = "\n".join(_account(w, held))
    questions = w.text(
        "held-questions",
        hari_gagal=_days(SET_ASIDE_KEPT),
        hari_tanya=_days(QUESTION_KEPT),
        hari_resi=_days(TRY_KEPT),
        hari_nomor=_days(UPDATE_KEPT),
        hari_cadangan=str(KEPT_DAYS),
        kantor=office.name,
        jam_kantor=office.hours,
    )
    cards = _cards(w, held, room=LONGEST - len(account) - len(questions))
    return paragraphs(w.text("held-heading"), *cards, account, questions)


def erase_question(w: Wording, *, cards: int) -> str:
    """What goes and what stays when an account is erased. cards: how many it stands at."""
    return w.text(
        "erase-ask",
        n=str(cards),
        hari_tanya=_days(QUESTION_KEPT),
        hari_resi=_days(TRY_KEPT),
        hari_nomor=_days(UPDATE_KEPT),
        hari_cadangan=str(KEPT_DAYS),
    )


def _cards(w: Wording, held: HeldData, *, room: int) -> list[str]:
    """As many as there is room for; the others are counted, and told at the counter."""
    if not held.cards:
        return [w.text("held-none")]
    told: list[str] = []
    for card in held.cards:
        said = _card(w, card)
        room -= len(said)
        if room < 0:
            told.append(w.text("held-more", n=str(len(held.cards) - len(told))))
            break
        told.append(said)
    return told


def _account(w: Wording, held: HeldData) -> list[str]:
    lines = []
    if held.messages:
        lines.append(w.text("held-messages", n=str(held.messages), hari_isi=_days(TEXT_KEPT)))
    if held.stopped:
        lines.append(w.text("held-stopped", simpan=w.text("contact-kept")))
    if held.language_chosen:
        lines.append(w.text("held-language"))
    return lines


def _card(w: Wording, card: HeldCard) -> str:
    until = long_date(w, card.kept_until) if card.kept_until else ""
    return w.text(
        "held-card",
        resi=receipt_line(w, (card.receipt_tail,) if card.receipt_tail else ()) or w.text("cards-one"),
        isi=", ".join(_items(w, card)),
        bukti=_known(w, "held-proof", card.proof),
        tanggal=long_date(w, card.agreed_on),
        cara=_known(w, "held-how", card.agreed_how),
        naskah=card.agreed_text,
        sampai=until or w.text("held-until-after", simpan=w.text("contact-kept")),
        akun=str(card.accounts),
        dilihat=_seen(w, card.seen),
        terbukti=_proven(w, card.proven),
    )


def _proven(w: Wording, proven: Sequence[date]) -> str:
    return w.text("held-proven", n=str(len(proven)), tanggal=long_date(w, proven[-1])) if proven else ""


def _items(w: Wording, card: HeldCard) -> list[str]:
    items = [w.text("held-items")]
    if card.born:
        items.append(w.text("held-born"))
    if card.receipt:
        items.append(w.text("held-receipt"))
    if card.phones:
        items.append(w.text("held-phones", akhiran=", ".join(card.phones)))
    if card.letters:
        items.append(w.text("held-letters", n=str(card.letters)))
    return items


def _seen(w: Wording, seen: Sequence[Seen]) -> str:
    if not seen:
        return w.text("held-never-seen")
    told = [
        w.text("held-seen", tanggal=long_date(w, look.on), apa=", ".join(_kinds(w, look)))
        for look in seen[-_SEEN_TOLD:]
    ]
    listing = ", ".join(told)
    earlier = len(seen) - len(told)
    return w.text("held-seen-more", daftar=listing, n=str(earlier)) if earlier else listing


def _kinds(w: Wording, look: Seen) -> list[str]:
    return [w.text(f"held-shown-{kind}") for kind in look.kinds if f"held-shown-{kind}" in w.keys]


def _known(w: Wording, prefix: str, word: str) -> str:
    """The text for a word of the database; an office's older words have none of their own."""
    key = f"{prefix}-{word}"
    return w.text(key if key in w.keys else f"{prefix}-other")


def _days(kept: timedelta) -> str:
    return str(kept.days)
