"""How lines of notes are broken, joined, begun and moved in the editor; each is one step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextFormat

from ui.notebook.offsets import showable, to_points

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QTextBlock

    from ui.notebook.editor import NotesEditor
    from ui.notebook.lines import Line

LINE = int(QTextFormat.Property.UserProperty)
_KEEP = QTextCursor.MoveMode.KeepAnchor


def block_format(number: int) -> QTextBlockFormat:
    """Make the format that carries the number of a line."""
    made = QTextBlockFormat()
    made.setProperty(LINE, number)
    return made


def number_of(block: QTextBlock) -> int:
    """Read the number of a paragraph's line."""
    return int(block.blockFormat().intProperty(LINE))


def cleared_cursor(editor: NotesEditor) -> QTextCursor:
    """Take selected words away, and give a cursor that goes on in the same step of undo; it has to be ended.

    They go in an edit of their own: joined with what is written over them, letters that both share would seem to stay.
    """
    cursor = editor.textCursor()
    if cursor.hasSelection():
        cursor.removeSelectedText()
        cursor.joinPreviousEditBlock()
    else:
        cursor.beginEditBlock()
    return cursor


def write_over(editor: NotesEditor, event: QKeyEvent) -> bool:
    """Write over selected words; False where none are selected, or the key writes nothing."""
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    if held or not editor.textCursor().hasSelection() or not event.text() or not event.text().isprintable():
        return False
    cursor = cleared_cursor(editor)
    cursor.insertText(event.text())
    cursor.endEditBlock()
    editor.setTextCursor(cursor)
    editor.ensureCursorVisible()
    return True


def enter(editor: NotesEditor) -> None:
    """Begin a new line; words behind the cursor go into it and stay what they were."""
    cursor = editor.textCursor()
    selected = cursor.hasSelection()
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    block, line = cursor.block(), editor.line_at(cursor.block())
    above, below = cursor.atBlockStart() and bool(block.text()), cursor.atBlockEnd()
    at = to_points(block.text(), cursor.positionInBlock())
    marks = () if selected else editor.sheet.marks_of(block.blockNumber())
    fresh = editor.fresh_number(None if above or below else line)
    own = number_of(block)
    if above or (marks and all(mark.start >= at for mark in marks)):
        cursor.insertBlock(block_format(own))
        QTextCursor(cursor.block().previous()).setBlockFormat(block_format(fresh))
    else:
        cursor.insertBlock(block_format(fresh))
    cursor.endEditBlock()
    editor.setTextCursor(cursor)
    editor.ensureCursorVisible()


def join(editor: NotesEditor, block: QTextBlock) -> bool:
    """Join a line with the next; the one that passages lie in stays. False where there is no next one."""
    below = block.next()
    if not block.isValid() or not below.isValid():
        return False
    first, second = (editor.sheet.marks_of(each.blockNumber()) for each in (block, below))
    stays = below if (second and not first) or not block.text() else block
    number = number_of(stays)
    cursor = editor.textCursor()
    cursor.setPosition(below.position())
    cursor.beginEditBlock()
    cursor.deletePreviousChar()
    cursor.setBlockFormat(block_format(number))
    cursor.endEditBlock()
    editor.setTextCursor(cursor)
    return True


def new_line(editor: NotesEditor, line: Line | None, text: str) -> str:
    """Begin a line under all others, with the cursor at its end; an empty last line is used. Gives its key."""
    cursor = QTextCursor(editor.document().lastBlock())
    cursor.beginEditBlock()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    if cursor.block().text():
        cursor.insertBlock(block_format(editor.fresh_number()))
    if line is not None:
        own = editor.line_at(cursor.block())
        editor.set_line(cursor, msgspec.structs.replace(line, key=own.key, at=editor.clock(), author=editor.author))
    cursor.insertText(showable(text))
    cursor.endEditBlock()
    editor.setTextCursor(cursor)
    editor.ensureCursorVisible()
    return editor.line_at(cursor.block()).key


def move_lines(editor: NotesEditor, step: int) -> None:
    """Move the selected lines up (-1) or down (1): the line beside them changes to their other side."""
    blocks = list(editor.selected_blocks())
    beside = blocks[0].previous() if step < 0 else blocks[-1].next()
    if not beside.isValid():
        return
    text, number = beside.text(), number_of(beside)
    chosen = editor.textCursor()
    gone = beside.length()
    anchor, place = (at - gone if step < 0 else at + gone for at in (chosen.anchor(), chosen.position()))
    cursor = QTextCursor(editor.document())
    cursor.beginEditBlock()
    target = blocks[-1] if step < 0 else blocks[0]
    if step < 0:
        cursor.setPosition(target.position() + target.length() - 1)
        cursor.insertBlock(block_format(number))
        cursor.insertText(text)
    else:
        _insert_above(cursor, target, text, number)
    _take_out(cursor, beside)
    cursor.endEditBlock()
    chosen.setPosition(anchor)
    chosen.setPosition(place, _KEEP)
    editor.setTextCursor(chosen)
    editor.ensureCursorVisible()


def _insert_above(cursor: QTextCursor, target: QTextBlock, text: str, number: int) -> None:
    """Put a line above a paragraph, which keeps its own number."""
    own = number_of(target)
    cursor.setPosition(target.position())
    cursor.insertText(text)
    cursor.setBlockFormat(block_format(number))
    cursor.insertBlock(block_format(own))


def _take_out(cursor: QTextCursor, block: QTextBlock) -> None:
    """Take a paragraph out, with the break that parts it from its neighbour."""
    below = block.next()
    if below.isValid():
        number = number_of(below)
        cursor.setPosition(block.position())
        cursor.setPosition(below.position(), _KEEP)
    else:
        number = number_of(block.previous())
        cursor.setPosition(block.position() - 1)
        cursor.setPosition(block.position() + block.length() - 1, _KEEP)
    cursor.removeSelectedText()
    cursor.setBlockFormat(block_format(number))
