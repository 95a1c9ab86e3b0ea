"""Which value is kept in which table: the one map that reading and writing a study both follow."""

from __future__ import annotations

import functools
import types
import typing
from dataclasses import dataclass
from typing import Any

import msgspec

from app.model import assessment, disclosure, evidence, setting, source

if typing.TYPE_CHECKING:
    from app.model.base import Thing


@dataclass(frozen=True)
class Column:
    """One field of a value and the column it is kept in; `table` is what a reference points into."""

    field: str
    name: str
    table: str | None
    is_bool: bool


@dataclass(frozen=True)
class Part:
    """A list inside a value, kept in a table of its own, in order.

    `type` is None for a plain list of keys. `natural` names the fields that tell two parts of one owner apart.
    `inherits` names columns copied from the owner's row.
    """

    field: str
    table: str
    owner: str
    natural: tuple[str, ...]
    type: type[Thing] | None = None
    inherits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """One kind of thing a study holds; `table` is its name in the document, the database and in `Changes`.

    A listed kind has a place in the study's own order; another is sorted by its `natural` fields, which tell two
    things of the kind apart.
    """

    table: str
    type: type[Thing]
    word: str
    natural: tuple[str, ...] = ("key",)
    parts: tuple[Part, ...] = ()

    @property
    def listed(self) -> bool:
        """Whether things of this kind stand in an order of the study's own."""
        return self.natural == ("key",)

    def sort_key(self, thing: Thing) -> tuple[Any, ...]:
        """Give what things of a kind without an order of the study's own are sorted by."""
        return tuple(getattr(thing, field) or "" for field in self.natural)


def _evidence(owner: str) -> Part:
    return Part("evidence", "evidence", owner, ("passage",), evidence.Evidence)


# In the order in which a study is written: what is referred to comes first.
KINDS: tuple[Kind, ...] = (
    Kind("rubrics", assessment.FrozenRubric, "rubric"),
    Kind("mappings", assessment.FrozenMapping, "mapping"),
    Kind("drafts", assessment.RubricDraft, "draft of a rubric"),
    Kind("rounds", setting.Round, "round"),
    Kind("cases", setting.Case, "case"),
    Kind("assessors", setting.Assessor, "assessor"),
    Kind("participants", setting.Participant, "participant"),
    Kind("identities", setting.Identity, "identity", ("participant",)),
    Kind("factors", assessment.Factor, "factor"),
    Kind("codes", evidence.Code, "code"),
    Kind(
        "guides",
        source.Guide,
        "guide",
        parts=(Part("questions", "questions", "guide_id", ("key",), source.Question),),
    ),
    Kind(
        "sources",
        source.Source,
        "source",
        parts=(
            Part("participants", "source_participants", "source_id", ("participant",)),
            Part("assessors", "source_assessors", "source_id", ("assessor",), source.Attendance),
            Part("cases", "source_cases", "source_id", ("case",)),
            Part("asked", "asked_questions", "source_id", ("question",), source.Asked),
            Part("entries", "entries", "source_id", ("key",), source.Entry),
            Part("originals", "originals", "source_id", ("key",), source.Original),
        ),
    ),
    Kind("versions", source.Version, "version", ("source", "line", "sitting")),
    Kind("sheets", source.PaperSheet, "sheet"),
    Kind("shorthands", source.Shorthand, "shorthand", ("short", "assessor")),
    Kind(
        "passages",
        evidence.Passage,
        "passage",
        parts=(Part("spans", "spans", "passage_id", ("entry", "start"), evidence.Span, inherits=("source_id",)),),
    ),
    Kind("codings", evidence.Coding, "coding", ("passage", "code", "assessor")),
    Kind(
        "double_codings",
        evidence.DoubleCoding,
        "double coding",
        parts=(
            Part("sources", "double_coding_sources", "double_coding_id", ("source",)),
            Part("coded", "coded", "double_coding_id", ("coder", "entry", "code"), evidence.Coded),
            Part("resolutions", "resolutions", "double_coding_id", ("entry", "code"), evidence.Resolution),
        ),
    ),
    Kind("follow_ups", source.FollowUp, "follow-up"),
    Kind(
        "answers",
        assessment.Answer,
        "answer",
        ("case", "round", "rubric", "criterion", "assessor"),
        (_evidence("answer_id"),),
    ),
    Kind(
        "ballots",
        assessment.Ballot,
        "ballot",
        ("case", "round", "rubric"),
        (Part("members", "ballot_members", "ballot_id", ("assessor",), assessment.BallotMember),),
    ),
    Kind(
        "consensus",
        assessment.Consensus,
        "consensus",
        ("case", "round", "rubric", "criterion"),
        (Part("dissents", "dissents", "consensus_id", ("assessor",), assessment.Dissent),),
    ),
    Kind("overrides", assessment.Override, "override", ("case", "round", "rubric", "principle")),
    Kind("targets", assessment.Target, "target", ("case", "rubric", "principle")),
    Kind("next_steps", assessment.NextStep, "next step"),
    Kind(
        "findings",
        assessment.Finding,
        "finding",
        ("case", "round", "rubric", "principle"),
        (_evidence("finding_id"),),
    ),
    Kind(
        "challenges",
        assessment.Challenge,
        "challenge",
        parts=(
            Part("cases", "challenge_cases", "challenge_id", ("case",)),
            _evidence("challenge_id"),
        ),
    ),
    Kind(
        "influences",
        assessment.Influence,
        "influence",
        ("factor", "round", "case"),
        (_evidence("influence_id"),),
    ),
    Kind(
        "reviews",
        assessment.Review,
        "review",
        parts=(Part("items", "review_items", "review_id", ("case", "rubric", "principle"), assessment.ReviewItem),),
    ),
    Kind("profiles", disclosure.Profile, "profile"),
    Kind("pseudonyms", disclosure.Pseudonym, "pseudonym"),
    Kind("allowances", disclosure.Allowance, "allowance", ("profile", "text")),
)

