"""The gold set in examples/gold: what it holds, and how the offline reader fares on it."""

import csv
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

import ictdiplo
from ictdiplo.article import Article
from ictdiplo.extraction import extract_article
from ictdiplo.read.offline import OfflineReader
from ictdiplo.read.triage import assess

GOLD = Path(__file__).parents[1] / "examples" / "gold"
PARTS = ("train", "test")
KINDS = ("meetings", "proposals", "mous")
LONGEST_QUOTE = 25  # words
STATUSES = {
    "meetings": {"held", "planned", "cancelled"},
    "mous": {
        "proposed",
        "drafted",
        "negotiating",
        "agreed",
        "signed",
        "in_force",
        "implemented",
        "expired",
    },
}


def facts():
    with (GOLD / "facts.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def names(part, folder, ending):
    return {path.stem for path in (GOLD / part / folder).glob(f"*.{ending}")}


def gold(part):
    paths = sorted((GOLD / part / "gold").glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def text_of(part, name):
    return (GOLD / part / "articles" / f"{name}.txt").read_text(encoding="utf-8")


def plain(words):
    words = unicodedata.normalize("NFKD", words).casefold()
    return re.sub(r"[^\w]+", " ", re.sub(r"[‘’'`´]", "", words)).strip()


@pytest.fixture(scope="module", params=PARTS)
def read(request):
    """A part, its gold, and what the offline reader finds in it."""
    reader, part = OfflineReader(), request.param
    articles = [Article.from_text(text_of(part, name), id=name) for name in sorted(gold(part))]
    return part, gold(part), [extract_article(article, reader) for article in articles]


def test_it_is_as_large_and_as_wide_as_the_data_card_says():
    rows = facts()
    countries = {code for row in rows for code in row["countries"].split("; ") if code}
    assert len(rows) == 180
    assert len(countries) >= 100
    assert len({row["outlet"] for row in rows}) >= 50
    assert Counter(row["part"] for row in rows) == {"train": 90, "test": 90}


def test_every_article_has_its_gold_and_its_facts_and_is_in_one_part():
    rows = {row["id"]: row["part"] for row in facts()}
    for part in PARTS:
        assert names(part, "articles", "txt") == names(part, "gold", "json")
        assert names(part, "articles", "txt") == {name for name in rows if rows[name] == part}


@pytest.mark.parametrize("part", PARTS)
def test_a_fifth_of_the_articles_has_nothing_to_extract(part):
    empty = [name for name, doc in gold(part).items() if not any(doc[kind] for kind in KINDS)]
    assert len(empty) >= len(gold(part)) / 5


@pytest.mark.parametrize("part", PARTS)
def test_every_quote_stands_in_its_article_and_is_short(part):
    for name, doc in gold(part).items():
        text = plain(text_of(part, name))
        for kind in KINDS:
            for record in doc[kind]:
                assert plain(record["evidence"]) in text
                assert len(record["evidence"].split()) <= LONGEST_QUOTE


@pytest.mark.parametrize("kind", STATUSES)
def test_every_status_occurs(kind):
    found = {
        record["status"] for part in PARTS for doc in gold(part).values() for record in doc[kind]
    }
    assert found == STATUSES[kind]


def test_the_two_parts_share_no_article():
    texts = [{plain(text_of(part, name)) for name in gold(part)} for part in PARTS]
    assert texts[0].isdisjoint(texts[1])


# What benchmarks/quality.py measured, less a little: a fall below it is a fault.
FLOORS = {"train": (0.67, 0.57), "test": (0.64, 0.52)}


def test_the_offline_reader_finds_what_it_found_before(read):
    part, _, found = read
    run = ictdiplo.evaluate(GOLD / part / "gold", found, GOLD / part / "articles")
    detection, headline = FLOORS[part]
    assert run.detection_f1 >= detection
    assert run.headline >= headline


def test_where_there_is_nothing_it_finds_nothing_nine_times_in_ten(read):
    _, docs, found = read
    empty = [one for one in found if not any(docs[one.article.id][kind] for kind in KINDS)]
    clean = [one for one in empty if not (one.meetings or one.proposals or one.mous)]
    assert len(clean) >= 0.9 * len(empty)


def test_triage_keeps_every_article_with_a_record_and_turns_most_others_away(read):
    _, docs, found = read
    relevant = {one.article.id: assess(one.article).relevant for one in found}
    full = {name for name, doc in docs.items() if any(doc[kind] for kind in KINDS)}
    turned_away = [name for name in docs if name not in full and not relevant[name]]
    assert all(relevant[name] for name in full)
    assert len(turned_away) >= 0.7 * (len(docs) - len(full))


def test_every_record_says_which_rules_found_it(read):
    _, _, found = read
    for one in found:
        for record in (*one.meetings, *one.proposals, *one.mous):
            assert record.rules
            assert all(
                re.fullmatch(r"(?:meetings|proposals|memoranda)/[\w-]+", r) for r in record.rules
            )


def test_every_quote_stands_where_it_says_in_the_gold_articles(read):
    _, _, found = read
    for one in found:
        for record in (*one.meetings, *one.proposals, *one.mous):
            for quote in record.evidence:
                assert one.article.text[quote.start : quote.end] == quote.quote
