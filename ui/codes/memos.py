"""The memos of codings, one under another, with a line to find words in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.analysis.coding import memos
from ui.codes.lazy_list import THING, LazyList
from ui.codes.memo_delegate import MemoDelegate, spoken
from ui.interviews.source_list import FilterLine
from ui.theme import SPACE
from ui.widgets import EmptyState, IconButton, Rule
from ui.widgets.actions import bind_key

if TYPE_CHECKING:
    from app.analysis.coding import CodingIndex, Memo
    from ui.codes.names import Names

_WAIT = 120  # ms after the last keystroke before words are looked for


class MemosView(QWidget):
    """Lists memos; Enter goes to the passage one is about, M changes one's own where it stands."""

    counted = Signal(int)  # how many memos are shown
    opened = Signal(str)  # key of a passage: show it in the notes
    written = Signal(object, str)  # the Coding, its memo as it is to be
    refused = Signal(str)  # why this memo can't be changed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index: CodingIndex | None = None
        self._memos: dict[str, Memo] = {}
        self._who = ""  # whoever may change their own memos; "" for nobody
        self.words = FilterLine(self)
        self.list = LazyList("Memos", spoken, self)
        self.painter = MemoDelegate(self.list)
        self.list.setItemDelegate(self.painter)
        self.list.rows.may_change = self._is_own
        self.change = IconButton("pencil", "Change this memo", "M", self)
        self.empty = EmptyState(
            "message-square-plus",
            "No memos",
            "What you write beside a code on a passage in an interview is listed here.",
            parent=self,
        )
        self.nothing = EmptyState("filter", "No memo has these words", "Try fewer words.", parent=self)
        self._soon = QTimer(self, singleShot=True, interval=_WAIT)
        self._lay_out()
        self._soon.timeout.connect(self._find)
        self.words.textChanged.connect(lambda _text: self._soon.start())
        self.words.down.connect(self._into_list)
        self.list.used.connect(lambda key: self.opened.emit(self._memos[key].coding.passage))
        self.painter.written.connect(self.written)
        self.change.clicked.connect(self._change)
        self._changing = bind_key(self.list, "Change this memo", ("M", "F2"), self._change)
        bind_key(self.list, "Words in the memos", "/", self.words.setFocus)

    def show_index(self, index: CodingIndex, names: Names, who: str, *, read_only: bool) -> None:
        """Show the memos of a study; those of whoever works can be changed."""
        self._index = index
        self._who = "" if read_only else who
        self.change.setVisible(not read_only)
        self._changing.setEnabled(not read_only)
        self.painter.show_names(names)
        self._find()

    @property
    def memos(self) -> list[Memo]:
        """The memos shown."""
        return list(self._memos.values())

    def _find(self) -> None:
        if self._index is None:
            return
        self._soon.stop()
        found = memos(self._index, self.words.text())
        self._memos = {_key(memo): memo for memo in found}
        self.list.show_rows(list(self._memos), self._memos.__getitem__)
        self.counted.emit(len(found))
        words = self.words.text().strip()
        self._stack.setCurrentWidget(self.list if found else self.nothing if words else self.empty)
        self.setFocusProxy(self.list if found else self.words)

    def _is_own(self, key: str) -> bool:
        memo = self._memos.get(key)
        return memo is not None and bool(self._who) and memo.coding.assessor == self._who

    def _change(self) -> None:
        """Let the memo be changed where it stands; say why not where it is somebody else's."""
        index = self.list.currentIndex()
        if not index.isValid():
            return
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.list.scrollTo(index)
            self.list.edit(index)
        elif self._who:
            self.refused.emit(f"{index.data(THING).assessor} wrote this memo, so only they change it.")
        else:
            self.refused.emit("Say who is working first: everybody changes their own memos.")

    def _into_list(self) -> None:
        self._find()
        self.list.setFocus()

    def _lay_out(self) -> None:
        self.words.setPlaceholderText("Words (/)")
        self.words.setAccessibleName("Words in the memos")
        head = QHBoxLayout()
        head.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], SPACE[1])
        head.setSpacing(SPACE[1])
        head.addWidget(self.words, 1)
        head.addWidget(self.change)
        self._stack = QStackedLayout()
        for part in (self.list, self.empty, self.nothing):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule(self))
        column.addLayout(self._stack, 1)


def _key(memo: Memo) -> str:
    return f"{memo.coding.passage} {memo.coding.code} {memo.coding.assessor}"
