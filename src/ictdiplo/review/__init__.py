"""Records looked at by a person: what was decided, and the gold that it makes."""
