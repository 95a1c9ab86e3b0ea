"""What the notebook makes of what is typed: markers at the start of a line, names after @ and #, shorthand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QTextCursor

from app.model.source import EntryKind, Flag
from ui.notebook.completion import Choice, Completion, matching
from ui.notebook.offsets import to_points, to_units

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from ui.notebook.editor import NotesEditor
    from ui.notebook.lines import Line

Change = dict[str, Any]
MARKERS: dict[str, Change] = {
    **{mark: {"kind": EntryKind.QUOTATION} for mark in '"„“”»«'},
    "*": {"kind": EntryKind.REFLECTION},
    "?": {"uncertain": True},
    "!": {"flag": Flag.CHALLENGE},
    ">": {"flag": Flag.NEXT_STEP},
}
_ENDS = frozenset(" .,;:!?)")
_ACCEPT = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_LONGEST = 40  # characters after @ or #, from which on it is no name any more


@dataclass(frozen=True)
class Vocabulary:
    """What can be named in a line: speakers and cases after @, codes after #; and what shorthand stands for."""

    people: tuple[Choice, ...] = ()
    cases: tuple[Choice, ...] = ()
    codes: tuple[Choice, ...] = ()
    expand: Callable[[str], str | None] = field(default=lambda _word: None)


class Typist(QObject):
    """Follows the keys of an editor. What it makes of them is one step of undo, and Backspace at once takes it back."""

    told = Signal(str)  # something the person must know

    def __init__(self, editor: NotesEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self.vocabulary = Vocabulary()
        self.no_codes = ""  # why lines can't be coded just now
        self.completion = Completion(editor)
        self.completion.chosen.connect(self._accept)
        self._made: tuple[int, int] | None = None  # revision and place of the cursor after something was made

    def before(self, event: QKeyEvent) -> bool:
        """Take a key that is ours alone; False leaves it to the editor."""
        key = event.key()
        if self.completion.isVisible() and self._steer(key, event.modifiers()):
            return True
        if key == Qt.Key.Key_Backspace and not event.modifiers() and self._made == self._here():
            self._made = None
            self._editor.take_back()
            return True
        return False

    def after(self, event: QKeyEvent) -> None:
        """See what a key made of the line, once it is typed."""
        text = event.text()
        if text and text in _ENDS and not self._editor.textCursor().hasSelection():
            _ = (text == " " and (self._take_marker() or self._take_name())) or self._expand(text)
        self.offer()

    def offer(self) -> None:
        """Offer names while one is typed after @ or # at the start of a line."""
        typed = self._typed()
        found = self._choices(typed) if typed[:1] in ("@", "#") and len(typed) <= _LONGEST else []
        self.completion.offer(found)

    def _steer(self, key: int, held: Qt.KeyboardModifier) -> bool:
        """Go through the names offered, take one, or send them away."""
        if held & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in _STEPS:
            self.completion.step(_STEPS[Qt.Key(key)])
        elif key in _ACCEPT:
            self._accept(self.completion.current)
        elif key == Qt.Key.Key_Escape:
            self.completion.hide()
        else:
            return False
        return True

    # Markers

    def _take_marker(self) -> bool:
        """Turn a marker and a space at the start of a line into what the line is."""
        typed = self._typed()
        change = MARKERS.get(typed[:-1])
        if change is None:
            return False
        self._make(change)
        return True

    def _take_name(self) -> bool:
        """Take a name typed out in full, and a space after it."""
        typed = self._typed()
        if typed[:1] not in ("@", "#"):
            return False
        wanted = typed[1:-1].casefold()
        exact = [choice for choice in self._all(typed[0]) if wanted in choice.exactly]
        longer = [
            choice
            for choice in self._all(typed[0])
            if choice not in exact and choice.name.casefold().startswith(f"{wanted} ")
        ]
        if len(exact) != 1 or longer:
            return False
        self._accept(exact[0])
        return True

    def _accept(self, choice: Choice | None) -> None:
        self.completion.hide()
        if choice is None:
            return
        if choice.kind == "code" and self.no_codes:
            self.told.emit(self.no_codes)
            return
        line = self._editor.current_line
        changes: dict[str, Change] = {
            "speaker": {"speaker": choice.key},
            "case": {"case": choice.key},
            "code": {"codes": tuple(dict.fromkeys((*line.codes, choice.key)))},
        }
        if choice.kind == "speaker":
            self._editor.speaker = choice.key
        self._make(changes[choice.kind])

    def _choices(self, typed: str) -> list[Choice]:
        return matching(self._all(typed[0]), typed[1:])

    def _all(self, sign: str) -> tuple[Choice, ...]:
        known = self.vocabulary
        return known.codes if sign == "#" else (*known.people, *known.cases)

    def _typed(self) -> str:
        """Give what stands before the cursor on its line."""
        cursor = self._editor.textCursor()
        if cursor.hasSelection() or cursor.positionInBlock() > 2 * _LONGEST:
            return ""
        return _before(cursor)

    def _make(self, change: Change) -> None:
        """Take what was typed for a marker away, and change what the line is."""
        cursor = self._editor.textCursor()
        line: Line = msgspec.structs.replace(self._editor.current_line, **change)
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self._editor.set_line(cursor, line)
        cursor.endEditBlock()
        self._editor.show_line_again()
        self._made = self._here()

    # Shorthand

    def _expand(self, ending: str) -> bool:
        """Write out shorthand, when a space or a stop after it says that it is a word."""
        cursor = self._editor.textCursor()
        text = _before(cursor)
        if not text.endswith(ending):
            return False
        word = text[:-1].split()[-1] if text[:-1] and not text[-2].isspace() else ""
        words = self.vocabulary.expand(word) if word else None
        if words is None:
            return False
        cursor.beginEditBlock()
        cursor.setPosition(cursor.position() - to_units(word, len(word)) - 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words + ending)
        cursor.endEditBlock()
        self._made = self._here()
        return True

    def _here(self) -> tuple[int, int]:
        return self._editor.document().revision(), self._editor.textCursor().position()


def _before(cursor: QTextCursor) -> str:
    """Give what stands before a cursor on its line."""
    text = cursor.block().text()
    return text[: to_points(text, cursor.positionInBlock())]
