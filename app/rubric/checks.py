"""What a rubric must keep beyond the form of its fields: ids that lead somewhere, and what its rule asks for."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import isfinite

from app.rubric.document import found, path_of
from app.rubric.structure import Criterion, Given, Level, Principle, Rubric
from app.rubric.wording import listed

Problem = tuple[str, str]
"""The path of what is wrong (`$.principles[0].criteria[2].level`) and the sentence about it."""


def problems(rubric: Rubric) -> Iterator[Problem]:
    """Everything that keeps a well-formed rubric from being used, in the order of the file's parts."""
    yield from _repeated("$.levels", "level", (level.id for level in rubric.levels))
    yield from _repeated("$.sources", "source", (source.id for source in rubric.sources))
    yield from _repeated("$.principles", "principle", (principle.id for principle in rubric.principles))
    yield from _thresholds(rubric)
    yield from _offers(rubric)
    seen: set[str] = set()
    for place, principle in enumerate(rubric.principles):
        path = f"$.principles[{place}]"
        yield from _described_levels(rubric, principle, path)
        for number, criterion in enumerate(principle.criteria):
            yield from _criterion(rubric, criterion, f"{path}.criteria[{number}]", seen)
        yield from _asked(rubric, principle, path)


def _thresholds(rubric: Rubric) -> Iterator[Problem]:
    """Under a rule that counts points every level above the lowest begins somewhere, each above the one before."""
    for place, level in enumerate(rubric.levels):
        given = [name for name in ("above", "at_least") if getattr(level, name) is not None]
        path = f"$.levels[{place}]"
        if (not rubric.counts_points or not place) and given:
            why = "the lowest begins with nothing" if rubric.counts_points else f'the rule is "{rubric.rule}"'
            yield f"{path}.{given[0]}", f"expected no figure where this level begins, since {why}, found one"
        elif rubric.counts_points and place and len(given) != 1:
            count = "both" if given else "none"
            yield path, f'expected one of "above" and "at_least" where this level begins, found {count}'
        for name in given:
            if not isfinite(getattr(level, name)):
                yield f"{path}.{name}", f"expected a number, found {getattr(level, name)}"
    if rubric.counts_points:
        yield from _rising(rubric.levels)


def _rising(levels: tuple[Level, ...]) -> Iterator[Problem]:
    """Of two levels that begin with the same figure, the one "above" it comes after the one "at least" there."""
    for place, (below, here) in enumerate(pairwise(level.begins for level in levels), 1):
        if below is not None and here is not None and here <= below:
            name = "above" if here[1] else "at_least"
            yield f"$.levels[{place}].{name}", f"expected more than where the level below begins, found {here[0]:g}"


def _offers(rubric: Rubric) -> Iterator[Problem]:
    if rubric.rule == "choice" and rubric.answers:
        yield "$.answers", 'expected no answers, since the rule is "choice" and levels are picked, found some'
    elif rubric.counts_points and len(rubric.answers) < 2:
        yield "$.answers" if rubric.answers else "$", "expected at least two answers with their points, found fewer"
    yield from _repeated_offers(rubric)
    for place, offer in enumerate(rubric.answers):
        if round(offer.points, 2) != offer.points:
            yield f"$.answers[{place}].points", f"expected points with at most two decimals, found {offer.points}"
    for place, (better, worse) in enumerate(pairwise(rubric.answers), 1):
        if rubric.counts_points and worse.points >= better.points:
            yield (
                f"$.answers[{place}].points",
                f"expected fewer points than the answer before has, found {worse.points:g}",
            )


def _repeated_offers(rubric: Rubric) -> Iterator[Problem]:
    order = list(Given)
    for place, (better, worse) in enumerate(pairwise(rubric.answers), 1):
        if order.index(worse.verdict) <= order.index(better.verdict):
            path = f"$.answers[{place}].verdict"
            yield path, f'expected a lower achievement than the answer before, found "{worse.verdict}"'


def _repeated(path: str, thing: str, ids: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, each in enumerate(ids):
        if each in seen:
            yield f"{path}[{place}].id", f"expected a {thing} id used once, found {found(each)} again"
        seen.add(each)


def _described_levels(rubric: Rubric, principle: Principle, path: str) -> Iterator[Problem]:
    """Only the rubric's levels are described, and the lowest is where levels are what is compared with."""
    known = tuple(level.id for level in rubric.levels)
    for level_id in principle.levels:
        if level_id not in known:
            yield (
                path_of(f"{path}.levels", level_id),
                f"expected {listed(known)} as level, found {found(level_id)}",
            )
    if not rubric.counts_points and known[0] not in principle.levels:
        place = f"{path}.levels" if principle.levels else path
        yield place, f'expected a sentence for the level "{known[0]}", found none'


def _criterion(rubric: Rubric, criterion: Criterion, path: str, seen: set[str]) -> Iterator[Problem]:
    if criterion.id in seen:
        yield (
            f"{path}.id",
            f"expected a criterion id used once in the rubric, found {found(criterion.id)} again",
        )
    seen.add(criterion.id)
    yield from _gate(rubric, criterion, path)
    known = {source.id for source in rubric.sources}
    for place, source_id in enumerate(criterion.sources):
        if source_id not in known:
            yield (
                f"{path}.sources[{place}]",
                f"expected the id of a source of the rubric, found {found(source_id)}",
            )


def _gate(rubric: Rubric, criterion: Criterion, path: str) -> Iterator[Problem]:
    known = tuple(level.id for level in rubric.levels)
    if rubric.rule != "staged":
        if criterion.level:
            yield (
                f"{path}.level",
                f'expected no level, since the rule is "{rubric.rule}", found {found(criterion.level)}',
            )
    elif criterion.level not in known:
        place = f"{path}.level" if criterion.level else path
        yield place, f"expected {listed(known)} as level, found {found(criterion.level)}"
    elif criterion.level == known[0]:
        expected = f"expected {listed(known[1:])} as level"
        yield f"{path}.level", f'{expected}, found "{known[0]}", the lowest, which needs no criteria'


def _asked(rubric: Rubric, principle: Principle, path: str) -> Iterator[Problem]:
    if rubric.rule == "staged":
        yield from _gated_levels(rubric, principle, path)
    elif rubric.rule == "choice" and len(principle.criteria) > 1:
        problem = "expected one criterion in a principle whose level is picked, found more"
        yield f"{path}.criteria[1]", problem


def _gated_levels(rubric: Rubric, principle: Principle, path: str) -> Iterator[Problem]:
    """A level that is described and gated by nothing would be reached by everybody; one left out asks for nothing."""
    for level in rubric.levels[1:]:
        gating = principle.criteria_for(level.id)
        if level.id in principle.levels and not gating:
            yield (
                f"{path}.criteria",
                f'expected at least one criterion for the level "{level.id}", found none',
            )
        elif gating and level.id not in principle.levels:
            yield f"{path}.levels", f'expected a sentence for the level "{level.id}", found none'
