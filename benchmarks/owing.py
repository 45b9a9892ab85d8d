"""Offices that owe messages, and the real sender that pays them, for measuring."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from benchmarks.standin import TOKEN
from cli.collector import set_apart
from core.actions.notices import Debt, owe
from core.actions.sending import SendTerms
from core.questions.regions import office_words, office_zone
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.rules.window import Window
from core.store.office import OpenOffice
from core.wording.wordings import Wordings
from notifier.loop import Sender
from notifier.pace import Pace
from notifier.telegram import TelegramAdapter

_AT_ONCE = 2000


def now() -> datetime:
    """The real time: benchmarks wait for what they measure."""
    return datetime.now(UTC)


def ready_to_tell(office: OpenOffice, residents: Sequence[int], *, batch: str | None, kind: Kind = Kind.READY) -> None:
    """Owe each that her card is ready, or what else; a resident's card has her id (benchmarks/offices.py)."""

    def some(session: Session, those: Iterable[int]) -> None:
        debts = [Debt(kind=kind, resident_id=id_, card_id=id_) for id_ in those]
        owe(session, debts, now=now(), batch=batch)

    for start in range(0, len(residents), _AT_ONCE):
        those = residents[start : start + _AT_ONCE]
        office.write(lambda session, those=those: some(session, those))  # type: ignore[misc]  # bound at once


def a_sender(office: OpenOffice, url: str, *, per_second: float, slots: int) -> tuple[Sender, Pace]:
    """A sender to a stand-in for Telegram, at any hour, with every text read once beforehand."""
    wordings = Wordings()
    wordings.all()
    terms = SendTerms(
        office=office.read(office_words),
        wordings=wordings,
        zone=office.read(office_zone),
        window=Window(None, None),
        sms_daily_cap=0,
        live=True,
        trial_addresses=frozenset(),
    )
    set_apart()  # as `kabar run` does
    pace = Pace(per_second=per_second)
    sender = Sender(
        office,
        [TelegramAdapter(token=TOKEN, api_base=url)],
        paces={Channel.TELEGRAM: pace},
        slots={Channel.TELEGRAM: slots},
        terms=terms,
        now=now,
    )
    return sender, pace
