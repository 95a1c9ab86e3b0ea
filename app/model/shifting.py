"""Where marked words go when the notes around or inside them are edited; counted in Unicode code points."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Edit(Struct, frozen=True):
    """One replacement within a line: `removed` code points at `at` give way to `inserted` code points."""

    at: int
    removed: int
    inserted: int


class Mark(Struct, frozen=True):
    """Where a passage lies in a line; a `whole` one is all of the line, however its words grow or shrink."""

    passage: str
    start: int
    end: int
    whole: bool = False


class Marked(Struct, frozen=True):
    """A line of notes with the passages that lie in it."""

    text: str
    marks: tuple[Mark, ...] = ()


class Place(NamedTuple):
    """A place between two code points: `at` of them stand before it on line `line`, counted from 0."""

    line: int
    at: int


def edit_between(before: str, after: str, near: int | None = None) -> Edit:
    """Find the one replacement that turns `before` into `after`: what lies between their common start and end.

    Args:
        before: a line, or several joined.
        after: what became of it.
        near: about where it happened, to choose among places that would do as well ("aa" with one "a" less).
    """
    limit = min(len(before), len(after))
    start = _common_start(before, after, limit)
    end = _common_end(before, after, limit)
    if start + end > limit:  # the two overlap: the edit can lie anywhere between
        earliest = limit - end
        start = start if near is None else max(earliest, min(near, start))
        end = limit - start
    return Edit(start, len(before) - start - end, len(after) - start - end)


def _common_start(before: str, after: str, limit: int) -> int:
    """Count the code points that two texts begin with alike, halving the stretch looked at."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if before[low:middle] == after[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_end(before: str, after: str, limit: int) -> int:
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if before[len(before) - middle : len(before) - low] == after[len(after) - middle : len(after) - low]:
            low = middle
        else:
            high = middle - 1
    return low


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


def replaced(lines: Sequence[Marked], first: Place, last: Place, inserted: Sequence[str]) -> tuple[Marked, ...]:
    """Replace what lies between two places of the notes, on one line or over several; passages keep their words.

    Words inserted within a passage become part of it, words at its edge, or on a line of their own, do not. A line
    broken within a passage leaves the passage on both lines; lines joined join what they hold of one passage. A line
    broken in two leaves both parts with what was on the whole line; joined with another, it keeps but its own words.

    Args:
        lines: the lines from the one `first` is on to the one `last` is on, no others.
        first: where the replacement begins, on line 0.
        last: where it ends, on the last of `lines`; not before `first`.
        inserted: the new text, broken at line ends; never empty, [""] for a mere removal.

    Returns:
        The lines that stand there afterwards, as many as `inserted` has.
    """
    head, tail = lines[0], lines[last.line]
    before = _pieces(head, 0, first.at, 0)
    moved = len(inserted[-1]) + (first.at if len(inserted) == 1 else 0) - last.at
    behind = _pieces(tail, last.at, len(tail.text), moved)
    rest = tail.text[last.at :]
    whole = _whole(head) if last.line == 0 else _whole(head) & _whole(tail)
    if len(inserted) == 1:
        text = head.text[: first.at] + inserted[0] + rest
        return (_line(text, _seamed(before, behind, first.at, last.at + moved), whole),)
    return (
        _line(head.text[: first.at] + inserted[0], before, whole),
        *(Marked(text) for text in inserted[1:-1]),
        _line(inserted[-1] + rest, behind, whole),
    )


def _pieces(line: Marked, start: int, end: int, moved: int) -> list[Mark]:
    """Give what marks have between two places, moved along."""
    cut = (Mark(m.passage, max(m.start, start) + moved, min(m.end, end) + moved) for m in line.marks)
    return [mark for mark in cut if mark.start < mark.end]


def _seamed(before: list[Mark], behind: list[Mark], left: int, right: int) -> Iterator[Mark]:
    """Join the pieces of each passage that reach up to a replacement from both sides."""
    open_ = {mark.passage: mark for mark in before if mark.end == left}
    closing = {mark.passage: mark for mark in behind if mark.start == right}
    for mark in (*before, *behind):
        other = closing.get(mark.passage)
        if open_.get(mark.passage) is mark and other is not None:
            yield Mark(mark.passage, mark.start, other.end)
        elif not (other is mark and mark.passage in open_):
            yield mark


def _whole(line: Marked) -> set[str]:
    return {mark.passage for mark in line.marks if mark.whole}


def _line(text: str, marks: Iterable[Mark], whole: set[str]) -> Marked:
    """Put a line together; passages that are whole lines are all of it, or nothing where no words are."""
    kept = [mark for mark in marks if mark.passage not in whole]
    if text:
        kept += [Mark(passage, 0, len(text), whole=True) for passage in sorted(whole)]
    return Marked(text, tuple(sorted(kept, key=lambda mark: (mark.start, mark.end, mark.passage))))
