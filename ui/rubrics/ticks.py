"""Ticks in a list: a square, or a tick in its place; a click on the row or Space turns it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
_CHECK = int(Qt.ItemDataRole.CheckStateRole)


class TickDelegate(QStyledItemDelegate):
    """Paints the state of checkable rows with our own icons."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Put an icon where the style has its box."""
        super().initStyleOption(option, index)
        features = QStyleOptionViewItem.ViewItemFeature
        state = index.data(_CHECK)
        if state is None:
            return
        ticked = Qt.CheckState(state) is Qt.CheckState.Checked
        option.features = (option.features & ~features.HasCheckIndicator) | features.HasDecoration
        palette = theme().palette
        option.icon = theme().icon("check" if ticked else "square", palette.accent if ticked else palette.text_muted)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, _option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Turn a tick."""
        turns = event.type() == QEvent.Type.MouseButtonRelease
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            turns = event.key() == Qt.Key.Key_Space
        if not turns or not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        ticked = Qt.CheckState(index.data(_CHECK)) is Qt.CheckState.Checked
        return bool(model.setData(index, Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked, _CHECK))
