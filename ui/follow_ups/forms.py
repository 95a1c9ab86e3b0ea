"""What is asked in place about a follow-up: how it was answered, why it is dropped, and what a new one asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.citations import Citations
from app.analysis.follow_ups import answered_where, answers_offered, person_name
from ui.theme import ROW, SPACE
from ui.widgets import ChoiceField, FieldRow, Row, RowModel, RowView, SectionLabel, TextButton, TextField, TextLabel
from ui.widgets.actions import bind_key
from ui.widgets.focus import on_escape
from ui.widgets.things import KEY

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.model.document import StudyDocument
    from app.model.source import FollowUp

_LINES = 6  # rows of the list of lines that are seen at once
Choices = list[tuple[object, str]]


class WordsField(TextField):
    """Some words that are handed over on Enter only; Shift+Enter begins a new line, Escape is left to the form."""

    entered = Signal()

    def __init__(self, name: str, hint: str, *, lines: int, parent: QWidget) -> None:
        super().__init__(name, hint, lines=lines, parent=parent)
        self.setProperty("look", "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand over on Enter."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not _shifted(event):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class _Form(QFrame):
    """Something asked in place: Escape and Cancel let go of it."""

    cancelled = Signal()

    def __init__(self, title: str, done: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_escape(self, self.cancelled.emit)
        self.setProperty("look", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(SPACE[2], SPACE[2], SPACE[2], SPACE[2])
        self.column.setSpacing(SPACE[1])
        self.column.addWidget(SectionLabel(title, self))
        self.done = TextButton(done, "primary", key="Return", parent=self)
        self.cancel = TextButton("Cancel", "quiet", key="Esc", parent=self)
        self.cancel.clicked.connect(self.cancelled)
        self.done.clicked.connect(self._hand_over)

    def _close_column(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        row.addWidget(self.done)
        row.addWidget(self.cancel)
        row.addStretch(1)
        self.column.addLayout(row)

    def _hand_over(self) -> None:
        raise NotImplementedError


class AnswerForm(_Form):
    """Asks where a follow-up was answered, by which line, and how."""

    given = Signal(str, str, str)  # key of the source, key of the line or "", words

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("How was it answered?", "Answered", parent)
        self.where = ChoiceField("Answered in", (), self)
        self._model = RowModel(self)
        self.lines = RowView("Lines that may answer it", self)
        self.lines.setModel(self._model)
        self.lines.setFixedHeight(_LINES * ROW)
        self.words = WordsField("Answer in words", "The answer, in words of your own", lines=2, parent=self)
        self.where.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.where.setMinimumContentsLength(8)
        self._document: StudyDocument | None = None
        self._follow_up: FollowUp | None = None
        for part in (FieldRow("Answered in", self.where, label_width=88, parent=self), self.lines, self.words):
            self.column.addWidget(part)
        self._close_column()
        self._connect()

    def begin(self, document: StudyDocument, follow_up: FollowUp, words: str) -> None:
        """Ask about a follow-up; what it has for an answer is shown, the words as last left here."""
        where = answered_where(document, follow_up)
        self._follow_up = follow_up
        self.where.set_value(where.key if where else None)
        self.words.setPlainText(words or follow_up.resolution)
        self.refresh(document, follow_up)
        self.set_line(follow_up.answer or "")
        self._mark()

    def refresh(self, document: StudyDocument, follow_up: FollowUp) -> None:
        """Offer sources and lines as the study stands; what was chosen stays chosen."""
        self._document, self._follow_up = document, follow_up
        citations = Citations(document)
        self.where.set_choices([(each.key, f"{citations.source(each.key)} {each.title}") for each in document.sources])
        self._offer()

    @property
    def offers_lines(self) -> bool:
        """Whether there is a line to choose."""
        return self._model.rowCount() > 1

    @property
    def line(self) -> str:
        """Key of the line chosen, "" for none."""
        index = self.lines.currentIndex()
        return str(index.data(KEY)) if index.isValid() else ""

    def set_line(self, key: str) -> None:
        """Choose a line; none where it is not offered."""
        place = max(self._model.row_of(key), 0)
        self.lines.setCurrentIndex(self._model.index(place))

    def _connect(self) -> None:
        self.where.activated.connect(lambda _place: self._offer())
        self.lines.selectionModel().currentChanged.connect(lambda *_: self._mark())
        bind_key(self.lines, "", ("Return", "Enter"), self._hand_over)
        self.words.textChanged.connect(self._mark)
        self.words.entered.connect(self._hand_over)

    def _offer(self) -> None:
        if self._document is None or self._follow_up is None:
            return
        before, source = self.line, self.where.value()
        offered = answers_offered(self._document, self._follow_up, str(source)) if source else ()
        rows = [Row(line.key, line.text, f"line {line.number}") for line in offered]
        self._model.set_rows([Row("", "No line of the notes"), *rows])
        self.set_line(before)

    def _mark(self) -> None:
        told = bool(self.line or self.words.value())
        self.done.setEnabled(bool(self.where.value()) and told)

    def _hand_over(self) -> None:
        if self.done.isEnabled():
            self.given.emit(str(self.where.value()), self.line, str(self.words.value()))


class DropForm(_Form):
    """Asks why a follow-up is dropped."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Why is it dropped?", "Drop", parent)
        self.words = WordsField("Why it is dropped", "Such as: answered by their handbook", lines=1, parent=self)
        self.column.addWidget(self.words)
        self._close_column()
        self.words.textChanged.connect(self._mark)
        self.words.entered.connect(self._hand_over)
        self._mark()

    def begin(self, words: str) -> None:
        """Ask; the words as last left here."""
        self.words.setPlainText(words)

    def _mark(self) -> None:
        self.done.setEnabled(bool(self.words.value()))

    def _hand_over(self) -> None:
        if self.words.value():
            self.given.emit(str(self.words.value()))


