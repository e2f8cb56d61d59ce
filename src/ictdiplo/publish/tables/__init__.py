"""Records as rows, and rows in the formats that other programs load."""
