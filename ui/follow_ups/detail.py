"""One follow-up in full: its words, whom it is for, where it comes from, its answer, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.analysis.follow_ups import Teller
from app.model.clusters import cut_at_word
from app.model.source import FollowUpState
from ui.follow_ups.forms import AnswerForm, DropForm, Quoted, case_choices, person_choices
from ui.theme import BODY, MEASURE, SPACE, theme
from ui.widgets import ChoiceField, FieldRow, Rule, TextButton, TextField, TextLabel

if TYPE_CHECKING:
    from app.analysis.follow_ups import Told
    from app.model.document import StudyDocument
    from app.model.source import FollowUp

_ROOM = 600  # of a line quoted, in code points
MAY_ANSWER = frozenset(FollowUpState) - {FollowUpState.DROPPED}
MAY_TAKE_BACK = frozenset({FollowUpState.ANSWERED})
MAY_REOPEN = frozenset({FollowUpState.ASKED, FollowUpState.DROPPED})
MAY_DROP = frozenset({FollowUpState.OPEN, FollowUpState.ASKED})


class FollowUpDetail(QScrollArea):
    """Shows a follow-up and asks for what is to be done about it; whoever shows it does it."""

    entry_chosen = Signal(str)  # key of a line of notes
    changed = Signal(object)  # the follow-up as it is to be
    answered = Signal(str, str, str)  # key of the source, of the line or "", words
    not_answered = Signal()
    dropped = Signal(str)  # the reason
    reopened = Signal()
    left = Signal()  # a form was let go of

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._follow_up: FollowUp | None = None
        self._told: Told | None = None
        self._document: StudyDocument | None = None
        self._drafts: dict[tuple[str, str], str] = {}
        self._read_only = False
        self.setAccessibleName("The follow-up chosen")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._make_parts()
        self._lay_out()
        self._connect()

    @property
    def follow_up(self) -> FollowUp | None:
        """The follow-up shown."""
        return self._follow_up

    @property
    def asking(self) -> bool:
        """Whether something is asked in place just now."""
        return not (self.answer_form.isHidden() and self.drop_form.isHidden())

    def show_follow_up(self, document: StudyDocument, follow_up: FollowUp, *, read_only: bool) -> None:
        """Show one; what is being typed about the same one stays."""
        same = self._follow_up is not None and self._follow_up.key == follow_up.key
        if not same:
            self.commit()
            self._close_forms()
        teller = Teller(document)
        told = teller.tell(follow_up)
        self._document, self._follow_up, self._told, self._read_only = document, follow_up, told, read_only
        self._show_fields(document, follow_up)
        self._show_lines(teller, told)
        self._show_actions()
        if same and not self.answer_form.isHidden():
            self.answer_form.refresh(document, follow_up)

    def commit(self) -> None:
        """Hand over what was typed and not yet committed."""
        self.question.commit()

    # What can be done

    def edit(self) -> None:
        """Go to the words of the question."""
        if not self._read_only:
            self.question.setFocus(Qt.FocusReason.OtherFocusReason)
            self.question.selectAll()

    def go_to_line(self) -> None:
        """Go to the uncertain line, if it comes from one."""
        if self._told is not None and self._told.entry:
            self.entry_chosen.emit(self._told.entry)

    def go_to_answer(self) -> None:
        """Go to the line that answers it, if one does."""
        if self._told is not None and self._told.answer_entry:
            self.entry_chosen.emit(self._told.answer_entry)

    def ask_answer(self) -> None:
        """Ask how it was answered."""
        if self._follow_up is None or self._document is None or self.answer_button.isHidden():
            return
        self._close_forms()
        self.answer_form.begin(self._document, self._follow_up, self._draft("answer"))
        self._open(
            self.answer_form, self.answer_form.lines if self.answer_form.offers_lines else self.answer_form.words
        )

    def ask_reason(self) -> None:
        """Ask why it is dropped."""
        if not self.drop_button.isHidden():
            self._close_forms()
            self.drop_form.begin(self._draft("drop"))
            self._open(self.drop_form, self.drop_form.words)

    def take_back(self) -> None:
        """Ask that it is not answered after all."""
        if not self.back_button.isHidden():
            self.not_answered.emit()

    def reopen(self) -> None:
        """Ask that it is open again."""
        if not self.reopen_button.isHidden():
            self.reopened.emit()

    # Showing

    def _show_fields(self, document: StudyDocument, each: FollowUp) -> None:
        self.person.set_choices(person_choices(document))
        self.case.set_choices(case_choices(document))
        self.question.set_value(each.question)
        self.person.set_value(each.participant)
        self.case.set_value(each.case)
        for field in (self.question, self.person, self.case):
            field.set_read_only(self._read_only)

    def _show_lines(self, teller: Teller, told: Told) -> None:
        self.status.setText(told.status)
        line = cut_at_word(teller.text(told.entry), _ROOM)
        self.origin.show_line(teller.cited(told.entry), line, "Go to the uncertain line")
        self.criterion.setText(f"Criterion: {told.criterion}")
        self.criterion.setVisible(bool(told.criterion))
        answer = cut_at_word(teller.text(told.answer_entry), _ROOM)
        self.answer.show_line(teller.cited(told.answer_entry), answer, "Go to the answer")
        each = self._follow_up
        words = each.resolution if each is not None else ""
        dropped = told.state is FollowUpState.DROPPED
        self.resolution.setText(f"Why: {words}" if words and dropped else words)
        self.resolution.setVisible(bool(words))

    def _show_actions(self) -> None:
        state = self._told.state if self._told is not None else None
        may = not self._read_only
        answered = state is FollowUpState.ANSWERED
        self.answer_button.setText("Change the answer\u2026" if answered else "Answered\u2026")
        self.answer_button.set_look("plain" if answered else "primary")
        self.answer_button.setVisible(may and state in MAY_ANSWER)
        self.drop_button.setVisible(may and state in MAY_DROP)
        self.back_button.setVisible(may and state in MAY_TAKE_BACK)
        self.reopen_button.setVisible(may and state in MAY_REOPEN)

    # Forms

    def _open(self, form: AnswerForm | DropForm, first: QWidget) -> None:
        form.show()
        self._actions.hide()
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        QApplication.sendPostedEvents(self._inside, QEvent.Type.LayoutRequest)
        self.ensureWidgetVisible(form)

    def _close_forms(self) -> None:
        """Close what is asked; words typed are there again when the same is asked once more."""
        for name, form in (("answer", self.answer_form), ("drop", self.drop_form)):
            if not form.isHidden() and self._follow_up is not None:
                self._drafts[self._follow_up.key, name] = str(form.words.value())
            form.hide()
        self._actions.show()

    def _draft(self, name: str) -> str:
        return self._drafts.get((self._follow_up.key, name), "") if self._follow_up is not None else ""

    def _cancel(self) -> None:
        self._close_forms()
        if self._follow_up is not None:
            self.done(self._follow_up.key)
        self.left.emit()

    def done(self, key: str) -> None:
        """Close what was asked about a follow-up: it was done, and its words are not asked again."""
        self._close_forms()
        for name in ("answer", "drop"):
            self._drafts.pop((key, name), None)

    # Building

    def _make_parts(self) -> None:
        self.question = TextField("Question", "What is still to be asked?", lines=1)
        self.question.setFont(theme().font(BODY, "semibold"))
        self.person = ChoiceField("Whom to ask")
        self.case = ChoiceField("Case it is about")
        for field in (self.person, self.case):
            field.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setMinimumContentsLength(8)
        self.origin = Quoted("From", "Return")
        self.criterion = TextLabel("", ink="muted", wrap=True)
        self.status = TextLabel("", weight="medium", wrap=True)
        self.answer = Quoted("Answered in", "Shift+Return")
        self.resolution = TextLabel("", wrap=True)
        self.resolution.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.answer_button = TextButton("Answered\u2026", "primary", key="A")
        self.back_button = TextButton("Not answered after all", key="N")
        self.reopen_button = TextButton("Open again", key="O")
        self.drop_button = TextButton("Drop\u2026", key="Del")
        self.answer_form, self.drop_form = AnswerForm(), DropForm()

    def _lay_out(self) -> None:
        inside = self._inside = QWidget()
        inside.setProperty("look", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(SPACE[1], SPACE[1], SPACE[3], SPACE[3])
        column.setSpacing(SPACE[1])
        self._actions = QWidget(inside)
        row = QHBoxLayout(self._actions)
        row.setContentsMargins(0, SPACE[1], 0, 0)
        row.setSpacing(SPACE[1])
        for button in (self.answer_button, self.back_button, self.reopen_button, self.drop_button):
            row.addWidget(button)
        row.addStretch(1)
        fields = (FieldRow("Person", self.person, label_width=60), FieldRow("Case", self.case, label_width=60))
        lines = (self.origin, self.criterion, Rule(), self.status, self.answer, self.resolution)
        under = QVBoxLayout()
        under.setContentsMargins(SPACE[1], 0, 0, 0)  # in line with the words in the field above
        under.setSpacing(SPACE[1])
        for part in (*fields, Rule(), *lines, self._actions, self.answer_form, self.drop_form):
            under.addWidget(part)
        column.addWidget(self.question)
        column.addLayout(under)
        column.addStretch(1)
        inside.setMaximumWidth(MEASURE)
        self.answer_form.hide()
        self.drop_form.hide()
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _connect(self) -> None:
        self.question.committed.connect(self._rename)
        self.person.committed.connect(lambda value: self._change(participant=value))
        self.case.committed.connect(lambda value: self._change(case=value))
        self.origin.chosen.connect(self.go_to_line)
        self.answer.chosen.connect(self.go_to_answer)
        self.answer_button.clicked.connect(self.ask_answer)
        self.back_button.clicked.connect(self.take_back)
        self.reopen_button.clicked.connect(self.reopen)
        self.drop_button.clicked.connect(self.ask_reason)
        self.answer_form.given.connect(self.answered)
        self.drop_form.given.connect(self.dropped)
        for form in (self.answer_form, self.drop_form):
            form.cancelled.connect(self._cancel)

    def _rename(self, words: object) -> None:
        """Ask for other words; an empty question goes back to what it was."""
        question = " ".join(str(words).split())
        if question:
            self._change(question=question)
        elif self._follow_up is not None:
            self.question.set_value(self._follow_up.question)

    def _change(self, **fields: object) -> None:
        if self._follow_up is not None:
            self.changed.emit(replace(self._follow_up, **fields))
