"""The notes of one source: the editor, what can be said of its lines, and keeping it all saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.actions.evidence import mark_passage
from ui.notebook import commands
from ui.notebook.editor import NotesEditor
from ui.notebook.keeper import Keeper
from ui.theme import BODY, SMALL, SPACE
from ui.widgets import ElidedLabel, IconButton, Rule, TextButton, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QResizeEvent

    from app.model.source import Source
    from ui.desk import Desk


_NARROW = 560  # px
_SPEAKER = 130  # px, the widest name of a speaker below the notes


class Notebook(QWidget):
    """Writes and shows a source's notes; nothing typed in it is lost for want of a Save."""

    passage_entered = Signal(str)  # the passage the cursor came to stand in, "" for none
    passage_marked = Signal(str)
    state = Signal(str)  # "saved", "waiting" or "failed"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.editor = NotesEditor(self)
        self.keeper = Keeper(desk, self.editor.sheet, self.editor.document().availableUndoSteps, self)
        self.editor.floor = lambda: self.keeper.floor
        self.deeds = commands.NotesActions(self.editor, self.mark)
        self._hint = _Hint(self.editor)
        self._lay_out()
        self._connect()

    # Building

    def _lay_out(self) -> None:
        self._kinds = [self._tool(*commands.KINDS[kind], action) for kind, action in self.deeds.kinds.items()]
        self._uncertain = self._tool("circle-help", "Uncertain", commands.UNCERTAIN_KEY, self.deeds.uncertain)
        self._speaker = TextButton("", "quiet", "user", parent=self)
        self._speaker.setToolTip("Who spoke this line (Alt+1, Alt+2 …)")
        self._speaker.clicked.connect(self._open_speakers)
        self._mark = TextButton("Mark passage", "quiet", "tags", commands.PASSAGE_KEY, self)
        self._mark.setAccessibleName("Mark passage")
        self._mark.clicked.connect(self.mark)
        self._count = ElidedLabel("", SMALL, ink="faint", parent=self)
        self._count.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.editor, 1)
        column.addWidget(Rule(self))
        column.addLayout(self._strip())

    def _strip(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(SPACE[2], SPACE[0], SPACE[3], SPACE[0])
        row.setSpacing(SPACE[0])
        self._tools = (*self._kinds, self._uncertain, self._speaker, self._mark)
        for button in self._tools:
            row.addWidget(button)
        row.addSpacing(SPACE[2])
        row.addWidget(self._count, 1)
        return row

    def _tool(self, icon: str, name: str, key: str, action: QAction) -> IconButton:
        button = IconButton(icon, name, key, self)
        button.setCheckable(True)
        button.clicked.connect(lambda _checked=False: action.trigger())
        action.toggled.connect(button.setChecked)
        button.clicked.connect(self._show_line)
        return button

    def _connect(self) -> None:
        editor, keeper = self.editor, self.keeper
        editor.edited.connect(keeper.touched)
        editor.edited.connect(self._show_line)
        editor.left.connect(keeper.flush)
        editor.undo_asked.connect(keeper.step_back)
        editor.redo_asked.connect(keeper.step_forward)
        editor.cursorPositionChanged.connect(self._show_line)
        editor.passage_entered.connect(self.passage_entered)
        editor.gutter.asked.connect(self._open_line_menu)
        editor.menu_asked.connect(self._open_text_menu)
        keeper.overtaken.connect(editor.forget_typing)
        keeper.marked.connect(editor.part_steps)
        keeper.state.connect(self.state)

    # Showing

    def refresh(self, source: Source) -> None:
        """Show a source, or what changed in it elsewhere; what is being typed is saved first, and stays."""
        sheet = self.editor.sheet
        if source.key != sheet.source:
            self.keeper.flush()
            self.keeper.forget()
            self._load(source)
        elif not self.keeper.writing:
            self._show_people(source)
            if not sheet.holds(source.entries) and self.keeper.flush():
                self._reload(source)
            self.keeper.take_over()
        self._mark.setEnabled(not self._desk.read_only)
        self.editor.viewport().update()
        self._show_line()

    def leave(self) -> None:
        """Save what is not yet saved."""
        self.keeper.flush()

    def show_entry(self, entry: str, start: int = 0) -> None:
        """Bring a place of the notes into view."""
        self.editor.show_place(entry, start)

    def _load(self, source: Source) -> None:
        self.editor.load(source, self.keeper.marks(source.key), self._people(source))
        self.deeds.show_speakers()
        self.editor.setReadOnly(self._desk.read_only)
        self.deeds.set_read_only(self._desk.read_only)
        for button in self._tools:
            button.setVisible(not self._desk.read_only)

    def _reload(self, source: Source) -> None:
        """Show the notes anew, with cursor and view where they were."""
        bar = self.editor.verticalScrollBar()
        cursor, scroll = self.editor.textCursor(), bar.value()
        key, at = self.editor.current_line.key, cursor.positionInBlock()
        place = cursor.blockNumber()
        self.keeper.forget()
        self._load(source)
        self.editor.put_cursor(key, place, at)
        bar.setValue(scroll)

    def _show_people(self, source: Source) -> None:
        people = self._people(source)
        if people != self.editor.speakers:
            self.editor.show_people(source, people)
            self.deeds.show_speakers()

    def _people(self, source: Source) -> dict[str, str]:
        names = {person.key: person.pseudonym for person in self._desk.document.participants}
        return {key: names[key] for key in source.participants if key in names}

    def _show_line(self) -> None:
        """Show what the line with the cursor is, and how much there is."""
        line, sheet = self.editor.current_line, self.editor.sheet
        self.deeds.show_line()
        name = self.editor.speakers.get(line.speaker or "", commands.NOBODY)
        self._speaker.setAccessibleName(f"Speaker: {name}")
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _SPEAKER)
        if self._speaker.text() != shown:
            self._speaker.setText(shown)
        self._show_count()
        self._hint.setVisible(not sheet.words and not self.editor.isReadOnly())

    def _show_count(self) -> None:
        sheet = self.editor.sheet
        lines = f"{sheet.entries} {'line' if sheet.entries == 1 else 'lines'}" if sheet.entries else ""
        words = f"{sheet.words:,} words" if lines and self.width() >= _NARROW else ""
        reading = "Reading only" if self._desk.read_only else ""
        self._count.setText(" · ".join(filter(None, (reading, lines, words))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave words out where there is little room."""
        super().resizeEvent(event)
        self._mark.setText("Mark passage" if self.width() >= _NARROW else "")
        self._show_count()

    # Doing

    def mark(self) -> None:
        """Mark the selected words, or the line, as a passage."""
        span = self.editor.selected_span()
        if self._desk.read_only or not self.keeper.flush():
            return
        if span is None:
            self._desk.told.emit("A passage lies within one line: select words of one line.")
            return
        entry, start, end = span
        if not self.editor.sheet.has(entry):
            return
        changes = self._desk.do(mark_passage, self.editor.sheet.source, entry, start, end)
        if changes is not None:
            self.passage_marked.emit(changes.key_of("passages"))

    def _open_text_menu(self, where: QPoint) -> None:
        commands.open_menu(self.deeds.text_menu(), where)

    def _open_line_menu(self, place: int, where: QPoint) -> None:
        if not self.editor.isReadOnly():
            self.editor.put_cursor("", place, 0)
            commands.open_menu(self.deeds.line_menu(), where)

    def _open_speakers(self) -> None:
        menu = self.deeds.speaker_menu()
        corner = QPoint(0, -menu.sizeHint().height())
        commands.open_menu(menu, self._speaker.mapToGlobal(corner))


class _Hint(QWidget):
    """What can be typed, shown where the notes will be while there are none."""

    def __init__(self, editor: NotesEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE[4])
        grid.setVerticalSpacing(SPACE[0])
        head = TextLabel("No notes yet: type what is said.", BODY, "semibold", "muted", parent=self)
        grid.addWidget(head, 0, 0, 1, 2)
        grid.setRowMinimumHeight(1, SPACE[0])
        for row, (key, words) in enumerate(commands.HINTS, 2):
            grid.addWidget(TextLabel(key, ink="muted", parent=self), row, 0)
            grid.addWidget(TextLabel(words, ink="faint", parent=self), row, 1)
        editor.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay beside the gutter, under the first line."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        return super().eventFilter(watched, event)

    def showEvent(self, _event: QEvent) -> None:
        """Take its place."""
        self._place()

    def _place(self) -> None:
        self.adjustSize()
        self.move(self._editor.viewport().x(), self._editor.viewport().y() + 2 * SPACE[4])
