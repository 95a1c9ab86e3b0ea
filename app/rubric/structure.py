"""What a rubric is: levels, principles and the criteria that gate the levels."""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar

from msgspec import Meta, Struct

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$(?!\n)"  # Python's $ also matches before a last line break

_NOT_BLANK = r"\S"

Id = Annotated[
    str,
    Meta(
        pattern=ID_PATTERN,
        max_length=64,
        description="Lower-case words joined by hyphens. Answers refer to it, so it never changes.",
    ),
]


class Source(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A publication a rubric draws on."""

    id: Id
    title: Annotated[str, Meta(min_length=1, pattern=_NOT_BLANK, description="Authors, title and where it appeared.")]
    year: Annotated[int, Meta(ge=1900, le=2999, description="Year of publication.")] | None = None
    url: Annotated[str, Meta(pattern=r"^https?://\S+$(?!\n)", description="Where it can be read.")] | None = None
    note: Annotated[str, Meta(min_length=1, pattern=_NOT_BLANK, description="What was drawn from it.")] | None = None


class Level(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A step of maturity."""

    id: Id
    name: Annotated[
        str,
        Meta(min_length=1, max_length=24, pattern=_NOT_BLANK, description="The word printed for the level."),
    ]
    summary: Annotated[
        str,
        Meta(min_length=1, pattern=_NOT_BLANK, description="What a case on this level is like, in general."),
    ]


class Criterion(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A checkable statement that gates a level of a principle."""

    id: Id
    level: Annotated[
        str,
        Meta(
            min_length=1,
            description="Id of the level this criterion gates; never the lowest, which everybody has.",
        ),
    ]
    statement: Annotated[
        str,
        Meta(
            min_length=1,
            pattern=_NOT_BLANK,
            description="One checkable sentence, worded so that 'fully achieved' is good.",
        ),
    ]
    evidence: Annotated[
        str,
        Meta(min_length=1, pattern=_NOT_BLANK, description="What an assessor may be told, shown or given."),
    ]
    question: Annotated[
        str,
        Meta(min_length=1, pattern=_NOT_BLANK, description="The open question that gets at it in an interview."),
    ]
    advice: Annotated[str, Meta(min_length=1, pattern=_NOT_BLANK, description="The next step where it is not met.")]
    sources: Annotated[tuple[str, ...], Meta(description="Ids of the rubric's sources that call for it.")] = ()

    @property
    def name(self) -> str:
        """The id as words ("model rollback"), for sentences and narrow tables."""
        return self.id.replace("-", " ")


class Principle(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An area of maturity, scored on its own."""

    id: Id
    name: Annotated[str, Meta(min_length=1, pattern=_NOT_BLANK, description="The full name, for headings.")]
    short: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=24,
            pattern=_NOT_BLANK,
            description="A name of at most 24 characters, for the heads of tables.",
        ),
    ]
    description: Annotated[str, Meta(min_length=1, pattern=_NOT_BLANK, description="What the principle covers.")]
    levels: Annotated[
        Mapping[str, Annotated[str, Meta(min_length=1, pattern=_NOT_BLANK)]],
        Meta(description="For each level's id, what characterises this principle there."),
    ]
    criteria: Annotated[
        tuple[Criterion, ...],
        Meta(min_length=1, description="What is asked; every level above the lowest has at least one."),
    ]

    def criteria_for(self, level_id: str) -> tuple[Criterion, ...]:
        """The criteria that gate a level, in the rubric's order; empty where none does."""
        return tuple(criterion for criterion in self.criteria if criterion.level == level_id)


class Rubric(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A maturity model: what is asked and how answers become levels."""

    id: Id
    version: Annotated[
        str,
        Meta(
            pattern=r"^[0-9]+(\.[0-9]+)*$",
            max_length=32,
            description="Numbers joined by dots, in quotes; raised whenever criteria change.",
        ),
    ]
    title: Annotated[str, Meta(min_length=1, pattern=_NOT_BLANK, description="The title printed in reports.")]
    summary: Annotated[
        str, Meta(min_length=1, pattern=_NOT_BLANK, description="What the rubric assesses, and for whom.")
    ]
    licence: Annotated[
        str,
        Meta(min_length=1, pattern=_NOT_BLANK, description="SPDX id of the licence of the rubric's text."),
    ]
    rule: Annotated[
        Literal["staged"],
        Meta(
            description="How answers become a level. staged: a level is reached when every applicable "
            "criterion of it and of every lower level is at least largely achieved."
        ),
    ]
    overall: Annotated[
        Literal["median"],
        Meta(
            description="How the principles' levels become one. median: the middle one, of two middle "
            "ones the lower, always printed with the limiting principle."
        ),
    ]
    levels: Annotated[tuple[Level, ...], Meta(min_length=2, description="The levels, lowest first.")]
    principles: Annotated[
        tuple[Principle, ...], Meta(min_length=1, description="The principles, in the order they are asked.")
    ]
    sources: Annotated[tuple[Source, ...], Meta(description="What the rubric draws on.")] = ()
    language: Annotated[
        str,
        Meta(
            pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
            description="Language tag (BCP 47) of the rubric's text.",
        ),
    ] = "en"

    def level(self, level_id: str) -> Level:
        """The level with an id; KeyError where there is none."""
        return _by_id(self.levels, level_id)

    def rank(self, level_id: str) -> int:
        """The place of a level, 0 for the lowest; KeyError where there is none."""
        for place, level in enumerate(self.levels):
            if level.id == level_id:
                return place
        raise KeyError(level_id)

    def principle(self, principle_id: str) -> Principle:
        """The principle with an id; KeyError where there is none."""
        return _by_id(self.principles, principle_id)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria, principle by principle."""
        return tuple(criterion for principle in self.principles for criterion in principle.criteria)

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion with an id; KeyError where there is none."""
        return _by_id(self.criteria, criterion_id)

    def principle_of(self, criterion_id: str) -> Principle:
        """The principle a criterion belongs to; KeyError where there is no such criterion."""
        for principle in self.principles:
            if any(criterion.id == criterion_id for criterion in principle.criteria):
                return principle
        raise KeyError(criterion_id)


Part = TypeVar("Part", Level, Principle, Criterion)


def _by_id(parts: tuple[Part, ...], part_id: str) -> Part:
    for part in parts:
        if part.id == part_id:
            return part
    raise KeyError(part_id)
