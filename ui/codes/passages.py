"""The passages of the codes chosen: what is looked for at the top, under it what was found, in its context."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.analysis.coding import Query, chosen
from ui.codes.chips import ChipRow, Sign, Term
from ui.codes.filters import PassageFilters
from ui.codes.lazy_list import KEY, THING, LazyList
from ui.codes.passage_delegate import PassageDelegate, spoken
from ui.interviews.source_list import FilterLine
from ui.theme import SPACE
from ui.widgets import EmptyState, IconButton, Rule, TextButton
from ui.widgets.actions import bind_key
from ui.widgets.stacks import turn_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent

    from app.analysis.coding import CodingIndex
    from ui.codes.names import Names

_LEAST_WORDS = 88  # px
_WAIT = 120  # ms after the last keystroke before words are looked for


class PassageList(LazyList):
    """The passages found; a click on a citation uses it, as Enter does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Passages", spoken, parent)
        self.painter = PassageDelegate(self)
        self.setItemDelegate(self.painter)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Use the citation that was clicked."""
        super().mouseReleaseEvent(event)
        key = self._citation_at(event)
        if key and event.button() == Qt.MouseButton.LeftButton:
            self.used.emit(key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that citations can be clicked."""
        super().mouseMoveEvent(event)
        over = bool(self._citation_at(event))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def citation_rect(self, key: str) -> QRectF:
        """Tell where a passage's citation is in the viewport."""
        index = self.rows.index_of(key)
        return self.painter.citation_at(QRectF(self.visualRect(index)), index.data(THING))

    def _citation_at(self, event: QMouseEvent) -> str:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return ""
        key = str(index.data(KEY))
        return key if self.citation_rect(key).adjusted(-2, -2, 2, 2).contains(event.position()) else ""


