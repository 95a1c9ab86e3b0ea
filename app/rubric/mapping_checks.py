"""What a mapping must keep beyond the form of its fields: nothing twice, and ids that lead into the two rubrics."""

from collections.abc import Iterator

from app.rubric.checks import Problem
from app.rubric.document import found
from app.rubric.mapping import MappingEntry, RubricMapping, known_as, steps
from app.rubric.structure import Given, Rubric
from app.rubric.wording import listed


def mapping_problems(mapping: RubricMapping) -> Iterator[Problem]:
    """Everything that is wrong with a well-formed mapping in itself, in the order of the file's parts."""
    seen: set[tuple[str, str, str]] = set()
    for place, entry in enumerate(mapping.entries):
        path = f"$.entries[{place}]"
        key = entry.to, entry.level, entry.at_least
        if key in seen:
            problem = f"expected one entry for a criterion and its levels, found {found(entry.to)} again"
            yield f"{path}.to", problem
        seen.add(key)
        yield from _repeated_sources(entry, path)


def _repeated_sources(entry: MappingEntry, path: str) -> Iterator[Problem]:
    for place, source in enumerate(entry.sources):
        if source in entry.sources[:place]:
            yield f"{path}.from[{place}]", f"expected each criterion once, found {found(source)} again"


def problems_between(mapping: RubricMapping, source: Rubric, target: Rubric) -> Iterator[Problem]:
    """Everything that keeps a mapping from being used between two rubrics, in the order of the file's parts."""
    named = (
        ("from", "id", mapping.source, known_as(source)),
        ("to", "id", mapping.target, known_as(target)),
        ("from_version", "version", mapping.source_version, (source.version,)),
        ("to_version", "version", mapping.target_version, (target.version,)),
    )
    for field, what, given, known in named:
        if given not in known:
            yield f"$.{field}", f'expected "{known[-1]}", the {what} of the rubric, as {field}, found {found(given)}'
    for place, entry in enumerate(mapping.entries):
        yield from _target_problems(entry, target, f"$.entries[{place}]")
        yield from _source_problems(entry, source, f"$.entries[{place}]")


def _target_problems(entry: MappingEntry, target: Rubric, path: str) -> Iterator[Problem]:
    if not _has(target, entry.to):
        yield f"{path}.to", f'expected the id of a criterion of "{target.id}" as to, found {found(entry.to)}'
    elif target.rule == "choice":
        yield from _level_problems(steps(target, entry.to), entry.level, path, "level")
        if entry.best is not Given.FULLY:
            yield f"{path}.best", f'expected no best answer, since levels of "{target.id}" are picked, found one'
    elif entry.level:
        yield f"{path}.level", f'expected no level, since none is picked in "{target.id}", found {found(entry.level)}'


def _source_problems(entry: MappingEntry, source: Rubric, path: str) -> Iterator[Problem]:
    strangers = [place for place, each in enumerate(entry.sources) if not _has(source, each)]
    for place in strangers:
        problem = f'expected the id of a criterion of "{source.id}", found {found(entry.sources[place])}'
        yield f"{path}.from[{place}]", problem
    if source.rule == "choice":
        for each in [] if strangers else entry.sources:
            yield from _level_problems(steps(source, each), entry.at_least, path, "at_least")
    elif entry.at_least:
        problem = f'expected no at_least, since no level is picked in "{source.id}", found {found(entry.at_least)}'
        yield f"{path}.at_least", problem


def _level_problems(known: tuple[str, ...], given: str, path: str, field: str) -> Iterator[Problem]:
    """A level that is picked has to be one that is described, and not the lowest, which everybody has."""
    if given not in known:
        expected = listed(known) if known else "no entry, since nothing tells the levels apart here,"
        yield f"{path}.{field}" if given else path, f"expected {expected} as {field}, found {found(given)}"


def _has(rubric: Rubric, criterion_id: str) -> bool:
    return any(criterion.id == criterion_id for criterion in rubric.criteria)
