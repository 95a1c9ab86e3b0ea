"""Finding words in a study: what was typed, where it stands, and what can be jumped to by name."""
