"""What a radar of one case shows, on screen and on paper: levels as ranks, and where axes, rings and areas lie; pure.

Places are plain numbers, x to the right and y up, with the highest level's ring at a distance of 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.analysis.overview import NOT_RATED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.analysis.assessment import JudgedCase
    from app.model.assessment import Target
    from app.rubric.structure import Rubric

Point = tuple[float, float]

MOST_WORDS: Final = 5
"""With more axes than these a radar is larger, and says on each only its name: the mark on it has the level's shape."""

LEAST_AXES: Final = 3
"""With fewer axes there is no area to see; a ladder shows the same."""


@dataclass(frozen=True)
class RadarValues:
    """What a radar shows: per axis the rank of the level reached and of the one at most reached.

    Ranks count from 0, the lowest of `levels`; None where an axis is not rated. `team` are the ranks that the team set
    against those reached, `targets` those to be reached, None for none; both are empty where there are none at all.
    """

    title: str
    axes: tuple[str, ...]
    levels: tuple[str, ...]
    reached: tuple[int | None, ...]
    at_most: tuple[int | None, ...]
    team: tuple[int | None, ...] = ()
    targets: tuple[int | None, ...] = ()

    def words(self, axis: int) -> str:
        """The level on one axis: "Moderate", "Moderate, at most High", "Low, team: High", "Not rated"."""
        low, high, team = self.reached[axis], self.at_most[axis], self.set_by_team(axis)
        told = [NOT_RATED if low is None or high is None else self.levels[low]]
        if low is not None and high is not None and low != high:
            told.append(f"at most {self.levels[high]}")
        return ", ".join(told if team is None else [*told, f"team: {self.levels[team]}"])

    def set_by_team(self, axis: int) -> int | None:
        """The rank that the team set on one axis; None for none."""
        return self.team[axis] if self.team else None

    def target(self, axis: int) -> int | None:
        """The rank that is to be reached on one axis; None for none."""
        return self.targets[axis] if self.targets else None

    @property
    def certain(self) -> bool:
        """Whether no axis has a band."""
        return self.reached == self.at_most

    @property
    def is_ladder(self) -> bool:
        """Whether it has too few axes for an area."""
        return len(self.axes) < LEAST_AXES

    @property
    def description(self) -> str:
        """All of it as one sentence, for those who do not see it."""
        return "; ".join(f"{axis}: {self.words(place)}" for place, axis in enumerate(self.axes))


def radar_values(rubric: Rubric, case: JudgedCase, targets: Mapping[str, Target] | None = None) -> RadarValues:
    """Say what a case's radar shows; `targets` by principle, where they are to be shown."""

    def rank(level: str | None) -> int | None:
        return rubric.rank(level) if level else None

    aims = {key: each.level for key, each in (targets or {}).items()}
    return RadarValues(
        case.case.name,
        tuple(judged.principle.short for judged in case.principles),
        tuple(level.name for level in rubric.levels),
        tuple(rank(each.score.level) for each in case.principles),
        tuple(rank(each.score.at_most) for each in case.principles),
        tuple(rank(each.in_force.level) if each.in_force else None for each in case.principles),
        tuple(rank(aims.get(each.principle.id)) for each in case.principles) if aims else (),
    )


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
