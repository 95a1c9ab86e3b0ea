"""The `trace` command's output: the chain of evidence of every score, as lines of text and as JSON."""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.analysis.assessment import assess
from app.analysis.chain import Chain, place_of
from app.analysis.coverage import coverage
from app.analysis.evidence_warnings import warnings
from app.analysis.overview import team_overall
from app.analysis.todo import count
from app.analysis.words import JOIN
from app.cli.known import require, require_rubric
from app.cli.score import override_of
from app.cli.terminal import printable
from app.model.clusters import cut_at_word
from app.scoring.offered import answers_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.analysis.assessment import JudgedCase, JudgedCriterion, JudgedPrinciple
    from app.analysis.chain import Judgement, Link
    from app.analysis.coverage import Coverage
    from app.analysis.evidence_warnings import EvidenceWarning
    from app.model.assessment import Answer, Challenge, Influence
    from app.model.document import StudyDocument

WIDTH: Final = 100
"""Columns of the text."""

_UNDONE: Final = "Nothing was traced"
_WORDS: Final = 110  # code points of a passage


@dataclass(frozen=True)
class Trace:
    """A study's chain of evidence, of one case or of all, with what to look at in it and its figures.

    Challenges are those of the cases shown, or across all cases; influences those on the cases, and where all are
    shown on the organisation; warnings those of what is shown.
    """

    chain: Chain
    cases: tuple[JudgedCase, ...]
    challenges: tuple[Challenge, ...]
    influences: tuple[Influence, ...]
    warnings: tuple[EvidenceWarning, ...]
    coverage: Coverage


def trace(document: StudyDocument, case: str | None = None) -> Trace:
    """Follow the chain of one case, or of all.

    Raises:
        UnknownKeyError: the study has no such case, or no rubric.
    """
    require_rubric(document, _UNDONE)
    require(document, "cases", case, _UNDONE)
    chain = Chain(document, assess(document))
    cases = tuple(each for each in chain.assessment.cases if case in (None, each.case.key))
    challenges = tuple(each for each in chain.challenges if case is None or not each.cases or case in each.cases)
    influences = tuple(each for each in chain.influences if case in (None, each.case))
    found = warnings(chain)
    shown = {place_of(each) for each in challenges}
    return Trace(
        chain,
        cases,
        challenges,
        influences,
        tuple(each for each in found if case in (None, each.case) or (each.page, each.key) in shown),
        coverage(chain, found),
    )


# As JSON


def as_json(traced: Trace) -> str:
    """Write it as JSON; keys are those of the study JSON and of the rubric, words stand in full."""
    chain = traced.chain
    plain = {
        "study": chain.document.study.title,
        "rubric": chain.assessment.rubric.id,
        "round": chain.names.round or None,
        "cases": [_case(chain, each) for each in traced.cases],
        "challenges": [_challenge(chain, each) for each in traced.challenges],
        "influences": [_influence(chain, each) for each in traced.influences],
        "warnings": [_warning(each) for each in traced.warnings],
        "coverage": _coverage(traced.coverage),
    }
    return json.dumps(plain, indent=2, ensure_ascii=False)


def _case(chain: Chain, judged: JudgedCase) -> dict[str, Any]:
    overall = judged.score.overall
    return {
        "case": judged.case.key,
        "name": judged.case.name,
        "level": overall.level,
        "at_most": overall.at_most,
        "reason": judged.overall_reason,
        "team": {"level": judged.team.level, "at_most": judged.team.at_most} if judged.team else None,
        "principles": [_principle(chain, each) for each in judged.principles],
    }


def _principle(chain: Chain, judged: JudgedPrinciple) -> dict[str, Any]:
    finding = judged.finding
    return {
        "principle": judged.principle.id,
        "level": judged.score.level,
        "at_most": judged.score.at_most,
        "reason": judged.reason,
        "override": override_of(judged),
        "finding": {"text": finding.text, "evidence": _links(chain, finding)} if finding else None,
        "criteria": [_criterion(chain, each) for each in judged.criteria],
    }


def _criterion(chain: Chain, judged: JudgedCriterion) -> dict[str, Any]:
    return {
        "criterion": judged.criterion.id,
        "level": judged.criterion.level,
        "verdict": judged.verdict,
        "because": str(judged.effective.reason),
        "answers": [_answer(chain, each) for each in judged.answers],
    }


def _answer(chain: Chain, answer: Answer) -> dict[str, Any]:
    return {
        "assessor": answer.assessor,
        "verdict": answer.verdict,
        "rationale": answer.rationale,
        "confidence": answer.confidence,
        "evidence": _links(chain, answer),
    }


def _challenge(chain: Chain, challenge: Challenge) -> dict[str, Any]:
    return {
        "challenge": challenge.key,
        "title": challenge.title,
        "principle": challenge.principle,
        "cases": list(challenge.cases),
        "evidence": _links(chain, challenge),
    }


def _influence(chain: Chain, influence: Influence) -> dict[str, Any]:
    return {
        "factor": influence.factor,
        "case": influence.case,
        "strength": influence.strength,
        "memo": influence.memo,
        "evidence": _links(chain, influence),
    }


def _links(chain: Chain, judgement: Judgement) -> list[dict[str, Any]]:
    return [_link(each) for each in chain.links(judgement)]


def _link(link: Link) -> dict[str, Any]:
    evidence = link.evidence
    return {
        "passage": link.passage,
        "citation": link.citation,
        "weight": evidence.weight,
        "stance": evidence.stance,
        "reference": evidence.reference,
        "note": evidence.note,
        "words": link.now or None,
        "words_then": link.then,
        "check_again": link.again,
    }


