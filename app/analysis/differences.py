"""How two texts differ, word by word; no character that people see as one is ever cut."""

from __future__ import annotations

from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from app.model.clusters import together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Change(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Piece(Struct, frozen=True):
    """A stretch of text, and what happened to it."""

    text: str
    change: Change


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """Find what was removed from a text and what was added to it, in reading order, removed before added.

    What is the same and what was removed is, in order, the text before; what is the same and what was added the one
    after. No piece is empty, and no two in a row are of one kind. Only blanks between two changes count as changed.
    """
    old, new = tokens(before), tokens(after)
    return tuple(_pieces(_bridged(_runs(old, new))))


def tokens(text: str) -> list[str]:
    """Take a text apart into words, blanks and single signs, each with whatever must stay with it."""
    if not text:
        return []
    found, start, kind = [], 0, _kind(text[0])
    for place, (left, right) in enumerate(pairwise(text), 1):
        if together(left, right):
            continue
        following = _kind(right)
        if following != kind or kind == "sign":
            found.append(text[start:place])
            start, kind = place, following
    return [*found, text[start:]]


def _kind(char: str) -> str:
    if char.isspace():
        return "blank"
    return "word" if char.isalnum() or char == "_" else "sign"


class _Run(Struct, frozen=True):
    """What stands in a place before, and what after."""

    old: str
    new: str

    @property
    def same(self) -> bool:
        return self.old == self.new


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[_Run]:
    """Find alike and unlike stretches; what two texts begin and end with alike is not searched for."""
    limit = min(len(old), len(new))
    start = next((place for place in range(limit) if old[place] != new[place]), limit)
    rest = limit - start
    end = next((back for back in range(rest) if old[-1 - back] != new[-1 - back]), rest)
    yield _Run("".join(old[:start]), "".join(old[:start]))
    middle, wanted = old[start : len(old) - end], new[start : len(new) - end]
    for _, from_, to, wanted_from, wanted_to in SequenceMatcher(None, middle, wanted).get_opcodes():
        yield _Run("".join(middle[from_:to]), "".join(wanted[wanted_from:wanted_to]))
    tail = "".join(old[len(old) - end :])
    yield _Run(tail, tail)


def _bridged(runs: Iterator[_Run]) -> list[_Run]:
    """Join changes with nothing but blanks between them, so that words replaced by words read as one change."""
    found: list[_Run] = []
    for run in runs:
        if not run.old and not run.new:
            continue
        if not run.same and len(found) > 1 and not found[-1].old.strip() and not found[-2].same:
            gap, change = found.pop(), found.pop()
            run = _Run(change.old + gap.old + run.old, change.new + gap.new + run.new)  # noqa: PLW2901
        found.append(run)
    return found


def _pieces(runs: Sequence[_Run]) -> Iterator[Piece]:
    for run in runs:
        if run.same:
            yield Piece(run.old, Change.SAME)
            continue
        if run.old:
            yield Piece(run.old, Change.REMOVED)
        if run.new:
            yield Piece(run.new, Change.ADDED)
