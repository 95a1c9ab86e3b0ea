"""A study's ways in and out: study JSON, and the demonstration that is made from it."""
