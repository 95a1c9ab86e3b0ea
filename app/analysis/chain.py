"""The chain of evidence: from a score to every passage under it, from a passage to everything that rests on it."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from app.analysis.assessment import step_of
from app.analysis.citations import Citations
from app.analysis.coding import CodingsByPassage
from app.analysis.words import Words
from app.model.assessment import Answer, Challenge, Finding, Influence
from app.model.evidence import Coding, Evidence, Stance, Weight
from app.model.source import FollowUp, FollowUpState
from app.scoring.scale import label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from app.analysis.assessment import Assessment, JudgedPrinciple
    from app.model.document import StudyDocument
    from app.rubric.structure import Rubric

Judgement: TypeAlias = Answer | Finding | Challenge | Influence


class Kind(StrEnum):
    """What can rest on a passage."""

    CODING = "coding"
    ANSWER = "answer"
    FINDING = "finding"
    CHALLENGE = "challenge"
    INFLUENCE = "influence"
    FOLLOW_UP = "follow_up"


class Link(Struct, frozen=True):
    """A judgement and a passage that it rests on.

    `now` is what the passage says as the notes stand, empty where its words are gone, `then` what it said when the
    judgement was rested on it; `again` is whether these differ, so that it is to be checked again.
    """

    judgement: Judgement
    evidence: Evidence
    citation: str
    now: str
    then: str
    again: bool

    @property
    def passage(self) -> str:
        """Key of the passage."""
        return self.evidence.passage

    @property
    def against(self) -> bool:
        """Whether the passage speaks against the judgement."""
        return self.evidence.stance is Stance.CONTRADICTS

    @property
    def unaddressed(self) -> bool:
        """Whether it contradicts, and nobody has said why the judgement stands although it does."""
        return self.against and not self.evidence.note.strip()

    @property
    def lacks_reference(self) -> bool:
        """Whether something documented does not say in what."""
        return self.evidence.weight is Weight.DOCUMENTED and not self.evidence.reference.strip()


class Resting(Struct, frozen=True):
    """Something that rests on a passage, in words, with the page and the key to show there where it is judged.

    `about` says what it counts towards, or whose it is. `evidence` is None for codings and follow-ups, `again` whether
    the passage no longer says what it said when this was rested on it.
    """

    kind: Kind
    words: str
    about: str
    page: str
    key: str
    evidence: Evidence | None = None
    again: bool = False


class Candidate(Struct, frozen=True):
    """A judgement that could rest on a passage; `judgement` is what `app.actions.links.link` takes as the owner."""

    kind: Kind
    words: str
    about: str
    judgement: Judgement


class Chain:
    """What rests on what in a study, in the round that is assessed; made once for each document, worked out as asked.

    Args:
        document: the study, as whoever looks at it may see its codings.
        assessment: its scores.
    """

    def __init__(self, document: StudyDocument, assessment: Assessment) -> None:
        self.document = document
        self.assessment = assessment
        self.words = Words(document)
        self.names = Names(document, assessment)
        self._links: dict[int, tuple[Judgement, tuple[Link, ...]]] = {}

    @cached_property
    def citations(self) -> Citations:
        """How its passages are cited."""
        return Citations(self.document)

    # From judgements to passages

    def links(self, judgement: Judgement) -> tuple[Link, ...]:
        """List what a judgement rests on, in its own order."""
        if id(judgement) not in self._links:
            found = tuple(self._link(judgement, evidence) for evidence in judgement.evidence)
            self._links[id(judgement)] = (judgement, found)  # kept along, so that no other comes to have its id
        return self._links[id(judgement)][1]

    def under(self, case: str, principle: str) -> tuple[Link, ...]:
        """List every passage under a score: its finding's, then those of all answers to its criteria."""
        judged = self.assessment.case(case).principle(principle)
        return tuple(link for each in under_score(judged) for link in self.links(each))

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """All that is judged in the round: case by case findings and answers, then challenges and influences."""
        scored = (each for case in self.assessment.cases for judged in case.principles for each in under_score(judged))
        return (*scored, *self.challenges, *self.influences)

    @cached_property
    def challenges(self) -> tuple[Challenge, ...]:
        """The challenges of the round, in the order of the rubric's principles."""
        round_key, rubric = self.names.round, self.assessment.rubric
        here = [each for each in self.document.challenges if (each.rubric, each.round) == (rubric.id, round_key)]
        order = {principle.id: place for place, principle in enumerate(rubric.principles)}
        return tuple(sorted(here, key=lambda each: order[each.principle]))

    @cached_property
    def influences(self) -> tuple[Influence, ...]:
        """The influences of the round, in the order of the factors, that on the organisation before those on cases."""
        here = [each for each in self.document.influences if each.round == self.names.round]
        factors = {factor.key: place for place, factor in enumerate(self.document.factors)}
        cases = {case.key: place for place, case in enumerate(self.document.cases)}
        return tuple(sorted(here, key=lambda each: (factors[each.factor], cases.get(each.case or "", -1))))

    @cached_property
    def all_links(self) -> tuple[Link, ...]:
        """Everything that a judgement of the round rests on, in the order of `judgements`."""
        return tuple(link for judgement in self.judgements for link in self.links(judgement))

    # From passages to judgements

    def resting_on(self, passage: str) -> tuple[Resting, ...]:
        """List everything that rests on a passage, in any round: codings, judgements, and what is still to ask."""
        return (*(self._coding(each) for each in self._codings.of(passage)), *self.judged_on(passage))

    def judged_on(self, passage: str) -> tuple[Resting, ...]:
        """The same but for codings."""
        return (*(self._judged(*each) for each in self._uses.get(passage, ())), *self._asked(passage))

    def is_used(self, passage: str) -> bool:
        """Whether any judgement of the study rests on a passage."""
        return passage in self._uses

    def _link(self, judgement: Judgement, evidence: Evidence) -> Link:
        return Link(
            judgement,
            evidence,
            self.citations.passage(evidence.passage),
            self.words.now(evidence.passage),
            self.words.then(evidence),
            self.words.changed(evidence),
        )

    @cached_property
    def _codings(self) -> CodingsByPassage:
        return CodingsByPassage(self.document.codings)

    @cached_property
    def _uses(self) -> Mapping[str, list[tuple[Judgement, Evidence]]]:
        found: dict[str, list[tuple[Judgement, Evidence]]] = defaultdict(list)
        for judgement in self.document.judgements:
            for evidence in judgement.evidence:
                found[evidence.passage].append((judgement, evidence))
        return found

    @cached_property
    def _follow_ups(self) -> Mapping[str, list[FollowUp]]:
        found: dict[str, list[FollowUp]] = defaultdict(list)
        for each in self.document.follow_ups:
            for entry in {each.entry, each.answer} - {None}:
                found[entry or ""].append(each)
        return found

    def _coding(self, coding: Coding) -> Resting:
        about = f"{self.names.assessor(coding.assessor)}, about {self.names.place(coding.case)}"
        return Resting(Kind.CODING, self.names.code(coding.code), about, "codes", coding.code)

    def _judged(self, judgement: Judgement, evidence: Evidence) -> Resting:
        page, key = place_of(judgement)
        names = self.names
        words, about = names.words(judgement), names.about(judgement)
        return Resting(kind_of(judgement), words, about, page, key, evidence, self.words.changed(evidence))

    def _asked(self, passage: str) -> Iterator[Resting]:
        found = {
            each.key: each for entry in self.words.entries(passage) for each in self._follow_ups.get(entry.key, ())
        }
        for each in found.values():
            state = "still to ask" if each.state is FollowUpState.OPEN else each.state.value
            yield Resting(Kind.FOLLOW_UP, each.question, state, "interviews", each.entry or each.answer or "")


