"""Where the ends of marked words go when they are moved word by word; counted in Unicode code points."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Literal

from app.model.clusters import together

if TYPE_CHECKING:
    from collections.abc import Iterator

End = Literal["start", "end"]
_RUNS = re.compile(r"\S+")


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Find the words of a text, without the punctuation around them; none is cut inside what people see as a character.

    What is nothing but punctuation is a word of its own, so that every mark on a line can be reached.
    """
    for run in _RUNS.finditer(text):
        start, end = run.span()
        while start < end and _is_punctuation(text[start]):
            start += 1
        while end > start and _is_punctuation(text[end - 1]):
            end -= 1
        if start == end:
            start, end = run.span()
        yield _outwards(text, start, end)


def moved(text: str, start: int, end: int, which: End, step: int) -> tuple[int, int] | None:
    """Move one end of some words to the next word's edge that way; at least a part of a word is left between the ends.

    Args:
        text: the line they are in.
        start: first code point of the words.
        end: one past their last; larger than `start`.
        which: the end that moves.
        step: 1 moves it towards the end of the line, -1 towards its start.

    Returns:
        The new start and end; None where that end can go no further that way.
    """
    if which == "end":
        ends = {at for _, at in word_spans(text)} | {len(text.rstrip())}
        place = _next(ends, end, step)
        return (start, place) if place is not None and text[start:place].strip() else None
    starts = {at for at, _ in word_spans(text)} | {len(text) - len(text.lstrip())}
    place = _next(starts, start, step)
    return (place, end) if place is not None and text[place:end].strip() else None


def _next(places: set[int], at: int, step: int) -> int | None:
    beyond = [place for place in places if (place > at if step > 0 else place < at)]
    return (min if step > 0 else max)(beyond, default=None)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character).startswith("P")


def _outwards(text: str, start: int, end: int) -> tuple[int, int]:
    """Move a word's edges out of the middle of characters."""
    while start > 0 and together(text[start - 1], text[start]):
        start -= 1
    while end < len(text) and together(text[end - 1], text[end]):
        end += 1
    return start, end
