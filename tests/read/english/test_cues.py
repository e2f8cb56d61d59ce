"""Cues are data; each row proves itself by its example, and none can be made to waste time."""

import re
import time
from re import _constants as sre
from re import _parser

import pytest

from ictdiplo.read.english.cues import (
    Cues,
    compile_pattern,
    find_cues,
    load_cues,
    load_on,
    load_pattern,
    load_table,
    load_words,
)
from ictdiplo.read.english.story import LONGEST_SENTENCE
from ictdiplo.read.english.words import sort_words

GROUPS = [
    ("meetings", "cues"),
    ("meetings", "signs"),
    ("proposals", "cues"),
    ("memoranda", "texts"),
]
TABLES = ["meetings", "proposals", "memoranda", "story"]
CUES = [cue for table, group in GROUPS for cue in load_cues(table, group).rows]
STAGES = load_table("memoranda")["stages"]
PATTERNS = [(table, key) for table in TABLES for key in load_table(table)["patterns"]]
# The letter that `words` gives to the words of a list.
KINDS = {
    "honorific": "T",
    "office": "H",
    "modifier": "A",
    "field": "M",
    "institution": "Y",
    "event": "E",
    "side": "S",
    "particle": "P",
}


@pytest.mark.parametrize("cue", [pytest.param(cue, id=cue.rule) for cue in CUES])
def test_a_cue_is_found_in_its_example(cue):
    words = frozenset(re.findall(r"[\w-]+", cue.example.casefold()))
    assert find_cues(Cues([cue]), cue.example, 0, len(cue.example), words)


@pytest.mark.parametrize(("table", "key"), PATTERNS)
def test_a_pattern_is_found_in_its_example(table, key):
    assert load_pattern(table, key).search(load_table(table)["patterns"][key]["example"])


@pytest.mark.parametrize("stage", [pytest.param(row, id=row["example"]) for row in STAGES])
def test_a_stage_is_told_by_its_example(stage):
    fragments = load_table("memoranda")["fragments"]
    assert compile_pattern(stage["pattern"], fragments).search(stage["example"])


@pytest.mark.parametrize(("group", "kind"), KINDS.items())
def test_a_list_of_names_has_an_example_with_one_of_its_words(group, kind):
    example = load_table("names")[group]["example"]
    assert kind in sort_words(example, 0, len(example), []).kinds


def test_every_rule_has_a_name_of_its_own():
    rules = [cue.rule for cue in CUES]
    assert sorted(set(rules)) == sorted(rules)


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


def all_patterns(table):
    fragments = load_table(table).get("fragments", {})
    for group in ("cues", "signs", "texts", "stages"):
        for row in load_table(table).get(group, []):
            yield compile_pattern(row["pattern"], fragments)
    yield from (load_pattern(name, key) for name, key in PATTERNS if name == table)


def endless(parsed, inside=False):
    """Yield whether each repetition without a bound lies within another one."""
    for operation, argument in parsed:
        if operation in {sre.MAX_REPEAT, sre.MIN_REPEAT}:
            _, most, body = argument
            unbound = most is sre.MAXREPEAT
            if unbound:
                yield inside
            yield from endless(body, inside or unbound)
        elif operation is sre.BRANCH:
            for branch in argument[1]:
                yield from endless(branch, inside)
        elif operation is sre.SUBPATTERN:
            yield from endless(argument[-1], inside)
        elif operation in {sre.ASSERT, sre.ASSERT_NOT}:
            yield from endless(argument[1], inside)


@pytest.mark.parametrize("table", TABLES)
def test_no_endless_repetition_lies_within_another(table):
    """Such a one takes exponential time; the rest is bounded by the longest sentence."""
    for pattern in all_patterns(table):
        assert not any(endless(_parser.parse(pattern.pattern, pattern.flags)))


@pytest.mark.parametrize("table", TABLES)
def test_a_sentence_made_of_a_tables_own_words_wastes_no_time(table):
    """Each pattern is tried on its own words over and over, as long as sentences may be."""
    start = time.process_time()
    for pattern in all_patterns(table):
        words = re.findall(r"[a-z]{2,}", pattern.pattern)[:40]
        for filler in (" ", " a ", ", ", " Lin "):
            text = (filler.join([*words, "x"]) * LONGEST_SENTENCE)[:LONGEST_SENTENCE]
            list(pattern.finditer(text))
    # Measured: 0.03 s; one pattern that backtracks without bound needs minutes.
    assert time.process_time() - start < 5


ANY = "?"  # a character that may be of a word or of none
LONGEST_ON = 20  # characters of a word that a pattern is tried on, and so turns of a repetition


def characters(operation, argument):
    """Return the characters that may stand where one is asked for."""
    members = argument if operation is sre.IN else [(operation, argument)]
    if members == [(sre.CATEGORY, sre.CATEGORY_SPACE)]:
        return {" "}
    literal = all(kind is sre.LITERAL for kind, _ in members)
    return {chr(code).casefold() for _, code in members} if literal else {ANY}


def one_more(word, char, on):
    """Yield a word with a character behind it; if that ends a word of `on`, then nothing."""
    if char.isalnum() or char == ANY:
        yield ANY if ANY in word + char else word + char
    if not char.isalnum() and word not in on:
        yield ""


def endings(parsed, begun, on):
    """Return the last words that a pattern may leave unfinished, where it began with those `begun`.

    A way through the pattern on which a word of `on` has been finished is not followed further.
    """
    for operation, argument in parsed:
        if operation in {sre.MAX_REPEAT, sre.MIN_REPEAT}:
            least, most, body = argument
            passed = set() if least else begun
            for _ in range(min(most, LONGEST_ON)):
                begun = endings(body, begun, on)
                passed = passed | begun
            begun = passed
        elif operation is sre.BRANCH:
            begun = set().union(*(endings(branch, begun, on) for branch in argument[1]))
        elif operation is sre.SUBPATTERN:
            begun = endings(argument[-1], begun, on)
        elif operation not in {sre.ASSERT, sre.ASSERT_NOT, sre.AT}:
            chars = characters(operation, argument)
            begun = {more for word in begun for char in chars for more in one_more(word, char, on)}
    return begun


@pytest.mark.parametrize(("table", "key"), [each for each in PATTERNS if load_on(*each)])
def test_no_pattern_is_found_where_none_of_its_words_stands(table, key):
    pattern, on = load_pattern(table, key), load_on(table, key)
    assert endings(_parser.parse(pattern.pattern, pattern.flags), {""}, on) <= on


def test_word_lists_are_small_letters():
    for group in load_table("names"):
        words = load_words("names", group) if group in KINDS else ()
        assert all(word == word.casefold() for word in words)
