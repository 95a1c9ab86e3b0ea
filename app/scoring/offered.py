"""What a rubric lets one answer to a criterion: each answer with its key, its words and its points."""

from functools import lru_cache

from msgspec.structs import replace

from app.rubric import Level, Principle, Rubric
from app.scoring.choice import options
from app.scoring.scale import ACHIEVEMENTS, PICKS, SCALE, Step, Verdict, is_achievement, step


class Answers:
    """The answers offered on the criteria of one principle, in the order in which they are shown."""

    def __init__(self, rubric: Rubric, principle: Principle) -> None:
        self.steps: tuple[Step, ...] = (*_told(rubric, principle), *_OTHERS)
        self._by_key = {each.key: each.verdict for each in self.steps}
        self._steps = {each.verdict: each for each in self.steps}
        for option in options(rubric, principle) if rubric.rule == "choice" else ():
            for level in option:
                self._steps[PICKS[rubric.rank(level.id)]] = self._steps[_pick(rubric, option)]
        told = [each.verdict for each in self.steps if is_achievement(each.verdict)]
        best_first = told if rubric.rule != "choice" else told[::-1]
        self._ranks = {verdict: rank for rank, verdict in enumerate(reversed(best_first))}

    def by_key(self, key: str) -> Verdict | None:
        """The answer a key gives (capitals too), None for any other key."""
        return self._by_key.get(key.lower())

    def step(self, verdict: Verdict) -> Step:
        """Key and words of an answer; without the rubric's own words where it does not offer it."""
        return self._steps.get(verdict) or step(verdict)

    def label(self, verdict: Verdict | None) -> str:
        """The words for an answer, "Unanswered" where there is none."""
        return "Unanswered" if verdict is None else self.step(verdict).label

    def offers(self, verdict: Verdict) -> bool:
        """Whether the rubric lets one answer so."""
        return verdict in self._steps

    def rank(self, verdict: Verdict | None) -> int | None:
        """The place of an answer among those that say how far, from 0 for the worst; None for all others."""
        found = self._steps.get(verdict) if verdict is not None else None
        return None if found is None else self._ranks.get(found.verdict)

    @property
    def best(self) -> Verdict:
        """The best answer there is."""
        return max(self._ranks, key=lambda verdict: self._ranks[verdict])


@lru_cache(maxsize=512)
def _cached(key: "_Same") -> Answers:
    return Answers(key.rubric, key.principle)


class _Same:
    """A rubric and a principle of it as one and the same thing, not as equal ones: rubrics can't be hashed."""

    def __init__(self, rubric: Rubric, principle: Principle) -> None:
        self.rubric, self.principle = rubric, principle

    def __hash__(self) -> int:
        return hash((id(self.rubric), id(self.principle)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.rubric is other.rubric and self.principle is other.principle


def answers(rubric: Rubric, principle: Principle) -> Answers:
    """The answers offered on the criteria of a principle."""
    return _cached(_Same(rubric, principle))


def answers_to(rubric: Rubric, criterion: str) -> Answers:
    """The answers offered on a criterion; KeyError where the rubric has none such."""
    return answers(rubric, rubric.principle_of(criterion))


def word_of(step: Step) -> str:
    """The word for an answer within a sentence: in short, "Largely", but a level that was picked by its name."""
    return step.label if step.verdict in PICKS else step.short


_OTHERS = tuple(each for each in SCALE if each.verdict not in ACHIEVEMENTS)


def _told(rubric: Rubric, principle: Principle) -> tuple[Step, ...]:
    """The answers that say how far: levels lowest first, achievements best first."""
    if rubric.rule == "choice":
        return tuple(_picking(rubric, option) for option in options(rubric, principle))
    if not rubric.answers:
        return tuple(each for each in SCALE if each.verdict in ACHIEVEMENTS)
    return tuple(
        replace(step(Verdict(offer.verdict.value)), key=str(place), short=offer.short, label=offer.label,
                over=None, up_to=None, points=offer.points)
        for place, offer in enumerate(rubric.answers, 1)
    )  # fmt: skip


def _picking(rubric: Rubric, option: tuple[Level, ...]) -> Step:
    """Such as "2-3" and "Level 2 or 3": where levels are alike the answer names the first and the last."""
    first, last = option[0], option[-1]
    low, high = rubric.rank(first.id), rubric.rank(last.id)
    short = str(low) if low == high else f"{low}\N{EN DASH}{high}"
    label = first.name if low == high else f"{first.name} to {last.name}, alike here"
    return Step(_pick(rubric, option), str(low), short, label)


def _pick(rubric: Rubric, option: tuple[Level, ...]) -> Verdict:
    """The answer kept for an option: the highest level that it holds for, as which it counts."""
    return PICKS[rubric.rank(option[-1].id)]
