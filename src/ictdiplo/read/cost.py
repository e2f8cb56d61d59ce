"""What tokens cost, by an offline price list."""

from __future__ import annotations

from .settings import Settings


def price(model: Settings, read: int | None, written: int | None) -> float | None:
    """Price tokens in US dollars: by the model's `prices`, else by the `cost` extra's offline table.

    None where the price or the number of tokens is not known.
    """
    if read is None or written is None:
        return None
    if model.prices:
        for_read, for_written = model.prices
        return (read * for_read + written * for_written) / 1e6
    return list_price(model.endpoint, model.served_name, read, written)


def list_price(address: str, name: str, read: int, written: int) -> float | None:
    """Look up what a provider charges; None for local models and without the `cost` extra."""
    try:
        from genai_prices import Usage as Tokens
        from genai_prices import calc_price
    except ImportError:
        return None
    try:
        tokens = Tokens(input_tokens=read, output_tokens=written)
        return float(calc_price(tokens, name, provider_api_url=address).total_price)
    except LookupError:
        return None
