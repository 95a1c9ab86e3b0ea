"""Side by side: the matrix of criteria and cases, walked and filled in by keyboard and by mouse."""

import itertools

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent

from app.actions import things
from app.model.setting import Case
from app.scoring.scale import Verdict
from app.store.errors import NotWritten
from ui.assess.evidence_cards import PASSAGE
from ui.assess.evidence_panel import LINKED, OFFERED
from ui.assess.rows import CriterionRow, Filter, GateRow, HeadRow, matches
from ui.assess.side_by_side.grid import _LEAST
from ui.assess.side_by_side.lines import LineMaker, shown_lines
from ui.assess.side_by_side.model import ROW, Spot
from ui.main_window.commands import commands_of
from ui.part import Part

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
DRIFT = Spot("paint", "drift-detection")


def answer_of(desk, spot, who="ada", rubric="mlops-maturity"):
    here = (rubric, spot.criterion, spot.case, "r1", who)
    found = ((each.rubric, each.criterion, each.case, each.round, each.assessor) for each in desk.document.answers)
    return next((each for each, at in zip(desk.document.answers, found, strict=True) if at == here), None)


def show_part(qtbot, page):
    page.show_thing("matrix:")
    made = page.parts.part
    panel = made.panel()
    panel.setParent(page.parentWidget())
    panel.setGeometry(page.width(), 0, 340, 760)
    panel.show()
    made.grid.setFocus()
    qtbot.waitUntil(made.grid.hasFocus)
    qtbot.waitUntil(lambda: not made._follow.isActive())
    return made


@pytest.fixture
def part(qtbot, page):
    return show_part(qtbot, page)


@pytest.fixture
def grid(part):
    return part.grid


@pytest.fixture
def press(qtbot, grid):
    return lambda key, held=Qt.KeyboardModifier.NoModifier: qtbot.keyClick(grid, key, held)


@pytest.fixture
def settle(qtbot, part):
    """Wait until the panel follows."""
    return lambda: qtbot.waitUntil(lambda: not part._follow.isActive())


def criteria(grid):
    return [line.key for line in grid.matrix.lines if line.answers]


def cell(grid, spot):
    return grid.matrix.row(grid.matrix.index_of(spot))


def click(qtbot, grid, spot):
    index = grid.matrix.index_of(spot)
    grid.scrollTo(index)
    qtbot.mouseClick(grid.viewport(), LEFT, pos=grid.visualRect(index).center())


# What is shown


def test_rows_are_the_rubric_s_criteria_by_principle_and_level_and_columns_the_cases(desk, part, grid):
    assert isinstance(part, Part)
    assert criteria(grid) == [each.id for each in desk.assessment.rubric.criteria]
    kinds = [type(line.rows[0]) for line in grid.matrix.lines]
    assert kinds[:3] == [HeadRow, GateRow, CriterionRow]
    assert [column.name for column in grid.matrix.columns] == [case.name for case in desk.document.cases]
    shown = cell(grid, Spot("paint", "automated-training"))
    assert (shown.own, shown.evidence) == (Verdict.FULLY, 1)
    across = Qt.Orientation.Horizontal
    assert desk.document.cases[0].name in grid.matrix.headerData(0, across, Qt.ItemDataRole.AccessibleTextRole)


def test_a_cell_is_told_to_screen_readers_with_its_case_and_criterion(grid):
    index = grid.matrix.index_of(Spot("paint", "automated-training"))
    told = grid.matrix.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("Paint inspection: ")
    assert "Fully achieved" in told
    assert grid.matrix.data(index, Qt.ItemDataRole.ToolTipRole).startswith("<qt>Paint inspection: ")
    assert QAccessible.queryAccessibleInterface(grid).text(QAccessible.Text.Name) == grid.accessibleName()


def test_what_counts_for_the_team_is_shown_where_it_is_not_the_own_answer(qtbot, study, desk, part, grid):
    study.work_as("ben")
    part.refresh()
    shown = cell(grid, Spot("paint", "automated-training"))
    assert (shown.own, shown.counts) == (None, Verdict.FULLY)
    grid.select(Spot("paint", "automated-training"))
    qtbot.keyClicks(grid, "3")
    shown = cell(grid, Spot("paint", "automated-training"))
    assert (shown.own, shown.counts) == (Verdict.PARTIALLY, Verdict.UNKNOWN)


# Walking and answering


