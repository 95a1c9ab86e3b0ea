"""Blocks onto pages: what goes where, and how much ruled room each gets, so that every page is filled to its foot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.report.style import MM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from app.report.paper.pen import Pen

PITCH: Final = 8 * MM
ALL: Final = 1_000
"""More lines than any page has: what wishes for them takes the rest of its page."""

_FUZZ: Final = 0.01


@dataclass(frozen=True)
class Room:
    """Ruled lines: the height they begin at, how many they are, and the number of the first."""

    top: float
    lines: int
    first: int


@dataclass(frozen=True)
class Block:
    """Something printed, perhaps with ruled lines below it.

    `least` lines it must have, `wish` it would have. One that is to `keep` goes over with the next; one that is
    `optional` is left out where the page has no room for it; `again` is set above it where it is the first on a page.
    """

    height: float
    draw: Callable[[Pen, float], None]
    rule: Callable[[Pen, Room], None] | None = None
    least: int = 0
    wish: float = 0
    before: float = 0.0
    keep: bool = False
    optional: bool = False
    again: Block | None = None


@dataclass(frozen=True)
class Placed:
    """A block on a page: how far below the top, with how many lines, the first of which has which number."""

    block: Block
    down: float
    lines: int
    first: int = 0


Page = tuple[Placed, ...]


def fill(blocks: Sequence[Block], room: float) -> list[Page]:
    """Put blocks on pages with this much room, in order, and share out what is left of each page among its lines."""
    pages = [_Page(room)]
    for unit in _units(blocks):
        if not pages[-1].takes(unit):
            if unit[0].optional:
                continue
            pages.append(_Page(room))
        pages[-1].put(unit)
    return [page.spread() for page in pages]


def numbered(pages: Sequence[Page]) -> list[Page]:
    """Number the lines through, from 1 on the first page."""
    found, number = [], 1
    for page in pages:
        placed = []
        for each in page:
            placed.append(replace(each, first=number))
            number += each.lines
        found.append(tuple(placed))
    return found


class _Page:
    """A page being filled."""

    def __init__(self, room: float) -> None:
        self.room = room
        self.blocks: list[tuple[Block, int]] = []
        self.used = 0.0

    def takes(self, unit: Sequence[Block]) -> bool:
        """Whether blocks that stay together fit, with the lines they must have; an empty page takes anything."""
        return not self.blocks or self.used + self._least(unit) <= self.room + _FUZZ

    def put(self, unit: Sequence[Block]) -> None:
        """Put blocks on, with as many lines as they wish for and the page has room for."""
        if not self.blocks and unit[0].again is not None:
            unit = [unit[0].again, *unit]
        spare = max(int((self.room - self.used - self._least(unit) + _FUZZ) / PITCH), 0)
        for block in unit:
            more = min(max(round(block.wish) - block.least, 0), spare)
            spare -= more
            self._put(block, block.least + more)

    def spread(self) -> Page:
        """Share out the room that is left: whole lines by wish, and what is less than a line between the blocks."""
        lines = self._stretched()
        left = self.room - self.used - PITCH * (sum(lines) - sum(given for _, given in self.blocks))
        gaps = [place for place in range(1, len(self.blocks)) if self._is_gap(place)]
        more = max(left, 0.0) / len(gaps) if gaps and left < PITCH else 0.0
        placed, down = [], 0.0
        for place, (block, _) in enumerate(self.blocks):
            down += (block.before if place else 0.0) + (more if place in gaps else 0.0)
            placed.append(Placed(block, down, lines[place]))
            down += block.height + PITCH * lines[place]
        return tuple(placed)

    def _is_gap(self, place: int) -> bool:
        """Whether room may be added above a block: not between a heading and what it heads."""
        return self.blocks[place][0].before > 0 and not self.blocks[place - 1][0].keep

    def _stretched(self) -> list[int]:
        lines = [given for _, given in self.blocks]
        weights = [block.wish for block, _ in self.blocks]
        spare = int((self.room - self.used + _FUZZ) / PITCH)
        for _ in range(spare if any(weights) else 0):
            open_ones = [place for place, weight in enumerate(weights) if weight]
            lines[min(open_ones, key=lambda place: (lines[place] + 1) / weights[place])] += 1
        return lines

    def _least(self, unit: Sequence[Block]) -> float:
        heights = sum(block.height + block.before + PITCH * block.least for block in unit)
        return heights - (0.0 if self.blocks else unit[0].before)

    def _put(self, block: Block, lines: int) -> None:
        self.used += (block.before if self.blocks else 0.0) + block.height + PITCH * lines
        self.blocks.append((block, lines))


def _units(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Group blocks that go over together."""
    unit: list[Block] = []
    for block in blocks:
        unit.append(block)
        if not block.keep:
            yield unit
            unit = []
    if unit:
        yield unit
