"""Servers by name: `ollama/qwen3:8b` says where, with which key and how to ask.

The addresses are the servers' own defaults; the modes are those that their documents, or
measurements, show to be enforced. A `base_url` wins over all this, and then the name is sent as it
is, since it may be a server's own (`Qwen/Qwen3-8B`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from .modes import Mode


class Preset(NamedTuple):
    """A sort of server."""

    address: str | None
    """Where it listens; None if each user has an address of their own."""
    key_variable: str
    """The environment variable that holds its key; for most local servers it need not be set."""
    mode: Mode
    """The mode to try first."""
    address_variable: str | None = None
    """The environment variable that holds the address, where there is a customary one."""
    extra: Mapping[str, Any] = MappingProxyType({})
    """What else is sent in the body of each request."""


PRESETS: dict[str, Preset] = {
    "openai": Preset("https://api.openai.com/v1", "OPENAI_API_KEY", "tools"),
    "azure": Preset(
        None, "AZURE_OPENAI_API_KEY", "tools", address_variable="AZURE_OPENAI_ENDPOINT"
    ),
    "ollama": Preset("http://localhost:11434/v1", "OLLAMA_API_KEY", "json_schema"),
    "vllm": Preset("http://localhost:8000/v1", "VLLM_API_KEY", "json_schema"),
    "llamacpp": Preset("http://localhost:8080/v1", "LLAMA_API_KEY", "json_schema"),
    "lmstudio": Preset("http://localhost:1234/v1", "LM_API_TOKEN", "json_schema"),
    "openrouter": Preset(
        "https://openrouter.ai/api/v1",
        "OPENROUTER_API_KEY",
        "json_schema",
        # Else a provider may take the request and ignore the schema.
        extra=MappingProxyType({"provider": {"require_parameters": True}}),
    ),
    "litellm": Preset("http://localhost:4000/v1", "LITELLM_API_KEY", "tools"),
}


def preset_of(name: str) -> Preset | None:
    """Return the preset that a model's name begins with; None if it begins with none."""
    provider, slash, model = name.partition("/")
    return PRESETS.get(provider) if slash and model else None


def named_by(name: str) -> str:
    """Return a model's name without the preset in front of it."""
    return name.partition("/")[2] if preset_of(name) else name
