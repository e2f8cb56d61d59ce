"""What a reading would take is told without sending anything."""

import pytest

from ictdiplo.article import Article
from ictdiplo.read.estimate import ANSWER_TOKENS, estimate
from ictdiplo.read.model import Model

SENTENCE = "The ministers of Kenya and Ghana met in Accra on Monday to talk about spectrum. "
MODEL = Model("m", base_url="http://127.0.0.1:9/v1", prices=(1.0, 10.0))


def test_an_article_takes_what_the_benchmark_says():
    usage = estimate(MODEL, Article.from_text(SENTENCE * 3))
    assert 3_000 < usage.input_tokens < 4_500
    assert usage.output_tokens == ANSWER_TOKENS
    assert usage.cost == pytest.approx((usage.input_tokens + ANSWER_TOKENS * 10) / 1e6)


def test_each_part_of_a_long_article_is_a_question():
    usage = estimate(MODEL, Article.from_text(SENTENCE * 1_200))
    assert usage.output_tokens == 3 * ANSWER_TOKENS
    assert usage.input_tokens > 30_000


def test_a_price_that_is_not_known_is_not_known():
    model = Model("m", base_url="http://127.0.0.1:9/v1")
    assert estimate(model, Article.from_text(SENTENCE)).cost is None
