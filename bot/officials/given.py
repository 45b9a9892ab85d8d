"""What a line of hand-over is answered: what was done, and what became of every other number."""

from bot.talk import Talk
from core.actions.hand_over_numbers import Given, Undo, Undone
from core.store.words import Taken
from core.wording.handing import numbers_line, said_numbers, way_text

_UNDONE = {Undo.BACK: "hand-back", Undo.GONE: "hand-gone", Undo.LATE: "hand-late", Undo.NEVER: "hand-never"}


def given_text(talk: Talk, given: Given, taken: Taken) -> str:
    """A line for each of what happened; none for what did not."""
    words = talk.words
    lines = [
        _done(talk, given, taken),
        numbers_line(words, "hand-already", given.already),
        numbers_line(words, "hand-on-way", given.on_way),
        numbers_line(words, "hand-unknown", given.unknown),
    ]
    return "\n".join(line for line in lines if line)


def undone_text(talk: Talk, undone: Undone) -> str:
    """The same of what was taken back."""
    lines = []
    for what, key in _UNDONE.items():
        lines.append(
            numbers_line(talk.words, key, [number for number, (became, _) in undone.items() if became is what])
        )
    lines += [
        talk.text("hand-new-number", lama=number, baru=now_has)
        for number, (_, now_has) in undone.items()
        if now_has is not None
    ]
    return "\n".join(line for line in lines if line)


def _done(talk: Talk, given: Given, taken: Taken) -> str:
    if not given.done:
        return ""
    said = {"nomor": said_numbers(talk.words, given.done), "cara": way_text(talk.words, taken)}
    if len(given.done) == 1:
        return talk.text("hand-done", **said)
    return talk.text("hand-done-many", **said, jumlah=len(given.done))
