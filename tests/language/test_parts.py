"""A long text is cut between sentences, and nothing of it is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ictdiplo.errors import SettingsError
from ictdiplo.language.parts import parts
from ictdiplo.language.sentences import split_sentences

TEXT = "The ministers of Norland and Ruvia met in Ostra on Monday to talk about a cable."
TEXTS = st.lists(
    st.sampled_from(
        ["They met.", "Who? ", "No", "a" * 30, "\n\n", " ", "It was Mr. Moss of the U.S. side."]
    ),
    max_size=40,
).map(" ".join)
SIZES = st.integers(1, 120).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1)))


def test_a_short_text_is_one_part():
    assert parts(TEXT, len(TEXT), 10) == [TEXT]


def test_parts_are_cut_at_sentences_and_overlap_by_whole_ones():
    text = "Lina met Teo. They spoke. He left. She stayed on."

    assert parts(text, 34, 10) == ["Lina met Teo. They spoke. He left.", "He left. She stayed on."]
    assert parts(text, 34, 0) == ["Lina met Teo. They spoke. He left.", "She stayed on."]


def test_a_sentence_that_does_not_fit_is_cut_between_words():
    assert parts("one two three fourteen", 9, 0) == ["one two", "three", "fourteen"]


def test_a_word_that_does_not_fit_is_cut():
    assert parts("abcdefgh", 3, 0) == ["abc", "def", "gh"]


@pytest.mark.parametrize("size, overlap", [(0, 0), (5, 5), (5, -1)])
def test_sizes_that_make_no_sense_are_refused(size, overlap):
    with pytest.raises(SettingsError, match="cannot overlap"):
        parts(TEXT, size, overlap)


@given(TEXTS, SIZES)
def test_no_part_is_too_long_and_every_sentence_that_fits_is_whole_in_one(text, sizes):
    size, overlap = sizes
    found = parts(text, size, overlap)

    assert all(len(part) <= size for part in found)
    assert all(part in text for part in found)
    for start, end in split_sentences(text):
        if end - start <= size:
            assert any(text[start:end] in part for part in found)


@given(TEXTS, st.integers(1, 120))
def test_without_overlap_the_parts_are_the_text(text, size):
    assert "".join("".join(parts(text, size, 0)).split()) == "".join(text.split())


@given(st.integers(2, 30), st.integers(40, 120), st.integers(len("They met 99."), 39))
def test_each_part_begins_with_the_end_of_the_one_before(count, size, overlap):
    text = " ".join(f"They met {number}." for number in range(count))

    for part, following in pairwise(parts(text, size, overlap)):
        shared = text.index(part) + len(part) - text.index(following)
        assert 0 < shared <= overlap
