"""Servers by name: a provider in front of a model's name says where, with which key and how."""

from pathlib import Path

import pytest

from ictdiplo import Model, SettingsError
from ictdiplo.article import Article
from ictdiplo.read.presets import PRESETS
from scripted_endpoint import ScriptedEndpoint, completion

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.parametrize(
    "name, endpoint, served, mode",
    [
        ("openai/gpt-5-mini", "https://api.openai.com/v1", "gpt-5-mini", "tools"),
        ("ollama/qwen3:8b", "http://localhost:11434/v1", "qwen3:8b", "json_schema"),
        ("vllm/Qwen/Qwen3-8B", "http://localhost:8000/v1", "Qwen/Qwen3-8B", "json_schema"),
        ("openrouter/meta/llama", "https://openrouter.ai/api/v1", "meta/llama", "json_schema"),
        ("litellm/anything", "http://localhost:4000/v1", "anything", "tools"),
    ],
)
def test_a_name_says_where_what_and_how(name, endpoint, served, mode):
    model = Model(name)
    assert (model.endpoint, model.served_name, model.likeliest_mode) == (endpoint, served, mode)


@pytest.mark.parametrize("name", ["ollama/qwen3:8b", "Qwen/Qwen3-8B", "openai/gpt-oss-20b"])
def test_with_an_address_the_name_is_sent_as_it_is(name):
    model = Model(name, base_url="http://127.0.0.1:1/v1")
    assert (model.endpoint, model.served_name) == ("http://127.0.0.1:1/v1", name)


def test_a_name_that_no_server_is_known_by_is_told_which_are():
    with pytest.raises(SettingsError) as caught:
        Model("acme/model")
    assert all(name in caught.value.message for name in PRESETS)


@pytest.mark.parametrize("name", [name for name in PRESETS if name not in {"openai", "azure"}])
def test_the_key_comes_from_the_servers_own_variable_and_from_no_other(name, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-openai")
    assert Model.from_env(f"{name}/m").api_key is None
    monkeypatch.setenv(PRESETS[name].key_variable, "own")
    assert Model.from_env(f"{name}/m").api_key.get_secret_value() == "own"


def test_azure_needs_an_address_of_ones_own(monkeypatch):
    with pytest.raises(SettingsError, match="AZURE_OPENAI_ENDPOINT"):
        Model.from_env("azure/gpt-5-mini")
    monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", "https://mine.openai.azure.com/openai/v1")
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "own")
    model = Model.from_env("azure/gpt-5-mini")

    assert model.endpoint == "https://mine.openai.azure.com/openai/v1"
    assert model.served_name == "gpt-5-mini"
    assert model.likeliest_mode == "tools"
    assert model.api_key.get_secret_value() == "own"


def test_an_address_in_the_environment_wins_over_the_name(monkeypatch):
    """As for a proxy that knows models by such names itself."""
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:4000/v1")
    model = Model.from_env("ollama/qwen3:8b")
    assert (model.endpoint, model.served_name) == ("http://127.0.0.1:4000/v1", "ollama/qwen3:8b")


def test_openrouter_is_told_not_to_choose_a_provider_that_would_ignore_the_schema(monkeypatch):
    with ScriptedEndpoint(completion("{}")) as server:
        monkeypatch.setitem(
            PRESETS, "openrouter", PRESETS["openrouter"]._replace(address=server.base_url)
        )
        model = Model("openrouter/m", api_key="k", cache=False)
        model.read(Article.from_text("Nothing was said in Accra on Monday."), lambda _draft: [])

    assert server.requests[0]["provider"] == {"require_parameters": True}
    assert server.requests[0]["model"] == "m"


@pytest.mark.parametrize("name", PRESETS)
def test_the_readme_lists_every_server_with_its_address_and_key(name):
    (row,) = [
        line for line in README.read_text("utf-8").splitlines() if line.startswith(f"| `{name}/")
    ]
    preset = PRESETS[name]
    assert (preset.address or preset.address_variable) in row
    assert preset.key_variable in row
    assert f"`{preset.mode}`" in row
