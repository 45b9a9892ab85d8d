"""What an official is sent about a list of hers: what it would do, with its buttons, and what it did."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiogram.methods import EditMessageText, SendMessage
from sqlalchemy.orm import Session

from bot.officials.screens import Button, DeedPress, keyboard
from bot.papers import PAPERS, Paper, SendPaper
from bot.replies import Reply
from bot.talk import House
from core.questions.chat_files import ChatList, chat_list
from core.rules.officials import Deed
from core.wording import Wording
from core.wording.list_reports import list_done, list_plan, reaches_anybody, refused_csv

#: What the buttons below a list do.
TAKE, QUIET, DROP, AS = "take", "quiet", "drop", "as-"
_REFUSED = "refused-rows"


def looked_calls(house: House, w: Wording, one: ChatList, kind: str, report: Mapping[str, Any]) -> list[Reply]:
    """What it would do; the refused rows as a file; and, if it would do anything, the buttons that decide."""
    rows: list[list[Button]] = []
    if report["rows"]:
        rows.append([_button(w, "button-list-take", TAKE, one.id), _button(w, "button-list-drop", DROP, one.id)])
        if reaches_anybody(report):
            rows.append([_button(w, "button-list-quiet", QUIET, one.id)])
    text = list_plan(w, kind, report, sms_price=house.telling.sms_price)
    said = SendMessage(chat_id=one.chat_id, text=text, reply_markup=keyboard(rows) if rows else None)
    if not report["refused"]:
        return [said]
    about = {"list": one.id, "language": w.language}
    caption = w.text("list-refused-caption")
    return [SendPaper(int(one.chat_id), _REFUSED, about, caption=caption), said]


def asked_kind(w: Wording, one: ChatList, kinds: Sequence[str]) -> list[Reply]:
    """The question what it lists."""
    rows = [[_button(w, f"list-kind-{kind}", f"{AS}{kind}", one.id)] for kind in kinds]
    rows.append([_button(w, "button-list-drop", DROP, one.id)])
    return [SendMessage(chat_id=one.chat_id, text=w.text("list-which-kind"), reply_markup=keyboard(rows))]


def done_calls(w: Wording, one: ChatList, counts: Mapping[str, int]) -> list[Reply]:
    """What it did, in a message of its own, because whoever put the phone away wants to hear it."""
    edited = EditMessageText(chat_id=one.chat_id, message_id=one.report["shown"], text=w.text("list-taken"))
    return [edited, SendMessage(chat_id=one.chat_id, text=list_done(w, one.kind or "", one.report, counts))]


def _button(w: Wording, key: str, act: str, list_id: int) -> Button:
    return w.text(key), DeedPress(deed=Deed.IMPORT, act=act, about=list_id)


def _refused_rows(session: Session, *, house: House, about: Mapping[str, Any]) -> Paper:
    one = chat_list(session, about["list"])
    refused = one.report.get("refused", []) if one else []
    return "baris-ditolak.csv", refused_csv(house.wordings.of(about["language"]), refused)


PAPERS[_REFUSED] = _refused_rows
