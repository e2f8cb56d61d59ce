import importlib

import pytest


@pytest.fixture
def text():
    import corpus

    return corpus.article(1, 2_000)


@pytest.fixture
def quotes():
    import quotes

    return quotes


def test_quotes_are_whole_altered_or_false_in_equal_shares_of_the_last_two(quotes, text):
    kinds = [case.kind for case in quotes.cases(text, 40, ordered=False)]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "whole": 28,
        "space": 2,
        "case": 2,
        "quote marks, dashes": 2,
        "comma": 2,
        "changed word": 2,
        "replaced facts": 2,
    }


def test_only_whole_quotes_stand_in_the_text_as_they_are(quotes, text):
    for case in quotes.cases(text, 40, ordered=False):
        assert (case.quote in text) == (case.kind == "whole"), case


def test_quotes_come_in_the_order_of_the_text_if_that_is_asked_for(quotes, text):
    ordered, other = (quotes.cases(text, 40, ordered=order) for order in (True, False))
    assert sorted(other, key=lambda case: case.start) == list(ordered) != list(other)


@pytest.mark.parametrize(
    ("place", "verdict"),
    [
        pytest.param((10, 50), "rightly", id="as it should be"),
        pytest.param((10, 49), "rightly", id="without its point"),
        pytest.param((10, 40), "wrongly", id="cut"),
        pytest.param(None, "nowhere", id="nowhere"),
    ],
)
def test_a_place_is_judged_by_both_its_ends(quotes, place, verdict):
    case = quotes.Case("…", (10, 50), "whole", 10)
    assert quotes.judged([case], [place]) == {"whole": {verdict: 1}}


def test_a_false_quote_is_placed_wrongly_wherever_it_is_placed(quotes):
    case = quotes.Case("…", None, "replaced facts", 10)
    assert quotes.judged([case], [(10, 50)]) == {"replaced facts": {"wrongly": 1}}


@pytest.mark.parametrize(
    ("contender", "refused"),
    [
        pytest.param("floor", set(), id="floor"),
        pytest.param("ours", set(), id="ours"),
    ],
)
def test_what_is_true_is_placed_and_what_is_false_is_not(quotes, text, contender, refused):
    made = quotes.cases(text, 40, ordered=False)
    told = importlib.import_module(contender).place(text, [case.quote for case in made])
    verdicts = {kind: set(count) for kind, count in quotes.judged(made, told["places"]).items()}
    assert verdicts == {
        kind: {"nowhere"} if kind in {*quotes.FALSE, *refused} else {"rightly"} for kind in verdicts
    }
