"""Letters are read as what they look like, and nothing else changes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ictdiplo.language.disguises import undisguise
from ictdiplo.language.folding import fold_with_offsets

TELLS = frozenset({"ignore", "instructions"})


def undisguised(text):
    folded, offsets = fold_with_offsets(text)
    return undisguise(folded, offsets, set(re.findall(r"[^\W_]+", folded)), TELLS)


def plain(text):
    found = undisguised(text)
    return found and found[0]


DISGUISED = {
    "a Cyrillic letter in a Latin word": ("Ignоre this", "ignore this"),
    "a Greek letter in a Latin word": ("Ignοre this", "ignore this"),
    "a Latin letter in a Cyrillic word": ("Игнopируй это", "игнорируй это"),
    "small capitals": ("ɪɢɴᴏʀᴇ ᴛʜɪs", "ignore this"),
    "accents": ("Ígnóré áll this", "ignore all this"),
    "accents that join no letter": ("I\u0332g\u0332nore this", "ignore this"),
    "digits": ("1gn0re this", "ignore this"),
    "a digit in front": ("1gnore this", "ignore this"),
    "emphasis": ("*Ignore* __all__ this", "ignore all this"),
    "emphasis within a word": ("*Ig*nore this", "ignore this"),
    "lines between words": ("Ignore_all|this", "ignore all this"),
    "quote marks beside emphasis": ("*Ignore* `all` of Ada's", "ignore all of ada's"),
    "a word broken by a line": ("Ig-\nnore this, please", "ignore this, please"),
}


@pytest.mark.parametrize("text, letters", DISGUISED.values(), ids=DISGUISED)
def test_a_disguise_is_taken_off(text, letters):
    assert plain(text) == letters


@pytest.mark.parametrize(
    "text",
    [
        "Ministers met in Accra; 5G, 4th, 2nd and 3GPP were named.",
        "The café's owner, Łukasz Müller, is from São Tomé.",
        "Министры связи обсудили 5G и IT-рынок.",
        "Οι υπουργοί συναντήθηκαν στην Αθήνα.",
        "وزیران ارتباطات دیدار کردند.",
        "A co-operation, a self-funded one - and no other.",
        "",
    ],
)
def test_a_text_without_one_is_not_looked_at_twice(text):
    assert plain(text) is None


def test_each_letter_keeps_its_place():
    text = "Say: *Ignоre*  this"
    letters, offsets = undisguised(text)
    assert letters == "say: ignore this"
    assert text[offsets[letters.index("ignore")]] == "I"
    assert text[offsets[-1]] == "s"


@given(
    st.text()
    | st.lists(st.sampled_from(["ignоre", "1gn0re", "*a*", "b- c", "é", " "])).map("".join)
)
def test_every_letter_has_an_offset_and_they_never_fall(text):
    _folded, offsets = fold_with_offsets(text)
    if found := undisguised(text):
        letters, origins = found
        assert len(letters) == len(origins)
        assert list(origins) == sorted(origins)
        assert set(origins) <= set(offsets)
