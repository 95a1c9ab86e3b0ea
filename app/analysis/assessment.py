"""A study's scores against one rubric in one round, each with the answers, evidence and findings it comes from."""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from app.analysis.ballots import is_secret
from app.analysis.overrides import Moved, moved, moved_text
from app.model.assessment import Answer, Consensus, Finding, Override
from app.model.setting import Case, Round
from app.rubric.load import decode_frozen
from app.rubric.structure import Criterion, Principle, Rubric
from app.scoring.effective import Effective, effective_verdict
from app.scoring.explain import interval_text, overall_text, reason_text
from app.scoring.offered import answers_to
from app.scoring.result import CaseScore, Overall, PrincipleScore
from app.scoring.scale import step
from app.scoring.score import Scorer, overall

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.model.document import StudyDocument
    from app.model.evidence import Evidence
    from app.scoring.scale import Step, Verdict


class JudgedCriterion(Struct, frozen=True):
    """A criterion with everything said of it for one case; `answers` are the assessors', in the study's order."""

    criterion: Criterion
    effective: Effective
    answers: tuple[Answer, ...]
    consensus: Consensus | None = None

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
    """One principle of one case: its score and what it rests on.

    `moved` are the criteria answered otherwise than when the override was set: with any, it has lapsed. While answers
    on the case are hidden from one another there are none: it would tell somebody that another answered otherwise.
    """

    rubric: Rubric
    principle: Principle
    score: PrincipleScore
    criteria: tuple[JudgedCriterion, ...]
    finding: Finding | None
    override: Override | None
    moved: tuple[Moved, ...] = ()

    @property
    def interval(self) -> str:
        """The level in a few words."""
        return interval_text(self.rubric, self.score)

    @property
    def reason(self) -> str:
        """Why the principle has its level, and what could raise it."""
        return reason_text(self.rubric, self.score)

    @property
    def in_force(self) -> Override | None:
        """The override that holds; None where there is none, or it has lapsed."""
        return None if self.moved else self.override

    @property
    def lapsed(self) -> Override | None:
        """The override that no longer holds, because answers under it have changed."""
        return self.override if self.moved else None

    @property
    def changed(self) -> str:
        """What has changed under an override that has lapsed: "drift detection was partially, is largely now"."""
        return moved_text(self.rubric, self.moved)

    @property
    def level(self) -> str | None:
        """The id of the level the team stands by: the override that holds, else the derived one; None: not rated."""
        return self.in_force.level if self.in_force else self.score.level

    @property
    def evidence(self) -> tuple[str, ...]:
        """Keys of all passages under the score, each once, in the rubric's order."""
        links = [
            *(self.finding.evidence if self.finding else ()),
            *(e for c in self.criteria for e in c.evidence),
        ]
        return tuple(dict.fromkeys(link.passage for link in links))

    def criterion(self, key: str) -> JudgedCriterion:
        """Find one of its criteria by its id."""
        return next(judged for judged in self.criteria if judged.criterion.id == key)


class JudgedCase(Struct, frozen=True):
    """One case: its principles in the rubric's order, and the overall level.

    `team` is the overall level with the overrides that hold; None where there are none.
    """

    rubric: Rubric
    case: Case
    score: CaseScore
    principles: tuple[JudgedPrinciple, ...]
    team: Overall | None = None

    @property
    def overall_reason(self) -> str:
        """The overall level, how it follows from the principles, and what holds it back."""
        return overall_text(self.rubric, self.score)

    def principle(self, key: str) -> JudgedPrinciple:
        """Find one principle by its id."""
        return next(judged for judged in self.principles if judged.principle.id == key)


class Assessment(Struct, frozen=True):
    """All cases of a study against one rubric in one round; `round` is None in a study without rounds.

    `by` is the assessor whose answers alone count; "" is the team: the consensus, else what all say.
    """

    rubric: Rubric
    round: Round | None
    cases: tuple[JudgedCase, ...]
    by: str = ""

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
            return decode_frozen(frozen.text, frozen.key)
    raise KeyError(key)


def step_of(document: StudyDocument, answer: Answer) -> Step | None:
    """Give an answer in the words of its rubric, where the study has that; None where nothing is answered yet."""
    if answer.verdict is None:
        return None
    if all(frozen.key != answer.rubric for frozen in document.rubrics):
        return step(answer.verdict)
    return answers_to(rubric_of(document, answer.rubric), answer.criterion).step(answer.verdict)


def current_round(document: StudyDocument, rubric: str) -> Round | None:
    """Choose the round to show: the last with an answer to this rubric, else the last."""
    answered = {answer.round for answer in document.answers if answer.rubric == rubric}
    rounds = [r for r in document.rounds if r.key in answered] or list(document.rounds)
    return rounds[-1] if rounds else None


def assess(
    document: StudyDocument, rubric: str | None = None, round_key: str | None = None, by: str = ""
) -> Assessment:
    """Score every case of a study.

    Args:
        document: the study, as who asks may see it (`app.analysis.blind.seen_by`).
        rubric: key of one of its rubrics; by default its first.
        round_key: key of a round; by default the last one with answers.
        by: key of the assessor whose answers alone count; by default the team's do.
    """
    return Judge().assess(document, rubric, round_key, by)


