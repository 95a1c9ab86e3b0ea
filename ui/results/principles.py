"""What was found on each principle: the findings case by case, and the challenges across cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.citations import Citations
from app.analysis.overview import PrincipleOverview, by_principle
from ui.results.links import FlowLayout, InlineLink
from ui.theme import BODY, MEASURE, SMALL, SPACE, TITLE
from ui.widgets.text import Rule, SectionLabel, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.analysis.assessment import Assessment
    from app.analysis.overview import Obstacle, Result
    from app.model.document import StudyDocument
    from app.model.evidence import Evidence

ASIDE = 132
"""Width of the column of names, the same as beside the heat map."""


class PrincipleSections(QWidget):
    """A section per principle; `picked` asks why a case's level is what it is, `go` leads to a passage."""

    picked = Signal(object)  # Place
    go = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[PrincipleOverview, ...] | None = None
        self._named: dict[str, str] = {}
        self._sections: list[QWidget] = []
        self._challenges: dict[str, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE[5])

    def show_study(self, document: StudyDocument, assessment: Assessment) -> None:
        """Show findings and challenges; built anew only when one of them, or what it cites, has changed."""
        shown = by_principle(document, assessment)
        named = self._names(document, shown)
        if (shown, named) == (self._shown, self._named):
            return
        self._shown, self._named = shown, named
        for section in self._sections:
            self._column.removeWidget(section)
            section.deleteLater()
        self._challenges.clear()
        self._sections = [self._section(overview) for overview in shown]
        for section in self._sections:
            self._column.addWidget(section)

    def challenge(self, key: str) -> QWidget | None:
        """Give the words of a challenge; None where it is not shown."""
        return self._challenges.get(key)

    def _names(self, document: StudyDocument, shown: Sequence[PrincipleOverview]) -> dict[str, str]:
        """Cite every passage that a finding or challenge rests on."""
        citations = Citations(document)
        links = [link for overview in shown for each in _links(overview) for link in each]
        ordered = sorted({link.passage for link in links}, key=citations.order)
        return {key: citations.passage(key) for key in ordered}

    def _section(self, overview: PrincipleOverview) -> QWidget:
        section, body = QWidget(self), QWidget(self)
        body.setMaximumWidth(ASIDE + MEASURE)
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(SPACE[2])
        grid.setColumnMinimumWidth(0, ASIDE)
        grid.setColumnStretch(1, 1)
        self._add_results(grid, overview, body)
        self._add_obstacles(grid, overview, body)
        row = QHBoxLayout()  # so that heights are worked out for the width the words really get
        row.addWidget(body, 1)
        row.addStretch(0)
        column = QVBoxLayout(section)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addWidget(Rule(section))
        column.addWidget(TextLabel(overview.principle.name, TITLE, "semibold", parent=section))
        column.addLayout(row)
        return section

    def _add_results(self, grid: QGridLayout, overview: PrincipleOverview, parent: QWidget) -> None:
        _add_head(grid, "Findings", parent)
        if not overview.results:
            _add_words(grid, "No finding has been written for this principle yet.", parent)
        for result in overview.results:
            row = grid.rowCount()
            grid.addWidget(self._case_link(result, overview.principle.id, parent), row, 0, Qt.AlignmentFlag.AlignTop)
            self._add_text(grid, row, result.finding.text, "", result.finding.evidence, parent)

    def _add_obstacles(self, grid: QGridLayout, overview: PrincipleOverview, parent: QWidget) -> None:
        _add_head(grid, "Challenges", parent)
        if not overview.obstacles:
            _add_words(grid, "No challenge has been named for this principle yet.", parent)
        for place, obstacle in enumerate(overview.obstacles):
            row = grid.rowCount()
            before = overview.obstacles[place - 1].where if place else ""
            where = TextLabel("" if obstacle.where == before else obstacle.where, SMALL, ink="muted", parent=parent)
            where.setWordWrap(True)
            where.setContentsMargins(0, 1, SPACE[1], 0)
            grid.addWidget(where, row, 0, Qt.AlignmentFlag.AlignTop)
            challenge = obstacle.challenge
            label = self._add_text(grid, row, challenge.title, challenge.text, challenge.evidence, parent)
            self._challenges[challenge.key] = label

    def _case_link(self, result: Result, principle: str, parent: QWidget) -> QWidget:
        link = InlineLink(result.case.name, f"Why {result.case.name} is on its level", BODY, parent)
        link.clicked.connect(lambda: self.picked.emit((result.case.key, principle)))
        return link

    def _add_text(
        self, grid: QGridLayout, row: int, title: str, text: str, links: Sequence[Evidence], parent: QWidget
    ) -> TextLabel:
        column = QVBoxLayout()
        column.setSpacing(2)
        label = TextLabel(title, BODY, "medium" if text else "regular", wrap=True, parent=parent)
        column.addWidget(label)
        if text:
            column.addWidget(TextLabel(text, BODY, ink="muted", wrap=True, parent=parent))
        if links:
            cited = self._citations(links, parent)
            column.addWidget(cited)
            label.setFocusProxy(cited.findChildren(InlineLink)[0])  # led to the words, keys go to what they rest on
        grid.addLayout(column, row, 1)
        return label

    def _citations(self, links: Sequence[Evidence], parent: QWidget) -> QWidget:
        line = QWidget(parent)
        flow = FlowLayout(line)
        cited = {link.passage for link in links}
        for key, name in self._named.items():
            if key in cited:
                button = InlineLink(name, f"Open {name}", parent=line)
                button.clicked.connect(lambda _=False, key=key: self.go.emit("interviews", key))
                flow.addWidget(button)
        return line


def _links(overview: PrincipleOverview) -> list[tuple[Evidence, ...]]:
    parts: list[Result | Obstacle] = [*overview.results, *overview.obstacles]
    return [part.finding.evidence if hasattr(part, "finding") else part.challenge.evidence for part in parts]


def _add_head(grid: QGridLayout, words: str, parent: QWidget) -> None:
    label = SectionLabel(words, parent)
    label.setContentsMargins(0, SPACE[1], 0, 0)
    grid.addWidget(label, grid.rowCount(), 0, 1, 2)


def _add_words(grid: QGridLayout, words: str, parent: QWidget) -> None:
    grid.addWidget(TextLabel(words, BODY, ink="muted", wrap=True, parent=parent), grid.rowCount(), 0, 1, 2)
