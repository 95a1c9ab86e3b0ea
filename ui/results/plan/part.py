"""The part of the Results page that says what to do next: targets, gaps, what-if, and the roadmap."""

from __future__ import annotations

from functools import partial
from operator import is_
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout, QWidget

from app.actions import roadmap as steps_of
from app.actions import targets
from app.analysis.gaps import case_gaps, targets_of, verdicts_of
from app.analysis.overview import overall_standing
from app.analysis.roadmap import roadmap
from app.analysis.todo import count
from app.scoring.whatif import WHY_EXACT, smallest_overall, smallest_set, what_if
from ui.assess.case_tabs import CaseTab, CaseTabs
from ui.part import Part
from ui.results.plan.gap_list import GapList
from ui.results.plan.roadmap import Roadmap
from ui.results.plan.rows import GoalRow, NeedRow, gap_rows, goal_key, mark
from ui.results.plan.strip import EVERYTHING, WIDEST, Strip
from ui.theme import SPACE
from ui.widgets import Rule
from ui.widgets.actions import bind_key
from ui.widgets.focus import hand_on
from ui.widgets.scrolling import scrolling

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QResizeEvent

    from app.actions.unit import Changes
    from app.analysis.assessment import JudgedCase
    from app.analysis.gaps import Gap, Need
    from app.exchange.tables import Table
    from app.rubric.structure import Rubric
    from app.scoring.scale import Verdict
    from app.scoring.whatif import Improvements
    from ui.desk import Desk


_BESIDE = 1480  # px; from here on there is room for both side by side
_WIDEST_BOTH = 1800
_SHARE = 5  # of the width that gaps get, the roadmap one less


