"""What a mapping between two rubrics is: which answers to the one propose an answer to the other."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct

from app.rubric.structure import ID_PATTERN, NOT_BLANK, VERSION_PATTERN, Criterion, Given, Id, Rubric


class MappingEntry(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True, rename={"sources": "from"}
):
    """The answers that propose one answer; where several entries lead to the same, all of them have a say."""

    to: Annotated[
        str, Meta(pattern=ID_PATTERN, max_length=64, description="Id of the criterion an answer is proposed to.")
    ]
    sources: Annotated[
        tuple[Annotated[str, Meta(pattern=ID_PATTERN, max_length=64)], ...],
        Meta(min_length=1, description="Ids of the criteria whose answers are taken together."),
    ]
    level: Annotated[
        str, Meta(description="Where levels are picked: id of the level that is reached when all of them are.")
    ] = ""
    at_least: Annotated[
        str,
        Meta(description="Where they are levels picked: id of the level from which on they count as fully achieved."),
    ] = ""
    best: Annotated[
        Given, Meta(description="The best answer proposed, where those answers can show no more than that.")
    ] = Given.FULLY
    note: Annotated[
        str, Meta(min_length=1, pattern=NOT_BLANK, description="Why the meaning carries, in one or two sentences.")
    ]


class RubricMapping(
    Struct,
    frozen=True,
    forbid_unknown_fields=True,
    kw_only=True,
    omit_defaults=True,
    rename={"source": "from", "target": "to", "source_version": "from_version", "target_version": "to_version"},
):
    """How answers in one rubric propose answers in another; they stay proposals until somebody takes them over."""

    id: Id
    source: Annotated[
        str, Meta(pattern=ID_PATTERN, max_length=64, description="Id of the rubric that has the answers.")
    ]
    target: Annotated[
        str, Meta(pattern=ID_PATTERN, max_length=64, description="Id of the rubric that answers are proposed in.")
    ]
    source_version: Annotated[
        str,
        Meta(
            pattern=VERSION_PATTERN, max_length=32, description="The version of that rubric it was made for, in quotes."
        ),
    ]
    target_version: Annotated[
        str,
        Meta(
            pattern=VERSION_PATTERN, max_length=32, description="The version of this rubric it was made for, in quotes."
        ),
    ]
    licence: Annotated[
        str, Meta(min_length=1, pattern=NOT_BLANK, description="SPDX id of the licence of the mapping's text.")
    ]
    note: Annotated[
        str, Meta(min_length=1, pattern=NOT_BLANK, description="What carries over, what does not, and why.")
    ]
    entries: Annotated[tuple[MappingEntry, ...], Meta(min_length=1, description="What proposes what.")]

    def entries_for(self, criterion_id: str) -> tuple[MappingEntry, ...]:
        """The entries that lead to a criterion, in the file's order; empty where nothing is proposed to it."""
        return tuple(entry for entry in self.entries if entry.to == criterion_id)

    @property
    def sources_used(self) -> frozenset[str]:
        """The ids of the criteria whose answers propose anything."""
        return frozenset(source for entry in self.entries for source in entry.sources)

    @property
    def targets_reached(self) -> frozenset[str]:
        """The ids of the criteria that something is proposed to."""
        return frozenset(entry.to for entry in self.entries)


def known_as(rubric: Rubric) -> tuple[str, ...]:
    """The ids a rubric goes by: its own, and without the version, which a study adds to tell it from another one."""
    return tuple(dict.fromkeys((rubric.id, rubric.id.removesuffix(f"-{rubric.version}"))))


def identity_mapping(old: Rubric, new: Rubric) -> RubricMapping:
    """The mapping between two versions of a rubric: what is asked alike in both carries over as it is.

    Alike means the same id and statement, and where levels are picked the same descriptions of them, too. It may have
    no entry at all.
    """
    before = {criterion.id: criterion for criterion in old.criteria}
    entries = (
        entry
        for criterion in new.criteria
        if criterion.id in before and _alike(old, before[criterion.id], new, criterion)
        for entry in _kept(new, criterion.id)
    )
    return RubricMapping(
        id="identity",
        source=old.id,
        target=new.id,
        source_version=old.version,
        target_version=new.version,
        licence=new.licence,
        note="What both versions ask in the same words.",
        entries=tuple(entries),
    )


def _alike(old: Rubric, before: Criterion, new: Rubric, after: Criterion) -> bool:
    if before.statement != after.statement:
        return False
    picked = "choice" in (old.rule, new.rule)
    return not picked or (old.rule == new.rule and _options(old, before.id) == _options(new, after.id))


def _options(rubric: Rubric, criterion_id: str) -> list[tuple[str, str]]:
    """What can be picked under a criterion: the ids of levels with their descriptions, lowest first."""
    described = rubric.principle_of(criterion_id).levels
    return [(level.id, described.get(level.id, "")) for level in rubric.levels]


def _kept(rubric: Rubric, criterion_id: str) -> Iterator[MappingEntry]:
    note = "Asked in the same words."
    if rubric.rule != "choice":
        yield MappingEntry(to=criterion_id, sources=(criterion_id,), note=note)
        return
    for level_id in steps(rubric, criterion_id):
        yield MappingEntry(to=criterion_id, sources=(criterion_id,), level=level_id, at_least=level_id, note=note)


def steps(rubric: Rubric, criterion_id: str) -> tuple[str, ...]:
    """The levels that can be told from the one below where a level is picked, by id and lowest first.

    The lowest is not among them: everybody has it.
    """
    described = rubric.principle_of(criterion_id).levels
    return tuple(level.id for level in rubric.levels[1:] if level.id in described)
