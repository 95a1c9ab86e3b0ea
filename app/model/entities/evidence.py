"""Tables from notes to evidence: passages, the codebook, codings, and links to what rests on them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.model.entities.base import Entity, Identified, Listed, Text, UtcTime, filled, same_rubric, to, together
from app.model.evidence import About, Stance, Theme, Weight


class PassageRow(Listed, Entity):
    """A span of a source's notes; with no spans left it is orphaned, and its words are all that stays."""

    __tablename__ = "passages"
    __table_args__ = (filled("words"), UniqueConstraint("source_id", "id"))

    source_id: Mapped[str] = to("sources.id", index=False)
    words: Mapped[Text]


class SpanRow(Identified, Entity):
    """A stretch of one entry, in code points; entry and passage are of the same source."""

    __tablename__ = "spans"
    __table_args__ = (
        CheckConstraint("start >= 0 AND start < end", name="not_empty"),
        UniqueConstraint("passage_id", "entry_id", "start"),
        together(["source_id", "passage_id"], ["passages.source_id", "passages.id"]),
        together(["source_id", "entry_id"], ["entries.source_id", "entries.id"]),
    )

    source_id: Mapped[str] = to("sources.id")
    passage_id: Mapped[str]
    entry_id: Mapped[str] = mapped_column(index=True)
    start: Mapped[int]
    end: Mapped[int]
    whole: Mapped[bool] = mapped_column(default=False)
    position: Mapped[float]


class CodeRow(Listed, Entity):
    """A label of the codebook."""

    __tablename__ = "codes"
    __table_args__ = (
        filled("name"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        CheckConstraint("principle_id IS NULL OR rubric_id IS NOT NULL", name="part_has_rubric"),
        same_rubric("principle", "rubric_principles"),
    )

    name: Mapped[Text]
    parent_id: Mapped[str] = to("codes.id", optional=True)
    definition: Mapped[Text]
    use_when: Mapped[Text]
    avoid_when: Mapped[Text]
    colour: Mapped[Text]
    theme: Mapped[Theme]
    about: Mapped[About | None]
    rubric_id: Mapped[str] = to("rubrics.id", optional=True)
    principle_id: Mapped[str | None]
    factor_id: Mapped[str] = to("factors.id", optional=True)


class CodingRow(Identified, Entity):
    """A code put on a passage by an assessor."""

    __tablename__ = "codings"
    __table_args__ = (UniqueConstraint("passage_id", "code_id", "assessor_id"),)

    passage_id: Mapped[str] = to("passages.id", index=False)
    code_id: Mapped[str] = to("codes.id")
    assessor_id: Mapped[str] = to("assessors.id")
    case_id: Mapped[str] = to("cases.id", optional=True)
    memo: Mapped[Text]
    made_at: Mapped[UtcTime | None]


class EvidenceRow(Identified, Entity):
    """A passage that exactly one judgement rests on."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint(
            "(answer_id IS NOT NULL) + (finding_id IS NOT NULL) + (challenge_id IS NOT NULL)"
            " + (influence_id IS NOT NULL) = 1",
            name="one_owner",
        ),
        UniqueConstraint("answer_id", "passage_id"),
        UniqueConstraint("finding_id", "passage_id"),
        UniqueConstraint("challenge_id", "passage_id"),
        UniqueConstraint("influence_id", "passage_id"),
    )

    answer_id: Mapped[str] = to("answers.id", optional=True, index=False)
    finding_id: Mapped[str] = to("findings.id", optional=True, index=False)
    challenge_id: Mapped[str] = to("challenges.id", optional=True, index=False)
    influence_id: Mapped[str] = to("influences.id", optional=True, index=False)
    passage_id: Mapped[str] = to("passages.id")
    weight: Mapped[Weight]
    stance: Mapped[Stance]
    reference: Mapped[Text]
    note: Mapped[Text]
    words: Mapped[Text]
    position: Mapped[float]


class DoubleCodingRow(Listed, Entity):
    """Two assessors' coding of the same sources, blind until both are done."""

    __tablename__ = "double_codings"
    __table_args__ = (CheckConstraint("first_id <> second_id", name="two_coders"),)

    first_id: Mapped[str] = to("assessors.id")
    second_id: Mapped[str] = to("assessors.id")
    begun_at: Mapped[UtcTime | None]
    first_done_at: Mapped[UtcTime | None]
    second_done_at: Mapped[UtcTime | None]


class DoubleCodingSourceRow(Identified, Entity):
    """A source that two assessors code."""

    __tablename__ = "double_coding_sources"
    __table_args__ = (UniqueConstraint("double_coding_id", "source_id"),)

    double_coding_id: Mapped[str] = to("double_codings.id", index=False)
    source_id: Mapped[str] = to("sources.id")
    position: Mapped[float]


class CodedRow(Identified, Entity):
    """A code on a line, as it was when its coder was done."""

    __tablename__ = "coded"
    __table_args__ = (UniqueConstraint("double_coding_id", "coder_id", "entry_id", "code_id"),)

    double_coding_id: Mapped[str] = to("double_codings.id", index=False)
    coder_id: Mapped[str] = to("assessors.id")
    entry_id: Mapped[str] = to("entries.id")
    code_id: Mapped[str] = to("codes.id")
    position: Mapped[float]


class ResolutionRow(Identified, Entity):
    """What two coders agreed on for a code on a line."""

    __tablename__ = "resolutions"
    __table_args__ = (UniqueConstraint("double_coding_id", "entry_id", "code_id"), filled("reason"))

    double_coding_id: Mapped[str] = to("double_codings.id", index=False)
    entry_id: Mapped[str] = to("entries.id")
    code_id: Mapped[str] = to("codes.id")
    applies: Mapped[bool]
    reason: Mapped[Text]
    by_id: Mapped[str] = to("assessors.id", optional=True)
    decided_at: Mapped[UtcTime | None]
    position: Mapped[float]
