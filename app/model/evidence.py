"""From notes to evidence: passages, the codebook, codings, and the links that judgements rest on."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from app.model.base import (
    END,
    AssessorRef,
    CaseRef,
    CodeRef,
    EntryRef,
    FactorRef,
    Keyed,
    Name,
    PassageRef,
    PrincipleRef,
    RubricRef,
    SourceRef,
    Thing,
    Utc,
)


class Span(Thing, frozen=True, kw_only=True):
    """A stretch of one entry's text: `start` included, `end` not, counted in Unicode code points."""

    entry: EntryRef
    start: Annotated[int, Meta(ge=0)]
    end: Annotated[int, Meta(ge=1)]
    whole: Annotated[bool, Meta(description="It is the whole line, however its words grow.")] = False


class Passage(Keyed, frozen=True, kw_only=True):
    """A span of a source's notes, over one or more of its entries; `words` is what it said when it was marked."""

    source: SourceRef
    words: Annotated[str, Meta(min_length=1, max_length=20_000)]
    spans: tuple[Span, ...] = ()


class Theme(StrEnum):
    """What a code is tied to."""

    PROCEDURE = "procedure"
    TOOL = "tool"
    CHALLENGE = "challenge"
    NEXT_STEP = "next_step"
    CONTEXT = "context"
    FACTOR = "factor"
    OTHER = "other"


class About(StrEnum):
    """Whether something is about a case or about the organisation."""

    CASE = "case"
    ORGANISATION = "organisation"


class Code(Keyed, frozen=True, kw_only=True):
    """A label of the codebook."""

    name: Name
    parent: CodeRef | None = None
    definition: str = ""
    use_when: str = ""
    avoid_when: str = ""
    colour: Annotated[str, Meta(pattern=rf"^(#[0-9a-f]{{6}})?{END}")] = ""
    theme: Theme = Theme.OTHER
    about: Annotated[About | None, Meta(description="What it is put on passages about; None is either.")] = None
    rubric: RubricRef | None = None
    principle: PrincipleRef | None = None
    factor: FactorRef | None = None


class Coding(Thing, frozen=True, kw_only=True):
    """A code put on a passage by an assessor; about one case, or about the organisation when it names none."""

    passage: PassageRef
    code: CodeRef
    assessor: AssessorRef
    case: CaseRef | None = None
    memo: str = ""
    made_at: Utc | None = None


class Weight(StrEnum):
    """How strong a piece of evidence is."""

    SAID = "said"
    SHOWN = "shown"
    DOCUMENTED = "documented"


class Stance(StrEnum):
    """Whether a piece of evidence speaks for what rests on it or against."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


class Evidence(Thing, frozen=True, kw_only=True):
    """A passage that a judgement rests on."""

    passage: PassageRef
    weight: Weight = Weight.SAID
    stance: Stance = Stance.SUPPORTS
    reference: Annotated[str, Meta(description="The document or screen it was seen in.")] = ""
    note: Annotated[str, Meta(description="Why the judgement stands although this contradicts it, or a remark.")] = ""
    words: Annotated[
        str,
        Meta(max_length=20_000, description="What the passage said when this was linked; empty: what it said first."),
    ] = ""


class Coded(Thing, frozen=True, kw_only=True):
    """That a coder had put a code on a line of notes when they said that they were done."""

    coder: AssessorRef
    entry: EntryRef
    code: CodeRef


class Resolution(Thing, frozen=True, kw_only=True):
    """What two coders agreed on where one had put a code on a line and the other had not."""

    entry: EntryRef
    code: CodeRef
    applies: bool
    reason: Annotated[str, Meta(min_length=1)]
    by: AssessorRef | None = None
    decided_at: Utc | None = None


class DoubleCoding(Keyed, frozen=True, kw_only=True):
    """Two assessors' coding of the same sources, each without seeing the other's until both are done.

    `coded` keeps what each had put on when they were done: agreement is measured on that, whatever changes later.
    """

    first: AssessorRef
    second: AssessorRef
    begun_at: Utc | None = None
    first_done_at: Annotated[Utc | None, Meta(description="When the first said that they were done.")] = None
    second_done_at: Utc | None = None
    sources: tuple[SourceRef, ...] = ()
    coded: tuple[Coded, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
