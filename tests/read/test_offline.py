"""The built-in reader: what it makes of whole articles, and that it copies every word."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ictdiplo.article import Article
from ictdiplo.draft import MOST_RECORDS, Draft, verbatim
from ictdiplo.language.sentences import split_sentences
from ictdiplo.read.english.story import LONGEST_SENTENCE
from ictdiplo.read.offline import OfflineReader

REPORT = """\
Peru and Cuba plan joint cable

LIMA, June 3 - Peru's communications minister Ana Lin met her Cuban counterpart Leo Ro here on Monday.
Lin proposed that the two countries lay a cable together. Ro said Cuba is ready to train engineers
for it. They signed a memorandum of understanding on roaming, and Ro asked Peru to open its school
of postal studies to Cuban students. The two ministers agreed to hold the next meeting in Havana in
May.

MORE NEWS
> Chile and Peru sign pact on copper
"""
NOTHING_TO_FIND = [
    pytest.param(
        "The commission fined three operators in Kenya on Tuesday. They should repay subscribers, it"
        " said, and must report each month. The chairman called for better service.",
        id="fines",
    ),
    pytest.param(
        "A phone maker unveiled a new handset on Monday. Sales met expectations in Germany and"
        " China. The firm said it is ready to invest, and hopes to sell a million of them.",
        id="product",
    ),
    pytest.param(
        "Communications minister Ana Lin launched a national broadband plan in Accra. She urged"
        " operators to support it, and said government should bring fibre to every village.",
        id="domestic policy",
    ),
    pytest.param(
        "Nokia and Vodafone signed a contract for radio masts in Germany and Romania, they said.",
        id="companies",
    ),
    pytest.param(
        "Members of parliament approved rules on artificial intelligence. Companies should label"
        " what machines write. Germany had called for lighter rules.",
        id="law",
    ),
    pytest.param(
        "Chelsea met Arsenal in London on Saturday, and the manager said his team should have won.",
        id="sport",
    ),
    pytest.param(
        "Peru's minister Ana Lin did not meet her Cuban counterpart in Lima, and no memorandum was"
        " signed, an official said.",
        id="denied",
    ),
]


def read(text, **facts):
    article = Article(id="x", text=text, **{"language": "en", **facts})
    return OfflineReader().read(article, lambda _: [])


def test_a_report_is_read_from_end_to_end():
    draft = read(REPORT).draft
    held, planned = draft.meetings
    assert [(one.name, one.party) for one in held.participants] == [
        ("Ana Lin", "Peru"),
        ("Leo Ro", "Cuban"),
    ]
    assert (held.status, held.when, held.place) == ("held", "Monday", "LIMA")
    assert (planned.status, planned.place) == ("planned", "Havana")
    assert [(one.proposers[0].name, one.kind) for one in draft.proposals] == [
        ("Ana Lin", "proposal"),
        ("Leo Ro", "readiness"),
        ("Leo Ro", "proposal"),
    ]
    (mou,) = draft.mous
    assert (mou.status, mou.instrument, mou.parties) == ("signed", "memorandum", ["Peru", "Cuban"])


def test_it_says_who_read_and_that_it_cost_nothing():
    reading = read(REPORT)
    assert reading.provenance.reader == "offline"
    assert reading.usage.cost == 0
    assert reading.warnings == ()


def test_the_same_article_is_read_the_same_way_every_time():
    assert read(REPORT) == read(REPORT)


def test_an_article_in_another_language_gives_no_records_but_a_warning():
    reading = read("El ministro se reunió con su homólogo.", language="es")
    assert reading.draft == Draft()
    assert "(es)" in reading.warnings[0]
    assert "model" in reading.warnings[0]


def test_an_article_in_an_unknown_language_is_read_as_english():
    assert read(REPORT, language=None).draft.meetings


@pytest.mark.parametrize("text", NOTHING_TO_FIND)
def test_where_there_is_no_diplomacy_nothing_is_found(text):
    assert read(text).draft == Draft()


@pytest.mark.parametrize(
    ("name", "meetings", "proposals", "mous"),
    [
        pytest.param("01-iran-pakistan-eco-mou", "held", "", "signed", id="signing"),
        pytest.param("07-iran-turkmenistan-ai-transit", "held", "proposal", "proposed", id="talks"),
        pytest.param("16-pakistan-china-draft-mou", "", "", "drafted", id="draft"),
        pytest.param("19-vietnam-japan-mou-expiry", "held", "readiness", "agreed", id="renewal"),
        pytest.param("28-cambodia-timor-leste-short", "held", "", "signed", id="brief"),
        pytest.param("31-nigeria-ncc-fines-negative", "", "", "", id="nothing"),
        pytest.param("34-india-us-dialogue-postponed", "cancelled", "", "", id="postponed"),
        pytest.param("40-lisbon-digital-days-long", "planned", "readiness", "expired", id="long"),
    ],
)
def test_an_example_article_yields_what_a_reader_expects(articles, name, meetings, proposals, mous):
    draft = read_example(articles / f"{name}.txt").draft
    assert meetings in {record.status for record in draft.meetings} or not (
        meetings or draft.meetings
    )
    assert proposals in {record.kind for record in draft.proposals} or not (
        proposals or draft.proposals
    )
    assert mous in {record.status for record in draft.mous} or not (mous or draft.mous)


def read_example(path):
    article = Article.from_text(path.read_text(encoding="utf-8"), id=path.stem)
    return OfflineReader().read(article, lambda _: [])


def test_every_word_of_a_draft_stands_in_the_article(articles):
    for path in articles.glob("*.txt"):
        article = Article.from_text(path.read_text(encoding="utf-8"))
        for field, words in verbatim(OfflineReader().read(article, lambda _: []).draft):
            assert words in article.text, (path.stem, field)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_every_word_stands_there_however_the_sentences_are_mixed(articles_text, seed):
    spans = split_sentences(articles_text)
    picked = random.Random(seed).sample(spans, 25)
    text = " ".join(articles_text[start:end] for start, end in picked)
    for field, words in verbatim(read(text).draft):
        assert words in text, field


@pytest.fixture(scope="module")
def articles_text(request):
    folder = request.config.rootpath / "examples" / "articles"
    return "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")))


@settings(max_examples=40, deadline=None)
@given(text=st.text(min_size=1, max_size=300))
def test_any_text_can_be_read(text):
    for _, words in verbatim(read(text).draft):
        assert words in text


def test_records_beyond_the_limit_are_counted_in_a_warning():
    days = [
        f"Peru's minister Ana Lin{'a' * n} met Cuba's minister Leo Ro{'o' * n} in Lima."
        for n in range(MOST_RECORDS + 5)
    ]
    reading = read(" ".join(days))
    assert len(reading.draft.meetings) == MOST_RECORDS
    assert f"Only the first {MOST_RECORDS}" in reading.warnings[0]


def test_a_sentence_that_nobody_can_have_written_is_left_out_with_a_warning():
    endless = "Peru met Cuba and " * (LONGEST_SENTENCE // 10)
    reading = read(f"Ana Lin of Peru met Leo Ro of Cuba.\n\n{endless}.")
    assert len(reading.draft.meetings) == 1
    assert "were not read" in reading.warnings[0]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "meeting ",
            "Minister of ",
            "Peru and ",
            "held a big ",
            "talks with his ",
            "“",
            "(a ",
            "A",
        ),
        *("met Peru if it would ", "denied reports that Peru met ", "Peru rejected an ", "at a "),
        *("visited Lima ", "Peru called on Cuba ", "met Ro, who ", "Georgia "),
    ],
)
def test_time_stays_small_for_text_made_to_waste_it(words):
    sentence = (words * LONGEST_SENTENCE)[: LONGEST_SENTENCE - 100]
    start = time.process_time()
    read(f"{sentence}. " * 10)
    # Measured: 0.01 to 0.1 s; a pattern that backtracks needs minutes.
    assert time.process_time() - start < 5
