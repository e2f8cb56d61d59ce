"""Where sentences end, and where a full stop is no end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ictdiplo.language.sentences import split_sentences

MARKED_ENDS = [
    ("He met her. They spoke.", 2),
    ("Will it hold? Yes! They agreed… Then they left.", 4),
    ("“It is done.” He smiled.", 2),
    ("They agreed (in principle.) He left.", 2),
    ("وزیر گفت. او رفت؟ بله.", 3),
    ("他来了。他走了。", 2),
    ("यह हुआ। वह गया।", 2),
    ("اس نے کہا۔ وہ گیا۔", 2),
    ("The rate was 5 per cent. In 2024 it rose.", 2),
    ("He spoke in the U.S. The visit was short.", 2),
    ("The plan is from Acme Inc. It was signed.", 2),
]
NO_ENDS = [
    "Mr. Omid Rahmani met Dr. Farah Karim.",
    "J. A. Berger and H.E. Lina Moss spoke.",
    "The U.S. Secretary of State and the U.K. Minister spoke.",
    "It opened on Jan. 5 and, with No. 12 on the list, closed on Sept. 9.",
    "Growth was 3.5 per cent at 10.30 p.m. Tuesday.",
    "“Is it?” he asked.",
    "It works … somehow.",
    "Acme Inc. Chairman Roy Tan signed.",
    "1. The ministers met.",
    "(Gen. Moss) spoke.",
    "В. В. Иванов и им. Пушкина.",
    "The site example.org went down.",
]
ABBREVIATIONS_NOT_YET = [
    pytest.param(
        "They met in Geneva, Switz. Monday talks follow.", marks=pytest.mark.xfail(strict=True)
    ),
]


def sentences(text):
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize("text, count", MARKED_ENDS, ids=[text for text, _ in MARKED_ENDS])
def test_marks_end_sentences(text, count):
    assert len(sentences(text)) == count


@pytest.mark.parametrize("text", [*NO_ENDS, *ABBREVIATIONS_NOT_YET])
def test_other_stops_do_not(text):
    assert sentences(text) == [text]


def test_a_full_stop_before_a_month_without_a_day_ends_the_sentence():
    assert sentences("It ends in Dec. Talks follow.") == ["It ends in Dec.", "Talks follow."]


def test_a_blank_line_ends_a_sentence_that_has_no_stop():
    assert sentences("A headline\n\nthe text") == ["A headline", "the text"]


def test_a_headline_on_its_own_line_is_a_sentence():
    assert sentences("Two ministers meet\nThey met in Oslo.") == [
        "Two ministers meet",
        "They met in Oslo.",
    ]


def test_a_line_break_before_a_small_letter_is_inside_a_sentence():
    assert sentences("They met\nin Oslo.") == ["They met\nin Oslo."]


def test_hard_wrapped_lines_are_one_sentence():
    text = (
        "The minister of communications and the head of the regulatory\n"
        "Authority of Norland met in Oslo for a day of long and quiet talk,\n"
        "Denmark being away. They will meet again."
    )

    assert [sentence[-6:] for sentence in sentences(text)] == [" away.", "again."]


@pytest.mark.parametrize("text", ["", " \n\t", "\n\n\n"])
def test_nothing_has_no_sentences(text):
    assert split_sentences(text) == ()


@pytest.mark.parametrize("unit", [".", ". ", "\n", "U.S. ", ".)", "\n ", "Mr. ", "a"])
def test_a_megabyte_of_anything_is_split(unit):
    """Quadratic time would take hours here, not seconds."""
    text = unit * (200_000 // len(unit))

    assert sum(end - start for start, end in split_sentences(text)) <= len(text)


@given(st.text(alphabet=st.sampled_from('aB1 .!?…。\n\t"”)(’U S')))
def test_every_character_lies_in_one_sentence(text):
    spans = split_sentences(text)
    covered = [index for start, end in spans for index in range(start, end)]

    assert covered == sorted(set(covered))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(covered)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
