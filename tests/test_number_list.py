"""What officials type is understood as it was meant, or told back to the word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.number_list import How, Mistake, NumberList, Unread, Why, read_numbers, runs_of, said


def numbers(*ones, **more):
    return NumberList(tuple(ones), **more)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("147", numbers(147)),
        ("007", numbers(7)),
        ("147 148", numbers(147, 148)),
        ("147, 148 dan 150", numbers(147, 148, 150)),
        ("No. 147;148 & 150.", numbers(147, 148, 150)),
        ("147\n148\n147", numbers(147, 148)),
        ("1-3", numbers(1, 2, 3)),
        ("1 - 3, 7", numbers(1, 2, 3, 7)),
        ("1 s/d 3", numbers(1, 2, 3)),
        ("1 s.d. 3", numbers(1, 2, 3)),
        ("1 sd 3 dan 9", numbers(1, 2, 3, 9)),
        ("1 sampai dengan 3", numbers(1, 2, 3)),
        ("1–3", numbers(1, 2, 3)),
        ("semua", numbers(all=True)),
        ("Semua kecuali 12, 40", numbers(12, 40, all=True)),
        ("kecuali 12-14", numbers(12, 13, 14, all=True)),
        ("147 148 keluarga", numbers(147, 148, how=How.FAMILY)),
        ("147 diambil oleh keluarga", numbers(147, how=How.FAMILY)),
        ("keluarga: 147, 148", numbers(147, 148, how=How.FAMILY)),
        ("147 sendiri", numbers(147, how=How.SELF)),
        ("147 yang bersangkutan", numbers(147, how=How.SELF)),
        ("147 pindah", numbers(147, how=How.MOVED)),
        ("147 MENINGGAL", numbers(147, how=How.DIED)),
        ("147 diantar ke rumah", numbers(147, how=How.BROUGHT_HOME)),
        ("147 antar", numbers(147, how=How.BROUGHT_HOME)),
        ("147 titip RT", numbers(147, how=How.LEFT_WITH_RT)),
        ("147 dititipkan ke Pak RT", numbers(147, how=How.LEFT_WITH_RT)),
        ("147 titip RT\n148", numbers(147, 148, how=How.LEFT_WITH_RT)),
        ("titip 147", numbers(147, how=How.LEFT_WITH_RT)),
        ("batal 7 12", numbers(7, 12, how=How.UNDO)),
    ],
)
def test_it_is_understood_as_it_was_meant(typed, meant):
    assert read_numbers(typed) == meant


@pytest.mark.parametrize(
    ("typed", "why", "word"),
    [
        ("147 tetangga", Why.UNKNOWN, "tetangga"),
        ("147a", Why.NO_NUMBER, "147a"),
        ("0", Why.NO_NUMBER, "0"),
        ("1000", Why.NO_NUMBER, "1000"),
        ("1.000", Why.NO_NUMBER, "1.000"),
        ("147/148", Why.NO_NUMBER, "147/148"),
        ("60-1", Why.BACKWARDS, "60-1"),
        ("1-", Why.NO_RANGE, "1-"),
        ("-5", Why.NO_RANGE, "-"),
        ("1-2-3", Why.NO_RANGE, "-"),
        ("5 sampai keluarga", Why.NO_RANGE, "5-"),
        ("147 keluarga 148 sendiri", Why.TWO_WAYS, "sendiri"),
        ("147 titip RT 03", Why.OF_RT, "rt 03"),
        ("147 titip rt.03/02", Why.OF_RT, "rt.03/02"),
        ("semua 12", Why.NOT_WITH_ALL, "12"),
        ("12 kecuali 14", Why.NOT_WITH_ALL, "kecuali"),
        ("semua kecuali", Why.NOTHING, ""),
        ("keluarga", Why.NOTHING, ""),
        ("", Why.NOTHING, ""),
        ("1 " * 3000, Why.LONG, ""),
    ],
)
def test_a_mistake_is_told_to_the_word_and_nothing_is_used(typed, why, word):
    read = read_numbers(typed)
    assert isinstance(read, Unread)
    assert Mistake(why, word) in read.mistakes


def test_several_mistakes_are_told_together_each_once():
    read = read_numbers("147 pak bu pak 2000")
    assert read == Unread((Mistake(Why.UNKNOWN, "pak"), Mistake(Why.UNKNOWN, "bu"), Mistake(Why.NO_NUMBER, "2000")))


NUMBERS = st.lists(st.integers(1, 999), min_size=1, max_size=30)
SEPARATORS = st.sampled_from([" ", ",", ", ", "; ", "\n", " dan ", " & "])
WAYS = {
    None: "",
    How.SELF: "sendiri",
    How.FAMILY: "keluarga",
    How.MOVED: "pindah",
    How.DIED: "meninggal",
    How.BROUGHT_HOME: "diantar",
    How.LEFT_WITH_RT: "titip",
    How.UNDO: "batal",
}


@given(NUMBERS, SEPARATORS, st.sampled_from(list(WAYS)), st.booleans())
def test_numbers_with_anything_between_them_are_these_numbers(ones, between, how, first):
    listed = between.join(map(str, ones))
    typed = f"{WAYS[how]} {listed}" if first else f"{listed} {WAYS[how]}"
    assert read_numbers(typed) == NumberList(tuple(sorted(set(ones))), how=how)


@given(NUMBERS)
def test_what_is_said_of_numbers_is_read_as_the_same_numbers(ones):
    assert read_numbers(said(ones)) == NumberList(tuple(sorted(set(ones))))
    assert {number for first, last in runs_of(ones) for number in range(first, last + 1)} == set(ones)


@given(NUMBERS, st.text(alphabet="bcfghjmqvwxyz", min_size=1, max_size=12), st.integers(0, 30))
def test_a_word_that_nobody_knows_is_never_dropped(ones, word, place):
    words = [str(one) for one in ones]
    words.insert(place % (len(words) + 1), word)
    read = read_numbers(" ".join(words))
    assert isinstance(read, Unread)
    assert Mistake(Why.UNKNOWN, word) in read.mistakes


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_or_told_back(typed):
    read = read_numbers(typed)
    assert isinstance(read, NumberList) or read.mistakes
    if isinstance(read, NumberList):
        assert read.all or read.numbers
