"""Every text but the notices, with the longest values: an office's own may not break what the one that ships keeps."""

from collections.abc import Iterator

from core.errors import WordingError
from core.wording import Wording
from core.wording.promises import broken_promises
from core.wording.rehearsal import TELEGRAM_CHARACTERS
from core.wording.samples import filled

#: What pops up after a press is cut by Telegram beyond this (answerCallbackQuery).
POPUP_CHARACTERS = 200
#: What operators are told may be longer: they read it once a week, and nobody takes it for a fraud.
OPERATORS_CHARACTERS = 1000


def broken_texts(w: Wording) -> Iterator[tuple[str, str]]:
    """(name of the text, what is wrong with it that is not wrong with the one that ships)."""
    shipped = Wording(language=w.language)
    for name in sorted(w.keys):
        if name.startswith("notice-"):
            continue
        if faults := list(_faults(w, name)):
            known = dict(_faults(shipped, name))
            yield from ((name, told) for fault, told in faults if fault not in known)


def characters(name: str) -> int:
    """How long a text may grow."""
    if name.startswith("operators-"):
        return OPERATORS_CHARACTERS
    return POPUP_CHARACTERS if name.startswith("press-") or name == "button-outdated" else TELEGRAM_CHARACTERS


def _faults(w: Wording, name: str) -> Iterator[tuple[str, str]]:
    """(kind of fault, in words)."""
    try:
        text = filled(w, name, longest=True)
    except WordingError as error:
        yield "unusable", str(error)
        return
    if len(text) > characters(name):
        yield "long", f"it grows to {len(text)} of {characters(name)} characters; shorten it"
    for promise in broken_promises(text):
        yield promise.split(":")[0], promise