def test_arrows_walk_past_the_heads_and_letters_do_too(grid, press):
    order = criteria(grid)
    assert grid.spot == Spot("paint", order[0])
    press(Qt.Key.Key_Up)
    assert grid.spot == Spot("paint", order[0])
    for key in (Qt.Key.Key_Down, Qt.Key.Key_J, Qt.Key.Key_Down, Qt.Key.Key_Down):
        press(key)
    press(Qt.Key.Key_Right)
    assert grid.spot == Spot("sorting", order[4])
    press(Qt.Key.Key_K)
    press(Qt.Key.Key_Left)
    assert grid.spot == Spot("paint", order[3])
    press(Qt.Key.Key_PageDown)
    assert order.index(grid.spot.criterion) > 5
    for _ in range(4):
        press(Qt.Key.Key_PageDown)
    assert grid.spot.criterion == order[-1]
    for _ in range(5):
        press(Qt.Key.Key_PageUp)
    assert grid.spot.criterion == order[0]
    press(Qt.Key.Key_End, CTRL)
    assert grid.spot == Spot("sorting", order[-1])
    press(Qt.Key.Key_Home, CTRL)
    assert grid.spot == Spot("paint", order[0])
    press(Qt.Key.Key_End)
    assert grid.spot == Spot("sorting", order[0])


def test_keys_answer_the_current_cell_and_its_levels_follow(qtbot, desk, grid, press):
    grid.select(DRIFT)
    for key, verdict in (("1", "fully"), ("4", "not"), ("u", "unknown"), ("w", "withheld"), ("2", "largely")):
        qtbot.keyClicks(grid, key)
        assert answer_of(desk, DRIFT).verdict == verdict
        assert cell(grid, DRIFT).own == verdict
    press(Qt.Key.Key_Backspace)
    assert answer_of(desk, DRIFT).verdict is None
    head = next(line for line in grid.matrix.lines if line.key == "training-deployment")
    assert head.rows[0].standing.name == "Moderate"
    grid.select(Spot("paint", "automated-training"))
    press(Qt.Key.Key_4)
    head = next(line for line in grid.matrix.lines if line.key == "training-deployment")
    assert head.rows[0].standing.name == "Low"
    other = answer_of(desk, Spot("sorting", "automated-training"))
    assert other is None or other.verdict is not Verdict.NOT_ACHIEVED


def test_only_what_changed_is_told_to_have_changed(qtbot, grid):
    told = []
    grid.matrix.dataChanged.connect(lambda first, _last: told.append((first.row(), first.column())))
    resets = []
    grid.matrix.modelReset.connect(lambda: resets.append(1))
    grid.select(Spot("sorting", "automated-training"))
    qtbot.keyClicks(grid, "1")
    assert told
    assert {column for _, column in told} == {1}
    assert len(told) < 6
    assert not resets


def test_not_applicable_asks_for_its_reason_in_place(qtbot, desk, grid, press):
    grid.select(DRIFT)
    before = desk.document
    press(Qt.Key.Key_N)
    qtbot.waitUntil(grid.editor.hasFocus)
    assert desk.document is before
    qtbot.keyClick(grid.editor, Qt.Key.Key_Escape)
    assert grid.hasFocus()
    assert desk.document is before
    press(Qt.Key.Key_N)
    qtbot.keyClicks(grid.editor, "Nothing drifts here")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    made = answer_of(desk, DRIFT)
    assert (made.verdict, made.rationale) == (Verdict.NOT_APPLICABLE, "Nothing drifts here")
    assert grid.hasFocus()


def test_a_reason_is_kept_when_left_and_what_cannot_be_saved_stays(qtbot, desk, part, grid, press, monkeypatch):
    failures = []
    desk.failed.connect(failures.append)
    grid.select(DRIFT)
    press(Qt.Key.Key_N)
    qtbot.keyClicks(grid.editor, "Precious words")

    def full(*_args, **_kwargs):
        raise NotWritten("The medium is full: the change was not saved.")

    with monkeypatch.context() as patch:
        patch.setattr(type(desk.study), "do", full)
        qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert failures == ["The medium is full: the change was not saved."]
    assert grid.editor.toPlainText() == "Precious words"
    part.leave()
    assert answer_of(desk, DRIFT).rationale == "Precious words"
    assert grid.editor is None


def test_the_reason_is_written_within_the_view_wherever_its_cell_is(grid, press):
    for spot in (Spot("paint", criteria(grid)[0]), Spot("sorting", criteria(grid)[-1])):
        grid.select(spot)
        grid.scrollTo(grid.currentIndex())
        press(Qt.Key.Key_N)
        assert grid.viewport().rect().contains(grid.editor.geometry())
        grid.close_editor()


