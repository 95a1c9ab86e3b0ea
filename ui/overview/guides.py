"""Guides: which there are, and the questions of the chosen one, written in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.guides import (
    guide_from_rubric,
    minutes_problem,
    new_guide_key,
    new_question_key,
    question_problem,
    remove_guide,
    rewrite,
)
from app.analysis.guide import (
    followed_by,
    principle_of,
    rubrics_of,
    summary,
    tied,
    with_changed,
    with_moved,
    with_question,
    without_question,
)
from app.analysis.todo import count
from app.model.source import Guide, Question
from ui.overview.grid_card import GridCard
from ui.overview.grid_model import Column, Line
from ui.overview.kinds import GUIDES
from ui.overview.things_facet import NEW, ThingsFacet
from ui.widgets.buttons import TextButton
from ui.widgets.messages import EmptyState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.actions.unit import Changes
    from app.rubric.structure import Rubric
    from ui.desk import Desk

_TEXT, _PRINCIPLE, _MINUTES = range(3)
_COLUMNS: Final = (
    Column("Question", hint="Add a question", begins=True),
    Column("Principle", "choice", 176),
    Column("Minutes", "number", 72),
)
_FROM_RUBRIC: Final = "Make one from the rubric"
_LEAST: Final = 160  # px of height: the head and a few questions


class GuidesFacet(ThingsFacet):
    """Guides at the left; name and questions at the right."""

    fills = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(GUIDES, desk, parent)
        self._rubrics: Mapping[str, Rubric] = {}
        self._shown = ""
        self.card = GridCard("Questions", "question", _COLUMNS, self._check, ordered=True, parent=self.beside)
        self.grid = self.card.grid
        self.grid.setMinimumHeight(_LEAST)
        column = QVBoxLayout(self.beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        self.from_rubric = TextButton(_FROM_RUBRIC, "quiet", "list-tree", parent=self)
        self.side.addWidget(self.from_rubric)
        self.from_rubric.clicked.connect(self.make_from_rubric)
        self.grid.edited.connect(self._question_edited)
        self.grid.begun.connect(self._question_begun)
        self.grid.move_asked.connect(self._question_moved)
        self.grid.remove_asked.connect(self._question_removed)

    def make_empty(self) -> EmptyState:
        """Offer both ways to a first guide."""
        icon, title, text = self.spec.empty
        state = EmptyState(icon, title, text, _FROM_RUBRIC, parent=self)
        self.begin_empty = TextButton("Begin an empty one", "quiet", key="Ins", parent=state)
        self.begin_empty.clicked.connect(self.add)
        column = cast("QVBoxLayout", state.layout())
        column.insertWidget(column.count() - 1, self.begin_empty, 0, Qt.AlignmentFlag.AlignHCenter)
        return state

    def refresh(self) -> None:
        """Show the guides as they stand."""
        self._rubrics = rubrics_of(self.desk.document)
        self.grid.cells.choices = list(_choices(self._rubrics))
        super().refresh()
        for button in (self.from_rubric, self.empty.button, self.begin_empty):
            button.setVisible(not self.desk.read_only)
        self.from_rubric.setVisible(not self.desk.read_only and bool(self.things))

    def leave(self) -> None:
        """Write down what is still only on screen."""
        super().leave()
        self.grid.leave()

    def begin(self) -> None:
        """Take up the current guide, or go to the ways to a first one."""
        if self.things:
            super().begin()
        else:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_first(self) -> None:
        """Make the first guide the way most are made."""
        self.make_from_rubric()

    def make_from_rubric(self) -> None:
        """Make a guide that asks for every criterion, and show it."""
        self.leave()
        changes = self.desk.do(guide_from_rubric, self.desk.document.rubrics[0].key)
        if changes is not None:
            self.list.set_current(changes.key_of("guides"))
            self.grid.go_to(0, 0)
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def new_key(self, _name: str) -> str:
        """Make a key for a new guide."""
        return new_guide_key(self.desk.document)

    def made(self, _following: list[str]) -> None:
        """Begin its first question."""
        self.grid.begin()

    def show_beside(self, thing: Guide) -> None:
        """Show the questions of a guide."""
        if self._shown != thing.key:
            self.grid.leave()
        self._shown = thing.key
        followed = followed_by(self.desk.document, thing.key)
        total = [summary(thing), f"in {count(followed, 'interview', 'interviews')}" if followed else ""]
        lines = [self._line(question) for question in thing.questions]
        self.card.show_lines(lines, ", ".join(filter(None, total)), writable=not self.desk.read_only)

    def _line(self, question: Question) -> Line:
        rubric = self._rubrics.get(question.rubric or "")
        principle = principle_of(question, self._rubrics)
        short = rubric.principle(principle).short if rubric and principle else ""
        criterion = rubric.criterion(question.criterion).name if rubric and question.criterion else ""
        return Line(
            question.key,
            (question.text, f"{question.rubric}/{principle}" if principle else "", question.minutes),
            (question.text, short, str(question.minutes or "")),
            ("", criterion, ""),
        )

    # What is done with a question

    def _guide(self) -> Guide:
        """Give the guide whose questions are shown."""
        found: Guide = next(guide for guide in self.desk.document.guides if guide.key == self._shown)
        return found

    def _check(self, _key: str, column: int, value: object) -> str:
        if column == _TEXT:
            return question_problem(str(value))
        return minutes_problem(int(str(value))) if column == _MINUTES else ""

    def _question_edited(self, key: str, column: int, value: object) -> None:
        guide = self._guide()
        before = next(question for question in guide.questions if question.key == key)
        if column == _PRINCIPLE:
            rubric, _, principle = str(value).partition("/")
            after = tied(before, rubric or None, principle or None, self._rubrics)
        else:
            after = replace(before, **{"text" if column == _TEXT else "minutes": value})
        self.desk.do(rewrite, with_changed(guide, after))

    def _question_begun(self, at: int, values: Sequence[object]) -> None:
        """Add a question, to the principle of the one above it."""
        guide = self._guide()
        made = Question(key=new_question_key(self.desk.document, guide.key), text=str(values[_TEXT]))
        if at:
            above = guide.questions[at - 1]
            made = tied(made, above.rubric, principle_of(above, self._rubrics), self._rubrics)
        self.desk.do(rewrite, with_question(guide, made, at))

    def _question_moved(self, key: str, to: int) -> None:
        self.desk.do(rewrite, with_moved(self._guide(), key, to))

    def _question_removed(self, key: str) -> None:
        self._tell(self.desk.do(rewrite, without_question(self._guide(), key)))

    def _remove(self, key: str) -> None:
        if key == NEW:
            super()._remove(key)
        else:
            self._tell(self.desk.do(remove_guide, key))

    def _tell(self, changes: Changes | None) -> None:
        if changes is not None:
            self.desk.told.emit(changes.label)


def _choices(rubrics: Mapping[str, Rubric]) -> Iterator[tuple[object, str]]:
    """List the principles a question can be tied to; with the rubric's title where there are several."""
    yield "", "None"
    for key, rubric in rubrics.items():
        of = f" ({rubric.title})" if len(rubrics) > 1 else ""
        for principle in rubric.principles:
            yield f"{key}/{principle.id}", f"{principle.short}{of}"
