"""What the team judges: answers and what they lead to, findings, challenges, influences, and their review."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from app.model.base import (
    AssessorRef,
    CaseRef,
    CriterionRef,
    FactorRef,
    Key,
    Keyed,
    LevelRef,
    Name,
    ParticipantRef,
    PrincipleRef,
    RoundRef,
    RubricRef,
    Thing,
    Utc,
)
from app.model.evidence import Evidence
from app.scoring.scale import Verdict


class FrozenRubric(Thing, frozen=True, kw_only=True):
    """A rubric as this study uses it, its full text kept inside the study.

    The key is the rubric's id; a further version beside the first has its version behind that: "mlops-maturity-2.0".
    """

    key: Key
    version: str = ""
    text: Annotated[str, Meta(description="The YAML in full; a document may leave it out for a rubric we ship.")] = ""


class Confidence(StrEnum):
    """How sure an assessor is of an answer."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Answer(Thing, frozen=True, kw_only=True):
    """An assessor's verdict on a criterion for a case in a round."""

    rubric: RubricRef
    criterion: CriterionRef
    case: CaseRef
    round: RoundRef
    assessor: AssessorRef
    verdict: Verdict | None = None
    rationale: str = ""
    confidence: Confidence | None = None
    answered_at: Utc | None = None
    evidence: tuple[Evidence, ...] = ()


class Dissent(Thing, frozen=True, kw_only=True):
    """An assessor's stand against what the team agreed, with the reason; their own answer stays as it is."""

    assessor: AssessorRef
    reason: Annotated[str, Meta(min_length=1)]


class Consensus(Thing, frozen=True, kw_only=True):
    """The team's agreed verdict where assessors differ, with the reason."""

    rubric: RubricRef
    criterion: CriterionRef
    case: CaseRef
    round: RoundRef
    verdict: Verdict
    reason: Annotated[str, Meta(min_length=1)]
    agreed_at: Utc | None = None
    dissents: tuple[Dissent, ...] = ()


class BallotMember(Thing, frozen=True, kw_only=True):
    """An assessor who answers independently, and when they were done."""

    assessor: AssessorRef
    done_at: Utc | None = None


class Ballot(Thing, frozen=True, kw_only=True):
    """Assessors' independent answers on a case in a round: hidden from one another until they are revealed."""

    rubric: RubricRef
    case: CaseRef
    round: RoundRef
    members: tuple[BallotMember, ...] = ()
    begun_at: Utc | None = None
    revealed_at: Utc | None = None


class Override(Thing, frozen=True, kw_only=True):
    """A level the team sets against the derived one; both are printed.

    `basis` is what the answers under it were, so that it lapses when they change: pairs of criterion and verdict,
    "drift-detection:partially", divided by spaces; a criterion nobody had answered is left out. Empty in overrides made
    before that was kept.
    """

    rubric: RubricRef
    principle: PrincipleRef
    case: CaseRef
    round: RoundRef
    level: LevelRef
    assessor: AssessorRef
    reason: Annotated[str, Meta(min_length=1)]
    set_at: Utc | None = None
    basis: str = ""


class Target(Thing, frozen=True, kw_only=True):
    """The level a case is meant to reach on a principle."""

    rubric: RubricRef
    principle: PrincipleRef
    case: CaseRef
    level: LevelRef
    reason: str = ""


class Effort(StrEnum):
    """How much work a next step is."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Horizon(StrEnum):
    """By when a next step is to be done."""

    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    LATER = "later"


class Progress(StrEnum):
    """How far a next step has come."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


class NextStep(Keyed, frozen=True, kw_only=True):
    """A step of a case's roadmap: a criterion to be brought to an answer, by whom and when."""

    rubric: RubricRef
    criterion: CriterionRef
    case: CaseRef
    verdict: Annotated[Verdict, Meta(description="The answer that it is to make true.")] = Verdict.FULLY
    text: Annotated[str, Meta(description="What is to be done; the criterion's advice where it is empty.")] = ""
    effort: Effort | None = None
    owner: Annotated[str, Meta(description="The role that sees to it.")] = ""
    horizon: Horizon | None = None
    progress: Progress = Progress.PLANNED


class RubricDraft(Keyed, frozen=True, kw_only=True):
    """A copy of a rubric being edited; no answer refers to it."""

    title: Name
    based_on: Annotated[str, Meta(description="Id and version of the rubric it began as a copy of.")] = ""
    text: Annotated[str, Meta(description="The YAML as it stands, sound or not.")] = ""


class FrozenMapping(Keyed, frozen=True, kw_only=True):
    """A mapping between two rubrics as this study uses it, its full text kept inside the study."""

    text: Annotated[str, Meta(min_length=1, description="The YAML in full.")]


class Finding(Thing, frozen=True, kw_only=True):
    """A one-line result for a case and a principle."""

    rubric: RubricRef
    principle: PrincipleRef
    case: CaseRef
    round: RoundRef
    text: Name
    evidence: tuple[Evidence, ...] = ()


class Challenge(Keyed, frozen=True, kw_only=True):
    """An obstacle on the way to more maturity, of the cases it names, or of the whole organisation."""

    title: Name
    rubric: RubricRef
    principle: PrincipleRef
    round: RoundRef
    text: str = ""
    cases: Annotated[tuple[CaseRef, ...], Meta(description="Where it showed; none means across all of them.")] = ()
    evidence: tuple[Evidence, ...] = ()


class BelongsTo(StrEnum):
    """Where a factor has its root."""

    ORGANISATION = "organisation"
    MARKET = "market"
    CASE = "case"


class Tendency(StrEnum):
    """Which way a factor is expected to work."""

    FACILITATES = "facilitates"
    INHIBITS = "inhibits"


class Factor(Keyed, frozen=True, kw_only=True):
    """Something that facilitates or inhibits maturity."""

    name: Name
    belongs_to: BelongsTo
    tendency: Tendency
    definition: str = ""


class Strength(StrEnum):
    """How a factor works on a case."""

    STRONGLY_FACILITATES = "strongly_facilitates"
    SOMEWHAT_FACILITATES = "somewhat_facilitates"
    NEUTRAL = "neutral"
    SOMEWHAT_INHIBITS = "somewhat_inhibits"
    STRONGLY_INHIBITS = "strongly_inhibits"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


class Influence(Thing, frozen=True, kw_only=True):
    """How strongly a factor works on a case, or on the organisation when it names none, in a round."""

    factor: FactorRef
    round: RoundRef
    case: CaseRef | None = None
    strength: Strength = Strength.UNKNOWN
    memo: str = ""
    evidence: tuple[Evidence, ...] = ()


class ReviewVerdict(StrEnum):
    """What an insider says of a finding."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    DISPUTED = "disputed"


class ReviewItem(Thing, frozen=True, kw_only=True):
    """An insider's word on one case's result for one principle."""

    rubric: RubricRef
    principle: PrincipleRef
    case: CaseRef
    verdict: Annotated[ReviewVerdict | None, Meta(description="None where they have not said anything yet.")] = None
    comment: str = ""
    resolution: Annotated[str, Meta(description="What the team did about it, and why.")] = ""
    level: Annotated[str, Meta(description="The level they were shown, in words.")] = ""
    finding: Annotated[str, Meta(description="The finding they were shown.")] = ""


class Review(Keyed, frozen=True, kw_only=True):
    """An insider's check of findings."""

    reviewer: ParticipantRef
    round: RoundRef
    held_at: Utc | None = None
    remark: str = ""
    sheet: Annotated[str, Meta(max_length=40, description="Number of the review pack it was written on.")] = ""
    items: tuple[ReviewItem, ...] = ()
