"""Where the pages of a document lie below one another, at a zoom; plain numbers, px from the top."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

MARGIN: Final = 24  # px around the pages
GAP: Final = 16  # px between them
PX_PER_PT: Final = 96 / 72  # at a zoom of 1
STEPS: Final = (0.25, 0.33, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)

Size = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A page: its left, top, width and height in px."""

    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """Where it ends."""
        return self.top + self.height


@dataclass(frozen=True)
class PageLayout:
    """All pages at a zoom, in the middle of a view that is `room` px wide; `width` and `height` hold them all."""

    boxes: tuple[Box, ...]
    width: int
    height: int

    def page_at(self, down: float) -> int:
        """Tell which page is at a height; a gap belongs to the page after it. 0 where there are none."""
        place = bisect_right([box.bottom for box in self.boxes], down)
        return max(min(place, len(self.boxes) - 1), 0)

    def between(self, top: float, bottom: float) -> range:
        """Tell which pages can be seen between two heights."""
        if not self.boxes:
            return range(0)
        return range(self.page_at(top), self.page_at(bottom) + 1)

    def anchor(self, down: float) -> tuple[int, float]:
        """Say where a height is: the page, and how far down it in pages of its height (below 0 in the gap)."""
        page = self.page_at(down)
        if not self.boxes:
            return 0, 0.0
        return page, (down - self.boxes[page].top) / max(self.boxes[page].height, 1)

    def height_of(self, anchor: tuple[int, float]) -> int:
        """Find the height of an anchor, perhaps made at another zoom or of another document."""
        if not self.boxes:
            return 0
        page, share = anchor
        if page >= len(self.boxes):
            return self.height
        return round(self.boxes[page].top + share * self.boxes[page].height)


def lay_out(sizes: tuple[Size, ...], zoom: float, room: int) -> PageLayout:
    """Put pages of some sizes in pt below one another."""
    shapes = [(round(wide * PX_PER_PT * zoom), round(high * PX_PER_PT * zoom)) for wide, high in sizes]
    width = max([room, *(wide + 2 * MARGIN for wide, _ in shapes)])
    boxes, top = [], MARGIN
    for wide, high in shapes:
        boxes.append(Box((width - wide) // 2, top, wide, high))
        top += high + GAP
    return PageLayout(tuple(boxes), width, top - GAP + MARGIN if boxes else 0)


def fitting(sizes: tuple[Size, ...], room: int) -> float:
    """The zoom at which the widest page just fits."""
    widest = max((wide for wide, _ in sizes), default=595.0)
    return max((room - 2 * MARGIN) / (widest * PX_PER_PT), STEPS[0])


def step(zoom: float, way: int) -> float:
    """The next zoom of the scale, larger (`way` 1) or smaller (-1)."""
    if way > 0:
        return next((each for each in STEPS if each > zoom * 1.001), STEPS[-1])
    return next((each for each in reversed(STEPS) if each < zoom * 0.999), STEPS[0])
