"""Every text can be seen as residents will see it, in every language."""

import pytest

from core.errors import WordingError
from core.rules.notices import Kind
from core.wording import Wording, languages
from core.wording.gsm import sms_size
from core.wording.preview import longest, typical
from core.wording.review import characters
from core.wording.samples import SAMPLES, filled, sample_of

W = Wording()


@pytest.mark.parametrize("language", languages())
def test_every_text_of_every_language_can_be_seen_whole(language):
    w = Wording(language=language)
    for key in w.keys:
        for text in (typical(w, key), longest(w, key)):
            assert text and not set("{}$\x7f") & set(text), key
            assert "  " not in text and "\n\n\n" not in text and text == text.strip(), key


def test_every_variable_of_every_text_is_explained():
    for key in W.keys:
        for variable in W.variables(key):
            assert sample_of(key, variable).meaning, f"{key}.{variable}"


def test_no_sample_is_kept_for_what_no_text_uses():
    used = {name for key in W.keys for name in W.variables(key)}
    in_place = {f"{key}.{name}" for key in W.keys for name in W.variables(key)}
    assert sorted(SAMPLES.keys() - used - in_place) == []


def test_a_variable_that_nobody_explained_is_named_with_what_to_do():
    with pytest.raises(WordingError, match=r"\$unheard of text 'welcome'.*core/wording/samples"):
        sample_of("welcome", "unheard")


@pytest.mark.parametrize("language", languages())
def test_what_pops_up_after_a_press_is_never_cut_off(language):
    w = Wording(language=language)
    popups = [key for key in w.keys if characters(key) == 200]
    assert {"button-outdated", "press-coming"} <= set(popups)
    assert [key for key in popups if len(filled(w, key, longest=True)) > 200] == []


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", Kind)
def test_a_notice_is_seen_as_it_would_be_sent(language, kind):
    w = Wording(language=language)
    for text in (typical(w, f"notice-{kind}-sms"), longest(w, f"notice-{kind}-sms")):
        assert sms_size(text)[0::2] == ("GSM-7", 1)
    assert len(typical(w, f"notice-{kind}")) <= len(longest(w, f"notice-{kind}")) <= 600
