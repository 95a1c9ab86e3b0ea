"""The keys that answer a criterion: those of the answers that the rubric shown offers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from app.scoring.explain import figure_text
from app.scoring.offered import answers
from app.scoring.scale import PICKS, is_achievement, percent_text
from ui.widgets.actions import bind_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from app.rubric.structure import Rubric
    from app.scoring.offered import Answers
    from app.scoring.scale import Step, Verdict

_BACK = ("Backspace", "Del")


class AnswerKeys:
    """Actions of a widget, one for each answer, listed in the palette with its key.

    Args:
        owner: the widget.
        answer: is called with the key of an answer.
        clear: takes the answer back.
    """

    def __init__(self, owner: QWidget, answer: Callable[[str], None], clear: Callable[[], object]) -> None:
        self._owner = owner
        self._answer = answer
        self._rubric: Rubric | None = None
        self._actions: list[QAction] = []
        self._clear = bind_key(owner, "Take the answer back", _BACK, clear)

    def offer(self, rubric: Rubric) -> None:
        """Give the keys of a rubric's answers."""
        if rubric is self._rubric:
            return
        self._rubric = rubric
        for action in self._actions:
            self._owner.removeAction(action)
            action.deleteLater()
        self._actions = [
            bind_key(self._owner, words, [key.upper()], partial(self._answer, key))
            for key, words in answer_keys(rubric).items()
        ]
        nought = () if "0" in answer_keys(rubric) else ("0",)
        self._clear.setShortcuts([QKeySequence(key) for key in (*_BACK, *nought)])


def answer_keys(rubric: Rubric) -> dict[str, str]:
    """Give the keys of a rubric's answers with their words; where levels are picked, one for each level."""
    steps = answers(rubric, rubric.principles[0]).steps
    if rubric.rule != "choice":
        return {step.key: step_words(step) for step in steps}
    picks = {str(rank): f"Pick {level.name}" for rank, level in enumerate(rubric.levels)}
    return picks | {step.key: step.label for step in steps if not is_achievement(step.verdict)}


def verdict_by_key(offered: Answers, key: str) -> Verdict | None:
    """Tell which answer a key gives; the key of a level that is like another gives what holds for both."""
    verdict = offered.by_key(key)
    if verdict is None and key.isdecimal() and offered.offers(PICKS[int(key)]):
        verdict = offered.step(PICKS[int(key)]).verdict
    return verdict


def step_words(step: Step) -> str:
    """Say what an answer means: "Largely achieved, > 50-85 %", "Automated and run repeatedly, 1 point"."""
    if step.points is not None:
        return f"{step.label}, {figure_text(step.points)} {'point' if step.points == 1 else 'points'}"
    share = percent_text(step.verdict) if step.over is not None else ""
    return f"{step.label}, {share}" if share else step.label
