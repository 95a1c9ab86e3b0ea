"""The page Review: what insiders say of the results, what the team makes of that, and sheets to be read back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.actions import reviews as actions
from app.actions.elsewhere import Deed
from app.analysis.assessment import rubric_of
from app.analysis.reviews import can_be_reviewed, reviews
from app.model.assessment import ReviewVerdict
from ui.page import Page
from ui.review.answer_pane import KEYS, NONE
from ui.review.empty import empty_states
from ui.review.filled import FilledView
from ui.review.items import key_of
from ui.review.new_form import NewReview
from ui.review.packs import Packs
from ui.review.printing import ReviewPrinting
from ui.review.read_back import ReadBack
from ui.review.review_list import ReviewList, about_text, pack_of
from ui.review.side import ReviewSide
from ui.review.work import ReviewWork
from ui.widgets import Bar, EmptyState, Rule
from ui.widgets.actions import bind_key
from ui.widgets.stacks import turn_to

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QAction, QFocusEvent, QShowEvent

    from app.actions.unit import Changes
    from app.analysis.reviews import Result, Reviewed, Reviews
    from ui.desk import Desk
    from ui.printing.job import Sheaf

_PAUSE: Final = 40  # ms without a move before the panel follows, so that held arrow keys stay quick
_VERDICTS: Final = {
    NONE: "Take the answer back",
    **{each.value: f"The insider: {each.value}" for each in ReviewVerdict},
}


class ReviewPage(Page):
    """Shows the reviews of the study, and hands on what insiders say and what is made of it."""

    name = "review"
    title = "Review"
    icon = "user-check"
    shows = frozenset(
        {"study", "rubrics", "rounds", "cases", "participants", "sources", "passages", "sheets", "reviews"}
        | {"answers", "ballots", "consensus", "overrides", "findings", "challenges", "influences", "factors"}
        | {"assessors", "codes", "codings", "follow_ups"}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        # Tab goes along in this order, and the first that is shown gets the keyboard with the page.
        self.bar = Bar(self)
        self.printing = ReviewPrinting(self.bar, self)
        self.work = ReviewWork(self)
        self.form = NewReview(self)
        self.filled = FilledView(self)
        self.read_back = ReadBack(self)
        self.no_people, self.no_answers, self.no_reviews = empty_states(self)
        self.reviews = ReviewList(self)
        self.side = ReviewSide(desk, self)
        self.side.hide()
        self.packs = Packs(desk, self.bar, self)
        self._told: Reviews | None = None
        self._asks: QWidget | None = None  # the form, what a file says or the read-back sheets, in place of the work
        self._form_says: tuple[str, Any] | None = None
        self._follow = QTimer(self, singleShot=True, interval=_PAUSE)
        self._lay_out()
        self._connect()
        self._add_keys()

    # Showing

    def refresh(self, changes: Changes | None = None) -> None:  # noqa: ARG002 - one look at the study serves all
        """Show the study as it stands."""
        document = self.desk.document
        self._told = reviews(self.desk.study.revealed)
        if self._asks is self.filled and not self._has_form():
            self._asks = None
        rounds = {each.key: each.name for each in document.rounds}
        self.reviews.show_reviews(self._told.reviews, rounds, read_only=self.desk.read_only)
        for state in (self.no_people, self.no_answers, self.no_reviews):
            state.button.setVisible(not self.desk.read_only)
        self._show_middle()

    def show_thing(self, key: str) -> None:
        """Bring a review ("review-1") into view, a result of it ("review-1/ml-p1/traceability"), or a sheet.

        "read-back:i7" shows what can be read back of an interview.
        """
        name, colon, source = key.partition(":")
        if colon and name == "read-back":
            self._ask(self.read_back)
            self.read_back.choose(source)
            return
        review, _, result = key.partition("/")
        if self._told is not None and self._told.review(review) is not None:
            self._ask(None)
            self.reviews.list.set_current(review)
            self._show_middle()
            self.work.go_to(result)
            self._follow.start()

    def shown_thing(self) -> str:
        """Key of the review that is current, with its result."""
        review, result = self.review, self.work.result
        if review is None:
            return ""
        return f"{review.review.key}/{key_of(result.at)}" if result is not None else review.review.key

    def context_panel(self) -> QWidget | None:
        """On what the current result rests, and its history; none while there is no result."""
        return self.side if self._stack.currentWidget() is self.work else None

    def unsaved(self) -> list[Deed]:
        """Give what was typed of the current result, where it could not be written."""
        key, verdict, comment, resolution = self.work.pane.pending
        result, name, remark = self.work.result_of(key), self.work.key, self.work.remark
        deeds = [Deed(actions.remark, (name, str(remark.value())))] if remark.pending else []
        if result is not None and comment is not None:
            deeds.append(Deed(actions.answer, (name, result.at, verdict, comment)))
        if result is not None and resolution:
            deeds.append(Deed(actions.resolve, (name, result.at, resolution)))
        return deeds

    def leave(self) -> None:
        """Write down what is still only on screen."""
        self.work.commit()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the panel follow once more: the study may have changed meanwhile."""
        super().showEvent(event)
        self._follow.start()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on to what is shown; a proxy would put Tab out of order."""
        super().focusInEvent(event)
        self._first(self._stack.currentWidget()).setFocus(event.reason())

    @property
    def review(self) -> Reviewed | None:
        """The review that is current."""
        return self._told.review(self.reviews.list.current_key()) if self._told is not None else None

    @property
    def case(self) -> str | None:
        """The key of the case that is current."""
        result = self.work.result
        return result.item.case if result is not None and self._stack.currentWidget() is self.work else None

    def _show_middle(self) -> None:
        """Show what is asked just now, else the current review, else what is lacking."""
        document, read_only = self.desk.document, self.desk.read_only
        if self._asks is self.form:
            self.form.refresh(document)
        elif self._asks is self.read_back:
            self.read_back.refresh(document, read_only=read_only)
        elif self._asks is self.filled:
            self._show_filled()
        review = self.review
        if review is not None:
            used = {each.item.rubric for each in review.results}
            rubrics = {key: rubric_of(self.desk.study.revealed, key) for key in used}
            back_by = self.packs.back_by(review.review.key)
            self.work.show_review(review, about_text(review, document), rubrics, back_by, read_only=read_only)
        shown = self._asks or (self.work if review is not None else self._lacking())
        for key in self._pack_keys:
            key.setEnabled(shown is self.work and review is not None and bool(review.review.sheet))
        self._left.setVisible(shown is not self.no_people)
        self.reviews.read_back.setChecked(self._asks is self.read_back)
        before = self._stack.currentWidget()
        turn_to(self._stack, shown, self._first(shown))
        if before is not shown:
            self.panel_changed.emit()
        self.printing.follow(self._shown())
        self._follow.start()

    def _lacking(self) -> EmptyState:
        document = self.desk.study.revealed
        if not document.participants:
            return self.no_people
        cases = [each.key for each in document.cases]
        can = any(
            can_be_reviewed(document, in_round.key, cases, rubric.key)
            for in_round in document.rounds
            for rubric in document.rubrics
        )
        return self.no_reviews if can else self.no_answers

    def _first(self, shown: QWidget | None) -> QWidget:
        """Say what of the middle gets the keyboard."""
        if isinstance(shown, EmptyState):
            return shown.button
        if shown is self.form:
            return self.form.person
        if shown is self.filled:
            return self.filled.first
        return self.read_back.first if shown is self.read_back else self.work.list

    def _ask(self, what: QWidget | None) -> None:
        """Ask something in the place of the work, or go back to that."""
        self.leave()
        self._asks = what
        self._show_middle()
        if what is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        """Let the panel tell of the current result, if anybody can see it."""
        self._follow.stop()
        review, result = self.review, self.work.result
        if review is None or result is None:
            self.side.clear()
        elif self.side.isVisible():
            self.side.tell(result, review.review.round)

    # Doing

    def new_review(self) -> None:
        """Ask for a new review, in place."""
        if self.desk.read_only:
            return
        if self._lacking() is not self.no_reviews:
            self.desk.told.emit("There is nothing to review yet: answer criteria first.")
            return
        shown = self.desk.assessment.round
        self._ask(self.form)
        self.form.ask(self.desk.document, shown.key if shown else "", self.desk.rubric)
        self.form.person.setFocus(Qt.FocusReason.OtherFocusReason)

    def _prepare(self, person: str, in_round: str, cases: tuple[str, ...], rubric: str, back_by: date | None) -> None:
        done = self.desk.do_and_tell(actions.prepare, person, in_round, cases, rubric)
        if done is not None:
            self.packs.give_back_by(done.key_of("reviews"), back_by)
            self._asks = None
            self.reviews.list.set_current(done.key_of("reviews"))
            self._ask(None)

    def _remove(self) -> None:
        if self.review is not None and not self.desk.read_only:
            self.desk.do_and_tell(actions.remove, self.review.review.key)

    def _judge(self, name: str) -> None:
        """Give the insider's verdict on the current result."""
        result = self.work.result
        if result is not None:
            self.leave()
            verdict = None if name == NONE else ReviewVerdict(name)
            self._answer(key_of(result.at), verdict, result.item.comment)

    def _answer(self, key: str, verdict: ReviewVerdict | None, comment: str) -> None:
        result = self.work.result_of(key)
        if result is not None and not self._do_about(result, actions.answer, verdict, comment):
            self.work.pane.not_kept(result, comment=comment)

    def _resolve(self, key: str, resolution: str) -> None:
        result = self.work.result_of(key)
        if result is None:
            return
        if not resolution:
            self._do_about(result, actions.reopen)
        elif not self._do_about(result, actions.resolve, resolution):
            self.work.pane.not_kept(result, resolution=resolution)

    def _do_about(self, result: Result, action: Callable[..., str], *arguments: object) -> bool:
        """Do something about a result; gives whether it was done."""
        if self.desk.read_only:
            self.desk.told.emit("This study is open for reading only.")
            return False
        return self.desk.do(action, self.work.key, result.at, *arguments) is not None

    # Files

    def _remark(self, key: str, words: str) -> None:
        if self.desk.do(actions.remark, key, words) is None and self.review is not None:
            self.work.remark.not_kept(self.review.review.remark)

    def _save_pack(self) -> None:
        if self.review is not None and self.review.review.sheet:
            self.leave()
            self.packs.save(self.review.review)

    def _print_pack(self) -> None:
        if self.review is not None and self.review.review.sheet:
            self.leave()
            self.printing.ask_for(f"Print review {pack_of(self.review)}", self._shown(), self._pack_to_print)

    def _pack_to_print(self, pages: str) -> Sheaf | None:
        self.leave()
        return self.packs.sheaf(self.review.review, pages) if self.review is not None else None

    def _print_read_back(self) -> None:
        self.printing.ask_for("Print the read-back sheet", self._shown(), self._sheet_to_print)

    def _sheet_to_print(self, pages: str) -> Sheaf | None:
        from ui.paper import read_back_sheaf

        return read_back_sheaf(self.desk, *self.read_back.chosen, pages)

    def _shown(self) -> tuple[object, str]:
        return self._stack.currentWidget(), self.reviews.list.current_key()

    def _show_printing(self, busy: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.work.print_pack.setEnabled(not busy)
        self.read_back.show_printing(busy)

    def _read_form(self) -> None:
        if not self.desk.read_only and self.review is not None:
            self.leave()
            self.packs.read()

    def _have_read(self, name: str, filled: Any) -> None:
        self._form_says = (name, filled)
        if not self._has_form():
            return
        self.reviews.list.set_current(filled.review)
        self._ask(self.filled)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_form(self) -> bool:
        """Whether the review that a form was filled in for is still there; says so where it is not."""
        if self._form_says is None or self._told is None:
            return False
        name, filled = self._form_says
        if self._told.review(filled.review) is not None:
            return True
        self.bar.tell(f"The review that {name} is of was removed meanwhile, so nothing of it was taken.", "warning")
        return False

    def _show_filled(self) -> None:
        review = self.review
        if self._form_says is not None and review is not None:
            name, filled = self._form_says
            self.filled.show_filled(name, review, filled)

    def _take(self) -> None:
        if self._form_says is None:
            return
        _name, filled = self._form_says
        if self.desk.do_and_tell(actions.take_filled, filled.review, filled.answers, filled.remark) is not None:
            self._ask(None)

    def _show_read_back(self) -> None:
        self._ask(None if self._asks is self.read_back else self.read_back)

    def _save_read_back(self, source: str, person: str) -> None:
        from ui.paper import print_read_back_sheet

        print_read_back_sheet(self.desk, self, source, person)

    # Leading elsewhere

    def _go(self, page: str) -> None:
        """Lead to the current result's level or answers, in its round and against its rubric."""
        review, result = self.review, self.work.result
        if review is not None and result is not None:
            item = result.item
            thing = f"{item.case}/{item.principle}" if page == "results" else item.case
            self.go.emit(page, f"{item.rubric}|{review.review.round}|{thing}")

    def _go_to_evidence(self) -> None:
        if self.work.result is not None:
            self.panel_asked.emit()
            self._tell()
            self.side.focus_first()

    # Building

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.bar)
        middle.addWidget(self.printing)
        self._stack = QStackedLayout()
        for part in (self.work, self.form, self.filled, self.read_back):
            self._stack.addWidget(part)
        for state in (self.no_people, self.no_answers, self.no_reviews):
            self._stack.addWidget(state)
        middle.addLayout(self._stack, 1)
        self._left = QWidget(self)
        left = QHBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.reviews)
        left.addWidget(Rule(self, upright=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addLayout(middle, 1)

    def _connect(self) -> None:
        work, pane = self.work, self.work.pane
        self.reviews.list.current.connect(lambda _key: self._ask(None) if self._asks else self._come_to())
        self.reviews.list.used.connect(lambda *_: self._ask(None) if self._asks else None)
        self.reviews.new_asked.connect(self.new_review)
        self.reviews.read_back_asked.connect(self._show_read_back)
        work.current.connect(lambda _key: self._follow.start())
        work.filtered.connect(self._follow.start)
        work.list.used.connect(lambda _key, _spot: self.panel_asked.emit())
        work.back_by_given.connect(self.packs.give_back_by)
        work.back_by.returnPressed.connect(work.list.setFocus)
        work.save_pack.clicked.connect(self._save_pack)
        work.print_pack.clicked.connect(self._print_pack)
        work.read_form.clicked.connect(self._read_form)
        work.remove.clicked.connect(self._remove)
        pane.answered.connect(self._answer)
        pane.resolved.connect(self._resolve)
        pane.left.connect(work.list.setFocus)
        work.remarked.connect(self._remark)
        work.remark.left.connect(work.list.setFocus)
        work.remark.entered.connect(work.list.setFocus)
        pane.results_asked.connect(partial(self._go, "results"))
        pane.assess_asked.connect(partial(self._go, "assess"))
        self.form.given.connect(self._prepare)
        self.filled.taken.connect(self._take)
        self.read_back.asked.connect(self._save_read_back)
        self.read_back.print_asked.connect(self._print_read_back)
        self.printing.stopped.connect(self.packs.tell_leaks)
        self.printing.busy_changed.connect(self._show_printing)
        self.printing.left.connect(partial(self.setFocus, Qt.FocusReason.OtherFocusReason))
        for left in (self.form.cancelled, self.filled.left, self.read_back.left):
            left.connect(partial(self._ask, None))
        self.packs.have_read.connect(self._have_read)
        self.packs.report_asked.connect(lambda: self.go.emit("report", ""))
        self.side.go.connect(self.go)
        self.side.seen.connect(self._follow.start)
        self.side.left.connect(work.list.setFocus)
        self._follow.timeout.connect(self._tell)
        self.no_people.asked.connect(lambda: self.go.emit("overview", "participants"))
        self.no_answers.asked.connect(lambda: self.go.emit("assess", ""))
        self.no_reviews.asked.connect(self.new_review)

    def _open(self) -> None:
        self._ask(None)

    def _come_to(self) -> None:
        """Show the review that was come to."""
        self.leave()
        self._show_middle()

    def _add_keys(self) -> None:
        pane = self.work.pane
        for name, key in KEYS.items():
            bind_key(self.work.list, _VERDICTS[name], key, partial(self._judge, name))
        for text, keys, then in (
            ("Write the insider's comment", ("Return", "Enter", "C"), pane.edit_comment),
            ("Write the resolution", "R", pane.edit_resolution),
            ("Go to what the result rests on", "Ctrl+E", self._go_to_evidence),
        ):
            bind_key(self.work.list, text, keys, then)
        for text, keys, then in (
            ("Show the level in Results", "Ctrl+R", partial(self._go, "results")),
            ("Show the answers in Assess", "Ctrl+Shift+R", partial(self._go, "assess")),
            ("Remove the review", "Ctrl+Del", self._remove),
        ):
            self._bind_about_review(text, keys, then)
        self._pack_keys = (
            self._bind_about_review("Save the review pack as PDF\u2026", "Ctrl+S", self._save_pack),
            self._bind_about_review("Print the review pack\u2026", "Ctrl+P", self._print_pack),
            self._bind_about_review("Read a filled review form\u2026", "Ctrl+O", self._read_form),
        )
        self.side.addActions(self._pack_keys)  # it stands outside the page
        bind_key(self.reviews.list, "Go to the results of the review", ("Return", "Enter"), self._open)
        bind_key(self, "New review", "Ins", self.new_review, within=True)
        bind_key(self, "Read-back sheets", "Ctrl+Shift+Y", self._show_read_back, within=True)

    def _bind_about_review(self, text: str, key: str, then: Callable[[], object]) -> QAction:
        """Give a key about the current review to its results and to the list of reviews."""
        action = bind_key(self.work, text, key, then, within=True)
        self.reviews.addAction(action)
        return action
