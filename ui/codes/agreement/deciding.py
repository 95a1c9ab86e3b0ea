"""One difference in its context, and what two coders agree on there: whether the code applies, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.follow_ups.forms import WordsField
from ui.theme import MEASURE, SMALL, SPACE
from ui.widgets import IconButton, TextButton, TextLabel
from ui.widgets.focus import on_escape

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.analysis.agreement import Difference
    from app.analysis.double_coding import Around

_LEAST = 96  # px of the context
_VERDICTS = {True: "It applies", False: "It does not apply"}


class DecidePane(QWidget):
    """Shows a difference, and asks for the reason in place; it only asks."""

    decided = Signal(bool, str)  # whether the code applies, and why
    reopened = Signal()
    left = Signal()  # back to the list
    line_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_escape(self, self._leave)
        self._drafts: dict[str, str] = {}  # by difference, what was typed and not yet handed over
        self._shown: Difference | None = None
        self._applies = True
        self._read_only = False
        self._settled = ""  # what was agreed on, in words
        self._name = TextLabel("", weight="semibold", parent=self)
        self._who = TextLabel("", SMALL, ink="muted", wrap=True, parent=self)
        self.jump = IconButton("arrow-right", "Show it in the notes", "J", self)
        self.context = _Context(self)
        self.verdict = TextLabel("", weight="medium", wrap=True, parent=self)
        self.reason = WordsField("Reason", "Because\u2026", lines=1, parent=self)
        self.applies_button = TextButton("Applies", key="Y", parent=self)
        self.applies_not_button = TextButton("Does not apply", key="N", parent=self)
        self.reopen_button = TextButton("Open again", "quiet", key="O", parent=self)
        self.agree_button = TextButton("Agree", "primary", key="Return", parent=self)
        self.cancel_button = TextButton("Cancel", "quiet", key="Esc", parent=self)
        self._lay_out()
        self._connect()

    @property
    def asks(self) -> bool:
        """Whether the reason is being asked for."""
        return not self.reason.isHidden()

    def show_difference(
        self, difference: Difference, around: Around, names: dict[str, str], other: str, *, read_only: bool
    ) -> None:
        """Show a difference; a reason being typed for it stays.

        Args:
            difference: where the two differ.
            around: what stands around its line.
            names: of assessors, by key.
            other: name of the coder who did not put the code on.
            read_only: whether nothing can be agreed on.
        """
        stays = self.asks and self._shown is not None and self._shown.key == difference.key
        self._shown, self._read_only = difference, read_only
        self._name.setText(difference.name)
        self._who.setText(f"{names[difference.coder]} put it on {difference.citation}, {other} did not.")
        self.context.show_around(around)
        self._settled = _settled(difference, names)
        if not stays:
            self._ask_nothing()

    def ask(self, *, applies: bool) -> None:
        """Ask why a code applies, or does not."""
        if self._shown is None or self._read_only:
            return
        agreed = self._shown.resolution
        self._applies = applies
        self.verdict.setText(f"{_VERDICTS[applies]}, because")
        self.verdict.show()
        self.reason.setPlainText(self._drafts.get(self._shown.key, agreed.reason if agreed else ""))
        self._show_parts(asking=True)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reason.selectAll()

    def done(self, key: str) -> None:
        """Forget the reason typed for a difference: it is kept with what was agreed."""
        self._drafts.pop(key, None)
        self._ask_nothing()

    def _leave(self) -> None:
        self._ask_nothing()
        self.left.emit()

    def _ask_nothing(self) -> None:
        self.verdict.setText(self._settled)
        self.verdict.setVisible(bool(self._settled))
        self._show_parts(asking=False)

    def _show_parts(self, *, asking: bool) -> None:
        agreed = self._shown is not None and self._shown.resolution is not None
        for part in (self.reason, self.agree_button, self.cancel_button):
            part.setVisible(asking)
        for part in (self.applies_button, self.applies_not_button):
            part.setVisible(not asking and not self._read_only)
        self.reopen_button.setVisible(agreed and not asking and not self._read_only)

    def _typed(self) -> None:
        words = str(self.reason.value())
        self.agree_button.setEnabled(bool(words))
        if self._shown is not None and self.asks:
            self._drafts[self._shown.key] = words

    def _hand_over(self) -> None:
        if self.asks and self.reason.value():
            self.decided.emit(self._applies, str(self.reason.value()))

    def _connect(self) -> None:
        self.reason.textChanged.connect(self._typed)
        self.reason.entered.connect(self._hand_over)
        self.agree_button.clicked.connect(self._hand_over)
        self.cancel_button.clicked.connect(self._leave)
        self.applies_button.clicked.connect(lambda: self.ask(applies=True))
        self.applies_not_button.clicked.connect(lambda: self.ask(applies=False))
        self.reopen_button.clicked.connect(self.reopened)
        self.jump.clicked.connect(self.line_asked)

    def _lay_out(self) -> None:
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._name)
        top.addStretch(1)
        top.addWidget(self.jump)
        foot.setSpacing(SPACE[1])
        buttons = (self.applies_button, self.applies_not_button, self.reopen_button)
        for part in (*buttons, self.agree_button, self.cancel_button):
            foot.addWidget(part)
        foot.addStretch(1)
        holder = QWidget(self)
        holder.setMaximumWidth(MEASURE + 2 * SPACE[3])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(holder, 1)
        row.addStretch(0)
        column = QVBoxLayout(holder)
        column.setContentsMargins(SPACE[3], SPACE[1], SPACE[3], SPACE[2])
        column.setSpacing(SPACE[0])
        column.addLayout(top)
        column.addWidget(self._who)
        column.addWidget(self.context, 1)
        column.addSpacing(SPACE[0])
        column.addWidget(self.verdict)
        column.addWidget(self.reason)
        column.addLayout(foot)
        self._ask_nothing()


class _Context(QScrollArea):
    """The line with its neighbours, and what the code and its coder say; it scrolls where it is long."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(_LEAST)
        self.before = TextLabel("", ink="faint", wrap=True)
        self.words = TextLabel("", wrap=True)
        self.after = TextLabel("", ink="faint", wrap=True)
        self.definition = TextLabel("", SMALL, ink="muted", wrap=True)
        self.memos = TextLabel("", SMALL, ink="muted", wrap=True)
        self._sheet = QWidget()
        self._sheet.setProperty("look", "page")
        column = QVBoxLayout(self._sheet)
        column.setContentsMargins(0, SPACE[0], 0, SPACE[0])
        column.setSpacing(SPACE[0])
        for part in (self.before, self.words, self.after, self.definition, self.memos):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(self._sheet)

    def show_around(self, around: Around) -> None:
        """Show what stands around a line."""
        told = f"{around.speaker}: {around.words}" if around.speaker else around.words
        memos = "\n".join(f"Memo: {memo}" for memo in around.memos)
        for label, words in (
            (self.definition, around.definition and f"The code: {around.definition}"),
            (self.before, around.before),
            (self.words, told),
            (self.after, around.after),
            (self.memos, memos),
        ):
            label.setText(words)
            label.setVisible(bool(words))
        self._fit()
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the words have the height they need at the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self._sheet.layout()
        if layout is not None:
            self._sheet.setMinimumHeight(max(layout.heightForWidth(self.viewport().width()), 0))


def _settled(difference: Difference, names: dict[str, str]) -> str:
    """Write what was agreed on; nothing for what is open."""
    agreed = difference.resolution
    if agreed is None:
        return ""
    by = names.get(agreed.by or "", "")
    return f"Agreed: {_VERDICTS[agreed.applies].lower()}. {agreed.reason}" + (f" ({by})" if by else "")
