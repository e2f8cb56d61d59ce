"""Templates and articles make messages; the whole text of them is pinned."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ictdiplo.article import Article
from ictdiplo.described import descriptions
from ictdiplo.draft import (
    OWN_WORDS,
    Draft,
    DraftMeeting,
    DraftMoU,
    DraftPerson,
    DraftProposal,
    verbatim,
)
from ictdiplo.errors import PromptError
from ictdiplo.language.sentences import split_sentences
from ictdiplo.read import prompt
from ictdiplo.resolve.quotes import Text

GOLDEN = Path(__file__).parent / "golden"
TEXT = "Kenya and Ghana will sign a memorandum on spectrum in Accra next week, officials said."
EXAMPLES = prompt.examples()


def test_the_whole_prompt_is_the_pinned_one():
    """If a template changes, then its golden file must be looked at and changed too."""
    article = Article.from_text(TEXT, published="2025-11-24")
    system, user = prompt.read_messages(article, article.text)

    assert system["content"] == (GOLDEN / "read.system.txt").read_text(encoding="utf-8")
    assert user["content"] == (GOLDEN / "read.user.txt").read_text(encoding="utf-8")


def test_the_static_part_comes_first_and_is_the_same_for_every_article():
    one = prompt.read_messages(Article.from_text(TEXT), TEXT)
    other = prompt.read_messages(Article.from_text(TEXT * 2, published="2024-01-01"), TEXT * 2)

    assert one[0] == other[0]
    assert one[1] != other[1]
    assert [message["role"] for message in one] == ["system", "user"]


def test_the_static_part_is_no_longer_than_it_may_be():
    """2,500 tokens at four bytes a token, the rule of thumb for English."""
    assert len(prompt._system().encode()) / 4 <= 2500


def test_every_field_that_is_asked_for_is_explained_in_words():
    system = prompt._system()
    for model in (DraftMeeting, DraftProposal, DraftMoU, DraftPerson):
        explained = descriptions(model)
        assert explained.keys() == model.model_fields.keys()
        for name, words in explained.items():
            assert re.search(rf"^- {name}\b.*: {re.escape(words)}$", system, re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_word_of_an_examples_answer_stands_in_its_article(example):
    text = Text(example["article"])
    draft = Draft.model_validate(example["answer"])
    said = list(verbatim(draft))

    assert len(said) > 5
    assert [words for _path, words in said if text.find(words) is None] == []
    assert all(len(words.split()) <= 25 for path, words in said if "evidence" in path)


def test_nobody_in_the_examples_exists():
    from ictdiplo.language.gazetteer import find_mentions

    assert [mention for example in EXAMPLES for mention in find_mentions(example["article"])] == []


@given(st.text(max_size=300))
def test_an_article_arrives_as_it_is_and_cannot_close_its_fence(text):
    article = Article.from_text(TEXT)
    user = prompt.read_messages(article, text)[1]["content"]
    marker = re.search(r"<article (\w+)>", user)[1]

    assert f"<article {marker}>\n{text}\n</article {marker}>" in user
    assert marker not in text


def test_a_part_says_which_it_is():
    article = Article.from_text(TEXT)

    assert "part 2 of 3" in prompt.read_messages(article, TEXT, "2 of 3")[1]["content"]
    assert "part" not in prompt.read_messages(article, "x")[1]["content"]


def test_a_later_part_begins_with_the_articles_opening_to_tell_who_is_who():
    text = "Minister Oduya of Kenya arrived. " + "Rain fell. " * 100 + "The minister met Baah."
    article = Article.from_text(text)
    later = prompt.read_messages(article, "The minister met Baah.", "2 of 2")[1]["content"]
    first = prompt.read_messages(article, text[:500], "1 of 2")[1]["content"]

    assert "Minister Oduya of Kenya arrived." in later
    assert "\n[…]\nThe minister met Baah.\n" in later
    assert "[…]" not in first


def test_a_second_look_shows_the_sentences_with_what_stands_around_them():
    text = " ".join(f"Sentence {n} is here." for n in range(200))
    spans = split_sentences(text)
    article = Article.from_text(text)
    user = prompt.second_look_messages(article, [spans[100], spans[102]], ["Sentence 7"])[1][
        "content"
    ]

    assert (
        "Sentence 99 is here.\n» Sentence 100 is here.\nSentence 101 is here.\n» Sentence 102"
        in user
    )
    assert "Sentence 104" not in user
    assert "- Sentence 7\n" in user
    assert len(user) < len(text) / 2


def test_a_blank_left_unfilled_is_an_error():
    with pytest.raises(PromptError, match=r"read\.user"):
        prompt._render("read.user.md.jinja", text="x")


def test_a_missing_template_is_an_error():
    with pytest.raises(PromptError, match="missing"):
        prompt._render("nothing.md.jinja")


def test_the_hash_follows_the_templates(monkeypatch):
    before = prompt.prompt_sha256()
    source = prompt._source.__wrapped__
    monkeypatch.setattr(prompt, "_source", lambda name: source(name) + " ")
    prompt._system.cache_clear()
    prompt.prompt_sha256.cache_clear()
    after = prompt.prompt_sha256()
    prompt._system.cache_clear()
    prompt.prompt_sha256.cache_clear()

    assert before != after


def test_what_a_reader_may_put_in_its_own_words_are_the_enums_and_the_summary():
    free = {
        name
        for model in (DraftMeeting, DraftProposal, DraftMoU)
        for name, info in model.model_fields.items()
        if "enum" in json.dumps(model.model_json_schema()["properties"][name]) or name == "summary"
    }
    assert free == OWN_WORDS
