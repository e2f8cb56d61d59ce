"""Draft to records: what the words mean."""
