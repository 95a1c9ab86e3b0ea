"""The page, and the panel beside it; where there is no room for both, one of them at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QWidget

from ui import settings
from ui.widgets.panel import ContextPanel
from ui.widgets.roomy import Roomy

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

CROWDED_BELOW = 760  # px that page and panel need together
_PANEL = 300  # px, the least a panel has: what switches between lists stands in it with its words


class Sides(QSplitter):
    """Shares its width between the page and the panel, which is as wide as it was made last where there is room."""

    def __init__(self, stack: QStackedWidget, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.page = Roomy(self)
        self.page.set_thing(stack)
        self.panel = ContextPanel(parent=self)
        self.panel_width = settings.PANEL_WIDTH.read()
        self._wanted = False
        self._over = False  # in the place of the page
        self.addWidget(self.page)
        self.addWidget(self.panel)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.panel.setMinimumWidth(_PANEL)
        self.panel.hide()
        self.splitterMoved.connect(lambda _at, _handle: self._widen())

    @property
    def crowded(self) -> bool:
        """Whether there is room for the page or the panel alone."""
        return self.width() < CROWDED_BELOW

    @property
    def panel_open(self) -> bool:
        """Whether the panel is open, if the page has one; where it is crowded that is not remembered."""
        return self._over if self.crowded else settings.PANEL_OPEN.read()

    def toggle(self) -> None:
        """Open or close the panel."""
        if self.crowded:
            self._over = not self._over
        else:
            settings.PANEL_OPEN.write(not settings.PANEL_OPEN.read())
        self._share()

    def show_panel(self, wanted: bool) -> None:  # noqa: FBT001
        """Show the panel, if it is open, or never: where the page has none."""
        self._wanted = wanted
        self._share()

    def show_page(self) -> None:
        """Show the page, whatever was in its place."""
        self._over = False

    def _share(self) -> None:
        shown = self._wanted and self.panel_open
        focused = QApplication.focusWidget()
        had = focused is not None and self.isAncestorOf(focused)
        self.panel.setVisible(shown)
        self.page.setVisible(not (shown and self.crowded))
        if had and self.crowded:
            _focus_on(self.panel if shown else self.page)
        if shown:
            needed = min(self.page.least.width(), self.width() - _PANEL)
            page = max(self.width() - self.panel_width, needed)
            self.setSizes([page, self.width() - page])

    def _widen(self) -> None:
        if not self.crowded:
            self.panel_width = self.panel.width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._share()


def _focus_on(side: QWidget) -> None:
    """Give the keyboard to what had it last on a side, or to the first on it that takes it."""
    last: QWidget | None = side.focusWidget()
    takes = (each for each in side.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus)
    first = next((each for each in takes if each.isVisible() and each.isEnabled()), side)
    (first if last is None else last).setFocus(Qt.FocusReason.OtherFocusReason)
