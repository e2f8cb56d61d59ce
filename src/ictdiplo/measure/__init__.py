"""Records held against gold: what was found, missed and invented, and how sure that is."""
