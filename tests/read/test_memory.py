"""What was worked out of an article is read back, and worked out anew once anything changed."""

import json

import pytest

import ictdiplo
from ictdiplo import pipeline
from ictdiplo.read import memory
from scripted_endpoint import ScriptedEndpoint, completion

TEXT = (
    "The ministers of Kenya and Ghana met in Accra on Monday to talk about spectrum. "
    "They will meet again next year."
)
SAID = json.dumps(
    {
        "meetings": [
            {
                "evidence": ["The ministers of Kenya and Ghana met in Accra on Monday"],
                "parties": ["Kenya", "Ghana"],
                "status": "held",
                "when": "on Monday",
                "place": "Accra",
            }
        ],
        "mous": [{"evidence": ["words of no article"], "status": "signed"}],
    }
)


@pytest.fixture
def endpoint():
    with ScriptedEndpoint(*[completion(SAID)] * 2) as server:
        yield server


@pytest.fixture
def model(endpoint, tmp_path):
    return ictdiplo.Model(
        "m", base_url=endpoint.base_url, mode="json", reasks=0, cache=tmp_path / "answers"
    )


@pytest.fixture
def worked_out(monkeypatch):
    """How often drafts were resolved."""
    times = []
    resolve = pipeline.resolve_drafts
    monkeypatch.setattr(pipeline, "resolve_drafts", lambda *args: times.append(1) or resolve(*args))
    return times


def read(model, text=TEXT, published="2025-11-26"):
    return ictdiplo.extract(text, model=model, published=published)


def as_article(text, published):
    return ictdiplo.Article.from_text(text, published=published)


def test_what_is_known_is_neither_asked_nor_worked_out_again(model, endpoint, worked_out):
    first, second = read(model), read(model)

    assert second.meetings == first.meetings
    assert second.rejected == first.rejected != ()
    assert second.warnings == first.warnings
    assert (second.provenance.cached, second.provenance.attempts) == (True, 0)
    assert (len(endpoint.requests), len(worked_out)) == (1, 1)


def test_what_is_read_back_is_what_the_stored_answer_gives(model, endpoint, monkeypatch):
    read(model)
    recalled = read(model)
    monkeypatch.setattr(memory, "code_sha256", lambda: "another")

    assert read(model) == recalled
    assert recalled.usage.cost == 0
    assert len(endpoint.requests) == 1


def test_a_changed_file_of_the_package_has_it_worked_out_anew(model, worked_out, monkeypatch):
    read(model)
    monkeypatch.setattr(memory, "code_sha256", lambda: "another")
    read(model)

    assert len(worked_out) == 2


def test_another_date_has_it_worked_out_anew(model, worked_out):
    dates = {read(model, published=day).meetings[0].date.edtf for day in ("2025-11-26", "unknown")}

    assert len(worked_out) == len(dates) == 2


def test_an_article_is_known_by_all_its_fields(model, worked_out):
    article = as_article(TEXT, "2025-11-26")
    for given in (article, article, article.model_copy(update={"url": "https://example.org/1"})):
        found = ictdiplo.extract(given, model=model)
        assert found.article == given

    assert len(worked_out) == 2


def test_without_a_cache_nothing_is_kept(endpoint, worked_out):
    model = ictdiplo.Model("m", base_url=endpoint.base_url, mode="json", reasks=0, cache=False)
    read(model)
    read(model)

    assert len(worked_out) == 2


PLANTED = {
    "a quote that does not stand": lambda row: row.replace("Kenya and Ghana met", "Fiji met"),
    "a record of another form": lambda row: row.replace('"status"', '"state"'),
    "half a row": lambda row: row[: len(row) // 2],
}


@pytest.mark.parametrize("change", PLANTED.values(), ids=PLANTED)
def test_a_row_that_does_not_hold_is_worked_out_anew(model, worked_out, change):
    first = read(model)
    cache = model.answers()._cache  # where whoever may write to the file writes
    for key in list(cache):
        if '"article"' in (row := cache[key]):
            cache[key] = change(row)

    assert read(model).meetings == first.meetings
    assert len(worked_out) == 2
