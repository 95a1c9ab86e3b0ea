"""Two note-takers' notes of one interview side by side, agreed row by row; both stay as they were typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from app.actions.notes import SAY_WHY
from app.actions.reconcile import How
from app.actions.reconcile_rows import decide_rows
from app.analysis.reconciling import begun
from app.model.source import SourceStatus
from ui.notebook.seal import SealBar
from ui.reconcile.head import ColumnHeads, ReconcileHead
from ui.reconcile.line_list import LinesList
from ui.reconcile.rows import author_name, line_rows
from ui.widgets import EmptyState, Rule
from ui.widgets.actions import bind_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from app.actions.unit import Changes
    from app.model.document import StudyDocument
    from app.model.source import Source
    from ui.desk import Desk
    from ui.reconcile.rows import LineRow


class ReconcileView(QWidget):
    """Shows the lines of two note-takers row by row, and decides them through the desk.

    Nothing changes by looking: reconciling begins with the first decision. Finished notes are decided for a reason,
    which is asked for once and holds until another interview is shown. Whoever shows it calls `refresh` when the study
    changed, and `leave` before anything else is shown.
    """

    closed = Signal()  # back to the notes
    line_chosen = Signal(str)  # key of an entry that is to be shown in the notes

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.list = LinesList(self)
        self.head = ReconcileHead(self)
        self.seal = SealBar(self)
        self.columns = ColumnHeads(self.list.viewport(), self)
        self._source = ""
        self._between = ("", "")
        self._reason = ""
        self._shown: StudyDocument | None = None
        self._lay_out()
        self._connect()
        self._add_actions()

    # Showing

    @property
    def source(self) -> Source | None:
        """The interview whose notes are shown, as the study holds it."""
        return next((each for each in self.desk.document.sources if each.key == self._source), None)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be decided here."""
        return self.desk.read_only or self.source is None

    @property
    def sealed(self) -> bool:
        """Whether the notes are finished, and nobody has said why they are changed."""
        source = self.source
        return source is not None and source.status is SourceStatus.FINISHED and not self._reason

    def show_notes(self, source_key: str, left_author: str, right_author: str) -> None:
        """Show the notes of two people; the same ones stay where they were left, others begin at what is not decided.

        `left_author` is whose notes the agreed ones began as, `right_author` whose were typed beside them.
        """
        wanted = (source_key, (left_author, right_author))
        if wanted == (self._source, self._between):
            self.refresh()
            return
        self.leave()
        if source_key != self._source:
            self._reason = ""
        self._source, self._between = wanted
        self.refresh()
        self.list.scrollToTop()
        rows = self.list.lines.rows
        self.list.set_current(max(self.list.lines.open_after(len(rows) - 1), 0) if rows else -1)

    def refresh(self, changes: Changes | None = None) -> None:  # noqa: ARG002 - one look at the study serves all
        """Show the study as it stands; a row whose decision was taken back becomes the current one."""
        self._shown = self.desk.document
        source = self.source
        rows = line_rows(self._shown, source, self._between) if source is not None else []
        decided = {row.key for row in self.list.lines.rows if row.how is not None}
        self._show_seal()
        self.list.show_rows(rows, read_only=self.read_only, sealed=self.sealed)
        both = any(row.left for row in rows) and any(row.right for row in rows)
        self._stack.setCurrentWidget(self._work if both else self._alone)
        self.setFocusProxy(self.list if both else self._alone.button)
        self.columns.show_names(*self._names())
        open_rows = [row for row in rows if row.how is None]
        alike = sum(row.alike for row in open_rows)
        self.head.show_progress(len(rows) - len(open_rows), len(rows), alike, read_only=self.read_only)
        self._alike.setEnabled(alike > 0 and not self.read_only)
        self._tell_state()
        reopened = next((place for place, row in enumerate(rows) if row.how is None and row.key in decided), -1)
        if reopened >= 0:
            self.list.set_current(reopened)

    def leave(self) -> None:
        """Keep the words being written."""
        self.list.close_editor()

    def _show_seal(self) -> None:
        """Ask why finished notes are changed; a reason given holds no longer than they are finished."""
        source = self.source
        finished = source is not None and source.status is SourceStatus.FINISHED
        if not finished:
            self._reason = ""
        self.seal.show_source(self.desk.document, source, open_=not finished, may_break=not self.desk.read_only)
        if self.seal.reason.hasFocus() and not self.sealed:
            self._to_rows()
        self.seal.setVisible(self.sealed)

    def _break_seal(self, reason: str) -> None:
        self._reason = reason
        self._to_rows()
        self.refresh()

    def _to_rows(self) -> None:
        (self.list.editor or self.list).setFocus()

    def _ask_why(self) -> None:
        """Refuse to decide before it is said why finished notes are changed."""
        self.head.tell(SAY_WHY, "warning")
        self.seal.ask()

    def _names(self) -> tuple[str, str]:
        left, right = (author_name(self.desk.document, author) for author in self._between)
        return left, right

    def _tell_state(self) -> None:
        """Say why nothing can be decided, or how it is done."""
        source, (left, right) = self.source, self._names()
        if self.desk.read_only:
            self.head.tell("This study is open for reading only: nothing can be decided.")
        elif self.sealed:
            self.head.tell(f"Say first why finished notes are changed. What {left} and {right} typed is kept.")
        elif source is not None and not begun(source):
            self.head.tell(f"Nothing changes until you decide a row. What {left} and {right} typed is kept.")
        elif all(row.how is not None for row in self.list.lines.rows):
            self.head.tell(f"What {left} and {right} typed is kept beside the agreed notes.")
        else:
            self.head.tell(f"← takes {left}'s, → {right}'s, B both, E edits, X leaves out. What both typed is kept.")

    def _tell_lacking(self, how: How) -> None:
        left, right = self._names()
        if how is How.EDIT:
            words = "Write what was agreed, or Esc and leave the line out."
        elif how is How.BOTH:
            words = "There is one line only in this row."
        else:
            words = f"{left if how is How.LEFT else right} has no line in this row."
        self.head.tell(words, "warning")

    # Deciding

    def take_alike(self) -> None:
        """Take the left of every row not decided whose sides say the same, in one step."""
        self.leave()
        rows = [row for row in self.list.lines.rows if row.how is None and row.alike]
        if not rows or self.read_only:
            return
        if self.sealed:
            self._ask_why()
            return
        self._do(rows, How.LEFT, None, go_on=False)
        current = self.list.row
        if current is not None and current.how is not None:
            self.list.next_open()

    def _decide(self, key: str, how: How, text: str | None, go_on: bool) -> None:  # noqa: FBT001 - a signal's
        place = self.list.lines.place(key)
        if place < 0:
            return
        done = not self.sealed and self._do([self.list.lines.rows[place]], how, text, go_on=go_on)
        if not done and text is not None:
            self.list.keep_editing(key, text)
        if self.sealed:
            self._ask_why()

    def _do(self, rows: list[LineRow], how: How, text: str | None, *, go_on: bool) -> bool:
        """Decide rows, and go on to the next not decided; False where it was refused."""
        keys = [row.keys for row in rows]
        changes = self.desk.do(decide_rows, self._source, self._between, keys, how, text, reason=self._reason)
        if changes is None:
            return False
        if self._shown is not self.desk.document:
            self.refresh()
        if go_on:
            self.list.next_open()
        return True

    def _close(self) -> None:
        self.leave()
        self.closed.emit()

    # Building

    def _lay_out(self) -> None:
        self._work = QFrame(self)
        self._work.setProperty("look", "surface")
        column = QVBoxLayout(self._work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.head, self.seal, Rule(self._work), self.columns):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        self._alone = EmptyState(
            "users",
            "One person's notes so far",
            "Here the notes of two people who sat in the same interview stand side by side, to be agreed line by line. "
            "To write the second one's: choose yourself at the top right, then “My own notes”.",
            "Back to the notes",
            "Esc",
            self,
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._alone)
        self._stack.addWidget(self._work)

    def _connect(self) -> None:
        self.list.decided.connect(self._decide)
        self.list.lacking.connect(self._tell_lacking)
        self.list.came.connect(self._tell_state)
        self.list.refused.connect(self._ask_why)
        self.list.line_asked.connect(self.line_chosen)
        self.seal.broken.connect(self._break_seal)
        self.seal.left.connect(self._to_rows)
        self.head.alike_asked.connect(self.take_alike)
        self.head.back_asked.connect(self._close)
        self._alone.asked.connect(self._close)
        self.list.viewport().installEventFilter(self)

    def _add_actions(self) -> None:
        self._alike = self._action("Take all that are alike", "A", self.take_alike, self.list)
        self._action("Back to the notes", "Esc", self._close)

    def _action(self, text: str, key: str, then: Callable[[], object], on: QWidget | None = None) -> QAction:
        return bind_key(on or self, text, key, then, within=on is None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the names over their columns when the scroll bar comes or goes."""
        if event.type() == QEvent.Type.Resize and watched is self.list.viewport():
            self.columns.update()
        return super().eventFilter(watched, event)
