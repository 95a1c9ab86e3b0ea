"""Moving a round to another version of its rubric: all that changes, answer by answer, before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from app.actions.rubrics import move_rubric
from app.analysis.assessment import rubric_of
from app.analysis.rubric_change import Fate, What, changes
from app.analysis.todo import count
from app.scoring.offered import answers_to
from ui.rubrics.preview import level_rows
from ui.rubrics.ticks import TickDelegate
from ui.theme import SPACE, TITLE
from ui.widgets.actions import bind_key
from ui.widgets.buttons import TextButton
from ui.widgets.fields import ChoiceField, SegmentField
from ui.widgets.text import ElidedLabel, TextLabel
from ui.widgets.things import Row, RowModel, RowView

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from app.analysis.rubric_change import AnswerChange, CriterionChange, RubricChange
    from app.rubric import Rubric
    from ui.desk import Desk

_CRITERIA, _ANSWERS, _LEVELS = "criteria", "answers", "levels"
_HEADS: Final = {
    What.REWORDED: "Reworded: tick it where the answers still hold",
    What.REMOVED: "Removed",
    What.ADDED: "New",
    What.MOVED: "Moved",
}
_ID: Final = int(Qt.ItemDataRole.UserRole)


class MoveSheet(QWidget):
    """Shows what moving a round would change; reworded criteria are ticked to take their answers along."""

    done = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._old, self._text = "", ""
        self._new: Rubric | None = None
        self.change: RubricChange | None = None
        self.back = TextButton("All rubrics", "quiet", "arrow-left", "Alt+Left", self)
        self.title = ElidedLabel("", TITLE, "semibold", parent=self)
        self.round = ChoiceField("Round to move", parent=self)
        self.move_it = TextButton("Move", "primary", key="Ctrl+Return", parent=self)
        self.summary = TextLabel("", ink="muted", wrap=True, parent=self)
        self.shown = SegmentField(
            "What is shown", ((_CRITERIA, "Criteria"), (_ANSWERS, "Answers"), (_LEVELS, "Levels")), self
        )
        self.criteria = QListWidget(self)
        self.criteria.setAccessibleName("Criteria that change")
        self.criteria.setItemDelegate(TickDelegate(self.criteria))
        self.criteria.setWordWrap(True)
        self.criteria.setSpacing(SPACE[0])
        self._answers, self._levels = RowModel(self), RowModel(self)
        self.answers, self.levels = RowView("Answers, one by one", self), RowView("Levels, then and now", self)
        self.answers.setModel(self._answers)
        self.levels.setModel(self._levels)
        self._lay_out()
        self._connect()

    def begin(self, old: str, new: Rubric, text: str) -> None:
        """Show what moving from one of the study's rubrics to another text would change."""
        self._old, self._new, self._text = old, new, text
        rounds = self._desk.document.rounds
        self.round.set_choices([(each.key, each.name) for each in rounds])
        current = self._desk.assessment.round
        self.round.set_value(current.key if current else None)
        self.shown.set_value(_CRITERIA)
        self._show_list(_CRITERIA)
        self._compare()
        self._show_criteria()
        self.criteria.setFocus()

    @property
    def kept(self) -> frozenset[str]:
        """Ids of the reworded criteria that are ticked."""
        items = [self.criteria.item(row) for row in range(self.criteria.count())]
        return frozenset(str(i.data(_ID)) for i in items if i.data(_ID) and i.checkState() is Qt.CheckState.Checked)

    def refresh(self) -> None:
        """Show the study as it stands, as long as what is to be moved is there."""
        if self._new is None or self._old not in {each.key for each in self._desk.document.rubrics}:
            self.done.emit()
        else:
            self._compare()

    def _compare(self) -> None:
        """Work out what would change with the ticks as they are."""
        assert self._new is not None  # noqa: S101 - it was begun
        in_round, kept = str(self.round.value() or ""), self.kept
        document = self._desk.seen
        old = rubric_of(document, self._old)
        self.change = found = changes(document, self._old, self._new, in_round, kept)
        name = next((each.name for each in document.rounds if each.key == in_round), "the round")
        self.title.setText(f"{old.title}: {name} from {old.version} to {self._new.version}")
        self.move_it.setText(f"Move {name} to {self._new.version}")
        self.move_it.setEnabled(bool(in_round) and not self._desk.read_only)
        self.summary.setText(" ".join(_sentences(found, kept)))
        names = {case.key: case.name for case in document.cases}
        who = {assessor.key: assessor.name for assessor in document.assessors}
        self._answers.set_rows(list(_answer_rows(found, kept, names, who)))
        self._levels.set_rows(level_rows(sorted(found.levels, key=lambda each: each.is_same), names))

    def _show_criteria(self) -> None:
        assert self.change is not None  # noqa: S101 - it was just worked out
        with QSignalBlocker(self.criteria):
            self.criteria.clear()
            for what, head in _HEADS.items():
                found = self.change.of(what)
                if found:
                    item = QListWidgetItem(f"{head} ({len(found)})", self.criteria)
                    item.setFlags(Qt.ItemFlag.NoItemFlags)
                for each in found:
                    self._add_criterion(each)
            if not self.criteria.count():
                QListWidgetItem("Every criterion is as it was.", self.criteria)
            self.criteria.setCurrentRow(min(1, self.criteria.count() - 1))

    def _add_criterion(self, each: CriterionChange) -> None:
        item = QListWidgetItem(_criterion_words(each), self.criteria)
        item.setData(_ID, each.id if each.what is What.REWORDED else "")
        if each.what is What.REWORDED:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)

    def _move(self) -> None:
        in_round = str(self.round.value() or "")
        if not self.move_it.isEnabled():
            return
        if self._desk.do_and_tell(move_rubric, self._old, self._text, in_round, sorted(self.kept)) is not None:
            self.done.emit()

    def _show_list(self, name: str) -> None:
        self._stack.setCurrentWidget({_CRITERIA: self.criteria, _ANSWERS: self.answers, _LEVELS: self.levels}[name])

    def _connect(self) -> None:
        self.back.clicked.connect(self.done)
        bind_key(self, "All rubrics", "Alt+Left", self.done.emit, within=True)
        bind_key(self, "Move the round", "Ctrl+Return", self._move, within=True)
        self.move_it.clicked.connect(self._move)
        self.shown.chosen.connect(self._show_list)
        self.round.committed.connect(lambda _value: self._compare())
        self.criteria.itemChanged.connect(lambda _item: self._compare())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE[1])
        for part in (self.back, self.title, self.round, self.move_it):
            head.addWidget(part, 1 if part is self.title else 0)
        self._stack = QStackedWidget(self)
        for view in (self.criteria, self.answers, self.levels):
            self._stack.addWidget(view)
        card = QFrame(self)
        card.setProperty("look", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, SPACE[0], 1, SPACE[0])
        inner.addWidget(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addLayout(head)
        column.addWidget(self.summary)
        column.addWidget(self.shown)
        column.addWidget(card, 1)


def _criterion_words(each: CriterionChange) -> str:
    lines = [each.id.replace("-", " ") + (f", {each.where}" if each.where else "")]
    if each.before is not None and each.what is not What.MOVED:
        lines.append(f"Then: {' '.join(each.before.statement.split())}")
    if each.after is not None:
        lines.append(f"Now: {' '.join(each.after.statement.split())}")
    return "\n".join(lines)


def _answer_rows(
    found: RubricChange, kept: Collection[str], names: Mapping[str, str], who: Mapping[str, str]
) -> Iterator[Row]:
    """Make a row for each answer, those to look at first; `names` are the cases', `who` the assessors', by key."""
    order = (Fate.REWORDED, Fate.LEFT, Fate.KEPT)
    for each in sorted(found.answers, key=lambda each: order.index(each.fate)):
        answer = each.answer
        said = answers_to(found.old, answer.criterion).label(answer.verdict)
        key = f"{answer.case}/{answer.criterion}/{answer.assessor}"
        text = f"{names[answer.case]}, {answer.criterion.replace('-', ' ')}, {who[answer.assessor]}: {said}"
        yield Row(key, text, _fate(each, kept))


def _goes_along(each: AnswerChange, kept: Collection[str]) -> bool:
    return each.fate is Fate.KEPT or (each.fate is Fate.REWORDED and each.answer.criterion in kept)


def _fate(each: AnswerChange, kept: Collection[str]) -> str:
    if each.fate is Fate.LEFT:
        return f"stays behind: {each.reason}"
    if _goes_along(each, kept):
        return "goes along" if each.fate is Fate.KEPT else "goes along, reworded"
    return "stays behind until you look again"


def _sentences(found: RubricChange, kept: Collection[str]) -> Iterator[str]:
    going = sum(_goes_along(each, kept) for each in found.answers)
    staying = len(found.answers) - going
    yield f"{count(going, 'answer goes', 'answers go')} along as copies"
    yield f"and {count(staying, 'stays', 'stay')} behind;" if staying else "and none stays behind;"
    moved = sum(not each.is_same for each in found.levels)
    yield f"{count(moved, 'level changes', 'levels change')}." if moved else "no level changes."
    yield f"All that was said by {found.old.version} stays as it is, and so do reviews."
