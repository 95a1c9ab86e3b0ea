"""Tables of what the team judges, and what an insider says of it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from app.model.assessment import (
    BelongsTo,
    Confidence,
    Effort,
    Horizon,
    Progress,
    ReviewVerdict,
    Strength,
    Tendency,
)
from app.model.entities.base import Entity, Identified, Listed, Text, UtcTime, filled, same_rubric, to
from app.scoring.scale import Verdict


class AnswerRow(Identified, Entity):
    """An assessor's verdict on a criterion for a case in a round; not applicable needs its reason."""

    __tablename__ = "answers"
    __table_args__ = (
        UniqueConstraint("case_id", "round_id", "criterion_id", "assessor_id"),
        CheckConstraint("verdict <> 'not_applicable' OR length(trim(rationale)) > 0", name="not_applicable_has_reason"),
        same_rubric("criterion", "rubric_criteria"),
    )

    rubric_id: Mapped[str] = to("rubrics.id")
    criterion_id: Mapped[str]
    case_id: Mapped[str] = to("cases.id", index=False)
    round_id: Mapped[str] = to("rounds.id")
    assessor_id: Mapped[str] = to("assessors.id")
    verdict: Mapped[Verdict | None]
    rationale: Mapped[Text]
    confidence: Mapped[Confidence | None]
    answered_at: Mapped[UtcTime | None]


class ConsensusRow(Identified, Entity):
    """The team's agreed verdict."""

    __tablename__ = "consensus"
    __table_args__ = (
        UniqueConstraint("case_id", "round_id", "criterion_id"),
        filled("reason"),
        same_rubric("criterion", "rubric_criteria"),
    )

    rubric_id: Mapped[str] = to("rubrics.id")
    criterion_id: Mapped[str]
    case_id: Mapped[str] = to("cases.id", index=False)
    round_id: Mapped[str] = to("rounds.id")
    verdict: Mapped[Verdict]
    reason: Mapped[Text]
    agreed_at: Mapped[UtcTime | None]


class DissentRow(Identified, Entity):
    """An assessor's stand against a consensus."""

    __tablename__ = "dissents"
    __table_args__ = (UniqueConstraint("consensus_id", "assessor_id"), filled("reason"))

    consensus_id: Mapped[str] = to("consensus.id", index=False)
    assessor_id: Mapped[str] = to("assessors.id")
    reason: Mapped[Text]
    position: Mapped[float]


class BallotRow(Identified, Entity):
    """Independent answers on a case in a round."""

    __tablename__ = "ballots"
    __table_args__ = (UniqueConstraint("case_id", "round_id", "rubric_id"),)

    rubric_id: Mapped[str] = to("rubrics.id")
    case_id: Mapped[str] = to("cases.id", index=False)
    round_id: Mapped[str] = to("rounds.id")
    begun_at: Mapped[UtcTime | None]
    revealed_at: Mapped[UtcTime | None]


class BallotMemberRow(Identified, Entity):
    """An assessor who answers independently."""

    __tablename__ = "ballot_members"
    __table_args__ = (UniqueConstraint("ballot_id", "assessor_id"),)

    ballot_id: Mapped[str] = to("ballots.id", index=False)
    assessor_id: Mapped[str] = to("assessors.id")
    done_at: Mapped[UtcTime | None]
    position: Mapped[float]


class OverrideRow(Identified, Entity):
    """A level the team sets against the derived one."""

    __tablename__ = "overrides"
    __table_args__ = (
        UniqueConstraint("case_id", "round_id", "principle_id"),
        filled("reason"),
        same_rubric("principle", "rubric_principles"),
        same_rubric("level", "rubric_levels"),
    )

    rubric_id: Mapped[str] = to("rubrics.id")
    principle_id: Mapped[str]
    case_id: Mapped[str] = to("cases.id", index=False)
    round_id: Mapped[str] = to("rounds.id")
    level_id: Mapped[str]
    assessor_id: Mapped[str] = to("assessors.id")
    reason: Mapped[Text]
    set_at: Mapped[UtcTime | None]
    basis: Mapped[Text]


