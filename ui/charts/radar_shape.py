"""The geometry of a radar: where its axes, rings and areas lie; plain numbers, x to the right and y up."""

from __future__ import annotations

import math
from dataclasses import dataclass

Point = tuple[float, float]

MOST_WORDS = 5
"""With more axes than these a radar is larger, and says on each only its name: the mark on it has the level's shape."""

LEAST_AXES = 3
"""With fewer axes there is no area to see; a ladder shows the same."""

ROW = 44
"""Height of a ladder's row, in px."""


@dataclass(frozen=True)
class RadarValues:
    """What a radar shows: per axis the rank of the level reached and of the one at most reached.

    Ranks count from 0, the lowest of `levels`; None where an axis is not rated. `team` are the ranks that the team set
    against those reached, None for none; empty where it set none at all.
    """

    title: str
    axes: tuple[str, ...]
    levels: tuple[str, ...]
    reached: tuple[int | None, ...]
    at_most: tuple[int | None, ...]
    team: tuple[int | None, ...] = ()

    @property
    def height(self) -> int:
        """How high it is drawn, in px."""
        if len(self.axes) < LEAST_AXES:
            return ROW * len(self.axes) + 8
        return 220 if len(self.axes) <= MOST_WORDS else 268

    def words(self, axis: int) -> str:
        """The level on one axis: "Moderate", "Moderate, at most High", "Low, team: High", "Not rated"."""
        low, high, team = self.reached[axis], self.at_most[axis], self.set_by_team(axis)
        told = ["Not rated" if low is None or high is None else self.levels[low]]
        if low is not None and high is not None and low != high:
            told.append(f"at most {self.levels[high]}")
        return ", ".join(told if team is None else [*told, f"team: {self.levels[team]}"])

    def set_by_team(self, axis: int) -> int | None:
        """The rank that the team set on one axis; None for none."""
        return self.team[axis] if self.team else None

    @property
    def certain(self) -> bool:
        """Whether no axis has a band."""
        return self.reached == self.at_most

    @property
    def description(self) -> str:
        """All of it as one sentence, for those who do not see it."""
        return "; ".join(f"{axis}: {self.words(place)}" for place, axis in enumerate(self.axes))


def direction(axis: int, of: int) -> Point:
    """Where an axis points, the first upwards and on from there clockwise; of length 1."""
    angle = 2 * math.pi * axis / of
    return math.sin(angle), math.cos(angle)


def radius(rank: int | None, levels: int) -> float:
    """How far out a level lies (0..1): the lowest on the first ring, the highest on the last, not rated at 0."""
    return 0.0 if rank is None else (rank + 1) / levels


def ring(rank: int, axes: int, levels: int) -> list[Point]:
    """The corners of a level's ring."""
    return _corners([radius(rank, levels)] * axes)


def area(ranks: tuple[int | None, ...], levels: int) -> list[Point]:
    """The corners of an area that reaches a rank on each axis."""
    return _corners([radius(rank, levels) for rank in ranks])


def height(axes: int) -> Point:
    """How far down and up the outermost ring reaches."""
    ups = [y for _, y in _corners([1.0] * axes)]
    return min(ups), max(ups)


def _corners(radii: list[float]) -> list[Point]:
    directions = (direction(axis, len(radii)) for axis in range(len(radii)))
    return [(x * far, y * far) for (x, y), far in zip(directions, radii, strict=True)]
