"""How much speaks for and against a judgement, by the weight of evidence; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from app.model.evidence import Stance, Weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.analysis.assessment import JudgedPrinciple
    from app.model.evidence import Evidence


class Weighed(Struct, frozen=True):
    """Passages counted by weight, every weight among them, those that speak for and those that speak against."""

    supports: Mapping[Weight, int]
    contradicts: Mapping[Weight, int]

    @property
    def total(self) -> int:
        """How many there are on both sides."""
        return sum(self.supports.values()) + sum(self.contradicts.values())

    @property
    def most(self) -> int:
        """How many the longer side has."""
        return max(sum(self.supports.values()), sum(self.contradicts.values()))


def weigh(links: Iterable[Evidence]) -> Weighed:
    """Count evidence; a passage counts once on a side for each weight, however many judgements rest on it."""
    found = Counter((weight, stance) for _, weight, stance in {(e.passage, e.weight, e.stance) for e in links})

    def side(stance: Stance) -> dict[Weight, int]:
        return {weight: found[weight, stance] for weight in Weight}

    return Weighed(side(Stance.SUPPORTS), side(Stance.CONTRADICTS))


def under(judged: JudgedPrinciple) -> Iterator[Evidence]:
    """List what a principle of a case rests on: its finding's evidence, then that of all answers."""
    if judged.finding is not None:
        yield from judged.finding.evidence
    for criterion in judged.criteria:
        for answer in criterion.answers:
            yield from answer.evidence
