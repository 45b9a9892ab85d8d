"""What a button below a notice carries and says, and what is read back from it."""

import pytest

from core.rules.notices import TABLE, Answer, Kind
from core.rules.presses import Press, press_data, read_press
from core.wording import Wording, languages
from core.wording.buttons import answer_rows, confirm_rows
from tests.bot_world import OFFICE

LARGEST = 999_999_999
#: Telegram's own limits: bytes a button carries, characters of a popup.
MOST_BYTES, MOST_IN_POPUP = 64, 200


def test_what_a_button_carries_comes_back() -> None:
    for press in Press:
        data = press_data(LARGEST, press)
        assert read_press(data) == (LARGEST, press)
        assert len(data.encode()) <= MOST_BYTES


@pytest.mark.parametrize(
    "data", ["", "n1", "n1:7", "n1:7:", "n1:07:coming", "n1:-7:coming", "n1:7:coming:", "N1:7:back"]
)
def test_what_only_looks_like_ours_is_no_press(data: str) -> None:
    assert read_press(data) is None


def test_every_answer_can_be_pressed() -> None:
    assert {str(answer) for answer in Answer} <= {str(press) for press in Press}


@pytest.mark.parametrize("language", languages())
def test_every_press_has_its_words_in_every_language(language: str) -> None:
    words = Wording(language=language)
    for answer in Answer:
        assert len(words.text(f"press-{answer}")) <= MOST_IN_POPUP
    assert len(words.text("press-not-yours")) <= MOST_IN_POPUP
    for key in ("answer-other-day", "answer-not-mine", "answer-over"):
        text = words.text(key, jam_kantor=OFFICE["jam_kantor"], nomor=words.text("and-with-number"))
        assert "GRATIS" in text
        assert len(text) <= 600


@pytest.mark.parametrize("language", languages())
def test_the_texts_name_the_buttons_as_they_are_labelled(language: str) -> None:
    words = Wording(language=language)
    assert words.text("button-coming") in words.text("answer-other-day", jam_kantor="", nomor="")
    rows = [label for row in answer_rows(words, Kind.READY, 1) + confirm_rows(words, 1) for label, _ in row]
    assert len(set(rows)) == len(rows) == 5


def test_the_answer_that_counts_is_marked_and_no_other() -> None:
    words = Wording()
    rows = answer_rows(words, Kind.READY, 1, chosen=Answer.OTHER_DAY)
    assert [[label for label, _ in row] for row in rows] == [["Saya Datang", "✓ Hari Lain"], ["Bukan Saya"]]


def test_only_what_has_answers_waits_for_one() -> None:
    for kind, rule in TABLE.items():
        assert rule.answers or rule.answered_within is None, kind
