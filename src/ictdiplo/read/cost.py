"""What tokens cost, by an offline price list."""

from __future__ import annotations


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
