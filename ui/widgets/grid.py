"""How a table looks whose cells are painted: no lines, one cell at a time; as a grid, the page scrolls it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QSizePolicy, QTableView

from ui.theme import theme


def dress_table(table: QTableView) -> None:
    """Make a table one that is walked with the arrow keys and painted by its delegate alone."""
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setMouseTracking(True)
    table.setCornerButtonEnabled(False)
    table.setTabKeyNavigation(False)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    theme().changed.connect(table.viewport().update)


def dress_grid(table: QTableView) -> None:
    """Make a table a grid on a page: as high as its rows, and nothing of it seen but its cells."""
    dress_table(table)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    table.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
    table.setStyleSheet(
        "QTableView, QHeaderView, QTableCornerButton::section { background: transparent; border: 0; }"
        "QTableView { selection-background-color: transparent; }"  # the delegate shows what is current
    )
