"""What the environment says of a model: address, key, cache directory.

The key comes from the variable of the server that the name begins with, else from OPENAI_API_KEY;
the address from OPENAI_BASE_URL, and then the name is sent as it is.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from .gguf import is_gguf
from .presets import PRESETS, preset_of


def with_environment(name: str, given: dict[str, Any]) -> dict[str, Any]:
    """Add to settings what the environment says of address, key and cache directory."""
    said = dict(given)
    if said.get("cache", True) is True and (folder := os.environ.get("ICTDIPLO_CACHE_DIR")):
        said["cache"] = Path(folder)
    if is_gguf(name):
        return said
    said.setdefault("base_url", os.environ.get("OPENAI_BASE_URL") or None)
    preset = None if said["base_url"] else preset_of(name)
    if preset and preset.address_variable:
        said["base_url"] = os.environ.get(preset.address_variable) or None
    key_variable = preset.key_variable if preset else PRESETS["openai"].key_variable
    said.setdefault("api_key", os.environ.get(key_variable) or None)
    return said