class Names:
    """What a study's judgements are called: by people, not by keys."""

    def __init__(self, document: StudyDocument, assessment: Assessment) -> None:
        self._document = document
        self._assessment = assessment
        self.round = assessment.round.key if assessment.round else ""
        self._rounds = {each.key: each.name for each in document.rounds}
        self._cases = {each.key: each.name for each in document.cases}
        self._codes = {each.key: each.name for each in document.codes}
        self._factors = {each.key: each.name for each in document.factors}
        self._assessors = {each.key: each.name for each in document.assessors}
        self._criteria = {criterion.id: criterion.name for criterion in assessment.rubric.criteria}

    def place(self, case: str | None) -> str:
        """Name a case, or the organisation."""
        return self._cases[case] if case else "the organisation"

    def code(self, key: str) -> str:
        """Name a code."""
        return self._codes[key]

    def factor(self, key: str) -> str:
        """Name a factor."""
        return self._factors[key]

    def assessor(self, key: str) -> str:
        """Name an assessor."""
        return self._assessors[key]

    def words(self, judgement: Judgement) -> str:
        """Name a judgement with what it says: "drift detection of ML-P1: largely achieved"."""
        if isinstance(judgement, Answer):
            return f"{self.subject(judgement)}: {self._given(judgement)}"
        if isinstance(judgement, Finding):
            return f"finding on {self.place(judgement.case)}: {judgement.text}"
        if isinstance(judgement, Challenge):
            return f"challenge: {judgement.title}"
        return f"{self.subject(judgement)}: {judgement.strength.replace('_', ' ')}"

    def _given(self, answer: Answer) -> str:
        """Say what was answered, in the words of its rubric."""
        step = step_of(self._document, answer)
        return (step.label if step else label(None)).lower()

    def subject(self, judgement: Judgement) -> str:
        """Name what is judged, not what is said of it: "drift detection of ML-P1"."""
        if isinstance(judgement, Answer):
            name = self._criteria.get(judgement.criterion, judgement.criterion.replace("-", " "))
            return f"{name} of {self.place(judgement.case)}"
        if isinstance(judgement, Finding):
            return f"the finding on {self.place(judgement.case)}"
        if isinstance(judgement, Challenge):
            return f"the challenge “{judgement.title}”"
        return f"{self.factor(judgement.factor)} for {self.place(judgement.case)}"

    def about(self, judgement: Judgement) -> str:
        """Say what a judgement counts towards, whose it is, and in which round where that is not the one assessed."""
        later = "" if judgement.round == self.round else self._rounds[judgement.round]
        whose = self.assessor(judgement.assessor) if isinstance(judgement, Answer) else ""
        return ", ".join(filter(None, (self.score(judgement), whose, later)))

    def score(self, judgement: Judgement) -> str:
        """Name the score that a judgement belongs to, with its level where it counts towards it."""
        if isinstance(judgement, Influence):
            return "factor"
        key = principle_of(judgement, self._assessment.rubric)
        if not key:
            return ""
        name = self._assessment.rubric.principle(key).short
        if isinstance(judgement, Challenge):
            return name
        scored = f"{name} of {self.place(judgement.case)}"
        if judgement.round != self.round:
            return scored
        return f"{scored}: {self._assessment.case(judgement.case).principle(key).interval}"


