"""A facet: one part of what the study is about, edited in place; and the bar that chooses among them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from ui.theme import BODY, theme
from ui.widgets.actions import bind_key
from ui.widgets.buttons import pressed_by_enter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from ui.desk import Desk


class Facet(QWidget):
    """One part of the Overview's lower half; `of_judgements` is whether it shows what is judged, not only set up."""

    of_judgements = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def refresh(self) -> None:
        """Show the study as it stands."""
        raise NotImplementedError

    def begin(self) -> None:
        """Take up what somebody was led here for: the first empty field, or adding the first thing."""

    def show_thing(self, key: str) -> None:
        """Bring one thing of the part into view, where it holds several."""

    def leave(self) -> None:
        """Write down what is still only on screen."""


class _FacetButton(QToolButton):
    def sizeHint(self) -> QSize:
        """As wide as the words in the weight they get when chosen."""
        return QSize(_wide(self.text()), 36)

    def minimumSizeHint(self) -> QSize:
        """Give way where there is too little room for all."""
        return QSize(0, 36)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be pressed by Enter, too."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)


def _wide(words: str) -> int:
    return QFontMetrics(theme().font(BODY, "semibold")).horizontalAdvance(words) + 14


class FacetBar(QWidget):
    """The facets by name, the chosen one underlined; Ctrl+Tab goes on, Ctrl+Shift+Tab back."""

    chosen = Signal(str)

    def __init__(self, facets: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = dict(facets)
        self._counts: dict[str, int] = {}
        self._buttons: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for name, title in facets:
            button = _FacetButton(self)
            button.setText(title)
            button.setFont(theme().font(BODY))
            button.setProperty("look", "facet")
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
            group.addButton(button)
            self._buttons[name] = button
            row.addWidget(button)
        row.addStretch(1)

    def show_chosen(self, name: str) -> None:
        """Underline one, and let it have the keyboard where another had it."""
        if self.has_focus:
            self._buttons[name].setFocus(Qt.FocusReason.OtherFocusReason)
        self._buttons[name].setChecked(True)

    @property
    def has_focus(self) -> bool:
        """Whether one of its buttons has the keyboard."""
        return any(button.hasFocus() for button in self._buttons.values())

    def keep_off_focus(self) -> None:
        """Take the keyboard by Tab only, not when a button is clicked: then what it brings is to have it."""
        for button in self._buttons.values():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_count(self, name: str, number: int) -> None:
        """Show how many things a facet holds, where there is room for it."""
        self._counts[name] = number
        self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the counts out where names would be cut short for them."""
        super().resizeEvent(event)
        self._write()

    def _write(self) -> None:
        texts = {name: f"{title} {self._counts.get(name) or ''}".rstrip() for name, title in self._titles.items()}
        if sum(map(_wide, texts.values())) > self.width():
            texts = self._titles
        for name, button in self._buttons.items():
            button.setText(texts[name])

    @property
    def needed(self) -> int:
        """How wide it must be for no name to be cut short, in px."""
        return sum(map(_wide, self._titles.values()))

    def button(self, name: str) -> QToolButton:
        """Give a facet's button."""
        return self._buttons[name]

    def add_keys(self, page: QWidget) -> None:
        """Bind the keys on a page."""
        for words, key, step in (("Next part", "Ctrl+Tab", 1), ("Part before", "Ctrl+Shift+Tab", -1)):
            bind_key(page, words, key, partial(self._go, step), within=True)

    def _go(self, step: int) -> None:
        names = list(self._buttons)
        at = next(place for place, name in enumerate(names) if self._buttons[name].isChecked())
        self.chosen.emit(names[(at + step) % len(names)])
