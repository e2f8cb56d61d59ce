"""A quote is found if it stands in the text and never for being alike, and denials are noticed."""

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ictdiplo.language.folding import fold
from ictdiplo.language.sentences import Span
from ictdiplo.resolve.quotes import Text

ARTICLE = (
    "The minister of Avaria did not sign the “fibre” memorandum on 9 May 2024. "
    "He met his Belmaran counterpart—Ana Peña—in Port Sel, and they signed it in 2025.\n\n"
    "An unsigned draft, worth $3.5 million, can't be published. Avaria’s side signed it too."
)
TEXT = Text(ARTICLE)


@pytest.mark.parametrize(
    "words, quote",
    [
        ("They signed it in 2025", "they signed it in 2025"),
        ("sign the 'fibre' memorandum", "sign the “fibre” memorandum"),
        ("  HIS\nBelmaran   counterpart-Ana  PEN\u0303A", "his Belmaran counterpart—Ana Peña"),
        ("“fibre”", "“fibre”"),
        ("fibre", "fibre"),
        ("in Port Sel,", "in Port Sel,"),
        ("Avaria's side", "Avaria’s side"),
        ("$3.5 million", "$3.5 million"),
        ("۲۰۲۵", "2025"),
        (ARTICLE, ARTICLE),
    ],
)
def test_words_that_differ_in_nothing_but_typing_are_found(words, quote):
    found = TEXT.find(words)
    assert found.quote == ARTICLE[found.start : found.end] == quote


@pytest.mark.parametrize(
    "words",
    [
        "The minister of Avaria did sign",
        "on 9 May 2025",
        "his Castine counterpart",
        "Ana Pena",
        "igned draft",
        "unsigned dra",
        "3",
        "5 million",
        "can",
        "they signed it in 202",
        "he had signed it in 2025",
        "…",
        " ",
        "“”",
        "\u200f",
        "",
    ],
)
def test_words_that_say_something_else_or_nothing_are_not_found(words):
    assert TEXT.find(words) is None
    assert TEXT.find_all(words) == []


def test_whole_words_only():
    assert [quote.start for quote in TEXT.find_all("signed")] == [
        ARTICLE.index("signed it in"),
        ARTICLE.index("signed it too"),
    ]


@pytest.mark.parametrize(
    "text, words",
    [
        ("خرید تجهیزات", "خرید"),
        ("وزیر با همکاری‌های تازه", "همکاری های"),
        ("双方签署了谅解备忘录。", "签署"),
        ("ลงนามบันทึกความเข้าใจ", "บันทึก"),
        ("the 𝐌𝐨𝐔 was signed", "mou"),
        ("a ½ share", "½"),
    ],
)
def test_other_scripts_are_searched_too(text, words):
    assert fold(Text(text).find(words).quote) == fold(words)


@pytest.mark.parametrize(
    "text, words",
    [("غداً", "غدا"), ("½", "1"), ("½", "2"), ("cafe\u0301", "cafe"), ("2025", "25"), ("x_1", "1")],
)
def test_no_part_of_a_word_or_of_one_character_is_found(text, words):
    assert Text(text).find(words) is None


@pytest.mark.parametrize(
    "words, place", [("كينيا", 14), ("غانا", 21), ("وغانا", 20), ("قال", None)]
)
def test_arabic_words_are_found_behind_particles_that_are_written_with_them(words, place):
    found = Text("التقى الوزير بكينيا وغانا، وقال").find(words)
    assert (found and found.start) == place
    assert found is None or found.quote == words


def test_an_arabic_article_loses_its_first_letter_behind_to():
    assert Text("خطة للاعتراف المتبادل").find("الاعتراف المتبادل").quote == "للاعتراف المتبادل"


def test_of_several_places_the_nearest_counts_else_the_first():
    first, last = TEXT.find_all("signed it")
    assert TEXT.find("signed it") == first
    assert TEXT.find("signed it", near=0) == first
    assert TEXT.find("signed it", near=len(ARTICLE)) == last


