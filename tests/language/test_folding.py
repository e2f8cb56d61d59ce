"""Words match however they were typed, and every folded character knows where it came from."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ictdiplo.language.folding import fold, fold_with_offsets, original_span

LETTERS = "abz AZ09éÉe\u0301ß“”'\"«»—-–\u200c\u200f\u00ad\u200b\u00a0\n\tـيیكک۳٣مИйи\u0306½ﬁ…."
mixed = st.text(alphabet=LETTERS, max_size=60)

SAME = {
    "case": ("Tehran", "TEHRAN"),
    "sharp s": ("Straße", "STRASSE"),
    "double and single quote marks": ("“agreed”", "'agreed'"),
    "angle quotes": ("«توافق»", '"توافق"'),
    "apostrophes": ("Iran’s", "Iran's"),
    "dashes": ("Tehran–Baku — Astana", "Tehran-Baku - Astana"),
    "no-break space": ("20\u00a0November", "20 November"),
    "line breaks": ("the  minister\r\n met", "the minister met"),
    "outer white space": ("  met\n", "met"),
    "composed and decomposed accents": ("Peña", "Pen\u0303a"),
    "composed and decomposed Hangul": ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
    "ligature": ("ﬁbre", "fibre"),
    "full width": ("５Ｇ", "5G"),
    "Persian digits": ("۱۴۰۴", "1404"),
    "Arabic digits": ("٢٠٢٥", "2025"),
    "Devanagari digits": ("२०२५", "2025"),
    "Arabic and Persian yeh and kaf": ("كيلومتري", "کیلومتری"),
    "heh with hamza": ("نامۀ", "نامهٔ"),
    "non-joiner and space": ("همکاری\u200cهای", "همکاری های"),
    "non-joiner beside a space": ("همکاری \u200cهای", "همکاری های"),
    "tatweel": ("وزيـــر", "وزیر"),
    "bidi controls": ("\u202bوزیر\u202c\u200f", "وزیر"),
    "soft hyphen": ("memo\u00adrandum", "memorandum"),
    "zero-width space": ("memo\u200brandum", "memorandum"),
    "byte order mark": ("\ufeffTehran", "Tehran"),
    "ignorable between spaces": ("a \u200b b", "a b"),
}
OTHER = {
    "accents": ("resumé", "resume"),
    "decomposed accents": ("resume\u0301", "resume"),
    "a digit": ("2024", "2025"),
    "alef with and without hamza": ("أمن", "امن"),
    "joined and apart": ("همکاریهای", "همکاری\u200cهای"),
    "dotted capital I": ("İran", "Iran"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_these_fold_together(one, other):
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(("one", "other"), OTHER.values(), ids=OTHER)
def test_these_stay_apart(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize("nothing", ["", " \n", "\u200f\u200b", "\u200c", "ـ", " \u00ad "])
def test_nothing_remains_of_what_cannot_be_seen(nothing):
    assert fold(nothing) == ""


@given(mixed)
def test_each_folded_character_has_an_offset_and_offsets_never_fall(text):
    folded, offsets = fold_with_offsets(text)
    assert len(folded) == len(offsets)
    assert list(offsets) == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)


@given(mixed)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(mixed)
def test_the_original_of_a_folded_word_folds_to_that_word(text):
    folded, offsets = fold_with_offsets(text)
    start = 0
    for word in folded.split(" ") if folded else []:
        begin, end = original_span(text, offsets, start, start + len(word))
        assert fold(text[begin:end]) == word
        start += len(word) + 1


def test_offsets_lead_back_over_what_was_dropped():
    folded, offsets = fold_with_offsets(" \u200fThe  “cafe\u0301” ½")
    assert folded == "the 'café' 1⁄2"
    assert list(offsets) == [2, 3, 4, 5, 7, 8, 9, 10, 11, 13, 14, 15, 15, 15]


@pytest.mark.parametrize("text", ["a cafe\u0301.", "a cafe\u00ad\u0301."])
def test_an_accent_belongs_to_the_span_of_its_letter(text):
    folded, offsets = fold_with_offsets(text)
    begin, end = original_span(text, offsets, 2, 6)
    assert folded[2:6] == "café"
    assert text[begin:end] == text[2:-1]


@pytest.mark.parametrize("text", ["e\u0301", " \u200f", "a“", "\u0301", "\u200c \u00ad"])
def test_time_grows_with_length_and_not_with_its_square(text):
    start = time.perf_counter()
    fold(text * 100_000)
    assert time.perf_counter() - start < 3


def test_a_heap_of_accents_takes_no_longer_than_as_many_letters():
    """Normalising it whole took quadratic time: minutes for what may be one article."""
    heap = "a" + "\u0301\u0316" * 250_000

    assert len(fold(heap)) > 100_000