def under_score(judged: JudgedPrinciple) -> tuple[Judgement, ...]:
    """List what a score is judged by: its finding, then all assessors' answers in the rubric's order."""
    finding = (judged.finding,) if judged.finding else ()
    return (*finding, *(answer for criterion in judged.criteria for answer in criterion.answers))


def kind_of(judgement: Judgement) -> Kind:
    """Tell what kind of judgement it is."""
    return Kind(type(judgement).__name__.lower())


def principle_of(judgement: Judgement, rubric: Rubric) -> str:
    """Give the principle of a rubric that something is said of; empty for a factor, and for another rubric's."""
    if isinstance(judgement, Influence) or judgement.rubric != rubric.id:
        return ""
    if isinstance(judgement, Answer):
        return rubric.principle_of(judgement.criterion).id
    return judgement.principle


def place_of(judgement: Judgement) -> tuple[str, str]:
    """Tell where a judgement is made: the page, and the key to show there."""
    if isinstance(judgement, Answer):
        return "assess", f"{judgement.case}/{judgement.criterion}"
    if isinstance(judgement, Finding):
        return "results", f"{judgement.case}/{judgement.principle}"
    if isinstance(judgement, Challenge):
        return "results", f"challenges/{judgement.key}"
    return "factors", f"{judgement.factor}/{judgement.case or ''}"


