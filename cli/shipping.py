"""Boxes of cards: packed at the office, passed on by a district, arrived where cards are handed over."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cli.box.list import check_folder, check_free, draw_list, list_path
from cli.box.packing import PackedBox, pack
from cli.edge import OPERATOR, Here, opened, utc_now
from cli.progress import phase_bars
from cli.show import counted, moment, say, table
from core.actions.boxes import undo_box
from core.actions.showing import show_names_only
from core.errors import InputError
from core.questions.boxes import (
    BoxView,
    box_view,
    listed_cards,
    numbers_under_way,
    packing,
    printed_by_point,
    shipments,
)
from core.questions.residents import region_name
from core.whole_file import whole_file

#: People whose names are noted as shown in one transaction, so that none lasts over 50 ms.
_AT_ONCE = 200
_SHOWN_NUMBERS = 12


def ship(
    words: Annotated[list[str] | None, typer.Argument(metavar="REGION | undo BOX", show_default=False)] = None,
    folder: Annotated[Path, typer.Option(help="where the lists on paper go")] = Path(),
    again: Annotated[int, typer.Option("--list", metavar="BOX", help="write the list of a box again")] = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="show what would be packed")] = False,
) -> None:
    """Pack the printed cards of a regency, district or village: one box for each pickup point.

    Each card gets a pickup number of up to three digits, side by side for
    people who share a phone. With each box goes a list on paper (PDF) with
    numbers, names and room to sign; that names were shown is noted. Nobody is
    told yet: see kabar arrive. A box that did not arrive can be undone.

    Examples:

      kabar ship 35.22.15 --dry-run
      kabar ship 35.22
      kabar ship --list 12 --folder /tmp
      kabar ship undo 12
    """
    given = words or []
    with opened() as here:
        match given:
            case [] if again:
                _list_again(here, again, folder)
            case ["undo", number] if number.isdecimal() and not again:
                cards = here.office.write(partial(undo_box, box_id=int(number), now=utc_now(), by=OPERATOR))
                say(f"Box {number} is unpacked: {counted(cards, 'card')} printed again. Take its list back.")
            case [region] if region != "undo" and not again:
                _ship(here, region, folder, dry_run=dry_run)
            case _:
                raise InputError(
                    "give a region, as in: kabar ship 35.22.15; or: kabar ship undo BOX, kabar ship --list BOX"
                )


def list_shipments(
    late: Annotated[bool, typer.Option("--late", help="only boxes older than 7 days that did not arrive")] = False,
    every: Annotated[bool, typer.Option("--all", help="also those that are over")] = False,
) -> None:
    """Which boxes are under way, since when, and which cards were missing when one arrived.

    Examples:

      kabar shipments
      kabar shipments --late
    """
    with opened() as here:
        now = utc_now()
        boxes = here.office.read(partial(shipments, now=now, late=late, every=every))
        if not boxes:
            say("No box is late." if late else "No box is under way, and no card is missing.")
            return
        missing = {
            box.id: here.office.read(partial(numbers_under_way, box_id=box.id))
            for box in boxes
            if box.arrived_at and box.under_way
        }
        columns = ("box#", "to", "cards#", "sent", "days#", "by the district", "arrived", "missing numbers")
        table(columns, [_row(here, box, missing.get(box.id, []), now) for box in boxes])


def _row(here: Here, box: BoxView, missing: list[int], now: datetime) -> tuple[object, ...]:
    zone = here.zone
    arrived = "unpacked" if box.packed == 0 else moment(box.arrived_at, zone)
    said = ", ".join(map(str, missing[:_SHOWN_NUMBERS])) + (" …" if len(missing) > _SHOWN_NUMBERS else "")
    days = None if box.arrived_at else (now - box.sent_at).days
    return box.id, box.point, box.packed, moment(box.sent_at, zone), days, moment(box.passed_at, zone), arrived, said


def _ship(here: Here, region: str, folder: Path, *, dry_run: bool) -> None:
    points = here.office.read(partial(printed_by_point, region=region))
    if not points:
        say(f"No printed card waits to be shipped in {region}.")
        return
    if dry_run:
        _preview(here, region, points)
        return
    check_folder(folder)
    boxes: list[PackedBox] = []
    left_out = 0
    with phase_bars() as progress:
        for done, point in enumerate(points, start=1):
            packed = pack(here, point, region=region, folder=folder, now=utc_now())
            left_out += packed if isinstance(packed, int) else packed.left_out
            if isinstance(packed, PackedBox):
                boxes.append(packed)
            progress("boxes", done, len(points))
    rows = [(box.id, box.cards, f"{box.numbers[0]}-{box.numbers[1]}", box.list.name) for box in boxes]
    table(("box#", "cards#", "numbers", "list"), rows)
    say(f"{counted(sum(box.cards for box in boxes), 'card')} shipped in {counted(len(boxes), 'box', 'boxes')}.")
    _say_left_out(left_out)


def _preview(here: Here, region: str, points: dict[str, int]) -> None:
    rows, left_out = [], 0
    for point in points:
        plan = here.office.read(partial(packing, point=point, region=region))
        name = here.office.read(partial(region_name, code=point))
        numbers = f"{plan.cards[0].number}-{plan.cards[-1].number}" if plan.cards else None
        rows.append((name, len(plan.cards), numbers))
        left_out += plan.left_out
    table(("to", "cards#", "numbers"), rows)
    _say_left_out(left_out)
    say("A dry run: nothing was packed, nothing written.")


def _say_left_out(cards: int) -> None:
    if cards:
        said = f"{counted(cards, 'card')} left out: a point has 999 numbers, and all others there are given."
        say(said, "Run it again when cards were handed over there.")


def _list_again(here: Here, box_id: int, folder: Path) -> None:
    box = here.office.read(partial(box_view, box_id=box_id))
    check_folder(folder)
    path = list_path(folder, box.id, box.code)
    check_free(path)
    cards = here.office.read(partial(listed_cards, box_id=box_id))
    names: dict[int, str] = {}
    for start in range(0, len(cards), _AT_ONCE):
        some = [resident_id for resident_id, _ in cards[start : start + _AT_ONCE]]
        names |= here.office.write(partial(show_names_only, resident_ids=some, now=utc_now(), by=OPERATOR))
    people = [(number, names[resident_id]) for resident_id, number in cards]
    pdf = draw_list(here, box.id, box.code, people, sent_on=box.sent_at.astimezone(here.zone).date())
    with whole_file(path) as file:
        file.write(pdf)
    say(f"The list of box {box_id} with {counted(len(people), 'name')} is in {path}.")
