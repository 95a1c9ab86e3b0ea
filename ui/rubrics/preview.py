"""What a draft does to the study's scores, while it is being edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.analysis.rubric_preview import compared_with, preview
from app.analysis.todo import count
from ui.theme import ROW, SPACE
from ui.widgets.text import SectionLabel, TextLabel
from ui.widgets.things import Row, RowModel, RowView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.analysis.rubric_change import LevelChange
    from app.analysis.rubric_preview import Preview
    from app.rubric import Rubric
    from ui.desk import Desk

_SIGNS = {1: "▲", -1: "▼", 0: "→"}


class PreviewPane(QFrame):
    """Levels now, and with the draft: those that would be others."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._desk = desk
        self.summary = TextLabel("", ink="muted", wrap=True, parent=self)
        self.summary.setContentsMargins(SPACE[2], 0, SPACE[2], SPACE[0])
        self._model = RowModel(self)
        self.view = RowView("Levels now, and with the draft", self)
        self.view.setModel(self._model)
        head = SectionLabel("With this draft", self)
        head.setFixedHeight(ROW)
        head.setContentsMargins(SPACE[2], 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, SPACE[0], 1, SPACE[0])
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.summary)
        column.addWidget(self.view, 1)

    def show_draft(self, rubric: Rubric | None, wrong: int) -> None:
        """Show what a draft would do; None for one that is not sound, with the number of things wrong."""
        if rubric is None:
            them = "it" if wrong == 1 else "them"
            self.summary.setText(f"{count(wrong, 'thing is', 'things are')} wrong: mend {them} to see the scores.")
            self._model.set_rows([])
            return
        document, shown = self._desk.seen, self._desk.rubric
        in_round = self._desk.assessment.round
        found = preview(document, compared_with(document, rubric, shown), rubric, in_round.key if in_round else None)
        self.summary.setText(" ".join(_sentences(found)))
        names = {case.key: case.name for case in document.cases}
        self._model.set_rows(level_rows((each for each in found.levels if not each.is_same), names))


def level_rows(levels: Iterable[LevelChange], names: dict[str, str]) -> list[Row]:
    """Make a row for each level: whose, then from what to what."""
    return [
        Row(
            f"{each.case}/{each.principle}",
            f"{names[each.case]}, {each.name}",
            _SIGNS[each.step].join(f" {words} " for words in _short(each)).strip(),
        )
        for each in levels
    ]


def _short(each: LevelChange) -> tuple[str, str]:
    """Give both levels without what is open, as long as that tells them apart."""
    before, after = (words.partition(":")[0] or "none" for words in (each.before, each.after))
    return (before, after) if before != after else (each.before, each.after)


def _sentences(found: Preview) -> Iterator[str]:
    changed = count(found.changed, "level changes", "levels change") if found.changed else "no level changes"
    yield f"Against {found.against.title} {found.against.version}, {changed}."
    yield f"{count(found.carried, 'answer counts', 'answers count')} in both."
    if found.left:
        yield f"{count(found.left, 'answer has', 'answers have')} no place in the draft."
    if found.added:
        yield f"{count(found.added, 'criterion is', 'criteria are')} new."
