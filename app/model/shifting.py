"""Where a span of text goes when the text around or inside it is edited; counted in Unicode code points."""

from __future__ import annotations

from msgspec import Struct


class Edit(Struct, frozen=True):
    """One replacement: `removed` code points at `at` give way to `inserted` code points."""

    at: int
    removed: int
    inserted: int


def edit_between(before: str, after: str) -> Edit:
    """Find the one replacement that turns `before` into `after`: what lies between their common start and end."""
    limit = min(len(before), len(after))
    start = next((place for place in range(limit) if before[place] != after[place]), limit)
    rest = limit - start
    end = next((back for back in range(rest) if before[-1 - back] != after[-1 - back]), rest)
    return Edit(start, len(before) - start - end, len(after) - start - end)


def shift(start: int, end: int, edit: Edit) -> tuple[int, int] | None:
    """Move a span so that it keeps naming the same words.

    Text inserted inside the span becomes part of it; text inserted at either edge does not. What is left of a span
    whose words were partly removed stays the span.

    Args:
        start: first code point of the span.
        end: one past its last; larger than `start`.
        edit: what happened to the text.

    Returns:
        The new start and end, or None when all its words are gone.
    """
    gone = edit.at + edit.removed
    grown = edit.inserted - edit.removed
    if gone <= start:
        return start + grown, end + grown
    if edit.at >= end:
        return start, end
    if edit.at <= start and gone >= end:
        return None
    if edit.at <= start:
        return edit.at + edit.inserted, end + grown
    if gone >= end:
        return start, edit.at
    return start, end + grown
