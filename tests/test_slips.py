"""Slips: the receipt that the counter prints takes the place of every other, and ends with the card's way."""

from collections.abc import Sequence
from datetime import date
from math import comb
from typing import Any

import pytest
from sqlalchemy import select

from core.actions.cards import move_card_of
from core.actions.proof import NoProof, prove, prove_by_link
from core.actions.slips import SlipSecrets, draw_secrets, make_slip
from core.errors import NotFound, Refused
from core.questions.cards import history, where_is_proven
from core.questions.residents import resident_view
from core.rules.card import Stage
from core.rules.receipt import SLIP_SIGNS, grouped, read_slip_code
from core.store.desk_tables import Slip
from core.store.office import OpenOffice, seal_of
from core.store.tables import Card
from tests.offices import BUDI, BUDI_RECEIPT, SITI, SITI_RECEIPT, Clock, Import, act, ask
from tests.rows import everything

CHAT = 900000001
both = pytest.mark.both_databases


def slip_of(office: OpenOffice, clock: Clock, nik: str = SITI) -> SlipSecrets:
    drawn = draw_secrets()
    act(office, make_slip, nik, drawn, now=clock(), by="operator")
    return drawn


def move(office: OpenOffice, clock: Clock, to: Stage, nik: str = SITI) -> None:
    act(office, move_card_of, nik, to, now=clock(), by="operator")


def proof(office: OpenOffice, clock: Clock, receipt: str, nik: str = SITI) -> int | NoProof:
    return act(office, prove, CHAT, nik, receipt, now=clock())


def link_proof(office: OpenOffice, clock: Clock, secret: str, chat: int = CHAT) -> int | NoProof:
    return act(office, prove_by_link, chat, secret, now=clock())


def tail(office: OpenOffice, clock: Clock) -> str | None:
    answer = ask(office, where_is_proven, 1, now=clock())
    return answer.receipt_tail if answer else None


def slips(office: OpenOffice) -> Sequence[Any]:
    return ask(office, lambda session: session.execute(select(Slip.card_id, Slip.made_at, Slip.void_at)).all())


# The code


def test_a_code_is_read_however_it_is_typed_and_whatever_looks_alike() -> None:
    for typed in ("K7M-4P2X-PR9", "k7m4p2xpr9", " K7M 4P2X PR9 ", "K7M\u20134P2X\u2013PR9", "K7M-4PZX-PR9"):
        assert read_slip_code(typed) == "K7M4P2XPR9"
    assert read_slip_code("K8M-6P5X-VR9") == read_slip_code("kbm-gpsx-ur9") == "K8M6P5XVR9"


