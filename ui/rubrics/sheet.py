"""A rubric as a sheet to read: what it asks, how its levels differ, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from app.rubric.reading import begins_text, offered_text, rule_text
from ui.theme import BODY, MEASURE, SMALL, SPACE, TITLE, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.rubric import Criterion, Principle, Rubric
    from ui.theme.fonts import Weight

_INDENT = 20


class RubricSheet(QTextBrowser):
    """The whole of a rubric as text; nothing in it is read as markup."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("The rubric")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(SPACE[2])
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self._rubric: Rubric | None = None
        theme().changed.connect(self._draw)

    def show_rubric(self, rubric: Rubric) -> None:
        """Show another rubric, from its beginning; the same one stays where it is."""
        if rubric is not self._rubric:
            self._rubric = rubric
            self.verticalScrollBar().setValue(0)
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the text within the measure."""
        super().resizeEvent(event)
        self.setLineWrapColumnOrWidth(min(self.viewport().width(), MEASURE + 2 * SPACE[4]))

    def _draw(self) -> None:
        if self._rubric is None:
            return
        at = self.verticalScrollBar().value()
        self.clear()
        self._cursor = QTextCursor(self.document())
        self._fresh = True
        self._cursor.beginEditBlock()
        self._write_rubric(self._rubric)
        self._cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(at)

    def _write_rubric(self, rubric: Rubric) -> None:
        self._line(rubric.summary)
        self._head("How it scores")
        self._line(rule_text(rubric))
        if offered := offered_text(rubric):
            self._line(f"Answers: {offered}.", ink="text_muted")
        self._head("Levels")
        for level in rubric.levels:
            begins = begins_text(level)
            self._pair(f"{level.name}{f', {begins}' if begins else ''}", level.summary)
        for principle in rubric.principles:
            self._write_principle(rubric, principle)
        if rubric.sources:
            self._head("Sources")
        for source in rubric.sources:
            where = ", ".join(str(each) for each in (source.title, source.year, source.url) if each)
            self._line(where)
            self._line(source.note or "", SMALL, ink="text_muted", indent=1)
        self._head("Licence")
        self._line(rubric.licence)
        self._line(rubric.licence_note, ink="text_muted")

    def _write_principle(self, rubric: Rubric, principle: Principle) -> None:
        self._line(principle.name, TITLE, "semibold", above=SPACE[4])
        self._line(principle.description)
        for level in rubric.levels:
            if level.id in principle.levels:
                self._pair(level.name, principle.levels[level.id])
        names = {level.id: level.name for level in rubric.levels}
        for criterion in principle.criteria:
            self._write_criterion(criterion, names.get(criterion.level, ""))

    def _write_criterion(self, criterion: Criterion, level: str) -> None:
        self._line(
            f"{criterion.name}{f', for {level}' if level else ''}", SMALL, "semibold", "text_muted", above=SPACE[2]
        )
        self._line(criterion.statement, weight="medium")
        for name, text in (
            ("Ask", criterion.question),
            ("Evidence", criterion.evidence),
            ("Next step", criterion.advice),
            ("Sources", ", ".join(criterion.sources)),
        ):
            if text:
                self._pair(name, text, indent=1)

    def _head(self, text: str) -> None:
        self._line(text, SMALL, "semibold", "text_muted", above=SPACE[3])

    def _pair(self, name: str, text: str, *, indent: int = 0) -> None:
        self._line(f"{name} ", weight="semibold", indent=indent)
        self._more(text)

    def _line(
        self,
        text: str,
        size: int = BODY,
        weight: Weight = "regular",
        ink: str = "text",
        *,
        indent: int = 0,
        above: int = SPACE[0],
    ) -> None:
        if not text:
            return
        block = QTextBlockFormat()
        block.setTopMargin(above)
        block.setLeftMargin(indent * _INDENT)
        if self._fresh:
            self._cursor.setBlockFormat(block)
        else:
            self._cursor.insertBlock(block)
        self._fresh = False
        words = " ".join(text.split())
        self._cursor.insertText(f"{words}  " if text.endswith(" ") else words, _ink(size, weight, ink))

    def _more(self, text: str) -> None:
        self._cursor.insertText(" ".join(text.split()), _ink(BODY, "regular", "text"))


def _ink(size: int, weight: Weight, ink: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(theme().font(size, weight))
    made.setForeground(theme().colour(ink))
    return made
