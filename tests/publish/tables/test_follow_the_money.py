"""Every entity is one that FollowTheMoney knows, with values that it takes."""

import json
import warnings
from pathlib import Path

import pytest

from ictdiplo import write_tables
from ictdiplo.article import Article

GOLDEN = Path(__file__).parent / "golden" / "entities.ftm.json"


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def model():
    """The model, whose import is not free of warnings from its own dependencies."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip(
            "followthemoney", reason="built from source; make test-all installs it"
        ).model


def test_it_writes_what_the_golden_file_shows(full, tmp_path):
    write_tables([full], tmp_path / "out.ftm.json")
    assert (tmp_path / "out.ftm.json").read_bytes() == GOLDEN.read_bytes()


def test_followthemoney_takes_every_entity_and_every_value(outcomes, tmp_path, model):
    write_tables(outcomes, tmp_path / "out.ftm.json")
    for entity in lines(tmp_path / "out.ftm.json"):
        model.get(entity["schema"]).validate(entity)
        proxy = model.get_proxy(entity, cleaned=False)
        taken = {name: len(values) for name, values in proxy.to_dict()["properties"].items()}
        assert taken == {name: len(values) for name, values in entity["properties"].items()}


def test_followthemoney_takes_what_the_example_articles_give(articles, tmp_path, model):
    from ictdiplo import extract, read_articles

    found = [extract(article, model="offline") for article in read_articles(articles)]
    write_tables(found, tmp_path / "out.ftm.json")
    entities = lines(tmp_path / "out.ftm.json")
    for entity in entities:
        model.get(entity["schema"]).validate(entity)
    assert {"Article", "Event", "Person", "PublicBody", "UnknownLink", "Documentation"} <= {
        entity["schema"] for entity in entities
    }


def test_whatever_an_entity_refers_to_is_in_the_file_once(outcomes, tmp_path):
    write_tables(outcomes, tmp_path / "out.ftm.json")
    entities = lines(tmp_path / "out.ftm.json")
    names = [entity["id"] for entity in entities]
    references = {"involved", "proof", "subject", "object", "document", "entity"}
    meant = {
        value
        for entity in entities
        for name, values in entity["properties"].items()
        if name in references
        for value in values
    }
    assert len(names) == len(set(names))
    assert meant <= set(names)


def test_a_country_is_one_entity_in_all_articles_and_a_person_is_one_in_each(full, tmp_path):
    other = full.model_copy(update={"article": Article(id="other", text=full.article.text)})
    write_tables([full, other], tmp_path / "out.ftm.json")
    names = [entity["properties"].get("name") for entity in lines(tmp_path / "out.ftm.json")]
    assert names.count(["Kenya"]) == 1
    assert names.count(["Ada Oduya"]) == 2


def test_a_date_is_a_prefix_and_an_open_end_is_none(full, tmp_path):
    write_tables([full], tmp_path / "out.ftm.json")
    events = [e["properties"] for e in lines(tmp_path / "out.ftm.json") if e["schema"] == "Event"]
    dates = [(event.get("startDate"), event.get("endDate")) for event in events]
    assert dates == [
        (["2025-11"], None),
        (None, None),
        (None, None),
        (["2024"], None),
        (None, None),
    ]
