"""One result in full: what the insider says of it, in place, and what the team makes of that, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.reviews import OBJECTIONS
from app.model.assessment import ReviewVerdict
from app.report.wording import REVIEWED
from ui.review.items import key_of
from ui.theme import MEASURE, SMALL, SPACE
from ui.widgets import ElidedLabel, FieldRow, IconButton, SegmentField, TextField, TextLabel, with_key
from ui.widgets.kept import KeptField

if TYPE_CHECKING:
    from app.analysis.reviews import Result

NONE: Final = "none"
KEYS: Final = {
    NONE: "0",
    ReviewVerdict.CONFIRMED.value: "1",
    ReviewVerdict.CORRECTED.value: "2",
    ReviewVerdict.DISPUTED.value: "3",
}
HELP: Final = "Keys: 1 for confirmed, 2 for corrected, 3 for disputed, 0 for no answer, C to comment, R to resolve."
_MOST = 4  # lines before a field scrolls: the list above needs the room
_LABEL = 76
WIDEST: Final = 960  # px; wider, the eye loses the row


class AnswerPane(QFrame):
    """Shows a result's verdict, comment and resolution, and lets them be edited; it only asks."""

    answered = Signal(str, object, str)  # key of the result, verdict or None, comment
    resolved = Signal(str, str)  # key of the result, the resolution; "" opens it again
    results_asked = Signal()
    assess_asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "surface")
        self._key = ""
        self._verdict: ReviewVerdict | None = None
        self._name = ElidedLabel("", weight="semibold", parent=self)
        self.to_results = IconButton("chart-column", "Show the level in Results", "Ctrl+R", self)
        self.to_assess = IconButton("clipboard-check", "Show the answers in Assess", "Ctrl+Shift+R", self)
        words = [(NONE, "No answer"), *((each.value, REVIEWED[each]) for each in REVIEWED)]
        self.verdict = SegmentField("The insider's verdict", words, self)
        for key, shortcut in KEYS.items():
            button = self.verdict.button(key)
            button.setToolTip(with_key(button.text(), shortcut))
        self.comment = KeptField("Comment of the insider", "What they say of it (C)", lines=1, most=_MOST, parent=self)
        self.resolution = KeptField(
            "Resolution", "What the team did about it, and why (R)", lines=1, most=_MOST, parent=self
        )
        self._keys = TextLabel(HELP, SMALL, ink="muted", wrap=True, parent=self)
        self._lay_out()
        self._connect()

    @property
    def key(self) -> str:
        """Key of the result shown."""
        return self._key

    def show_item(self, each: Result, *, read_only: bool) -> None:
        """Show a result; what is being typed about the same one stays."""
        key = key_of(each.at)
        if key != self._key:
            self.commit()
        self._key, self._verdict = key, each.item.verdict
        self._name.setText(f"{each.case}, {each.principle}")
        self.verdict.set_value(each.item.verdict.value if each.item.verdict else NONE)
        self.comment.set_value(each.item.comment)
        self.resolution.set_value(each.item.resolution)
        self._row.setVisible(each.item.verdict in OBJECTIONS or bool(each.item.comment or each.item.resolution))
        self._keys.setVisible(not read_only)
        for field in (self.verdict, self.comment, self.resolution):
            field.set_read_only(read_only)

    def commit(self) -> None:
        """Hand over what was typed and not yet committed."""
        self.comment.commit()
        self.resolution.commit()

    def not_kept(self, result: Result, *, comment: str | None = None, resolution: str | None = None) -> None:
        """Take note that words on a result could not be kept: they stay where they were typed."""
        if key_of(result.at) != self._key:
            return
        self.verdict.set_value(result.item.verdict.value if result.item.verdict else NONE)
        if comment is not None and comment != result.item.comment:
            self.comment.not_kept(result.item.comment)
        if resolution is not None:
            self.resolution.not_kept(result.item.resolution)

    @property
    def pending(self) -> tuple[str, ReviewVerdict | None, str | None, str | None]:
        """What was typed and could not be written: key and verdict of the result, comment and resolution or None."""
        comment, resolution = (
            str(field.value()) if field.pending else None for field in (self.comment, self.resolution)
        )
        return self._key, self._verdict, comment, resolution

    def edit_comment(self) -> None:
        """Go to the comment."""
        _enter(self.comment)

    def edit_resolution(self) -> None:
        """Go to the resolution, where there is something to resolve."""
        if not self._row.isHidden():
            _enter(self.resolution)

    def _choose(self, value: object) -> None:
        self._verdict = None if value == NONE else ReviewVerdict(str(value))
        self.answered.emit(self._key, self._verdict, str(self.comment.value()))

    def _connect(self) -> None:
        self.verdict.committed.connect(self._choose)
        self.comment.committed.connect(lambda words: self.answered.emit(self._key, self._verdict, str(words)))
        self.resolution.committed.connect(lambda words: self.resolved.emit(self._key, str(words)))
        self.to_results.clicked.connect(self.results_asked)
        self.to_assess.clicked.connect(self.assess_asked)
        for field in (self.comment, self.resolution):
            field.left.connect(self.left)
            field.entered.connect(self.left)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE[0])
        head.addWidget(self._name, 1)
        head.addWidget(self.to_results)
        head.addWidget(self.to_assess)
        self._row = FieldRow("Resolution", self.resolution, label_width=_LABEL, parent=self)
        inside = QWidget(self)
        inside.setMaximumWidth(WIDEST)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inside, 1)
        row.addStretch(0)
        column = QVBoxLayout(inside)
        column.setContentsMargins(SPACE[3], SPACE[1], SPACE[2], SPACE[2])
        column.setSpacing(SPACE[0])
        column.addLayout(head)
        column.addWidget(self.verdict)
        column.addSpacing(SPACE[0])
        for field in (self.comment, self.resolution):
            field.setMaximumWidth(MEASURE)
        column.addWidget(FieldRow("Comment", self.comment, label_width=_LABEL, parent=self))
        column.addWidget(self._row)
        column.addWidget(self._keys)


def _enter(field: TextField) -> None:
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    field.selectAll()