class PassagesView(QWidget):
    """Finds passages by code, and by who, when, about what, and their words."""

    opened = Signal(str)  # key of a passage: show it in the notes
    counted = Signal(int)  # how many passages are shown
    terms_changed = Signal()  # other codes are looked for than the tree has selected
    below_changed = Signal(bool)
    take_off_asked = Signal()
    put_asked = Signal()
    recode_asked = Signal()
    split_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index: CodingIndex | None = None
        self._names: Names | None = None
        self._live: list[str] = []  # codes the tree has selected
        self._kept: dict[str, Sign] = {}
        self._only: tuple[str, frozenset[str]] | None = None  # the passages of a cell, with its name
        self.chips = ChipRow(self)
        self.cell = TextButton("", "quiet", "x", parent=self)
        self.below = IconButton("list-tree", "Count passages of the codes below, too", "B", self)
        self.filters = PassageFilters(self)
        self.words = FilterLine(self)
        self.list = PassageList(self)
        self._soon = QTimer(self, singleShot=True, interval=_WAIT)
        self.no_passage = EmptyState(
            "quote",
            "No passage has this code",
            "Open an interview, select words in the notes and type the first letters of the code.",
            "Go to the interviews",
            parent=self,
        )
        self.nothing = EmptyState(
            "filter", "No passage has all of this", "Take a code, a choice or a word away.", "Ask for less", parent=self
        )
        self._lay_out()
        self._connect()
        self._add_keys()

    # Showing

    def show_index(self, index: CodingIndex, names: Names) -> None:
        """Show the passages of another state of the study; what is asked for stays, where it is still there."""
        self._index, self._names = index, names
        self._live = [code for code in self._live if code in index.codes]
        self._kept = {code: sign for code, sign in self._kept.items() if code in index.codes}
        self.list.painter.show_names(names)
        self.filters.show_study(index.document)
        self._find()

    def show_codes(self, codes: Sequence[str]) -> None:
        """Look for the codes selected in the tree, along with those that are kept."""
        if list(codes) != self._live or self._only is not None:
            self._live, self._only = list(codes), None
            self._find()

    def show_only(self, name: str, passages: Sequence[str]) -> None:
        """Show the passages of a cell, by its name."""
        self._only = (name, frozenset(passages))
        self.clear_filters()

    def keep(self, code: str, sign: Sign) -> None:
        """Let a code be looked for with a sign, whatever else is chosen in the tree."""
        self._only = None
        self._kept[code] = sign
        self._find()

    def clear_filters(self) -> None:
        """Ask for nothing but the codes."""
        self.filters.clear()
        self.words.clear()
        self._find()

    @property
    def query(self) -> Query:
        """What is looked for."""
        wanted = {name: self.filters.wanted(name) for name in ("case", "round", "role", "assessor")}
        by_sign: dict[Sign, list[str]] = {"any": [], "all": [], "none": []}
        for term in self.terms if self._only is None else ():
            by_sign[term.sign].append(term.code)
        return Query(
            all_of=tuple(by_sign["all"]),
            any_of=tuple(by_sign["any"]),
            none_of=tuple(by_sign["none"]),
            below=self.below.isChecked(),
            cases=wanted["case"],
            rounds=wanted["round"],
            roles=wanted["role"],
            assessors=wanted["assessor"],
            words=self.words.text(),
        )

    @property
    def terms(self) -> list[Term]:
        """The codes that are looked for: those selected in the tree, then those kept."""
        live = [code for code in self._live if code not in self._kept]
        return [*map(self._term, live), *(self._term(code, sign, kept=True) for code, sign in self._kept.items())]

    @property
    def codes(self) -> frozenset[str]:
        """The codes that the passages were found by, with those below where these count."""
        if self._index is None or self._only is not None:
            return frozenset()
        looked_for = [term.code for term in self.terms if term.sign != "none"]
        if not self.below.isChecked():
            return frozenset(looked_for)
        return frozenset().union(*map(self._index.under, looked_for))

    def _term(self, code: str, sign: Sign = "any", *, kept: bool = False) -> Term:
        names = self._names
        return Term(code, names.code(code) if names else "", names.colour(code) if names else "", sign, kept)

    def _find(self) -> None:
        index = self._index
        if index is None:
            return
        self._soon.stop()
        keys: Sequence[str] = chosen(index, self.query)
        if self._only is not None:
            keys = [key for key in keys if key in self._only[1]]
        self.list.show_rows(keys, index.found)
        self.chips.show_terms(self.terms if self._only is None else [])
        self.cell.setText(self._only[0] if self._only is not None else "")
        self.cell.setVisible(self._only is not None)
        self.below.setVisible(self._only is None)
        self.counted.emit(len(keys))
        lacking = None if keys else self.nothing if self._asks_more() else self.no_passage
        wanted = self.list if lacking is None else lacking.button
        self.setFocusProxy(wanted)
        turn_to(self._stack, lacking or self.list, wanted)

    def _asks_more(self) -> bool:
        """Whether there would be passages if less were asked for."""
        return self.filters.narrowing or bool(self.words.text().strip()) or len(self.terms) > 1

    # Asking for other things

    def _drop(self, code: str) -> None:
        """Look for a code no longer, be it kept or only selected."""
        if self._kept.pop(code, None) is None:
            self._live = [each for each in self._live if each != code]
            self.terms_changed.emit()
        self._find()

    def let_go(self) -> None:
        """Keep no code, and look for those selected in the tree alone."""
        self._kept.clear()
        self._only = None
        self._find()

    def _ask_less(self) -> None:
        self._kept.clear()
        self.clear_filters()

    def _below_toggled(self, below: bool) -> None:  # noqa: FBT001 - a signal's
        self._find()
        self.below_changed.emit(below)

    # Making it

    def _lay_out(self) -> None:
        self.below.setCheckable(True)
        self.below.setChecked(True)
        self.cell.setToolTip("Show the passages of the codes chosen instead")
        self.cell.hide()
        self.words.setPlaceholderText("Words (/)")
        self.words.setAccessibleName("Words in the passages")
        top = QHBoxLayout()
        top.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], 0)
        top.setSpacing(SPACE[1])
        top.addWidget(self.cell)
        top.addWidget(self.chips, 1)
        top.addWidget(self.below)
        strip = QHBoxLayout()
        strip.setContentsMargins(0, 0, SPACE[2], 0)
        strip.setSpacing(0)
        self.words.setMinimumWidth(_LEAST_WORDS)
        strip.addWidget(self.filters, 4)
        strip.addWidget(self.words, 1)
        self._stack = QStackedLayout()
        for part in (self.list, self.no_passage, self.nothing):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(strip)
        column.addWidget(Rule(self))
        column.addLayout(self._stack, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self._soon.timeout.connect(self._find)
        self.words.textChanged.connect(lambda _text: self._soon.start())
        self.words.down.connect(self._into_list)
        self.filters.changed.connect(self._find)
        self.below.toggled.connect(self._below_toggled)
        self.cell.clicked.connect(self.let_go)
        self.chips.signed.connect(self.keep)
        self.chips.dropped.connect(self._drop)
        self.list.used.connect(self.opened)
        self.nothing.asked.connect(self._ask_less)
        self.no_passage.asked.connect(lambda: self.opened.emit(""))

    def _into_list(self) -> None:
        self._find()
        self.list.setFocus()

    def _add_keys(self) -> None:
        self.changing = [
            bind_key(self.list, "Take the code off these passages", "Del", self.take_off_asked.emit),
            bind_key(self.list, "Put another code on these passages…", "C", self.put_asked.emit),
            bind_key(self.list, "Put another code in place of this one…", "R", self.recode_asked.emit),
            bind_key(self.list, "Split these passages off the code…", "S", self.split_asked.emit),
        ]
        bind_key(self.list, "Words in the passages", "/", self.words.setFocus)
        bind_key(self.list, "Count codes below, or not", "B", self.below.toggle)
        bind_key(self, "Only the codes chosen in the tree", "Ctrl+Backspace", self.let_go, within=True)
