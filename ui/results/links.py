"""Words that lead somewhere: wrapped, underlined when pointed at, one stop for Tab, Enter follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QLayout, QLayoutItem, QSizePolicy, QWidget

from ui.theme import BODY, MEASURE, SMALL, SPACE, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

_WRAP: Final = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignTop) | int(Qt.AlignmentFlag.AlignLeft)
_FAR: Final = 100_000
_LONGEST: Final = 280  # characters of a passage shown before "…"


class WrappedLink(QAbstractButton):
    """A sentence to follow, with a small line above it where `head` is given.

    With a `bar` it is a quotation: a rule at its left in an ink of the palette.
    """

    def __init__(
        self,
        text: str,
        name: str,
        *,
        head: str = "",
        weight: Literal["regular", "medium"] = "regular",
        bar: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.words = text  # not the button's own text: an "&" in it would make a shortcut
        self._head, self._bar = head, bar
        self._heights: dict[int, int] = {}  # by width; layouts ask for the same ones again and again
        self._weight: Literal["regular", "medium"] = weight
        self.setAccessibleName(name)
        self.setAccessibleDescription(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumWidth(MEASURE)
        theme().changed.connect(self.update)

    def hasHeightForWidth(self) -> bool:
        """Wrapped words are higher where they are narrower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the words at a width."""
        if width not in self._heights:
            inner = self._inner(QRect(0, 0, width, _FAR))
            words = QFontMetrics(self._font()).boundingRect(inner, _WRAP, self.words).height()
            self._heights[width] = words + self._head_height(inner.width()) + 2 * SPACE[0]
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """As wide as a panel is."""
        return QSize(280, self.heightForWidth(280))

    def minimumSizeHint(self) -> QSize:
        """As narrow as a few words."""
        return QSize(120, SPACE[4])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Follow on Enter too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint rule, head, words, and the ring of the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        where = self._inner(self.rect())
        if self._head:
            painter.setFont(theme().font(SMALL, "medium"))
            painter.setPen(theme().colour("accent"))
            painter.drawText(where, _WRAP, self._head)
            where.setTop(where.top() + self._head_height(where.width()))
        painter.setFont(self._font(underlined=self.underMouse()))
        painter.setPen(theme().colour("text"))
        painter.drawText(where, _WRAP, self.words)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        if self._bar:
            rule = QRectF(1, SPACE[0], 2, self.height() - 2 * SPACE[0])
            painter.fillRect(rule, theme().colour(self._bar))
        if self.hasFocus():
            painter.setPen(QPen(theme().colour("focus"), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _inner(self, rect: QRect) -> QRect:
        return rect.adjusted(SPACE[2] if self._bar else SPACE[0], SPACE[0], -SPACE[0], -SPACE[0])

    def _head_height(self, width: int) -> int:
        if not self._head:
            return 0
        lines = QFontMetrics(theme().font(SMALL, "medium")).boundingRect(QRect(0, 0, width, _FAR), _WRAP, self._head)
        return lines.height() + 2

    def _font(self, *, underlined: bool = False) -> QFont:
        font = theme().font(BODY, self._weight)
        font.setUnderline(underlined)
        return font


class InlineLink(QAbstractButton):
    """A few words to follow, in the accent; their left edge is where the words are, not the ring."""

    def __init__(self, text: str, name: str, size: int = SMALL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = text  # as with `WrappedLink`
        self._size = size
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Just as large as the words, and room for the ring."""
        metrics = QFontMetrics(theme().font(self._size))
        return QSize(metrics.horizontalAdvance(self.words) + SPACE[0], metrics.height() + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Follow on Enter too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words; underlined when pointed at or focused."""
        painter = QPainter(self)
        font = theme().font(self._size)
        font.setUnderline(self.underMouse() or self.hasFocus())
        painter.setFont(font)
        painter.setPen(theme().colour("accent"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.words)
        if self.hasFocus():
            painter.setPen(QPen(theme().colour("focus"), 1))
            painter.drawRect(QRectF(self.rect()).adjusted(-1, 0.5, -0.5, -0.5))
        painter.end()


def shortened(words: str) -> str:
    """Cut a passage where it would fill the panel."""
    text = " ".join(words.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


class FlowLayout(QLayout):
    """Puts things beside one another, and on the next line where they no longer fit."""

    def __init__(self, parent: QWidget | None = None, gap: int = SPACE[1]) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Give one; None where there is none."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Let one go."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """More lines where it is narrower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its lines at a width."""
        return self._flow(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._flow(rect, place=True)

    def sizeHint(self) -> QSize:
        """One thing at least."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The largest of its things."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _flow(self, outer: QRect, *, place: bool) -> int:
        """Go through all things line by line; give the height taken up."""
        rect = outer.marginsRemoved(self.contentsMargins())
        left, top, line = rect.left(), rect.top(), 0
        for item in self._items:
            size = item.sizeHint()
            if left > rect.left() and left + size.width() > rect.right() + 1:
                left, top, line = rect.left(), top + line, 0
            if place:
                item.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + self._gap
            line = max(line, size.height())
        return top + line - outer.top()
