"""Cues are data; each row proves itself by its example."""

import pytest

from ictdiplo.read.english.cues import find_cues, load_cues, load_table

GROUPS = [("meetings", "cues"), ("proposals", "cues"), ("memoranda", "texts")]


@pytest.mark.parametrize(
    "cue",
    [
        pytest.param(cue, id=cue.example)
        for table, group in GROUPS
        for cue in load_cues(table, group)
    ],
)
def test_a_cue_is_found_in_its_example(cue):
    words = frozenset(cue.example.casefold().replace(",", "").split())
    assert find_cues((cue,), cue.example, 0, len(cue.example), words)


def test_of_two_cues_in_one_place_the_earlier_row_counts():
    text = "Ro was received by Lin"
    hits = find_cues(load_cues("meetings", "cues"), text, 0, len(text), frozenset(text.split()))
    assert [text[hit.start : hit.end] for hit in hits] == ["was received by"]


def test_a_cue_is_not_tried_where_none_of_its_words_is():
    cues = load_cues("meetings", "cues")
    assert find_cues(cues, "Lin met Ro", 0, 10, frozenset({"lin", "ro"})) == []


@pytest.mark.parametrize("table", ["names", "story", "meetings", "proposals", "memoranda"])
def test_a_table_says_what_it_is_about(table):
    assert load_table(table)["about"]
