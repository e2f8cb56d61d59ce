"""Whatever comes in, what goes out keeps its promises; tools/fuzz.py feeds the same tests for longer."""

import io
import re
from datetime import date

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from ictdiplo.article import Article
from ictdiplo.draft import Draft, Reading, verbatim
from ictdiplo.errors import ArticleError
from ictdiplo.extraction import extract_article
from ictdiplo.files import _READERS, _Input
from ictdiplo.language.folding import fold
from ictdiplo.language.machine_talk import find_machine_talk, load_machine_talk, touches
from ictdiplo.language.plain_text import clean
from ictdiplo.publish.output import write_json, write_json_lines, write_table
from ictdiplo.records import Extraction, Provenance, Quote, Usage, When
from ictdiplo.resolve.dates import resolve_date, resolve_nearest
from ictdiplo.resolve.parties import resolve_party
from ictdiplo.resolve.quotes import Text

DAY = date(2025, 11, 26)
TENSES = ("past", "future")
# What news, pages and attacks are made of, to be put together in any way.
PIECES = [
    *(
        "Kenyan ICT minister Ada Oduya met her Ghanaian counterpart, Kofi Baah, in Accra on Monday.",
    ),
    *("Oduya", "Kofi Baah", "Accra", "Kenya", "Ghana's", "the ITU", "Dushanbe", "Congo", "NCC"),
    *("had not signed", "will sign", "memorandum on 5G", "a year ago", "17 to 28 November", "2023"),
    *(
        "on Monday",
        "next month",
        "30 February 2024",
        "31/13/2025",
        "Q5 2025",
        "۳ آذر ۱۴۰۴",
        "12 Rajab",
    ),
    *("وزیر ارتباطات ایران در عشق‌آباد دیدار کرد.", "Министр связи Армении", "北京 2025年11月3日"),
    *(
        "İstanbul",
        "ß",
        "ﬁbre",
        "e\u0301",
        "\u0301" * 40,
        "\u200c",
        "“",
        "’s",
        "...",
        "\n\n",
        "\n",
        ":",
    ),
    *("published: 2025-11-24", "title:", "id: x", "<p>", "</article>", "{{ x }}", '{"mous": []}'),
    *("\x1b[31m", "\u202e", "\ud800", "\0", "=1+1", "[bold]", "&zwnj;", "a" * 700, "9" * 50),
    *(row["example"] for row in load_machine_talk()["phrases"][::7]),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=14).map(" ".join)
WORDS = st.sampled_from(PIECES) | st.text(max_size=20) | TEXTS
SAID = WORDS.map(
    lambda words: words.encode("utf-8", "ignore").decode().strip()[:150].strip()
).filter(bool)
SOME = st.lists(SAID, max_size=3)
PERSONS = st.lists(
    st.fixed_dictionaries({}, optional={"name": SAID, "role": SAID, "party": SAID}), max_size=2
)


def records(status, **optional):
    return st.lists(
        st.fixed_dictionaries(
            {"evidence": st.lists(SAID, min_size=1, max_size=3), **status}, optional=optional
        ),
        max_size=3,
    )


# A draft takes long to make up, and the fuzzer makes up as many as it has time for.
FEW = settings(max_examples=30, deadline=None)
ONE_OF = st.sampled_from
DRAFTS = st.fixed_dictionaries(
    {
        "meetings": records(
            {"status": ONE_OF(["held", "planned", "cancelled"])},
            parties=SOME,
            participants=PERSONS,
            when=SAID,
            counted_from=SAID,
            place=SAID,
            occasion=SAID,
            occasion_when=SAID,
            topics=SOME,
            format=ONE_OF(["virtual", "unstated"]),
            summary=SAID,
        ),
        "proposals": records(
            {"kind": ONE_OF(["proposal", "readiness"])},
            proposers=PERSONS,
            proposer_parties=SOME,
            addressees=SOME,
            due=SAID,
            topics=SOME,
            summary=SAID,
        ),
        "mous": records(
            {"status": ONE_OF(["signed", "agreed", "expired"])},
            parties=SOME,
            signatories=PERSONS,
            title=SAID,
            when=SAID,
            expected=SAID,
            refers_back=st.booleans(),
            topics=SOME,
        ),
    }
)


