"""A model's settings, the cache in front of it, and long articles."""

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ictdiplo import errors
from ictdiplo.article import Article
from ictdiplo.read import connection
from ictdiplo.read.model import DEFAULT_MODEL, SMALLEST_PART, Model
from ictdiplo.read.settings import settings_in_words
from scripted_endpoint import ScriptedEndpoint, completion

SENTENCE = "The ministers of Kenya and Ghana met in Accra on Monday to talk about spectrum. "
ARTICLE = Article.from_text(SENTENCE + "They will meet again next year.")
GOOD = json.dumps(
    {"meetings": [{"evidence": ["met in Accra on Monday"], "parties": ["Ghana"], "status": "held"}]}
)


def read(model, article=ARTICLE):
    return model.read(article, lambda _draft: [])


def at(server, **settings):
    return Model("some-model", **{"base_url": server.base_url, "mode": "json"} | settings)


# --- settings -----------------------------------------------------------------------------------

NONSENSE = {
    "a name for another provider": ("qwen/qwen3", {}),
    "no name": (" ", {}),
    "an address without a scheme": ("m", {"base_url": "localhost:11434/v1"}),
    "a password in the address": ("m", {"base_url": "http://me:secret@host/v1"}),
    "a key in the address": ("m", {"base_url": "http://host/v1?api-key=secret"}),
    "half an address": ("m", {"base_url": "http://[::1/v1"}),
    "a key with a dash of a word processor": ("m", {"api_key": "sk—secret"}),
    "an unknown mode": ("m", {"mode": "telepathy"}),
    "no attempts": ("m", {"attempts": 0}),
    "no time": ("m", {"deadline": 0}),
    "tiny parts": ("m", {"part_size": 10}),
}


