"""A letter from its number to its end: issued, collected, extended, run out, void, taken back, and shown to a bank."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from core.actions.cards import move_card_of
from core.actions.expiring import warn_of_expiry
from core.actions.letter_steps import Paper
from core.actions.letter_undo import undo_letter
from core.actions.letters import Step, ask_letter, extend_letter, issue_letter, letter_collected, letter_ready
from core.actions.slips import draw_code
from core.actions.suspensions import resume, suspend
from core.errors import Refused
from core.jobs.sweeps import sweep
from core.questions.letters import check_letter
from core.questions.overtaken import why_overtaken
from core.rules.answer import LetterKind
from core.rules.card import Stage
from core.rules.delivery import Channel
from core.rules.letters import Checked, NumberError, Validity, read_number
from core.rules.notices import Kind
from core.rules.suspension import Cause, Service
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice, open_office
from core.store.tables import Fact, Letter
from core.store.words import LetterState, NoticeState
from tests.offices import BUDI, SITI, WATI, Clock, act, ask
from tests.senders import FakeChannel, send_all

pytestmark = pytest.mark.both_databases

SUKET, NUMBER = LetterKind.SUKET, "471.13/123/2017"
BY = "operator"


def issue(office: OpenOffice, clock: Clock, nik: str = SITI, number: str = NUMBER, secret: str | None = None) -> Step:
    return act(office, issue_letter, nik, SUKET, Paper(number=number, secret=secret), now=clock(), by=BY)


def make_ready(office: OpenOffice, clock: Clock, nik: str = SITI) -> Letter:
    return act(office, letter_ready, nik, SUKET, now=clock(), by=BY)


def collect(office: OpenOffice, clock: Clock, nik: str = SITI) -> Step:
    return act(office, letter_collected, nik, SUKET, now=clock(), by=BY)


def undo(office: OpenOffice, clock: Clock, nik: str = SITI) -> Letter:
    return act(office, undo_letter, nik, SUKET, now=clock(), by=BY)[0]


def newest(office: OpenOffice) -> Letter:
    return ask(office, lambda session: session.scalars(select(Letter).order_by(Letter.id.desc()).limit(1)).one())


def checked(office: OpenOffice, clock: Clock, secret: str, number: str = NUMBER) -> Checked:
    return ask(office, check_letter, number, secret, today=(clock() + timedelta(hours=7)).date())


def warnings(office: OpenOffice) -> list[Notice]:
    query = select(Notice).where(Notice.kind == Kind.LETTER_EXPIRING).order_by(Notice.id)
    return ask(office, lambda session: list(session.scalars(query)))


# The steps


def test_an_issued_letter_is_told_to_nobody_until_it_is_ready(office: OpenOffice, clock: Clock) -> None:
    act(office, ask_letter, SITI, SUKET, now=clock(), by=BY)
    step = issue(office, clock)
    assert (step.done, step.letter.state, step.letter.valid_until) == (True, LetterState.ISSUED, date(2018, 3, 28))
    assert ask(office, lambda session: session.scalar(select(func.count(Notice.id)))) == 0
    assert make_ready(office, clock).id == step.letter.id
    assert ask(office, lambda session: session.scalar(select(func.count(Notice.id)))) == 1


def test_issuing_the_same_number_twice_changes_nothing(office: OpenOffice, clock: Clock) -> None:
    issue(office, clock)
    clock.move(days=1)
    assert not issue(office, clock, number="471.13 / 123 / 2017".replace(" ", "")).done
    with pytest.raises(Refused, match="another number"):
        issue(office, clock, number="471.13/124/2017")


def test_a_number_belongs_to_one_letter_in_force(office: OpenOffice, clock: Clock) -> None:
    issue(office, clock)
    with pytest.raises(Refused, match="another person's letter in force has this number"):
        issue(office, clock, nik=BUDI)
    act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by=BY)
    assert issue(office, clock, nik=BUDI).done, "hers is void"


def test_the_number_is_sealed(office: OpenOffice, clock: Clock) -> None:
    issue(office, clock)
    letter = newest(office)
    assert NUMBER.encode() not in (letter.number_sealed or b"")
    details = ask(office, lambda session: session.scalars(select(Fact.details)).all())
    assert "123" not in str(details)


def test_a_letter_is_valid_as_long_as_the_settings_say(office: OpenOffice, clock: Clock) -> None:
    days = Validity({LetterKind.SUKET: 90, LetterKind.BIODATA_WNI: 30})
    terms = {"validity": days, "now": clock(), "by": BY}
    letter = act(office, letter_ready, SITI, LetterKind.BIODATA_WNI, **terms)
    assert letter.valid_until == date(2017, 10, 26)
    assert act(office, letter_ready, SITI, SUKET, **terms).valid_until == date(2017, 12, 25)


async def test_a_collected_letter_is_not_told_to_be_ready(office: OpenOffice, clock: Clock) -> None:
    make_ready(office, clock)
    collect(office, clock)
    sms = FakeChannel(Channel.SMS)
    await send_all(office, sms, now=clock)
    assert ask(office, lambda session: session.scalars(select(Notice.state)).all()) == [NoticeState.OVERTAKEN]
    assert not collect(office, clock).done


def test_a_list_of_ready_letters_given_twice_makes_no_second_letter_for_who_has_hers(
    office: OpenOffice, clock: Clock
) -> None:
    make_ready(office, clock)
    collect(office, clock)
    with pytest.raises(Refused, match="extend that one"):
        make_ready(office, clock)
    act(office, ask_letter, SITI, SUKET, now=clock(), by=BY)
    assert make_ready(office, clock).state is LetterState.READY
    states = ask(office, lambda session: session.scalars(select(Letter.state).order_by(Letter.id)).all())
    assert states == [LetterState.VOID, LetterState.READY], "of one kind she has one"


def test_a_letter_nobody_made_out_cannot_be_collected_or_extended(office: OpenOffice, clock: Clock) -> None:
    with pytest.raises(Refused, match="make one out first"):
        collect(office, clock)
    with pytest.raises(Refused, match="make one out first"):
        act(office, extend_letter, SITI, SUKET, now=clock(), by=BY)


def test_an_extended_letter_is_valid_anew_from_today(office: OpenOffice, clock: Clock) -> None:
    issue(office, clock)
    clock.move(days=100)
    step = act(office, extend_letter, SITI, SUKET, now=clock(), by=BY)
    assert (step.done, step.letter.valid_until) == (True, date(2018, 3, 28) + timedelta(days=100))
    assert not act(office, extend_letter, SITI, SUKET, now=clock(), by=BY).done


def test_a_letter_that_ran_out_or_is_void_is_not_extended(office: OpenOffice, clock: Clock) -> None:
    issue(office, clock)
    clock.move(days=184)
    with pytest.raises(Refused, match="ran out on 2018-03-28"):
        act(office, extend_letter, SITI, SUKET, now=clock(), by=BY)
    act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by=BY)
    with pytest.raises(Refused, match="SUKET is void"):
        act(office, extend_letter, SITI, SUKET, now=clock(), by=BY)


def test_while_letters_are_suspended_they_are_asked_for_collected_and_extended_but_not_issued(
    office: OpenOffice, clock: Clock
) -> None:
    issue(office, clock, nik=WATI)
    act(office, suspend, [Service.LETTERS], cause=Cause.SERVER, now=clock(), by=BY)
    with pytest.raises(Refused, match="letters are suspended"):
        issue(office, clock, number="471.13/9/2017")
    with pytest.raises(Refused, match="letters are suspended"):
        make_ready(office, clock, nik=WATI)
    act(office, ask_letter, SITI, SUKET, now=clock(), by=BY)
    clock.move(days=1)
    assert act(office, extend_letter, WATI, SUKET, now=clock(), by=BY).done
    assert collect(office, clock, nik=WATI).done


def test_the_hand_over_voids_every_letter_and_undoing_it_brings_them_back(office: OpenOffice, clock: Clock) -> None:
    make_ready(office, clock)
    collect(office, clock)
    act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=clock(), by=BY)
    clock.move(hours=1)
    act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by=BY)
    assert newest(office).state is LetterState.VOID
    clock.move(hours=1)
    act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=clock(), by=BY)
    assert newest(office).state is LetterState.COLLECTED


# Taken back


def test_a_mistyped_number_is_taken_back_and_given_anew(office: OpenOffice, clock: Clock) -> None:
    act(office, ask_letter, SITI, SUKET, now=clock(), by=BY)
    issue(office, clock, number="471.13/321/2017", secret=draw_code())
    letter = undo(office, clock)
    assert (letter.state, letter.number_sealed, letter.valid_until) == (LetterState.ASKED, None, None)
    assert issue(office, clock).letter.id == letter.id


def test_what_nobody_asked_for_is_void_when_its_issue_is_taken_back(office: OpenOffice, clock: Clock) -> None:
    issue(office, clock)
    assert undo(office, clock).state is LetterState.VOID
    with pytest.raises(Refused, match="taken back already"):
        undo(office, clock)


async def test_ready_can_be_taken_back_until_she_is_told(office: OpenOffice, clock: Clock) -> None:
    issue(office, clock)
    make_ready(office, clock)
    assert undo(office, clock).state is LetterState.ISSUED
    sms = FakeChannel(Channel.SMS)
    await send_all(office, sms, now=clock)
    make_ready(office, clock)
    await send_all(office, sms, now=clock)
    with pytest.raises(Refused, match="told by sms that it is ready"):
        undo(office, clock)
    states = ask(office, lambda session: session.scalars(select(Notice.state).order_by(Notice.id)).all())
    assert states == [NoticeState.OVERTAKEN, NoticeState.TOLD]


def test_collecting_and_extending_are_taken_back(office: OpenOffice, clock: Clock) -> None:
    make_ready(office, clock)
    collect(office, clock)
    assert undo(office, clock).state is LetterState.READY
    clock.move(days=10)
    act(office, extend_letter, SITI, SUKET, now=clock(), by=BY)
    assert undo(office, clock).valid_until == date(2018, 3, 28)


# Before the last day


def test_who_has_no_card_is_warned_once_fourteen_days_before_the_last_day(office: OpenOffice, clock: Clock) -> None:
    make_ready(office, clock)
    collect(office, clock)
    clock.move(days=168)
    assert sweep(office, now=clock(), sweeps=(warn_of_expiry,)) == 0
    clock.move(days=1)
    assert sweep(office, now=clock(), sweeps=(warn_of_expiry,)) == 1
    assert sweep(office, now=clock(), sweeps=(warn_of_expiry,)) == 0
    (notice,) = warnings(office)
    assert notice.batch == "expiring:2018-03-14"
    assert notice.worthless_after <= clock() + timedelta(days=15)
    act(office, extend_letter, SITI, SUKET, now=clock(), by=BY)
    assert ask(office, why_overtaken, warnings(office)) == {notice.id: "letter extended"}
    clock.move(days=170)
    assert act(office, warn_of_expiry, now=clock()) == 1, "the new last day has its own warning"


def test_a_late_warning_is_worthless_after_the_last_day(office: OpenOffice, clock: Clock) -> None:
    make_ready(office, clock)
    clock.move(days=182)
    act(office, warn_of_expiry, now=clock())
    assert warnings(office)[0].worthless_after.date() == date(2018, 3, 28), "midnight in Bojonegoro is 17.00 UTC"
    clock.move(days=2)
    assert act(office, warn_of_expiry, now=clock()) == 0


def test_who_has_her_card_is_not_warned(office: OpenOffice, clock: Clock) -> None:
    make_ready(office, clock)
    clock.move(days=170)
    act(office, warn_of_expiry, now=clock())
    act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by=BY)
    (notice,) = warnings(office)
    assert ask(office, why_overtaken, [notice]) == {notice.id: "letter void"}
    make_ready(office, clock, nik=WATI)
    act(office, move_card_of, WATI, Stage.CLOSED, now=clock(), by=BY)
    clock.move(days=170)
    assert act(office, warn_of_expiry, now=clock()) == 0


def test_who_cannot_have_hers_extended_is_warned_when_letters_are_back(office: OpenOffice, clock: Clock) -> None:
    make_ready(office, clock)
    make_ready(office, clock, nik=WATI)
    stop = act(office, suspend, [Service.LETTERS], cause=Cause.POWER, now=clock(), by=BY, region="35.22.15")
    clock.move(days=172)
    assert act(office, warn_of_expiry, now=clock()) == 1, "Wati lives elsewhere"
    act(office, resume, stop.suspension_id, now=clock(), by=BY)
    assert act(office, warn_of_expiry, now=clock()) == 1


def test_an_extension_taken_back_is_warned_of_again_only_if_nobody_told_her(office: OpenOffice, clock: Clock) -> None:
    make_ready(office, clock)
    clock.move(days=170)
    act(office, warn_of_expiry, now=clock())
    act(office, extend_letter, SITI, SUKET, now=clock(), by=BY)
    undo(office, clock)
    assert act(office, warn_of_expiry, now=clock()) == 1


# Shown to a bank


def test_a_bank_is_told_one_word_for_number_and_secret(office: OpenOffice, clock: Clock) -> None:
    secret = draw_code()
    issue(office, clock, secret=secret)
    assert checked(office, clock, secret) is Checked.VALID
    assert checked(office, clock, secret.lower(), number=" 471.13 /123/2017") is Checked.VALID
    assert checked(office, clock, draw_code()) is Checked.UNKNOWN
    assert checked(office, clock, secret, number="471.13/12/32017") is Checked.UNKNOWN
    assert checked(office, clock, "") is Checked.UNKNOWN
    clock.move(days=184)
    assert checked(office, clock, secret) is Checked.EXPIRED
    act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by=BY)
    assert checked(office, clock, secret) is Checked.VOID


def test_a_letter_without_a_secret_is_unknown_to_a_bank(office: OpenOffice, clock: Clock) -> None:
    issue(office, clock)
    assert checked(office, clock, "") is Checked.UNKNOWN
    assert checked(office, clock, draw_code()) is Checked.UNKNOWN


@pytest.mark.parametrize("wrong", ["", "tanpa angka", "1" * 61])
def test_what_is_no_number_of_a_letter_is_refused(wrong: str) -> None:
    with pytest.raises(NumberError):
        read_number(wrong)


# Two at once


def test_two_operators_give_one_number_to_two_people_and_one_of_them_is_refused(
    office: OpenOffice, home, address, clock: Clock
) -> None:
    refused: list[str] = []
    together = threading.Barrier(2)

    def give(nik: str) -> None:
        with open_office(home, address) as own:
            together.wait()
            try:
                issue(own, clock, nik=nik)
            except Refused as error:
                refused.append(str(error))

    threads = [threading.Thread(target=give, args=(nik,)) for nik in (SITI, BUDI)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert ask(office, lambda session: session.scalar(select(func.count(Letter.id)))) == 1


def test_two_who_note_one_letter_as_ready_tell_her_once(office: OpenOffice, home, address, clock: Clock) -> None:
    together = threading.Barrier(2)

    def give() -> None:
        with open_office(home, address) as own:
            together.wait()
            make_ready(own, clock)

    threads = [threading.Thread(target=give) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ask(office, lambda session: session.scalar(select(func.count(Notice.id)))) == 1
    assert ask(office, lambda session: session.scalar(select(func.count(Letter.id)))) == 1
