"""What a draft of a rubric would do to a study's scores: answers taken over by their criteria, levels side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from app.analysis.assessment import rubric_of
from app.analysis.rubric_change import Fate, LevelChange, What, changes
from app.rubric.mapping import known_as
from app.rubric.structure import Rubric

if TYPE_CHECKING:
    from app.model.document import StudyDocument


class Preview(Struct, frozen=True):
    """The levels by the study's rubric and by the draft; answers that count by both, those left out, criteria new."""

    against: Rubric
    levels: tuple[LevelChange, ...]
    carried: int
    left: int
    added: int

    @property
    def changed(self) -> int:
        """Count the levels that would be others."""
        return sum(not each.is_same for each in self.levels)


def preview(document: StudyDocument, against: str, draft: Rubric, in_round: str | None) -> Preview:
    """Work out what a draft would do to the scores of a round.

    Answers to statements that the draft words otherwise count all the same: it is a look, nothing is moved.

    Args:
        document: the study, as who asks may see it.
        against: key of the study's rubric that the draft is compared with.
        draft: a sound rubric.
        in_round: key of the round; None in a study without rounds.
    """
    change = changes(document, against, draft, in_round, {each.id for each in draft.criteria})
    left = sum(each.fate is Fate.LEFT for each in change.answers)
    carried = len(change.answers) - left
    return Preview(change.old, change.levels, carried, left, len(change.of(What.ADDED)))


def compared_with(document: StudyDocument, draft: Rubric, shown: str) -> str:
    """Choose the study's rubric to compare a draft with: the last version of the same one, else the one shown."""
    same = versions(document, draft.id)
    return same[-1] if same and shown not in same else shown


def versions(document: StudyDocument, rubric_id: str) -> list[str]:
    """Name the versions of a rubric that the study has, by their keys, in its order."""
    return [each.key for each in document.rubrics if rubric_id in known_as(rubric_of(document, each.key))]


def asked(document: StudyDocument, rubric: str) -> frozenset[str]:
    """Name the criteria and principles of a rubric that questions of the study's guides get at."""
    questions = [each for guide in document.guides for each in guide.questions if each.rubric == rubric]
    criteria = {each.criterion for each in questions if each.criterion}
    principles = {each.principle for each in questions if each.principle and not each.criterion}
    return frozenset(criteria | principles)
