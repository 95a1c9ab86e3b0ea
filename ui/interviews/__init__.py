"""The Interviews page: the study's sources, the notes of one of them, and what rests on its passages."""