def _warning(warning: EvidenceWarning) -> dict[str, Any]:
    return {
        "kind": warning.kind,
        "sentence": warning.sentence,
        "case": warning.case,
        "principle": warning.principle or None,
        "criterion": warning.criterion or None,
        "passage": warning.passage or None,
    }


def _coverage(figures: Coverage) -> dict[str, Any]:
    return {
        "answers": figures.answers,
        "answers_with_evidence": figures.with_evidence,
        "passages": figures.passages,
        "passages_used": figures.used,
        "interviews_with_notes": figures.interviews,
        "interviews_coded": figures.coded,
        "links_by_weight": dict(figures.weights),
        "warnings_by_kind": dict(figures.warnings),
    }


# As text


@dataclass
class _Text:
    """Lines of at most `WIDTH` columns, indented by what they stand under."""

    lines: list[str] = field(default_factory=list)

    def say(self, depth: int, *words: str, mark: str = "") -> None:
        """Write words below what is there, after a mark that stands out."""
        text = printable(" ".join(filter(None, words)))
        first = f"{'  ' * depth}{mark}"
        self.lines += textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first))

    def gap(self) -> None:
        """Leave a line empty."""
        self.lines.append("")


def as_text(traced: Trace) -> str:
    """Write it to be read in a terminal; words are shortened."""
    text = _Text()
    for case in traced.cases:
        text.say(0, f"{case.case.name}: {case.overall_reason}")
        if team := team_overall(traced.chain.assessment.rubric, case):
            text.say(1, f"{team.words}.")
        for judged in case.principles:
            _tell_principle(text, traced.chain, judged)
        text.gap()
    _tell_all(text, traced.chain, "Challenges", [(each.title, each) for each in traced.challenges])
    _tell_all(text, traced.chain, "Factors", [(traced.chain.names.words(each), each) for each in traced.influences])
    _tell_warnings(text, traced.warnings)
    _tell_coverage(text, traced.coverage)
    return "\n".join(text.lines)


def _tell_principle(text: _Text, chain: Chain, judged: JudgedPrinciple) -> None:
    text.gap()
    text.say(1, f"{judged.principle.name}: {judged.interval}")
    text.say(2, judged.reason)
    if judged.override is not None:
        level = chain.assessment.rubric.level(judged.override.level).name
        text.say(2, f"Set to {level} by the team: {judged.override.reason}")
    if judged.lapsed is not None:
        text.say(2, f"Lapsed: {judged.changed}.")
    if judged.finding is not None:
        text.say(2, f"Finding: {judged.finding.text}")
        _tell_links(text, chain.links(judged.finding))
    for criterion in judged.criteria:
        _tell_criterion(text, chain, criterion)


def _tell_criterion(text: _Text, chain: Chain, judged: JudgedCriterion) -> None:
    offered = answers_to(chain.assessment.rubric, judged.criterion.id)
    counts = f" ({offered.label(judged.verdict).lower()} counts)" if len(judged.answers) > 1 else ""
    text.say(2, f"{judged.criterion.name}{counts}{'' if judged.answers else ': unanswered'}")
    for answer in judged.answers:
        verdict = f"{offered.label(answer.verdict)} ({chain.names.assessor(answer.assessor)})"
        text.say(3, f"{verdict}{': ' if answer.rationale else ''}{answer.rationale}")
        _tell_links(text, chain.links(answer), 4)


def _tell_links(text: _Text, links: Sequence[Link], depth: int = 3) -> None:
    for link in links:
        evidence = link.evidence
        seen = f" ({evidence.reference})" if evidence.reference else ""
        words = _shortened(link.now or link.then)
        gone = "" if link.now else " [no longer in the notes]"
        text.say(depth, f"{link.citation}, {evidence.weight}{seen}: {words}{gone}", mark="x " if link.against else "- ")
        if link.against or evidence.note:
            text.say(
                depth + 1, "Contradicts:" if link.against else "Note:", evidence.note or "no note says why it stands"
            )
        if link.again:
            text.say(depth + 1, "Check again: when linked it said:", _shortened(link.then))


def _shortened(words: str) -> str:
    return cut_at_word(words, _WORDS).replace(f"{JOIN.rstrip()}…", "…")


def _tell_all(text: _Text, chain: Chain, head: str, named: Sequence[tuple[str, Judgement]]) -> None:
    if not named:
        return
    text.say(0, head)
    for name, each in named:
        text.say(1, name)
        _tell_links(text, chain.links(each), 2)
    text.gap()


def _tell_warnings(text: _Text, found: Iterable[EvidenceWarning]) -> None:
    sentences = [each.sentence for each in found]
    text.say(0, "Evidence to look at" if sentences else "Nothing in the evidence to look at again")
    for sentence in sentences:
        text.say(1, sentence, mark="! ")
    text.gap()


def _tell_coverage(text: _Text, figures: Coverage) -> None:
    text.say(0, "Coverage of the study")
    text.say(1, f"{figures.with_evidence} of {count(figures.answers, 'answer', 'answers')} with evidence")
    text.say(1, f"{figures.used} of {count(figures.passages, 'passage', 'passages')} used as evidence")
    text.say(1, f"{figures.coded} of {count(figures.interviews, 'interview', 'interviews')} with notes coded")
    weights = ", ".join(f"{number} {weight}" for weight, number in figures.weights.items())
    text.say(1, f"links: {weights}")
