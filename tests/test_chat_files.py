"""A list sent in the chat moves on only from where it was seen, and is forgotten when it is over."""

import random
import zlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from core.actions.chat_files import (
    choose_kind,
    confirm_list,
    drop_stale_lists,
    end_list,
    note_list_failure,
    note_looked,
    send_list,
)
from core.actions.list_parts import erase_left_parts, keep_part
from core.errors import InputError
from core.files.kinds_in import CARD_EXPORT, KINDS, kinds_in
from core.files.lists import ListKind
from core.files.templates import TEMPLATES, workbook_of
from core.jobs.chat_lists import Terms, look_through
from core.jobs.list_content import keep_list, open_list_prefix, open_lists_folder, opened_list, sweep_open_lists
from core.questions.chat_files import ChatList, NotHereError, chat_list, lists_at_work, lists_under_way
from core.store.office import OpenOffice
from core.store.official_tables import ChatFile, ListPart
from core.store.tables import Fact
from core.store.words import FileState
from core.wording.list_reasons import file_fault, row_reason
from core.wording.list_reports import refused_csv
from tests.bot_world import W, text
from tests.offices import HEADER, SITI, Clock, act, ask

REPORT = {"rows": 3, "message": 7}
TERMS: dict[str, Any] = {
    "chat_id": 4711, "file_id": "F1", "name": "SITI AMINAH.xlsx", "message_id": 7, "kind": None, "by": "official:1"
}  # fmt: skip

both = pytest.mark.both_databases


def sent(office: OpenOffice, clock: Clock) -> int:
    return act(office, send_list, **TERMS, now=clock())


def seen(office: OpenOffice, list_id: int) -> ChatList:
    found = ask(office, chat_list, list_id)
    assert found is not None
    return found


@both
def test_a_list_goes_its_way_and_nothing_of_it_is_kept_when_it_is_over(office: OpenOffice, clock: Clock) -> None:
    list_id = sent(office, clock)
    keep_list(office, list_id, b"NIK")
    assert [one.id for one in ask(office, lists_under_way)] == [list_id]
    assert act(office, note_looked, list_id, kind="cards", report=REPORT, now=clock())
    assert ask(office, lists_under_way) == []  # her turn
    assert act(office, confirm_list, list_id, tell=True, shown=9, by="official:1", now=clock())
    assert [one.state for one in ask(office, lists_under_way)] == [FileState.CONFIRMED]
    assert parts(office) == 1
    assert act(office, end_list, list_id, FileState.DONE, by="kabar", now=clock())
    assert parts(office) == 0
    row = ask(office, lambda session: session.get(ChatFile, list_id))
    assert (row.file_sealed, row.name_sealed) == (b"", b"") and seen(office, list_id).chat_id == "4711"
    query = select(Fact.details["came_to"].as_string()).where(Fact.kind == "list-sent").order_by(Fact.id)
    assert ask(office, lambda session: list(session.scalars(query))) == ["sent", "confirmed", "done"]


@both
def test_who_comes_second_changes_nothing(office: OpenOffice, clock: Clock) -> None:
    list_id = sent(office, clock)
    confirm = {"tell": True, "shown": 9, "by": "official:1", "now": clock()}
    assert not act(office, confirm_list, list_id, **confirm)  # nobody saw yet what it does
    assert act(office, note_looked, list_id, kind="cards", report=REPORT, now=clock())
    assert not act(office, note_looked, list_id, kind="letters", report=REPORT, now=clock())
    assert act(office, confirm_list, list_id, **confirm)
    assert not act(office, confirm_list, list_id, **(confirm | {"tell": False}))
    assert seen(office, list_id).report["tell"] is True
    looked = (FileState.LOOKED,)
    assert not act(office, end_list, list_id, FileState.DROPPED, by="x", now=clock(), from_states=looked)
    assert not act(office, confirm_list, 999, **confirm)


@both
def test_what_it_lists_is_chosen_once_and_only_when_it_was_asked(office: OpenOffice, clock: Clock) -> None:
    list_id = sent(office, clock)
    assert not act(office, choose_kind, list_id, "letters", now=clock())
    act(office, note_looked, list_id, kind=None, report={"message": 7, "kinds": ["letters", "cards"]}, now=clock())
    assert act(office, choose_kind, list_id, "letters", now=clock())
    assert not act(office, choose_kind, list_id, "cards", now=clock())
    one = seen(office, list_id)
    assert (one.kind, one.state, one.report) == ("letters", FileState.SENT, {"message": 7})


