"""Finding places in the notes: lines, selected words, passages and what a code would be put on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from app.model.evidence import Span
from ui.notebook.coded import Coded
from ui.notebook.offsets import storable, to_points, to_units
from ui.notebook.shaping import number_of
from ui.notebook.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QTextBlock
    from PySide6.QtWidgets import QWidget

    from app.model.shifting import Mark
    from ui.notebook.lines import Line


class PlacedEdit(QPlainTextEdit):
    """An editor that knows where entries and passages are in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = Sheet()
        self.coded = Coded(self.sheet)
        self.current_passage = ""

    def line_at(self, block: QTextBlock) -> Line:
        """Give what the line of a paragraph is."""
        return self.sheet.lines[number_of(block)]

    @property
    def current_line(self) -> Line:
        """What the line with the cursor is."""
        return self.sheet.line(self.textCursor().blockNumber())

    def marks_of(self, place: int) -> tuple[Mark, ...]:
        """List the passages in a row that whoever is working may see."""
        marks, hidden = self.sheet.marks_of(place), self.coded.hidden
        return tuple(mark for mark in marks if mark.passage not in hidden) if hidden else marks

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

    def show_place(self, entry: str, start: int = 0, end: int | None = None) -> bool:
        """Bring a place of an entry into view, with the cursor in it; words up to `end` are selected."""
        place = self.sheet.place(entry)
        if place < 0:
            return False
        block = self.document().findBlockByNumber(place)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + to_units(block.text(), start))
        if end is not None:
            cursor.setPosition(block.position() + to_units(block.text(), end), QTextCursor.MoveMode.KeepAnchor)
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
        """Name the passage that is selected, else the shortest one the cursor stands in; "" for none."""
        cursor = self.textCursor()
        marks = self.marks_of(cursor.blockNumber()) if self.sheet.rows else ()
        if not marks:
            return ""
        selected = self.selected_span() if cursor.hasSelection() else None
        exact = [mark for mark in marks if selected is not None and (mark.start, mark.end) == selected[1:]]
        at = to_points(cursor.block().text(), cursor.selectionStart() - cursor.block().position())
        found = exact or [mark for mark in marks if mark.start <= at < mark.end]
        found.sort(key=lambda mark: (mark.end - mark.start, mark.passage != self.current_passage))
        return found[0].passage if found else ""

    def set_current_passage(self, key: str) -> None:
        """Show one passage stronger than the others."""
        if key != self.current_passage:
            self.current_passage = key
            self.viewport().update()

    def passages(self) -> list[tuple[int, Mark]]:
        """List the passages where they begin, as (row, mark) in the order of the notes."""
        found: dict[str, tuple[int, Mark]] = {}
        for place in range(len(self.sheet.rows)):
            for mark in self.marks_of(place):
                found.setdefault(mark.passage, (place, mark))
        return list(found.values())

    def step_passage(self, step: int) -> str:
        """Go to the next passage, or the one before; gives its key, "" where there is none that way."""
        found, cursor = self.passages(), self.textCursor()
        keys = [mark.passage for _place, mark in found]
        if self.current_passage in keys:
            at = keys.index(self.current_passage) + step
        else:
            here = (cursor.blockNumber(), to_points(cursor.block().text(), cursor.positionInBlock()))
            before = sum((place, mark.start) < here for place, mark in found)
            at = before if step > 0 else before - 1
        if not 0 <= at < len(found):
            return ""
        place, mark = found[at]
        self.show_place(self.sheet.line(place).key, mark.start)
        return mark.passage

    def selected_blocks(self) -> Iterable[QTextBlock]:
        """Walk the paragraphs that the selection, or the cursor, is in."""
        cursor = self.textCursor()
        block = self.document().findBlock(cursor.selectionStart())
        last = self.document().findBlock(cursor.selectionEnd()).blockNumber()
        while block.isValid() and block.blockNumber() <= last:
            yield block
            block = block.next()

    def coding_spans(self) -> tuple[Span, ...]:
        """Give what a code would be put on: the selected words of one line, else the whole of each line selected."""
        cursor = self.textCursor()
        span = self.selected_span()
        if cursor.hasSelection() and span is not None:
            entry, start, end = span
            return (Span(entry=entry, start=start, end=end),) if start < end else ()
        lines = [self.line_at(block).key for block in self.selected_blocks() if block.text().strip()]
        return tuple(Span(entry=key, start=0, end=1, whole=True) for key in lines)

    def point_at(self, point: QPoint) -> None:
        """Put the cursor where a point of the viewport is, unless that is among the words selected."""
        chosen, there = self.textCursor(), self.cursorForPosition(point)
        if not chosen.hasSelection() or not chosen.selectionStart() <= there.position() <= chosen.selectionEnd():
            self.setTextCursor(there)
