import json
import urllib.error
import urllib.request

import pytest


def ask(address, text, **form):
    body = json.dumps({"messages": [{"role": "user", "content": text}], **form}).encode()
    with urllib.request.urlopen(f"{address}/chat/completions", data=body) as reply:
        return json.load(reply)["choices"][0]


@pytest.fixture
def corpus():
    import corpus

    return corpus


@pytest.mark.parametrize(
    ("form", "answered_in"),
    [
        pytest.param({}, lambda message: message["content"], id="plainly"),
        pytest.param(
            {"tools": [{"function": {"name": "Draft"}}]},
            lambda message: message["tool_calls"][0]["function"]["arguments"],
            id="by a tool",
        ),
    ],
)
def test_it_answers_in_the_way_it_was_asked(endpoint, corpus, form, answered_in):
    text = corpus.article(1)
    choice = ask(endpoint.address()[1], text, **form)
    assert answered_in(choice["message"]) == corpus.answer(text)


def test_it_gives_langextract_the_same_quotes_one_a_record(endpoint, corpus):
    text = corpus.article(1)
    form = {"response_format": {"json_schema": {"name": "langextract_extractions"}}}
    choice = ask(endpoint.address()[1], f"Examples\nQ: {text}", **form)
    told = json.loads(choice["message"]["content"])["extractions"]
    quotes = [each[kind] for each in told for kind in corpus.KINDS if kind in each]
    assert quotes == [quote for _, quote, _ in corpus.records(text)]


def test_it_counts_what_was_asked_under_each_name(endpoint):
    (one, address), (other, _) = endpoint.address(), endpoint.address()
    ask(address, "first")
    ask(address, "second")
    counted = endpoint.counted(one)
    assert counted["requests"] == 2
    assert counted["bytes"] == sum(map(len, counted["bodies"]))
    assert endpoint.counted(other)["requests"] == 0


def test_it_refuses_one_article_in_fifty(endpoint, corpus):
    _, address = endpoint.address(refusing=True)
    refused = []
    for number in range(100):
        try:
            ask(address, corpus.article(number))
        except urllib.error.HTTPError as error:
            refused.append((number, error.code))
            error.close()
    assert refused == [(49, 400), (99, 400)]
