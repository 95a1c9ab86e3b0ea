"""Tables of what a report may show: profiles, the names that stay inside, what was let pass, and its setup."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.model.disclosure import Dates, NameKind, Paper, Quotations, ReportFormat, Stage
from app.model.entities.base import Entity, Identified, Listed, Text, UtcTime, filled, to
from app.model.entities.setting import ONLY_ROW


class ProfileRow(Listed, Entity):
    """What a report may show."""

    __tablename__ = "profiles"
    __table_args__ = (filled("name"), CheckConstraint("smallest_group BETWEEN 1 AND 20", name="group_in_range"))

    name: Mapped[Text]
    quotations: Mapped[Quotations]
    dates: Mapped[Dates]
    assessor_names: Mapped[bool] = mapped_column(default=False)
    organisation_name: Mapped[bool] = mapped_column(default=True)
    case_names: Mapped[bool] = mapped_column(default=True)
    site_names: Mapped[bool] = mapped_column(default=True)
    product_names: Mapped[bool] = mapped_column(default=True)
    vendor_names: Mapped[bool] = mapped_column(default=True)
    smallest_group: Mapped[int] = mapped_column(default=1)


class PseudonymRow(Listed, Entity):
    """A real name and what stands for it."""

    __tablename__ = "pseudonyms"
    __table_args__ = (filled("name"),)

    kind: Mapped[NameKind]
    name: Mapped[Text]
    spellings: Mapped[Text]
    instead: Mapped[Text]


class AllowanceRow(Identified, Entity):
    """Words that are let pass."""

    __tablename__ = "allowances"
    __table_args__ = (filled("text"), filled("reason"), UniqueConstraint("profile", "text"))

    profile: Mapped[str] = mapped_column(String(64))
    text: Mapped[Text]
    reason: Mapped[Text]
    by_id: Mapped[str] = to("assessors.id", optional=True)
    at: Mapped[UtcTime | None]


class ReportSetupRow(Identified, Entity):
    """How the report was last set up; one row."""

    __tablename__ = "report_setup"
    __table_args__ = (CheckConstraint(ONLY_ROW, name="one_row"),)

    only: Mapped[int] = mapped_column(default=1, unique=True)
    profile: Mapped[Text]
    paper: Mapped[Paper]
    stage: Mapped[Stage]
    version: Mapped[Text]
    recipient: Mapped[Text]
    copies: Mapped[int] = mapped_column(default=1)
    watermark: Mapped[Text]
    protected: Mapped[bool] = mapped_column(default=False)
    format: Mapped[ReportFormat] = mapped_column(default=ReportFormat.PDF)
    sections: Mapped[Text]