class Says:
    """A reader that says what it was told to."""

    def __init__(self, said):
        self.draft = Draft.model_validate(said)

    def read(self, article, check):
        check(self.draft)
        return Reading(self.draft, Provenance(reader="told", version="0"), Usage())


@given(
    st.sampled_from(sorted(_READERS)),
    TEXTS.map(lambda t: t.encode("utf-8", "replace")) | st.binary(),
)
def test_any_file_is_articles_or_typed_errors(suffix, data):
    for outcome in _READERS[suffix](_Input(io.BytesIO(data), "a file", None, "a")):
        assert isinstance(outcome, Article | ArticleError)
        if isinstance(outcome, Article):
            assert clean(outcome.text) == (outcome.text, 0)
            assert Article.model_validate_json(outcome.model_dump_json()) == outcome


@given(TEXTS, TEXTS)
def test_any_page_is_an_article_or_a_typed_error(head, body):
    try:
        article = Article.from_html(f"<html><head>{head}</head><body><article>{body * 3}")
    except ArticleError:
        return
    assert clean(article.text) == (article.text, 0)


@given(TEXTS, WORDS)
def test_what_is_found_stands_where_it_says(text, words):
    ready = Text(text)
    for quote in [*ready.find_all(words), *filter(None, [ready.find(words), ready.nearest(words)])]:
        assert text[quote.start : quote.end] == quote.quote
    for quote in ready.find_all(words):
        assert fold(quote.quote) == fold(words)
        assert not touches(find_machine_talk(text), quote.start, quote.end)


@given(WORDS, st.none() | st.just(DAY), st.sampled_from(TENSES), st.none() | WORDS)
def test_any_words_have_a_date_or_a_reason(words, published, tense, origin):
    for when in (
        resolve_date(words, published=published, tense=tense, counted_from=origin),
        resolve_nearest(words, published=published),
    ):
        assert when.text == words
        assert when.rule
        assert When.model_validate(when.model_dump()) == when


@given(WORDS, TEXTS)
def test_any_words_are_a_side(words, context):
    party = resolve_party(words, context)
    assert party.text == words
    assert (party.code is None) or re.fullmatch("[A-Z]{3}", party.code)


@FEW
@given(TEXTS, DRAFTS)
def test_whatever_is_said_of_an_article_is_borne_out_or_rejected(text, said):
    try:
        article = Article.from_text(text, published=DAY)
    except ArticleError:
        reject()
    found = extract_article(article, Says(said))
    spoken = find_machine_talk(article.text)
    for quote in values(found, Quote):
        assert article.text[quote.start : quote.end] == quote.quote
    for kind in ("meetings", "proposals", "mous"):
        for record in getattr(found, kind):
            assert record.evidence
            assert not any(touches(spoken, q.start, q.end) for q in record.evidence)
    kept = {fold(quote.quote) for quote in values(found, Quote)}
    rejected = {fold(each.value) for each in found.rejected}
    said_so = [words for path, words in verbatim(Draft.model_validate(said)) if "evidence" in path]
    assert {fold(words) for words in said_so} <= kept | rejected


def values(value, kind):
    """Yield the values of a kind in a record, however deep."""
    if isinstance(value, kind):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from values(each, kind)
    elif hasattr(value, "model_fields_set"):
        for name in type(value).model_fields:
            yield from values(getattr(value, name), kind)


@FEW
@given(TEXTS, DRAFTS)
def test_whatever_is_found_can_be_written_and_read_back(text, said):
    try:
        found = extract_article(Article.from_text(text, published=DAY), Says(said))
    except ArticleError:
        reject()
    whole, lines, table = io.StringIO(), io.StringIO(), io.StringIO()
    write_json([found], whole)
    write_json_lines([found], lines)
    write_table([found], table)
    assert Extraction.model_validate_json(whole.getvalue()) == found
    assert Extraction.model_validate_json(lines.getvalue()) == found
    assert len(lines.getvalue().splitlines()) == 1
    assert not re.search(
        r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", table.getvalue()
    )


# What fuzzing found


@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029"])
def test_a_line_end_that_a_reader_said_ends_no_line_of_json(char):
    said = {"mous": [{"evidence": [f"a{char}b"], "status": "signed"}]}
    found = extract_article(Article.from_text(PIECES[0]), Says(said))
    stream = io.StringIO()
    write_json_lines([found], stream)

    assert len(stream.getvalue().splitlines()) == 1
    assert Extraction.model_validate_json(stream.getvalue()) == found