class Judge:
    """Scores the cases of a study again and again; those of which nothing has changed are handed on as they were."""

    def __init__(self) -> None:
        self._scorer: Scorer | None = None
        self._known: dict[tuple[str | None, str, str], tuple[_Given, JudgedCase]] = {}

    def assess(
        self, document: StudyDocument, rubric: str | None = None, round_key: str | None = None, by: str = ""
    ) -> Assessment:
        """Score every case of a study; see `app.analysis.assessment.assess`."""
        model = rubric_of(document, rubric)
        if self._scorer is None or self._scorer.rubric is not model:
            self._scorer = Scorer(model)
            self._known.clear()
        chosen = next((r for r in document.rounds if r.key == round_key), None) or current_round(document, model.id)
        given = _sorted_out(document, model.id, chosen.key if chosen else None, by)
        place = (chosen.key if chosen else None, by)
        cases = tuple(self._judged((*place, case.key), given[case.key]) for case in document.cases)
        return Assessment(model, chosen, cases, by)

    def _judged(self, place: tuple[str | None, str, str], given: _Given) -> JudgedCase:
        known = self._known.get(place)
        if known is None or not given.is_same(known[0]):
            assert self._scorer is not None  # noqa: S101 - made above
            self._known[place] = known = (given, judge(self._scorer, given))
        return known[1]


class _Given:
    """What a document holds for one case in one round, against one rubric."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.answers: list[Answer] = []
        self.consensus: list[Consensus] = []
        self.overrides: list[Override] = []
        self.findings: list[Finding] = []
        self.secret = False  # not all of the team may see its answers yet

    def note(self, thing: Consensus | Override | Finding) -> None:
        """Keep something the team said of the case."""
        if isinstance(thing, Consensus):
            self.consensus.append(thing)
        elif isinstance(thing, Override):
            self.overrides.append(thing)
        else:
            self.findings.append(thing)

    @property
    def _parts(self) -> list[Any]:
        return [self.case, *self.answers, *self.consensus, *self.overrides, *self.findings]

    def is_same(self, other: _Given) -> bool:
        """Whether it is made of the very same values."""
        mine, theirs = self._parts, other._parts
        return self.secret == other.secret and len(mine) == len(theirs) and all(map(is_, mine, theirs))


def _sorted_out(document: StudyDocument, rubric: str, in_round: str | None, by: str) -> dict[str, _Given]:
    found = {case.key: _Given(case) for case in document.cases}
    place = (rubric, in_round)
    for answer in document.answers:
        wanted = answer.round == in_round and answer.rubric == rubric and (not by or answer.assessor == by)
        if wanted and answer.case in found:
            found[answer.case].answers.append(answer)
    for ballot in document.ballots:
        if (ballot.rubric, ballot.round) == place and ballot.case in found:
            found[ballot.case].secret |= is_secret(ballot)
    said: list[Consensus | Override | Finding] = list(document.findings)
    if not by:
        said += [*document.consensus, *document.overrides]
    for thing in said:
        if (thing.rubric, thing.round) == place and thing.case in found:
            found[thing.case].note(thing)
    return found


def judge(scorer: Scorer, given: _Given) -> JudgedCase:
    """Score one case, with what the score comes from."""
    rubric, criteria = scorer.rubric, _judged_criteria(scorer.rubric, given)
    verdicts = {key: judged.verdict for key, judged in criteria.items() if judged.verdict is not None}
    score = scorer.case(verdicts)
    findings = {finding.principle: finding for finding in given.findings}
    overrides = {override.principle: override for override in given.overrides}
    principles = tuple(
        JudgedPrinciple(
            rubric,
            principle,
            result,
            tuple(criteria[criterion.id] for criterion in principle.criteria),
            findings.get(principle.id),
            overrides.get(principle.id),
            () if given.secret else _moved(principle, overrides.get(principle.id), verdicts),
        )
        for principle, result in zip(rubric.principles, score.principles, strict=True)
    )
    return JudgedCase(rubric, given.case, score, principles, _with_overrides(rubric, principles))


def _judged_criteria(rubric: Rubric, given: _Given) -> dict[str, JudgedCriterion]:
    answers: dict[str, list[Answer]] = {}
    for answer in given.answers:
        answers.setdefault(answer.criterion, []).append(answer)
    agreed = {each.criterion: each for each in given.consensus}
    return {
        criterion.id: _judged(criterion, answers.get(criterion.id, ()), agreed.get(criterion.id))
        for criterion in rubric.criteria
    }


def _judged(criterion: Criterion, answers: Iterable[Answer], agreed: Consensus | None) -> JudgedCriterion:
    answers = tuple(answers)
    given = {answer.assessor: answer.verdict for answer in answers if answer.verdict is not None}
    effective = effective_verdict(given, agreed.verdict if agreed else None)
    return JudgedCriterion(criterion, effective, answers, agreed)


def _moved(principle: Principle, override: Override | None, verdicts: dict[str, Verdict]) -> tuple[Moved, ...]:
    if override is None:
        return ()
    criteria = [criterion.id for criterion in principle.criteria]
    here = {key: verdicts[key] for key in criteria if key in verdicts}
    return moved(override.basis, criteria, here)


def _with_overrides(rubric: Rubric, principles: tuple[JudgedPrinciple, ...]) -> Overall | None:
    """Work out the overall level as it is with the overrides that hold; None where there are none."""
    if not any(judged.in_force for judged in principles):
        return None
    scores = [
        replace(judged.score, level=judged.in_force.level, at_most=judged.in_force.level, points=None)
        if judged.in_force
        else judged.score
        for judged in principles
    ]
    return overall(rubric, scores)
