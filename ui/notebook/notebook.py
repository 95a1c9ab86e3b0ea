"""The notes of one source: the editor, what can be said of its lines, and keeping it all saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.actions.evidence import mark_passage
from app.analysis.session import later
from app.analysis.shorthand import expansion
from app.model.source import SourceStatus
from ui import settings
from ui.find import FindBar, NotesPlaces
from ui.notebook import commands
from ui.notebook.coder import NOBODY, OWN_NOTES, Coder
from ui.notebook.completion import Choice
from ui.notebook.editor import NotesEditor
from ui.notebook.keeper import Keeper
from ui.notebook.seal import SealBar
from ui.notebook.typing import Vocabulary
from ui.theme import BODY, SMALL, SPACE
from ui.widgets import ElidedLabel, IconButton, Rule, TextButton, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QResizeEvent

    from app.actions.unit import Changes
    from app.model.source import Source
    from ui.desk import Desk
    from ui.notebook.lines import Line


_NARROW = 620  # px
_SPEAKER = 130  # px, the widest name of a speaker below the notes
_LOOKING = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
_REST = frozenset(  # what the lines of notes show beside their words
    {"study", "cases", "assessors", "participants", "codes", "codings", "passages", "shorthands", "versions"}
    | {"double_codings", "answers", "ballots"}
)
_FINISHED = "These notes are finished: say why they are changed; to code them, select words or press F4."


class Notebook(QWidget):
    """Writes and shows a source's notes; nothing typed in it is lost for want of a Save.

    It shows the interview's notes, or, with `show_author`, what a second note-taker typed beside them.
    """

    passage_entered = Signal(str)  # the passage the cursor came to stand in, "" for none
    passage_marked = Signal(str)
    line_entered = Signal(str)  # key of the line the cursor came to
    state = Signal(str)  # "saved", "waiting" or "failed"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.editor = NotesEditor(self)
        self.keeper = Keeper(desk, self.editor.sheet, self.editor.document().availableUndoSteps, self)
        self.editor.floor = lambda: self.keeper.floor
        self.deeds = commands.NotesActions(self.editor, self.mark, self.zoom_by)
        self.coder = Coder(desk, self.editor, self.keeper)
        self.seal = SealBar(self)
        self._source: Source | None = None
        self._changed_later: frozenset[str] = frozenset()
        self._entered = ""
        self._hint = _Hint(self.editor)
        self._lay_out()
        self._connect()
        self.editor.later = self._is_later
        self.editor.set_zoom(settings.NOTES_ZOOM.read())

    # Building

    def _lay_out(self) -> None:
        self._kinds = [self._tool(*commands.KINDS[kind], action) for kind, action in self.deeds.kinds.items()]
        self._flags = [self._tool(*commands.FLAGS[flag], action) for flag, action in self.deeds.flags.items()]
        self._uncertain = self._tool("circle-help", "Uncertain", commands.UNCERTAIN_KEY, self.deeds.uncertain)
        self._speaker = TextButton("", "quiet", "user", parent=self)
        self._speaker.setToolTip("Who spoke this line (Alt+1, Alt+2 …)")
        self._speaker.clicked.connect(self._open_speakers)
        self._mark = TextButton("Mark passage", "quiet", "highlighter", commands.PASSAGE_KEY, self)
        self._mark.setAccessibleName("Mark passage")
        self._mark.clicked.connect(self.mark)
        self._code = TextButton("Code", "quiet", "tags", commands.CODE_KEY, self)
        self._code.setAccessibleName("Code")
        self._code.clicked.connect(lambda _checked=False: self.coder.ask())
        self._count = ElidedLabel("", SMALL, ink="faint", parent=self)
        self._count.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.finding = FindBar(NotesPlaces(self.editor), self)
        column.addWidget(self.finding)
        column.addWidget(self.seal)
        column.addWidget(self.editor, 1)
        column.addWidget(Rule(self))
        column.addLayout(self._strip())

    def _strip(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(SPACE[2], SPACE[0], SPACE[3], SPACE[0])
        row.setSpacing(SPACE[0])
        self._tools = (*self._kinds, *self._flags, self._uncertain, self._speaker, self._mark)
        for button in self._tools:
            row.addWidget(button)
        row.addWidget(self._code)
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
        editor.cursorPositionChanged.connect(self._enter_line)
        editor.passage_entered.connect(self.passage_entered)
        editor.gutter.asked.connect(self._open_line_menu)
        editor.menu_asked.connect(self._open_text_menu)
        editor.typist.told.connect(self._desk.told)
        editor.refused.connect(self._refused)
        editor.zoomed.connect(self.zoom_by)
        self.coder.chosen.connect(self._choose_passage)
        editor.margin.chosen.connect(self.coder.stand)
        keeper.overtaken.connect(editor.forget_typing)
        keeper.marked.connect(editor.part_steps)
        keeper.state.connect(self.state)
        self.seal.broken.connect(self._break_seal)
        self.seal.left.connect(self.editor.setFocus)

    # Showing

    @property
    def author(self) -> str:
        """Whose own notes are shown; "" for the interview's."""
        return self.keeper.author

    def show_author(self, author: str) -> None:
        """Show what a second note-taker typed, or with "" the interview's notes."""
        if author != self.keeper.author and self._source is not None and self.keeper.flush():
            self.keeper.author = author
            self.keeper.forget()
            self._show_rest(self._source)
            self._load(self._source)
            self._show_line()

    def refresh(self, source: Source, changes: Changes | None = None) -> None:
        """Show a source, or what changed in it elsewhere; what is being typed is saved first, and stays."""
        sheet, new = self.editor.sheet, self._source is None or source.key != self.editor.sheet.source
        if new:
            self.keeper.flush()
            self.keeper.forget()
            self.keeper.author, self.keeper.reason = "", ""
        self._source = source
        if new or changes is None or changes.tables & _REST:
            self._show_rest(source)
        if new:
            self._load(source)
        elif not self.keeper.writing:
            self._show_people(source)
            if not sheet.holds(self.keeper.entries(source)) and self.keeper.flush():
                self._reload(source)
            self.keeper.take_over()
            self._show_seal()
        self._mark.setEnabled(not self._desk.read_only and not self.author)
        self._hint.show_for(self.author)
        self.editor.show_coded()
        self._show_line()

    def leave(self) -> None:
        """Save what is not yet saved; numbers lead to pages again."""
        self.keeper.flush()
        self.coder.go_on()

    def show_entry(self, entry: str, start: int = 0, end: int | None = None) -> None:
        """Bring a place of the notes into view."""
        self.editor.show_place(entry, start, end)

    def _load(self, source: Source) -> None:
        tail = "-o" if self.keeper.author else "-"
        entries = self.keeper.entries(source)
        self.editor.load(source, entries, self.keeper.marks(source.key), self._people(source), tail=tail)
        self.deeds.show_speakers()
        self._show_seal()

    def _show_seal(self) -> None:
        """Let people write, or only look: at what another window writes, at finished notes, at another's own."""
        source, desk = self._source, self._desk
        sealed = source is not None and source.status is SourceStatus.FINISHED
        closed = sealed and not self.author and not self.keeper.reason
        others = bool(self.author) and self.author != desk.study.who
        looking = desk.read_only or closed or others
        self.seal.show_source(desk.document, source, open_=not sealed, may_break=not desk.read_only)
        if self.editor.isReadOnly() != looking:
            self.editor.setReadOnly(looking)
            if looking:  # the keyboard selects words to code in finished notes, too
                self.editor.setTextInteractionFlags(_LOOKING)
        self.deeds.set_read_only(looking)
        self.seal.setVisible(closed)
        for button in self._tools:
            button.setVisible(not self.editor.isReadOnly())
        self._code.setVisible(self.coder.may)

    def _break_seal(self, reason: str) -> None:
        self.keeper.reason = reason
        self._show_seal()
        self.editor.setFocus()

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

    def _show_rest(self, source: Source) -> None:
        """Learn what can be named in a line, who writes, and what lines are beside their words."""
        document, who = self._desk.document, self._desk.study.who
        self.editor.author = who or None
        self.editor.typist.no_codes = OWN_NOTES if self.author else "" if who else NOBODY
        self.editor.typist.vocabulary = Vocabulary(
            tuple(Choice("speaker", key, name, "speaks") for key, name in self._people(source).items()),
            tuple(Choice("case", case.key, case.name, "case") for case in document.cases),
            tuple(Choice("code", code.key, code.name) for code in document.codes),
            self._expand,
        )
        self._changed_later = frozenset(version.line for version in document.versions if version.source == source.key)
        self.editor.coded.learn(self._desk, source.key)
        self.coder.learn()

    def _expand(self, word: str) -> str | None:
        if not settings.EXPAND_SHORTHAND.read():
            return None
        return expansion(self._desk.document.shorthands, self._desk.study.who, word)

    def _is_later(self, line: Line) -> bool:
        source = self._source
        return source is not None and (line.key in self._changed_later or later(source, line.entry("", None)))

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
        if self._speaker.accessibleName() != f"Speaker: {name}":
            self._speaker.setAccessibleName(f"Speaker: {name}")
            self._speaker.setText(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _SPEAKER))
        self._show_count()
        self._hint.setVisible(not sheet.words and not self.editor.isReadOnly())

    def _enter_line(self) -> None:
        key = self.editor.current_line.key
        if key != self._entered:
            self._entered = key
            self.line_entered.emit(key)

    def _show_count(self) -> None:
        sheet = self.editor.sheet
        lines = f"{sheet.entries} {'line' if sheet.entries == 1 else 'lines'}" if sheet.entries else ""
        words = f"{sheet.words:,} words" if lines else ""
        reading = "Reading only" if self._desk.read_only or (self.author and self.editor.isReadOnly()) else ""
        zoom = f"{self.editor.zoom} %" if self.editor.zoom != 100 else ""
        told = " · ".join(filter(None, (reading, lines, words, zoom)))
        if self._count.fontMetrics().horizontalAdvance(told) > self._count.width():
            told = " · ".join(filter(None, (reading, lines, zoom)))
        self._count.setText(told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave words out where there is little room."""
        super().resizeEvent(event)
        for button, words in ((self._mark, "Mark passage"), (self._code, "Code")):
            button.setText(words if self.width() >= _NARROW else "")
        layout = self.layout()
        if layout is not None:
            layout.activate()  # the room for the count is what buttons leave
        self._show_count()

    # Doing

    def mark(self) -> None:
        """Mark the selected words, or the line, as a passage."""
        span = self.editor.selected_span()
        if self.author and not self._desk.read_only:
            self._desk.told.emit(OWN_NOTES)
        if self._desk.read_only or self.author or not self.keeper.flush():
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

    def choose_passage(self, key: str) -> None:
        """Make a passage the current one, without moving the cursor."""
        if key != self.editor.current_passage:
            self.editor.set_current_passage(key)
            self.coder.enable()

    def _choose_passage(self, key: str) -> None:
        self.choose_passage(key)
        self.passage_entered.emit(key)

    def _refused(self, typed: str) -> None:
        """Take letters typed over selected words in finished notes for the beginning of a code."""
        if not typed.strip() or not self.coder.may:
            self.seal.ask()
        elif self.editor.textCursor().hasSelection():
            self.coder.ask(typed)
        else:
            self._desk.told.emit(_FINISHED)
            self.seal.ask()

    def zoom_by(self, step: int) -> None:
        """Show the notes a step larger or smaller; 0 is the usual size. Remembered."""
        steps = settings.NOTES_ZOOM.allowed
        at = min(range(len(steps)), key=lambda place: abs(steps[place] - self.editor.zoom))
        wanted = steps[max(0, min(at + step, len(steps) - 1))] if step else settings.NOTES_ZOOM.default
        settings.NOTES_ZOOM.write(wanted)
        self.editor.set_zoom(wanted)
        self._show_count()

    def _open_text_menu(self, where: QPoint) -> None:
        commands.open_menu(self.deeds.text_menu(self.coder.menu()), where)

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
        self._of_codes: list[QWidget] = []
        for row, (key, words) in enumerate(commands.HINTS, 2):
            told = (TextLabel(key, ink="muted", parent=self), TextLabel(words, ink="faint", parent=self))
            for column, label in enumerate(told):
                grid.addWidget(label, row, column)
            self._of_codes += told if key in commands.CODING_HINTS else ()
        editor.installEventFilter(self)
        self.hide()

    def show_for(self, author: str) -> None:
        """Leave out what can't be done in a note-taker's own notes."""
        if any(label.isHidden() is not bool(author) for label in self._of_codes):
            for label in self._of_codes:
                label.setVisible(not author)
            self._place()

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