def test_return_and_d_open_the_criterion_in_its_case(qtbot, page, grid, press):
    for key in (Qt.Key.Key_Return, Qt.Key.Key_D):
        grid.select(Spot("sorting", "model-rollback"))
        with qtbot.waitSignal(page.go) as went:
            press(key)
        assert went.args == ["assess", "sorting/model-rollback"]
    page.show_thing("sorting/model-rollback")
    assert page.parts.part is None
    assert (page.tabs.current, page.view.current) == ("sorting", "model-rollback")


def test_one_case_shows_what_was_answered_side_by_side(qtbot, page, part, grid, press):
    grid.select(DRIFT)
    press(Qt.Key.Key_1)
    page.show_thing("paint/drift-detection")
    assert page.view.row("drift-detection").own is Verdict.FULLY


# Evidence


def test_evidence_of_the_current_cell_is_linked_by_keyboard(qtbot, desk, part, grid, press, settle):
    grid.select(Spot("paint", "automated-deployment"))
    before = {link.passage for link in answer_of(desk, grid.spot).evidence}
    with qtbot.waitSignal(part.panel_asked):
        press(Qt.Key.Key_E, CTRL)
    cards = part.evidence.cards
    qtbot.waitUntil(cards.hasFocus)
    key = cards.current_key().removeprefix(OFFERED)
    qtbot.keyClick(cards, Qt.Key.Key_E, CTRL)
    settle()
    assert {link.passage for link in answer_of(desk, grid.spot).evidence} == before | {key}
    assert cell(grid, grid.spot).evidence == len(before) + 1
    cards.set_current(f"{LINKED}{key}")
    qtbot.keyClick(cards, Qt.Key.Key_Delete)
    settle()
    assert {link.passage for link in answer_of(desk, grid.spot).evidence} == before
    qtbot.keyClick(cards, Qt.Key.Key_Escape)
    assert grid.hasFocus()


def test_the_panel_follows_the_current_cell(qtbot, desk, part, grid, press, settle):
    click(qtbot, grid, DRIFT)
    settle()
    assert part.evidence.subject == "drift-detection"
    statement = desk.assessment.rubric.criterion("drift-detection").statement
    assert part.evidence._guidance._about.text() == f"Paint inspection: {statement}"
    assert not part.evidence._guidance._levels.isVisible()
    assert part.evidence.cards.cards.cards[0].head == "Linked 1"
    press(Qt.Key.Key_Right)
    settle()
    assert part.evidence.cards.cards.cards[0].head == "Nothing linked yet"
    with qtbot.waitSignal(part.go) as went:
        part.evidence.jump_asked.emit("q3")
    assert went.args == ["interviews", "q3"]


def dragged(grid, kind, where):
    made = QMimeData()
    made.setData(PASSAGE, b"q2")
    if kind is QDropEvent:
        return made, QDropEvent(where, Qt.DropAction.LinkAction, made, LEFT, Qt.KeyboardModifier.NoModifier)
    point = where.toPoint()
    return made, kind(point, Qt.DropAction.LinkAction, made, LEFT, Qt.KeyboardModifier.NoModifier)


def test_a_passage_dropped_on_a_cell_is_linked_to_its_answer(desk, grid):
    spot = Spot("sorting", "automated-training")
    where = QPointF(grid.visualRect(grid.matrix.index_of(spot)).center())
    for kind in (QDragEnterEvent, QDragMoveEvent):
        _kept, event = dragged(grid, kind, where)
        (grid.dragEnterEvent if kind is QDragEnterEvent else grid.dragMoveEvent)(event)
        assert event.isAccepted()
    assert grid.painter.dropping is not None
    grid.grab()
    _kept, event = dragged(grid, QDragMoveEvent, QPointF(5, 5))  # over the head of a principle
    grid.dragMoveEvent(event)
    assert not event.isAccepted()
    assert grid.painter.dropping is None
    _kept, event = dragged(grid, QDropEvent, QPointF(5, 5))
    grid.dropEvent(event)
    assert answer_of(desk, spot) is None or not answer_of(desk, spot).evidence
    _kept, event = dragged(grid, QDropEvent, where)
    grid.dropEvent(event)
    assert [link.passage for link in answer_of(desk, spot).evidence] == ["q2"]
    assert grid.spot == spot
    grid.dragLeaveEvent(QDragLeaveEvent())


# Filters


