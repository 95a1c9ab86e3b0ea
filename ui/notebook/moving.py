"""Cutting, pasting and dragging within the notes: lines stay what they are, passages go along with their words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QMimeData

from app.model.shifting import Mark
from ui.notebook.offsets import showable, storable, to_points
from ui.notebook.shaping import block_format, cleared_cursor, number_of

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock, QTextCursor

    from ui.notebook.editor import NotesEditor

_KIND = "application/x-fieldquill-lines"  # holds a number that means something to this window alone


class _Piece(Struct, frozen=True):
    """Words of one line: where they lay on it, and the passages in them, counted from their own beginning."""

    number: int
    text: str
    marks: tuple[Mark, ...]
    whole: bool


class Mover:
    """What was copied or cut last, and where its passages are to go when it is put down.

    A passage goes along only as far as its words have been taken away elsewhere: a copy is no second passage.
    """

    def __init__(self, editor: NotesEditor) -> None:
        self._editor = editor
        self._token = b""
        self._source = ""
        self._pieces: tuple[_Piece, ...] = ()
        self._size: dict[str, int] = {}  # code points of each passage before anything was taken away
        self._waiting: list[tuple[int, int, _Piece]] = []  # number of the line, place in it, what came there

    def carry(self, data: QMimeData) -> QMimeData:
        """Remember what the selection holds, and let `data` name it."""
        self._token = uuid4().bytes
        self._source = self._editor.sheet.source
        self._pieces = tuple(self._selected())
        passages = {mark.passage for piece in self._pieces for mark in piece.marks}
        self._size = {passage: self._editor.sheet.marked(passage) for passage in passages}
        kept = QMimeData()
        kept.setText(data.text())
        kept.setData(_KIND, self._token)
        return kept

    def _selected(self) -> list[_Piece]:
        cursor = self._editor.textCursor()
        return [self._piece(block, cursor) for block in self._editor.selected_blocks()]

    def _piece(self, block: QTextBlock, cursor: QTextCursor) -> _Piece:
        text = storable(block.text())
        start = to_points(text, max(cursor.selectionStart() - block.position(), 0))
        end = to_points(text, min(cursor.selectionEnd() - block.position(), block.length() - 1))
        inside = (
            Mark(mark.passage, max(mark.start, start) - start, min(mark.end, end) - start, mark.whole)
            for mark in self._editor.sheet.marks_of(block.blockNumber())
        )
        marks = tuple(mark for mark in inside if mark.start < mark.end)
        return _Piece(number_of(block), text[start:end], marks, (start, end) == (0, len(text)))

    def put_down(self, data: QMimeData) -> bool:
        """Put down what is carried, at the cursor; False where `data` is something else."""
        known = data.hasFormat(_KIND) and data.data(_KIND).data() == self._token
        if not known or self._source != self._editor.sheet.source:
            return False
        cursor = cleared_cursor(self._editor)
        here = self._numbers()
        own, above = number_of(cursor.block()), cursor.atBlockStart() and len(self._pieces) > 1
        first, last = self._pieces[0], len(self._pieces) - 1
        if first.whole and first.text and (above or not cursor.block().text()):
            cursor.setBlockFormat(block_format(self._number(first, here)))
        else:
            above = False
        for place, piece in enumerate(self._pieces):
            if place:  # whole lines put above another leave that one what it is
                cursor.insertBlock(block_format(own if above and place == last else self._number(piece, here)))
            at = to_points(cursor.block().text(), cursor.positionInBlock())
            self._waiting.append((number_of(cursor.block()), at, piece))
            cursor.insertText(showable(piece.text))
        cursor.endEditBlock()
        self._editor.setTextCursor(cursor)
        return True

    def _numbers(self) -> set[str]:
        """Keys of the lines that are in the notes just now."""
        keys, block = set(), self._editor.document().firstBlock()
        while block.isValid():
            keys.add(self._editor.line_at(block).key)
            block = block.next()
        return keys

    def _number(self, piece: _Piece, here: set[str]) -> int:
        """Give the line that a piece becomes: itself where it was cut whole, else one like it."""
        line = self._editor.sheet.lines[piece.number]
        if piece.whole and line.key not in here:
            here.add(line.key)
            return piece.number
        return self._editor.fresh_number(replace(line, codes=()))

    def settle(self) -> None:
        """Put passages on the words that came along, once the sheet knows of them."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        sheet = self._editor.sheet
        places = {row.number: place for place, row in enumerate(sheet.rows)}
        for number, at, piece in waiting:
            place = places.get(number, -1)
            if place >= 0 and sheet.rows[place].text[at:].startswith(piece.text):
                sheet.put_marks(place, self._due(place, at, piece))

    def _due(self, place: int, at: int, piece: _Piece) -> list[Mark]:
        sheet, due = self._editor.sheet, []
        row = sheet.rows[place]
        for mark in piece.marks:
            left, right = at + mark.start, at + mark.end
            there = {other.passage for other in row.marks if other.start < right and left < other.end}
            if mark.passage not in there and self._missing(mark):
                whole = mark.whole and piece.text == row.text
                due.append(Mark(mark.passage, left, right, whole))
        return due

    def _missing(self, mark: Mark) -> bool:
        """Whether as much of a passage was taken away as would come back."""
        return self._editor.sheet.marked(mark.passage) + mark.end - mark.start <= self._size[mark.passage]
