"""Riwayat: what happened to a card, as its holder is told it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.actions.cards import move_card_of
from core.actions.letters import ask_letter, letter_ready
from core.actions.suspensions import resume, suspend
from core.questions.stories import card_story
from core.rules.answer import LetterKind
from core.rules.card import Stage
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.rules.story import Chapter, Stop, StoryLine, stops_felt
from core.rules.suspension import Cause, Service
from core.store.office import OpenOffice
from core.wording import Wording, languages
from core.wording.stories import story_text
from tests.offices import JOKO, MORNING, SITI, Clock, act, ask
from tests.senders import FakeChannel, send_all

W = Wording()
JAKARTA = ZoneInfo("Asia/Jakarta")


def story(office: OpenOffice, resident_id: int = 1) -> list[str]:
    lines = ask(office, card_story, resident_id)
    text = story_text(W, lines, receipt_tail="V87", data_as_of=date(2017, 9, 26), zone=JAKARTA)
    return text.split("\n\n")[1].splitlines()


def stage(day: int, at: Stage) -> StoryLine:
    return StoryLine(at=MORNING + timedelta(days=day), chapter=Chapter.STAGE, stage=at)


def stop(*services: Service, since: int, until: int | None) -> Stop:
    end = None if until is None else MORNING + timedelta(days=until)
    return Stop(services=services, cause=Cause.SERVER, since=MORNING + timedelta(days=since), until=end)


@pytest.mark.both_databases
async def test_the_story_of_a_card_from_recording_to_the_hand_over(office: OpenOffice, clock: Clock) -> None:
    clock.move(days=1)
    suspension = act(office, suspend, [Service.PRINTING], cause=Cause.POWER, now=clock(), by="operator")
    act(office, letter_ready, SITI, LetterKind.SUKET, now=clock(), by="operator")
    clock.move(days=1)
    act(office, resume, suspension.suspension_id, now=clock(), by="operator")
    act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=clock(), by="operator")
    await send_all(office, FakeChannel(Channel.SMS), now=clock)
    clock.move(days=1)
    act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by="operator")
    assert story(office) == [
        "5 Januari 2017: perekaman",
        "26 September 2017: siap dicetak",
        "27 September 2017: Suket siap diambil",
        "27 September 2017: cetak berhenti sementara karena gangguan listrik",
        "28 September 2017: siap diambil",
        "28 September 2017: cetak berjalan kembali",
        "28 September 2017: SMS terkirim (surat pengganti siap)",
        "28 September 2017: SMS terkirim (siap diambil)",
        "29 September 2017: sudah diserahkan",
        "29 September 2017: Suket tidak berlaku lagi",
    ]


@pytest.mark.both_databases
def test_a_letter_that_was_waited_for_feels_the_stop_of_letters(office: OpenOffice, clock: Clock) -> None:
    act(office, ask_letter, JOKO, LetterKind.SUKET, now=clock(), by="operator")
    clock.move(days=1)
    act(office, suspend, [Service.LETTERS, Service.PRINTING], cause=Cause.BLANKS, now=clock(), by="operator")
    assert story(office, 4)[-1] == "27 September 2017: suket berhenti sementara karena blangko habis"


@pytest.mark.both_databases
def test_what_stopped_elsewhere_is_no_part_of_it(office: OpenOffice, clock: Clock) -> None:
    act(office, suspend, [Service.PRINTING], cause=Cause.POWER, now=clock(), by="operator", region="35.22.01")
    assert "berhenti" not in " ".join(story(office))


@pytest.mark.parametrize(
    ("since", "until", "felt"),
    [(0, 1, False), (0, 2, False), (0, 3, True), (3, 4, True), (4, 9, True), (5, 9, False), (4, None, True)],
)
def test_a_stop_is_felt_while_the_card_waited_for_it(since: int, until: int | None, felt: bool) -> None:
    lines = [stage(1, Stage.AT_CENTRE), stage(2, Stage.PRINT_READY), stage(5, Stage.PRINTED)]
    found = stops_felt([stop(Service.PRINTING, Service.PICKUP, since=since, until=until)], lines)
    assert [line.services for line in found] == [(Service.PRINTING,)] * (felt * (1 if until is None else 2))


@given(
    st.lists(st.sampled_from(Stage), min_size=1, max_size=8),
    st.integers(-2, 12),
    st.none() | st.integers(-2, 12),
    st.sampled_from(Service),
)
def test_a_stop_never_comes_back_without_having_begun(
    way: list[Stage], since: int, until: int | None, service: Service
) -> None:
    lines = [stage(day, at) for day, at in enumerate(way)]
    end = until if until is None else max(since, until)
    found = stops_felt([stop(service, since=since, until=end)], lines)
    assert [line.chapter for line in found] in (
        [],
        [Chapter.STOPPED],
        [Chapter.STOPPED, Chapter.RESUMED],
    )
    assert not found or (len(found) == 1) == (end is None)


def test_a_long_story_keeps_its_newest_lines_and_counts_the_others() -> None:
    lines = [
        StoryLine(at=MORNING + timedelta(days=day), chapter=Chapter.STAGE, stage=Stage.PRINTED) for day in range(500)
    ]
    text = story_text(W, lines, receipt_tail=None, data_as_of=None, zone=JAKARTA)
    assert len(text) <= 4096
    last = MORNING + timedelta(days=499)
    first, *_, newest = text.split("\n\n")[1].splitlines()
    assert newest == f"{last.day} Februari 2019: sudah dicetak"
    shown = text.count("sudah dicetak")
    assert first == f"(dan {500 - shown} kabar sebelumnya)" and shown > 90


@pytest.mark.parametrize("language", languages())
def test_everything_that_can_happen_has_its_words(language: str) -> None:
    keys = Wording(language=language).keys
    told = {f"told-{kind}" for kind in Kind} | {f"story-told-{channel}" for channel in Channel}
    assert {f"story-{stage}" for stage in Stage} | told <= keys


def test_the_data_is_no_older_than_what_the_story_tells() -> None:
    def closing(*lines: StoryLine, data_as_of: date | None = date(2017, 9, 26)) -> str:
        return story_text(W, lines, receipt_tail=None, data_as_of=data_as_of, zone=JAKARTA).split("\n\n")[-1]

    later = stage(3, Stage.READY_FOR_PICKUP)
    assert closing(stage(0, Stage.PRINTED), later) == "Data per 29 September 2017. Layanan ini GRATIS."
    assert closing(stage(-3, Stage.PRINTED)) == "Data per 26 September 2017. Layanan ini GRATIS."
    assert closing(later, data_as_of=None) == "Data per 29 September 2017. Layanan ini GRATIS."
    assert closing(data_as_of=None) == "Layanan ini GRATIS."


def test_a_moment_is_told_by_the_day_of_the_office() -> None:
    late = StoryLine(at=datetime(2017, 9, 26, 20, tzinfo=UTC), chapter=Chapter.STAGE, stage=Stage.PRINTED)
    assert "27 September 2017: sudah dicetak" in story_text(W, [late], receipt_tail=None, data_as_of=None, zone=JAKARTA)
