"""What came from a study or another file, made fit for a terminal."""

from __future__ import annotations


def printable(text: str) -> str:
    """Give a text on one line, without signs that a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in text)
