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
    Key,
    Keyed,
    Name,
    ParticipantRef,
    PrincipleRef,
    QuestionRef,
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
    """What a line of notes is: said in other words or word for word, seen, the assessor's own thought or question."""

    PARAPHRASE = "paraphrase"
    QUOTATION = "quotation"
    OBSERVATION = "observation"
    REFLECTION = "reflection"
    QUESTION = "question"


class Flag(StrEnum):
    """What a line of notes is flagged as while it is written."""

    CHALLENGE = "challenge"
    NEXT_STEP = "next_step"


class Clock(StrEnum):
    """What the clock of an interview does."""

    STOPPED = "stopped"
    RUNNING = "running"
    PAUSED = "paused"


EntryText = Annotated[str, Meta(max_length=20_000)]
NotedAt = Annotated[Utc | None, Meta(description="When it was noted, UTC.")]
Uncertain = Annotated[bool, Meta(description="To be asked again.")]


class Attendance(Thing, frozen=True, kw_only=True):
    """An assessor's part in a source."""

    assessor: AssessorRef
    part: Part


class Entry(Keyed, frozen=True, kw_only=True):
    """One line of notes."""

    text: EntryText
    kind: EntryKind = EntryKind.PARAPHRASE
    at: NotedAt = None
    speaker: ParticipantRef | None = None
    uncertain: Uncertain = False
    released: Annotated[bool, Meta(description="May be printed word for word in a report for others.")] = False
    author: Annotated[AssessorRef | None, Meta(description="Who noted it.")] = None
    flag: Flag | None = None
    case: Annotated[CaseRef | None, Meta(description="The one case it is about, where that was said.")] = None


class Fate(StrEnum):
    """What became of a note-taker's line when the notes of an interview were reconciled."""

    OPEN = "open"
    TAKEN = "taken"
    EDITED = "edited"
    LEFT_OUT = "left_out"


class Original(Keyed, frozen=True, kw_only=True):
    """A line as one of several note-takers typed it; kept whatever was agreed from it.

    `entry` is the line of the agreed notes that it went into.
    """

    author: AssessorRef
    text: EntryText
    kind: EntryKind = EntryKind.PARAPHRASE
    at: NotedAt = None
    speaker: ParticipantRef | None = None
    uncertain: Uncertain = False
    flag: Flag | None = None
    case: CaseRef | None = None
    fate: Fate = Fate.OPEN
    entry: EntryRef | None = None


class Asked(Thing, frozen=True, kw_only=True):
    """A question of the guide that was put in an interview."""

    question: QuestionRef
    at: Annotated[Utc | None, Meta(description="When it was put, UTC.")] = None
    answered: bool = False


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
    allowed: Annotated[str, Meta(description="What the site allowed in it.")] = ""
    remark: str = ""
    planned: Annotated[int, Meta(ge=0, le=1440, description="Minutes it is to take; 0: those of its guide.")] = 0
    clock: Clock = Clock.STOPPED
    paused_at: Annotated[Utc | None, Meta(description="Since when its clock stands still, UTC.")] = None
    paused: Annotated[int, Meta(ge=0, description="Seconds its clock stood still before.")] = 0
    finished_at: Annotated[Utc | None, Meta(description="When its notes were complete and sealed, UTC.")] = None
    finished_by: AssessorRef | None = None
    sheet: Annotated[str, Meta(max_length=40, description="Number of the paper sheet it was written on.")] = ""
    guide: GuideRef | None = None
    participants: Annotated[tuple[ParticipantRef, ...], Meta(description="Who was interviewed.")] = ()
    assessors: tuple[Attendance, ...] = ()
    cases: Annotated[tuple[CaseRef, ...], Meta(description="What it is about; none means the organisation.")] = ()
    asked: Annotated[tuple[Asked, ...], Meta(description="Questions of the guide that were put.")] = ()
    entries: tuple[Entry, ...] = ()
    originals: Annotated[tuple[Original, ...], Meta(description="Notes as each note-taker typed them.")] = ()


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
    asked_at: Annotated[Utc | None, Meta(description="When it was asked, UTC.")] = None
    answered_in: SourceRef | None = None
    answer: Annotated[EntryRef | None, Meta(description="The line that answers it.")] = None
    resolution: str = ""


class Version(Thing, frozen=True, kw_only=True):
    """What a line of notes said before somebody changed it after the interview; one a line and sitting.

    `line` is the key of the entry, also of one that was removed; `below` the key of the line it stood under then. What
    was `added` to finished notes was no line before: such a version says no more than who added it, when and why.
    """

    source: SourceRef
    line: Key
    sitting: Annotated[str, Meta(min_length=1, max_length=36, description="The sitting it was changed in.")]
    text: EntryText
    kind: EntryKind = EntryKind.PARAPHRASE
    speaker: ParticipantRef | None = None
    noted_at: NotedAt = None
    below: str = ""
    until: Annotated[Utc, Meta(description="When it was changed, UTC.")]
    by: AssessorRef | None = None
    reason: str = ""
    added: Annotated[bool, Meta(description="It was no line before.")] = False


class SheetKind(StrEnum):
    """What is written on a paper sheet."""

    INTERVIEW = "interview"
    RUBRIC = "rubric"
    REVIEW = "review"
    READ_BACK = "read_back"


class PaperSheet(Keyed, frozen=True, kw_only=True):
    """A blank sheet that was printed, by the number on it."""

    number: Annotated[int, Meta(ge=1)]
    kind: SheetKind = SheetKind.INTERVIEW
    printed_at: Utc | None = None
    source: SourceRef | None = None
    case: CaseRef | None = None
    participant: Annotated[ParticipantRef | None, Meta(description="Whom it was printed for.")] = None


class Shorthand(Thing, frozen=True, kw_only=True):
    """Letters that stand for words while notes are typed: an assessor's own, or everybody's."""

    short: Annotated[str, Meta(pattern=rf"^\S{{1,16}}{END}")]
    words: Annotated[str, Meta(min_length=1, max_length=200)]
    assessor: AssessorRef | None = None
