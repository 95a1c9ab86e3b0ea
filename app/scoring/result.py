"""What scoring hands back: levels as intervals, how much is known, and what stands in the way."""

from fractions import Fraction

from msgspec import Struct

from app.scoring.scale import Verdict


class Blocking(Struct, frozen=True):
    """A criterion that keeps a level from being reached, with its answer (None: unanswered)."""

    criterion: str
    level: str
    verdict: Verdict | None


class LevelTally(Struct, frozen=True):
    """How the criteria that gate one level of a principle are answered, counted.

    `passed` are at least largely achieved, `failed` partially or not.
    """

    level: str
    passed: int = 0
    failed: int = 0
    unknown: int = 0
    withheld: int = 0
    unanswered: int = 0
    not_applicable: int = 0

    @property
    def open(self) -> int:
        """Criteria whose achievement is still to be found out."""
        return self.unknown + self.withheld + self.unanswered

    @property
    def blocking(self) -> int:
        """Criteria that keep the level from being reached."""
        return self.failed + self.open

    @property
    def applicable(self) -> int:
        """Criteria that count; where it is 0 the level asks for nothing."""
        return self.passed + self.blocking


class Points(Struct, frozen=True):
    """What answers count for under a rule that counts points.

    `low` takes every open answer as the worst that the rubric offers, `high` as the best; `most` is what the best
    answers to all that applies would count for. Exact: comparing them to a threshold is no matter of rounding.
    """

    low: Fraction
    high: Fraction
    most: Fraction


class PrincipleScore(Struct, frozen=True):
    """The level of one principle for a case, as an interval, and how it came about.

    `level` takes every open answer as the worst there is, `at_most` as the best; both are level ids, None where
    every criterion is not applicable ("not rated"). `coverage` is the share (0..1) of applicable criteria with an
    achievement; 1 where none is applicable, since nothing is left to find out. `blocking` holds what could raise
    the level: under the staged rule what stands between it and the top, lowest level first, in the rubric's order;
    under the others every criterion that is not answered best, with the next level's id. `per_level` has, staged,
    one tally for every level above the lowest, else a single one whose `level` is empty. `points` is None where the
    rule counts none. `alike` names, under the choice rule, the levels that the picked description holds for, lowest
    first; empty where it is one alone.
    """

    principle: str
    level: str | None
    at_most: str | None
    coverage: float
    blocking: tuple[Blocking, ...]
    per_level: tuple[LevelTally, ...]
    points: Points | None = None
    alike: tuple[str, ...] = ()

    @property
    def rated(self) -> bool:
        """Whether any criterion is applicable."""
        return self.level is not None

    @property
    def certain(self) -> bool:
        """Whether open answers can no longer change the level."""
        return self.level == self.at_most

    @property
    def applicable(self) -> int:
        """The number of criteria that count."""
        return sum(tally.applicable for tally in self.per_level)

    @property
    def not_applicable(self) -> int:
        """The number of criteria left out."""
        return sum(tally.not_applicable for tally in self.per_level)

    @property
    def unknown(self) -> int:
        """The number of criteria answered "unknown"."""
        return sum(tally.unknown for tally in self.per_level)

    @property
    def withheld(self) -> int:
        """The number of criteria on which the answer was withheld."""
        return sum(tally.withheld for tally in self.per_level)

    @property
    def unanswered(self) -> int:
        """The number of criteria without any answer."""
        return sum(tally.unanswered for tally in self.per_level)

    @property
    def next_level(self) -> str | None:
        """The id of the level above the one reached; None on the top level and where not rated."""
        return self.blocking[0].level if self.blocking else None

    def blocking_at(self, level_id: str) -> tuple[Blocking, ...]:
        """What keeps one level from being reached, in the rubric's order."""
        return tuple(blocking for blocking in self.blocking if blocking.level == level_id)

    @property
    def next_blocking(self) -> tuple[Blocking, ...]:
        """What keeps the next level from being reached: where to start."""
        return tuple(blocking for blocking in self.blocking if blocking.level == self.next_level)


class Overall(Struct, frozen=True):
    """The overall level of a case as an interval, with the principles that hold it back.

    `level` follows from the rated principles' levels by the rubric's overall rule, `at_most` from their `at_most`;
    both None where no principle is rated, or the rubric has no overall level. `points` are the least, or the mean,
    of the principles' where the rubric counts them and takes that. `limiting` is the id of the principle with the
    lowest level, the earliest in the rubric where several tie, and `limiting_all` all that tie; None and
    empty where every rated principle is on the top level, or none is rated.
    """

    level: str | None
    at_most: str | None
    limiting: str | None
    limiting_all: tuple[str, ...]
    points: Points | None = None

    @property
    def certain(self) -> bool:
        """Whether open answers can no longer change the level."""
        return self.level == self.at_most


class CaseScore(Struct, frozen=True):
    """The scores of a case: each principle in the rubric's order, and overall."""

    principles: tuple[PrincipleScore, ...]
    overall: Overall

    def principle(self, principle_id: str) -> PrincipleScore:
        """The score of one principle; KeyError where the rubric has none such."""
        for score in self.principles:
            if score.principle == principle_id:
                return score
        raise KeyError(principle_id)

    @property
    def coverage(self) -> float:
        """The share (0..1) of all applicable criteria with an achievement; 1 where none is applicable."""
        applicable = sum(score.applicable for score in self.principles)
        known = sum(score.applicable * score.coverage for score in self.principles)
        return known / applicable if applicable else 1.0
