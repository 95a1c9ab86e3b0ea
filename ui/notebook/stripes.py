"""Where margin stripes and their names go beside one line of notes; counted in wrapped lines and px, no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST = 44.0  # px, under which a name says nothing any more


@dataclass(frozen=True)
class Wish:
    """A name that wants to stand beside the wrapped lines from `first` to `last`, and how wide all of it is."""

    first: int
    last: int
    width: float


@dataclass(frozen=True)
class Put:
    """Where a name stands: the place of its wish, the wrapped line, from where, how wide, and on how many lines."""

    wish: int
    line: int
    left: float
    width: float
    lines: int = 1


def columns(stretches: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Give each stretch of wrapped lines a column, so that no two in one column share a line, in as few as can be.

    Args:
        stretches: the first line and the last of each, both counted in; in the order in which they begin, else those
            that begin earlier still come first.
    """
    order = sorted(range(len(stretches)), key=lambda place: (stretches[place][0], -stretches[place][1], place))
    ends: list[int] = []  # the last line taken in each column
    found = [0] * len(stretches)
    for place in order:
        first, last = stretches[place]
        column = next((number for number, end in enumerate(ends) if end < first), len(ends))
        ends[column : column + 1] = [last]
        found[place] = column
    return tuple(found)


def put_names(wishes: Sequence[Wish], room: float, gap: float, more: float) -> tuple[tuple[Put, ...], dict[int, int]]:
    """Put names beside their lines where there is room, shorter where there is little; count those left out.

    One that would be shortened goes on in the line below, where that is its own too and nothing else stands there.

    Args:
        wishes: the names, in the order in which they are to be thought of.
        room: how wide a line is, px.
        gap: between two names on one line.
        more: how wide the sign is that some are left out; room is kept for it where it is needed.

    Returns:
        The names that are put, and by wrapped line how many names that wanted to stand there first are left out.
    """
    short: set[int] = set()
    while True:
        put, left_out = _put(wishes, room, gap, more, short)
        if left_out.keys() <= short:
            return _spread(wishes, put, left_out), left_out
        short |= left_out.keys()


def _put(
    wishes: Sequence[Wish], room: float, gap: float, more: float, short: set[int]
) -> tuple[tuple[Put, ...], dict[int, int]]:
    taken: dict[int, float] = {}
    put: list[Put] = []
    left_out: dict[int, int] = {}
    for number, wish in enumerate(wishes):
        for line in range(wish.first, wish.last + 1):
            left = taken.get(line, 0.0)
            free = room - left - (more if line in short else 0.0)
            if free >= min(wish.width, LEAST):
                width = min(wish.width, free)
                put.append(Put(number, line, left, width))
                taken[line] = left + width + gap
                break
        else:
            left_out[wish.first] = left_out.get(wish.first, 0) + 1
    return tuple(put), left_out


def _spread(wishes: Sequence[Wish], put: Sequence[Put], left_out: dict[int, int]) -> tuple[Put, ...]:
    taken = {each.line for each in put} | left_out.keys()
    found = []
    for each in put:
        wish, below = wishes[each.wish], each.line + 1
        more = each.width < wish.width and below <= wish.last and below not in taken
        if more:
            taken.add(below)
        found.append(replace(each, lines=2) if more else each)
    return tuple(found)
