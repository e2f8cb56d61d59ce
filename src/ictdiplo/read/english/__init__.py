"""Rules for reading English news of the field: sentences, who acts in them, what they report."""
