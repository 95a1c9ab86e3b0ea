"""The editor of the notebook: one paragraph is one entry; it follows every edit into its sheet."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QTextCursor, QTextDocument

from app.model.source import EntryKind, SourceStatus
from ui.notebook import shaping
from ui.notebook.commands import combination
from ui.notebook.layout import NotesLayout
from ui.notebook.lines import Line, pasted_lines
from ui.notebook.margin import THIN, USUAL, Margin, room_beside
from ui.notebook.moving import Mover
from ui.notebook.offsets import showable, storable, to_points
from ui.notebook.painting import Gutter, KindHighlighter, paint_marks
from ui.notebook.places import PlacedEdit
from ui.notebook.shaping import LINE, block_format
from ui.notebook.typing import Typist
from ui.theme import BODY, MEASURE, SPACE, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import (
        QContextMenuEvent,
        QDragEnterEvent,
        QDragMoveEvent,
        QDropEvent,
        QFocusEvent,
        QKeyEvent,
        QPaintEvent,
        QWheelEvent,
    )
    from PySide6.QtWidgets import QWidget

    from app.model.source import Entry, Source
    from ui.notebook.sheet import Marks

CODE = "application/x-fieldquill-code"  # what is dragged: the key of a code
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def now() -> datetime:
    """Give the time that new lines are stamped with."""
    return datetime.now(UTC).replace(microsecond=0)


class NotesEditor(PlacedEdit):
    """Plain paragraphs, each the line of notes whose number it carries in its format.

    Numbers go through the editor's own undo with the words, so that a line keeps its key, time, speaker and kind
    however it is cut, joined, removed and brought back.
    """

    edited = Signal()
    left = Signal()  # the focus went elsewhere
    undo_asked = Signal()  # there is nothing of the editor's own left to undo
    redo_asked = Signal()
    menu_asked = Signal(QPoint)  # where on the screen
    passage_entered = Signal(str)  # the passage the cursor came to stand in, "" for none
    refused = Signal(str)  # this was typed and can't be: the notes are only shown
    code_dropped = Signal(str)  # key of a code that was let go over the words the cursor is now at
    zoomed = Signal(int)  # a step up or down was asked for

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys: dict[int, Callable[[], object]] = {}
        self.clock = now
        self.floor: Callable[[], int] = lambda: 0
        self.speakers: dict[str, str] = {}
        self.speaker: str | None = None
        self.author: str | None = None
        self.kind = EntryKind.PARAPHRASE
        self.zoom = 100
        self.later: Callable[[Line], bool] = lambda _line: False
        self.behind: list[Callable[[QPainter, NotesEditor], None]] = []  # paint behind the words, after passages
        self._with_codes = False  # whether room was kept for codes
        self._loading = True
        self._again = False
        self._window: tuple[int, int] | None = None
        self._swallowed: tuple[int, int] | None = None
        self._zone: tzinfo = UTC
        self._make_document()
        self.gutter = Gutter(self)
        self.margin = Margin(self)
        self.typist = Typist(self)
        self.mover = Mover(self)
        self._highlighter = KindHighlighter(self)
        self._dress()
        self.document().contentsChange.connect(self._follow)
        self.document().contentsChanged.connect(self._settle)
        self.cursorPositionChanged.connect(self._moved)
        theme().changed.connect(self._highlighter.rehighlight)

    def _make_document(self) -> None:
        document = QTextDocument(self)
        self._layout = NotesLayout(document)
        document.setDocumentLayout(self._layout)
        document.setDocumentMargin(0)
        document.setDefaultFont(theme().font(BODY))
        self.setDocument(document)

    def _dress(self) -> None:
        self.setAccessibleName("Notes")
        self.setFont(theme().font(BODY))
        self.setProperty("look", "notes")
        self.setStyleSheet("QPlainTextEdit { border: 0; border-radius: 0; padding: 0; background: transparent; }")
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit()

    # Showing notes

    def load(
        self, source: Source, entries: Sequence[Entry], marks: Marks, speakers: dict[str, str], *, tail: str
    ) -> None:
        """Show lines of a source; what was typed before must have been saved.

        Args:
            source: the source.
            entries: its notes, or a second note-taker's own.
            marks: the passages in them.
            speakers: who may speak, by key.
            tail: what stands between the source's key and the number in keys of new lines.
        """
        self._loading = True
        taken = [entry.key for entry in source.entries] + [line.key for line in source.originals]
        self.sheet.load(source.key, entries, marks, tail=tail, taken=taken)
        self.show_people(source, speakers)
        if not self.sheet.rows:
            self.sheet.replace(0, 0, [(self.fresh_number(), "")])
        self._fill()
        self._loading = False
        self._highlighter.rehighlight()
        finished = source.status is SourceStatus.FINISHED
        self.moveCursor(QTextCursor.MoveOperation.Start if finished else QTextCursor.MoveOperation.End)
        self._moved()

    def _fill(self) -> None:
        self.setUndoRedoEnabled(False)
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.setBlockFormat(block_format(self.sheet.rows[0].number))
        cursor.insertText(showable(self.sheet.rows[0].text))
        for row in self.sheet.rows[1:]:
            cursor.insertBlock(block_format(row.number))
            cursor.insertText(showable(row.text))
        cursor.endEditBlock()
        self.setUndoRedoEnabled(True)
        self.setPlaceholderText("")

    def show_people(self, source: Source, speakers: dict[str, str]) -> None:
        """Name those who may speak; the only one does until somebody says otherwise."""
        self._zone = _zone(source.zone)
        self.speaker = next(iter(speakers)) if len(speakers) == 1 else None
        self.kind = EntryKind.OBSERVATION if source.kind == "observation" else EntryKind.PARAPHRASE
        self.speakers = speakers
        self.gutter.update()
        self._fit()

    def show_coded(self) -> None:
        """Show what is coded, once that was learned; there is room for it where there is anything."""
        if bool(self.coded) is not self._with_codes:
            self._fit()
        self.margin.update()
        self.viewport().update()

    def set_current_passage(self, key: str) -> None:
        """Show one passage stronger than the others, and all its codes."""
        super().set_current_passage(key)
        self.margin.update()

    def set_zoom(self, percent: int) -> None:
        """Show the notes larger or smaller, in percent of the usual size."""
        self.zoom = percent
        font = theme().font(round(BODY * percent / 100))
        self.document().setDefaultFont(font)
        self.setFont(font)
        self._fit()
        self._highlighter.rehighlight()

    def time_text(self, line: Line) -> str:
        """Write when a line was noted, on the clock of its place."""
        return f"{line.at.astimezone(self._zone):%H:%M}" if line.at else ""

    # Changing what lines are

    def change_lines(self, how: Callable[[Line], Line]) -> None:
        """Change what the selected lines are, in one step of undo."""
        if self.isReadOnly():
            self.refused.emit("")
            return
        edit = QTextCursor(self.document())
        edit.beginEditBlock()
        for block in self.selected_blocks():
            edit.setPosition(block.position())
            self.set_line(edit, how(self.line_at(block)))
        edit.endEditBlock()
        self._moved()

    def set_line(self, cursor: QTextCursor, line: Line) -> None:
        """Make the paragraph a cursor is in that line."""
        cursor.setBlockFormat(block_format(self.sheet.number_for(line)))

    def fresh_number(self, like: Line | None = None) -> int:
        """Make a new line: said by whom spoke last, or sharing all with a line it was cut from."""
        key = self.sheet.fresh_key()
        if like is not None:
            return self.sheet.number_for(msgspec.structs.replace(like, key=key, author=self.author, codes=()))
        return self.sheet.number_for(Line(key, self.kind, self.clock(), self.speaker, author=self.author))

    def show_line_again(self) -> None:
        """Paint the line with the cursor anew: it is something else now."""
        self._moved()

    # Keys

    def event(self, event: QEvent) -> bool:
        """Take our keys before the window does; keep the text within the measure when the size changes."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        if event.type() == QEvent.Type.ShortcutOverride and self._is_ours(event):  # type: ignore[arg-type]
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and self.typist.completion.isVisible():
            self.keyPressEvent(event)  # type: ignore[arg-type] # Tab takes a name here, and goes on elsewhere
            return True
        return super().event(event)

    def bind_keys(self) -> None:
        """Take the keys of the actions that can be used just now before the window does."""
        self.keys = {
            combination(key): action.trigger
            for action in self.actions()
            for key in action.shortcuts()
            if action.isEnabled()
        }

    def _is_ours(self, event: QKeyEvent) -> bool:
        return event.keyCombination().toCombined() in self.keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key does in notes; the rest is as in any editor."""
        if self._is_ours(event):
            self.keys[event.keyCombination().toCombined()]()
        elif self.isReadOnly():
            super().keyPressEvent(event)
            held = event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier)
            if event.text().isprintable() and event.text() and held != Qt.KeyboardModifier.AltModifier:
                self.refused.emit(event.text())
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.take_back()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.do_again()
        elif not self.typist.before(event) and not self._takes(event):
            if not shaping.write_over(self, event):
                super().keyPressEvent(event)
            self.typist.after(event)

    def take_back(self) -> None:
        """Undo here while there is something of the editor's own above the floor, then in the study."""
        if self.document().availableUndoSteps() > self.floor():
            self._again = True
            self.undo()
            self._again = False
        else:
            self.document().clearUndoRedoStacks(QTextDocument.Stacks.RedoStack)
            self.undo_asked.emit()

    def do_again(self) -> None:
        """Redo here while there is something of the editor's own, then in the study."""
        if self.document().isRedoAvailable():
            self._again = True
            self.redo()
            self._again = False
        else:
            self.redo_asked.emit()

    def part_steps(self) -> None:
        """Begin a new step of undo with the next keystroke; what was undone can't be done again."""
        self.document().clearUndoRedoStacks(QTextDocument.Stacks.RedoStack)
        self.document().setModified(False)

    def forget_typing(self) -> None:
        """Leave undo to the study from here on: it has gone past us."""
        self.document().clearUndoRedoStacks()

    def _takes(self, event: QKeyEvent) -> bool:
        """Do what Enter, Backspace and Delete do to lines; False where they are but letters."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER and held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            shaping.enter(self)
            self.typist.offer()
            return True
        cursor = self.textCursor()
        if held or cursor.hasSelection():
            return False
        if key == Qt.Key.Key_Backspace:
            return cursor.atBlockStart() and shaping.join(self, cursor.block().previous())
        return key == Qt.Key.Key_Delete and cursor.atBlockEnd() and shaping.join(self, cursor.block())

    def new_line(self, line: Line | None = None, text: str = "") -> str:
        """Begin a line under all others, with the cursor in it; an empty last line is used. Gives its key."""
        return shaping.new_line(self, line, text)

    # Cutting and pasting

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy words, and remember what their lines are and which passages lie in them."""
        return self.mover.carry(super().createMimeDataFromSelection())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words; each line of them becomes a line of notes."""
        if self.isReadOnly() or not source.hasText():
            return
        if not self.mover.put_down(source):
            self._paste(source.text())
        self.ensureCursorVisible()

    def _paste(self, text: str) -> None:
        first, *others = pasted_lines(text)
        cursor = shaping.cleared_cursor(self)
        cursor.insertText(showable(first))
        for line in others:
            if line.strip():
                cursor.insertBlock(block_format(self.fresh_number()))
                cursor.insertText(showable(line))
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    # Codes dragged here

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take codes, also where the notes are only shown."""
        if event.mimeData().hasFormat(CODE):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take codes anywhere."""
        if event.mimeData().hasFormat(CODE):
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Put a code on what it is let go over: the selected words, else the passage or line there."""
        if event.mimeData().hasFormat(CODE):
            self.point_at(event.position().toPoint())
            event.acceptProposedAction()
            self.code_dropped.emit(bytes(event.mimeData().data(CODE).data()).decode())
        else:
            super().dropEvent(event)

    # Following what happened

    def _follow(self, position: int, _removed: int, added: int) -> None:
        """Take an edit over into the sheet: which paragraphs gave way to which."""
        if self._loading:
            return
        document = self.document()
        first = document.findBlock(position)
        last = document.findBlock(position + added)
        last = last if last.isValid() else document.lastBlock()
        begin, count = first.blockNumber(), last.blockNumber() - first.blockNumber() + 1
        removed = count - (document.blockCount() - len(self.sheet.rows))
        fresh, block = [], first
        for _ in range(count):
            fresh.append((block.blockFormat().intProperty(LINE), storable(block.text())))
            block = block.next()
        self._stamp(begin, removed, fresh)
        self._see_swallowed(begin, removed, fresh)
        near = to_points(fresh[0][1], position - first.position())
        self.sheet.replace(begin, removed, fresh, near=near, again=self._again)
        self._window = (begin, begin + count)
        self.edited.emit()

    def _stamp(self, begin: int, removed: int, fresh: list[tuple[int, str]]) -> None:
        """Stamp a line with the time of its first words, not of the Enter before them."""
        if removed != 1 or len(fresh) != 1 or self._again:
            return
        (number, text), before = fresh[0], self.sheet.rows[begin]
        if number == before.number and text and not before.text and not self.sheet.is_saved(begin):
            self.sheet.lines[number] = msgspec.structs.replace(self.sheet.lines[number], at=self.clock())

    def _see_swallowed(self, begin: int, removed: int, fresh: list[tuple[int, str]]) -> None:
        """See where whole lines were removed before another: what stands is that other one, not the first of them."""
        if removed <= len(fresh) or len(fresh) != 1 or self._again:
            return
        first, last = self.sheet.rows[begin], self.sheet.rows[begin + removed - 1]
        if fresh[0] == (first.number, last.text) and last.text:
            self._swallowed = (begin, last.number)

    def _settle(self) -> None:
        """Give a line of its own to each paragraph that was made past us, such as by an input method."""
        if self._loading or self._window is None:
            return
        (first, last), self._window = self._window, None
        seen: set[int] = set()
        for place in range(first, min(last, len(self.sheet.rows))):
            number = self.sheet.rows[place].number
            if number == 0 or number in seen:
                self._renumber(place, self.fresh_number())
            seen.add(number)
        if self._swallowed is not None:
            (place, number), self._swallowed = self._swallowed, None
            self._renumber(place, number)
        self.mover.settle()

    def _renumber(self, place: int, number: int) -> None:
        cursor = QTextCursor(self.document().findBlockByNumber(place))
        cursor.joinPreviousEditBlock()
        cursor.setBlockFormat(block_format(number))
        cursor.endEditBlock()

    def _moved(self) -> None:
        self.gutter.update()
        if not self._loading:
            self.passage_entered.emit(self.passage_at_cursor())

    # Looks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint passages behind the words."""
        painter = QPainter(self.viewport())
        paint_marks(painter, self)
        for paint in self.behind:
            paint(painter, self)
        painter.end()
        super().paintEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl held; scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus went elsewhere."""
        super().focusOutEvent(event)
        self.typist.completion.hide()
        self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the text."""
        self.menu_asked.emit(event.globalPos())

    def _fit(self) -> None:
        scale, self._with_codes = self.zoom / 100, bool(self.coded)
        self.gutter.fit(self.width() - MEASURE * scale - USUAL)
        room = self.gutter.room
        wide = self.width() - room - SPACE[3]
        spare = max(room_beside(wide, MEASURE, scale, coded=self._with_codes), SPACE[3])
        self.setViewportMargins(room, SPACE[2], spare, 0)
        inside = self.contentsRect()
        top, high = inside.top() + SPACE[2], inside.height() - SPACE[2]
        self.gutter.setGeometry(QRect(inside.left(), top, room, high))
        self.margin.setVisible(spare >= THIN)
        self.margin.setGeometry(QRect(self.width() - spare + SPACE[1], top, spare - SPACE[4], high))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
