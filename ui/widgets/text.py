"""Labels: words in one of the theme's sizes, weights and inks."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Literal

from PySide6 import QtGui
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui.theme import BODY, MEASURE, SMALL, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from ui.theme.fonts import Weight

Ink = Literal["text", "muted", "faint", "accent", "warning", "danger"]


def a_word(word: str) -> str:
    """Write a word with its article: "a case", "an assessor"."""
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def capital(words: str) -> str:
    """Begin words with a capital letter; the rest of them stays as it is."""
    return words[:1].upper() + words[1:]


def tip(words: str) -> str:
    """Write words for a tooltip, which Qt would take for markup where they look like it."""
    return f"<qt>{html.escape(words)}</qt>".replace("\n", "<br>") if QtGui.Qt.mightBeRichText(words) else words


def in_role(words: str, role: int) -> str:
    """Give what a model has in words for one of its roles: a tooltip is written as `tip` does, all else as it is."""
    return tip(words) if role == Qt.ItemDataRole.ToolTipRole else words


class TextLabel(QLabel):
    """Words on one line, or wrapped within the measure; never read as markup."""

    def __init__(
        self,
        text: str = "",
        size: int = BODY,
        weight: Weight = "regular",
        ink: Ink = "text",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme().font(size, weight))
        self.setProperty("ink", ink)
        if wrap:
            self.setWordWrap(True)
            self.setMaximumWidth(MEASURE)

    def heightForWidth(self, width: int) -> int:
        """Give the height that wrapped words need in what is taken of a width; layouts ask for all there is."""
        return super().heightForWidth(min(width, self.maximumWidth()))

    def set_ink(self, ink: Ink) -> None:
        """Write in another ink."""
        if self.property("ink") != ink:
            self.setProperty("ink", ink)
            self.style().unpolish(self)
            self.style().polish(self)


class SectionLabel(TextLabel):
    """The head of a section: small, strong, quiet."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, SMALL, "semibold", "muted", parent=parent)


class ElidedLabel(QLabel):
    """One line that ends in "…" where it does not fit, and then tells all of itself in its tooltip."""

    def __init__(
        self,
        text: str = "",
        size: int = BODY,
        weight: Weight = "regular",
        ink: Ink = "text",
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme().font(size, weight))
        self.setProperty("ink", ink)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as tooltip only where some of it is hidden."""
        super().resizeEvent(event)
        self.setToolTip(tip(self.text()) if self._too_long() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(self.alignment()), shown)
        painter.end()

    def _too_long(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.width()


class Rule(QFrame):
    """A hairline between things that belong apart."""

    def __init__(self, parent: QWidget | None = None, *, upright: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("look", "rule")
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
