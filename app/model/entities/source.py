"""Tables of interviews and other sources, their notes, guides and follow-ups."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.model.entities.base import (
    Entity,
    Identified,
    Listed,
    Text,
    UtcTime,
    ZoneName,
    filled,
    same_rubric,
    to,
    together,
)
from app.model.source import Clock, EntryKind, Fate, Flag, FollowUpState, Part, SheetKind, SourceKind, SourceStatus


class GuideRow(Listed, Entity):
    """The ordered questions of a semi-structured interview."""

    __tablename__ = "guides"
    __table_args__ = (filled("name"),)

    name: Mapped[Text]


class QuestionRow(Listed, Entity):
    """One question of a guide."""

    __tablename__ = "questions"
    __table_args__ = (
        filled("text"),
        CheckConstraint("minutes BETWEEN 0 AND 600", name="minutes_in_range"),
        CheckConstraint(
            "rubric_id IS NOT NULL OR (principle_id IS NULL AND criterion_id IS NULL)", name="part_has_rubric"
        ),
        same_rubric("principle", "rubric_principles"),
        same_rubric("criterion", "rubric_criteria"),
    )

    guide_id: Mapped[str] = to("guides.id")
    text: Mapped[Text]
    rubric_id: Mapped[str] = to("rubrics.id", optional=True)
    principle_id: Mapped[str | None]
    criterion_id: Mapped[str | None]
    minutes: Mapped[int] = mapped_column(default=0)


class SourceRow(Listed, Entity):
    """An interview or any other source."""

    __tablename__ = "sources"
    __table_args__ = (
        filled("title"),
        # to the second: a fraction would sort before its own second
        CheckConstraint("substr(ended_at, 1, 19) >= substr(started_at, 1, 19)", name="ends_after_it_starts"),
        CheckConstraint("ended_at IS NULL OR started_at IS NOT NULL", name="no_end_without_start"),
        CheckConstraint("clock = 'stopped' OR started_at IS NOT NULL", name="clock_has_start"),
        CheckConstraint("(clock = 'paused') = (paused_at IS NOT NULL)", name="paused_since"),
    )

    title: Mapped[Text]
    kind: Mapped[SourceKind]
    round_id: Mapped[str] = to("rounds.id")
    status: Mapped[SourceStatus]
    started_at: Mapped[UtcTime | None]
    ended_at: Mapped[UtcTime | None]
    minutes: Mapped[Text]
    zone: Mapped[ZoneName]
    place: Mapped[Text]
    consent: Mapped[Text]
    allowed: Mapped[Text]
    remark: Mapped[Text]
    planned: Mapped[int] = mapped_column(default=0)
    clock: Mapped[Clock]
    paused_at: Mapped[UtcTime | None]
    paused: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[UtcTime | None]
    finished_by_id: Mapped[str] = to("assessors.id", optional=True)
    sheet: Mapped[Text]
    guide_id: Mapped[str] = to("guides.id", optional=True)


class SourceParticipantRow(Identified, Entity):
    """Who was interviewed."""

    __tablename__ = "source_participants"
    __table_args__ = (UniqueConstraint("source_id", "participant_id"),)

    source_id: Mapped[str] = to("sources.id", index=False)
    participant_id: Mapped[str] = to("participants.id")
    position: Mapped[float]


class AttendanceRow(Identified, Entity):
    """An assessor's part in a source."""

    __tablename__ = "source_assessors"
    __table_args__ = (UniqueConstraint("source_id", "assessor_id"),)

    source_id: Mapped[str] = to("sources.id", index=False)
    assessor_id: Mapped[str] = to("assessors.id")
    part: Mapped[Part]
    position: Mapped[float]


class SourceCaseRow(Identified, Entity):
    """A case a source is about."""

    __tablename__ = "source_cases"
    __table_args__ = (UniqueConstraint("source_id", "case_id"),)

    source_id: Mapped[str] = to("sources.id", index=False)
    case_id: Mapped[str] = to("cases.id")
    position: Mapped[float]


class EntryRow(Listed, Entity):
    """One line of notes; its speaker is one of the source's own participants."""

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("source_id", "id"),
        Index("ix_entries_order", "source_id", "position"),
        together(["source_id", "speaker_id"], ["source_participants.source_id", "source_participants.participant_id"]),
    )

    source_id: Mapped[str] = to("sources.id", index=False)
    text: Mapped[Text]
    kind: Mapped[EntryKind]
    at: Mapped[UtcTime | None]
    speaker_id: Mapped[str | None] = mapped_column(index=True)
    uncertain: Mapped[bool] = mapped_column(default=False)
    released: Mapped[bool] = mapped_column(default=False)
    author_id: Mapped[str] = to("assessors.id", optional=True)
    flag: Mapped[Flag | None]
    case_id: Mapped[str] = to("cases.id", optional=True)