alphabet = "ab cÉé.,“'—-‌\u200f\u00ad12٣½\n"
texts = st.text(alphabet=alphabet, max_size=60)


@given(texts, texts, st.integers(0, 60))
def test_what_is_found_folds_to_what_was_sought(text, words, start):
    for sought in (words, text[start : start + 9]):
        for quote in Text(text).find_all(sought):
            assert text[quote.start : quote.end] == quote.quote
            assert [*filter(str.isalnum, fold(quote.quote))] == [*filter(str.isalnum, fold(sought))]


@pytest.mark.parametrize(
    "words, quote",
    [
        ("sign the fibre memorandum", "sign the “fibre” memorandum"),
        ("Port Sel and they signed", "Port Sel, and they signed"),
        ("in Port Sel, and they signed it, in 2025", "in Port Sel, and they signed it in 2025"),
        ("(on 9 May 2024)", "on 9 May 2024"),
        ("An unsigned draft worth $3.5 million.", "An unsigned draft, worth $3.5 million"),
        ("they signed it in 2025!", "they signed it in 2025"),
    ],
)
def test_marks_within_a_sentence_may_differ_and_the_articles_own_are_returned(words, quote):
    found = TEXT.find(words)
    assert found.quote == ARTICLE[found.start : found.end] == quote


@pytest.mark.parametrize(
    "words",
    [
        "on 9 May 2024 He met",
        "published Avaria’s side",
        "worth $35 million",
        "worth $3,5 million",
        "cant be published",
        "Belmaran counterpart Ana Peña",
        ", :",
    ],
)
def test_a_lost_full_stop_a_lost_point_and_words_put_together_are_no_mere_marks(words):
    assert TEXT.find(words) is None


WORDS = ARTICLE.split()
slices = st.tuples(st.integers(0, len(WORDS) - 4), st.integers(3, 12))


def slice_words(bounds):
    start, length = bounds
    return WORDS[start : start + length]


@given(slices, st.data())
def test_a_quote_altered_only_in_typing_is_always_found(bounds, data):
    retyped = str.maketrans(
        {char: data.draw(st.sampled_from(marks)) for marks in ("“”\"'’", "—–-") for char in marks}
    )
    space = data.draw(st.sampled_from([" ", "\n", "\u00a0", " \u200b ", "\t\t"]))
    change = data.draw(st.sampled_from([str.upper, str.lower, str.title, str]))
    assert TEXT.find(change(space.join(slice_words(bounds)).translate(retyped)))


@given(slices, st.integers(0, 11), st.sampled_from(["Castine", "never", "2019", "", "withdrawn"]))
def test_a_quote_with_a_word_exchanged_or_left_out_is_never_found(bounds, place, other):
    words = slice_words(bounds)
    place = min(place, len(words) - 1)
    # Leaving out the first or last word leaves a shorter quote that is still there.
    assume(other or 0 < place < len(words) - 1)
    altered = [*words[:place], *other.split(), *words[place + 1 :]]
    assert TEXT.find(" ".join(altered)) is None


@pytest.mark.parametrize(
    "words, passage",
    [
        (
            "did sign the fibre memorandum on 9 May 2025",
            "sign the “fibre” memorandum on 9 May 2024. He",
        ),
        ("the Belmaran counterpart Ana Peña", "Belmaran counterpart—Ana Peña—in"),
        ("signed it also", "signed it in"),
    ],
)
def test_the_passage_most_like_missing_words_is_named(words, passage):
    found = TEXT.nearest(words)
    assert ARTICLE[found.start : found.end] == found.quote
    assert set(fold(found.quote).split()) & set(fold(words).split())
    assert len(set(fold(found.quote).split()) & set(fold(passage).split())) >= 2


