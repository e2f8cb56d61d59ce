"""What a figure rests on: that whoever is measured did the work.

langextract has dependencies of its own, so its work is checked where it is measured.
"""

import importlib

import pytest


@pytest.fixture
def checked():
    from measurements import checked

    return checked


@pytest.mark.parametrize("job", ["calls", "crowd"])
@pytest.mark.parametrize("contender", ["floor", "sdk", "instructor_alone", "ours"])
def test_a_contender_returns_every_record_of_every_article(endpoint, checked, contender, job):
    work = getattr(importlib.import_module(contender), job, None)
    if work is None:
        assert contender == "floor"
        return
    _, url = endpoint.address()
    told = checked(work(url=url, number=4), 4)
    assert told["records"] == 72


def test_a_contender_that_loses_a_record_is_not_counted(checked):
    import job

    records, checksum = job.expected(2)
    with pytest.raises(AssertionError, match="not the records"):
        checked({"records": records - 1, "checksum": checksum, "articles": 2}, 2)


def test_a_contender_that_changes_a_quote_is_not_counted(checked):
    import corpus
    import job

    tally = job.Tally()
    for number in range(2):
        tally.add(
            quote.replace("the", "a") for _, quote, _ in corpus.records(corpus.article(number))
        )
    with pytest.raises(AssertionError, match="not the records"):
        checked(tally.outcome(), 2)


def test_a_crowd_is_as_large_as_was_asked_for(endpoint):
    import floor

    name, url = endpoint.address(100)
    floor.crowd(url, number=12, at_once=4)
    assert endpoint.counted(name)["most_at_once"] == 4


def test_what_is_refused_is_counted_apart(endpoint):
    import ours

    _, url = endpoint.address(refusing=True)
    assert ours.refused(url, 50) == {"kept": 49, "listed": 1}


def test_equal_questions_at_once_are_asked_once(endpoint, tmp_path):
    import ours

    name, url = endpoint.address(50)
    ours.equal(url, str(tmp_path), number=4)
    ours.again(url, str(tmp_path), key="rotated", clients=2)
    assert endpoint.counted(name)["requests"] == 1
