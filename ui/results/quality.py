"""The Quality part of the results: all that is still open or weak, each one key from where it is settled."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from app.analysis.quality import Matter, quality
from app.analysis.todo import count
from app.exchange.tables import Table
from ui.notebook.card_list import CardList
from ui.notebook.cards import Card
from ui.overview.figures import FigureStrip, quality_figures
from ui.part import Part
from ui.results.quality_cases import HEADS, CasesTable, case_rows
from ui.theme import BODY, DISPLAY, SPACE
from ui.widgets import EmptyState, TextLabel
from ui.widgets.actions import bind_key
from ui.widgets.card import card
from ui.widgets.focus import hand_on
from ui.widgets.text import ElidedLabel
from ui.widgets.things import KEY, Row, RowModel, RowView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.actions.unit import Changes
    from app.analysis.quality import Concern, Quality
    from ui.desk import Desk

_WIDEST = 1240  # px, two columns of text and what is around them
_BESIDE = 600  # px of the cases and kinds beside the list
_NOTHING = (
    "Every criterion is answered with evidence, nothing that was agreed has moved, all notes are finished and coded, "
    "and no question is open."
)


class QualityPart(Part):
    """Figures, the cases and the kinds of what to look at, and the list of it; `go` leads to where one is settled."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.strip = FigureStrip(self)
        self.cases = CasesTable(self)
        self._kinds = RowModel(self)
        self.kinds = RowView("Kinds of what to look at", self)
        self.kinds.setModel(self._kinds)
        self.kinds.setSizeAdjustPolicy(RowView.SizeAdjustPolicy.AdjustToContents)
        self.kinds.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.list = CardList("What to look at", self)
        self.nothing = EmptyState("circle-check", "Nothing left to look at", _NOTHING, "Go to the report", parent=self)
        self._about = ElidedLabel("", BODY, ink="muted", parent=self)
        self._none = TextLabel("", ink="faint", wrap=True, parent=self)
        self._found: Quality | None = None
        self._matter: Matter | None = None
        self._lay_out()
        self._connect()
        hand_on(self, self.list)

    # Showing

    def refresh(self, changes: Changes | None = None) -> None:  # noqa: ARG002 - anything may touch what is listed
        """Show what there is to look at now; the case, the kind and the thing that were current stay so."""
        chain = self.desk.chain
        self._found = found = quality(chain, self.desk.warnings)
        self._about.setText(self._summary(found))
        self.strip.show_figures(quality_figures(found.figures, self.desk.coverage))
        self.cases.show_quality(found)
        self._show_kinds()
        self._show_list()

    def show_thing(self, key: str) -> None:
        """List a case ("ml-p1"), a kind ("/unknown"), or both ("ml-p1/unknown")."""
        case, _, matter = key.partition("/")
        self.cases.choose(case)
        self._choose(Matter(matter) if matter in set(Matter) else None)

    def shown_thing(self) -> str:
        """Key of the case and the kind that are listed."""
        return f"{self.cases.case}/{self._matter or ''}"

    def tables(self) -> list[Table]:
        """What to look at as it is listed, and how the cases stand."""
        if self._found is None:
            return []
        names = {each.key: each.name for each in self._found.cases}
        rubric = self.desk.assessment.rubric
        shorts = {each.id: each.short for each in rubric.principles}
        rows = tuple(
            (
                self._found.names[each.matter],
                ", ".join(names.get(case, case) for case in each.cases),
                shorts.get(each.principle, ""),
                each.criterion,
                each.text,
                each.why,
            )
            for each in self._listed()
        )
        head = ("Kind", "Cases", "Principle", "Criterion", "What", "Note")
        cases = tuple(row[1:] for row in case_rows(self._found))
        return [Table("To look at", head, rows), Table("Cases", HEADS, cases)]

    def _summary(self, found: Quality) -> str:
        assessment = self.desk.assessment
        left = count(len(found.concerns), "thing", "things")
        parts = (assessment.round.name if assessment.round else "", assessment.rubric.title, f"{left} to look at")
        return " · ".join(filter(None, parts))

    def _listed(self) -> tuple[Concern, ...]:
        return self._found.of(self.cases.case, self._matter) if self._found is not None else ()

    def _show_kinds(self) -> None:
        """List the kinds there are at all, with how many there are of the case listed."""
        if self._found is None:
            return
        there = {each.matter for each in self._found.concerns} | {self._matter}
        rows = [Row("", "Everything", str(len(self._found.of(self.cases.case))))]
        rows += [
            Row(str(each), self._found.names[each], str(len(self._found.of(self.cases.case, each))))
            for each in Matter
            if each in there
        ]
        self._kinds.set_rows(rows)
        self.kinds.setCurrentIndex(self._kinds.index(max(self._kinds.row_of(str(self._matter or "")), 0)))
        self.kinds.updateGeometry()

    def _show_list(self) -> None:
        if self._found is None:
            return
        listed = self._listed()
        self.list.show_listed(list(_cards(listed, self._found.names)))
        self._none.setText("Nothing of this kind is left for this case." if self.cases.case else "Nothing is left.")
        self._stack.setCurrentWidget(
            self._framed if listed else self._emptied if self._found.concerns else self.nothing
        )

    # Choosing

    def _choose(self, matter: Matter | None) -> None:
        self._matter = matter
        self._list_anew()

    def _list_anew(self) -> None:
        self._show_kinds()
        self._show_list()
        self.list.reveal()

    def _came_to_kind(self, key: str) -> None:
        matter = Matter(key) if key else None
        if matter is not self._matter:  # chosen by a person, not shown as it stands
            self._choose(matter)

    def _lead(self, key: str) -> None:
        concern = next((each for each in self._listed() if each.key == key), None)
        if concern is not None:
            self.go.emit(concern.page, concern.thing)

    # Building

    def _connect(self) -> None:
        self.cases.chosen.connect(lambda _case: self._list_anew())
        self.kinds.selectionModel().currentChanged.connect(
            lambda now, _before: self._came_to_kind(str(now.data(KEY) or ""))
        )
        self.list.used.connect(lambda key, _spot: self._lead(key))
        self.nothing.asked.connect(lambda: self.go.emit("report", ""))
        bind_key(self.list, "Go where it is settled", ("Return", "Enter"), lambda: self._lead(self.list.current_key()))
        bind_key(self, "Next kind of what to look at", "F", partial(_step, self.kinds, 1), within=True)
        bind_key(self, "Next case", "Ctrl+Right", partial(_step, self.cases, 1), within=True)
        bind_key(self, "Case before", "Ctrl+Left", partial(_step, self.cases, -1), within=True)

    def _lay_out(self) -> None:
        content = QWidget(self)
        content.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[3])
        column.setSpacing(0)
        column.addWidget(TextLabel("Quality", DISPLAY, "semibold", parent=content))
        column.addSpacing(2)
        column.addWidget(self._about)
        column.addSpacing(SPACE[2])
        column.addWidget(self.strip)
        column.addSpacing(SPACE[3])
        row = QHBoxLayout()
        row.setSpacing(SPACE[3])
        row.addWidget(self._beside(content), 1)
        row.addLayout(self._right(content), 1)
        column.addLayout(row, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(content, 1)
        whole.addStretch(0)  # where other parts begin, too

    def _beside(self, parent: QWidget) -> QWidget:
        beside = QWidget(parent)
        beside.setMaximumWidth(_BESIDE)
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[3])
        column.addWidget(card(beside, "", self.cases, filled=True))
        column.addWidget(card(beside, "What to look at", self.kinds, filled=True))
        column.addStretch(1)
        return beside

    def _right(self, parent: QWidget) -> QStackedLayout:
        self._framed = card(parent, "", self.list, filled=True)
        self._emptied = QWidget(parent)
        inner = QVBoxLayout(self._emptied)
        inner.addWidget(self._none, 0, Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedLayout()
        for widget in (self._framed, self._emptied, self.nothing):
            self._stack.addWidget(widget)
        return self._stack


def _step(view: QAbstractItemView, by: int) -> None:
    """Make the next row of a list the current one, or the one before; round its ends."""
    rows = view.model().rowCount()
    view.setCurrentIndex(view.model().index((view.currentIndex().row() + by) % rows, 0))


def _cards(listed: Sequence[Concern], names: Mapping[Matter, str]) -> Iterator[Card]:
    """Make a card of each, under a heading for each kind."""
    before = None
    for each in listed:
        if each.matter is not before:
            number = sum(other.matter is each.matter for other in listed)
            yield Card(f"head/{each.matter}", f"{names[each.matter]}  {number}")
        before = each.matter
        yield Card(each.key, each.where, each.text, (each.why,) if each.why else ())