class NewForm(_Form):
    """Asks what a new follow-up asks, whom, and about which case."""

    given = Signal(str, object, object)  # question, key of a participant or None, key of a case or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("New follow-up", "Add", parent)
        self.words = WordsField("Question of the new follow-up", "What is still to be asked?", lines=2, parent=self)
        self.person = ChoiceField("Whom to ask", (), self)
        self.case = ChoiceField("Case it is about", (), self)
        self.column.addWidget(self.words)
        self.column.addWidget(FieldRow("Person", self.person, label_width=60, parent=self))
        self.column.addWidget(FieldRow("Case", self.case, label_width=60, parent=self))
        self._close_column()
        self.words.textChanged.connect(self._mark)
        self.words.entered.connect(self._hand_over)
        self._mark()

    def begin(self, document: StudyDocument, person: str | None, case: str | None) -> None:
        """Ask; the person and case are those of the follow-up one comes from. Words left here are still there."""
        self.person.set_choices(person_choices(document))
        self.case.set_choices(case_choices(document))
        self.person.set_value(person)
        self.case.set_value(case)

    def _mark(self) -> None:
        self.done.setEnabled(bool(self.words.value()))

    def _hand_over(self) -> None:
        if self.words.value():
            self.given.emit(str(self.words.value()), self.person.value(), self.case.value())


class Quoted(QWidget):
    """A line of notes: its name, which leads there, and its words."""

    chosen = Signal()

    def __init__(self, title: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = SectionLabel(title, self)
        self.link = TextButton("", "link", key=key, parent=self)
        self.words = TextLabel("", wrap=True, parent=self)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = QHBoxLayout()
        head.setSpacing(SPACE[0])
        head.addWidget(self._title)
        head.addWidget(self.link)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.words)
        self.link.clicked.connect(self.chosen)

    def show_line(self, name: str, words: str, hint: str) -> None:
        """Show a line's name and words; nothing where there is neither."""
        self.link.setText(name)
        self.link.setAccessibleName(f"{hint}: {name}")
        self.link.setVisible(bool(name))
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.setVisible(bool(name or words))


def person_choices(document: StudyDocument) -> Choices:
    """List whom a follow-up may be for."""
    return [(None, "Nobody in particular"), *((each.key, person_name(each)) for each in document.participants)]


def case_choices(document: StudyDocument) -> Choices:
    """List the cases a follow-up may be about."""
    return [(None, "No case"), *((each.key, each.name) for each in document.cases)]


def _shifted(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