@pytest.mark.parametrize("name, settings", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_refused_before_anything_is_sent(name, settings):
    with pytest.raises(errors.SettingsError) as caught:
        Model(name, **settings)

    assert "secret" not in str(caught.value)


def test_the_key_is_shown_nowhere():
    model = Model("openai/gpt-5-mini", api_key="sk-canary")

    assert "sk-canary" not in repr(model)
    assert "sk-canary" not in str(vars(model))


def test_without_anything_set_there_is_no_model():
    assert Model.from_env() is None


@pytest.mark.parametrize("variable", ["OPENAI_API_KEY", "OPENAI_BASE_URL"])
def test_a_key_or_an_address_alone_selects_the_default_model(variable, monkeypatch):
    monkeypatch.setenv(variable, "http://127.0.0.1:1/v1")

    assert Model.from_env().name == DEFAULT_MODEL


def test_a_key_does_not_win_over_offline(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-x")
    monkeypatch.setenv("ICTDIPLO_MODEL", "offline")

    assert Model.from_env() is None


def test_arguments_win_over_the_environment(monkeypatch):
    monkeypatch.setenv("ICTDIPLO_MODEL", "openai/from-environment")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    model = Model.from_env("mine", base_url="http://127.0.0.1:2/v1", mode=None)

    assert (model.name, model.endpoint) == ("mine", "http://127.0.0.1:2/v1")


def test_the_cache_directory_comes_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("ICTDIPLO_CACHE_DIR", str(tmp_path))

    assert Model.from_env("m").cache == tmp_path
    assert Model.from_env("m", cache=False).cache is False


def test_a_cache_directory_may_be_a_string(tmp_path):
    assert Model("m", cache=str(tmp_path)).cache == tmp_path


def test_openai_gets_its_own_name_and_another_address_the_verbatim_one():
    assert Model("openai/gpt-5-mini").served_name == "gpt-5-mini"
    spelled_out = Model("openai/gpt-5-mini", base_url="https://api.openai.com/v1")
    assert spelled_out.served_name == "gpt-5-mini"
    assert Model("Qwen/Qwen3-8B", base_url="http://127.0.0.1:1/v1").served_name == "Qwen/Qwen3-8B"


@pytest.mark.parametrize(
    "address, mode",
    [
        (None, "tools"),
        ("https://my.openai.azure.com/openai/v1", "tools"),
        ("http://localhost:11434/v1", "json_schema"),
        ("https://notapi.openai.com.example/v1", "json_schema"),
    ],
)
def test_the_first_mode_is_the_one_the_endpoint_is_likeliest_to_enforce(address, mode):
    assert Model("m", base_url=address).likeliest_mode == mode


def test_openai_without_a_key_is_told_so_and_nothing_is_sent():
    with pytest.raises(errors.BadKey, match="OPENAI_API_KEY"):
        read(Model("openai/gpt-5-mini", cache=False))


def test_only_what_was_set_is_sent():
    with ScriptedEndpoint(completion(GOOD), completion(GOOD)) as server:
        read(at(server, cache=False))
        read(at(server, cache=False, temperature=0.0, max_tokens=77))

    plain, tuned = server.requests
    assert "temperature" not in plain
    assert "max_tokens" not in plain
    assert (tuned["temperature"], tuned["max_tokens"]) == (0.0, 77)


def test_the_key_is_sent_as_a_bearer_token():
    with ScriptedEndpoint(completion(GOOD)) as server:
        read(at(server, cache=False, api_key="sk-mine"))

    assert server.headers[0]["authorization"] == "Bearer sk-mine"


def test_the_environment_cannot_divert_a_request(monkeypatch):
    with ScriptedEndpoint(completion(GOOD)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
        read(at(server, cache=False))

    assert len(server.requests) == 1


# --- the cache ----------------------------------------------------------------------------------


def test_a_second_reading_sends_nothing_and_costs_nothing(tmp_path):
    with ScriptedEndpoint(completion(GOOD)) as server:
        first = read(at(server, cache=tmp_path))
        second = read(at(server, cache=tmp_path))

    assert len(server.requests) == 1
    assert second.draft == first.draft
    assert (first.provenance.cached, second.provenance.cached) == (False, True)
    assert second.provenance.model_reported == "scripted-1"
    assert second.provenance.attempts == 0
    assert second.usage.cost == 0
    assert second.usage.input_tokens == 0


def test_another_key_or_more_patience_still_hits(tmp_path):
    with ScriptedEndpoint(completion(GOOD)) as server:
        read(at(server, cache=tmp_path, api_key="sk-old"))
        read(at(server, cache=tmp_path, api_key="sk-new", timeout=5, deadline=9, attempts=1))

    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "change",
    [{"temperature": 0.5}, {"max_tokens": 50}, {"mode": "md_json"}, {"reasks": 0}],
    ids=lambda change: next(iter(change)),
)
def test_whatever_shapes_the_answer_is_a_miss(change, tmp_path):
    second = f"```json\n{GOOD}\n```" if change.get("mode") == "md_json" else GOOD
    with ScriptedEndpoint(completion(GOOD), completion(second)) as server:
        read(at(server, cache=tmp_path))
        read(at(server, cache=tmp_path, **change))

    assert len(server.requests) == 2


@pytest.mark.parametrize("shaping", ["schema_sha256", "read_messages"])
def test_another_prompt_or_schema_is_a_miss(shaping, tmp_path, monkeypatch):
    other = {
        "schema_sha256": lambda: "0" * 64,
        "read_messages": lambda *_: [{"role": "user", "content": "Read this in another way."}],
    }
    with ScriptedEndpoint(completion(GOOD), completion(GOOD)) as server:
        read(at(server, cache=tmp_path))
        monkeypatch.setattr(f"ictdiplo.read.model.{shaping}", other[shaping])
        read(at(server, cache=tmp_path))

    assert len(server.requests) == 2


def reported_as(name):
    reply = completion(GOOD)
    reply.body["model"] = name
    return reply


def test_another_model_behind_the_same_name_is_warned_of_once(tmp_path):
    names = ["m-1", "m-1", "m-2", "m-2"]
    with ScriptedEndpoint(*map(reported_as, names)) as server:
        readings = [
            read(at(server, cache=tmp_path), Article.from_text(f"{SENTENCE} Number {number}."))
            for number in range(len(names))
        ]

    assert [reading.provenance.model_reported for reading in readings] == names
    assert [len(reading.warnings) for reading in readings] == [0, 0, 1, 0]
    assert "is m-2; last time it was m-1" in readings[2].warnings[0]


def test_a_stored_answer_says_nothing_about_the_model_of_today(tmp_path):
    with ScriptedEndpoint(reported_as("m-1"), reported_as("m-2")) as server:
        read(at(server, cache=tmp_path))
        read(at(server, cache=tmp_path), Article.from_text(f"{SENTENCE} Number 2."))
        assert read(at(server, cache=tmp_path)).warnings == ()


def test_no_key_is_stored(tmp_path):
    with ScriptedEndpoint(completion(GOOD)) as server:
        read(at(server, cache=tmp_path, api_key="sk-canary-123"))

    stored = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"met in Accra" in stored
    assert b"sk-canary-123" not in stored


@pytest.mark.parametrize("stored", ["no json", "[]", '{"draft": {"meetings": [{}]}}', "{}"])
def test_a_stored_answer_that_does_not_validate_is_a_miss(stored, tmp_path, monkeypatch):
    monkeypatch.setattr("ictdiplo.read.cache.Answers.get", lambda *_: stored)
    with ScriptedEndpoint(completion(GOOD)) as server:
        reading = read(at(server, cache=tmp_path))

    assert len(server.requests) == 1
    assert len(reading.draft.meetings) == 1


def test_a_refusal_is_not_stored(tmp_path):
    refusal = completion("no", refusal="no")
    with ScriptedEndpoint(refusal, completion(GOOD)) as server:
        with pytest.raises(errors.ModelRefused):
            read(at(server, cache=tmp_path))
        reading = read(at(server, cache=tmp_path))

    assert len(reading.draft.meetings) == 1


def test_equal_questions_at_once_are_asked_once(tmp_path):
    together = threading.Barrier(16)
    with ScriptedEndpoint(completion(GOOD)) as server:
        model = at(server, cache=tmp_path)

        def go(_):
            together.wait()
            return read(model)

        with ThreadPoolExecutor(16) as pool:
            readings = list(pool.map(go, range(16)))

    assert len(server.requests) == 1
    assert len({reading.draft.model_dump_json() for reading in readings}) == 1


def test_a_damaged_cache_is_put_aside_once_however_many_threads_find_it(tmp_path):
    (tmp_path / "cache.db").write_bytes(b"no database at all" * 100)
    tmp_path.chmod(0o700)
    together = threading.Barrier(8)
    with ScriptedEndpoint(*[completion(GOOD)] * 8) as server:
        model = at(server, cache=tmp_path)

        def go(number):
            together.wait()
            return read(model, Article.from_text(f"{SENTENCE} Number {number} says so."))

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(go, range(8)))
        read(model, Article.from_text(f"{SENTENCE} Number 3 says so."))

    assert len(server.requests) == 8
    assert len(list(tmp_path.glob("cache.db.corrupt-?"))) == 1


def test_without_a_cache_equal_questions_do_not_wait_for_one_another():
    together = threading.Barrier(4, timeout=20)
    with ScriptedEndpoint(*[completion(GOOD)] * 4) as server:
        server.before_reply = together.wait
        model = at(server, cache=False)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: read(model), range(4)))

    assert len(server.requests) == 4


