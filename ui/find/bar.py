"""The bar that finds words in the notes that are shown, letter by letter as they are typed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from app.search.matching import occurrences
from ui.theme import SMALL, SPACE
from ui.widgets.actions import bind_key
from ui.widgets.buttons import IconButton
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QKeyEvent

Place = tuple[int, int]  # line, code points into it
Hit = tuple[int, int, int]  # line, start, end

FIND_KEY, NEXT_KEY, PREVIOUS_KEY = "Ctrl+F", "F3", "Shift+F3"
_WAIT = 120  # ms after the last keystroke before hits are counted
_LONGEST = 200
_AFTER = 1 << 30  # past the end of any line


class Places(Protocol):
    """What the bar asks of the text it finds in."""

    changed: SignalInstance  # the text is another

    def texts(self) -> Iterable[str]:
        """Give the text, line by line."""

    def selection(self) -> tuple[Place, str]:
        """Give where the selection begins, or the cursor is, and the words selected in one line."""

    def select(self, line: int, start: int, end: int) -> None:
        """Select words, and bring them into view."""

    def set_off(self, typed: str) -> None:
        """Set off wherever these letters stand; nowhere for none."""

    def take_focus(self) -> None:
        """Let people go on in the text."""


class FindBar(QFrame):
    """Words, how many there are and which is selected, and the ways to the next; Escape goes back to the text.

    Its keys hold in `host`, on which the bar and the text are.
    """

    def __init__(self, places: Places, host: QWidget) -> None:
        super().__init__(host)
        self.setProperty("look", "bar")
        self._places = places
        self._hits: list[Hit] = []
        self._origin: Place = (0, 0)
        self._going = False  # to the first hit, when they are counted
        self._count_soon = QTimer(self, singleShot=True, interval=_WAIT)
        self.line = _Line(self)
        self.count = TextLabel("", SMALL, ink="muted", parent=self)
        self._lay_out()
        self._count_soon.timeout.connect(self._recount)
        self.line.textEdited.connect(self._typed)
        places.changed.connect(self._changed)
        self.commands = [
            bind_key(host, "Find in these notes", FIND_KEY, self.open, within=True),
            bind_key(host, "Next hit", NEXT_KEY, self.go_next, within=True),
            bind_key(host, "Previous hit", PREVIOUS_KEY, self.go_back, within=True),
        ]
        self.hide()

    # What people do

    def open(self) -> None:
        """Begin to find, with the words that are selected, else those looked for last."""
        self._origin, words = self._places.selection()
        if words and not (self.isVisible() and self.line.hasFocus()):
            self.line.setText(words[:_LONGEST])
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self._recount()

    def close_up(self) -> None:
        """Take the bar away and go back to the text, where the last hit is selected."""
        self.hide()
        self._count_soon.stop()
        self._places.set_off("")
        self._places.take_focus()

    def go_next(self) -> None:
        """Go to the next hit; after the last comes the first."""
        self._go(1)

    def go_back(self) -> None:
        """Go to the hit before; before the first comes the last."""
        self._go(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, back with Shift+Enter, away with Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_up()
        else:
            super().keyPressEvent(event)

    # Finding

    def _typed(self) -> None:
        self._going = True
        self._places.set_off(self.line.text())
        self._count_soon.start()

    def _changed(self) -> None:
        if self.isVisible():
            self._count_soon.start()

    def _recount(self) -> None:
        """Find every hit; after typing, go to the first from where it began."""
        self._count_soon.stop()
        typed = self.line.text()
        self._places.set_off(typed if self.isVisible() else "")
        self._hits = [
            (number, start, end)
            for number, text in enumerate(self._places.texts())
            for start, end in occurrences(typed, text)
        ]
        if self._going and self._hits:
            self._select(bisect_left(self._hits, (*self._origin, 0)))
        self._going = False
        self._show_count()

    def _go(self, step: int) -> None:
        if not self.isVisible() or self._count_soon.isActive():
            going = self._going
            self._recount()
            if going and step > 0:  # what was just typed: its first hit is the next one
                return
        if not self._hits:
            return
        (line, at), _ = self._places.selection()
        here = (line, at, 0)
        place = bisect_right(self._hits, (line, at, _AFTER)) if step > 0 else bisect_left(self._hits, here) - 1
        self._select(place)
        self._show_count()

    def _select(self, place: int) -> None:
        """Select a hit by its number; the numbers go round."""
        hit = self._hits[place % len(self._hits)]
        self._origin = hit[:2]
        self._places.select(*hit)

    def _show_count(self) -> None:
        """Say which hit is selected, and of how many."""
        many = len(self._hits)
        (line, at), words = self._places.selection()
        here = bisect_left(self._hits, (line, at, 0))
        selected = bool(words) and here < many and self._hits[here][:2] == (line, at)
        if not self.line.text().strip():
            self.count.setText("")
        elif not many:
            self.count.setText("Nothing found")
        elif selected:
            self.count.setText(f"{here + 1} of {many}")
        else:
            self.count.setText(f"{many} {'hit' if many == 1 else 'hits'}")

    # Building

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[2], SPACE[0], SPACE[2], SPACE[0])
        row.setSpacing(SPACE[1])
        row.addWidget(self.line)
        for icon, name, key, then in (
            ("chevron-up", "Previous hit", PREVIOUS_KEY, self.go_back),
            ("chevron-down", "Next hit", NEXT_KEY, self.go_next),
        ):
            row.addWidget(self._button(icon, name, key, then))
        row.addWidget(self.count, 1)
        row.addWidget(self._button("x", "Close", "Esc", self.close_up))

    def _button(self, icon: str, name: str, key: str, then: Callable[[], None]) -> IconButton:
        button = IconButton(icon, name, key, self)
        button.clicked.connect(lambda _checked=False: then())
        return button


class _Line(QLineEdit):
    """The words to find; Enter and Escape are the bar's."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Find in these notes")
        self.setPlaceholderText("Find in these notes")
        self.setMaxLength(_LONGEST)
        self.setFixedWidth(260)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass on what the bar is to handle."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)
