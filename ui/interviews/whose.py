"""Whose notes of an interview are shown: the interview's, or what one note-taker typed beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.analysis.reconciling import authors, begun, usual_author
from app.model.source import SourceStatus
from ui.theme import SPACE
from ui.widgets import SegmentedControl, TextButton

if TYPE_CHECKING:
    from app.model.document import StudyDocument
    from app.model.source import Source

Choices = tuple[tuple[str, str], ...]


def choices(document: StudyDocument, source: Source, who: str) -> Choices:
    """Name the notes that can be shown, "" for the interview's own; one alone where nobody else took any.

    Args:
        document: the study.
        source: the interview.
        who: the assessor working, who may begin notes of their own beside another's.
    """
    names = {each.key: each.name for each in document.assessors}
    first = first_author(source)
    whole = "Agreed" if begun(source) else f"{names[first]}'s notes" if first in names else "Notes"
    own = {line.author for line in source.originals}
    kept = [(author, f"{names[author]}, as typed") for author in authors(source) if author in own and author in names]
    mine = who in names and who not in own and who != first and bool(source.entries) and not begun(source)
    return (("", whole), *kept, *((((who, "My own notes"),)) if mine else ()))


def first_author(source: Source) -> str | None:
    """Say who took the interview's own notes: who wrote most of them, else who usually would."""
    counts: dict[str, int] = {}
    for entry in source.entries:
        if entry.author:
            counts[entry.author] = counts.get(entry.author, 0) + 1
    return max(counts, key=lambda author: counts[author]) if counts else usual_author(source)


def sides(source: Source) -> tuple[str, str] | None:
    """Give the two note-takers whose notes can stand side by side, always in one order; None where there are no two.

    Once reconciling has begun, the interview's own notes hold lines of both; what the second one typed came first among
    those kept.
    """
    kept = [line.author for line in source.originals]
    if begun(source):
        right: str | None = kept[0]
        left = next((author for author in kept if author != right), None)
    else:
        left = first_author(source)
        right = next((author for author in kept if author != left), None)
    return (left, right) if left is not None and right is not None else None


class WhoseBar(QWidget):
    """A choice of note-takers, and the way to set their notes side by side."""

    chosen = Signal(str)  # an assessor's key, "" for the interview's own notes
    reconcile_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: Choices = ()
        self.control: SegmentedControl | None = None
        self.beside = TextButton("Side by side", "quiet", "git-fork", "Ctrl+Shift+B", self)
        self.beside.clicked.connect(self.reconcile_asked)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SPACE[3], SPACE[1], SPACE[3], SPACE[1])
        self._row.setSpacing(SPACE[1])
        self._row.addWidget(self.beside)
        self._row.addStretch(1)
        self.hide()

    def show_source(self, document: StudyDocument, source: Source, who: str, shown: str) -> None:
        """Offer whose notes can be shown; `shown` is the author of those on screen."""
        offered = choices(document, source, who)
        if offered != self._offered:
            self._offer(offered)
        if self.control is not None:
            self.control.set_value(shown)
        self.beside.setVisible(sides(source) is not None)
        quiet = source.status is SourceStatus.FINISHED and not source.originals and not shown
        self.setVisible(len(offered) > 1 and not quiet)

    def _offer(self, offered: Choices) -> None:
        self._offered = offered
        if self.control is not None:
            self._row.removeWidget(self.control)
            self.control.hide()
            self.control.deleteLater()
        self.control = SegmentedControl("Whose notes", offered, self)
        self.control.chosen.connect(self.chosen)
        self._row.insertWidget(0, self.control)
