"""Editors of one value each: they look like text until they are used, and commit when left or on Enter."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeySequence, QPalette, QTextLayout
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QStylePainter,
    QToolTip,
    QWidget,
)

from ui.theme import ROW, theme
from ui.theme.icons import paint_icon
from ui.widgets.buttons import SegmentedControl
from ui.widgets.text import tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent


_MARGIN = 2
_BESIDE = 2  # px that Qt leaves at both ends of a line
_FEW_WORDS = 120  # px
_FRAME = 7  # of the style sheet: border and padding, above and below


class Editor(Protocol):
    """What a form asks of an editor; `committed` is emitted when a person left another value than was shown."""

    committed: SignalInstance

    def value(self) -> object:
        """Give the value as it stands on screen."""

    def set_value(self, value: object) -> None:
        """Show a value as the committed one."""

    def commit(self) -> None:
        """Hand over what was typed and not yet committed."""

    def set_read_only(self, read_only: bool) -> None:  # noqa: FBT001
        """Let people look, or write."""


def is_undo(event: QEvent) -> bool:
    """Tell whether a key event asks for undo or redo."""
    keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
    return event.type() == QEvent.Type.ShortcutOverride and any(event.matches(key) for key in keys)  # type: ignore[attr-defined]


class LineField(QLineEdit):
    """One line of text. Enter and leaving commit, Escape goes back; undo is the window's once nothing is pending."""

    committed = Signal(object)

    def __init__(self, name: str, hint: str = "", *, required: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._required = required
        self._shown = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setProperty("look", "place")
        self.editingFinished.connect(self.commit)

    @property
    def pending(self) -> bool:
        """Whether something was typed that is not committed."""
        return self.text() != self._shown

    def value(self) -> object:
        """Give the text as it stands, without space around it."""
        return self.text().strip()

    def set_value(self, value: object) -> None:
        """Show a text; what is being typed is not overwritten by the same value."""
        shown = self._written(value)
        if shown == self._shown and self.pending and self.hasFocus():
            return
        self._shown = shown
        if self.text() != shown:
            self.setText(shown)
        self.setCursorPosition(0 if not self.hasFocus() else self.cursorPosition())

    def commit(self) -> None:
        """Hand over what was typed; an empty one goes back where something must stand."""
        if not self.pending or self.isReadOnly():
            return
        if not self._acceptable():
            self.revert()
            return
        self._shown = self.text()
        self.committed.emit(self.value())

    def revert(self) -> None:
        """Show again what was there before."""
        self.setText(self._shown)
        self._mark()

    def set_read_only(self, read_only: bool) -> None:  # noqa: FBT001
        """Let people look, or write."""
        self.setReadOnly(read_only)

    def event(self, event: QEvent) -> bool:
        """Leave undo to the window while nothing is pending; where words are cut short, tell all of them."""
        if is_undo(event) and not self.pending:
            event.ignore()
            return False
        if isinstance(event, QHelpEvent) and self._cut():
            QToolTip.showText(event.globalPos(), tip(self.text()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """End in an ellipsis where the words are longer than the field and nobody is in it."""
        if self.hasFocus() or not self._cut():
            super().paintEvent(event)
            return
        painter, option = QStylePainter(self), QStyleOptionFrame()
        self.initStyleOption(option)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option)
        room = self._room()
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.end()

    def _room(self) -> QRect:
        """Where the words are written."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return inside.marginsRemoved(self.textMargins()).adjusted(_BESIDE, 0, -_BESIDE, 0)

    def _cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self._room().width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Escape."""
        if event.key() == Qt.Key.Key_Escape and self.pending:
            self.revert()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(super().sizeHint().width(), ROW)

    def _written(self, value: object) -> str:
        return str(value or "")

    def _acceptable(self) -> bool:
        return bool(self.value()) or not self._required

    def _mark(self) -> None:
        """Show whether what is typed can be committed; for fields that know."""


class DateField(LineField):
    """A day, written 2022-10-31 or 31.10.2022; its value is a date or None."""

    def __init__(self, name: str, hint: str = "", *, required: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(name, hint or "2022-10-31", required=required, parent=parent)
        self.setToolTip("A day as 2022-10-31 or 31.10.2022")
        self.textEdited.connect(self._mark)

    def value(self) -> object:
        """Give the day, None for none."""
        return read_day(self.text())

    def _written(self, value: object) -> str:
        return value.isoformat() if isinstance(value, dt.date) else ""

    def _acceptable(self) -> bool:
        return self.value() is not None or (not self.text().strip() and not self._required)

    def _mark(self) -> None:
        self.setProperty("state", "" if self._acceptable() else "error")
        self.style().unpolish(self)
        self.style().polish(self)


def read_day(text: str) -> dt.date | None:
    """Read a day as people write it; None where it is none."""
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"):
        try:
            return dt.datetime.strptime(text.strip(), form).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    return None


class TextField(QPlainTextEdit):
    """Some lines of text, as high as they need. Leaving and Ctrl+Enter commit, Escape goes back, Tab goes on.

    With `lines` 1 it is a line that wraps: Enter commits too, and Shift+Enter begins a new line.
    """

    committed = Signal(object)
    entered = Signal()  # Enter said that it is done, whether or not anything was changed

    def __init__(
        self, name: str, hint: str = "", *, lines: int = 2, most: int = 8, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lines, self._most = lines, most
        self._shown = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setProperty("look", "place")
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(_MARGIN)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    @property
    def pending(self) -> bool:
        """Whether something was typed that is not committed."""
        return self.document().isModified()

    def value(self) -> object:
        """Give the text as it stands, without space around it."""
        return self.toPlainText().strip()

    def set_value(self, value: object) -> None:
        """Show a text; what is being typed is not overwritten by the same value."""
        shown = str(value or "")
        if shown == self._shown and self.pending and self.hasFocus():
            return
        self._shown = shown
        if self.toPlainText() != shown:
            self.setPlainText(shown)
        self.document().setModified(False)

    def commit(self) -> None:
        """Hand over what was typed."""
        if not self.pending or self.isReadOnly():
            return
        self.document().setModified(False)
        if self.value() != self._shown:
            self._shown = str(self.value())
            self.committed.emit(self._shown)

    def set_read_only(self, read_only: bool) -> None:  # noqa: FBT001
        """Let people look, or write."""
        self.setReadOnly(read_only)

    def event(self, event: QEvent) -> bool:
        """Leave undo to the window while nothing is pending."""
        if is_undo(event) and not self.pending:
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Commit on Ctrl+Enter, go back on Escape."""
        if event.key() == Qt.Key.Key_Escape and self.pending:
            self.setPlainText(self._shown)
            self.document().setModified(False)
        elif self._ends(event):
            self.commit()
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _ends(self, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        modifiers = event.modifiers()
        one_line = self._lines == 1 and not modifiers & Qt.KeyboardModifier.ShiftModifier
        return one_line or bool(modifiers & Qt.KeyboardModifier.ControlModifier)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit when left, unless only its menu opened."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not lines out of sight, while all of them are shown."""
        if self.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            event.ignore()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the lines at the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        needed = self._needed()
        lines = min(max(needed, self._lines), self._most)
        policies = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policies.ScrollBarAsNeeded if needed > self._most else policies.ScrollBarAlwaysOff
        )
        height = max(lines * line + 2 * _MARGIN + _FRAME, ROW)
        if height != self.height():
            self.setFixedHeight(height)

    def _needed(self) -> int:
        """Count the lines as they wrap without a scroll bar: the width it takes must not be what it is needed for."""
        needed = round(self.document().size().height())
        if needed <= self._most or self.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            return needed
        wide, block, lines = self.maximumViewportSize().width() - 2 * _MARGIN, self.document().begin(), 0
        while block.isValid() and lines <= self._most:
            lines += self._wrapped(block.text(), wide)
            block = block.next()
        return lines

    def _wrapped(self, text: str, wide: int) -> int:
        layout = QTextLayout(text, self.document().defaultFont())
        layout.setTextOption(self.document().defaultTextOption())
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(wide)
        layout.endLayout()
        return layout.lineCount()


class ChoiceField(QComboBox):
    """One of several words; commits when chosen, and the wheel passes over it unless it has the focus."""

    committed = Signal(object)
    cut = Qt.TextElideMode.ElideRight  # where words that are too long are cut

    def __init__(self, name: str, choices: Sequence[tuple[object, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: object = None
        self._keys: list[object] = []
        self.setAccessibleName(name)
        self.setProperty("look", "place")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_choices(choices)
        self.activated.connect(lambda _index: self.commit())

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        """Offer other choices, as (value, words); the value shown stays where it is among them."""
        self._keys = [key for key, _words in choices]
        self.clear()
        self.addItems([words for _key, words in choices])
        self.set_value(self._shown)

    def value(self) -> object:
        """Give the value chosen, None for none."""
        return self._keys[self.currentIndex()] if self.currentIndex() >= 0 else None

    def set_value(self, value: object) -> None:
        """Show what is chosen."""
        self._shown = value
        self.setCurrentIndex(self._keys.index(value) if value in self._keys else -1)

    def commit(self) -> None:
        """Hand over what was chosen."""
        if self.value() != self._shown:
            self._shown = self.value()
            self.committed.emit(self._shown)

    def set_read_only(self, read_only: bool) -> None:  # noqa: FBT001
        """Let people look, or choose."""
        self.setEnabled(not read_only)

    def minimumSizeHint(self) -> QSize:
        """A few words at least: longer ones are cut where there is little room, and push nothing out of sight."""
        least = super().minimumSizeHint()
        by_contents = self.sizeAdjustPolicy() != self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        return QSize(min(least.width(), _FEW_WORDS), least.height()) if by_contents else least

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the value, unless the field has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words, cut short with an ellipsis where they are long, and our own arrow."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self).width()
        option.currentText = option.fontMetrics.elidedText(option.currentText, self.cut, room)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        corner = QPointF(self.width() - 21, self.height() / 2 - 6)
        paint_icon(painter, "chevrons-up-down", theme().palette.text_faint, QRectF(corner.x(), corner.y(), 12, 12))
        painter.end()


class SegmentField(SegmentedControl):
    """One of a few words, side by side; commits when chosen."""

    committed = Signal(object)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(name, choices, parent)
        self.chosen.connect(self.committed.emit)

    def set_value(self, value: object) -> None:
        """Show what is chosen."""
        super().set_value(None if value is None else str(value))

    def commit(self) -> None:
        """Nothing waits here: choosing commits."""