@both
def test_after_a_day_it_is_dropped_but_not_what_was_confirmed_and_later_forgotten(
    office: OpenOffice, clock: Clock
) -> None:
    waits, confirmed = sent(office, clock), sent(office, clock)
    act(office, note_looked, confirmed, kind="cards", report=REPORT, now=clock())
    act(office, confirm_list, confirmed, tell=True, shown=9, by="official:1", now=clock())
    assert act(office, drop_stale_lists, now=clock.move(hours=23)) == []
    assert act(office, drop_stale_lists, now=clock.move(hours=1)) == [waits]
    assert seen(office, confirmed).state is FileState.CONFIRMED
    act(office, drop_stale_lists, now=clock() + timedelta(days=31))
    assert ask(office, chat_list, waits) is None


@both
def test_a_list_that_fails_three_times_is_given_up(office: OpenOffice, clock: Clock) -> None:
    list_id = sent(office, clock)
    assert [act(office, note_list_failure, list_id) for _ in range(3)] == [False, False, True]
    act(office, end_list, list_id, FileState.REFUSED, by="kabar", now=clock())
    assert not act(office, note_list_failure, list_id)


@both
def test_no_row_tells_whose_list_it_is_or_what_it_is_called(office: OpenOffice, clock: Clock) -> None:
    list_id = sent(office, clock)
    row = ask(office, lambda session: session.get(ChatFile, list_id))
    held = b" ".join((row.chat_sealed, row.file_sealed, row.name_sealed, repr(row.report).encode()))
    assert b"SITI" not in held and b"4711" not in held
    assert "4711" not in repr(seen(office, list_id)) and "F1" not in repr(seen(office, list_id))


@both
def test_a_kept_list_is_sealed_and_open_only_while_it_is_read(office: OpenOffice, clock: Clock, home: Path) -> None:
    list_id, content = sent(office, clock), f"NIK\n{SITI}\n".encode()
    with pytest.raises(NotHereError), opened_list(office, home, list_id):
        pass
    keep_list(office, list_id, content)
    (kept,) = ask(office, lambda session: list(session.scalars(select(ListPart.content_sealed))))
    assert SITI.encode() not in kept
    with opened_list(office, home, list_id) as path:
        assert path.read_bytes() == content
        assert path.parent.stat().st_mode & 0o777 == 0o700
    assert not path.exists() and not path.parent.exists()


@both
def test_a_large_list_comes_in_parts_and_is_not_there_before_the_last_one(
    office: OpenOffice, clock: Clock, home: Path
) -> None:
    list_id, content = sent(office, clock), random.Random(2017).randbytes(1_000_000)
    packed = zlib.compress(content, 1)
    for number in range(3):  # killed after these
        act(office, keep_part, list_id, number, packed[number << 17 : (number + 1) << 17])
    assert ask(office, lists_at_work) == []
    with pytest.raises(NotHereError), opened_list(office, home, list_id):
        pass
    keep_list(office, list_id, content)
    assert parts(office) == 8 and [one.id for one in ask(office, lists_at_work)] == [list_id]
    with opened_list(office, home, list_id) as path:
        assert path.read_bytes() == content
    act(office, end_list, list_id, FileState.DROPPED, by="x", now=clock())
    keep_list(office, list_id, content)  # who fetched it a second time comes too late
    assert parts(office) == 0


@both
def test_parts_that_were_left_of_a_list_that_is_over_are_swept(office: OpenOffice, clock: Clock) -> None:
    over, open_one = sent(office, clock), sent(office, clock)
    keep_list(office, over, random.Random(2017).randbytes(1_250_000))
    keep_list(office, open_one, b"NIK")
    act(office, note_looked, open_one, kind="cards", report=REPORT, now=clock())
    act(office, confirm_list, open_one, tell=True, shown=9, by="official:1", now=clock())
    act(office, lambda session: setattr(session.get_one(ChatFile, over), "state", FileState.DONE))
    act(office, drop_stale_lists, now=clock.move(days=31))  # a list is not forgotten before its parts are
    assert parts(office) == 11 and ask(office, chat_list, over)
    assert [act(office, erase_left_parts) for _ in range(3)] == [8, 2, 0]  # a part of it at a time
    assert ask(office, lambda session: list(session.scalars(select(ListPart.chat_file_id)))) == [open_one]


