"""Personal data at rest: a stolen database tells nobody a NIK."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SetupError
from core.questions.cards import current_card
from core.store.base import Base
from core.store.office import OpenOffice, open_office
from core.store.sealing import Seal, make_key_file, read_key_file
from core.store.tables import Resident
from tests.offices import BUDI, ROWS, SITI, SITI_PHONE, SITI_RECEIPT, Clock, ask
from tests.rows import TABLES

KEY = bytes(range(32))
SEAL = Seal(KEY, "35.22")


@given(st.text())
def test_what_is_sealed_can_be_opened_and_never_looks_the_same_twice(text: str) -> None:
    one, other = SEAL.seal(text), SEAL.seal(text)
    assert SEAL.open(one) == SEAL.open(other) == text
    assert one != other


@given(st.text(), st.data())
def test_one_changed_bit_is_noticed(text: str, data: st.DataObject) -> None:
    sealed = bytearray(SEAL.seal(text))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SetupError, match="key file does not fit"):
        SEAL.open(bytes(sealed))


@given(st.binary(max_size=40))
def test_anything_that_was_never_sealed_is_refused_in_one_sentence(junk: bytes) -> None:
    with pytest.raises(SetupError, match="key file does not fit"):
        SEAL.open(junk)


def test_another_offices_key_or_another_office_with_the_same_key_opens_nothing() -> None:
    sealed = SEAL.seal(SITI)
    for other in (Seal(KEY[::-1], "35.22"), Seal(KEY, "35.09")):
        with pytest.raises(SetupError):
            other.open(sealed)
        assert other.index("nik", SITI) != SEAL.index("nik", SITI)


def test_an_index_is_the_same_each_time_and_differs_by_what_it_is_an_index_of() -> None:
    assert SEAL.index("nik", SITI) == SEAL.index("nik", SITI)
    assert len({SEAL.index(kind, SITI) for kind in ("nik", "chat", "receipt", "row")}) == 4


def test_a_key_file_is_its_owners_alone_and_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "office.key"
    make_key_file(path)
    assert path.stat().st_mode & 0o777 == 0o600
    key = read_key_file(path)
    assert len(key) == 32
    with pytest.raises(FileExistsError):
        make_key_file(path)
    assert read_key_file(path) == key


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601])
def test_a_key_file_that_is_open_to_others_is_refused_with_the_command_that_mends_it(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "office.key"
    make_key_file(path)
    path.chmod(mode)
    with pytest.raises(SetupError, match="chmod 600"):
        read_key_file(path)


@pytest.mark.parametrize(
    "content", ["", "kabar-key 1", "kabar-key 1 !!!", "kabar-key 2 " + "A" * 43 + "=", "\x00", "x " * 9]
)
def test_a_damaged_key_file_is_said_to_be_damaged(tmp_path: Path, content: str) -> None:
    path = tmp_path / "office.key"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(SetupError, match="is damaged"):
        read_key_file(path)


def test_bytes_that_are_no_text_are_a_damaged_key_file_too(tmp_path: Path) -> None:
    path = tmp_path / "office.key"
    path.write_bytes(bytes(range(128, 200)))
    path.chmod(0o600)
    with pytest.raises(SetupError, match="is damaged"):
        read_key_file(path)


def test_a_missing_key_file_says_where_to_look_for_it(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="put it back from where you keep it"):
        read_key_file(tmp_path / "office.key")


@pytest.mark.both_databases
def test_an_office_does_not_open_without_its_key_or_with_another(
    office: OpenOffice, home: Path, address: str | None
) -> None:
    office.close()
    (home / "office.key").rename(home / "elsewhere")
    with pytest.raises(SetupError, match="is missing"):
        open_office(home, address)
    make_key_file(home / "office.key")
    with pytest.raises(SetupError, match="does not fit this data"):
        open_office(home, address)


@pytest.mark.both_databases
def test_no_table_holds_anything_personal_in_clear(office: OpenOffice) -> None:
    secrets = [cell for row in ROWS for place, cell in enumerate(row.split(";")) if place in (0, 1, 5, 7) and cell]
    assert {SITI, SITI_PHONE, SITI_RECEIPT, "SITI AMINAH"} <= set(secrets)
    rows = office.read(lambda session: [str(row) for table in TABLES for row in session.execute(table.select())])
    shown = "\n".join(rows)
    assert not [secret for secret in secrets if secret in shown or secret.removeprefix("+62") in shown]


def test_every_column_that_is_looked_up_or_read_by_us_is_named_for_it() -> None:
    binary = [
        column.name
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.type.python_type is bytes
    ]
    assert all(name.endswith(("_sealed", "_index")) or name == "key_check" for name in binary)


@pytest.mark.both_databases
def test_an_error_of_the_database_shows_no_value(office: OpenOffice, clock: Clock) -> None:
    card = ask(office, current_card, BUDI)
    assert card is not None

    def too_long(session):  # type: ignore[no-untyped-def]
        session.add(Resident(nik_index=b"x", nik_sealed=None, name_sealed=b"SECRET NAME", village="35.22.15.2003"))

    with pytest.raises(Exception, match=r"(?i)null") as error:
        office.write(too_long)
    assert "SECRET" not in str(error.value)