@pytest.mark.parametrize("only", list(Filter))
def test_a_filter_keeps_the_criteria_that_any_case_lets_through(qtbot, part, grid, only):
    rows = [row for line in part._lines for row in line.answers]
    wanted = {row.key for row in rows if matches(row, only)}
    qtbot.mouseClick(part.filters.button(str(only)), LEFT)
    assert set(criteria(grid)) == wanted
    number = part.filters.button(str(only)).text().rsplit(" ", 1)[1]
    assert int(number) == sum(matches(row, only) for row in rows)


def test_what_was_just_answered_stays_in_sight_and_f_goes_on(qtbot, desk, part, grid, press):
    for line in criteria(grid):
        for case in ("paint", "sorting"):
            if line != "drift-detection" or case == "paint":
                grid.select(Spot(case, line))
                press(Qt.Key.Key_1)
    press(Qt.Key.Key_F)
    assert criteria(grid) == ["drift-detection"]
    grid.select(Spot("sorting", "drift-detection"))
    press(Qt.Key.Key_1)
    assert criteria(grid) == ["drift-detection"]
    for _ in Filter:
        qtbot.keyClick(part.window().focusWidget(), Qt.Key.Key_F)
    assert part._nothing.isVisible()
    qtbot.mouseClick(part.filters.button("all"), LEFT)
    assert len(criteria(grid)) == 31


def test_heads_stay_only_over_what_is_shown(small):
    from app.analysis.assessment import assess

    lines = LineMaker().lines(assess(small), "ada", {"ada": "Ada"}, {}, {})
    shown = shown_lines(lines, Filter.UNKNOWN, keep={"drift-detection"})
    kinds = [type(line.rows[0]).__name__ for line in shown]
    assert "CriterionRow" in kinds
    assert kinds[-1] == "CriterionRow"
    for before, after in itertools.pairwise(kinds):
        assert (before, after) not in (("HeadRow", "HeadRow"), ("GateRow", "GateRow"), ("GateRow", "HeadRow"))


def test_rows_of_cases_that_did_not_change_are_handed_on(small):
    from app.analysis.assessment import Judge

    judge, maker = Judge(), LineMaker()
    before = maker.lines(judge.assess(small), "ada", {"ada": "Ada"}, {}, {})
    answers = tuple(
        replace(each, verdict=Verdict.UNKNOWN) if (each.case, each.criterion) == ("paint", "drift-detection") else each
        for each in small.answers
    )
    after = maker.lines(judge.assess(replace(small, answers=answers)), "ada", {"ada": "Ada"}, {}, {})
    pairs = [(old, new) for old, new in zip(before, after, strict=True) if isinstance(new.rows[0], CriterionRow)]
    assert all(old.rows[1] is new.rows[1] for old, new in pairs)
    assert any(old.rows[0] is not new.rows[0] for old, new in pairs)


# Many cases, memory, nobody, reading only


