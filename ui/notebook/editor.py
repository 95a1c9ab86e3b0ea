"""The editor of the notebook: one paragraph is one entry; it follows every edit into its sheet."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.model.source import EntryKind, SourceStatus
from ui.notebook.layout import NotesLayout
from ui.notebook.lines import Line, pasted_lines
from ui.notebook.offsets import storable, to_points, to_units
from ui.notebook.painting import Gutter, KindHighlighter, paint_marks
from ui.notebook.sheet import Sheet
from ui.theme import BODY, MEASURE, SPACE, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPaintEvent

    from app.model.source import Source
    from ui.notebook.sheet import Marks

LINE = int(QTextFormat.Property.UserProperty)
MARKERS = dict.fromkeys('"„“”»«', EntryKind.QUOTATION) | {"*": EntryKind.REFLECTION, "?": None}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEEP = QTextCursor.MoveMode.KeepAnchor


def now() -> datetime:
    """Give the time that new lines are stamped with."""
    return datetime.now(UTC).replace(microsecond=0)


class NotesEditor(QPlainTextEdit):
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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = Sheet()
        self.keys: dict[int, Callable[[], object]] = {}
        self.clock = now
        self.floor: Callable[[], int] = lambda: 0
        self._loading = True
        self._window: tuple[int, int] | None = None
        self._zone: tzinfo = UTC
        self._current = ""
        self.speakers: dict[str, str] = {}
        self.speaker: str | None = None
        self.kind = EntryKind.PARAPHRASE
        document = QTextDocument(self)
        self._layout = NotesLayout(document)
        document.setDocumentLayout(self._layout)
        document.setDocumentMargin(0)
        document.setDefaultFont(theme().font(BODY))
        self.setDocument(document)
        self.gutter = Gutter(self)
        self._highlighter = KindHighlighter(self)
        self._dress()
        self.document().contentsChange.connect(self._follow)
        self.document().contentsChanged.connect(self._settle)
        self.cursorPositionChanged.connect(self._moved)
        theme().changed.connect(self._highlighter.rehighlight)

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

    def load(self, source: Source, marks: Marks, speakers: dict[str, str]) -> None:
        """Show the notes of a source; what was typed before must have been saved."""
        self._loading = True
        self.sheet.load(source, marks)
        self.show_people(source, speakers)
        if not self.sheet.rows:
            self.sheet.replace(0, 0, [(self._fresh_number(), "")])
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
        cursor.insertText(self.sheet.rows[0].text)
        for row in self.sheet.rows[1:]:
            cursor.insertBlock(block_format(row.number))
            cursor.insertText(row.text)
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

    def line_at(self, block: QTextBlock) -> Line:
        """Give what the line of a paragraph is."""
        return self.sheet.lines[block.blockFormat().intProperty(LINE)]

    @property
    def current_line(self) -> Line:
        """What the line with the cursor is."""
        return self.sheet.line(self.textCursor().blockNumber())

    def time_text(self, line: Line) -> str:
        """Write when a line was noted, on the clock of its place."""
        return f"{line.at.astimezone(self._zone):%H:%M}" if line.at else ""

    # Finding places

    def selected_span(self) -> tuple[str, int, int] | None:
        """Give entry, start and end (code points) of the words selected in one line, else of the whole line."""
        cursor = self.textCursor()
        block = self.document().findBlock(cursor.selectionStart())
        if self.document().findBlock(cursor.selectionEnd()) != block:
            return None
        text = storable(block.text())
        start, end = 0, len(text)
        if cursor.hasSelection():
            start = to_points(text, cursor.selectionStart() - block.position())
            end = to_points(text, cursor.selectionEnd() - block.position())
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        return self.line_at(block).key, start, max(start, start + len(words.strip()))

    def show_place(self, entry: str, start: int = 0) -> bool:
        """Bring a place of an entry into view, with the cursor in it."""
        place = self.sheet.place(entry)
        if place < 0:
            return False
        block = self.document().findBlockByNumber(place)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + to_units(block.text(), start))
        self.setTextCursor(cursor)
        self.centerCursor()
        return True

    def put_cursor(self, entry: str, place: int, at: int) -> None:
        """Put the cursor into an entry, else into the row at `place`, `at` UTF-16 units in."""
        found = self.sheet.place(entry) if entry else place
        place = min(found if found >= 0 else place, len(self.sheet.rows) - 1)
        block = self.document().findBlockByNumber(place)
        cursor = self.textCursor()
        cursor.setPosition(block.position() + min(at, block.length() - 1))
        self.setTextCursor(cursor)

    def passage_at_cursor(self) -> str:
        """Name the passage the cursor stands in, "" for none."""
        cursor = self.textCursor()
        at = to_points(cursor.block().text(), cursor.positionInBlock())
        marks = self.sheet.marks_of(cursor.blockNumber()) if self.sheet.rows else ()
        return next((mark.passage for mark in marks if mark.start <= at < mark.end), "")

    def set_current_passage(self, key: str) -> None:
        """Show one passage stronger than the others."""
        if key != self._current:
            self._current = key
            self.viewport().update()

    # Changing what lines are

    def set_kind(self, kind: EntryKind) -> None:
        """Say what the selected lines are; the same kind again makes them a paraphrase."""
        again = self.current_line.kind is kind
        self._change(lambda line: msgspec.structs.replace(line, kind=EntryKind.PARAPHRASE if again else kind))

    def toggle_uncertain(self) -> None:
        """Say that the selected lines are uncertain, or no longer."""
        uncertain = not self.current_line.uncertain
        self._change(lambda line: msgspec.structs.replace(line, uncertain=uncertain))

    def set_speaker(self, speaker: str | None) -> None:
        """Say who spoke the selected lines, and the next ones."""
        self.speaker = speaker
        self._change(lambda line: msgspec.structs.replace(line, speaker=speaker))

    def _change(self, how: Callable[[Line], Line]) -> None:
        if self.isReadOnly():
            return
        cursor = self.textCursor()
        edit = QTextCursor(self.document())
        edit.beginEditBlock()
        for block in self._selected_blocks(cursor):
            self._set_number(edit, block, self.sheet.number_for(how(self.line_at(block))))
        edit.endEditBlock()
        self._moved()

    def _selected_blocks(self, cursor: QTextCursor) -> Iterable[QTextBlock]:
        block = self.document().findBlock(cursor.selectionStart())
        last = self.document().findBlock(cursor.selectionEnd()).blockNumber()
        while block.isValid() and block.blockNumber() <= last:
            yield block
            block = block.next()

    def _set_number(self, cursor: QTextCursor, block: QTextBlock, number: int) -> None:
        cursor.setPosition(block.position())
        cursor.setBlockFormat(block_format(number))

    def _fresh_number(self, like: Line | None = None) -> int:
        """Make a new line: said by whom spoke last, or sharing all with a line it was cut from."""
        key = self.sheet.fresh_key()
        if like is not None:
            return self.sheet.number_for(msgspec.structs.replace(like, key=key))
        line = Line(key, self.kind, self.clock(), self.speaker)
        return self.sheet.number_for(line)

    # Keys

    def event(self, event: QEvent) -> bool:
        """Take our keys before the window does; keep the text within the measure when the size changes."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        if event.type() == QEvent.Type.ShortcutOverride and self._is_ours(event):  # type: ignore[arg-type]
            event.accept()
            return True
        return super().event(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        return event.keyCombination().toCombined() in self.keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key does in notes; the rest is as in any editor."""
        if self._is_ours(event):
            self.keys[event.keyCombination().toCombined()]()
        elif self.isReadOnly():
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.take_back()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.do_again()
        elif not self._takes(event):
            super().keyPressEvent(event)

    def take_back(self) -> None:
        """Undo here while there is something of the editor's own above the floor, then in the study."""
        if self.document().availableUndoSteps() > self.floor():
            self.undo()
        else:
            self.document().clearUndoRedoStacks(QTextDocument.Stacks.RedoStack)
            self.undo_asked.emit()

    def do_again(self) -> None:
        """Redo here while there is something of the editor's own, then in the study."""
        if self.document().isRedoAvailable():
            self.redo()
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
        """Do what Enter, Space, Backspace and Delete do to lines; False where they are but letters."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER and held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            self._enter()
            return True
        if held or self.textCursor().hasSelection():
            return False
        if key == Qt.Key.Key_Space:
            return self._take_marker()
        if key == Qt.Key.Key_Backspace:
            return self.textCursor().atBlockStart() and self._join(self.textCursor().block().previous())
        return key == Qt.Key.Key_Delete and self.textCursor().atBlockEnd() and self._join(self.textCursor().block())

    def _enter(self) -> None:
        """Begin a new line; words behind the cursor go into it and stay what they were."""
        cursor = self.textCursor()
        selected = cursor.hasSelection()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        block, line = cursor.block(), self.line_at(cursor.block())
        above, below = cursor.atBlockStart() and bool(block.text()), cursor.atBlockEnd()
        at = to_points(block.text(), cursor.positionInBlock())
        marks = () if selected else self.sheet.marks_of(block.blockNumber())
        fresh = self._fresh_number(None if above or below else line)
        own = block.blockFormat().intProperty(LINE)
        if above or (marks and all(mark.start >= at for mark in marks)):
            cursor.insertBlock(block_format(own))
            self._set_number(QTextCursor(self.document()), cursor.block().previous(), fresh)
        else:
            cursor.insertBlock(block_format(fresh))
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _join(self, block: QTextBlock) -> bool:
        """Join a line with the next; the one that passages lie in stays."""
        below = block.next()
        if not block.isValid() or not below.isValid():
            return False
        first, second = (self.sheet.marks_of(each.blockNumber()) for each in (block, below))
        stays = below if (second and not first) or not block.text() else block
        number = stays.blockFormat().intProperty(LINE)
        cursor = self.textCursor()
        cursor.setPosition(below.position())
        cursor.beginEditBlock()
        cursor.deletePreviousChar()
        cursor.setBlockFormat(block_format(number))
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        return True

    def _take_marker(self) -> bool:
        """Turn a marker typed alone at the start of a line into what the line is."""
        cursor = self.textCursor()
        typed = cursor.block().text()[: cursor.positionInBlock()]
        if typed not in MARKERS:
            return False
        kind, line = MARKERS[typed], self.current_line
        change = {"uncertain": True} if kind is None else {"kind": kind}
        cursor.beginEditBlock()
        cursor.deletePreviousChar()
        cursor.setBlockFormat(block_format(self.sheet.number_for(msgspec.structs.replace(line, **change))))
        cursor.endEditBlock()
        self._moved()
        return True

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words; each line of them becomes a line of notes."""
        if self.isReadOnly() or not source.hasText():
            return
        first, *others = pasted_lines(source.text())
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.insertText(first)
        for line in others:
            if line.strip():
                cursor.insertBlock(block_format(self._fresh_number()))
                cursor.insertText(line)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

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
        self.sheet.replace(begin, removed, fresh)
        self._window = (begin, begin + count)
        self.edited.emit()

    def _stamp(self, begin: int, removed: int, fresh: list[tuple[int, str]]) -> None:
        """Stamp a line with the time of its first words, not of the Enter before them."""
        if removed != 1 or len(fresh) != 1:
            return
        (number, text), before = fresh[0], self.sheet.rows[begin]
        if number == before.number and text and not before.text and not self.sheet.is_saved(begin):
            self.sheet.lines[number] = msgspec.structs.replace(self.sheet.lines[number], at=self.clock())

    def _settle(self) -> None:
        """Give a line of its own to each paragraph that was made past us, such as by an input method."""
        if self._loading or self._window is None:
            return
        (first, last), self._window = self._window, None
        seen: set[int] = set()
        for place in range(first, min(last, len(self.sheet.rows))):
            number = self.sheet.rows[place].number
            if number == 0 or number in seen:
                self._renumber(place)
            seen.add(number)

    def _renumber(self, place: int) -> None:
        cursor = QTextCursor(self.document().findBlockByNumber(place))
        cursor.joinPreviousEditBlock()
        cursor.setBlockFormat(block_format(self._fresh_number()))
        cursor.endEditBlock()

    def _moved(self) -> None:
        self.gutter.update()
        if not self._loading:
            self.passage_entered.emit(self.passage_at_cursor())

    # Looks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint passages behind the words."""
        painter = QPainter(self.viewport())
        paint_marks(painter, self, self._current)
        painter.end()
        super().paintEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus went elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the text."""
        self.menu_asked.emit(event.globalPos())

    def _fit(self) -> None:
        room = self.gutter.room
        spare = max(SPACE[3], self.width() - room - MEASURE - SPACE[3])
        self.setViewportMargins(room, SPACE[2], spare, 0)
        inside = self.contentsRect()
        self.gutter.setGeometry(QRect(inside.left(), inside.top() + SPACE[2], room, inside.height() - SPACE[2]))


def block_format(number: int) -> QTextBlockFormat:
    """Make the format that carries the number of a line."""
    made = QTextBlockFormat()
    made.setProperty(LINE, number)
    return made


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