def parts(office: OpenOffice) -> int:
    return ask(office, lambda session: session.scalar(select(func.count()).select_from(ListPart)))


def test_what_a_kill_left_open_goes_at_the_next_start_and_nobody_elses(
    office: OpenOffice, clock: Clock, home: Path
) -> None:
    left, foreign = (open_lists_folder(one) / f"{open_list_prefix(one)}left" for one in (home, home.parent))
    list_id = sent(office, clock)
    keep_list(office, list_id, b"NIK")
    try:
        with opened_list(office, home, list_id) as path:
            for folder in (left, foreign):
                folder.mkdir()
            sweep_open_lists(home)
            assert path.exists()  # another process of this machine may be reading
            assert not left.exists() and foreign.exists()
    finally:
        foreign.rmdir()


def test_what_an_older_program_kept_in_the_home_goes(office: OpenOffice, home: Path) -> None:
    (home / "lists").mkdir()
    (home / "lists" / "1.age").write_bytes(b"sealed")
    sweep_open_lists(home)
    assert not (home / "lists").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_templates_are_known_for_what_they_are(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "daftar"
    path.write_bytes(workbook_of(TEMPLATES["import" if kind == CARD_EXPORT else kind]))
    assert kinds_in(path) == ([kind], True)


def test_a_list_of_people_alone_may_be_arrivals_but_is_not_sure(tmp_path: Path) -> None:
    path = tmp_path / "daftar"
    path.write_text("NIK;NAMA\n")
    assert kinds_in(path) == ([ListKind.ARRIVALS], False)


def test_what_fits_several_kinds_is_not_sure(tmp_path: Path) -> None:
    path = tmp_path / "daftar"
    path.write_text("NIK;NAMA;KODE DESA;STATUS;NOMOR SURAT;TGL TERBIT\n")
    assert kinds_in(path) == (["cards", "letters"], False)


def test_a_list_of_no_kind_says_what_is_wrong_with_the_file_first(tmp_path: Path) -> None:
    path = tmp_path / "daftar"
    path.write_bytes(b"\0\0\0")
    with pytest.raises(InputError, match="no spreadsheet"):
        kinds_in(path)


def test_a_heading_of_somebodys_own_never_goes_out(office: OpenOffice, clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "daftar"
    # The first heading is no column that we know; a row that breaks is blamed on it.
    path.write_text(f"SITI AMINAH 3522;{HEADER}\nx;{SITI};A;35.22.15.2003;PRR;05/01/2017;;;;too;many\n")
    today = clock().date()
    report = look_through(office, path, "cards", Terms(today=today, now=clock(), by="official:1"), lambda *_: None)
    assert report["refused_rows"] == 1 and "AMINAH" not in repr(report) and SITI not in repr(report)
    assert b"AMINAH" not in refused_csv(W, report["refused"])


@pytest.mark.parametrize(
    ("english", "why"),
    [
        ("the NIK has 15 digits instead of 16", "nik-length"),
        ("the NIK holds something other than the digits 0 to 9", "nik-length"),
        ("a spreadsheet turned the NIK into a power of ten", "nik-lost"),
        ("the month in the NIK is not 01 to 12", "nik-wrong"),
        ("the serial at the end of the NIK is 0000", "nik-wrong"),
        ("the NIK is empty", "empty"),
        ("the district has no village of this name", "village"),
        ("there is no such day in the calendar", "date"),
        ("this day is still to come", "future"),
        ("no card is known by what this row says", "card"),
        ("a pickup number is 1 to 999", "number"),
        ("something new", "other"),
    ],
)
def test_the_reasons_of_the_readers_are_said_in_the_officials_words(english: str, why: str) -> None:
    assert row_reason(W, english) == text(f"list-why-{why}")


def test_a_fault_that_nobody_thought_of_is_never_said_in_english() -> None:
    assert file_fault("a wholly new trouble") == "unknown"
