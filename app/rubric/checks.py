"""What a rubric must keep beyond the form of its fields: ids that are unique and lead somewhere."""

from collections.abc import Iterable, Iterator

from app.rubric.document import found, path_of
from app.rubric.structure import Criterion, Principle, Rubric
from app.rubric.wording import listed

Problem = tuple[str, str]
"""The path of what is wrong (`$.principles[0].criteria[2].level`) and the sentence about it."""


def problems(rubric: Rubric) -> Iterator[Problem]:
    """Everything that keeps a well-formed rubric from being used, in the order of the file's parts."""
    yield from _repeated("$.levels", "level", (level.id for level in rubric.levels))
    yield from _repeated("$.sources", "source", (source.id for source in rubric.sources))
    yield from _repeated("$.principles", "principle", (principle.id for principle in rubric.principles))
    seen: set[str] = set()
    for place, principle in enumerate(rubric.principles):
        path = f"$.principles[{place}]"
        yield from _described_levels(rubric, principle, path)
        for number, criterion in enumerate(principle.criteria):
            yield from _criterion(rubric, criterion, f"{path}.criteria[{number}]", seen)
        yield from _gated_levels(rubric, principle, path)


def _repeated(path: str, thing: str, ids: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, each in enumerate(ids):
        if each in seen:
            yield f"{path}[{place}].id", f"expected a {thing} id used once, found {found(each)} again"
        seen.add(each)


def _described_levels(rubric: Rubric, principle: Principle, path: str) -> Iterator[Problem]:
    known = tuple(level.id for level in rubric.levels)
    for level_id in principle.levels:
        if level_id not in known:
            yield (
                path_of(f"{path}.levels", level_id),
                f"expected {listed(known)} as level, found {found(level_id)}",
            )
    for level_id in known:
        if level_id not in principle.levels:
            yield f"{path}.levels", f'expected a sentence for the level "{level_id}", found none'


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
    if criterion.level not in known:
        yield f"{path}.level", f"expected {listed(known)} as level, found {found(criterion.level)}"
    elif criterion.level == known[0]:
        expected = f"expected {listed(known[1:])} as level"
        yield f"{path}.level", f'{expected}, found "{known[0]}", the lowest, which needs no criteria'


def _gated_levels(rubric: Rubric, principle: Principle, path: str) -> Iterator[Problem]:
    """A level nothing gates would be reached by everybody."""
    for level in rubric.levels[1:]:
        if not principle.criteria_for(level.id):
            yield (
                f"{path}.criteria",
                f'expected at least one criterion for the level "{level.id}", found none',
            )
