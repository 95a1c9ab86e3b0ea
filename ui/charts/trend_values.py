"""What a trend chart shows: a level in every round, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class TrendValues:
    """A level over the rounds of a study; per round the ranks of the level and of the one at most reached.

    Ranks count from 0, the lowest of `levels`; None where nothing was assessed, or nothing is rated. `chosen` are the
    places of the rounds that are compared.
    """

    title: str
    levels: tuple[str, ...]
    rounds: tuple[str, ...]
    points: tuple[tuple[int, int] | None, ...]
    chosen: tuple[int, ...] = ()

    def words(self, place: int) -> str:
        """The level in one round: "Moderate", "Moderate, at most High", "no level"."""
        point = self.points[place]
        if point is None:
            return "no level"
        low, high = (self.levels[rank] for rank in point)
        return low if low == high else f"{low}, at most {high}"

    @property
    def description(self) -> str:
        """All of it as one sentence, for those who do not see it."""
        return "; ".join(f"{name}: {self.words(place)}" for place, name in enumerate(self.rounds))

    @property
    def steps(self) -> tuple[tuple[int, int], ...]:
        """The places of rounds that follow one another in having a level, whether or not others lie between."""
        known = [place for place, point in enumerate(self.points) if point is not None]
        return tuple(pairwise(known))