class PlanPart(Part):
    """Shows one case's gaps and, under them, the roadmap of all; what is ticked is kept while the window is open."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.tabs = CaseTabs(self)
        self.strip = Strip(self)
        self.gaps = GapList(self)
        self.roadmap = Roadmap(self)
        self._case = ""
        self._ticks: dict[tuple[str, str], dict[str, Verdict]] = {}  # by rubric and case
        self._come_from: tuple[object, ...] = (None, None, None)
        self._found: dict[bool, tuple[Gap, ...]] = {}  # by whether everything is listed
        self._here: dict[str, str] = {}  # case: the row that was current
        self._lay_out()
        self._connect()
        self._add_actions()
        hand_on(self, self.gaps)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the roadmap beside the gaps where there is room for both."""
        super().resizeEvent(event)
        beside = event.size().width() >= _BESIDE
        ways = QBoxLayout.Direction
        self._both.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._content.setMaximumWidth(_WIDEST_BOTH if beside else WIDEST)
        self.strip.setMaximumWidth(_WIDEST_BOTH if beside else WIDEST)

    # Showing

    def refresh(self, changes: Changes | None = None) -> None:  # noqa: ARG002 - one look at the study serves all
        """Show the study as it stands."""
        cases = self.desk.assessment.cases
        if self._case not in {each.case.key for each in cases}:
            self._case = cases[0].case.key if cases else ""
        levels = len(self._rubric.levels)
        tabs = [CaseTab(each.case.key, each.case.name, overall_standing(self._rubric, each), levels) for each in cases]
        self.tabs.show_tabs(tabs, self._case)
        self._show_case()
        self._show_roadmap()

    def show_thing(self, key: str) -> None:
        """Bring a case ("ml-p1"), one of its principles ("ml-p1/traceability") or a step ("steps/step-3") into view."""
        case, _, rest = key.partition("/")
        if case == "steps":
            QTimer.singleShot(0, self, lambda: self._reveal_step(rest))
        elif any(each.case.key == case for each in self.desk.assessment.cases):
            self._choose_case(case)
            self.gaps.set_current(goal_key(rest))

    def shown_thing(self) -> str:
        """Key of the case that is shown."""
        return self._case

    def tables(self) -> list[Table]:
        """What every case lacks, and the roadmap."""
        from app.exchange.plan_tables import gap_table, roadmap_table

        document, assessment = self.desk.seen, self.desk.assessment
        found = [(each.case, case_gaps(document, each, everything=self._everything)) for each in assessment.cases]
        return [gap_table(found), roadmap_table(roadmap(document, assessment))]

    def picture(self) -> QWidget | None:
        """What the case shown lacks, and the roadmap."""
        return self._content

    def leave(self) -> None:
        """Keep what is being typed into a step, or as the reason for a target."""
        self.strip.why.commit()
        self.roadmap.commit()

    @property
    def ticks(self) -> dict[str, Verdict]:
        """What is ticked for the case shown: the answer each criterion would have."""
        return self._ticks.setdefault((self._rubric.id, self._case), {})

    @property
    def _rubric(self) -> Rubric:
        return self.desk.assessment.rubric

    @property
    def _judged(self) -> JudgedCase:
        return self.desk.assessment.case(self._case)

    @property
    def _everything(self) -> bool:
        return self.strip.shown.value() == EVERYTHING

    def _gaps(self, *, everything: bool) -> tuple[Gap, ...]:
        """Give the case's gaps; ticking changes none of what they come from, so they are kept."""
        document, judged = self.desk.seen, self._judged
        come_from = (judged, document.targets, document.next_steps)
        if not all(map(is_, come_from, self._come_from)):
            self._come_from = come_from
            self._found = {each: case_gaps(document, judged, everything=each) for each in (False, True)}
        return self._found[everything]

    def _show_case(self) -> None:
        if not self._case:
            self.gaps.show_rows(())
            return
        judged, ticks = self._judged, self.ticks
        everything = self._gaps(everything=True)
        self._forget_met(ticks, everything)
        after = what_if(self._rubric, verdicts_of(judged.principles), ticks)
        rows = gap_rows(judged, everything if self._everything else self._near(everything), after, ticks)
        self.gaps.show_rows(rows, self._here.pop(self._case, ""))
        rubric, now = self._rubric, judged.score.overall
        has_overall = rubric.overall != "none"
        levels = (mark(rubric, now.level), mark(rubric, after.overall.level)) if has_overall else (None, None)
        self.strip.show_levels(*levels)
        self.strip.show_ticks(len(ticks), read_only=self.desk.read_only)
        self._show_reason()

    def _show_reason(self) -> None:
        """Show why the current principle has its target."""
        row = self.gaps.row
        standing = targets_of(self.desk.seen, self._rubric.id, self._case)
        target = standing.get(row.principle) if row else None
        if target is None:
            self.strip.show_reason("", "", read_only=True)
        else:
            question = f"Why {self._rubric.level(target.level).name}?"
            self.strip.show_reason(question, target.reason, read_only=self.desk.read_only)

    def _say_why(self, reason: str) -> None:
        row = self.gaps.row
        if row is not None:
            self.desk.do(targets.say_why, self._judged, row.principle, reason)

    def _to_reason(self) -> None:
        if self.strip.why.isVisible():
            self.strip.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def _near(self, everything: Sequence[Gap]) -> list[Gap]:
        """Leave out what lies beyond the targets and is not ticked."""
        near = {_known_by(need) for gap in self._gaps(everything=False) for need in gap.needs} | set(self.ticks.items())
        return [replace(gap, needs=tuple(need for need in gap.needs if _known_by(need) in near)) for gap in everything]

    @staticmethod
    def _forget_met(ticks: dict[str, Verdict], everything: Sequence[Gap]) -> None:
        """Untick what answers have caught up with, and what no longer applies."""
        unmet = {_known_by(need) for gap in everything for need in gap.needs}
        for met in [key for key, verdict in ticks.items() if (key, verdict) not in unmet]:
            del ticks[met]

    def _show_roadmap(self) -> None:
        only = self._case if self.roadmap.of_one_case else ""
        steps = roadmap(self.desk.seen, self.desk.assessment, only)
        self.roadmap.show_steps(steps, read_only=self.desk.read_only)

    def _choose_case(self, key: str) -> None:
        if key == self._case:
            return
        if self.gaps.row is not None:
            self._here[self._case] = self.gaps.row.key
        self._case = key
        self._here.setdefault(key, goal_key(self._rubric.principles[0].id))
        self.strip.tell("")
        self.refresh()

    # What if

    def toggle(self) -> None:
        """Tick the current row as if it were achieved, or untick it; on a principle, all that its aim needs."""
        row = self.gaps.row
        if isinstance(row, NeedRow):
            self._tick(row)
        elif isinstance(row, GoalRow):
            self._toggle_principle(row.principle)

    def _toggle_principle(self, principle: str) -> None:
        """Tick all that a principle's aim needs, or untick all of it where something is ticked."""
        own = {each.id for each in self._rubric.principle(principle).criteria} & self.ticks.keys()
        if not own:
            self.tick_smallest()
            return
        for key in own:
            del self.ticks[key]
        self.strip.tell("")
        self._show_case()

    def _tick(self, row: NeedRow) -> None:
        if self.ticks.get(row.criterion) is row.becomes:
            del self.ticks[row.criterion]
        else:
            self.ticks[row.criterion] = row.becomes
        self.strip.tell("")
        self._show_case()

    def tick_smallest(self) -> None:
        """Tick the fewest criteria that bring the current principle to its target, or to the next level."""
        row = self.gaps.row
        if row is None:
            return
        gap = next(each for each in self._gaps(everything=False) if each.principle.id == row.principle)
        if gap.aim is None or gap.level is None:
            self.strip.tell(f"{gap.principle.short} has no level above to reach.")
            return
        for each in gap.principle.criteria:
            self.ticks.pop(each.id, None)
        verdicts = verdicts_of(self._judged.principles)
        self._take(smallest_set(self._rubric, gap.principle, verdicts, gap.aim), gap.aim, f"for {gap.principle.short}")

    def tick_overall(self, level: str) -> None:
        """Tick the fewest criteria of all principles that bring the case to an overall level."""
        self.ticks.clear()
        found = smallest_overall(self._rubric, verdicts_of(self._judged.principles), level)
        self._take(found, level, "overall", of_all=True)

    def _take(self, found: Improvements | None, level: str, where: str, *, of_all: bool = False) -> None:
        """Tick what was found, and say why none of it can be left out; or that nothing reaches the level."""
        name = self._rubric.level(level).name
        self.ticks.update(found or ())
        if found is None:
            self.strip.tell(f"Not even the best answers reach {name} {where}.")
        elif not found:
            self.strip.tell(f"{name} is reached {where} already.")
        else:
            why = _WHY_OVERALL if of_all else WHY_EXACT[self._rubric.rule]
            self.strip.tell(f"{count(len(found), 'criterion', 'criteria')} to {name} {where}. {why}")
        self._show_case()

    def untick_all(self) -> None:
        """Take everything as it is answered."""
        self.ticks.clear()
        self.strip.tell("")
        self._show_case()

    def keep(self) -> None:
        """Put what is ticked on the roadmap, foundations first."""
        order = [_known_by(need) for gap in self._gaps(everything=True) for need in gap.needs]
        wanted = tuple(each for each in order if self.ticks.get(each[0]) is each[1])
        if wanted and not self.desk.read_only:
            self.desk.do_and_tell(steps_of.keep_steps, self._rubric.id, self._case, wanted)

    # Targets

    def offer_targets(self, principles: Sequence[str], where: QPoint) -> None:
        """Offer the levels that some principles can aim for, at a place on the screen."""
        if self.desk.read_only or not self._case:
            return
        judged = self._judged
        chosen = [judged.principle(each) for each in principles]
        open_to = [
            level.id
            for level in self._rubric.levels
            if any(not targets.aim_problem(judged, each, level.id) for each in chosen)
        ]
        menu = self._menu(open_to, partial(self._aim, principles))
        if any(row.target for row in self.gaps.gaps.rows if isinstance(row, GoalRow) and row.principle in principles):
            menu.addSeparator()
            menu.addAction("&No target", lambda: self.desk.do(targets.clear, judged, principles))
        if menu.isEmpty():
            self.desk.told.emit("Nothing it asks applies, so there is no level to aim for.")
        else:
            menu.popup(where)

    def _aim(self, principles: Sequence[str], level: str) -> None:
        self.desk.do(targets.aim, self._judged, principles, level)

    def offer_own_target(self) -> None:
        """Offer the levels that the current principle can aim for."""
        if self.gaps.row is not None:
            self.offer_targets([self.gaps.row.principle], self.gaps.offer_place())

    def offer_all_targets(self) -> None:
        """Offer the levels that all principles can aim for at once."""
        under = self.strip.aim
        self.offer_targets([each.id for each in self._rubric.principles], under.mapToGlobal(under.rect().bottomLeft()))

    def offer_overall(self) -> None:
        """Offer the overall levels that what is ticked could reach."""
        now = self._judged.score.overall.level if self._case else None
        above = [] if now is None else [each.id for each in self._rubric.levels[self._rubric.rank(now) + 1 :]]
        if above:
            under = self.strip.overall
            self._menu(above, self.tick_overall).popup(under.mapToGlobal(under.rect().bottomLeft()))

    def _menu(self, levels: Sequence[str], then: Callable[[str], object]) -> QMenu:
        """Make a menu of levels, each with its place as key."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for level in levels:
            words = f"&{self._rubric.rank(level)}  {self._rubric.level(level).name.replace('&', '&&')}"
            menu.addAction(words, partial(then, level))
        return menu

    # Building

    def _add_actions(self) -> None:
        for words, key, then in (
            ("Tick as if achieved", "Space", self.toggle),
            ("Smallest set for this principle", "S", self.tick_smallest),
            ("Smallest set for an overall level", "O", self.offer_overall),
            ("Set the target of this principle", "T", self.offer_own_target),
            ("Set the target of all principles", "A", self.offer_all_targets),
            ("Say why this target", "W", self._to_reason),
            ("Untick all", "U", self.untick_all),
            ("Keep what is ticked as next steps", "K", self.keep),
            ("Show the criterion's answer", "Return", self._follow),
        ):
            bind_key(self.gaps, words, key, then)
        bind_key(self, "Case before", "Ctrl+Left", lambda: self.tabs.step(-1), within=True)
        bind_key(self, "Next case", "Ctrl+Right", lambda: self.tabs.step(1), within=True)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._choose_case)
        self.gaps.ticked.connect(self._tick)
        self.gaps.target_asked.connect(lambda principle, where: self.offer_targets([principle], where))
        self.gaps.selectionModel().currentChanged.connect(lambda *_rows: self._came())
        self.gaps.doubleClicked.connect(lambda _index: self._follow())
        self.strip.why.committed.connect(self._say_why)
        self.strip.why.returnPressed.connect(self.gaps.setFocus)
        self.strip.shown.chosen.connect(lambda _key: self._show_case())
        self.strip.smallest.clicked.connect(self.tick_smallest)
        self.strip.overall.clicked.connect(self.offer_overall)
        self.strip.aim.clicked.connect(self.offer_all_targets)
        self.strip.untick.clicked.connect(self.untick_all)
        self.strip.keep.clicked.connect(self.keep)
        self.roadmap.filtered.connect(self._show_roadmap)
        self.roadmap.followed.connect(lambda case, criterion: self.go.emit("assess", f"{case}/{criterion}"))
        self.roadmap.edited.connect(lambda key, field, value: self.desk.do(steps_of.change_step, key, field, value))
        self.roadmap.move_asked.connect(lambda key, beside: self.desk.do(steps_of.move_step, key, beside))
        self.roadmap.remove_asked.connect(lambda key: self.desk.do_and_tell(steps_of.remove_step, key))

    def _follow(self) -> None:
        row = self.gaps.row
        if row is not None:
            thing = row.criterion if isinstance(row, NeedRow) else row.principle
            self.go.emit("assess", f"{self._case}/{thing}")

    def _came(self) -> None:
        """Scroll the page, not the list, to the current row, and show why its target is set."""
        self._show_reason()
        where = self.gaps.current_place()
        corner = self.gaps.viewport().mapTo(self._content, where.center())
        self._area.ensureVisible(0, corner.y(), 0, where.height())

    def _reveal_step(self, key: str) -> None:
        row = self.roadmap.row(key)
        if row is not None:
            self._area.ensureWidgetVisible(row, 0, SPACE[5])
            row.words.setFocus()

    def _lay_out(self) -> None:
        self._content = QWidget(self)
        self._content.setProperty("look", "page")
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._both.setSpacing(SPACE[5])
        self._both.addWidget(self.gaps, _SHARE, Qt.AlignmentFlag.AlignTop)
        self._both.addWidget(self.roadmap, _SHARE - 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(SPACE[4], 0, SPACE[4], SPACE[5])
        column.addLayout(self._both)
        column.addStretch(1)
        self._area = scrolling(self._content, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.tabs)
        whole.addWidget(Rule(self))
        whole.addWidget(self.strip)
        whole.addWidget(self._area, 1)


_WHY_OVERALL = "Exact: no fewer criteria bring the case there."


def _known_by(need: Need) -> tuple[str, Verdict]:
    return need.criterion.id, need.becomes
