"""Answers proposed in one of a study's rubrics because of those given in another; taken over only by an assessor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from app.analysis.assessment import rubric_of
from app.analysis.mappings import mapping_in
from app.scoring.effective import effective_verdict
from app.scoring.offered import answers_to, word_of
from app.scoring.propose import propose
from app.scoring.scale import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.model.document import StudyDocument
    from app.rubric.mapping import RubricMapping
    from app.rubric.structure import Rubric
    from app.scoring.propose import Proposal


class Proposed(Struct, frozen=True):
    """An answer proposed to a criterion, in words.

    `word` is the answer's, `because` names the answers it rests on ("drift detection (fully)"), `note` is
    why the meaning carries, `source` the key of the rubric they were given in, `title` its name, `criteria` theirs.
    """

    criterion: str
    verdict: Verdict
    word: str
    because: str
    note: str
    source: str
    title: str
    criteria: tuple[str, ...]

    @property
    def words(self) -> str:
        """Such as "Proposed: Largely, from drift detection (fully)"."""
        return f"Proposed: {self.word}, from {self.because}" if self.because else f"Proposed: {self.word}"

    @property
    def rationale(self) -> str:
        """What an answer that takes it over says of where it comes from."""
        because = f": {self.because}" if self.because else ""
        return f"Proposed from {self.title}{because}. {self.note}"


class Proposals:
    """What is proposed in one rubric of a study, in one round, to one assessor; worked out as asked.

    An assessor's own answers propose, and those that count for the team where they have none.

    Args:
        document: the study, as the assessor may see it.
        rubric: key of the one that answers are proposed in.
        in_round: key of the round.
        who: key of the assessor.
    """

    def __init__(self, document: StudyDocument, rubric: str, in_round: str, who: str) -> None:
        self.document = document
        self._who = who
        self._target = rubric_of(document, rubric)
        self._mapped = list(_mapped(document, self._target))
        sources = {source.id for source, _ in self._mapped}
        self._given = _given(document, in_round, sources) if sources else {}

    def of(self, case: str) -> dict[str, Proposed]:
        """Give what is proposed for a case, by criterion; where several rubrics do, the study's first of them."""
        found: dict[str, Proposed] = {}
        for source, mapping in self._mapped:
            given = self._given.get((source.id, case), {})
            verdicts = {key: counts for key, each in given.items() if (counts := each.counts(self._who)) is not None}
            for proposal in propose(source, verdicts, self._target, mapping) if verdicts else ():
                found.setdefault(proposal.criterion, _in_words(proposal, source, self._target))
        return found

    def tied(self, criterion: str) -> frozenset[tuple[str, str]]:
        """Name the principles, each with its rubric, whose criteria propose to a criterion: what is coded to them."""
        return frozenset(
            (source.id, source.principle_of(each).id)
            for source, mapping in self._mapped
            for entry in mapping.entries_for(criterion)
            for each in entry.sources
        )


class _Given:
    """What was answered to one criterion for one case."""

    def __init__(self) -> None:
        self.answers: dict[str, Verdict] = {}
        self.agreed: Verdict | None = None

    def counts(self, who: str) -> Verdict | None:
        """The assessor's own verdict, else the team's."""
        return self.answers.get(who) or effective_verdict(self.answers, self.agreed).verdict


def _given(document: StudyDocument, in_round: str, rubrics: set[str]) -> Mapping[tuple[str, str], dict[str, _Given]]:
    """Sort out the answers of a round to some rubrics, by rubric and case and then by criterion."""
    found: dict[tuple[str, str], dict[str, _Given]] = {}

    def place(rubric: str, case: str, criterion: str) -> _Given:
        return found.setdefault((rubric, case), {}).setdefault(criterion, _Given())

    for answer in document.answers:
        if answer.round == in_round and answer.rubric in rubrics and answer.verdict is not None:
            place(answer.rubric, answer.case, answer.criterion).answers[answer.assessor] = answer.verdict
    for each in document.consensus:
        if each.round == in_round and each.rubric in rubrics:
            place(each.rubric, each.case, each.criterion).agreed = each.verdict
    return found


def _mapped(document: StudyDocument, target: Rubric) -> list[tuple[Rubric, RubricMapping]]:
    """List the study's other rubrics that lead to this one, each with how: the study's own mapping, else a shipped."""
    others = (rubric_of(document, each.key) for each in document.rubrics if each.key != target.id)
    pairs = ((source, mapping_in(document, source, target)) for source in others)
    return [(source, mapping) for source, mapping in pairs if mapping is not None]


def _in_words(proposal: Proposal, source: Rubric, target: Rubric) -> Proposed:
    step = answers_to(target, proposal.criterion).step(proposal.verdict)
    because = [
        f"{source.criterion(key).name} ({word_of(answers_to(source, key).step(verdict)).lower()})"
        for key, verdict in proposal.because
    ]
    return Proposed(
        proposal.criterion,
        step.verdict,
        word_of(step),
        ", ".join(because),
        proposal.note,
        source.id,
        source.title,
        tuple(key for key, _ in proposal.because),
    )
