"""The view of double coding: two begin, code blind, see how far they agree, and settle what they differ on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from app.actions import double_coding as actions
from app.analysis.agreement import agreement
from app.analysis.blind import is_blind
from app.analysis.todo import count
from ui.codes.agreement.begin import BeginForm
from ui.codes.agreement.blind import BlindState
from ui.codes.agreement.differences import DifferencesPane
from ui.codes.agreement.figures import FiguresPane
from ui.theme import SPACE
from ui.widgets import ChoiceField, EmptyState, IconButton, Rule, TextButton
from ui.widgets.actions import bind_key

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.actions.unit import Changes
    from app.analysis.agreement import Agreement, Difference
    from app.model.document import StudyDocument
    from app.model.evidence import DoubleCoding
    from ui.desk import Desk

SHOWS: Final = frozenset({"study", "assessors", "sources", "codes", "passages", "codings", "double_codings"})
_NARROW = 1000  # px below which the differences are shown under the figures, not beside them
_UNBOUND = 16_777_215  # px; Qt's word for no maximum
_FIGURES, _WIDEST = 648, 720  # px of the figures beside the differences: numbers stand near what they are of
_WHAT = (
    "Two assessors code the same notes without seeing each other\u2019s codes. How far they agree shows whether the "
    "codebook says clearly what belongs where, and what they differ on is settled line by line, with the reason kept."
)
_ALONE = "It takes two assessors: add the second one first."


class AgreementView(QWidget):
    """Shows one double coding of the study at a time, and changes it through the desk.

    Whoever shows it calls `refresh` when the study changed, or somebody else works.
    """

    go = Signal(str, str)  # page name, key of a thing to show there

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.choice = ChoiceField("Double coding", (), self)
        self.new_button = TextButton("New double coding", "quiet", "plus", "Ins", self)
        self.forget_button = IconButton("trash-2", "Forget this double coding", "Ctrl+Del", self)
        self.form = BeginForm(self)
        self.blind = BlindState(self)
        self.figures = FiguresPane(self)
        self.differences = DifferencesPane(self)
        self._results = QSplitter(Qt.Orientation.Horizontal, self)
        self._empty = EmptyState("users", "Nobody has coded anything twice", _WHAT, "Let two code", "Ins", self)
        self._alone = EmptyState("users", "Nobody has coded anything twice", f"{_WHAT} {_ALONE}", "Assessors", "", self)
        self._current = ""
        self._parted_by_hand = False
        self._asks = ""  # what the form asks for: "new", "sources", or nothing
        self._measured: tuple[StudyDocument, str, Agreement] | None = None
        self._lay_out()
        self._connect()
        self._add_actions()

    @property
    def double(self) -> DoubleCoding | None:
        """The double coding that is shown, as the study holds it."""
        return next((each for each in self.desk.seen.double_codings if each.key == self._current), None)

    def refresh(self, changes: Changes | None = None) -> None:
        """Show the study as it stands, as far as whoever is working may see it."""
        if changes is not None and not changes.tables & SHOWS:
            return
        doubles = self.desk.seen.double_codings
        if self.double is None:
            self._current = doubles[-1].key if doubles else ""
        self._show_head()
        self._show_middle()

    def show_double(self, key: str) -> None:
        """Show one of the study's double codings."""
        if key != self._current and any(each.key == key for each in self.desk.seen.double_codings):
            self._current = key
            self.refresh()

    def new_double(self) -> None:
        """Ask who codes what twice."""
        if self.desk.read_only or len(self.desk.document.assessors) < 2:
            return
        self._asks = "new"
        self.form.ask(self.desk.document, self.desk.study.who)
        self._show_middle()
        self.form.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the differences beside the figures, or under them."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        turned = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if turned != self._results.orientation():
            self._results.setOrientation(turned)
            self._parted_by_hand = False
        if not self._parted_by_hand:
            part, whole = (2, 5) if narrow else (_FIGURES, max(event.size().width(), _NARROW))
            self._results.setSizes([part, whole - part])
        self.figures.setMaximumWidth(_UNBOUND if narrow else _WIDEST)
        self.differences.set_wide(wide=narrow)

    def _parted(self, _place: int, _handle: int) -> None:
        self._parted_by_hand = True

    # Showing

    def _show_head(self) -> None:
        document, read_only = self.desk.seen, self.desk.read_only
        names = {assessor.key: assessor.name for assessor in document.assessors}
        self.choice.set_choices([(each.key, _words(each, names)) for each in document.double_codings])
        self.choice.set_value(self._current or None)
        self._head.setVisible(bool(document.double_codings))
        self._rule.setVisible(bool(document.double_codings))
        may = not read_only and len(document.assessors) > 1
        self.new_button.setVisible(may)
        self._new.setEnabled(may)
        self.forget_button.setVisible(not read_only)
        self._forget.setEnabled(not read_only and bool(self._current))
        self._empty.button.setVisible(may)
        self._alone.button.setVisible(not read_only)

    def _show_middle(self) -> None:
        document, double = self.desk.seen, self.double
        if self._asks:
            self.form.refresh(document)
            shown: QWidget = self.form
        elif double is None:
            shown = self._empty if len(document.assessors) > 1 or self.desk.read_only else self._alone
        elif is_blind(double):
            self.blind.show_double(document, double, self.desk.study.who, read_only=self.desk.read_only)
            shown = self.blind
        else:
            self._show_results(document, double)
            shown = self._results
        self._stack.setCurrentWidget(shown)
        proxies: dict[QWidget, QWidget] = {
            self.form: self.form.filter,
            self.blind: self.blind.sources,
            self._results: self.differences.list,
            self._empty: self._empty.button,
            self._alone: self._alone.button,
        }
        self.setFocusProxy(proxies[shown])

    def _show_results(self, document: StudyDocument, double: DoubleCoding) -> None:
        names = {assessor.key: assessor.name for assessor in document.assessors}
        found = self._measure(document, double)
        self.figures.show_agreement(found, names[double.first], names[double.second])
        self.differences.show_agreement(document, double, found, read_only=self.desk.read_only)

    def _measure(self, document: StudyDocument, double: DoubleCoding) -> Agreement:
        """Measure agreement, once for each state of the study."""
        if self._measured is None or self._measured[0] is not document or self._measured[1] != double.key:
            self._measured = (document, double.key, agreement(document, double))
        return self._measured[2]

    # Doing

    def _begin(self, first: str, second: str, sources: tuple[str, ...]) -> None:
        if self._asks == "sources":
            changes = self.desk.do(actions.change_sources, self._current, sources)
        else:
            changes = self.desk.do(actions.begin, first, second, sources)
        if changes is None:
            return
        if self._asks == "new":
            self._current = changes.key_of("double_codings")
        self._leave_form()

    def _leave_form(self) -> None:
        self._asks = ""
        self.refresh()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_sources(self) -> None:
        double = self.double
        if double is None or self.desk.read_only:
            return
        self._asks = "sources"
        self.form.ask_sources(self.desk.document, double.first, double.second, double.sources)
        self._show_middle()
        self.form.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _do(self, action: Any, *arguments: object, **named: object) -> bool:
        """Do something to the double coding shown; False where it was refused."""
        return self.desk.do(action, self._current, *arguments, **named) is not None

    def _say_done(self) -> None:
        if self._do(actions.say_done, self.desk.study.who):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        if self._do(actions.take_back_done, self.desk.study.who):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self, difference: Difference, applies: bool, reason: str) -> None:  # noqa: FBT001 - a signal's
        if self._do(actions.resolve, difference.entry, difference.code, applies=applies, reason=reason):
            self.differences.settled(difference.key)
            self.differences.go_to_next_open(difference.key)

    def _reopen(self, difference: Difference) -> None:
        if self._do(actions.unresolve, difference.entry, difference.code):
            self.differences.settled(difference.key)

    def _forget_double(self) -> None:
        if self._current:
            self.desk.do_and_tell(actions.remove_double_coding, self._current)

    # Building

    def _connect(self) -> None:
        self._results.splitterMoved.connect(self._parted)
        self.choice.committed.connect(lambda key: self.show_double(str(key)))
        self.new_button.clicked.connect(self.new_double)
        self.forget_button.clicked.connect(self._forget_double)
        self._empty.asked.connect(self.new_double)
        self._alone.asked.connect(lambda: self.go.emit("overview", "assessors"))
        self.form.given.connect(self._begin)
        self.form.cancelled.connect(self._leave_form)
        self.blind.done_asked.connect(self._say_done)
        self.blind.go_on_asked.connect(self._go_on)
        self.blind.sources_asked.connect(self._ask_sources)
        self.blind.source_chosen.connect(partial(self.go.emit, "interviews"))
        self.figures.table.code_chosen.connect(self.differences.show_code)
        self.differences.decided.connect(self._decide)
        self.differences.reopened.connect(self._reopen)
        self.differences.line_asked.connect(partial(self.go.emit, "interviews"))

    def _add_actions(self) -> None:
        self._new = bind_key(self, "Let two code the same sources blind", "Ins", self.new_double, within=True)
        self._forget = bind_key(self, "Forget this double coding", "Ctrl+Del", self._forget_double, within=True)

    def _lay_out(self) -> None:
        self._head = QFrame(self)
        self._head.setProperty("look", "surface")
        head = QHBoxLayout(self._head)
        head.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], SPACE[1])
        head.setSpacing(SPACE[1])
        self.choice.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(24)
        head.addWidget(self.choice, 1)
        head.addWidget(self.new_button)
        head.addWidget(self.forget_button)
        self._results.addWidget(self.figures)
        self._results.addWidget(self.differences)
        self._results.setChildrenCollapsible(False)
        self._results.setHandleWidth(1)
        self._results.setStretchFactor(0, 2)
        self._results.setStretchFactor(1, 3)
        middle = QFrame(self)
        middle.setProperty("look", "surface")
        self._stack = QStackedLayout(middle)
        for part in (self._empty, self._alone, self.form, self.blind, self._results):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        self._rule = Rule(self)
        column.addWidget(self._rule)
        column.addWidget(middle, 1)


def _words(double: DoubleCoding, names: dict[str, str]) -> str:
    """Name a double coding in the list of them."""
    state = "being coded" if is_blind(double) else "coded"
    sources = count(len(double.sources), "source", "sources")
    return f"{names[double.first]} and {names[double.second]} \u00b7 {sources} \u00b7 {state}"
