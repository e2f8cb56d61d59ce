import json

import pytest

import ictdiplo


@pytest.fixture
def corpus():
    import corpus

    return corpus


def test_an_article_has_eighteen_records_in_some_five_hundred_words(corpus):
    text = corpus.article(3)
    assert len(list(corpus.records(text))) == corpus.RECORDS_AN_ARTICLE == 18
    assert 450 < len(text.split()) < 600


def test_an_article_is_the_same_each_time_and_unlike_the_others(corpus):
    assert corpus.article(3) == corpus.article(3)
    assert corpus.article(3) != corpus.article(4)


def test_a_long_article_says_nothing_twice(corpus):
    quotes = [quote for _, quote, _ in corpus.records(corpus.article(0, 10_000))]
    assert len(quotes) == len(set(quotes)) == 360


def test_the_answer_to_a_piece_of_an_article_reports_that_piece(corpus):
    text = corpus.article(3)
    piece = text[len(text) // 2 :]
    told = [
        record["evidence"][0]
        for kind in json.loads(corpus.answer(piece)).values()
        for record in kind
    ]
    assert 0 < len(told) < 18
    assert all(quote in piece for quote in told)


def test_the_library_bears_out_every_record_of_an_answer(corpus):
    text = corpus.article(3)
    model = ictdiplo.FakeModel([corpus.answer(text)])
    found = ictdiplo.extract(text, model=model, published=corpus.PUBLISHED)
    assert (len(found.meetings), len(found.proposals), len(found.mous)) == (6, 6, 6)
    assert not found.rejected
    assert all(meeting.date.edtf for meeting in found.meetings)