class OriginalRow(Listed, Entity):
    """A line as one of several note-takers typed it."""

    __tablename__ = "originals"
    __table_args__ = (
        Index("ix_originals_order", "source_id", "position"),
        together(["source_id", "speaker_id"], ["source_participants.source_id", "source_participants.participant_id"]),
    )

    source_id: Mapped[str] = to("sources.id", index=False)
    author_id: Mapped[str] = to("assessors.id")
    text: Mapped[Text]
    kind: Mapped[EntryKind]
    at: Mapped[UtcTime | None]
    speaker_id: Mapped[str | None] = mapped_column(index=True)
    uncertain: Mapped[bool] = mapped_column(default=False)
    flag: Mapped[Flag | None]
    case_id: Mapped[str] = to("cases.id", optional=True)
    fate: Mapped[Fate]
    entry_id: Mapped[str] = to("entries.id", optional=True)


class AskedRow(Identified, Entity):
    """A question of the guide that was put in an interview."""

    __tablename__ = "asked_questions"
    __table_args__ = (UniqueConstraint("source_id", "question_id"),)

    source_id: Mapped[str] = to("sources.id", index=False)
    question_id: Mapped[str] = to("questions.id")
    at: Mapped[UtcTime | None]
    answered: Mapped[bool] = mapped_column(default=False)
    position: Mapped[float]


class VersionRow(Identified, Entity):
    """What a line said before it was changed after the interview; the line itself may be gone."""

    __tablename__ = "versions"
    __table_args__ = (UniqueConstraint("source_id", "line", "sitting"),)

    source_id: Mapped[str] = to("sources.id", index=False)
    line: Mapped[Text]
    sitting: Mapped[Text]
    text: Mapped[Text]
    kind: Mapped[EntryKind]
    speaker_id: Mapped[str] = to("participants.id", optional=True)
    noted_at: Mapped[UtcTime | None]
    below: Mapped[Text]
    until: Mapped[UtcTime]
    by_id: Mapped[str] = to("assessors.id", optional=True)
    reason: Mapped[Text]
    added: Mapped[bool] = mapped_column(default=False)


class PaperSheetRow(Listed, Entity):
    """A blank sheet that was printed."""

    __tablename__ = "sheets"

    number: Mapped[int] = mapped_column(unique=True)
    kind: Mapped[SheetKind]
    printed_at: Mapped[UtcTime | None]
    source_id: Mapped[str] = to("sources.id", optional=True)
    case_id: Mapped[str] = to("cases.id", optional=True)
    participant_id: Mapped[str] = to("participants.id", optional=True)


class ShorthandRow(Identified, Entity):
    """Letters that stand for words while notes are typed."""

    __tablename__ = "shorthands"
    __table_args__ = (filled("short"), filled("words"), UniqueConstraint("short", "assessor_id"))

    short: Mapped[Text]
    words: Mapped[Text]
    assessor_id: Mapped[str] = to("assessors.id", optional=True)


class FollowUpRow(Listed, Entity):
    """A question still to be asked."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        filled("question"),
        CheckConstraint("criterion_id IS NULL OR rubric_id IS NOT NULL", name="part_has_rubric"),
        CheckConstraint(
            "state <> 'answered' OR resolution <> '' OR answered_in_id IS NOT NULL OR answer_id IS NOT NULL",
            name="answer_is_told",
        ),
        same_rubric("criterion", "rubric_criteria"),
    )

    question: Mapped[Text]
    state: Mapped[FollowUpState]
    entry_id: Mapped[str] = to("entries.id", optional=True)
    rubric_id: Mapped[str] = to("rubrics.id", optional=True)
    criterion_id: Mapped[str | None]
    case_id: Mapped[str] = to("cases.id", optional=True)
    participant_id: Mapped[str] = to("participants.id", optional=True)
    asked_at: Mapped[UtcTime | None]
    answered_in_id: Mapped[str] = to("sources.id", optional=True)
    answer_id: Mapped[str] = to("entries.id", optional=True)
    resolution: Mapped[Text]
