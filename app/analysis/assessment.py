"""A study's scores for one round, each with the answers, evidence and findings it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from app.model.assessment import Answer, Consensus, Finding, Override
from app.model.setting import Case, Round
from app.rubric.load import decode_rubric
from app.rubric.structure import Criterion, Principle, Rubric
from app.scoring.effective import Effective, effective_verdict
from app.scoring.explain import interval_text, overall_text, reason_text
from app.scoring.result import CaseScore, PrincipleScore
from app.scoring.score import score_case

Found = TypeVar("Found", Finding, Override)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.model.document import StudyDocument
    from app.model.evidence import Evidence
    from app.scoring.scale import Verdict


class JudgedCriterion(Struct, frozen=True):
    """A criterion with everything said of it for one case; `answers` are the assessors', in the study's order."""

    criterion: Criterion
    effective: Effective
    answers: tuple[Answer, ...]

    @property
    def verdict(self) -> Verdict | None:
        """The verdict that counts; None where nobody has answered."""
        return self.effective.verdict

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All passages the answers rest on, each once."""
        found = {link.passage: link for answer in self.answers for link in answer.evidence}
        return tuple(found.values())


class JudgedPrinciple(Struct, frozen=True):
    """One principle of one case: its score, in words too, and what it rests on."""

    principle: Principle
    score: PrincipleScore
    interval: str
    reason: str
    criteria: tuple[JudgedCriterion, ...]
    finding: Finding | None
    override: Override | None

    @property
    def evidence(self) -> tuple[str, ...]:
        """Keys of all passages under the score, each once, in the rubric's order."""
        links = [
            *(self.finding.evidence if self.finding else ()),
            *(e for c in self.criteria for e in c.evidence),
        ]
        return tuple(dict.fromkeys(link.passage for link in links))


class JudgedCase(Struct, frozen=True):
    """One case: its principles in the rubric's order, and the overall level with its reason in words."""

    case: Case
    score: CaseScore
    principles: tuple[JudgedPrinciple, ...]
    overall_reason: str

    def principle(self, key: str) -> JudgedPrinciple:
        """Find one principle by its id."""
        return next(judged for judged in self.principles if judged.principle.id == key)


class Assessment(Struct, frozen=True):
    """All cases of a study against one rubric in one round; `round` is None in a study without rounds."""

    rubric: Rubric
    round: Round | None
    cases: tuple[JudgedCase, ...]

    def case(self, key: str) -> JudgedCase:
        """Find one case by its key."""
        return next(judged for judged in self.cases if judged.case.key == key)


def rubric_of(document: StudyDocument, key: str | None = None) -> Rubric:
    """Decode the rubric a study has frozen: the one named, or its first.

    Raises:
        KeyError: the study has none of that key.
    """
    for frozen in document.rubrics:
        if key in (None, frozen.key):
            return decode_rubric(frozen.text, f"{frozen.key}.yaml")
    raise KeyError(key)


def current_round(document: StudyDocument, rubric: str) -> Round | None:
    """Choose the round to show: the last with an answer to this rubric, else the last."""
    answered = {answer.round for answer in document.answers if answer.rubric == rubric}
    rounds = [r for r in document.rounds if r.key in answered] or list(document.rounds)
    return rounds[-1] if rounds else None


def assess(document: StudyDocument, rubric: str | None = None, round_key: str | None = None) -> Assessment:
    """Score every case of a study.

    Args:
        document: the study.
        rubric: key of one of its rubrics; by default its first.
        round_key: key of a round; by default the last one with answers.
    """
    model = rubric_of(document, rubric)
    chosen = next((r for r in document.rounds if r.key == round_key), None) or current_round(document, model.id)
    return Assessment(model, chosen, tuple(judge(document, model, chosen, case) for case in document.cases))


def judge(document: StudyDocument, rubric: Rubric, in_round: Round | None, case: Case) -> JudgedCase:
    """Score one case, with what the score comes from."""
    here = _Here(document, rubric, in_round, case)
    criteria = {criterion.id: here.judged(criterion) for criterion in _criteria(rubric)}
    verdicts = {key: judged.verdict for key, judged in criteria.items() if judged.verdict is not None}
    score = score_case(rubric, verdicts)
    principles = tuple(
        JudgedPrinciple(
            principle,
            result,
            interval_text(rubric, result),
            reason_text(rubric, result),
            tuple(criteria[criterion.id] for criterion in principle.criteria),
            here.find(document.findings, principle),
            here.find(document.overrides, principle),
        )
        for principle, result in zip(rubric.principles, score.principles, strict=True)
    )
    return JudgedCase(case, score, principles, overall_text(rubric, score))


class _Here:
    """What a document holds for one case in one round, against one rubric."""

    def __init__(self, document: StudyDocument, rubric: Rubric, in_round: Round | None, case: Case) -> None:
        self._place = (rubric.id, in_round.key if in_round else None, case.key)
        self._answers: dict[str, list[Answer]] = {}
        for answer in document.answers:
            if self._is_here(answer):
                self._answers.setdefault(answer.criterion, []).append(answer)
        self._consensus = {agreed.criterion: agreed.verdict for agreed in document.consensus if self._is_here(agreed)}

    def _is_here(self, thing: Answer | Consensus | Finding | Override) -> bool:
        return self._place == (thing.rubric, thing.round, thing.case)

    def judged(self, criterion: Criterion) -> JudgedCriterion:
        answers = tuple(self._answers.get(criterion.id, ()))
        given = {answer.assessor: answer.verdict for answer in answers if answer.verdict is not None}
        return JudgedCriterion(criterion, effective_verdict(given, self._consensus.get(criterion.id)), answers)

    def find(self, things: Iterable[Found], principle: Principle) -> Found | None:
        return next((thing for thing in things if self._is_here(thing) and thing.principle == principle.id), None)


def _criteria(rubric: Rubric) -> Iterable[Criterion]:
    return (criterion for principle in rubric.principles for criterion in principle.criteria)
