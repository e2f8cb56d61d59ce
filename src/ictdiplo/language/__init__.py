"""What every step knows of language: folding, sentences, date phrases, names of countries."""
