"""What to look at again in the evidence before others do: warnings, which never keep anybody from anything."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from app.analysis.chain import Judgement, Link, place_of, principle_of
from app.analysis.lifting import is_on_top, lifting
from app.model.assessment import Answer, Finding, Influence
from app.model.evidence import Weight
from app.model.source import FollowUpState
from app.scoring.offered import answers
from app.scoring.scale import is_achievement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.analysis.assessment import JudgedCase, JudgedPrinciple
    from app.analysis.chain import Chain

_SETTLED: Final = (FollowUpState.ANSWERED, FollowUpState.DROPPED)


class WarningKind(StrEnum):
    """What is the matter; the first are the more pressing."""

    LAPSED = "lapsed"
    CHECK_AGAIN = "check_again"
    UNADDRESSED = "unaddressed"
    NO_EVIDENCE = "no_evidence"
    ONE_SOURCE = "one_source"
    ONLY_SAID = "only_said"
    NO_REFERENCE = "no_reference"
    UNCERTAIN = "uncertain"


NAMES: Final = {
    WarningKind.LAPSED: "Level set has lapsed",
    WarningKind.CHECK_AGAIN: "Words have changed",
    WarningKind.UNADDRESSED: "Contradicted, not addressed",
    WarningKind.NO_EVIDENCE: "No evidence",
    WarningKind.ONE_SOURCE: "One source alone",
    WarningKind.ONLY_SAID: "Said only",
    WarningKind.NO_REFERENCE: "Reference missing",
    WarningKind.UNCERTAIN: "Still uncertain",
}


class EvidenceWarning(Struct, frozen=True):
    """Something to look at: in a sentence, with the page and the key to show there where it is judged.

    `case` is None for what is about no single case, `principle` and `criterion` are empty where there is none.
    """

    kind: WarningKind
    sentence: str
    page: str
    key: str
    case: str | None
    principle: str = ""
    criterion: str = ""
    passage: str = ""


def warnings(chain: Chain) -> tuple[EvidenceWarning, ...]:
    """List what to look at in the evidence of the round assessed, the more pressing kinds first.

    A score on the rubric's top level is warned of where what lifts it there rests on one source, or on *said* alone.
    An answer of *unknown* or *withheld* needs no evidence, and one of *not applicable* has its reason.
    """
    found = [*_lapsed(chain), *_Scores(chain).warned(), *_answers(chain), *_links(chain)]
    order = list(WarningKind)
    return tuple(sorted(found, key=lambda each: order.index(each.kind)))


def counted(found: Sequence[EvidenceWarning]) -> Counter[WarningKind]:
    """Count warnings by kind."""
    return Counter(each.kind for each in found)


def _lapsed(chain: Chain) -> Iterator[EvidenceWarning]:
    """Warn of levels that the team set and that no longer count."""
    rubric = chain.assessment.rubric
    for case in chain.assessment.cases:
        for judged in case.principles:
            if judged.lapsed is not None:
                level = rubric.level(judged.lapsed.level).name
                words = f"{judged.principle.short} of {case.case.name}: {level}, set by the team, has lapsed: "
                yield _of_score(WarningKind.LAPSED, f"{words}{judged.changed}.", case, judged)


class _Scores:
    """Warnings of scores on the top level."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain

    def warned(self) -> Iterator[EvidenceWarning]:
        top = self._chain.assessment.rubric.levels[-1].name
        for case in self._chain.assessment.cases:
            for judged in case.principles:
                if is_on_top(judged):
                    yield from self._on_top(case, judged, top)

    def _on_top(self, case: JudgedCase, judged: JudgedPrinciple, level: str) -> Iterator[EvidenceWarning]:
        links = [evidence for _answer, evidence in lifting(judged)]
        sources = {self._chain.words.source(link.passage) for link in links}
        score = f"{judged.principle.short} of {case.case.name} is {level} on"
        if len(sources) == 1:
            source = self._chain.citations.source(sources.pop())
            yield _of_score(WarningKind.ONE_SOURCE, f"{score} one source alone, {source}.", case, judged)
        if links and all(link.weight is Weight.SAID for link in links):
            words = f"{score} what was said alone: nothing was shown or documented."
            yield _of_score(WarningKind.ONLY_SAID, words, case, judged)


