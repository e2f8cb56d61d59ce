"""Article to draft: what the text says, in its own words."""
