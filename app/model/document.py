"""The whole of a study as one frozen value: what is exported, what is reported on, what pages show."""

from typing import Annotated, Literal

from msgspec import Meta

from app.model.assessment import (
    Answer,
    Ballot,
    Challenge,
    Consensus,
    Factor,
    Finding,
    FrozenMapping,
    FrozenRubric,
    Influence,
    NextStep,
    Override,
    Review,
    RubricDraft,
    Target,
)
from app.model.base import Value
from app.model.disclosure import USUAL_SETUP, Allowance, Profile, Pseudonym, ReportSetup
from app.model.evidence import Code, Coding, DoubleCoding, Passage
from app.model.setting import Assessor, Case, Identity, Participant, Round, SitePolicy, Study
from app.model.source import FollowUp, Guide, PaperSheet, Shorthand, Source, Version


class StudyDocument(Value, frozen=True, kw_only=True):
    """A study, whole: the open format, and the snapshot that analysis and reports are made from.

    Lists of keyed things stand in the study's own order; the others are sorted by what they refer to.
    """

    format: Literal["fieldquill-study"]
    version: Literal[1]
    study: Study
    site_policy: SitePolicy = SitePolicy()
    report: ReportSetup = USUAL_SETUP
    rubrics: tuple[FrozenRubric, ...] = ()
    mappings: tuple[FrozenMapping, ...] = ()
    drafts: tuple[RubricDraft, ...] = ()
    rounds: tuple[Round, ...] = ()
    cases: tuple[Case, ...] = ()
    assessors: tuple[Assessor, ...] = ()
    participants: tuple[Participant, ...] = ()
    identities: Annotated[tuple[Identity, ...], Meta(description="Who participants are; kept apart.")] = ()
    factors: tuple[Factor, ...] = ()
    codes: tuple[Code, ...] = ()
    guides: tuple[Guide, ...] = ()
    sources: tuple[Source, ...] = ()
    versions: Annotated[tuple[Version, ...], Meta(description="What lines said before they were changed later.")] = ()
    sheets: Annotated[tuple[PaperSheet, ...], Meta(description="Blank sheets that were printed.")] = ()
    shorthands: tuple[Shorthand, ...] = ()
    passages: tuple[Passage, ...] = ()
    codings: tuple[Coding, ...] = ()
    double_codings: tuple[DoubleCoding, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    answers: tuple[Answer, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    consensus: tuple[Consensus, ...] = ()
    overrides: tuple[Override, ...] = ()
    targets: tuple[Target, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    findings: tuple[Finding, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    influences: tuple[Influence, ...] = ()
    reviews: tuple[Review, ...] = ()
    profiles: tuple[Profile, ...] = ()
    pseudonyms: Annotated[
        tuple[Pseudonym, ...], Meta(description="Real names and what stands for them; kept apart.")
    ] = ()
    allowances: tuple[Allowance, ...] = ()

    @property
    def judgements(self) -> tuple[Answer | Finding | Challenge | Influence, ...]:
        """All that can rest on passages, of any round."""
        return (*self.answers, *self.findings, *self.challenges, *self.influences)
