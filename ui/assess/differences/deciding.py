"""One difference: what everybody says and on what evidence, and what the team agrees on there, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.collection import day_text, local_time
from app.analysis.consensus import may_dissent
from app.model.assessment import Dissent
from ui.assess.differences.cards import CHANGED, answer_cards
from ui.assess.tick import TickButton
from ui.follow_ups.forms import WordsField
from ui.notebook.cards import CardView
from ui.theme import MEASURE, SMALL, SPACE
from ui.widgets import ElidedLabel, IconButton, TextButton, TextLabel
from ui.widgets.focus import on_escape
from ui.widgets.tab_order import tab_before

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.analysis.chain import Chain
    from app.analysis.consensus import Differing
    from app.model.assessment import Answer
    from app.scoring.offered import Answers
    from app.scoring.scale import Step, Verdict

_LEAST = 96  # px of what everybody says
_HINT = "Press the key of the answer that counts."


class DecidePane(QWidget):
    """Shows a difference, and asks in place for the reason and for who dissents; it only asks."""

    decided = Signal(object, str, object)  # Verdict, the reason, and a tuple of Dissents
    reopened = Signal()
    left = Signal()  # back to the list
    passage_asked = Signal(str)
    criterion_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_escape(self, self._leave)
        self._drafts: dict[str, tuple[str, dict[str, str]]] = {}  # by difference: the reason, and reasons of dissent
        self._shown: Differing | None = None
        self._scale: Answers | None = None
        self._names: Mapping[str, str] = {}
        self._verdict: Verdict | None = None
        self._read_only = False
        self._name = ElidedLabel("", weight="semibold", parent=self)
        self._statement = TextLabel("", SMALL, ink="muted", wrap=True, parent=self)
        self.jump = IconButton("arrow-right", "Show the criterion", "J", self)
        self.answers = CardView("What each assessor says", self)
        self.settled = TextLabel("", wrap=True, parent=self)
        self.changed = TextLabel("", SMALL, ink="warning", wrap=True, parent=self)
        self.verdict = TextLabel("", weight="medium", wrap=True, parent=self)
        self.reason = WordsField("Reason", "Because\u2026", lines=1, parent=self)
        self.dissents: list[DissentRow] = []
        self._rows = QVBoxLayout()
        self.choices: list[TextButton] = []
        self._choices = QHBoxLayout()
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
        self, shown: Differing, scale: Answers, names: Mapping[str, str], chain: Chain, *, read_only: bool
    ) -> None:
        """Show a difference; a reason being typed for it stays, as long as it is about the same answers."""
        before = self._shown
        stays = self.asks and before is not None and (before.key, before.answers) == (shown.key, shown.answers)
        self._shown, self._scale, self._names, self._read_only = shown, scale, names, read_only
        self._name.setText(shown.criterion.name.capitalize())
        self._statement.setText(shown.criterion.statement)
        self.answers.show_cards(answer_cards(shown, scale, names, chain))
        self._offer(scale)
        self.settled.setText(_settled(shown, scale, names))
        if not stays:
            self._ask_nothing()

    def show_changes(self, zone: str, then: Mapping[str, Verdict | None]) -> None:
        """Say which answers have changed since it was agreed on; `then` is what they were, by assessor."""
        shown, scale = self._shown, self._scale
        if shown is None or scale is None or shown.consensus is None or shown.consensus.agreed_at is None:
            self.changed.hide()
            return
        told = [_change(each, scale, self._names[each.assessor], then.get(each.assessor)) for each in shown.changed]
        day = day_text(local_time(shown.consensus.agreed_at, zone))
        self.changed.setText(f"{CHANGED} ({day}). {' '.join(told)}")
        self.changed.setVisible(bool(told))

    def ask(self, verdict: Verdict) -> None:
        """Ask why an answer is to count, and who stands by another."""
        shown, scale = self._shown, self._scale
        if shown is None or scale is None or self._read_only or not scale.offers(verdict):
            return
        self.keep_draft()
        self._verdict = verdict
        agreed = shown.consensus
        stood = {each.assessor: each.reason for each in agreed.dissents} if agreed else {}
        reason, dissents = self._drafts.get(shown.key, (agreed.reason if agreed else "", stood))
        self.verdict.setText(f"{scale.label(verdict)} counts, because")
        self.reason.setPlainText(reason)
        self._show_dissents(may_dissent(shown, verdict, scale), scale, dissents)
        self._show_parts(asking=True)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reason.selectAll()
        self._typed()

    def done(self, key: str) -> None:
        """Forget what was typed for a difference: it is kept with what was agreed."""
        self._verdict = None
        self._drafts.pop(key, None)
        self._ask_nothing()

    def keep_draft(self) -> None:
        """Keep what is typed for the difference shown, for the next time it is."""
        if self._shown is not None and self.asks and self._verdict is not None:
            dissents = {row.assessor: row.words for row in self.dissents if row.tick.isChecked()}
            self._drafts[self._shown.key] = (str(self.reason.value()), dissents)

    # Asking

    def _leave(self) -> None:
        self.keep_draft()
        self._ask_nothing()
        self.left.emit()

    def _ask_nothing(self) -> None:
        self._verdict = None
        self._clear_dissents()
        self._show_parts(asking=False)

    def _show_parts(self, *, asking: bool) -> None:
        agreed = self._shown is not None and not self._shown.is_open
        for part in (self.verdict, self.reason, self.agree_button, self.cancel_button):
            part.setVisible(asking)
        self.settled.setVisible(agreed and not asking)
        self._hint.setVisible(not agreed and not asking and not self._read_only)
        for button in self.choices:
            button.setVisible(not asking and not self._read_only)
        self.reopen_button.setVisible(agreed and not asking and not self._read_only)

    def _offer(self, scale: Answers) -> None:
        """Offer the answers as buttons, with the keys that do the same."""
        wanted = [_choice(step) for step in scale.steps]
        if wanted == [button.text() for button in self.choices]:
            return
        for button in self.choices:
            button.deleteLater()
        self.choices = []
        for step in scale.steps:
            button = TextButton(_choice(step), parent=self)
            button.setToolTip(f"{step.label} ({step.key.upper()})")
            button.setAccessibleName(f"Agree on: {step.label}")
            button.setStyleSheet("padding: 0 6px;")
            button.clicked.connect(lambda _checked=False, verdict=step.verdict: self.ask(verdict))
            self._choices.insertWidget(len(self.choices), button)
            self.choices.append(button)

    def _show_dissents(self, given: tuple[Answer, ...], scale: Answers, reasons: Mapping[str, str]) -> None:
        """Offer each of these answers to be stood by; `reasons` are those given for it already, by assessor."""
        self._clear_dissents()
        for answer in given:
            words = f"{self._names[answer.assessor]} stands by {scale.label(answer.verdict).lower()}"
            row = DissentRow(answer.assessor, words, reasons.get(answer.assessor), self)
            row.changed.connect(self._typed)
            row.entered.connect(self._hand_over)
            self._rows.addWidget(row)
            row.show()  # at once, so that Tab finds it
            self.dissents.append(row)
        tab_before([part for row in self.dissents for part in (row.tick, row.reason)], self.agree_button)

    def _clear_dissents(self) -> None:
        for row in self.dissents:
            row.hide()
            row.deleteLater()
        self.dissents = []

    def _typed(self) -> None:
        self.agree_button.setEnabled(self._lacking is None)

    @property
    def _lacking(self) -> QWidget | None:
        """The first field that is still to be filled."""
        fields = [self.reason, *(row.reason for row in self.dissents if row.tick.isChecked())]
        return next((field for field in fields if not field.value()), None)

    def _hand_over(self) -> None:
        if not self.asks or self._verdict is None:
            return
        lacking = self._lacking
        if lacking is not None:
            lacking.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        dissents = tuple(
            Dissent(assessor=row.assessor, reason=row.words) for row in self.dissents if row.tick.isChecked()
        )
        self.decided.emit(self._verdict, str(self.reason.value()), dissents)

    # Building

    def _connect(self) -> None:
        self.reason.textChanged.connect(self._typed)
        self.reason.entered.connect(self._hand_over)
        self.agree_button.clicked.connect(self._hand_over)
        self.cancel_button.clicked.connect(self._leave)
        self.reopen_button.clicked.connect(self.reopened)
        self.jump.clicked.connect(self.criterion_asked)
        self.answers.used.connect(self._used)

    def _used(self, key: str, _spot: str) -> None:
        assessor, _, passage = key.partition("/")
        if assessor:  # else it is the answer itself
            self.passage_asked.emit(passage)

    def _lay_out(self) -> None:
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._name, 1)
        top.addWidget(self.jump)
        self._hint = TextLabel(_HINT, SMALL, ink="faint", parent=self)
        self._choices.setSpacing(SPACE[0])
        self._choices.addStretch(1)
        foot.setSpacing(SPACE[1])
        for button in (self.reopen_button, self.agree_button, self.cancel_button):
            foot.addWidget(button)
        foot.addStretch(1)
        self._rows.setSpacing(SPACE[0])
        self.answers.setMinimumHeight(_LEAST)
        self.reason.setMaximumWidth(MEASURE)
        above, below = QVBoxLayout(), QVBoxLayout()
        above.addLayout(top)
        above.addLayout(_alone(self._statement))
        for label in (self.settled, self.changed, self._hint):
            below.addLayout(_alone(label))
        below.addLayout(self._choices)
        below.addLayout(_alone(self.verdict))
        below.addWidget(self.reason)
        below.addLayout(self._rows)
        below.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE[1], 0, SPACE[2])
        column.setSpacing(SPACE[0])
        for group, over in ((above, 0), (below, SPACE[1])):
            group.setContentsMargins(SPACE[3], over, SPACE[3], 0)
            group.setSpacing(SPACE[0])
        column.addLayout(above)
        column.addWidget(self.answers, 1)
        column.addLayout(below)
        self.changed.hide()
        self._ask_nothing()


class DissentRow(QWidget):
    """Whether an assessor stands by their own answer, and why."""

    changed = Signal()
    entered = Signal()

    def __init__(self, assessor: str, words: str, reason: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.assessor = assessor
        self.tick = TickButton(words, self)
        self.reason = WordsField(f"Why: {words}", "Why\u2026", lines=1, parent=self)
        self.reason.setMaximumWidth(MEASURE)
        self.reason.setPlainText(reason or "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[0])
        column.addWidget(self.tick)
        column.addWidget(self.reason)
        self.tick.setChecked(reason is not None)
        self.reason.setVisible(reason is not None)
        self.tick.toggled.connect(self._turn)
        self.reason.textChanged.connect(self.changed)
        self.reason.entered.connect(self.entered)

    @property
    def words(self) -> str:
        """The reason typed."""
        return str(self.reason.value())

    def _turn(self, on: bool) -> None:  # noqa: FBT001 - a signal's
        self.reason.setVisible(on)
        if on:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


def _alone(label: QWidget) -> QHBoxLayout:
    """Put words that are broken into lines in a row: a column would give them the height they need at its own width."""
    row = QHBoxLayout()
    row.addWidget(label, 1)
    row.addStretch(0)
    return row


def _settled(shown: Differing, scale: Answers, names: Mapping[str, str]) -> str:
    """Write what was agreed on, and who dissents; nothing for what is open."""
    agreed = shown.consensus
    if agreed is None:
        return ""
    changed = {each.assessor for each in shown.changed}  # they no longer stand by what they dissented for
    given = {each.assessor: each.verdict for each in shown.answers if each.assessor not in changed}
    lines = [f"Agreed {scale.label(agreed.verdict).lower()}: {agreed.reason}"]
    for each in agreed.dissents:
        own = given.get(each.assessor)
        stands = f"stands by {scale.label(own).lower()}" if own else "dissents"
        lines.append(f"{names[each.assessor]} {stands}: {each.reason}")
    return "\n".join(lines)


def _choice(step: Step) -> str:
    """Write the button of an answer, with its key: "1 Fully"."""
    return f"{step.key.upper()} {step.short}"


def _change(answer: Answer, scale: Answers, name: str, then: Verdict | None) -> str:
    """Say what an answer was and is: "Ada then: partially achieved, now: fully achieved."."""
    before = f" then: {scale.label(then).lower()}," if then is not None else ""
    return f"{name}{before} now: {scale.label(answer.verdict).lower()}."
