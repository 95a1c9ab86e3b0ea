"""Cards for what stands beside a source's notes: pure functions of the document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.analysis.assessment import rubric_of, step_of
from app.analysis.guide import guide_of
from app.model.evidence import Stance
from app.model.source import FollowUpState
from app.scoring.offered import word_of
from ui.notebook.cards import Card, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.analysis.coding import CodingIndex
    from app.model.document import StudyDocument
    from app.model.source import FollowUp, Source
    from app.rubric.structure import Rubric

_STATES = {
    FollowUpState.OPEN: "To ask",
    FollowUpState.ASKED: "Asked, not yet answered",
    FollowUpState.ANSWERED: "Answered",
    FollowUpState.DROPPED: "Dropped",
}
_REMOVE = Spot("remove", icon="trash-2", hint="Remove this passage (Del)")
_ATTACH = Spot("attach", "Attach to the selected words", "link", "Let it lie on the words selected in the notes (A)")


@dataclass(frozen=True)
class Beside:
    """The cards of the three lists; `entries` tells which line of the notes a follow-up comes from."""

    passages: tuple[Card, ...]
    follow_ups: tuple[tuple[Card, str], ...]
    questions: tuple[Card, ...]
    entries: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "entries", {card.key: entry for card, entry in self.follow_ups})

    @property
    def by_name(self) -> dict[str, tuple[Card, ...]]:
        """The lists by the names of their tabs."""
        follow_ups = tuple(card for card, _entry in self.follow_ups)
        return {"passages": self.passages, "follow_ups": follow_ups, "guide": self.questions}


def passage_cards(index: CodingIndex, source: Source, *, read_only: bool = False) -> tuple[Card, ...]:
    """List a source's passages in the order of the notes, those that lost their words last."""
    citations = index.citations
    texts = {entry.key: entry.text for entry in source.entries}
    here = list(index.in_source(source.key))
    uses = _Uses(index, [passage.key for passage in here])
    here.sort(key=lambda passage: (not passage.spans, citations.order(passage.key), _start(passage.spans)))
    cards = []
    for passage in here:
        words = " … ".join(texts[span.entry][span.start : span.end] for span in passage.spans if span.entry in texts)
        where = citations.passage(passage.key).partition(" ")[2].capitalize() or "No longer in the notes"
        ink = "text" if passage.spans else "text_faint"
        feet = tuple(uses.of(passage.key)) or ("Nothing rests on it yet",)
        spots = () if read_only else (_REMOVE,)
        choices = () if passage.spans or read_only else (_ATTACH,)
        cards.append(Card(passage.key, where, words or passage.words, feet, spots, choices, ink=ink))
    return tuple(cards)


def follow_up_cards(document: StudyDocument, source: Source) -> tuple[tuple[Card, str], ...]:
    """List what these notes left open, what was answered in them, and what is still to ask these people."""
    entries = {entry.key: number for number, entry in enumerate(source.entries, 1)}
    people = {person.key: person.pseudonym for person in document.participants}
    found = []
    for each in document.follow_ups:
        asked = each.state is FollowUpState.OPEN and each.participant in source.participants
        if each.entry in entries or each.answered_in == source.key or asked:
            found.append((_follow_up_card(each, entries, people), each.entry or ""))
    return tuple(found)


def _follow_up_card(each: FollowUp, entries: dict[str, int], people: dict[str, str]) -> Card:
    line = entries.get(each.entry or "")
    where = f"Line {line}" if line else people.get(each.participant or "", "")
    open_ = each.state in (FollowUpState.OPEN, FollowUpState.ASKED)
    feet = (each.resolution,) if each.resolution else ()
    head = " · ".join(filter(None, (_STATES[each.state], where)))
    return Card(each.key, head, each.question, feet, ink="text" if open_ else "text_muted")


def question_cards(document: StudyDocument, source: Source) -> tuple[Card, ...]:
    """List the questions of the source's guide."""
    guide = guide_of(document, source)
    if guide is None:
        return ()
    rubric = rubric_of(document) if document.rubrics else None
    return tuple(
        Card(question.key, _question_head(number, question.principle, question.minutes, rubric), question.text)
        for number, question in enumerate(guide.questions, 1)
    )


def _question_head(number: int, principle: str | None, minutes: int, rubric: Rubric | None) -> str:
    name = rubric.principle(principle).short if rubric is not None and principle else ""
    return " · ".join(filter(None, (f"{number}", name, f"{minutes} min" if minutes else "")))


class _Uses:
    """What rests on some passages: codes, answers, findings, challenges and influences."""

    def __init__(self, index: CodingIndex, passages: Iterable[str]) -> None:
        document = index.document
        self._found = {passage: _codes(index, passage) for passage in passages}
        self._cases = {case.key: case.name for case in document.cases}
        self._add_judgements(document)

    def of(self, passage: str) -> list[str]:
        """List what rests on one passage."""
        return self._found[passage]

    def _add_judgements(self, document: StudyDocument) -> None:
        for passage, stance, words in _judgements(document, self._cases):
            if passage in self._found:
                verb = "Against" if stance is Stance.CONTRADICTS else "For"
                self._found[passage].append(f"{verb} {words}")


def _codes(index: CodingIndex, passage: str) -> list[str]:
    """Name the codes on a passage, each once; nothing for none."""
    names = dict.fromkeys(index.codes[coding.code].name for coding in index.codings_of(passage))
    return [", ".join(names)] if names else []


def _judgements(document: StudyDocument, cases: dict[str, str]) -> Iterator[tuple[str, Stance, str]]:
    for answer in (each for each in document.answers if each.evidence):
        step = step_of(document, answer)
        verdict = word_of(step).lower() if step else "unanswered"
        words = f"{answer.criterion.replace('-', ' ')}, {cases[answer.case]} ({verdict})"
        yield from ((link.passage, link.stance, words) for link in answer.evidence)
    for finding in document.findings:
        yield from ((link.passage, link.stance, f"a finding on {cases[finding.case]}") for link in finding.evidence)
    for challenge in document.challenges:
        yield from ((link.passage, link.stance, f"the challenge: {challenge.title}") for link in challenge.evidence)
    factors = {factor.key: factor.name for factor in document.factors}
    for influence in document.influences:
        yield from (
            (link.passage, link.stance, f"the factor: {factors[influence.factor]}") for link in influence.evidence
        )


def _start(spans: tuple[object, ...]) -> int:
    return int(getattr(spans[0], "start", 0)) if spans else 0
