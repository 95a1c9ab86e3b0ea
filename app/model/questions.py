"""Make a follow-up's question, which is short, from what may be long: a line of notes or a rubric's own question."""

from __future__ import annotations

from typing import Final

from app.model.clusters import cut_at_word

ROOM: Final = 200  # code points, see app.model.base.Name


def question_from(text: str) -> str:
    """Put a text on one line, cut at a word where it is long; "" from blanks."""
    return cut_at_word(text, ROOM)