def candidates(chain: Chain, wanted: str, who: str, passage: str = "") -> list[Candidate]:
    """List the judgements that could rest on a passage, those named by the words wanted; all for none.

    Criteria of each case, as `who` answers them, findings, challenges, and factors for each case and the organisation;
    an answer or an influence need not be there yet. Those whose own name has the words come first, among them those on
    a case that the passage is about.

    Args:
        chain: of the study.
        wanted: words, in any order, of any part of a name; case makes no difference.
        who: key of the assessor working; "" for nobody, who can't answer.
        passage: its key; "" for any.
    """
    if chain.assessment.round is None:
        return []
    who = who if any(each.key == who for each in chain.document.assessors) else ""
    words = wanted.casefold().split()
    found = [each for each in _could_rest(chain, who) if _is_named(words, f"{each.words} {each.about}")]
    cases = cases_of(chain.document, passage)
    return sorted(found, key=lambda each: (not _is_named(words, each.words), cases.isdisjoint(_cases(each.judgement))))


def cases_of(document: StudyDocument, passage: str) -> frozenset[str]:
    """Tell which cases a passage is about: those it is coded for, else those of its source."""
    coded = {coding.case for coding in document.codings if coding.passage == passage and coding.case}
    sources = {each.source for each in document.passages if each.key == passage}
    told = (case for source in document.sources if source.key in sources for case in source.cases)
    return frozenset(coded or told)


def likeliness(
    case: str | None, *, tied: bool, coded_for: Collection[str | None], about: Collection[str]
) -> int | None:
    """How likely a passage is evidence for or against a judgement on a case: 0 is the likeliest, 3 the least likely.

    0 is tied to what is judged and about the case, 3 is about no case in particular, nor its source: nobody said yet
    what it is about. None is not at all: what is coded for other cases only is about them, whatever else its source is
    about; for the organisation, what is tied counts whichever case it is about.

    Args:
        case: its key; None for the organisation.
        tied: whether the passage is coded to what is judged.
        coded_for: the cases that its codings are about; None is the organisation.
        about: the cases that its source is about.
    """
    if case is not None and coded_for and case not in coded_for and None not in coded_for:
        return None
    here = case in coded_for or case in about
    if tied:
        return 0 if here else 1
    if here:
        return 2
    return None if about or any(coded_for) else 3


def _cases(judgement: Judgement) -> tuple[str, ...]:
    if isinstance(judgement, Challenge):
        return judgement.cases
    return (judgement.case,) if judgement.case else ()


def _is_named(words: Iterable[str], name: str) -> bool:
    name = name.casefold()
    return all(word in name for word in words)


def _could_rest(chain: Chain, who: str) -> Iterator[Candidate]:
    names, round_key, rubric = chain.names, chain.names.round, chain.assessment.rubric.id
    for case in chain.assessment.cases:
        for judged in case.principles:
            for each in (*_own_answers(judged, rubric, case.case.key, round_key, who), judged.finding):
                if each is not None:
                    yield Candidate(kind_of(each), names.words(each), names.score(each), each)
    for challenge in chain.challenges:
        yield Candidate(Kind.CHALLENGE, names.words(challenge), names.score(challenge), challenge)
    standing = {(each.factor, each.case): each for each in chain.influences}
    for factor in chain.document.factors:
        for place in (None, *(case.key for case in chain.document.cases)):
            influence = standing.get((factor.key, place)) or Influence(factor=factor.key, round=round_key, case=place)
            yield Candidate(Kind.INFLUENCE, names.words(influence), names.score(influence), influence)


def _own_answers(judged: JudgedPrinciple, rubric: str, case: str, in_round: str, who: str) -> Iterator[Answer]:
    """Give the answers of one assessor to the criteria of a principle, empty ones where there are none yet."""
    for criterion in judged.criteria if who else ():
        own = next((answer for answer in criterion.answers if answer.assessor == who), None)
        key = criterion.criterion.id
        yield own or Answer(rubric=rubric, criterion=key, case=case, round=in_round, assessor=who)
