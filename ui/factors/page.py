"""The page Factors: how each factor works on each case, on what that rests, and the figure drawn from it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.actions import factors, links
from app.actions.elsewhere import Deed
from app.actions.keys import new_key
from app.analysis.assessment import assess
from app.analysis.factors import STRENGTHS, consequences, factor_table
from app.model.assessment import Factor, Influence
from app.model.evidence import Evidence, Weight
from ui.factors.model import spot_of
from ui.factors.passages import Passages
from ui.factors.sheet import FactorSheet
from ui.factors.side import FactorSide
from ui.factors.signs import KEYS
from ui.page import Page
from ui.widgets import EmptyState
from ui.widgets.actions import bind_key
from ui.widgets.turning import following

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from app.actions.unit import Changes
    from app.analysis.assessment import Assessment
    from app.analysis.factors import FactorTable, Place
    from app.model.assessment import Strength
    from app.model.document import StudyDocument
    from ui.desk import Desk
    from ui.factors.influence_panel import MemoTo

_PAUSE = 30  # ms without a move before the panel follows, so that held arrow keys stay quick


class FactorsPage(Page):
    """Shows one round's influences, and hands on what is judged, written and linked."""

    name = "factors"
    title = "Factors"
    icon = "scale"
    shows = frozenset(
        {"study", "rubrics", "rounds", "cases", "assessors", "sources", "passages", "codes", "codings"}
        | {"double_codings", "factors", "influences", "answers", "ballots", "consensus", "overrides"}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.side = FactorSide(self)
        self.side.hide()
        self.sheet = FactorSheet(self)
        self.grid = self.sheet.grid
        self.no_factors, self.no_cases, self.no_rounds = (EmptyState(*words, parent=self) for words in _EMPTY)
        self._round = ""  # the one chosen; "" is the one that is assessed
        self._adding = False
        self._table: FactorTable | None = None
        self._passages = Passages(desk)
        self._assessed: tuple[StudyDocument, Assessment] | None = None
        self._follow = QTimer(self, singleShot=True, interval=_PAUSE)
        self._stack = QStackedLayout(self)
        for widget in (self.sheet, self.no_factors, self.no_cases, self.no_rounds):
            self._stack.addWidget(widget)
        self._connect()
        self._connect_side()
        self._add_keys()
        self.setFocusProxy(self.grid)

    # Showing

    def refresh(self, changes: Changes | None = None) -> None:  # noqa: ARG002 - one look at the study serves all
        """Show the study as it stands."""
        document = self.desk.document
        if document.factors and self._stack.currentWidget() is self.no_factors:
            self.side.edit(editing=False)
        lacking = self._lacking()
        self.setFocusProxy(lacking.button if lacking is not None else self.grid)
        if lacking is None:
            self._stack.setCurrentWidget(self.sheet)
            self._show_round()
            return
        self._stack.setCurrentWidget(lacking)
        self._table = None
        if lacking is self.no_factors:
            self._follow.start()

    def _lacking(self) -> EmptyState | None:
        """What stands in the place of the grid, while factors, cases or rounds are still to come."""
        document = self.desk.document
        if not document.factors:
            return self.no_factors
        if not document.cases:
            return self.no_cases
        return None if document.rounds else self.no_rounds

    def show_thing(self, key: str) -> None:
        """Bring a factor ("experience") into view, or its influence on a case ("experience/ml-p1").

        The organisation's is "experience/". Where the round shown has none, the last one that has is shown.
        """
        factor, slash, case = key.partition("/")
        if self._table is None or all(each.key != factor for each in self.desk.document.factors):
            return
        if slash:
            self._show_round_of(factor, case or None)
        self.side.edit(editing=False)
        self._select(factor, case if slash else self.case or "")

    def shown_thing(self) -> str:
        """Key of the place that is current."""
        place = self.grid.place
        return "/".join(spot_of(place)) if place is not None else ""

    def context_panel(self) -> QWidget | None:
        """The current place with its evidence, or the form of its factor; none where nothing can be judged."""
        shown = self._stack.currentWidget()
        return self.side if shown in (self.sheet, self.no_factors) else None

    def unsaved(self) -> list[Deed]:
        """Give the memo that could not be written."""
        panel = self.side.influence
        if panel.memo_to is None or not panel.head.memo.pending:
            return []
        at = panel.memo_to
        return [Deed(factors.write_memo, (at.factor, at.round, at.case, panel.head.memo.value()))]

    def leave(self) -> None:
        """Write down what is still only on screen."""
        self.side.leave()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the panel follow once more: the study may have changed meanwhile."""
        super().showEvent(event)
        self._follow.start()

    @property
    def case(self) -> str | None:
        """The key of the case that is current; None for the organisation."""
        place = self.grid.place
        return place.case.key if place and place.case else None

    @property
    def place(self) -> Place | None:
        """What is current, where something can be judged."""
        return self.grid.place if self._table is not None else None

    def _show_round(self) -> None:
        document, assessment = self.desk.document, self._assessment()
        shown = assessment.round.key if assessment and assessment.round else document.rounds[-1].key
        self._table = factor_table(document, assessment, shown)
        self.sheet.show_table(self._table, document.rounds, read_only=self.desk.read_only)
        self._follow.start()

    def _assessment(self) -> Assessment | None:
        """Score the cases in the round shown."""
        document = self.desk.document
        if not document.rubrics:
            return None
        current = self.desk.assessment
        if all(each.key != self._round for each in document.rounds):
            self._round = ""
        if not self._round or (current.round and current.round.key == self._round):
            return current
        known = self._assessed
        if known is None or known[0] is not document or known[1].round is None or known[1].round.key != self._round:
            self._assessed = known = (document, assess(document, round_key=self._round))
        return known[1]

    def _show_panel(self) -> None:
        """Show the current place, and the form where it is open."""
        place, table = self.place, self._table
        if self.side.editing or place is None:
            self._show_form(place)
        if place is None or table is None or table.round is None:
            return
        panel, read_only = self.side.influence, self.desk.read_only
        panel.show_place(place, table.round, read_only=read_only)
        linked, offered = self._passages.cards(place, panel.filter.text())
        panel.show_evidence(linked, offered, read_only=read_only)

    def _show_form(self, place: Place | None) -> None:
        self.side.edit(editing=True)
        keys = [each.key for each in self.desk.document.factors]
        shown = None if self._adding or place is None else place.factor
        goes = consequences(self.desk.document, shown.key) if shown else ""
        first, last = (shown is not None and shown.key == keys[at] for at in (0, -1))
        self.side.form.show_factor(shown, goes, first=first, last=last)

    # Choosing

    def _choose_round(self, key: object) -> None:
        self.leave()
        self._round = str(key)
        self._show_round()

    def _step_round(self, by: int) -> None:
        keys = [each.key for each in self.desk.document.rounds]
        if self._table is not None and self._table.round is not None:
            to = keys.index(self._table.round.key) + by
            if 0 <= to < len(keys):
                self._choose_round(keys[to])

    def _show_round_of(self, factor: str, case: str | None) -> None:
        judged = {each.round for each in self.desk.document.influences if (each.factor, each.case) == (factor, case)}
        shown = self._table.round.key if self._table and self._table.round else ""
        if judged and shown not in judged:
            self._choose_round([each.key for each in self.desk.document.rounds if each.key in judged][-1])

    def _select(self, factor: str, case: str) -> None:
        """Make a place current, and show it in the panel."""
        self.grid.select((factor, case))
        self.panel_asked.emit()
        self._follow_now()

    def _follow_now(self) -> None:
        self._follow.stop()
        self._show_panel()

    def _came(self) -> None:
        if self._adding:
            self._adding = False
            self.side.edit(editing=False)
        self._follow.start()

    def _back(self) -> None:
        """Go back from the panel to the grid."""
        self.leave()
        self._adding = False
        if self.place is not None:
            self.side.edit(editing=False)
            self._follow_now()
        self.setFocus()

    # Judging

    def _at(self) -> tuple[str, str, str | None] | None:
        """Say which factor, round and case are meant; None where nothing can be judged."""
        place, table = self.place, self._table
        if self.desk.read_only:
            self.desk.told.emit("This study is open for reading only.")
            return None
        if place is None or table is None or table.round is None:
            return None
        return place.factor.key, table.round.key, place.case.key if place.case else None

    def _judge(self, strength: Strength) -> None:
        if at := self._at():
            self.desk.do(factors.judge, *at, strength)

    def _clear(self) -> None:
        place = self.place
        if place is not None and place.influence is not None and (at := self._at()):
            self.desk.do_and_tell(factors.clear_influence, *at)

    def _write_memo(self, at: MemoTo, text: str) -> None:
        if self.desk.do(factors.write_memo, at.factor, at.round, at.case, text) is None:
            self.side.influence.head.memo.not_kept()

    def _edit_memo(self) -> None:
        if self._at():
            self.side.edit(editing=False)
            self.panel_asked.emit()
            self._follow_now()
            self.side.influence.edit_memo()

    # Evidence

    def _go_to_evidence(self) -> None:
        if self.place is not None:
            self.side.edit(editing=False)
            self.panel_asked.emit()
            self._follow_now()
            self.side.influence.focus_offered()

    def _owner(self) -> Influence | None:
        at = self._at()
        return Influence(factor=at[0], round=at[1], case=at[2]) if at else None

    def _link(self, passage: str) -> None:
        if owner := self._owner():
            self.desk.do(links.link, owner, passage)

    def _unlink(self, passage: str) -> None:
        if owner := self._owner():
            self.desk.do(links.unlink, owner, passage)

    def _change_link(self, passage: str, how: Callable[[Evidence], Evidence]) -> None:
        if owner := self._owner():
            self.desk.do(links.change_link, owner, passage, how)

    def _weigh(self, passage: str) -> None:
        """Change the weight; something documented is asked at once for its reference."""
        held = self._held(passage)
        if held is None:
            return
        weight = following(held.weight)
        self._change_link(passage, lambda link: msgspec.structs.replace(link, weight=weight))
        if weight is Weight.DOCUMENTED and not held.reference:
            self._show_panel()
            self.side.influence.write(passage, "reference")

    def _held(self, passage: str) -> Evidence | None:
        """Find how the current influence rests on a passage; None where it does not."""
        influence = self.place.influence if self.place else None
        return next((link for link in influence.evidence if link.passage == passage), None) if influence else None

    def _check(self, passage: str) -> None:
        if owner := self._owner():
            self.desk.do(links.check, owner, passage)

    def _turn(self, passage: str) -> None:
        self._change_link(passage, lambda link: msgspec.structs.replace(link, stance=following(link.stance)))

    def _describe(self, subject: str, passage: str, field: str, text: str) -> None:
        """Write a reference or a note of the influence it was written for."""
        factor, in_round, case = subject.split("/")
        owner = Influence(factor=factor, round=in_round, case=case or None)
        how = partial(_described, field=field, text=text)
        if self.desk.do(links.change_link, owner, passage, how) is None:
            self.side.influence.write(passage, field, text)

    # Factors

    def _start(self) -> None:
        self.desk.do(factors.start_factors)
        self.setFocus()

    def _edit(self, field: str = "name", *, adding: bool = False) -> None:
        """Open the form of the current factor, or an empty one for a new factor."""
        if self.desk.read_only or (self.place is None and not adding):
            return
        self.leave()
        self._adding = adding
        self.side.edit(editing=True)
        self.panel_asked.emit()
        self._follow_now()
        if field:
            self.side.form.begin(field)
        else:
            self.side.form.remove.setFocus()

    def _make(self, given: dict[str, Any]) -> None:
        key = new_key(self.desk.document, "factors", given["name"])
        made = msgspec.convert({**given, "key": key}, Factor)
        if self.desk.do(factors.add_factor, made) is None:
            return
        self._adding = False
        self.side.edit(editing=True)
        self.grid.select((key, ""))
        self._follow_now()
        self.side.form.begin("definition")

    def _change(self, key: str, field: str, value: object) -> None:
        standing = next(each for each in self.desk.document.factors if each.key == key)
        values = {**msgspec.structs.asdict(standing), field: value}
        if self.desk.do(factors.change_factor, msgspec.convert(values, Factor)) is None:
            self.side.form.form.show_value(standing)

    def _move(self, key: str, by: int) -> None:
        keys = [each.key for each in self.desk.document.factors]
        to = keys.index(key) + by
        if 0 <= to < len(keys) and not self.desk.read_only:
            self.desk.do(factors.move_factor, key, to)
            self.grid.select((key, self.case or ""))
            self._follow_now()

    def _move_current(self, by: int) -> None:
        if self.place is not None:
            self._move(self.place.factor.key, by)

    def _remove(self, key: str) -> None:
        if self.desk.do_and_tell(factors.remove_factor, key) is not None:
            self._back()

    # Building

    def _connect(self) -> None:
        self.grid.moved.connect(self._came)
        self.grid.clicked.connect(lambda _index: self.panel_asked.emit())
        self.grid.head_used.connect(lambda _key: self._edit())
        self._follow.timeout.connect(self._show_panel)
        self.sheet.figure.picked.connect(lambda factor, case: self._select(factor, case or self.case or ""))
        self.sheet.rounds.committed.connect(self._choose_round)
        self.sheet.add.clicked.connect(lambda: self._edit(adding=True))
        self.no_factors.asked.connect(self._start)
        self.no_cases.asked.connect(lambda: self.go.emit("overview", "cases"))
        self.no_rounds.asked.connect(lambda: self.go.emit("overview", "rounds"))

    def _connect_side(self) -> None:
        panel, form = self.side.influence, self.side.form
        panel.head.strengths.chosen.connect(self._judge)
        panel.head.edit_asked.connect(self._edit)
        panel.memo_written.connect(self._write_memo)
        panel.link_asked.connect(self._link)
        panel.unlink_asked.connect(self._unlink)
        panel.weight_asked.connect(self._weigh)
        panel.stance_asked.connect(self._turn)
        panel.written.connect(self._describe)
        panel.check_asked.connect(self._check)
        panel.jump_asked.connect(lambda passage: self.go.emit("interviews", passage))
        panel.filtered.connect(lambda _text: self._follow.start())
        form.made.connect(self._make)
        form.edited.connect(self._change)
        form.move_asked.connect(self._move)
        form.remove_asked.connect(self._remove)
        for part in (panel, form):
            part.left.connect(self._back)

    def _add_keys(self) -> None:
        for strength, key in KEYS.items():
            bind_key(self.grid, f"Judge it: {STRENGTHS[strength]}", key, partial(self._judge, strength))
        for text, keys, then in (
            ("Clear what was judged, with memo and evidence", ("Backspace", "Del"), self._clear),
            ("Write the memo", ("Return", "Enter"), self._edit_memo),
            ("Go to the evidence", "Ctrl+E", self._go_to_evidence),
            ("Change the factor", "F2", self._edit),
            ("Remove the factor", "Ctrl+Del", lambda: self._edit("")),
            ("Move the factor up", "Alt+Up", partial(self._move_current, -1)),
            ("Move the factor down", "Alt+Down", partial(self._move_current, 1)),
            ("Round before", "Ctrl+Left", partial(self._step_round, -1)),
            ("Next round", "Ctrl+Right", partial(self._step_round, 1)),
        ):
            bind_key(self.grid, text, keys, then)
        bind_key(self, "Add a factor", "Ins", lambda: self._edit(adding=True), within=True)


def _described(link: Evidence, field: str, text: str) -> Evidence:
    return msgspec.structs.replace(link, **{field: text})


_EMPTY = (
    (
        "scale",
        "No factors yet",
        "Factors are what facilitates or inhibits maturity. The method found seven; a study can have its own besides.",
        "Start from the method's seven",
    ),
    (
        "scale",
        "No cases yet",
        "Here it is judged how each factor works on each case. The first step is a case: a project to be assessed.",
        "Add a case",
    ),
    ("calendar", "No round yet", "How a factor works is judged in a round.", "Add a round"),
)
