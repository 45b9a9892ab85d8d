"""What is said to an official when her task begins, rests or ends, and to whoever invited her when she opened the link.

Left in the transaction of what happened, under the number of its fact, so each is said once, also after a kill.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from bot.officials.commands import show_commands, take_commands_away
from core.actions import officials as acts
from core.actions.conversations import keep_conversation
from core.actions.telling import leave_calls
from core.questions.languages import language_of
from core.questions.official_list import OfficialLine, account_of, official_line
from core.questions.officials import OPERATOR, acting_of
from core.questions.regions import place
from core.rules.delivery import Channel
from core.rules.notices import OfficeWords
from core.wording import Wording
from core.wording.dates import spoken_office
from core.wording.officials import tasks_of
from core.wording.places import region_name
from core.wording.wordings import INDONESIAN, Wordings

#: After these she may act.
_AT_WORK = frozenset({"official-welcome", "official-back"})


class Act(Protocol):
    """One of the acts on an official; returns its fact, None when it was so before."""

    def __call__(self, session: Session, official_id: int, *, now: datetime, by: str) -> int | None: ...


class News:
    """Does an act and tells whom it is about. office: how the office names itself."""

    def __init__(self, wordings: Wordings, office: OfficeWords) -> None:
        self._wordings = wordings
        self._office = office

    def confirm(self, session: Session, official_id: int, *, now: datetime, by: str) -> bool:
        """Confirm her, welcome her, and give her a menu of commands; False when she was confirmed before."""
        return self._do(session, acts.confirm_official, official_id, "official-welcome", now=now, by=by)

    def refuse(self, session: Session, official_id: int, *, now: datetime, by: str) -> bool:
        """Tell a stranger who opened a link that it was not for her."""
        return self._do(session, acts.refuse_official, official_id, "official-refused", now=now, by=by)

    def suspend(self, session: Session, official_id: int, *, now: datetime, by: str) -> bool:
        """Suspend her; what she was in the middle of is left, and her menu is gone."""
        return self._do(session, acts.suspend_official, official_id, "official-suspended", now=now, by=by)

    def take_back(self, session: Session, official_id: int, *, now: datetime, by: str) -> bool:
        """She may work again, and has her menu."""
        return self._do(session, acts.take_official_back, official_id, "official-back", now=now, by=by)

    def remove(self, session: Session, official_id: int, *, now: datetime, by: str) -> bool:
        """She is no official any more; what she was in the middle of is left, and her menu is gone."""
        return self._do(session, acts.remove_official, official_id, "official-removed", now=now, by=by)

    def _do(self, session: Session, act: Act, official_id: int, text: str, *, now: datetime, by: str) -> bool:
        fact_id = act(session, official_id, now=now, by=by)
        if fact_id is None:
            return False
        line, account = official_line(session, official_id), account_of(session, official_id)
        if line.since is None:  # removed before anybody confirmed her
            text = "official-refused"
        w = self._wordings.of(language_of(session, Channel.TELEGRAM, account))
        said = {"method": "sendMessage", "chat_id": int(account), "text": self._text(session, w, text, line)}
        if text in _AT_WORK:
            menu = show_commands(self._wordings.of(INDONESIAN), account, line.role)
        else:
            menu = take_commands_away(account)
            keep_conversation(session, f"{account}:{account}", state=None, data={}, now=now)
        leave_calls(session, account, [said, menu], key=f"official fact {fact_id}", now=now)
        return True

    def _text(self, session: Session, w: Wording, text: str, line: OfficialLine) -> str:
        office = spoken_office(w, self._office)
        return w.text(
            text,
            kantor=office.name,
            jam_kantor=office.hours,
            peran=w.text(f"role-{line.role}"),
            daerah=region_name(w, place(session, line.region)),
            daftar=tasks_of(w, line.role),
        )


def who_decides(session: Session, line: OfficialLine, operators: Collection[str]) -> list[str]:
    """Return the accounts that are asked whether the right person opened a link: whoever invited, or the operators.

    An official who may not invite any more has her invitations answered by the operators of the settings.
    """
    if line.invited_by != OPERATOR:
        inviter = int(line.invited_by.rpartition(":")[2])
        account = account_of(session, inviter)
        acting = acting_of(session, account)
        if acting is not None and acting.by == line.invited_by:
            return [account]
    return sorted(operators)
