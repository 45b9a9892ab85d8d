"""What an SMS can hold."""

from hypothesis import given
from hypothesis import strategies as st

from core.wording.gsm import fits_one_sms, fold, septets


def test_plain_indonesian_takes_one_septet_a_character():
    assert septets("Dukcapil Jember: KTP-el siap diambil. GRATIS") == 44


def test_an_extension_character_takes_two():
    assert septets("{}[]^~\\|€") == 18
    assert septets("harga [5€]") == 13


def test_a_character_outside_the_alphabet_makes_it_no_gsm_text():
    assert septets("Regapu’u") is None
    assert septets("é") == 1
    assert septets("ê") is None


def test_typographic_marks_become_their_plain_twins():
    assert fold("“Regapu’u” – 08.30…\u00a0WIB\u2068") == '"Regapu\'u" - 08.30... WIB'
    assert septets(fold("Bu Nuapu’u")) == 10


def test_one_hundred_and_sixty_septets_fit_and_one_more_does_not():
    assert fits_one_sms("a" * 160)
    assert not fits_one_sms("a" * 161)
    assert not fits_one_sms("a" * 159 + "€")
    assert not fits_one_sms("’")


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="ascii", exclude_categories=["Cc"], exclude_characters="`")))
def test_plain_letters_are_left_alone_and_counted(text):
    assert fold(text) == text
    assert septets(text) == len(text) + sum(text.count(character) for character in "^{}\\[~]|")