class TargetRow(Identified, Entity):
    """The level a case is meant to reach on a principle."""

    __tablename__ = "targets"
    __table_args__ = (
        UniqueConstraint("case_id", "principle_id"),
        same_rubric("principle", "rubric_principles"),
        same_rubric("level", "rubric_levels"),
    )

    rubric_id: Mapped[str] = to("rubrics.id")
    principle_id: Mapped[str]
    case_id: Mapped[str] = to("cases.id", index=False)
    level_id: Mapped[str]
    reason: Mapped[Text]


class NextStepRow(Listed, Entity):
    """A step of a case's roadmap."""

    __tablename__ = "next_steps"
    __table_args__ = (same_rubric("criterion", "rubric_criteria"),)

    rubric_id: Mapped[str] = to("rubrics.id")
    criterion_id: Mapped[str]
    case_id: Mapped[str] = to("cases.id")
    verdict: Mapped[Verdict]
    text: Mapped[Text]
    effort: Mapped[Effort | None]
    owner: Mapped[Text]
    horizon: Mapped[Horizon | None]
    progress: Mapped[Progress]


class FindingRow(Identified, Entity):
    """A one-line result for a case and a principle."""

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("case_id", "round_id", "principle_id"),
        filled("text"),
        same_rubric("principle", "rubric_principles"),
    )

    rubric_id: Mapped[str] = to("rubrics.id")
    principle_id: Mapped[str]
    case_id: Mapped[str] = to("cases.id", index=False)
    round_id: Mapped[str] = to("rounds.id")
    text: Mapped[Text]


class ChallengeRow(Listed, Entity):
    """An obstacle, of some cases or across all."""

    __tablename__ = "challenges"
    __table_args__ = (filled("title"), same_rubric("principle", "rubric_principles"))

    title: Mapped[Text]
    rubric_id: Mapped[str] = to("rubrics.id")
    principle_id: Mapped[str]
    round_id: Mapped[str] = to("rounds.id")
    text: Mapped[Text]


class ChallengeCaseRow(Identified, Entity):
    """A case a challenge showed in."""

    __tablename__ = "challenge_cases"
    __table_args__ = (UniqueConstraint("challenge_id", "case_id"),)

    challenge_id: Mapped[str] = to("challenges.id", index=False)
    case_id: Mapped[str] = to("cases.id")
    position: Mapped[float]


class FactorRow(Listed, Entity):
    """Something that facilitates or inhibits maturity."""

    __tablename__ = "factors"
    __table_args__ = (filled("name"),)

    name: Mapped[Text]
    belongs_to: Mapped[BelongsTo]
    tendency: Mapped[Tendency]
    definition: Mapped[Text]


class InfluenceRow(Identified, Entity):
    """A factor's strength for a case, or for the organisation."""

    __tablename__ = "influences"
    __table_args__ = (
        UniqueConstraint("factor_id", "round_id", "case_id"),
        Index(
            "uq_influences_organisation",
            "factor_id",
            "round_id",
            unique=True,
            sqlite_where=text("case_id IS NULL"),
        ),
    )

    factor_id: Mapped[str] = to("factors.id", index=False)
    round_id: Mapped[str] = to("rounds.id")
    case_id: Mapped[str] = to("cases.id", optional=True)
    strength: Mapped[Strength]
    memo: Mapped[Text]


class ReviewRow(Listed, Entity):
    """An insider's check of findings."""

    __tablename__ = "reviews"

    reviewer_id: Mapped[str] = to("participants.id")
    round_id: Mapped[str] = to("rounds.id")
    held_at: Mapped[UtcTime | None]
    remark: Mapped[Text]
    sheet: Mapped[Text]


class ReviewItemRow(Identified, Entity):
    """An insider's word on one result."""

    __tablename__ = "review_items"
    __table_args__ = (
        UniqueConstraint("review_id", "case_id", "principle_id"),
        same_rubric("principle", "rubric_principles"),
    )

    review_id: Mapped[str] = to("reviews.id", index=False)
    rubric_id: Mapped[str] = to("rubrics.id")
    principle_id: Mapped[str]
    case_id: Mapped[str] = to("cases.id")
    verdict: Mapped[ReviewVerdict | None]
    comment: Mapped[Text]
    resolution: Mapped[Text]
    level: Mapped[Text]
    finding: Mapped[Text]
    position: Mapped[float]
