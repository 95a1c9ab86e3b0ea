"""What a rubric is: levels, principles, what is asked of them, and the rule by which answers become levels."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final, Literal, TypeVar

from msgspec import Meta, Struct, field

MOST_LEVELS: Final = 10  # an answer that picks a level names its place with one digit

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$(?!\n)"  # Python's $ also matches before a last line break

VERSION_PATTERN = r"^[0-9]+(\.[0-9]+)*$(?!\n)"

NOT_BLANK = r"\S"

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
    title: Annotated[str, Meta(min_length=1, pattern=NOT_BLANK, description="Authors, title and where it appeared.")]
    year: Annotated[int, Meta(ge=1900, le=2999, description="Year of publication.")] | None = None
    url: Annotated[str, Meta(pattern=r"^https?://\S+$(?!\n)", description="Where it can be read.")] | None = None
    note: Annotated[str, Meta(min_length=1, pattern=NOT_BLANK, description="What was drawn from it.")] | None = None


class Level(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A step of maturity; under a rule that counts points, one of `above` and `at_least` says where it begins."""

    id: Id
    name: Annotated[
        str,
        Meta(min_length=1, max_length=24, pattern=NOT_BLANK, description="The word printed for the level."),
    ]
    summary: Annotated[
        str,
        Meta(min_length=1, pattern=NOT_BLANK, description="What a case on this level is like, in general."),
    ]
    above: Annotated[float, Meta(description="mean and points: the level begins above this figure.")] | None = None
    at_least: Annotated[float, Meta(description="mean and points: the level begins with this figure.")] | None = None

    @property
    def begins(self) -> tuple[float, bool] | None:
        """The figure it begins with, and whether only above that, so that these compare; None where none is given."""
        if self.above is not None:
            return self.above, True
        return None if self.at_least is None else (self.at_least, False)


class Given(StrEnum):
    """How far a criterion may be said to be achieved."""

    FULLY = "fully"
    LARGELY = "largely"
    PARTIALLY = "partially"
    NOT_ACHIEVED = "not"


class Offer(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An answer that a rubric offers, in its own words, and the points it counts for."""

    verdict: Annotated[Given, Meta(description="Which of the four achievements it is kept as.")]
    short: Annotated[
        str, Meta(min_length=1, max_length=12, pattern=NOT_BLANK, description="The word on a button or in a table.")
    ]
    label: Annotated[
        str, Meta(min_length=1, max_length=80, pattern=NOT_BLANK, description="What the answer says, in full.")
    ]
    points: Annotated[float, Meta(ge=0, le=1000, description="What it counts for; at most two decimals.")]


class Criterion(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A checkable statement on a principle; under the staged rule it gates a level."""

    id: Id
    level: Annotated[
        str,
        Meta(
            description="staged: id of the level this criterion gates; never the lowest, which everybody has.",
        ),
    ] = ""
    statement: Annotated[
        str,
        Meta(
            min_length=1,
            pattern=NOT_BLANK,
            description="One checkable sentence, worded so that 'fully achieved' is good.",
        ),
    ]
    evidence: Annotated[
        str,
        Meta(min_length=1, pattern=NOT_BLANK, description="What an assessor may be told, shown or given."),
    ]
    question: Annotated[
        str,
        Meta(min_length=1, pattern=NOT_BLANK, description="The open question that gets at it in an interview."),
    ]
    advice: Annotated[str, Meta(min_length=1, pattern=NOT_BLANK, description="The next step where it is not met.")]
    sources: Annotated[tuple[str, ...], Meta(description="Ids of the rubric's sources that call for it.")] = ()

    @property
    def name(self) -> str:
        """The id as words ("model rollback"), for sentences and narrow tables."""
        return self.id.replace("-", " ")


class Principle(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """An area of maturity, scored on its own."""

    id: Id
    name: Annotated[str, Meta(min_length=1, pattern=NOT_BLANK, description="The full name, for headings.")]
    short: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=24,
            pattern=NOT_BLANK,
            description="A name of at most 24 characters, for the heads of tables.",
        ),
    ]
    description: Annotated[str, Meta(min_length=1, pattern=NOT_BLANK, description="What the principle covers.")]
    levels: Annotated[
        Mapping[str, Annotated[str, Meta(min_length=1, pattern=NOT_BLANK)]],
        Meta(
            description="For each level's id, what characterises this principle there. A level left out is here like "
            "the one below it: it asks for no more (staged), or can't be told from it (choice)."
        ),
    ] = field(default_factory=dict)
    criteria: Annotated[
        tuple[Criterion, ...],
        Meta(
            min_length=1,
            description="What is asked. staged: every level described above the lowest has at least one. choice: "
            "exactly one, whose answer picks the level that is described best.",
        ),
    ]

    def told(self, rubric: "Rubric", level_id: str) -> str:
        """What characterises the principle on a level: its own words, else those of the level below; "" for none."""
        own = rubric.rank(level_id)
        described = [self.levels[level.id] for level in rubric.levels[: own + 1] if level.id in self.levels]
        return described[-1] if described else ""

    def criteria_for(self, level_id: str) -> tuple[Criterion, ...]:
        """The criteria that gate a level, in the rubric's order; empty where none does."""
        return tuple(criterion for criterion in self.criteria if criterion.level == level_id)