HIT_WITHOUT_SDKS = """
import socket, sys

class Unimportable:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"openai", "instructor"}:
            raise ImportError(f"{name} must not be imported")

def no_network(*_):
    raise RuntimeError("a connection was tried")

sys.meta_path.insert(0, Unimportable())
socket.socket.connect = no_network
import ictdiplo
from pathlib import Path

model = ictdiplo.Model("some-model", base_url=sys.argv[1], mode="json", cache=Path(sys.argv[2]))
found = ictdiplo.extract(Path(sys.argv[3]).read_text(), model=model)
print(found.model_dump_json())
"""


def test_a_hit_needs_neither_openai_nor_instructor_nor_the_network(tmp_path):
    cache, text = tmp_path / "cache", tmp_path / "article.txt"
    text.write_text(ARTICLE.text)
    with ScriptedEndpoint(completion(GOOD)) as server:
        read(at(server, cache=cache))
    run = [sys.executable, "-c", HIT_WITHOUT_SDKS, server.base_url, str(cache), str(text)]
    outputs = [subprocess.run(run, capture_output=True, check=True).stdout for _ in range(2)]

    found = json.loads(outputs[0])
    assert found["provenance"]["cached"] is True
    assert found["meetings"][0]["evidence"][0]["quote"] == "met in Accra on Monday"
    assert outputs[0] == outputs[1]  # the same input and cache give the same bytes


def test_importing_the_package_imports_neither_openai_nor_instructor():
    code = "import sys, ictdiplo; print(sorted({'openai', 'instructor', 'pydantic'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)

    assert done.stdout.strip() == "[]"


# --- long articles ------------------------------------------------------------------------------

LONG = Article.from_text(
    "\n\n".join(f"{SENTENCE}This is paragraph {n}, and nothing else is in it." for n in range(60))
)


