"""Packing one box: its list is drawn and written first, then the box is packed, then the list gets its name."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from cli.box.list import check_free, draw_list, list_path
from cli.edge import OPERATOR, Here
from cli.slip.file import finish, write_unfinished
from core.actions.boxes import next_box_number, pack_box
from core.errors import Overtaken
from core.questions.boxes import Packing, packing

#: Others pack, move or give numbers meanwhile; after so many times that is worth telling.
_TRIES = 5


@dataclass(frozen=True, slots=True)
class PackedBox:
    """numbers: from, to. list: where its list is."""

    id: int
    cards: int
    numbers: tuple[int, int]
    left_out: int
    list: Path


def pack(here: Here, point: str, *, region: str, folder: Path, now: datetime) -> PackedBox | int:
    """Pack what goes to a point into one box; how many were left out when none could be packed.

    Killed before the box is packed there is only an unfinished file; killed after, `kabar ship --list` writes it again.
    """
    for last in (False,) * (_TRIES - 1) + (True,):
        box_id = here.office.write(next_box_number)
        plan = here.office.read(partial(packing, point=point, region=region))
        if not plan.cards:
            return plan.left_out
        try:
            return _pack(here, box_id, plan, folder=folder, now=now)
        except Overtaken:
            if last:
                raise
    raise AssertionError("the last try returns or raises")


def _pack(here: Here, box_id: int, plan: Packing, *, folder: Path, now: datetime) -> PackedBox:
    path = list_path(folder, box_id, plan.point)
    check_free(path)
    people = [(packed.number, packed.name) for packed in plan.cards]
    pdf = draw_list(here, box_id, plan.point, people, sent_on=now.astimezone(here.zone).date())
    unfinished = write_unfinished(pdf, folder, prefix="kotak")
    try:
        here.office.write(partial(pack_box, box_id=box_id, packing=plan, now=now, by=OPERATOR))
    except BaseException:
        unfinished.unlink()
        raise
    finish(unfinished, path, what="box is packed")
    return PackedBox(box_id, len(plan.cards), (plan.cards[0].number, plan.cards[-1].number), plan.left_out, path)
