"""The challenges of a round across the cases: how many cases each showed in, where, and on what it rests."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from app.analysis.overview import where_it_showed
from app.analysis.todo import count
from app.model.assessment import Challenge
from app.model.setting import Case
from app.rubric.structure import Principle

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.analysis.chain import Chain


class Order(StrEnum):
    """How challenges are listed: under their principles, or those of most cases first."""

    PRINCIPLE = "principle"
    FREQUENCY = "frequency"


class Faced(Struct, frozen=True):
    """A challenge and how often it was met.

    `cases` are those it showed in, of `of` in the study; all of them where it is `everywhere`, of the organisation.
    `links` counts the passages it rests on, `sources` what these are from.
    """

    challenge: Challenge
    principle: Principle
    cases: tuple[Case, ...]
    of: int
    everywhere: bool
    links: int
    sources: int

    @property
    def share(self) -> float:
        """The share (0..1) of the study's cases; 0 in a study without."""
        return len(self.cases) / self.of if self.of else 0.0

    @property
    def where(self) -> str:
        """Where it showed: "ML-P1 and ML-P2", "across all cases"."""
        return where_it_showed([case.name for case in self.cases], self.of, everywhere=self.everywhere)

    @property
    def frequency(self) -> str:
        """How many cases that is: "2 of 3 cases"."""
        return f"{len(self.cases)} of {count(self.of, 'case', 'cases')}"


def faced(chain: Chain, order: Order = Order.PRINCIPLE) -> tuple[Faced, ...]:
    """List the challenges of the round assessed; alike frequent ones stay in the order of the rubric and the study."""
    found = tuple(_faced(chain, each) for each in chain.challenges)
    if order is Order.PRINCIPLE:
        return found
    return tuple(sorted(found, key=lambda each: -len(each.cases)))


def by_principle(found: Iterable[Faced], principles: Sequence[Principle]) -> tuple[tuple[Principle, list[Faced]], ...]:
    """Put challenges under the principles that have any, in the rubric's order."""
    groups: dict[str, list[Faced]] = {principle.id: [] for principle in principles}
    for each in found:
        groups[each.principle.id].append(each)
    return tuple((principle, groups[principle.id]) for principle in principles if groups[principle.id])


def _faced(chain: Chain, challenge: Challenge) -> Faced:
    cases = chain.document.cases
    showed = tuple(case for case in cases if not challenge.cases or case.key in challenge.cases)
    sources = {chain.words.source(link.passage) for link in challenge.evidence}
    principle = chain.assessment.rubric.principle(challenge.principle)
    return Faced(challenge, principle, showed, len(cases), not challenge.cases, len(challenge.evidence), len(sources))