def _of_score(kind: WarningKind, sentence: str, case: JudgedCase, judged: JudgedPrinciple) -> EvidenceWarning:
    key, principle = case.case.key, judged.principle.id
    return EvidenceWarning(kind, sentence, "results", f"{key}/{principle}", key, principle)


def _answers(chain: Chain) -> Iterator[EvidenceWarning]:
    """Warn of achievements claimed, or denied, with nothing to show for it."""
    subjects, rubric = _Subjects(chain), chain.assessment.rubric
    offered = {each.id: answers(rubric, principle) for principle in rubric.principles for each in principle.criteria}
    for answer in (each for each in chain.judgements if isinstance(each, Answer)):
        links = chain.links(answer)
        if is_achievement(answer.verdict) and all(link.against for link in links):
            on = "with nothing but evidence against that" if links else "without evidence"
            given = offered[answer.criterion].label(answer.verdict).lower()
            words = f"{subjects.of(answer)}: answered {given}, {on}."
            yield _of(chain, WarningKind.NO_EVIDENCE, words, answer)


def _links(chain: Chain) -> Iterator[EvidenceWarning]:
    uncertain, subjects = _uncertain(chain), _Subjects(chain)
    for link in chain.all_links:
        subject = subjects.of(link.judgement)
        for kind, words in _of_link(link, uncertain=link.passage in uncertain):
            yield _of(chain, kind, f"{subject}: {words}.", link.judgement, link.passage)


def _of_link(link: Link, *, uncertain: bool) -> Iterator[tuple[WarningKind, str]]:
    place = link.citation
    if link.again:
        now = f"rests on {place}, which reads otherwise now"
        gone = f"rests on words that are gone from {place}"
        yield WarningKind.CHECK_AGAIN, now if link.now else gone
    if link.unaddressed:
        yield WarningKind.UNADDRESSED, f"contradicted by {place}, and no note says why it stands"
    if link.lacks_reference:
        yield WarningKind.NO_REFERENCE, f"rests on something documented that is not named: {place}"
    if uncertain:
        yield WarningKind.UNCERTAIN, f"rests on {place}, which is still uncertain"


class _Subjects:
    """Names what is judged, and whose answer it is where several assessors have answered."""

    def __init__(self, chain: Chain) -> None:
        self._names = chain.names
        answered = {each.assessor for each in chain.judgements if isinstance(each, Answer)}
        self._several = len(answered) > 1

    def of(self, judgement: Judgement) -> str:
        subject = self._names.subject(judgement)
        if isinstance(judgement, Answer) and self._several:
            subject = f"{subject} ({self._names.assessor(judgement.assessor)})"
        return subject[:1].upper() + subject[1:]


def _uncertain(chain: Chain) -> frozenset[str]:
    """Name the passages under judgements that lie in an uncertain line about which nobody has been told more."""
    settled = {each.entry for each in chain.document.follow_ups if each.state in _SETTLED}
    used = {link.passage for link in chain.all_links}
    lines = ((passage, line) for passage in used for line in chain.words.entries(passage))
    return frozenset(passage for passage, line in lines if line.uncertain and line.key not in settled)


def _of(chain: Chain, kind: WarningKind, sentence: str, judgement: Judgement, passage: str = "") -> EvidenceWarning:
    page, key = place_of(judgement)
    principle = principle_of(judgement, chain.assessment.rubric)
    if isinstance(judgement, Answer):
        key = f"{key}/{passage}" if passage else key
        return EvidenceWarning(kind, sentence, page, key, judgement.case, principle, judgement.criterion, passage)
    case = judgement.case if isinstance(judgement, Finding | Influence) else None
    return EvidenceWarning(kind, sentence, page, key, case, principle, passage=passage)