@pytest.mark.parametrize("words", ["nothing of that sort", "", "…", "zebra"])
def test_nothing_is_named_where_less_than_half_is_alike(words):
    assert TEXT.nearest(words) is None
    assert Text("").nearest(words) is None


@given(texts, texts)
def test_whatever_is_named_stands_in_the_text(text, words):
    found = Text(text).nearest(words)
    assert found is None or text[found.start : found.end] == found.quote


@pytest.mark.parametrize(
    "beginning, stands", [("Belmar", True), ("BELMAR", True), ("elmar", False), ("zebra", False)]
)
def test_whether_some_word_begins_so(beginning, stands):
    assert TEXT.begins_word(beginning) is stands


DENIED = [
    ("He did not sign the memorandum.", "sign the memorandum", "not"),
    ("He didn’t sign it.", "sign it", "didn’t"),
    ("They have never met in person.", "met in person", "never"),
    ("It has not yet been formally signed.", "signed", "not yet been formally"),
    ("There was no agreement on fibre.", "agreement on fibre", "no"),
    ("They parted without signing it.", "signing it", "without"),
    ("She denied having met the envoy.", "met the envoy", "denied having"),
    ("She denied that a memorandum was signed.", "memorandum was signed", "denied that a"),
    ("Avaria refused to sign the text.", "sign the text", "refused to"),
    ("They have yet to sign it.", "sign it", "yet to"),
    ("It is a non-binding agreement.", "binding agreement", "non-"),
    ("He said “not signed”.", "signed", "not"),
    ("Министр не подписал меморандум.", "подписал меморандум", "не"),
    ("El ministro no firmó el acuerdo.", "firmó el acuerdo", "no"),
    ("El ministro negó haber firmado.", "firmado", "negó haber"),
    ("لم يوقع الوزير المذكرة.", "يوقع الوزير", "لم"),
    ("وزیر بدون امضای توافق رفت.", "امضای توافق", "بدون"),
]
AFFIRMED = [
    ("He did not sign the memorandum.", "did not sign the memorandum"),
    ("He did sign the memorandum.", "sign the memorandum"),
    ("He did not stay. They signed it.", "They signed it"),
    ("He did not\n\nsigned in Port Sel", "signed in Port Sel"),
    ("No, they signed it.", "they signed it"),
    ("Not Avaria but Belmar signed it.", "signed it"),
    ("The knot was signed.", "was signed"),
    ("They tied the knot signed in 2025.", "signed in 2025"),
    ("They signed it.", "They signed it"),
]


@pytest.mark.parametrize("sentence, words, negator", DENIED, ids=[row[0] for row in DENIED])
def test_a_quote_that_leaves_out_its_denial_is_noticed(sentence, words, negator):
    text = Text(f"They met before. {sentence}")
    assert text.negated_before(text.find(words)) == negator


@pytest.mark.parametrize("sentence, words", AFFIRMED, ids=[row[0] for row in AFFIRMED])
def test_a_quote_that_nothing_denies_is_left_alone(sentence, words):
    text = Text(f"They met before. {sentence}")
    assert text.negated_before(text.find(words)) is None


def test_the_sentence_at_an_offset():
    text = Text("  One here. Two there.")
    assert text.sentence_at(3) == text.sentence_at(11) == Span(2, 11)
    assert text.sentence_at(12) == text.sentence_at(99) == Span(12, 22)
    assert text.sentence_at(0) == Span(2, 11)
    assert Text("").sentence_at(0) == Span(0, 0)


@pytest.mark.parametrize(
    "piece, words", [("a ", "a a b"), ("no a ", "x"), ("aa", "aaaa"), ("“", "a")]
)
def test_time_grows_with_length_and_not_with_its_square(piece, words):
    start = time.perf_counter()
    text = Text(piece * 50_000 + "x")
    text.find(words)
    text.nearest(words)
    if quote := text.find("x"):
        text.negated_before(quote)
    assert time.perf_counter() - start < 4