Rule = Literal["staged", "choice", "mean", "points"]
OverallRule = Literal["median", "minimum", "mean", "none"]


class Rubric(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A maturity model: what is asked and how answers become levels."""

    id: Id
    version: Annotated[
        str,
        Meta(
            pattern=VERSION_PATTERN,
            max_length=32,
            description="Numbers joined by dots, in quotes; raised whenever criteria change.",
        ),
    ]
    title: Annotated[str, Meta(min_length=1, pattern=NOT_BLANK, description="The title printed in reports.")]
    summary: Annotated[
        str, Meta(min_length=1, pattern=NOT_BLANK, description="What the rubric assesses, and for whom.")
    ]
    licence: Annotated[
        str,
        Meta(min_length=1, pattern=NOT_BLANK, description="SPDX id of the licence of the rubric's text."),
    ]
    licence_note: Annotated[
        str,
        Meta(description="Whose model it is, and under what terms that was published."),
    ] = ""
    rule: Annotated[
        Rule,
        Meta(
            description="How answers become a level. staged: a level is reached when every applicable criterion of it "
            "and of every lower level is at least largely achieved. choice: the level whose description was picked. "
            "mean: where the mean of the answers' points falls among the levels. points: where their sum falls."
        ),
    ]
    overall: Annotated[
        OverallRule,
        Meta(
            description="How the principles' levels become one. median: the middle one, of two middle ones the lower. "
            "minimum: the lowest. mean: under mean and points that of the principles' points, else that of their "
            "places, rounded down. none: there is no overall level. Always printed with the limiting principle."
        ),
    ]
    answers: Annotated[
        tuple[Offer, ...],
        Meta(description="The answers offered, best first; by default the four achievements of ISO/IEC 33020."),
    ] = ()
    levels: Annotated[
        tuple[Level, ...], Meta(min_length=2, max_length=MOST_LEVELS, description="The levels, lowest first.")
    ]
    principles: Annotated[
        tuple[Principle, ...], Meta(min_length=1, description="The principles, in the order they are asked.")
    ]
    sources: Annotated[tuple[Source, ...], Meta(description="What the rubric draws on.")] = ()
    language: Annotated[
        str,
        Meta(
            pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$(?!\n)",
            description="Language tag (BCP 47) of the rubric's text.",
        ),
    ] = "en"

    @property
    def counts_points(self) -> bool:
        """Whether its rule counts points."""
        return self.rule in ("mean", "points")

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
