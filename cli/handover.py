"""At the counter: cards are handed over, by pickup number, by receipt or by NIK."""

import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from cli.edge import OPERATOR, Here, opened, utc_now
from cli.numbers import is_numbers, typed_numbers
from cli.show import listed, say
from core.actions.handover import TAKERS, Find, Given, TakenBack, hand_over, undo_hand_over
from core.errors import InputError, Overtaken
from core.questions.cards import current_card
from core.questions.handover import card_with_number, card_with_receipt
from core.rules.nik import NikError, mask, read_nik
from core.store.words import Taken

#: How a card is looked up, and what it is called in what is said of it: never a whole NIK or a whole code.
_Meant = tuple[str, Find]
_SAID = {
    Given.ALREADY: "was handed over already",
    Given.UNKNOWN: "is unknown",
    Given.NOT_YET: "is not printed, or is closed; see: kabar status",
}


def handover(
    words: Annotated[list[str], typer.Argument(metavar="NUMBER … | RECEIPT | NIK | - | undo NUMBER | record")],
    at: Annotated[str, typer.Option(metavar="CODE", help="for numbers: the pickup point, as in 35.22.15.2003")] = "",
    by: Annotated[str, typer.Option(help=f"who took it: {', '.join(TAKERS)}")] = Taken.SELF,
    day: Annotated[str, typer.Option(metavar="DAY", help="with record: of which day; today if left out")] = "",
    pdf: Annotated[Path | None, typer.Option(metavar="FILE", help="with record: the file to write")] = None,
) -> None:
    """Note that cards were handed over; their letters and receipts are void.

    By pickup number at a point, by the code of a receipt, or by NIK; - reads
    them from standard input, one in a line. What is unknown or was handed over
    already is said and stops no other; the exit code is then 1.

    With record, what was handed over by number at a place on a day is written
    as a paper to print and sign: numbers only, no names.

    Examples:

      kabar handover 147 148-150 --at 35.22.15.2003
      kabar handover - --by family < niks.txt
      kabar handover undo 147 --at 35.22.15.2003
      kabar handover record --at 35.22.15.2003 --pdf record.pdf
    """
    if words == ["record"]:
        from cli.handover_record import write_record  # what draws takes longer to import than all else here

        write_record(at, day, pdf)
        return
    if day or pdf:
        raise InputError("--day and --pdf belong to the record: kabar handover record --at CODE --pdf FILE")
    if by not in TAKERS:
        raise InputError(f"--by says who took it, or how it got there: {', '.join(TAKERS)}")
    undo, given = (True, words[1:]) if words[0] == "undo" else (False, words)
    meant = list(_meant(given, at))
    if not meant:
        raise InputError("name a card: kabar handover 147 --at 35.22.15.2003, or a NIK, or the code of a receipt")
    with opened() as here:
        if undo:
            _undo(here, meant)
        else:
            _hand_over(here, meant, Taken(by))


def _hand_over(here: Here, meant: list[_Meant], taken: Taken) -> None:
    counts: Counter[Given] = Counter()
    overtaken = 0
    for name, find in meant:
        try:
            given = here.office.write(partial(_one, find=find, taken=taken))
        except Overtaken as error:
            say(f"{name}: {error}")
            overtaken += 1
            continue
        counts[given] += 1
        if given in _SAID:
            say(f"{name} {_SAID[given]}.")
    words = [("handed over", counts[Given.DONE]), ("handed over already", counts[Given.ALREADY])]
    words += [("unknown", counts[Given.UNKNOWN]), ("not yet", counts[Given.NOT_YET]), ("moved meanwhile", overtaken)]
    say(f"Cards: {listed(words)}.")
    if counts[Given.DONE] < len(meant):
        raise typer.Exit(1)


def _undo(here: Here, meant: list[_Meant]) -> None:
    for name, find in meant:
        back = here.office.write(partial(_back, find=find))
        if back.number is None:
            said = "; it has no number"
        elif back.number == back.had:
            said = f" with number {back.number}"
        else:
            said = f"; its number {back.had} is somebody else's by now, the new one is {back.number}"
        say(f"{name} waits again{said}.")


def _one(session: Session, *, find: Find, taken: Taken) -> Given:
    return hand_over(session, find(session), taken, now=utc_now(), by=OPERATOR)


def _back(session: Session, *, find: Find) -> TakenBack:
    return undo_hand_over(session, find(session), now=utc_now(), by=OPERATOR)


def _meant(words: list[str], at: str) -> Iterator[_Meant]:
    lines = [line for word in words for line in (sys.stdin.read().split("\n") if word == "-" else [word])]
    seen: set[int] = set()
    for place, line in enumerate((line.strip() for line in lines if line.strip()), start=1):
        if all(is_numbers(part) for part in line.split(",") if part.strip()):
            if not at:
                raise InputError("a number is of one pickup point; give its code with --at, as in --at 35.22.15.2003")
            numbers = [number for number in typed_numbers([line]) if number not in seen]
            seen.update(numbers)
            yield from ((f"Number {number}", _by_number(at, number)) for number in numbers)
        else:
            yield _by_code(line, place)


def _by_number(at: str, number: int) -> Find:
    return lambda session: card_with_number(session, at, number)


def _by_code(line: str, place: int) -> _Meant:
    """A NIK where it reads like one, else a receipt; a line is named by its place, for a code would prove something."""
    try:
        nik = read_nik(line)
    except NikError as error:
        if sum(character.isdigit() for character in line) >= 16:  # the digits of a NIK, mistyped
            raise InputError(f"number {place}: {error}; nothing was changed") from None
        return f"Receipt in line {place}", lambda session: card_with_receipt(session, line)
    return mask(nik), lambda session: current_card(session, nik)
