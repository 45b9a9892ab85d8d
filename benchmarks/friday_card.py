"""The Friday card of one village, one district and the whole regency in an office of a million cards.

    python -m benchmarks.friday_card

Cards lie as after some years: in boxes of fifty to 430 villages, one in twenty still waiting. Milliseconds, the best
and the worst of ten, on a warm database.
"""

import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from benchmarks.many_cards import office_of
from core.questions.village_week import weeks_of_points
from core.store.engine import DATABASE

CARDS, VILLAGES, IN_A_BOX = 1_000_000, 430, 50
_ROUNDS = 10
_POINT = (
    f"printf('35.22.%02d.%04d', (id / {IN_A_BOX}) % {VILLAGES} / 16 + 1, 2001 + (id / {IN_A_BOX}) % {VILLAGES} % 16)"
)
_BOXES = f"""
    WITH RECURSIVE n(id) AS (SELECT {IN_A_BOX} UNION ALL SELECT id + {IN_A_BOX} FROM n WHERE id < {CARDS})
    INSERT INTO box (id, point, packed, sent_at, arrived_at, by)
    SELECT id / {IN_A_BOX}, {_POINT}, {IN_A_BOX}, :at, CASE WHEN id > {CARDS} * 0.99 THEN :now ELSE :at END, 'x' FROM n
"""  # noqa: S608  # our own constants
_CARDS = f"""
    UPDATE card SET box_id = MAX(id / {IN_A_BOX}, 1), pickup_point = {_POINT}, taken = 'self', stage_since = :at,
      pickup_number = id, stage = CASE WHEN id % 20 = 0 THEN 'READY_FOR_PICKUP' ELSE 'HANDED_OVER' END
"""  # noqa: S608  # likewise
_NOTICES = """
    INSERT INTO notice (kind, resident_id, card_id, state, created_at, due_at, worthless_after, channel)
    SELECT 'ready', resident_id, id, 'told', :at, :at, :at, 'telegram' FROM card WHERE id % 2 = 0
"""


def main() -> None:
    """Fill, ask, print."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "office"
        office = office_of(home, cards=CARDS, niks=())
        with closing(sqlite3.connect(home / DATABASE, isolation_level=None)) as database:
            at = {"at": str((now - timedelta(days=60)).replace(tzinfo=None)), "now": str(now.replace(tzinfo=None))}
            database.execute("PRAGMA synchronous=OFF")
            for fill in (_BOXES, _CARDS, _NOTICES):
                database.execute(fill, at)
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for name, region in (("a village", "35.22.15.2003"), ("a district", "35.22.15"), ("the regency", "35.22")):
            took, weeks = [], []
            for _ in range(_ROUNDS):
                begun = time.perf_counter()
                weeks = office.read(partial(weeks_of_points, region=region, since=now - timedelta(days=7)))
                took.append((time.perf_counter() - begun) * 1000)
            waiting = sum(week.waiting for week in weeks)
            print(f"{name}: {len(weeks)} points, {waiting} wait: {min(took):.1f} to {max(took):.1f} ms")
        office.close()


if __name__ == "__main__":
    main()