@pytest.mark.parametrize(
    "typed",
    ["", "K7M-4P2X-PR", "K7M-4P2X-PR99", "KAMARTERAN", "7777777777", "K7M-4P0X-PR9", "BJN-000001-V87", "🙂" * 10],
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_slip_code(typed) is None


def test_every_code_that_is_drawn_can_be_read_back_from_paper() -> None:
    drawn = [draw_secrets() for _ in range(500)]
    assert all(read_slip_code(grouped(one.code)) == one.code for one in drawn)
    assert len({one.code for one in drawn}) == len({one.link for one in drawn}) == 500
    assert set("".join(one.code for one in drawn)) == set(SLIP_SIGNS)
    assert grouped("K7M4P2XPR9") == "K7M-4P2X-PR9"


def test_a_code_has_at_least_45_bits_and_a_link_128() -> None:
    digits = sum(map(str.isdigit, SLIP_SIGNS))
    letters = len(SLIP_SIGNS) - digits
    assert sum(comb(10, n) * digits**n * letters ** (10 - n) for n in range(3, 8)) > 2**45
    assert len(draw_secrets().link) * 6 >= 128


# Proof


@both
def test_the_code_on_the_slip_proves_together_with_the_nik(office: OpenOffice, clock: Clock) -> None:
    drawn = slip_of(office, clock)
    assert proof(office, clock, grouped(drawn.code)) == 1
    assert proof(office, clock, drawn.code.lower()) == 1
    assert proof(office, clock, drawn.code, BUDI) is NoProof.WRONG


@both
def test_the_link_on_the_slip_proves_without_a_nik(office: OpenOffice, clock: Clock) -> None:
    assert link_proof(office, clock, slip_of(office, clock).link) == 1
    assert link_proof(office, clock, slip_of(office, clock, BUDI).link) == 2


@both
def test_a_slip_makes_the_offices_own_code_worthless_and_is_what_messages_mention(
    office: OpenOffice, clock: Clock
) -> None:
    assert tail(office, clock) == "V87"
    drawn = slip_of(office, clock)
    assert tail(office, clock) == drawn.code[-3:]
    assert proof(office, clock, SITI_RECEIPT) is NoProof.WRONG
    assert proof(office, clock, BUDI_RECEIPT, BUDI) == 2
    card = ask(office, resident_view, SITI, now=clock()).card
    assert card is not None
    assert card.receipt_tail == drawn.code[-3:]


@both
def test_a_second_slip_makes_the_first_worthless(office: OpenOffice, clock: Clock) -> None:
    first = slip_of(office, clock)
    clock.move(days=1)
    second = slip_of(office, clock)
    assert proof(office, clock, first.code) is NoProof.WRONG
    assert link_proof(office, clock, first.link) is NoProof.WRONG
    assert proof(office, clock, second.code) == link_proof(office, clock, second.link) == 1
    assert [slip.void_at for slip in slips(office)] == [clock(), None]


@both
@pytest.mark.parametrize("end", [Stage.HANDED_OVER, Stage.CLOSED])
def test_a_slip_ends_with_its_card_and_nothing_older_comes_back(office: OpenOffice, clock: Clock, end: Stage) -> None:
    drawn = slip_of(office, clock)
    move(office, clock, Stage.READY_FOR_PICKUP)
    assert link_proof(office, clock, drawn.link) == 1
    move(office, clock, end)
    for _ in range(2):
        assert proof(office, clock, drawn.code) is NoProof.WRONG
        assert proof(office, clock, SITI_RECEIPT) is NoProof.WRONG
        assert link_proof(office, clock, drawn.link) is NoProof.WRONG
        if end is Stage.HANDED_OVER:
            move(office, clock, Stage.READY_FOR_PICKUP)  # it was handed over to the wrong person, and came back
            end = Stage.READY_FOR_PICKUP
    assert [slip.void_at for slip in slips(office)] == [clock()]


@both
def test_a_slip_ends_with_a_hand_over_that_the_list_knows_of(office: OpenOffice, clock: Clock, take: Import) -> None:
    budis, sitis = slip_of(office, clock, BUDI), slip_of(office, clock)
    take(f"{BUDI};BUDI SANTOSO;35.22.15.2003;CARD_ISSUED;05/02/2017;;;{BUDI_RECEIPT}", as_of=date(2017, 9, 27))
    assert link_proof(office, clock, budis.link) is NoProof.WRONG
    assert link_proof(office, clock, sitis.link) == 1


@both
def test_a_newer_list_does_not_bring_the_offices_code_back(office: OpenOffice, clock: Clock, take: Import) -> None:
    drawn = slip_of(office, clock)
    take(f"{SITI};SITI AMINAH;35.22.15.2003;PRR;05/01/2017;;;BJN-000001-NEW99", as_of=date(2017, 9, 27))
    assert proof(office, clock, "BJN-000001-NEW99") is NoProof.WRONG
    assert proof(office, clock, drawn.code) == 1
    assert tail(office, clock) == drawn.code[-3:]


@both
def test_a_slip_is_made_only_for_a_card_that_is_awaited(office: OpenOffice, clock: Clock) -> None:
    drawn = draw_secrets()
    with pytest.raises(NotFound, match="nobody is known"):
        act(office, make_slip, "3522990101900001", drawn, now=clock(), by="operator")
    slip_of(office, clock)
    move(office, clock, Stage.CLOSED)
    before = everything(office)
    with pytest.raises(Refused, match="the card is CLOSED"):
        act(office, make_slip, SITI, drawn, now=clock(), by="operator")
    assert everything(office) == before


@both
def test_of_many_slips_made_at_once_one_is_in_force(office: OpenOffice, clock: Clock) -> None:
    drawn = [draw_secrets() for _ in range(12)]
    made = [office.submit(lambda session, one=one: make_slip(session, SITI, one, now=clock(), by="x")) for one in drawn]
    for future in made:
        future.result()
    assert [slip.void_at for slip in slips(office)].count(None) == 1
    assert [link_proof(office, clock, one.link) for one in drawn].count(1) == 1


@both
def test_what_was_done_is_on_record_and_the_secrets_are_nowhere(office: OpenOffice, clock: Clock) -> None:
    drawn = slip_of(office, clock)
    fact = ask(office, history, 1)[-1]
    assert (fact.kind, fact.by, fact.at, fact.details) == ("slip-made", "operator", clock(), {"slip": 1})
    raw = ask(office, lambda session: [dict(row) for row in session.execute(select(Slip.__table__)).mappings()])
    assert drawn.code not in repr(raw) + repr(drawn)
    assert drawn.link not in repr(everything(office)) + repr(drawn)
    opened = ask(office, lambda session: seal_of(session).open(session.get_one(Slip, 1).code_sealed))
    assert opened == drawn.code


# Tries


@both
def test_wrong_codes_of_a_slip_lock_the_nik_and_the_link_still_opens(office: OpenOffice, clock: Clock) -> None:
    drawn = slip_of(office, clock)
    said = [act(office, prove, CHAT + number, SITI, SITI_RECEIPT, now=clock()) for number in range(6)]
    assert said == [NoProof.WRONG] * 4 + [NoProof.LOCKED] * 2
    assert proof(office, clock, drawn.code) is NoProof.LOCKED
    assert link_proof(office, clock, drawn.link) == 1


@both
def test_five_unknown_links_lock_the_links_of_that_chat_for_a_day(office: OpenOffice, clock: Clock) -> None:
    drawn = slip_of(office, clock)
    said = [link_proof(office, clock, f"guess{number}") for number in range(6)]
    assert said == [NoProof.WRONG] * 4 + [NoProof.LOCKED] * 2
    assert link_proof(office, clock, drawn.link) is NoProof.LOCKED
    assert link_proof(office, clock, drawn.link, chat=CHAT + 1) == 1
    assert proof(office, clock, drawn.code) == 1
    clock.move(days=1)
    assert link_proof(office, clock, drawn.link) == 1


@both
def test_an_old_slip_that_is_scanned_again_and_again_locks_nothing(office: OpenOffice, clock: Clock) -> None:
    old, new = slip_of(office, clock), slip_of(office, clock)
    assert [link_proof(office, clock, old.link) for _ in range(7)] == [NoProof.WRONG] * 7
    assert link_proof(office, clock, new.link) == 1


@both
def test_tries_made_at_once_from_many_chats_are_counted_one_by_one(office: OpenOffice, clock: Clock) -> None:
    def guess(number: int) -> Any:
        return office.submit(lambda session: prove(session, CHAT + number, SITI, "WRONG", now=clock()))

    said = [future.result() for future in [guess(number) for number in range(40)]]
    assert said.count(NoProof.WRONG) == 4
    assert said.count(NoProof.LOCKED) == 36
    tries = "SELECT count(*) FROM proof_try"
    assert ask(office, lambda session: session.connection().exec_driver_sql(tries).scalar()) == 5


# The code in the office's export


@both
@pytest.mark.parametrize("code", ["R81", "7K81", "BJN-R81"])
def test_a_code_of_an_export_that_our_messages_would_nearly_give_away_proves_nothing_and_is_never_mentioned(
    office: OpenOffice, clock: Clock, take: Import, code: str
) -> None:
    take(f"{SITI};SITI AMINAH;35.22.15.2003;PRR;05/01/2017;;;{code}")
    assert proof(office, clock, code) is NoProof.WRONG
    assert tail(office, clock) is None


@both
def test_a_code_of_eight_signs_is_enough(office: OpenOffice, clock: Clock, take: Import) -> None:
    take(f"{SITI};SITI AMINAH;35.22.15.2003;PRR;05/01/2017;;;BJN-17-R81")
    assert proof(office, clock, "bjn17r81") == 1
    assert tail(office, clock) == "R81"


@both
def test_the_end_of_a_short_code_that_an_older_import_kept_is_not_mentioned(office: OpenOffice, clock: Clock) -> None:
    def keep(session: Any) -> None:
        card, seal = session.get_one(Card, 1), seal_of(session)
        card.receipt_sealed, card.receipt_index = seal.seal("7K81"), seal.index("receipt", "7K81")

    act(office, keep)
    assert proof(office, clock, "7K81") is NoProof.WRONG
    assert tail(office, clock) is None
