"""The base of every value in a study, and the field types they share."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

END = r"$(?!\n)"  # the very end: in Python a bare $ also matches before a last line break

Key = Annotated[
    str,
    Meta(
        pattern=rf"^[a-z0-9](?:[a-z0-9.-]{{0,62}}[a-z0-9])?{END}",
        description="Short readable name, unique among things of its kind; other parts of the study refer to it.",
    ),
]
Name = Annotated[str, Meta(min_length=1, max_length=200, description="One line for people to read.")]
Utc = Annotated[datetime, Meta(tz=True, description="A time with its offset; kept in UTC.")]
Zone = Annotated[str, Meta(min_length=1, max_length=64, description="IANA time zone the time was read in.")]


def reference(table: str) -> Meta:
    """Mark a field as the key of a thing kept in `table`."""
    return Meta(description=f"Key of one of the {table.replace('_', ' ')}.", extra={"table": table})


RubricRef = Annotated[str, reference("rubrics")]
PrincipleRef = Annotated[str, reference("rubric_principles")]
CriterionRef = Annotated[str, reference("rubric_criteria")]
LevelRef = Annotated[str, reference("rubric_levels")]
RoundRef = Annotated[str, reference("rounds")]
CaseRef = Annotated[str, reference("cases")]
AssessorRef = Annotated[str, reference("assessors")]
ParticipantRef = Annotated[str, reference("participants")]
GuideRef = Annotated[str, reference("guides")]
QuestionRef = Annotated[str, reference("questions")]
SourceRef = Annotated[str, reference("sources")]
EntryRef = Annotated[str, reference("entries")]
PassageRef = Annotated[str, reference("passages")]
CodeRef = Annotated[str, reference("codes")]
FactorRef = Annotated[str, reference("factors")]


class Value(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """A frozen part of a study; equal when all its fields are."""


class Thing(Value, frozen=True, kw_only=True):
    """A value with an identity of its own: it is stored in a row, and keeps its id through export and import."""

    id: Annotated[
        UUID | None,
        Meta(description="Identity across copies of the study; made from the key when a document leaves it out."),
    ] = None


class Keyed(Thing, frozen=True, kw_only=True):
    """A thing that others refer to by its key."""

    key: Key