def test_a_long_article_is_read_in_parts_that_hold_all_of_it():
    with ScriptedEndpoint(*[completion(GOOD)] * 9) as server:
        reading = read(at(server, cache=False, part_size=3000), LONG)

    sent = [request["messages"][-1]["content"] for request in server.requests]
    assert len(sent) > 2
    assert all(any(f"paragraph {n}," in part for part in sent) for n in range(60))
    assert "part 1 of" in sent[0]
    assert len(reading.drafts) == len(sent)
    assert reading.provenance.attempts == len(sent)


def test_a_cut_off_answer_is_asked_for_again_in_halves():
    cut = completion('{"meetings": [', finish="length")
    with ScriptedEndpoint(cut, *[completion(GOOD)] * 4) as server:
        reading = read(at(server, cache=False), LONG)

    whole, *halves = [len(request["messages"][-1]["content"]) for request in server.requests]
    assert len(halves) >= 2
    assert max(halves) < whole
    assert len(reading.drafts) == len(halves)


def test_a_short_article_whose_answer_is_cut_off_is_an_error():
    assert len(ARTICLE.text) < SMALLEST_PART
    cut = completion("{", finish="length")
    with (
        ScriptedEndpoint(cut, completion(GOOD)) as server,
        pytest.raises(errors.OutputTruncated, match="max_tokens"),
    ):
        read(at(server, cache=False))

    assert len(server.requests) == 1


# --- money --------------------------------------------------------------------------------------


def test_a_price_that_nobody_knows_is_null():
    with ScriptedEndpoint(completion(GOOD)) as server:
        usage = read(at(server, cache=False)).usage

    assert usage.cost is None
    assert usage.input_tokens == 1000


def test_a_known_model_is_priced_offline(monkeypatch):
    pytest.importorskip("genai_prices", reason="the cost extra is not installed")
    with ScriptedEndpoint(completion(GOOD)) as server:
        client = connection.connect(server.base_url, "sk-x")
        monkeypatch.setattr("ictdiplo.read.model._client", lambda *_: client)
        usage = read(Model("openai/gpt-5-mini", api_key="sk-x", mode="json", cache=False)).usage

    # 0.25 and 2.00 US dollars a million tokens: OpenAI's list price at the model's release.
    assert usage.cost == pytest.approx((1000 * 0.25 + 100 * 2.00) / 1e6)


def test_without_the_cost_extra_the_price_is_null(monkeypatch):
    monkeypatch.setitem(sys.modules, "genai_prices", None)
    with ScriptedEndpoint(completion(GOOD)) as server:
        assert read(at(server, cache=False)).usage.cost is None


def test_the_default_cache_is_the_users_own(monkeypatch, tmp_path):
    monkeypatch.setattr("ictdiplo.read.model.default_directory", lambda: tmp_path / "own")
    with ScriptedEndpoint(completion(GOOD)) as server:
        read(at(server))

    assert Path(tmp_path / "own" / "cache.db").exists()


# --- settings in words ---------------------------------------------------------------------------


def test_settings_can_be_said_in_words():
    said = ["temperature=0", "context_size=32768", "second_look=yes", "prices=0.25,2"]
    assert settings_in_words(said) == {
        "temperature": 0.0,
        "context_size": 32768,
        "second_look": True,
        "prices": (0.25, 2.0),
    }


@pytest.mark.parametrize(
    "pair", ["api_key=sk-1", "name=x", "cache=no", "temperature", "colour=red", "=1", ""]
)
def test_what_is_no_setting_or_is_secret_cannot_be_said_in_words(pair):
    with pytest.raises(errors.SettingsError, match="no setting") as caught:
        settings_in_words([pair])
    assert "sk-1" not in str(caught.value)


def test_a_value_of_another_kind_is_told_so():
    with pytest.raises(errors.SettingsError, match="threads cannot be “many”"):
        settings_in_words(["threads=many"])


def test_an_error_says_what_the_attempts_cost_all_the_same():
    with ScriptedEndpoint(completion("no JSON"), completion("nor this")) as server:
        model = at(server, cache=False, reasks=1, prices=(1.0, 10.0))
        with pytest.raises(errors.InvalidAnswer) as caught:
            read(model)

    assert caught.value.usage.input_tokens == 2000
    assert caught.value.usage.cost == pytest.approx((2000 * 1.0 + 200 * 10.0) / 1e6)
