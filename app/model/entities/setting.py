"""Tables of what a study is about: the organisation, the site's policy, rounds, cases and people."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.model.entities.base import Day, Entity, Identified, Listed, Text, UtcTime, ZoneName, filled, to
from app.model.setting import Permission

ONLY_ROW = "only = 1"


class StudyRow(Identified, Entity):
    """The study itself; one row."""

    __tablename__ = "study"
    __table_args__ = (CheckConstraint(ONLY_ROW, name="one_row"), filled("title"), filled("organisation_name"))

    only: Mapped[int] = mapped_column(default=1, unique=True)
    title: Mapped[Text]
    organisation_name: Mapped[Text]
    organisation_sector: Mapped[Text]
    organisation_description: Mapped[Text]
    purpose: Mapped[Text]
    about: Mapped[Text]
    language: Mapped[Text]
    zone: Mapped[ZoneName]
    created_at: Mapped[UtcTime]


class SitePolicyRow(Identified, Entity):
    """What the site allows; one row."""

    __tablename__ = "site_policy"
    __table_args__ = (CheckConstraint(ONLY_ROW, name="one_row"),)

    only: Mapped[int] = mapped_column(default=1, unique=True)
    recording: Mapped[Permission]
    photographs: Mapped[Permission]
    laptops: Mapped[Permission]
    removable_media: Mapped[Permission]
    marking: Mapped[Text]
    conditions: Mapped[Text]


class RoundRow(Listed, Entity):
    """A wave of data collection."""

    __tablename__ = "rounds"
    __table_args__ = (filled("name"), CheckConstraint("ends >= starts", name="ends_after_it_starts"))

    name: Mapped[Text]
    purpose: Mapped[Text]
    starts: Mapped[Day | None]
    ends: Mapped[Day | None]


class CaseRow(Listed, Entity):
    """An ML project being assessed."""

    __tablename__ = "cases"
    __table_args__ = (filled("name"),)

    name: Mapped[Text]
    summary: Mapped[Text]
    ml_type: Mapped[Text]
    data_source: Mapped[Text]
    deployment: Mapped[Text]
    status: Mapped[Text]
    developed_by: Mapped[Text]


class AssessorRow(Listed, Entity):
    """A member of the team."""

    __tablename__ = "assessors"
    __table_args__ = (filled("name"),)

    name: Mapped[Text]
    affiliation: Mapped[Text]


class ParticipantRow(Listed, Entity):
    """Somebody interviewed."""

    __tablename__ = "participants"
    __table_args__ = (filled("pseudonym"), filled("role"))

    pseudonym: Mapped[Text]
    role: Mapped[Text]
    unit: Mapped[Text]
    broader_role: Mapped[Text]


class IdentityRow(Identified, Entity):
    """Who a participant is."""

    __tablename__ = "identities"
    __table_args__ = (filled("name"), UniqueConstraint("participant_id"))

    participant_id: Mapped[str] = to("participants.id", index=False)
    name: Mapped[str] = mapped_column(String)
    contact: Mapped[Text]
