"""An office with any number of cards, made fast: only those who are asked about or written to have real rows.

All others are noise with the size and the indexes of real rows, which is what a search costs.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from core.actions.founding import found_office
from core.rules.answer import PlaceKind
from core.rules.delivery import Channel
from core.store.engine import DATABASE, database_url
from core.store.office import OpenOffice, office_at
from core.store.sealing import Seal, make_key_file, read_key_file
from migrations import migrate

REGENCY, VILLAGE = "35.22", "35.22.15.2003"
_DAY, _SINCE = "2026-11-20", "2026-11-20 02:00:00.000000"
_FILL = f"""
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many)
    INSERT INTO resident (nik_index, nik_sealed, name_sealed, born_sealed, village)
    SELECT randomblob(16), randomblob(45), randomblob(48), randomblob(39), '{VILLAGE}' FROM n;
"""  # noqa: S608 - our own constants
_CARDS = f"""
    INSERT INTO card (resident_id, stage, stage_since, siak_status, siak_as_of, siak_since, reason, recorded_on,
                      receipt_index, receipt_sealed, row_index)
    SELECT id, CASE WHEN id <= :reachable THEN 'PRINT_READY' ELSE 'RECORDED' END, '{_SINCE}', 'PRR', '{_DAY}', '{_DAY}',
           'first', '{_DAY}', randomblob(16), randomblob(43), randomblob(16)
    FROM resident;
"""  # noqa: S608 - likewise
_CONTACT = f"""
    INSERT INTO contact (resident_id, channel, address_index, address_sealed, proof, added_at, consent_at, consent_how,
                         consent_text)
    VALUES (?, 'telegram', ?, ?, 'receipt', '{_SINCE}', '{_SINCE}', 'telegram', 'telegram-2')
"""  # noqa: S608 - likewise


def office_of(home: Path, *, cards: int, niks: Sequence[str], chats: Sequence[int] = ()) -> OpenOffice:
    """Found an office in an empty folder and fill it.

    niks: who is asked about; the last residents. chats: one each for the first residents, whose cards are to be
    printed; the cards of all others are only recorded.
    """
    home.mkdir()
    make_key_file(home / "office.key")
    url = database_url(None, home)
    migrate(url)
    seal = Seal(read_key_file(home / "office.key"), REGENCY)
    office = office_at(url, seal)
    office.write(
        lambda session: found_office(
            session,
            REGENCY,
            name="Dispendukcapil Kabupaten Bojonegoro",
            short_name="Dukcapil Bojonegoro",
            hours="Senin-Jumat 08.00-15.00",
            pickup=PlaceKind.VILLAGE,
            now=datetime.now(UTC),
            by="benchmark",
        )
    )
    with closing(sqlite3.connect(home / DATABASE, isolation_level=None)) as database:
        _fill(database, seal, cards=cards, niks=niks, chats=chats)
    return office


def _fill(database: sqlite3.Connection, seal: Seal, *, cards: int, niks: Sequence[str], chats: Sequence[int]) -> None:
    database.execute("PRAGMA synchronous=OFF")
    database.execute("PRAGMA cache_size=-400000")
    database.execute("BEGIN")
    database.execute(_FILL, {"many": cards})
    known = [(seal.index("nik", nik), cards - number) for number, nik in enumerate(niks)]
    database.executemany("UPDATE resident SET nik_index = ? WHERE id = ?", known)
    database.execute(_CARDS, {"reachable": len(chats)})
    addresses = ((str(chat), resident_id) for resident_id, chat in enumerate(chats, start=1))
    database.executemany(
        _CONTACT, ((id_, seal.index(Channel.TELEGRAM, chat), seal.seal(chat)) for chat, id_ in addresses)
    )
    database.execute("COMMIT")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.execute("ANALYZE")
