"""One review to work on: its head, the filter, the results put before the insider, and the current one in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.model.assessment import ReviewVerdict
from ui.review.answer_pane import HELP, WIDEST, AnswerPane
from ui.review.items import ItemList, item_cards, key_of
from ui.review.review_list import reviewer_of
from ui.theme import BODY, SPACE, TITLE
from ui.widgets import DateField, ElidedLabel, FieldRow, IconButton, Rule, SegmentedControl, TextButton, TextLabel
from ui.widgets.kept import KeptField

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from app.analysis.reviews import Result, Reviewed
    from app.rubric.structure import Rubric

_FILTERS: Final[Mapping[str, tuple[str, Callable[[Result], bool], str]]] = {
    "all": ("All", lambda _each: True, "This review is of no result."),
    "unanswered": ("Unanswered", lambda each: not each.is_answered, "Every result is answered."),
    "open": ("Open", lambda each: each.is_open, "Nothing is open: what was corrected or disputed is resolved."),
    "disputed": ("Disputed", lambda each: each.item.verdict is ReviewVerdict.DISPUTED, "Nothing is disputed."),
    "changed": ("Changed since", lambda each: bool(each.changed), "Nothing has changed since it was shown."),
}

BACK_BY_HINT: Final = "No day, or 2022-10-31"
_LABEL: Final = 60


class ReviewWork(QWidget):
    """Shows a review; it only asks."""

    current = Signal(str)  # key of the result come to
    filtered = Signal()
    remarked = Signal(str, str)  # key of the review, what the insider says of the results as a whole
    back_by_given = Signal(str, object)  # key of the review, the day its pack is to be given back or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._results: tuple[Result, ...] = ()
        self._read_only = False
        self.list = ItemList("Results put to the insider", self)
        self.list.setAccessibleDescription(HELP)
        self.pane = AnswerPane(self)
        self._title = ElidedLabel("", TITLE, "semibold", parent=self)
        self._about = ElidedLabel("", BODY, ink="muted", parent=self)
        self.remark = KeptField("Remark", "What they say of the results as a whole", lines=1, most=3, parent=self)
        self._key = ""
        self.back_by = DateField("Pack to be given back by", BACK_BY_HINT, parent=self)
        self.save_pack = TextButton("Save the pack\u2026", "plain", "download", "Ctrl+S", self)
        self.print_pack = TextButton("Print the pack\u2026", "plain", "printer", "Ctrl+P", self)
        self.read_form = TextButton("Read a filled form\u2026", "plain", "upload", "Ctrl+O", self)
        self.remove = IconButton("trash-2", "Remove the review", "Ctrl+Del", self)
        self.filter = SegmentedControl(
            "Results shown", [(key, name) for key, (name, *_rest) in _FILTERS.items()], self, tight=True
        )
        self.filter.set_value("all")
        self._nothing = TextLabel("", ink="faint", parent=self)
        self._lay_out()
        self.list.current.connect(self._came)
        self.filter.chosen.connect(self._choose_filter)
        self.remark.committed.connect(lambda words: self.remarked.emit(self._key, str(words)))
        self.back_by.committed.connect(lambda day: self.back_by_given.emit(self._key, day))

    def show_review(
        self, review: Reviewed, about: str, rubrics: Mapping[str, Rubric], back_by: date | None, *, read_only: bool
    ) -> None:
        """Show a review, with a line `about` it; the current result stays current while it is shown."""
        if review.review.key != self._key:
            self.commit()
        self._key = review.review.key
        self.remark.set_value(review.review.remark)
        self.remark.set_read_only(read_only)
        self.back_by.set_value(back_by)
        self._results, self._rubrics, self._read_only = review.results, rubrics, read_only
        self._title.setText(f"Review by {reviewer_of(review)}")
        self._about.setText(about)
        packed = bool(review.review.sheet)
        for part in (self._back_by_row, self.save_pack, self.print_pack):
            part.setVisible(packed)
        self.read_form.setVisible(packed and not read_only)
        self.remove.setVisible(not read_only)
        for key, (name, holds, _none) in _FILTERS.items():
            number = sum(holds(each) for each in self._results)
            self.filter.button(key).setText(f"{name} {number}")
            self.filter.button(key).updateGeometry()
        self._show_results()

    def commit(self) -> None:
        """Hand over what was typed and not yet committed."""
        self.pane.commit()
        self.remark.commit()
        self.back_by.commit()

    @property
    def key(self) -> str:
        """Key of the review shown; what is typed is of that one, whichever is chosen meanwhile."""
        return self._key

    @property
    def result(self) -> Result | None:
        """The result that is current."""
        return self.result_of(self.list.current_key())

    def result_of(self, key: str) -> Result | None:
        """Find a result by its key; None where it is none of this review."""
        return next((each for each in self._results if key_of(each.at) == key), None)

    def go_to(self, key: str) -> None:
        """Make a result the current one, whatever the filter hides; `key` may leave out the rubric."""
        keys = (key_of(each.at) for each in self._results)
        found = next((each for each in keys if each == key or each.partition("/")[2] == key), None)
        if found is not None:
            self.filter.set_value("all")
            self._show_results()
            self.list.set_current(found)
            self._show_current()

    def _show_results(self) -> None:
        name = self.filter.value() or "all"
        _name, holds, none = _FILTERS[name]
        self.list.show_listed(item_cards(filter(holds, self._results), self._rubrics))
        self._nothing.setText(none)
        self._nothing.setVisible(self.list.is_empty)
        self._show_current()

    def _show_current(self) -> None:
        result = self.result
        self._foot.setVisible(result is not None)
        if result is not None:
            self.pane.show_item(result, read_only=self._read_only)

    def _choose_filter(self, _name: str) -> None:
        self.pane.commit()
        self._show_results()
        self.list.reveal()
        self.filtered.emit()

    def _came(self, key: str) -> None:
        self._show_current()
        self.current.emit(key)

    def _lay_out(self) -> None:
        self._nothing.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], 0)
        self._foot = QWidget(self)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(0)
        foot.addWidget(Rule(self))
        foot.addWidget(self.pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(_narrow(self._make_head()))
        column.addWidget(Rule(self))
        column.addWidget(self._nothing)
        column.addLayout(_narrow(self.list), 1)
        column.addWidget(self._foot)

    def _make_head(self) -> QWidget:
        """Lay out what stands above the results."""
        names, top, buttons, below = QVBoxLayout(), QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._about)
        top.addLayout(names, 1)
        top.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        buttons.setSpacing(SPACE[0])
        for part in (self.save_pack, self.print_pack, self.read_form):
            buttons.addWidget(part)
        buttons.addStretch(1)
        below.setSpacing(SPACE[2])
        below.addWidget(self.filter)
        below.addStretch(1)
        made = QWidget(self)
        head = QVBoxLayout(made)
        head.setContentsMargins(SPACE[3], SPACE[2], SPACE[2], SPACE[1])
        head.setSpacing(SPACE[1])
        head.addLayout(top)
        head.addWidget(FieldRow("Remark", self.remark, label_width=_LABEL, parent=self))
        self._back_by_row = FieldRow("Back by", self.back_by, label_width=_LABEL, parent=self)
        head.addWidget(self._back_by_row)
        head.addLayout(buttons)
        head.addLayout(below)
        return made


def _narrow(part: QWidget) -> QHBoxLayout:
    """Keep a part at the left, no wider than the eye can follow."""
    part.setMaximumWidth(WIDEST)
    row = QHBoxLayout()
    row.addWidget(part, 1)
    row.addStretch(0)
    return row
