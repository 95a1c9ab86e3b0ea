"""The codebook as an item model: a tree of codes with how many passages each has."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count as numbers
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, Qt, Signal

from app.analysis.todo import count
from ui.main_window.commands import matches
from ui.widgets.text import tip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from PySide6.QtWidgets import QWidget

    from app.analysis.coding import CodingIndex
    from app.model.evidence import Code
    from ui.widgets.things import Index

KEY = int(Qt.ItemDataRole.UserRole)
NODE = KEY + 1
NEW = "+"  # the key of a row that stands for a code not made yet
CODES = "application/x-fieldquill-codes"  # what is dragged: keys, which mean nothing to another program


@dataclass(eq=False)
class Node:
    """One row of the tree; the root has no key. `place` is its place among the codes beside it in the study."""

    key: str
    name: str
    parent: Node | None = None
    colour: str = ""
    count: int = 0
    path: str = ""
    place: int = 0
    children: list[Node] = field(default_factory=list)

    @property
    def row(self) -> int:
        """Its place among what is shown beside it."""
        return self.parent.children.index(self) if self.parent is not None else 0


class CodeTreeModel(QAbstractItemModel):
    """Codes for a tree view; it only asks, whoever shows it does what was asked."""

    renamed = Signal(str, str)  # key, the name typed; the key is NEW where the code is not made yet
    moved = Signal(list, str, int)  # keys, the code they were dropped on or in ("" for the top), the place or -1
    merged = Signal(list, str)  # keys, the code they were dropped on to be one with it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.read_only = False
        self._numbers = numbers(1)
        self._root = Node("", "")
        self._nodes: dict[int, Node] = {}
        self._ids: dict[str, int] = {}
        self._words = ""
        self._made_from: tuple[Any, ...] = ()

    @property
    def narrowed(self) -> bool:
        """Whether only some codes are shown."""
        return bool(self._words)

    def show(self, index: CodingIndex, words: str, *, below: bool) -> bool:
        """Show the codebook, or what of it has some words; True where rows came, went or moved.

        Args:
            index: the codings.
            words: what a code's path must have.
            below: whether a code's count is that of all below it too.
        """
        self._words = words.strip()
        shape = (self._words, tuple(_shape(index, "")))
        if shape == self._made_from:
            self._refill(index, below=below)
            return False
        self.beginResetModel()
        self._forget()
        self._fill(self._root, index.children(""), index, below=below)
        self._made_from = shape
        self.endResetModel()
        return True

    def begin_new(self, parent: str, place: int) -> QModelIndex:
        """Show a row for a code not made yet, and give it."""
        self.drop_new()
        above = self._node_of(parent) or self._root
        rows = sum(child.place < place for child in above.children)
        self.beginInsertRows(self.index_of(parent), rows, rows)
        self._add(Node(NEW, "", above, place=place), rows)
        self.endInsertRows()
        return self.index_of(NEW)

    def drop_new(self) -> None:
        """Take the row for a code not made yet away."""
        node = self._node_of(NEW)
        if node is None or node.parent is None:
            return
        row = node.row
        self.beginRemoveRows(self.index_of(node.parent.key), row, row)
        node.parent.children.pop(row)
        self._nodes.pop(self._ids.pop(NEW))
        self.endRemoveRows()

    def new_place(self) -> tuple[str, int]:
        """Tell under which code the row for a new one is, and its place there."""
        node = self._node_of(NEW)
        return (node.parent.key, node.place) if node is not None and node.parent is not None else ("", 0)

    def index_of(self, key: str) -> QModelIndex:
        """Find a code's row; an invalid index for the top, or where it is not shown."""
        number = self._ids.get(key)
        return QModelIndex() if number is None else self.createIndex(self._nodes[number].row, 0, number)

    def node(self, index: Index) -> Node:
        """Give what a row shows; the root for an invalid index."""
        return self._nodes.get(index.internalId(), self._root) if index.isValid() else self._root

    def shown(self) -> list[str]:
        """List the codes that are shown, from the top down."""
        return [node.key for node in _walk(self._root)]

    # What Qt asks

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        """Give the index of a row."""
        above = self.node(parent) if parent is not None else self._root
        if not (0 <= row < len(above.children) and column == 0):
            return QModelIndex()
        return self.createIndex(row, 0, self._ids[above.children[row].key])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # Qt overloads it with QObject's
        """Give the row above."""
        above = self.node(index).parent
        return self.index_of(above.key) if above is not None and above.key else QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the codes under one."""
        return len((self.node(parent) if parent is not None else self._root).children)

    def columnCount(self, _parent: Index | None = None) -> int:
        """One."""
        return 1

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give what a view or screen reader asks of a code."""
        node = self.node(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return node.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{node.name}, {count(node.count, 'passage', 'passages')}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{node.path}\n{count(node.count, 'passage', 'passages')}")
        return {KEY: node.key, NODE: node}.get(role)

    def setData(self, index: Index, value: object, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Ask for another name; the row shows it once it has it."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        self.renamed.emit(self.node(index).key, " ".join(str(value).split()))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let codes be chosen, renamed, dragged and dropped on."""
        flags = Qt.ItemFlag
        if not index.isValid():
            return flags.ItemIsDropEnabled
        shown = flags.ItemIsEnabled | flags.ItemIsSelectable
        changed = flags.ItemIsEditable | flags.ItemIsDragEnabled | flags.ItemIsDropEnabled
        return shown if self.read_only else shown | changed

    # Dragging

    def supportedDropActions(self) -> Qt.DropAction:
        """Moving, and with Ctrl merging."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        """Keys of codes."""
        return [CODES]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Take up codes, as keys."""
        data = QMimeData()
        data.setData(CODES, "\n".join(self.node(index).key for index in indexes).encode())
        return data

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, _column: int, parent: Index) -> bool:
        """Whether codes may be put down there: not under themselves, and merged only on another."""
        if self.read_only or not data.hasFormat(CODES):
            return False
        keys, onto = _keys(data), self.node(parent)
        if action == Qt.DropAction.CopyAction:
            return row < 0 and bool(onto.key) and onto.key not in keys
        return not (self.narrowed and row >= 0) and not any(above.key in keys for above in _upwards(onto))

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Ask for codes to be moved or merged; nothing moves before it is done."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        keys, onto = _keys(data), self.node(parent)
        if action == Qt.DropAction.CopyAction:
            self.merged.emit(keys, onto.key)
        else:
            self.moved.emit(keys, onto.key, self._place(onto, row, keys))
        return False  # the view must take no row away: the study says what is there

    def _place(self, onto: Node, row: int, keys: Sequence[str]) -> int:
        """Turn a gap between rows into a place among those that stay."""
        if row < 0:
            return -1
        return sum(child.key not in keys for child in onto.children[:row])

    # Filling

    def _node_of(self, key: str) -> Node | None:
        number = self._ids.get(key)
        return None if number is None else self._nodes[number]

    def _forget(self) -> None:
        self._root = Node("", "")
        self._nodes.clear()
        self._ids.clear()

    def _add(self, node: Node, row: int = -1) -> None:
        number = next(self._numbers)
        self._nodes[number], self._ids[node.key] = node, number
        beside = node.parent.children if node.parent is not None else []
        beside.insert(len(beside) if row < 0 else row, node)

    def _fill(self, above: Node, codes: Iterable[Code], index: CodingIndex, *, below: bool) -> None:
        for place, code in enumerate(codes):
            if not self._is_shown(index, code):
                continue
            node = Node(code.key, code.name, above, place=place)
            self._add(node)
            _describe(node, code, index, below=below)
            self._fill(node, index.children(code.key), index, below=below)

    def _is_shown(self, index: CodingIndex, code: Code) -> bool:
        if matches(self._words, " ".join(index.path(code.key))):
            return True
        return any(self._is_shown(index, child) for child in index.children(code.key))

    def _refill(self, index: CodingIndex, *, below: bool) -> None:
        """Show other names, colours and counts in the same rows."""
        for node in _walk(self._root):
            if node.key in index.codes:
                _describe(node, index.codes[node.key], index, below=below)
        for number, node in self._nodes.items():
            here = self.createIndex(node.row, 0, number)
            self.dataChanged.emit(here, here)


def _describe(node: Node, code: Code, index: CodingIndex, *, below: bool) -> None:
    node.name, node.colour = code.name, code.colour
    node.count = index.count(code.key, below=below)
    node.path = " › ".join(index.path(code.key))  # noqa: RUF001 - the sign for a path


def _shape(index: CodingIndex, above: str) -> Iterator[object]:
    for code in index.children(above):
        yield code.key, code.name, tuple(_shape(index, code.key))


def _walk(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _walk(child)


def _upwards(node: Node | None) -> Iterator[Node]:
    while node is not None:
        yield node
        node = node.parent


def _keys(data: QMimeData) -> list[str]:
    return data.data(CODES).toStdString().splitlines()
