"""Shards and samples take the same articles each time, and each article has a name of its own."""

import pytest

from ictdiplo.article import Article
from ictdiplo.errors import ArticleError
from ictdiplo.gather.counts import Counts
from ictdiplo.gather.run import Failure
from ictdiplo.gather.selection import Sample, Selection, Shard

MANY = [Article(id=f"a{n}", text=f"Text {n}.") for n in range(400)]


def taken(articles=MANY, counts=None, **steps):
    return list(Selection(**steps).of(articles, counts or Counts()))


def test_every_article_is_in_one_shard():
    shards = [taken(shard=Shard(number, 5)) for number in range(1, 6)]
    assert sorted(a.id for shard in shards for a in shard) == sorted(a.id for a in MANY)
    assert min(len(shard) for shard in shards) > 50


def test_an_article_stays_in_its_shard_wherever_it_stands_and_when_its_text_changes():
    changed = [a.model_copy(update={"text": f"{a.text} Put right."}) for a in reversed(MANY)]
    names = {a.id for a in taken(shard=Shard(2, 3))}
    assert {a.id for a in taken(changed, shard=Shard(2, 3))} == names


def test_a_sample_is_the_same_in_whatever_order():
    for sample in (Sample(size=20), Sample(share=0.05)):
        one, other = taken(sample=sample), taken(MANY[::-1], sample=sample)
        assert {a.id for a in one} == {a.id for a in other}


def test_a_sample_has_the_size_that_was_asked_for():
    assert len(taken(sample=Sample(size=20))) == 20
    assert len(taken(sample=Sample(size=1_000))) == 400
    assert 20 < len(taken(sample=Sample(share=0.1))) < 60
    assert len(taken(sample=Sample(share=1.0))) == 400


def test_a_sample_of_a_shard_has_the_size_that_was_asked_for_too():
    sampled = taken(sample=Sample(share=0.5), shard=Shard(1, 2))
    assert 60 < len(sampled) < 140


def test_a_larger_sample_holds_the_smaller_one():
    smaller, larger = (taken(sample=Sample(size=size)) for size in (20, 50))
    assert {a.id for a in smaller} < {a.id for a in larger}


def test_a_failure_is_in_one_shard_too():
    failures = [Failure(f"a{n}.txt", ArticleError("x")) for n in range(20)]
    shards = [taken(failures, shard=Shard(number, 2)) for number in (1, 2)]
    assert sorted(f.article for shard in shards for f in shard) == sorted(
        f.article for f in failures
    )


def test_articles_that_share_an_id_are_told_apart_and_it_is_said():
    first, other = Article(id="a", text="One."), Article(id="a", text="Another.")
    one, two = taken([first, other])
    assert one == first
    assert (one.id, two.id[:2], len(two.id)) == ("a", "a-", 10)
    assert "has the id “a”" in two.warnings[0]


def test_what_comes_again_to_the_letter_is_taken_once_and_counted():
    first, other = Article(id="a", text="One."), Article(id="a", text="Another.")
    counts = Counts()
    assert len(taken([first, other, first, other], counts)) == 2
    assert counts.repeated == 2


def test_the_same_text_under_another_id_is_another_article():
    assert len(taken([Article(id="a", text="One."), Article(id="b", text="One.")])) == 2


@pytest.mark.parametrize(
    "steps, number",
    [
        ({}, 400),
        ({"shard": Shard(1, 4)}, 100),
        ({"shard": Shard(1, 4), "sample": Sample(share=0.1)}, 10),
        ({"sample": Sample(size=1_000)}, 400),
        ({"sample": Sample(size=30), "limit": 20}, 20),
    ],
)
def test_how_many_are_taken_is_about_known_before(steps, number):
    assert Selection(**steps).number_of(400) == pytest.approx(number)


def test_what_is_written_is_read():
    assert Shard.parse("2/8") == Shard(2, 8)
    assert Sample.parse("200") == Sample(size=200)
    assert Sample.parse("2.5%") == Sample(share=0.025)
