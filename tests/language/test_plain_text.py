"""Bytes to text, and text to what a reader sees."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ictdiplo.language.plain_text import clean, decode

ENGLISH = "The two ministers met at a café in Oslo on Monday, and they spoke of the new cable. " * 3
TURKISH = (
    "Bakan, iki ülke arasında yeni bir hat için görüştü ve bu konuda daha çok iş olacağını söyledi."
)
RUSSIAN = "Министры двух стран обсудили на встрече вопросы связи и то, как работа по проекту идёт."
PERSIAN = "وزير ارتباطات در اين ديدار گفت كه دو كشور بايد براي توسعه فيبر نوري با هم همكاري كنند."

MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
]
DASH = "The two ministers met in Oslo on Monday – and they spoke of the new cable."
GUESSES = [
    (DASH, "cp1252"),
    (ENGLISH, "cp1252"),
    (TURKISH, "cp1254"),
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8_r"),
    (PERSIAN, "cp1256"),
]
DECLARED = [
    (RUSSIAN, "windows-1251", "cp1251"),
    (TURKISH, "iso-8859-9", "cp1254"),
    ("“Oslo”, said the minister, é", "iso-8859-1", "cp1252"),
    ("北京 和平", "gb2312", "gbk"),
]
NOT_SEEN = {
    "NUL": "\0",
    "escape": "\x1b",
    "C1 control": "\x9b",
    "soft hyphen": "\xad",
    "zero-width space": "\u200b",
    "byte order mark": "\ufeff",
    "word joiner": "\u2060",
    "right-to-left override": "\u202e",
    "isolate": "\u2066",
    "Arabic letter mark": "\u061c",
    "tag": "\U000e0041",
    "variation selector that spells bytes": "\U000e0100",
    "lone surrogate": "\ud800",
}
KEPT = ["a\tb", "می\u200cشود", "क्\u200dष", "a\xa0b", "a&gt;b", "  a  ", "☎\ufe0f", "ي"]


@pytest.mark.parametrize("mark, encoding", MARKS, ids=[encoding for _, encoding in MARKS])
def test_a_byte_order_mark_decides_and_is_dropped(mark, encoding):
    assert decode(mark + RUSSIAN.encode(encoding), "cp1252") == (RUSSIAN, None)


def test_utf8_needs_no_declaration_and_no_guess():
    assert decode(PERSIAN.encode(), "windows-1256") == (PERSIAN, None)


@pytest.mark.parametrize("text, declared, encoding", DECLARED, ids=[row[1] for row in DECLARED])
def test_a_declared_charset_is_believed_as_browsers_do(text, declared, encoding):
    assert decode(text.encode(encoding), declared) == (text, None)


@pytest.mark.parametrize(
    "text, encoding", GUESSES, ids=[f"{encoding} {text[:9]}" for text, encoding in GUESSES]
)
def test_a_guess_is_said_aloud(text, encoding):
    assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize(
    "declared", ["utf-7", "no-such", "unicode_escape", "", "ascii\0", "gb2312"]
)
def test_a_charset_that_is_odd_or_false_is_not_believed(declared):
    assert decode(RUSSIAN.encode("cp1251"), declared) == (RUSSIAN, "cp1251")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n" + bytes(range(128)) * 9,
        "two ministers".encode("utf-16-le"),
        b"\0" * 99,
    ],
    ids=["all bytes", "image", "UTF-16 without a mark", "zeros"],
)
def test_bytes_that_are_no_text_are_refused(data):
    with pytest.raises(ValueError, match="no text"):
        decode(data)


@pytest.mark.parametrize("char", NOT_SEEN.values(), ids=NOT_SEEN)
def test_what_nobody_sees_is_taken_out_and_counted(char):
    assert clean(f"a{char}b{char}") == ("ab", 2)


@pytest.mark.parametrize("text", KEPT)
def test_all_else_stays(text):
    assert clean(text) == (text, 0)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_line_ends_become_one_kind(end):
    assert clean(f"a{end}b") == ("a\nb", 0)


@given(st.text(st.characters()))
def test_clean_text_is_clean_and_can_be_stored(text):
    cleaned, _ = clean(text)

    assert clean(cleaned) == (cleaned, 0)
    assert cleaned.encode().decode() == cleaned
