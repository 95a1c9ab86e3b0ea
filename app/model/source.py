"""Where evidence comes from: interviews and other sources, their notes, and the guide that leads them."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from app.model.base import (
    END,
    AssessorRef,
    CaseRef,
    CriterionRef,
    EntryRef,
    GuideRef,
    Keyed,
    Name,
    ParticipantRef,
    PrincipleRef,
    RoundRef,
    RubricRef,
    SourceRef,
    Thing,
    Utc,
    Zone,
)


class SourceKind(StrEnum):
    """What a source is."""

    INTERVIEW = "interview"
    MEETING = "meeting"
    OBSERVATION = "observation"
    DOCUMENT = "document"


class SourceStatus(StrEnum):
    """How far a source's notes have come."""

    PLANNED = "planned"
    OPEN = "open"
    FINISHED = "finished"


class Part(StrEnum):
    """What an assessor does in an interview."""

    INTERVIEWER = "interviewer"
    OBSERVER = "observer"


class EntryKind(StrEnum):
    """What a line of notes is: said in other words, said word for word, seen, or the assessor's own thought."""

    PARAPHRASE = "paraphrase"
    QUOTATION = "quotation"
    OBSERVATION = "observation"
    REFLECTION = "reflection"


class Attendance(Thing, frozen=True, kw_only=True):
    """An assessor's part in a source."""

    assessor: AssessorRef
    part: Part


class Entry(Keyed, frozen=True, kw_only=True):
    """One line of notes."""

    text: Annotated[str, Meta(max_length=20_000)]
    kind: EntryKind = EntryKind.PARAPHRASE
    at: Annotated[Utc | None, Meta(description="When it was noted, UTC.")] = None
    speaker: ParticipantRef | None = None
    uncertain: Annotated[bool, Meta(description="To be asked again.")] = False
    released: Annotated[bool, Meta(description="May be printed word for word in a report for others.")] = False


class Source(Keyed, frozen=True, kw_only=True):
    """An interview, or any other source of evidence, with its notes in order."""

    title: Name
    kind: SourceKind = SourceKind.INTERVIEW
    round: RoundRef
    status: SourceStatus = SourceStatus.PLANNED
    started_at: Annotated[Utc | None, Meta(description="UTC.")] = None
    ended_at: Annotated[Utc | None, Meta(description="UTC.")] = None
    minutes: Annotated[
        str,
        Meta(
            pattern=rf"^([0-9]{{1,4}}(-[0-9]{{1,4}})?)?{END}",
            description="How long it took, when only that is known: 30-45.",
        ),
    ] = ""
    zone: Zone = "UTC"
    place: str = ""
    consent: Annotated[str, Meta(description="What the people agreed to.")] = ""
    remark: str = ""
    guide: GuideRef | None = None
    participants: Annotated[tuple[ParticipantRef, ...], Meta(description="Who was interviewed.")] = ()
    assessors: tuple[Attendance, ...] = ()
    cases: Annotated[tuple[CaseRef, ...], Meta(description="What it is about; none means the organisation.")] = ()
    entries: tuple[Entry, ...] = ()


class Question(Keyed, frozen=True, kw_only=True):
    """One question of a guide, tied to the principle or the criterion it gets at."""

    text: Name
    rubric: RubricRef | None = None
    principle: PrincipleRef | None = None
    criterion: CriterionRef | None = None
    minutes: Annotated[int, Meta(ge=0, le=600, description="Time set aside for it.")] = 0


class Guide(Keyed, frozen=True, kw_only=True):
    """The ordered questions of a semi-structured interview."""

    name: Name
    questions: tuple[Question, ...] = ()


class FollowUpState(StrEnum):
    """What became of a question still to be asked."""

    OPEN = "open"
    ASKED = "asked"
    ANSWERED = "answered"
    DROPPED = "dropped"


class FollowUp(Keyed, frozen=True, kw_only=True):
    """A question still to be asked, from an uncertain entry or an unanswered criterion."""

    question: Name
    state: FollowUpState = FollowUpState.OPEN
    entry: EntryRef | None = None
    rubric: RubricRef | None = None
    criterion: CriterionRef | None = None
    case: CaseRef | None = None
    participant: ParticipantRef | None = None
    answered_in: SourceRef | None = None
    resolution: str = ""