def test_twelve_cases_with_long_names_scroll_beside_the_criteria_and_are_told_in_full(qtbot, desk, part, grid):
    names = [f"Inspection of painted parts number {number} in the plant at Long" for number in range(10)]
    for number, name in enumerate(names):
        desk.do(things.add, Case(key=f"k{number}", name=name))
    assert grid.matrix.columnCount() == 12
    assert grid.columnWidth(5) >= _LEAST
    grid.select(Spot("k9", "drift-detection"))
    grid.scrollTo(grid.currentIndex())
    assert grid.horizontalScrollBar().value() > 0
    aside = grid.verticalHeader()
    assert (aside.isVisible(), aside.x()) == (True, 0)
    assert aside.width() >= 200
    tip = grid.matrix.headerData(11, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert names[-1] in tip
    grid.grab()


def test_the_cell_and_the_scroll_are_kept_while_other_parts_are_shown(qtbot, desk, page, part, grid, press):
    grid.select(Spot("sorting", "drift-detection"))
    grid.scrollTo(grid.currentIndex())
    down = grid.verticalScrollBar().value()
    assert down > 0
    page.show_thing("paint/drift-detection")
    qtbot.keyClicks(page.view, "1")
    page.show_thing("matrix:")
    assert grid.spot == Spot("sorting", "drift-detection")
    assert grid.verticalScrollBar().value() == down
    assert cell(grid, DRIFT).own is Verdict.FULLY
    assert page.shown_thing() == "matrix:sorting/drift-detection"


def test_others_can_lead_here(page, part, grid):
    part._choose_filter(str(Filter.CONTRADICTED))
    page.show_thing("matrix:sorting/model-rollback")
    assert grid.spot == Spot("sorting", "model-rollback")
    page.show_thing("matrix:sorting/nothing")
    assert grid.spot == Spot("sorting", "model-rollback")


def test_nobody_is_asked_to_say_who_they_are(qtbot, study, desk, part, grid):
    study.work_as("")
    part.refresh()
    told, before = [], desk.document
    desk.told.connect(told.append)
    qtbot.keyClicks(grid, "3n")
    assert desk.document is before
    assert grid.editor is None  # before a reason is typed that would be lost
    assert all("whose answers" in sentence for sentence in told)
    assert len(told) == 2


def test_in_a_study_open_for_reading_nothing_is_answered(qtbot, reading_desk, show_page):
    part = show_part(qtbot, show_page(reading_desk))
    told, before = [], reading_desk.document
    reading_desk.told.connect(told.append)
    for key in "3np":
        qtbot.keyClicks(part.grid, key)
    qtbot.keyClick(part.grid, Qt.Key.Key_Backspace)
    assert part.grid.editor is None
    assert reading_desk.document is before
    assert "reading only" in told[0]


# Other rubrics


def test_levels_are_picked_and_keys_are_in_the_palette(qtbot, several, page_of):
    part = show_part(qtbot, page_of("microsoft-mlops-maturity"))
    spot = Spot("sorting", "working-together")
    part.grid.select(spot)
    qtbot.keyClicks(part.grid, "0")
    assert answer_of(several, spot, rubric="microsoft-mlops-maturity").verdict is Verdict.LEVEL_1
    assert part.grid.matrix.data(part.grid.currentIndex()) == "0\N{EN DASH}1"
    found = {command.text: command.key for command in commands_of("Assess", part)}
    qtbot.waitUntil(lambda: not part._follow.isActive())
    assert part.evidence._guidance._levels.text().startswith("Level 0 to Level 1, alike here: Everybody works alone")
    assert found["Pick Level 2"] == "2"
    assert found["Go to the evidence"] == "Ctrl+E"
    assert found["Open the criterion in its case"] == "Return"
    assert not any("row" in text for text in found)
    part.grid.grab()


def test_a_proposal_is_accepted_in_its_cell(qtbot, several, page_of):
    part = show_part(qtbot, page_of("mlops-principles"))
    spot = next(Spot("paint", line.key) for line in part.grid.matrix.lines if line.answers and line.answers[0].proposed)
    part.grid.select(spot)
    part.grid.scrollTo(part.grid.currentIndex())
    part.grid.grab()
    qtbot.keyClicks(part.grid, "p")
    assert answer_of(several, spot, rubric="mlops-principles").verdict is not None
    assert cell(part.grid, spot).proposed is None
    here = lambda: [line for line in part.grid.matrix.lines if line.answers and line.answers[0].proposed]  # noqa: E731
    assert here()
    qtbot.keyClick(part.grid, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    assert not here()
    several.undo()
    assert here()


def test_the_matrix_is_a_table_for_a_workbook(desk, part, grid):
    (table,) = part.tables()
    assert table.head == ("Criterion", *(case.name for case in desk.document.cases))
    assert len(table.rows) == 31
    assert "Fully" in {value for row in table.rows for value in row}
    assert part.picture() is grid
    column = grid.matrix.headerData(0, Qt.Orientation.Horizontal, ROW)
    assert column.words.startswith("Paint inspection: ")


def test_long_guidance_scrolls_and_takes_keys_then(qtbot, several, page_of):
    part = show_part(qtbot, page_of("microsoft-mlops-maturity"))
    guidance = part.evidence._guidance
    qtbot.waitUntil(lambda: guidance.verticalScrollBar().maximum() > 0)
    assert guidance.focusPolicy() is Qt.FocusPolicy.StrongFocus
    assert guidance.accessibleName() == "Guidance"
    assert part.evidence.cards.height() > part.evidence.height() / 4
    several.show(rubric="mlops-maturity")
    qtbot.waitUntil(lambda: guidance.verticalScrollBar().maximum() == 0)
    assert guidance.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_what_is_beside_one_case_is_not_worked_out_while_the_matrix_is_shown_and_follows_after_it(qtbot, page, part):
    page.hide()
    page.show()
    assert part._follow.isActive()
    assert not page._follow.isActive()
    page.parts.show_part("case")
    assert page._follow.isActive()
    qtbot.waitUntil(lambda: not page._follow.isActive())
