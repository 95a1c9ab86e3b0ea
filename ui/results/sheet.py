"""What a panel tells: a column of words, links and passages, with parts that unfold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.results.links import WrappedLink, shortened
from ui.theme import BODY, SMALL, SPACE, TITLE
from ui.widgets.buttons import TextButton
from ui.widgets.focus import on_escape
from ui.widgets.level import LevelBadge
from ui.widgets.text import Rule, SectionLabel, TextLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.analysis.chain import Chain, Judgement, Link
    from app.analysis.overview import Standing
    from app.rubric.structure import Rubric

INSET: Final = SPACE[0]
"""px; how far a link's words stand in from its ring."""


class Sheet(QWidget):
    """A column of words and links, in the order they were told; words stand where those of a link do."""

    def __init__(self, parent: QWidget | None = None, *, inset: bool = True) -> None:
        super().__init__(parent)
        self.setProperty("look", "page")
        self._column = QVBoxLayout(self)
        sides = SPACE[3] - INSET if inset else 0
        self._column.setContentsMargins(sides, SPACE[0] if inset else 0, sides, 0)
        self._column.setSpacing(SPACE[0])

    def head(self, case: str, name: str, shown: Standing, of: int) -> None:
        """Say which level this is about."""
        self.name(case, name)
        row = self._row(SPACE[0])
        row.addWidget(LevelBadge(shown.name, shown.rank, of, shown.ceiling_name, self))
        row.addSpacing(SPACE[1])
        row.addWidget(TextLabel(shown.known if shown.rank is not None else "", SMALL, ink="muted", parent=self))
        row.addStretch(1)
        self._column.addSpacing(SPACE[1])

    def name(self, above: str, name: str) -> None:
        """Say what this is about, and above it what that belongs to."""
        self._words(TextLabel(above, BODY, ink="muted", wrap=True, parent=self))
        self._words(TextLabel(name, TITLE, "semibold", wrap=True, parent=self))

    def part(self, name: str, more: str = "") -> None:
        """Begin a part of the sheet."""
        self._column.addSpacing(SPACE[2])
        self._row(0).addWidget(Rule(self))
        row = self._row(SPACE[0])
        row.addWidget(SectionLabel(name, self))
        row.addWidget(TextLabel(more, SMALL, ink="muted", parent=self), 1)

    def say(self, text: str, *, ink: Literal["text", "muted"] = "text") -> None:
        """Write a paragraph."""
        words = TextLabel(text, BODY, ink=ink, wrap=True, parent=self)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words(words)

    def add(self, widget: QWidget) -> None:
        """Put a widget below what is there."""
        self._column.addWidget(widget)

    def gap(self, height: int) -> None:
        """Leave some room."""
        self._column.addSpacing(height)

    def _words(self, label: TextLabel) -> None:
        label.setContentsMargins(INSET, 0, INSET, 0)
        self.add(label)

    def _row(self, above: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(INSET, above, INSET, 0)
        self._column.addLayout(row)
        return row

    def end(self) -> None:
        """Leave the rest of the height empty."""
        self._column.addSpacing(SPACE[4])
        self._column.addStretch(1)


class SheetPanel(QScrollArea):
    """A context panel that tells on sheets; `go` leads to what it tells of, `left` is emitted on Escape."""

    go = Signal(str, str)
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_escape(self, self.left.emit)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(280)

    def focus_first(self) -> None:
        """Give the keyboard the first thing to follow."""
        (self.findChild(WrappedLink) or self).setFocus(Qt.FocusReason.TabFocusReason)


class Folded(QWidget):
    """What is not in the way: shown once its button is pressed."""

    toggled = Signal(bool)

    def __init__(self, words: str, *, opened: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._button = TextButton("", "link", parent=self)
        self.sheet = Sheet(self, inset=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[0])
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.sheet)
        self._button.clicked.connect(lambda: self._set(is_open=self.sheet.isHidden()))
        self._set(is_open=opened, quietly=True)

    def _set(self, *, is_open: bool, quietly: bool = False) -> None:
        self.sheet.setVisible(is_open)
        self._button.setText(f"{'Hide' if is_open else 'Show'} {self._words}")
        self._button.setAccessibleName(self._button.text())
        if not quietly:
            self.toggled.emit(is_open)


class Passages:
    """Writes the passages that judgements rest on, each a link to its place in the notes; `go` leads there."""

    def __init__(self, chain: Chain, go: Callable[[str, str], None]) -> None:
        self._go = go
        self._chain = chain

    @property
    def rubric(self) -> Rubric:
        """The rubric that judgements are made against."""
        return self._chain.assessment.rubric

    def tell(self, sheet: Sheet, judgements: Sequence[Judgement]) -> None:
        """Write passages in the order of the study, each once for every weight and stance it has."""
        found: dict[tuple[str, ...], Link] = {}
        for link in (each for judgement in judgements for each in self._chain.links(judgement)):
            found.setdefault((link.passage, link.evidence.stance, link.evidence.weight), link)
        for link in sorted(found.values(), key=lambda each: self._chain.citations.order(each.passage)):
            self._tell_link(sheet, link)

    def _tell_link(self, sheet: Sheet, link: Link) -> None:
        evidence = link.evidence
        against = "speaks against it" if link.against else ""
        again = "words have changed since" if link.again else ""
        button = WrappedLink(
            shortened(link.now or link.then),
            f"Open {link.citation}",
            head=" · ".join(filter(None, (link.citation, evidence.weight.value, evidence.reference, against, again))),
            bar="warning" if link.against or link.again else "line_strong",
            parent=sheet,
        )
        button.clicked.connect(lambda: self._go("interviews", link.passage))
        sheet.add(button)
        if evidence.note:
            sheet.say(f"{'Why it stands' if link.against else 'Note'}: {evidence.note}", ink="muted")
