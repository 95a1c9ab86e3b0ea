"""What a round says in terms of one rubric: by the answers given to that rubric, or by those a mapping carries over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from app.analysis.assessment import assess, rubric_of
from app.analysis.mappings import mapping_in
from app.analysis.standing import Stand, derived_stands, stands
from app.model.setting import Round
from app.rubric.mapping import RubricMapping, known_as
from app.rubric.structure import Rubric
from app.scoring.propose import propose
from app.scoring.scale import Verdict
from app.scoring.score import Scorer

if TYPE_CHECKING:
    from app.analysis.assessment import JudgedCase
    from app.model.document import StudyDocument


class Said(Struct, frozen=True):
    """What counts as the answer to a criterion in a round, with the keys of the passages it rests on.

    `criteria` are the ids of those that were answered: the criterion itself, or those a mapping takes it from.
    """

    verdict: Verdict
    evidence: tuple[str, ...]
    criteria: tuple[str, ...]


class Way(Struct, frozen=True):
    """How a round's answers to one rubric are told in terms of another; no mapping where they are the same."""

    source: Rubric
    target: Rubric
    mapping: RubricMapping | None = None


class Told(Struct, frozen=True):
    """A round in terms of a rubric: where every case stands, and what was said, by the keys of cases."""

    round: Round
    way: Way
    stands: dict[str, dict[str, Stand]]
    said: dict[str, dict[str, Said]]

    def asks(self, criterion: str) -> bool:
        """Whether the round's answers can say anything of a criterion: not where no mapping leads to it."""
        return self.way.mapping is None or criterion in self.way.mapping.targets_reached


def answered(document: StudyDocument, in_round: str) -> list[Rubric]:
    """List the rubrics that have answers in a round, in the study's order."""
    keys = {each.rubric for each in document.answers if each.round == in_round and each.verdict is not None}
    keys.update(each.rubric for each in document.consensus if each.round == in_round)
    return [rubric_of(document, frozen.key) for frozen in document.rubrics if frozen.key in keys]


def rounds_to_compare(document: StudyDocument, shown: str = "") -> tuple[Round, Round] | None:
    """Choose two rounds with answers, one after the other; None where there are not two.

    Args:
        document: the study.
        shown: key of the round that is looked at: the later of the two, if one before it has answers.
    """
    found = [each for each in document.rounds if answered(document, each.key)]
    places = [place for place, each in enumerate(found) if place and each.key == shown]
    last = places[0] if places else len(found) - 1
    return (found[last - 1], found[last]) if last > 0 else None


def round_to_answer(document: StudyDocument) -> Round | None:
    """Choose the round to answer next: the first behind all that have answers; None where there is none."""
    rounds = list(document.rounds)
    while rounds and any(answered(document, each.key) for each in rounds[1:]):
        rounds.pop(0)
    return next((each for each in rounds if not answered(document, each.key)), None)


def round_passed_over(document: StudyDocument) -> Round | None:
    """Name the last round without answers before the first that has some; None where there is none."""
    rounds = document.rounds
    first = next((place for place, each in enumerate(rounds) if answered(document, each.key)), 0)
    return rounds[first - 1] if first else None


def way_to(document: StudyDocument, in_round: str, target: Rubric) -> Way | None:
    """Find how a round can be told in terms of a rubric; None where it can't.

    Args:
        document: the study.
        in_round: key of the round.
        target: a rubric of the study's.
    """
    sources = answered(document, in_round)
    if any(each.id == target.id for each in sources):
        return Way(target, target)
    sources.sort(key=lambda each: not _are_versions(each, target))
    ways = (Way(each, target, found) for each in sources if (found := mapping_in(document, each, target)))
    return next(ways, None)


def told(document: StudyDocument, in_round: Round, way: Way) -> Told:
    """Tell what a round says of every case."""
    judged = assess(document, way.source.id, in_round.key).cases
    if way.mapping is None:
        return Told(
            in_round,
            way,
            {case.case.key: stands(case) for case in judged},
            {case.case.key: _said(case) for case in judged},
        )
    scorer = Scorer(way.target)
    said = {case.case.key: _carried(_said(case), way, way.mapping) for case in judged}
    verdicts = {case: {key: each.verdict for key, each in found.items()} for case, found in said.items()}
    scored = {case: derived_stands(way.target, scorer.case(given), given) for case, given in verdicts.items()}
    return Told(in_round, way, scored, said)


def _are_versions(one: Rubric, other: Rubric) -> bool:
    """Whether they are versions of one rubric."""
    return bool(set(known_as(one)) & set(known_as(other)))


def _said(case: JudgedCase) -> dict[str, Said]:
    """Give the verdicts that count, by criterion."""
    return {
        each.criterion.id: Said(each.verdict, tuple(link.passage for link in each.evidence), (each.criterion.id,))
        for part in case.principles
        for each in part.criteria
        if each.verdict is not None
    }


def _carried(said: dict[str, Said], way: Way, mapping: RubricMapping) -> dict[str, Said]:
    """Carry answers over; where what was said leaves it open what to propose, that is unknown."""
    verdicts = {criterion: each.verdict for criterion, each in said.items()}
    proposed = {each.criterion: each for each in propose(way.source, verdicts, way.target, mapping)}
    found = {}
    for criterion in (each.id for each in way.target.criteria):
        if criterion in proposed:
            sources = tuple(source for source, _ in proposed[criterion].because)
            found[criterion] = _taken_from(said, sources, proposed[criterion].verdict)
        elif sources := _said_of(said, mapping, criterion):
            withheld = all(said[each].verdict is Verdict.WITHHELD for each in sources)
            found[criterion] = _taken_from(said, sources, Verdict.WITHHELD if withheld else Verdict.UNKNOWN)
    return found


def _said_of(said: dict[str, Said], mapping: RubricMapping, criterion: str) -> tuple[str, ...]:
    """Name the criteria that were answered of those that lead to one."""
    sources = dict.fromkeys(source for entry in mapping.entries_for(criterion) for source in entry.sources)
    return tuple(each for each in sources if each in said)


def _taken_from(said: dict[str, Said], sources: tuple[str, ...], verdict: Verdict) -> Said:
    evidence = dict.fromkeys(passage for each in sources for passage in said[each].evidence)
    return Said(verdict, tuple(evidence), sources)
