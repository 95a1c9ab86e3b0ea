"""Tables of the rubrics and mappings a study has frozen, the names of rubrics' parts, and drafts of rubrics."""

from __future__ import annotations

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.model.entities.base import Entity, Identified, Listed, Text, filled, same_rubric, to


class RubricRow(Identified, Entity):
    """A rubric's full text, as this study uses it."""

    __tablename__ = "rubrics"
    __table_args__ = (filled("text"), filled("version"))

    key: Mapped[str] = mapped_column(unique=True)
    position: Mapped[float]
    version: Mapped[Text]
    text: Mapped[Text]


class LevelRow(Identified, Entity):
    """A level of a frozen rubric."""

    __tablename__ = "rubric_levels"
    __table_args__ = (UniqueConstraint("rubric_id", "key"), UniqueConstraint("rubric_id", "id"))

    rubric_id: Mapped[str] = to("rubrics.id", index=False)
    key: Mapped[Text]
    position: Mapped[float]


class PrincipleRow(Identified, Entity):
    """A principle of a frozen rubric."""

    __tablename__ = "rubric_principles"
    __table_args__ = (UniqueConstraint("rubric_id", "key"), UniqueConstraint("rubric_id", "id"))

    rubric_id: Mapped[str] = to("rubrics.id", index=False)
    key: Mapped[Text]
    position: Mapped[float]


class CriterionRow(Identified, Entity):
    """A criterion of a frozen rubric."""

    __tablename__ = "rubric_criteria"
    __table_args__ = (
        UniqueConstraint("rubric_id", "key"),
        UniqueConstraint("rubric_id", "id"),
        same_rubric("principle", "rubric_principles"),
    )

    rubric_id: Mapped[str] = to("rubrics.id", index=False)
    principle_id: Mapped[str] = mapped_column(String(36), index=True)
    key: Mapped[Text]
    position: Mapped[float]


class MappingRow(Listed, Entity):
    """A mapping's full text, as this study uses it."""

    __tablename__ = "mappings"
    __table_args__ = (filled("text"),)

    text: Mapped[Text]


class DraftRow(Listed, Entity):
    """A copy of a rubric being edited."""

    __tablename__ = "drafts"
    __table_args__ = (filled("title"),)

    title: Mapped[Text]
    based_on: Mapped[Text]
    text: Mapped[Text]
