"""The line above the preview: which page, how large, and whether it is being made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from ui.theme import SMALL, SPACE
from ui.widgets.buttons import IconButton, TextButton
from ui.widgets.fields import is_undo
from ui.widgets.messages import Picture
from ui.widgets.text import TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

_NARROW: Final = 420  # px; in less, not everything has room beside "Working…"


class PageField(QLineEdit):
    """The number of the page that is read; another number and Enter go there, Escape goes back."""

    asked = Signal(int)  # from 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("1", parent)
        self.setAccessibleName("Page")
        self.setToolTip("Go to a page (Ctrl+G)")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(44)
        self._range = QIntValidator(1, 1, self)
        self.setValidator(self._range)
        self._page = 0
        self.returnPressed.connect(lambda: self.asked.emit(int(self.text()) - 1))

    def show_page(self, page: int, of: int) -> None:
        """Show where one is."""
        self._page = page
        self._range.setTop(max(of, 1))
        self.setText(str(page + 1))

    def event(self, event: QEvent) -> bool:
        """Leave undo to the window: a page number is nothing to be undone."""
        if is_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.setText(str(self._page + 1))
        super().keyPressEvent(event)


class Tools(QFrame):
    """Page number, zoom, and "Working…" with a way to stop it."""

    zoom_asked = Signal(int)  # 1 in, -1 out
    fit_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "tools")
        self.page = PageField(self)
        self._of = TextLabel("", parent=self)
        self._zoom = TextLabel("100 %", parent=self)
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._zoom.setFixedWidth(48)
        self.zoom_out = IconButton("zoom-out", "Smaller", "Ctrl+-", self)
        self.zoom_in = IconButton("zoom-in", "Larger", "Ctrl++", self)
        self.fit = TextButton("Fit width", "quiet", key="Ctrl+0", parent=self)
        self._state = _Working(self)
        self.cancel = self._state.cancel
        self._lay_out()
        self.zoom_in.clicked.connect(lambda: self.zoom_asked.emit(1))
        self.zoom_out.clicked.connect(lambda: self.zoom_asked.emit(-1))
        self.fit.clicked.connect(self.fit_asked)
        self.cancel.clicked.connect(self.cancel_asked)
        self.show_page(0, 0)
        self.show_working(working=False)

    @property
    def text(self) -> str:
        """Which page is shown: "3 of 12"."""
        return f"{self.page.text()} {self._of.text()}"

    @property
    def working(self) -> bool:
        """Whether it says that it is working."""
        return not self._state.isHidden()

    def show_page(self, page: int, of: int) -> None:
        """Show which page is read, from 0."""
        self.page.show_page(page, of)
        self._of.setText(f"of {of}" if of else "")
        self.page.setEnabled(of > 0)

    def show_zoom(self, zoom: float) -> None:
        """Show how large pages are; 1 is 100 %."""
        self._zoom.setText(f"{zoom * 100:.0f} %")

    def show_working(self, *, working: bool) -> None:
        """Say that a new version is being made, or nothing."""
        self._state.setVisible(working)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what has a key as well, where there is no room for it."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        narrow = self.width() < _NARROW
        self.fit.setVisible(not narrow)
        for part in (self.zoom_out, self._zoom, self.zoom_in):
            part.setVisible(not (narrow and self.working))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[3], SPACE[0], SPACE[3], SPACE[0])
        row.setSpacing(SPACE[0])
        row.addWidget(self.page)
        row.addSpacing(SPACE[0])
        row.addWidget(self._of)
        row.addSpacing(SPACE[3])
        row.addWidget(self._state)
        row.addStretch(1)
        for widget in (self.zoom_out, self._zoom, self.zoom_in, self.fit):
            row.addWidget(widget)


class _Working(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cancel = TextButton("Cancel", "link", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[0])
        row.addWidget(Picture("loader-circle", "text_muted", 14, self))
        row.addWidget(TextLabel("Working…", SMALL, ink="muted", parent=self))
        row.addWidget(self.cancel)