BY_TABLE = {kind.table: kind for kind in KINDS}
BY_TYPE: dict[type[Thing], Kind] = {kind.type: kind for kind in KINDS}
# A part's own table, and the kind it is read with.
PART_OWNER = {part.table: kind.table for kind in KINDS for part in kind.parts if part.table != "evidence"}
EVIDENCE_OWNER = {part.owner: kind.table for kind in KINDS for part in kind.parts if part.table == "evidence"}


@functools.cache
def columns(of: type[Thing]) -> tuple[Column, ...]:
    """List the columns a value's fields are kept in, without its id and its lists."""
    hints = typing.get_type_hints(of, include_extras=True)
    found = []
    for field in msgspec.structs.fields(of):
        hint = hints[field.name]
        if field.name == "id" or _is_list(hint):
            continue
        table = _refers_to(hint)
        name = f"{field.name}_id" if table else field.name
        found.append(Column(field.name, name, table, hint is bool or _inner(hint) is bool))
    return tuple(found)


def link_table(part: Part) -> str:
    """Name the table that a plain list of keys points into."""
    return f"{part.natural[0]}s"


def _inner(hint: object) -> object:
    return typing.get_args(hint)[0] if typing.get_origin(hint) is typing.Annotated else hint


def _is_list(hint: object) -> bool:
    return typing.get_origin(_inner(hint)) is tuple


def _refers_to(hint: object) -> str | None:
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return next((table for arm in typing.get_args(hint) if (table := _refers_to(arm))), None)
    for note in getattr(hint, "__metadata__", ()):
        if isinstance(note, msgspec.Meta) and note.extra and "table" in note.extra:
            return str(note.extra["table"])
    return _refers_to(_inner(hint)) if typing.get_origin(hint) is typing.Annotated else None
