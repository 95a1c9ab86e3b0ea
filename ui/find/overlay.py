"""Finding in the whole study: words at the top, choices to narrow by, and the hits; Enter goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.errors import FieldquillError
from app.search.find import Finder, Results
from app.search.query import parse
from ui.find.filters import FilterRow
from ui.find.hits import HEIGHT, HIT, HitModel, HitView
from ui.find.indexing import Indexing
from ui.main_window.overlay import Overlay, OverlayLine
from ui.theme import BODY, SMALL, SPACE
from ui.widgets.buttons import TextButton
from ui.widgets.text import ElidedLabel, Rule, TextLabel

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent

    from app.search.find import Hit
    from ui.desk import Desk

WIDTH = 720
_MOST, _LEAST = 9, 3  # hits there is room for
_OTHER = 300  # px of the window that are not the list
_WAIT = 120  # ms after the last keystroke before it is looked for
_LONGEST = 200
_HINTS = (
    ("drift alarm", "both words, anywhere in a line"),
    ('"data drift"', "these words, one after the other"),
    ("dri*", "words that begin so"),
    ("NEAR(drift alarm, 5)", "at most five words apart"),
    ("drift -false", "without a word"),
)


class FindOverlay(Overlay):
    """Looks for words in everything people wrote; words and choices stay until it is opened again."""

    chosen = Signal(str, str)  # page, and the key to show there

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Find in the study", WIDTH, parent)
        self._desk = desk
        self.finder = Finder(desk.study)
        self.indexing = Indexing(self)
        self._search_soon = QTimer(self, singleShot=True, interval=_WAIT)
        self._model = HitModel(self)
        self.line = OverlayLine("Find in the study", self.card)
        self.line.setMaxLength(_LONGEST)
        self.filters = FilterRow(self.card)
        self.view = HitView(self.card)
        self.view.setModel(self._model)
        self.status = ElidedLabel("", SMALL, ink="muted", parent=self.card)
        self.stop = TextButton("Stop", "link", parent=self.card)
        self.stop.setAccessibleName("Stop indexing")
        self._hints = _make_hints(self.card)
        self._lay_out()
        self._connect()

    def ask(self) -> None:
        """Open with the words looked for last; the first time, the index is built."""
        self.filters.show_study(self._desk.document, self._desk.assessment)
        self._fit()
        if not self.isVisible():
            self.open(self.line)
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self.line.selectAll()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the hits, and to the one that is marked."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._search_now()
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._mark((self.view.currentIndex().row() + step) % max(self._model.rowCount(), 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._search_now()
            self._go(self.view.currentIndex())
        else:
            super().keyPressEvent(event)

    def stops(self) -> tuple[QWidget, ...]:
        """The words, then the choices."""
        return (self.line, *self.filters.fields.values())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the list into the window."""
        if watched is self.host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Look again for what was looked for last: the study may be another; or build the index first."""
        super().showEvent(event)
        if self._desk.read_only or self.finder.ready:
            self._search()
        else:
            self.stop.show()
            self.indexing.start(self._desk.study.file)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop what is still being done; the next time it goes on from there."""
        super().hideEvent(event)
        self._search_soon.stop()
        self.indexing.stop()

    # Finding

    def _search_now(self) -> None:
        if self._search_soon.isActive():
            self._search()

    def _search(self) -> None:
        self._search_soon.stop()
        if self.indexing.busy:
            return
        self.stop.hide()
        query = parse(self.line.text(), typing=True)
        try:
            results = self.finder.find(query, self.filters.filters)
        except FieldquillError as problem:
            self._show(Results())
            self.status.setText(problem.sentence)
            return
        self._show(results)
        self.status.setText(_count_text(results) if query else "")

    def _show(self, results: Results) -> None:
        self._model.show_hits(results.hits)
        self._stack.setCurrentWidget(self.view if results.hits else self._hints)
        self._fit()
        self._mark(0)

    def _mark(self, row: int) -> None:
        self.view.setCurrentIndex(self._model.index(row))

    def _go(self, index: QModelIndex) -> None:
        if index.isValid():
            hit: Hit = index.data(HIT)
            self.close_up()
            self.chosen.emit(hit.place.page, hit.place.key)

    # The index

    def _progressed(self, percent: int) -> None:
        self.status.setText(f"Indexing {percent} %")

    def _stopped(self) -> None:
        """Go on without an index: everything is read through at each search."""
        self.indexing.stop()
        self._search()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, sentence: str) -> None:
        self._search()
        self.status.setText(sentence)

    # Building

    def _connect(self) -> None:
        self.line.textEdited.connect(lambda _text: self._search_soon.start())
        self._search_soon.timeout.connect(self._search)
        self.filters.changed.connect(self._search)
        self.view.clicked.connect(self._go)
        self.stop.clicked.connect(self._stopped)
        self.indexing.progressed.connect(self._progressed)
        self.indexing.ended.connect(self._search)
        self.indexing.failed.connect(self._failed)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget(self.card)
        self._stack.addWidget(self._hints)
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.line, self.filters, Rule(self.card), self._stack, Rule(self.card)):
            column.addWidget(part)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE[3], SPACE[0], SPACE[3], SPACE[0])
        foot.addWidget(self.status, 1)
        foot.addWidget(self.stop)
        foot.addWidget(TextLabel("↑ ↓ choose · Enter goes there · Tab narrows", SMALL, ink="faint", parent=self.card))
        self.stop.hide()
        column.addLayout(foot)

    def _fit(self) -> None:
        """Be as high as the hits need, as far as there is room."""
        room = min(max((self.host.height() - _OTHER) // HEIGHT, _LEAST), _MOST)
        self._stack.setFixedHeight(min(max(self._model.rowCount(), _LEAST), room) * HEIGHT)
        self.card.adjustSize()


def _count_text(results: Results) -> str:
    many = len(results.hits)
    if results.more:
        return f"{many} hits and more"
    return "Nothing found" if not many else f"{many} {'hit' if many == 1 else 'hits'}"


def _make_hints(parent: QWidget) -> QWidget:
    """Say what can be typed; shown while there are no hits."""
    sheet = QWidget(parent)
    grid = QGridLayout(sheet)
    grid.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
    grid.setHorizontalSpacing(SPACE[4])
    grid.setVerticalSpacing(SPACE[0])
    for row, (typed, meaning) in enumerate(_HINTS):
        grid.addWidget(TextLabel(typed, BODY, ink="muted", parent=sheet), row, 0)
        grid.addWidget(TextLabel(meaning, BODY, ink="faint", parent=sheet), row, 1)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(len(_HINTS), 1)
    return sheet
